package hls

import "time"

// Settings are what a vhost's hls block says of its streams.
type Settings struct {
	// Fragment is how long a segment should be; zero means 10 s, SRS's default.
	Fragment time.Duration
	// Window is how much of the stream a playlist lists; zero means 60 s. At least
	// three segments are listed. Segments can be fetched for another window after
	// that.
	Window time.Duration
	// Dispose ends the playlist of a stream that has had no publisher for so long;
	// zero means 120 s.
	Dispose time.Duration
}

func (s Settings) withDefaults() Settings {
	if s.Fragment <= 0 {
		s.Fragment = 10 * time.Second
	}
	if s.Window <= 0 {
		s.Window = 60 * time.Second
	}
	if s.Dispose <= 0 {
		s.Dispose = 120 * time.Second
	}
	return s
}
