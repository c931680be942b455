//go:build linux

package main

import (
	"flag"
	"strconv"

	"weir/media"
)

// frame is a message of a stream.
type frame struct {
	kind  media.Kind
	at    uint32 // milliseconds from the loop's beginning
	body  []byte
	stamp int // where the stamp stands in body; -1 if there is none
}

// source is a stream that publishers repeat, with continuous timestamps.
type source struct {
	head   []frame // metadata and sequence headers
	frames []frame
	length uint32 // of the loop, milliseconds
}

// kbps is the rate of the payload, in kbit/s.
func (s *source) kbps() float64 {
	n := 0
	for _, f := range s.frames {
		n += len(f.body)
	}
	return float64(n) * 8 / float64(s.length)
}

// rate is how many messages a second the source has.
func (s *source) rate() float64 { return float64(len(s.frames)) * 1000 / float64(s.length) }

// sourceFlags choose a source.
type sourceFlags struct {
	file string
	synthetic
}

func addSourceFlags(fs *flag.FlagSet) *sourceFlags {
	f := &sourceFlags{}
	fs.StringVar(&f.file, "file", "", "FLV file to repeat instead of the synthetic stream")
	fs.IntVar(&f.kbps, "kbps", 1000, "synthetic stream: kbit/s in all")
	fs.IntVar(&f.fps, "fps", 30, "synthetic stream: frames a second")
	fs.IntVar(&f.gop, "gop", 2, "synthetic stream: seconds between keyframes: 1, 2, 4 or 8")
	fs.BoolVar(&f.audio, "audio", true, "synthetic stream: AAC of 64 kbit/s, too")
	return f
}

func (f *sourceFlags) source() (*source, error) {
	if f.file != "" {
		return readFLV(f.file)
	}
	return f.synthetic.source()
}

// args are the flags again, for another process.
func (f *sourceFlags) args() []string {
	return []string{"-file", f.file, "-kbps", strconv.Itoa(f.kbps), "-fps", strconv.Itoa(f.fps), "-gop", strconv.Itoa(f.gop), "-audio=" + strconv.FormatBool(f.audio)}
}
