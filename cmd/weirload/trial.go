//go:build linux

package main

import "fmt"

// trial is a load that servers are measured under.
type trial struct {
	Mode    string `json:"mode"`
	N       int    `json:"n"`                 // players; of pub publishers; of connect connections a second, or 0
	Streams int    `json:"streams,omitempty"` // that players are spread over
	Role    role   `json:"kind,omitempty"`    // of connect
	Flight  int    `json:"in_flight,omitempty"`
	Count   int    `json:"count,omitempty"` // connections of connect; 0: as many as fit the window
}

func (t trial) String() string {
	switch t.Mode {
	case "connect":
		return fmt.Sprintf("%s %s r=%d", t.Mode, t.Role, t.N)
	case "pub":
		return fmt.Sprintf("%s n=%d", t.Mode, t.N)
	}
	return fmt.Sprintf("%s n=%d of %d", t.Mode, t.N, t.Streams)
}

// outcome is what came of a trial.
type outcome struct {
	Server string `json:"server"`
	trial
	Round      int     `json:"round"`
	Seconds    float64 `json:"seconds"`
	CPU        float64 `json:"server_cpu_ms"`
	User       float64 `json:"server_user_ms"`
	CPUPercent float64 `json:"server_cpu_pct"`
	Busy       float64 `json:"server_core_busy_pct"` // the whole processor, interrupts included
	LoadBusy   float64 `json:"load_core_busy_pct"`
	CPUPerGbit float64 `json:"cpu_ms_per_gbit"` // of payload that reached players; of pub, that was sent
	RSSBefore  float64 `json:"rss_mb_before"`   // before the players; of pub, the publishers
	RSS        float64 `json:"rss_mb"`
	RSSAfter   float64 `json:"rss_mb_after,omitempty"` // of connect: when all has gone
	Peak       float64 `json:"hwm_mb"`
	Switches   float64 `json:"ctx_switches_per_sec"`
	SourceKbps float64 `json:"pub_kbps"`
	LoadBound  bool    `json:"load_bound"` // the load's processor was full: the figures say little
	Err        string  `json:"err,omitempty"`

	Play    *playFigures    `json:"play,omitempty"`
	Connect *connectFigures `json:"connect,omitempty"`
}

// loadBound is how busy the load's processor may be, in percent.
const loadBound = 92

// used books what the server used between two usages.
func (o *outcome) used(before, after usage, serverCPU, loadCPU int) {
	o.Seconds = rounded((after.at - before.at).Seconds())
	o.CPU, o.User = rounded(milliseconds(after.cpu-before.cpu)), milliseconds(after.user-before.user)
	o.CPUPercent = rounded(o.CPU / o.Seconds / 10)
	o.Busy, o.LoadBusy = after.busySince(before, serverCPU), after.busySince(before, loadCPU)
	o.RSS, o.Peak = megabytes(after.rss), megabytes(after.peak)
	o.Switches = rounded(float64(after.switches-before.switches) / o.Seconds)
	o.LoadBound = o.LoadBusy > loadBound
}

// megabytes is a number of KB as the figures show it.
func megabytes(kb int64) float64 { return rounded(float64(kb) / 1024) }
