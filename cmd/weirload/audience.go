//go:build linux

package main

import "time"

// playFigures is what the modes play, flv and hls print.
type playFigures struct {
	Mode        string  `json:"mode"`
	Players     int     `json:"players"`
	Playing     int     `json:"playing"` // that got a video frame
	Seconds     float64 `json:"window_seconds"`
	Bytes       int64   `json:"payload_bytes"`
	Wire        int64   `json:"tcp_bytes"`
	Reads       int64   `json:"reads"`
	Frames      int64   `json:"video_frames"`
	Mbps        float64 `json:"total_mbps"`
	KbpsMin     float64 `json:"player_kbps_min"`
	KbpsMedian  float64 `json:"player_kbps_median"`
	RatioMin    float64 `json:"rate_vs_source_min"` // if the source's rate was given
	RatioMedian float64 `json:"rate_vs_source_median"`
	Missed      int64   `json:"frames_missed"`
	Gappy       int     `json:"players_with_missed_frames"`
	Stalls      int64   `json:"stalls"`
	Stalled     int     `json:"players_with_stalls"`
	LatencyP50  float64 `json:"latency_ms_p50"`
	LatencyP99  float64 `json:"latency_ms_p99"`
	LatencyMax  float64 `json:"latency_ms_max"`
	FirstP50    float64 `json:"ttff_ms_p50"` // from the connection to the first video frame
	FirstP99    float64 `json:"ttff_ms_p99"`
	Requests    int64   `json:"http_requests,omitempty"`
	Segments    int64   `json:"segments,omitempty"`
	failures
}

// audience is all players of a load.
type audience struct {
	stall time.Duration // from one video frame to the next, which is too long
	kbps  float64       // the source's; 0 is not known

	playFigures
	players   []*player
	latencies samples
	firsts    samples
	open      bool // the window
	opened    time.Duration
}

// join adds a player.
func (a *audience) join() *player {
	p := &player{audience: a}
	a.players = append(a.players, p)
	return p
}

func (a *audience) read(n int) {
	a.Wire += int64(n)
	a.Reads++
}

func (a *audience) latency(d time.Duration) {
	if a.open {
		a.latencies = append(a.latencies, milliseconds(d))
	}
}

// start opens the window: what was counted before does not.
func (a *audience) start(at time.Duration) {
	for _, p := range a.players {
		p.bytes, p.frames, p.missed, p.stalls = 0, 0, 0, 0
	}
	a.Wire, a.Reads, a.Requests, a.Segments = 0, 0, 0, 0
	a.open, a.opened = true, at
}

// shut closes the window and sums up.
func (a *audience) shut(at time.Duration) {
	a.open = false
	seconds := (at - a.opened).Seconds()
	var rates samples
	for _, p := range a.players {
		a.Bytes += p.bytes
		a.Frames += p.frames
		a.Missed += p.missed
		a.Stalls += p.stalls
		if p.missed > 0 {
			a.Gappy++
		}
		if p.stalls > 0 {
			a.Stalled++
		}
		rates = append(rates, float64(p.bytes)*8/1000/seconds)
	}
	a.Seconds, a.Mbps = rounded(seconds), rounded(float64(a.Bytes)*8/1e6/seconds)
	a.KbpsMin, a.KbpsMedian = rates.quantile(0), rates.quantile(.5)
	if a.kbps > 0 {
		a.RatioMin, a.RatioMedian = rounded(a.KbpsMin/a.kbps), rounded(a.KbpsMedian/a.kbps)
	}
	a.LatencyP50, a.LatencyP99, a.LatencyMax = a.latencies.quantile(.5), a.latencies.quantile(.99), a.latencies.quantile(1)
	a.FirstP50, a.FirstP99 = a.firsts.quantile(.5), a.firsts.quantile(.99)
}
