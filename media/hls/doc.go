// Package hls serves live streams by HTTP Live Streaming (RFC 8216): it cuts a
// stream into MPEG-TS segments, keeps the newest of them in memory with the
// playlist that lists them, and admits the viewers who poll it.
//
// An Output writes one stream into the Store; the Handler serves the Store to
// HTTP. Between them stands only the final key of the stream.
package hls
