package rtmp

import (
	"sync"
	"time"

	"weir/media"
)

// feed chooses what a player gets of its stream: nothing while it pauses, no audio
// or no video when it wants none. Video begins again with a keyframe.
type feed struct {
	base time.Duration // the stream time of the player's zero

	mu                  sync.Mutex
	begun               bool // base is known
	paused, deaf, blind bool
	audioLate           bool // its headers come ahead of what follows
	videoLate           bool
	headers             media.Headers
}

// take returns what is sent now that q has come.
func (f *feed) take(q *media.Packet) []*media.Packet {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.begun {
		f.begun, f.base = true, q.DTS
	}
	f.headers.Take(q)
	switch {
	case f.paused:
		return nil
	case q.Kind == media.Audio:
		return f.choose(q, f.deaf, true, &f.audioLate)
	case q.Kind == media.Video:
		return f.choose(q, f.blind, q.Key, &f.videoLate)
	}
	return []*media.Packet{q}
}

// choose leaves q out if that is wanted, or while q's kind is late and cannot begin
// with it.
func (f *feed) choose(q *media.Packet, out, start bool, late *bool) []*media.Packet {
	switch {
	case out, *late && (q.Config || q.Info || !start):
		return nil
	case !*late:
		return []*media.Packet{q}
	}
	*late = false
	var list []*media.Packet
	for h := range f.headers.All() {
		if h.Kind == q.Kind {
			now := *h
			now.DTS = q.DTS
			list = append(list, &now)
		}
	}
	return append(list, q)
}

// pause and the others are the player's wishes.
func (f *feed) pause(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.paused && !on {
		f.audioLate, f.videoLate = true, true
	}
	f.paused = on
}

func (f *feed) receiveAudio(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.audioLate = f.audioLate || on && f.deaf
	f.deaf = !on
}

func (f *feed) receiveVideo(on bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.videoLate = f.videoLate || on && f.blind
	f.blind = !on
}
