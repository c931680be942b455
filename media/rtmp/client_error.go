package rtmp

import (
	"strings"

	"weir/media/rtmp/amf0"
)

// Stages of a client at which servers refuse.
const (
	stageConnect = "connect"
	stageCreate  = "createStream"
	stagePublish = "publish"
	stagePlay    = "play"
	stageSession = "session" // it had begun
)

// StatusError is a refusal that a client was told, or the end of its session.
type StatusError struct {
	Stage       string // "connect", "createStream", "publish", "play", or "session" for what had begun
	Level       string // "error"; some servers refuse with "status" or "warning"
	Code        string // "NetStream.Publish.BadName"
	Description string
	Redirect    string // URL to go to instead, or ""
}

func (e *StatusError) Error() string {
	if e.Description == "" {
		return e.Code
	}
	return e.Code + ": " + e.Description
}

// statusError reads an information object that says no. SRS puts the stream's URL
// into redirect2, and into redirect its tcUrl.
func statusError(stage string, v any) *StatusError {
	o, _ := v.(amf0.Object)
	if a, ok := v.(amf0.Array); ok {
		o = amf0.Object(a)
	}
	e := &StatusError{Stage: stage, Level: o.String("level"), Code: o.String("code"), Description: o.String("description")}
	if ex, ok := o.Get("ex").(amf0.Object); ok {
		e.Redirect = orDefault(ex.String("redirect2"), ex.String("redirect"))
	}
	if e.Code == "" {
		e.Code = codeCallFailed
	}
	return e
}

// refuses says whether a status says no, whatever its level.
func refuses(level, code string) bool {
	if level == "error" {
		return true
	}
	for _, word := range []string{".Fail", ".BadName", ".Denied", "NotFound", ".Reject", ".Invalid", ".AppShutdown", ".Closed"} {
		if strings.Contains(code, word) {
			return true
		}
	}
	return false
}
