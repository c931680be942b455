package builtin

import (
	_ "embed"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"weir/js"
	"weir/js/builtin/deflate"
)

var (
	//go:embed zlib.js
	zlibSource string
	//go:embed zlib.d.ts
	zlibTypes string
)

// maxZlib bounds what is compressed, and by default what it is decompressed to, in
// bytes.
const maxZlib = 16 << 20

// zlibModule is Node's module of the name.
func zlibModule(costly *turns) js.Module {
	return js.Module{
		Name:   "zlib",
		Source: zlibSource,
		Natives: []js.Native{
			borrowing("deflate", compressZlib),
			borrowing("inflate", decompressZlib),
			costly.native("deflateLater", compressZlib),
			costly.native("inflateLater", decompressZlib),
			borrowing("crc32", func(_ js.Env, args []js.Value) (js.Value, error) {
				return int64(crc32.Update(uint32(int64(number(args, 1))), crc32.IEEETable, bytes(args, 0))), nil
			}),
		},
	}
}

// compressZlib is native.deflate(data, format, level, windowBits, memLevel, strategy,
// dictionary), where the format is "raw", "zlib" or "gzip".
func compressZlib(e js.Env, args []js.Value) (js.Value, error) {
	data, format := bytes(args, 0), text(args, 1)
	if len(data) > maxZlib {
		return nil, tooLargeBuffer(maxZlib)
	}
	o := deflate.Options{
		Level:      int(number(args, 2)),
		WindowBits: int(number(args, 3)),
		MemLevel:   int(number(args, 4)),
		Strategy:   deflate.Strategy(number(args, 5)),
	}
	if format != "gzip" {
		o.Dictionary = bytes(args, 6)
	}
	b, err := deflate.Compress(e.Context, data, o)
	if err != nil {
		return nil, fmt.Errorf("deflate: %w", err)
	}
	return wrapZlib(b, data, format, o), nil
}

// decompressZlib is native.inflate(data, format, windowBits, dictionary, most, part):
// at most so many bytes; part says that the data may end too early. The format may
// be "any", of zlib and gzip.
func decompressZlib(e js.Env, args []js.Value) (js.Value, error) {
	r := zlibReader{ctx: e.Context.Err, rest: bytes(args, 0), window: int(number(args, 2)), dictionary: bytes(args, 3), most: int(number(args, 4))}
	err := r.read(text(args, 1))
	switch {
	case err == errZlibLarge:
		return nil, tooLargeBuffer(r.most)
	case errors.Is(err, io.ErrUnexpectedEOF) && len(args) > 5 && args[5] == true:
	case errors.Is(err, io.ErrUnexpectedEOF):
		return nil, &js.Throw{Class: "Error", Code: "Z_BUF_ERROR", Message: "unexpected end of file"}
	case err != nil:
		return nil, err
	}
	return r.out, nil
}

func tooLargeBuffer(most int) error {
	return &js.Throw{Class: "RangeError", Code: "ERR_BUFFER_TOO_LARGE", Message: fmt.Sprintf("Cannot create a Buffer larger than %d bytes", most)}
}

func zlibFault(message string) error {
	return &js.Throw{Class: "Error", Code: "Z_DATA_ERROR", Message: message}
}
