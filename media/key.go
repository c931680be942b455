package media

import (
	"crypto/sha256"
	"encoding/hex"
)

// Key names a stream within the server. The fields are valid names: see
// CheckName. App may contain "/"; Stream is not empty.
type Key struct{ VHost, App, Stream string }

// String returns "vhost/app/stream".
func (k Key) String() string { return k.VHost + "/" + k.App + "/" + k.Stream }

// Path returns "app/stream", as it stands in URLs and in scripts.
func (k Key) Path() string { return k.App + "/" + k.Stream }

// ID is a short name for the stream that holds no character of its own: "vid-" and
// 16 hexadecimal digits, the same for the same key always. SRS's API and hooks
// call it the stream's id.
func (k Key) ID() string {
	sum := sha256.Sum256([]byte(k.String()))
	return "vid-" + hex.EncodeToString(sum[:8])
}
