package hook

import "weir/js"

// The gates.
var (
	Connect = Point{
		Directive: "js_on_connect",
		Export:    "connect",
		Kind:      Gate,
		Args:      session("ConnectSession"),
		Effects:   []string{"allow", "deny", "decline", "redirect"},
		Doc:       "Runs before an RTMP connection is accepted.",
	}
	Publish = Point{
		Directive: "js_on_publish",
		Export:    "publish",
		Kind:      Gate,
		Args:      session("PublishSession"),
		Effects:   []string{"allow", "deny", "decline", "redirect", "rename", "takeover", "record", "forward"},
		Doc:       "Runs before a publisher is admitted.",
	}
	Play = Point{
		Directive: "js_on_play",
		Export:    "play",
		Kind:      Gate,
		Args:      session("PlaySession"),
		Effects:   []string{"allow", "deny", "decline", "redirect", "rename", "pull"},
		Doc:       "Runs before a player is admitted; for HLS once a viewer.",
	}
)

// The events of sessions and of their streams.
var (
	Update = Point{
		Directive: "js_on_update",
		Export:    "update",
		Kind:      Event,
		Args:      session("UpdateSession"),
		Effects:   []string{"allow", "deny", "decline"},
		Doc:       "Runs again and again while a publish or a play lasts; a denial ends it.",
	}
	Unpublish = Point{
		Directive: "js_on_unpublish",
		Export:    "unpublish",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after a publish has ended, once for each that js_on_publish did not deny.",
	}
	Stop = Point{
		Directive: "js_on_stop",
		Export:    "stop",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after a play has ended, once for each that js_on_play did not deny.",
	}
	Close = Point{
		Directive: "js_on_close",
		Export:    "close",
		Kind:      Event,
		Args:      session("Session"),
		Doc:       "Runs after an RTMP connection has ended, once for each that js_on_connect did not deny.",
	}
	HLS = Point{
		Directive: "js_on_hls",
		Export:    "hls",
		Kind:      Event,
		Args:      append(session("Session"), js.Member{Name: "file", Type: "MediaFile", Doc: "the segment"}),
		Doc:       "Runs when a segment of HLS is complete; the session is its publisher's.",
	}
	DVR = Point{
		Directive: "js_on_dvr",
		Export:    "dvr",
		Kind:      Event,
		Args:      append(session("Session"), js.Member{Name: "file", Type: "MediaFile", Doc: "the recording"}),
		Doc:       "Runs when a recording is complete; the session is its publisher's. Not served yet.",
	}
)

// What the server asks of a session's scripts.
var (
	Set = Point{
		Directive: "js_set",
		Kind:      Value,
		Sync:      true,
		Args:      session("Session"),
		Returns:   "string",
		Doc:       "Gives the value of a variable, when it is needed.",
	}
	Metadata = Point{
		Directive: "js_on_metadata",
		Export:    "metadata",
		Kind:      Value,
		Sync:      true,
		Args:      append(session("Session"), js.Member{Name: "meta", Type: "Record<string, any>", Doc: "the publisher's"}),
		Returns:   "Record<string, any> | void",
		Doc:       "Edits a publisher's onMetaData: the object that it returns goes out instead.",
	}
	Forward = Point{
		Directive: "js_on_forward",
		Export:    "forward",
		Kind:      Value,
		Args:      session("Session"),
		Returns:   "string[] | Promise<string[]>",
		Doc:       "Names where else a stream goes. Not served yet.",
	}
	HLSKey = Point{
		Directive: "js_on_hls_key",
		Export:    "hlsKey",
		Kind:      Value,
		Args:      append(session("Session"), js.Member{Name: "key", Type: "{ seq: number }", Doc: "which key is wanted"}),
		Returns:   "HLSKeyFile | Promise<HLSKeyFile>",
		Doc:       "Gives a key for segments of HLS. Not served yet.",
	}
	PlaylistFilter = Point{
		Directive: "js_playlist_filter",
		Export:    "playlistFilter",
		Kind:      Value,
		Sync:      true,
		Args:      append(session("Session"), js.Member{Name: "text", Type: "string", Doc: "the m3u8"}),
		Returns:   "string",
		Doc:       "Edits the media playlist that one viewer of HLS gets, each time.",
	}
)
