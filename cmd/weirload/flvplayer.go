//go:build linux

package main

import "weir/media"

// flvPlayer plays an HTTP-FLV stream.
type flvPlayer struct {
	address
	line
	read func(n int) // bytes came
	http httpStream
}

// playFLV connects an HTTP-FLV player.
func playFLV(r *reactor, a address, p *player) error {
	f := &flvPlayer{address: a, read: p.audience.read, line: line{ended: p.audience.add}}
	return f.dial(r, func(kind media.Kind, n int, head []byte) { p.message(r.woken, kind, n, head) })
}

// dial begins the request; each is told of every tag.
func (f *flvPlayer) dial(r *reactor, each func(kind media.Kind, n int, head []byte)) error {
	f.http.each = newFLVStream(each).feed
	c, err := r.dial(f.addr, f)
	f.conn = c
	return err
}

func (f *flvPlayer) open() {
	f.conn.send([]byte("GET " + f.path + " HTTP/1.1\r\nHost: " + f.host + "\r\nUser-Agent: weirload\r\nAccept: */*\r\n\r\n"))
}

func (f *flvPlayer) data(b []byte) {
	f.read(len(b))
	if err := f.http.feed(b); err != nil {
		f.conn.close(err)
	}
}
