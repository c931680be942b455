package flv

import (
	"weir/media"
	"weir/media/web"
)

// Format is FLV over HTTP and WebSocket.
var Format = web.Format{
	Protocol: "flv", Ext: ".flv", ContentType: "video/x-flv",
	Framer: func(t media.Tracks) media.Framer { return Framer{t} },
}
