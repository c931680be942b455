package hook

import "weir/media"

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

	Recheck     string // of allow(): how often js_on_update runs for this session
	MaxSessions int    // of allow()
}
