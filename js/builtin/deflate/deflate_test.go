package deflate

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/json"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"strings"
	"testing"
)

func inflated(t testing.TB, b, dictionary []byte) []byte {
	t.Helper()
	out, err := io.ReadAll(flate.NewReaderDict(bytes.NewReader(b), dictionary))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// numbers are the same in testdata/zlib.py.
type numbers uint32

func (n *numbers) next(most int) int {
	*n = *n*1664525 + 1013904223
	return int(*n>>8) % most
}

// samples are texts of different kinds, by name.
func samples() map[string][]byte {
	n := numbers(1)
	noise := make([]byte, 100_000)
	for i := range noise {
		noise[i] = byte(n.next(256))
	}
	var words strings.Builder
	for words.Len() < 200_000 {
		fmt.Fprintf(&words, "%s %d ", [...]string{"publish", "play", "stream", "keyframe", "segment"}[n.next(5)], n.next(1000))
	}
	steps := make([]byte, 50_000)
	for i := range steps {
		steps[i] = byte(n.next(4) + n.next(4) + n.next(4)*n.next(8))
	}
	return map[string][]byte{
		"empty": {}, "one": []byte("a"), "two": []byte("ab"), "three": []byte("aaa"), "short": []byte("WAKA"),
		"run": bytes.Repeat([]byte{'a'}, 70_000), "noise": noise, "words": []byte(words.String()), "steps": steps,
		"mixed": append(append(append(noise[:20_000:20_000], words.String()[:30_000]...), noise[:20_000]...), steps...),
	}
}

// What zlib 1.2.13 comes to is in testdata/zlib.json, made by testdata/zlib.py.
func TestAsZlib(t *testing.T) {
	text, err := os.ReadFile("testdata/zlib.json")
	if err != nil {
		t.Fatal(err)
	}
	var want []struct {
		Sample                          string
		Level, Strategy, Window, Memory int
		Dictionary                      string
		Size                            int
		CRC                             uint32
	}
	if err := json.Unmarshal(text, &want); err != nil {
		t.Fatal(err)
	}
	all := samples()
	for _, w := range want {
		o := Options{Level: w.Level, Strategy: Strategy(w.Strategy), WindowBits: w.Window, MemLevel: w.Memory, Dictionary: []byte(w.Dictionary)}
		b, err := Compress(t.Context(), all[w.Sample], o)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) != w.Size || crc32.ChecksumIEEE(b) != w.CRC {
			t.Errorf("%s %+v: %d bytes with CRC %d, want %d with %d", w.Sample, o, len(b), crc32.ChecksumIEEE(b), w.Size, w.CRC)
		}
		if !bytes.Equal(inflated(t, b, o.Dictionary), all[w.Sample]) {
			t.Errorf("%s %+v: something else comes back", w.Sample, o)
		}
	}
}

func TestCompressEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := Compress(ctx, make([]byte, 1<<20), Options{Level: 6, WindowBits: 15, MemLevel: 8})
	if err != context.Canceled {
		t.Error(err)
	}
}

func FuzzCompress(f *testing.F) {
	f.Add([]byte("abcabcabc"), []byte("abc"), uint8(6), uint8(0), uint8(15), uint8(8))
	f.Fuzz(func(t *testing.T, data, dictionary []byte, level, strategy, window, memory uint8) {
		o := Options{
			Level: int(level % 10), Strategy: Strategy(strategy % 5), WindowBits: 9 + int(window%7), MemLevel: 1 + int(memory%9), Dictionary: dictionary,
		}
		b, err := Compress(t.Context(), data, o)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(inflated(t, b, dictionary), data) {
			t.Errorf("%+v: something else comes back", o)
		}
	})
}

func BenchmarkCompress(b *testing.B) {
	data := samples()["words"]
	for _, level := range []int{1, 6, 9} {
		b.Run(fmt.Sprintf("level=%d", level), func(b *testing.B) {
			b.SetBytes(int64(len(data)))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Compress(b.Context(), data, Options{Level: level, WindowBits: 15, MemLevel: 8}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
