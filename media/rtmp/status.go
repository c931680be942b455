package rtmp

import (
	"errors"
	"strings"

	"weir/media"
	"weir/media/rtmp/amf0"
)

// The codes of status objects, as Adobe's ActionScript reference lists them for
// NetConnection and NetStream.
const (
	codeConnectRejected = "NetConnection.Connect.Rejected"
	codeAppShutdown     = "NetConnection.Connect.AppShutdown"
	codeCallFailed      = "NetConnection.Call.Failed"
	codePublishStart    = "NetStream.Publish.Start"
	codePublishBadName  = "NetStream.Publish.BadName"
	codePublishDenied   = "NetStream.Publish.Denied"
	codeUnpublished     = "NetStream.Unpublish.Success"
	codePlayReset       = "NetStream.Play.Reset"
	codePauseNotify     = "NetStream.Pause.Notify"
	codeUnpauseNotify   = "NetStream.Unpause.Notify"
	codePlayStart       = "NetStream.Play.Start"
	codePlayFailed      = "NetStream.Play.Failed"
	codePlayNotFound    = "NetStream.Play.StreamNotFound"
	codePlayUnpublished = "NetStream.Play.UnpublishNotify"
	codePlayStop        = "NetStream.Play.Stop"
	codePlayComplete    = "NetStream.Play.Complete"
)

const maxDescription = 1024 // bytes of a reason that a peer is told

// status is an information object (7.2.2).
type status struct {
	level       string // "status" or "error"
	code        string
	description string
	redirect    string // URL to go to instead; players of RTMP 302 obey
}

func (s status) object() amf0.Object {
	o := amf0.Object{{Name: "level", Value: s.level}, {Name: "code", Value: s.code}, {Name: "description", Value: s.description}}
	if s.redirect != "" {
		ex := amf0.Object{{Name: "code", Value: 302}, {Name: "redirect", Value: s.redirect}, {Name: "redirect2", Value: s.redirect}} // SRS looks at the latter
		o = append(o, amf0.Property{Name: "ex", Value: ex})
	}
	return o
}

// refusal is what a peer is told that err keeps out. A redirect has the code that
// clients of RTMP 302 look for, whatever was asked; the others print the description,
// which names the URL.
func refusal(code string, err error) status {
	s := status{level: "error", code: code, description: reason(err)}
	var d *media.Denied
	if errors.As(err, &d) && d.Redirect != "" {
		s.code, s.redirect = codeConnectRejected, d.Redirect
		s.description = bounded(strings.TrimPrefix(d.Reason+": redirect to "+d.Redirect, ": "))
	}
	return s
}

// playRefusal knows that a stream that is missing has a code of its own.
func playRefusal(err error) status {
	if errors.Is(err, media.ErrNotFound) {
		return refusal(codePlayNotFound, err)
	}
	return refusal(codePlayFailed, err)
}

// ending is what a peer is told whose session the server ends.
func ending(code string, err error) status {
	if errors.Is(err, media.ErrShutdown) {
		code = codeAppShutdown
	}
	return refusal(code, err)
}

func reason(err error) string {
	if err == nil {
		return ""
	}
	return bounded(err.Error())
}

func bounded(s string) string { return strings.ToValidUTF8(s[:min(len(s), maxDescription)], "") }
