package flv

import "weir/media"

// Kinds of multitrack bodies (Enhanced RTMP v2, AvMultitrackType).
const (
	oneTrack             = 0
	manyTracks           = 1
	manyTracksManyCodecs = 2
)

// maxTracks is how many tracks a body can have; their ids are bytes.
const maxTracks = 256

// tracks reads a body of several tracks, all of it. What it returns is of track 0,
// or of that with the lowest id.
func (e *exBody) tracks() (header, error) {
	b, err := e.take(1, len(e.b))
	if err != nil {
		return header{}, err
	}
	many := b[0] >> 4
	e.typ = b[0] & 0x0f
	if many > manyTracksManyCodecs || e.typ == multitrack(e.kind) || e.typ == exModEx {
		return header{}, ErrForm
	}
	var codec media.Codec
	if many != manyTracksManyCodecs {
		if codec, err = e.fourCC(); err != nil {
			return header{}, err
		}
	}
	if many == oneTrack {
		return e.oneTrack(codec)
	}
	return e.manyTracks(codec, many == manyTracksManyCodecs)
}

func (e *exBody) oneTrack(codec media.Codec) (header, error) {
	id, err := e.take(1, len(e.b))
	if err != nil {
		return header{}, err
	}
	return e.track(codec, id[0], len(e.b))
}

// manyTracks reads tracks that each say their size, and their codec if own.
func (e *exBody) manyTracks(codec media.Codec, own bool) (header, error) {
	var lowest header
	for n := 0; n == 0 || e.at < len(e.b); n++ {
		if n == maxTracks {
			return header{}, ErrForm
		}
		if own {
			var err error
			if codec, err = e.fourCC(); err != nil {
				return header{}, err
			}
		}
		h, err := e.sized(codec)
		if err != nil {
			return header{}, err
		}
		if n == 0 || h.track < lowest.track {
			lowest = h
		}
	}
	return lowest, nil
}

// sized reads a track that says its size.
func (e *exBody) sized(codec media.Codec) (header, error) {
	b, err := e.take(4, len(e.b))
	if err != nil {
		return header{}, err
	}
	size := int(b[1])<<16 | int(b[2])<<8 | int(b[3])
	end := e.at + size
	if end > len(e.b) {
		return header{}, ErrShort
	}
	h, err := e.track(codec, b[0], end)
	e.at = end
	return h, err
}
