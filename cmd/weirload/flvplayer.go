//go:build linux

package main

import "weir/media"

// flvPlayer plays an HTTP-FLV stream.
type flvPlayer struct {
	address
	player *player
	conn   *conn
	http   httpStream
}

// playFLV connects an HTTP-FLV player.
func playFLV(r *reactor, a address, p *player) error {
	f := &flvPlayer{address: a, player: p}
	tags := newFLVStream(func(kind media.Kind, n int, head []byte) { p.message(r.woken, kind, n, head) })
	f.http.each = tags.feed
	c, err := r.dial(a.addr, f)
	f.conn = c
	return err
}

func (f *flvPlayer) open() {
	f.conn.send([]byte("GET " + f.path + " HTTP/1.1\r\nHost: " + f.host + "\r\nUser-Agent: weirload\r\nAccept: */*\r\n\r\n"))
}

func (f *flvPlayer) closed(err error) { f.player.audience.add(err) }

func (f *flvPlayer) data(b []byte) {
	f.player.audience.read(len(b))
	if err := f.http.feed(b); err != nil {
		f.conn.close(err)
	}
}
