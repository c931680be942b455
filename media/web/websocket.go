package web

import (
	"crypto/sha1" //nolint:gosec // RFC 6455 wants it
	"encoding/base64"
	"net/http"
	"strings"

	"weir/media"
)

// websocket is a stream as binary messages, one for each packet, so that what a
// player says is answered between any two of them (RFC 6455).
type websocket struct {
	listener
	key, subprotocol string
}

// IsWebSocket says whether a request asks for a WebSocket.
func IsWebSocket(r *http.Request) bool { return hasToken(r.Header["Upgrade"], "websocket") }

// upgrade reads the client's opening handshake (4.2.1). One that is not good is
// answered.
func upgrade(w http.ResponseWriter, r *http.Request) (s *websocket, refused bool) {
	h := r.Header
	key, err := base64.StdEncoding.DecodeString(h.Get("Sec-WebSocket-Key"))
	switch {
	case !r.ProtoAtLeast(1, 1) || !hasToken(h["Connection"], "upgrade"):
		http.Error(w, "not a WebSocket handshake", http.StatusBadRequest)
	case h.Get("Sec-WebSocket-Version") != "13":
		w.Header().Set("Sec-WebSocket-Version", "13")
		w.Header().Set("Upgrade", "websocket")
		w.Header().Set("Connection", "Upgrade")
		http.Error(w, "WebSocket version 13 is spoken here", http.StatusUpgradeRequired)
	case err != nil || len(key) != 16:
		http.Error(w, "bad Sec-WebSocket-Key", http.StatusBadRequest)
	default:
		return &websocket{key: h.Get("Sec-WebSocket-Key"), subprotocol: firstToken(h["Sec-Websocket-Protocol"])}, false
	}
	return nil, true
}

func (*websocket) status() int { return http.StatusSwitchingProtocols }

func (*websocket) describe(http.Header) {}

// bind agrees to the first subprotocol that is offered, whatever it is called:
// browsers end a connection that agrees to none. There are no extensions.
func (s *websocket) bind(h http.Header) {
	sum := sha1.Sum([]byte(s.key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")) //nolint:gosec // 4.2.2
	h.Set("Upgrade", "websocket")
	h.Set("Connection", "Upgrade")
	h.Set("Sec-WebSocket-Accept", base64.StdEncoding.EncodeToString(sum[:]))
	h.Del("Sec-WebSocket-Extensions")
	h.Del("Sec-WebSocket-Protocol")
	if s.subprotocol != "" {
		h.Set("Sec-WebSocket-Protocol", s.subprotocol)
	}
}

func (*websocket) framer(f media.Framer) media.Framer { return enclosed{f, frames} }

func (*websocket) goodbye(reason error) []byte { return farewell(reason) }

// hasToken says whether a list of tokens has one, in either case (RFC 9110, 5.6.1).
func hasToken(values []string, token string) bool {
	for t := range tokens(values) {
		if strings.EqualFold(t, token) {
			return true
		}
	}
	return false
}

// firstToken is the first of a list; "" when that is none.
func firstToken(values []string) string {
	for t := range tokens(values) {
		if t != "" && !strings.ContainsFunc(t, notOfToken) {
			return t
		}
		return ""
	}
	return ""
}

func tokens(values []string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for _, v := range values {
			for t := range strings.SplitSeq(v, ",") {
				if !yield(strings.TrimSpace(t)) {
					return
				}
			}
		}
	}
}

// notOfToken says whether no token has r (RFC 9110, 5.6.2).
func notOfToken(r rune) bool {
	return r <= ' ' || r >= 0x7f || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, r)
}
