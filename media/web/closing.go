package web

import (
	"encoding/binary"
	"errors"
	"unicode/utf8"

	"weir/media"
)

// The status codes of close frames (RFC 6455, 7.4.1, and its registry at IANA).
const (
	closeNormal   = 1000
	closeAway     = 1001
	closeProtocol = 1002
	closePolicy   = 1008
	closeTooBig   = 1009
	closeInternal = 1011
	closeLater    = 1013
)

// appendFrame adds a control frame.
func appendFrame(dst []byte, opcode byte, payload []byte) []byte {
	return append(append(dst, final|opcode, byte(len(payload))), payload...)
}

// closeFrame is a close frame with as much of a reason as fits.
func closeFrame(code int, reason string) []byte {
	for len(reason) > maxControl-2 || !utf8.ValidString(reason) {
		reason = reason[:min(len(reason), maxControl-1)-1]
	}
	return appendFrame(nil, opClose, append(binary.BigEndian.AppendUint16(nil, uint16(code)), reason...)) //nolint:gosec // four digits
}

// closeReply answers a close frame with its own code, if it has one that may be sent
// (5.5.1).
func closeReply(payload []byte) []byte {
	code := closeNormal
	if len(payload) > 0 {
		code = closeProtocol
	}
	if len(payload) >= 2 {
		c := int(binary.BigEndian.Uint16(payload))
		if c >= 1000 && c <= 1014 && (c < 1004 || c > 1006) || c >= 3000 && c < 5000 {
			code = c
		}
	}
	return closeFrame(code, "")
}

// farewell is the close frame that says why the server ends a player.
func farewell(reason error) []byte {
	code := closeInternal
	switch {
	case reason == nil, errors.Is(reason, media.ErrUnpublished):
		code = closeNormal
	case errors.Is(reason, media.ErrShutdown):
		code = closeAway
	case errors.Is(reason, media.ErrSlow), errors.Is(reason, media.ErrOverload):
		code = closeLater
	case errors.As(reason, new(*media.Kicked)), errors.As(reason, new(*media.Denied)):
		code = closePolicy
	}
	if code == closeInternal || reason == nil {
		return closeFrame(code, "")
	}
	return closeFrame(code, reason.Error())
}
