package hook

import "strings"

// Bounds of what scripts say, in bytes.
const (
	maxReason  = 1024     // a reason, which peers and the log are told; what is wrong with a call
	maxMessage = 64 << 10 // a message to the log
	maxURL     = 4096     // where a peer is sent instead
)

// clip cuts what is longer than n bytes, between two characters.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "..."
}
