package media

// Key names a stream within the server. The fields are valid names: see
// CheckName. App may contain "/"; Stream is not empty.
type Key struct{ VHost, App, Stream string }

// String returns "vhost/app/stream".
func (k Key) String() string { return k.VHost + "/" + k.App + "/" + k.Stream }

// Path returns "app/stream", as it stands in URLs and in scripts.
func (k Key) Path() string { return k.App + "/" + k.Stream }
