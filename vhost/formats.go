package vhost

import (
	"math"

	"weir/media"
	"weir/media/rtmp/amf0"
)

// formats are what a publisher's onMetaData says of its media; 0 is not said.
type formats struct {
	of                   *media.Packet
	width, height        int
	sampleRate, channels int
}

// formats reads a publisher's metadata, once.
func (se *session) formats(p *media.Packet) formats {
	se.mu.Lock()
	defer se.mu.Unlock()
	if p != nil && (se.said == nil || se.said.of != p) {
		f := formatsOf(p)
		se.said = &f
	}
	if se.said == nil {
		return formats{}
	}
	return *se.said
}

func formatsOf(p *media.Packet) formats {
	f := formats{of: p}
	values, err := amf0.Decode(p.Body)
	if err != nil || len(values) < 2 {
		return f
	}
	o, _ := properties(values[1])
	number := func(name string) int {
		n, _ := o.Get(name).(float64)
		if !(n >= 0 && n <= math.MaxInt32) {
			return 0
		}
		return int(n)
	}
	f.width, f.height = number("width"), number("height")
	f.sampleRate, f.channels = number("audiosamplerate"), number("audiochannels")
	if stereo, ok := o.Get("stereo").(bool); ok && f.channels == 0 {
		f.channels = map[bool]int{false: 1, true: 2}[stereo]
	}
	return f
}
