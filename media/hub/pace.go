package hub

import (
	"time"

	"weir/media"
)

// paceWindow is the stream time that a pace is measured over.
const paceWindow = time.Second

// pace is what comes in a second of stream time, of the newest whole window.
type pace struct {
	bitrate float64 // bits
	fps     float64 // frames of the first track of video

	begun         bool
	start         time.Duration // of the window that is measured
	bytes, frames int           // in it
}

func (r *pace) note(p *media.Packet) {
	if p.Kind == media.Data || p.Config || p.Info {
		return
	}
	if !r.begun {
		r.begun, r.start = true, p.DTS
	}
	if took := p.DTS - r.start; took >= paceWindow {
		r.bitrate = float64(8*r.bytes) / took.Seconds()
		r.fps = float64(r.frames) / took.Seconds()
		r.start, r.bytes, r.frames = p.DTS, 0, 0
	}
	r.bytes += len(p.Body)
	if p.Kind == media.Video && p.Track == 0 {
		r.frames++
	}
}
