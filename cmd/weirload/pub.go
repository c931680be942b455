//go:build linux

package main

import (
	"context"
	"time"

	"weir/media"
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// pubFigures is what mode pub prints.
type pubFigures struct {
	Mode       string  `json:"mode"`
	Publishers int     `json:"publishers"`
	Ready      int     `json:"ready"` // that were let publish
	Seconds    float64 `json:"seconds"`
	Bytes      int64   `json:"payload_bytes"`
	Frames     int64   `json:"video_frames"`
	SourceKbps float64 `json:"source_kbps_per_stream"`
	Messages   float64 `json:"messages_per_sec_per_stream"`
	LateP99    float64 `json:"send_late_ms_p99"` // of video frames, behind their time
	LateMax    float64 `json:"send_late_ms_max"`
	Blocked    int64   `json:"blocked_sends"` // the socket had no room
	ReadyP50   float64 `json:"ready_ms_p50"`  // from the connection to publishing
	ReadyP99   float64 `json:"ready_ms_p99"`
	failures

	late, ready samples
}

func runPub(ctx context.Context, args []string, c console) error {
	fs := newFlags("pub", c)
	url := fs.String("url", "rtmp://127.0.0.1:1935/live/s{i}", "address; {i} is the publisher's index")
	n := fs.Int("m", 1, "publishers")
	length := fs.Duration("t", 30*time.Second, "how long to run")
	ramp := fs.Int("ramp", 100, "connections a second")
	size := fs.Int("chunk", 4096, "RTMP chunk size (OBS: 4096, ffmpeg: 60000)")
	sf := addSourceFlags(fs)
	reach := addReachFlag(fs)
	if err := parse(fs, args); err != nil {
		return err
	}
	p := pace{window: *length, ramp: *ramp}
	if err := p.check(); err != nil {
		return err
	}
	if *size < 128 || *size > chunk.MaxSize {
		return &usageError{chunk.ErrChunkSize}
	}
	src, err := sf.source()
	if err != nil {
		return err
	}
	to, err := parseAddresses(*url, *n, *reach)
	if err != nil {
		return err
	}
	if err := raiseFiles(*n); err != nil {
		return err
	}
	r, err := newReactor()
	if err != nil {
		return err
	}
	defer r.close()
	f := &pubFigures{Mode: "pub", Publishers: *n, SourceKbps: rounded(src.kbps()), Messages: rounded(src.rate())}
	begin := now()
	for i, a := range to {
		r.at(begin+p.start(i), func() { publish(r, a, src, *size, f, c) })
	}
	if err := r.run(ctx, begin+*length); err != nil && ctx.Err() == nil { // ^C ends it early
		return err
	}
	f.Seconds = rounded((now() - begin).Seconds())
	f.LateP99, f.LateMax = f.late.quantile(.99), f.late.quantile(1)
	f.ReadyP50, f.ReadyP99 = f.ready.quantile(.5), f.ready.quantile(.99)
	return c.report(f)
}

// publisher sends a source in real time.
type publisher struct {
	client
	source  *source
	figures *pubFigures

	r     *reactor
	zero  time.Duration // of the source's time, by now
	next  int           // frame
	loops uint32
	seq   uint64
	buf   []byte
	over  bool
}

// publish begins a publisher.
func publish(r *reactor, a address, src *source, size int, f *pubFigures, c console) {
	p := &publisher{source: src, figures: f, r: r}
	begin := now()
	p.client = client{address: a, role: publishing, chunkSize: size}
	p.ended = func(err error) {
		p.over = true
		f.add(err)
	}
	p.ready = func() {
		p.zero = now()
		f.ready = append(f.ready, milliseconds(p.zero-begin))
		if f.Ready++; f.Ready == f.Publishers {
			c.event(eventReady)
		}
		for i := range src.head {
			p.send(&src.head[i], 0)
		}
		p.step()
	}
	if err := p.dial(r); err != nil {
		f.add(err)
	}
}

// step sends what is due and waits for what is next.
func (p *publisher) step() {
	for t := now(); !p.over; {
		f := &p.source.frames[p.next]
		ms := p.loops*p.source.length + f.at
		due := p.zero + time.Duration(ms)*time.Millisecond
		if due > t {
			p.r.at(due, p.step)
			return
		}
		p.send(f, ms)
		p.figures.Bytes += int64(len(f.body))
		if f.kind == media.Video {
			p.figures.Frames++
			p.figures.late = append(p.figures.late, milliseconds(t-due))
		}
		if len(p.conn.out) > 0 {
			p.figures.Blocked++
		}
		if p.next++; p.next == len(p.source.frames) {
			p.next = 0
			p.loops++
		}
	}
}

// send sends a frame, with its stamp if it has one. Publishers share the frame's bytes, one
// after the other.
func (p *publisher) send(f *frame, ms uint32) {
	h := chunk.Header{ChunkStream: audioStream, Type: chunk.Type(f.kind), Timestamp: ms, Stream: p.stream}
	body := f.body
	switch f.kind {
	case media.Video:
		h.ChunkStream = videoStream
	case media.Data:
		body = append(amf0.Append(nil, "@setDataFrame"), body...)
	}
	if f.stamp >= 0 {
		p.seq++
		stamp{p.seq, now()}.put(body[f.stamp:])
	}
	p.buf = chunk.Append(p.buf[:0], h, body, p.chunkSize)
	p.conn.send(p.buf)
}
