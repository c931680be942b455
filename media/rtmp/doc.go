// Package rtmp is the RTMP server, its framing of streams for players, and the
// client by which streams are pulled from other servers and pushed to them.
//
// go-rtmp answers connect, publish and play of those who are admitted. It never
// sees the peer: what is sent is read here under limits, a conversation with go-rtmp
// is borrowed for one command in the form that it knows, and its answer is written
// here (dialog). The handshake, refusals, media and everything else are this
// package's alone.
//
// A connection carries sessions, by message stream: publishers and players that its
// goroutines serve. A player that is alone goes to a sender shard, which gives the
// connection back for whatever else it asks (receiver).
//
// The sections are those of Adobe's RTMP specification 1.0.
package rtmp
