package hook

import (
	"time"

	"weir/media"
)

// Verdict is what a handler decided. The zero value allows.
type Verdict struct {
	Deny     bool
	Code     int    // of a denial; 403 unless said otherwise
	Reason   string // of a denial
	Declined bool   // no opinion
	Redirect string // URL to go to instead

	// Rename, if not nil, is the stream's new name; an empty App keeps the app.
	// VHost is not used.
	Rename *media.Key
	// TakeOver ends the stream's present publisher instead of refusing this one.
	TakeOver bool

	// Unserved are the methods that were called and have no effect yet: record,
	// forward, pull.
	Unserved []string

	// Recheck is allow()'s: how often js_on_update runs for this session. Zero: as
	// the directive says.
	Recheck time.Duration
	// MaxSessions is allow()'s: how many there may be, this one included, players of
	// the stream, publishers of the vhost or connections to it. Zero: any number.
	MaxSessions int
}
