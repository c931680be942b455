// Package rtmp is the RTMP server, its framing of streams for players, and the
// client by which streams are pulled from other servers and pushed to them.
//
// go-rtmp answers what a well-behaved peer says: the handshake, connect,
// createStream, publish and play. It never sees the peer: what is sent is read
// here under limits, brought into the form that go-rtmp knows, and its answers are
// written here (dialog). Refusals, media and everything it does not know are
// answered by this package alone.
//
// The sections are those of Adobe's RTMP specification 1.0.
package rtmp
