package mediatest

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"weir/media"
	"weir/media/flv"
)

// Count is what a player saw.
type Count struct {
	// Step is the time from one video frame to the next. Zero means 40 ms.
	Step time.Duration

	Video     int // frames; neither sequence headers nor ends of sequence count
	Audio     int
	Data      int
	Keyframes int
	Configs   int // sequence headers
	Others    int // packets of tracks beyond the first, whatever they are; nothing else counts them
	Gaps      int // places where more than half a video frame's time is missing
	Backwards int // packets whose DTS is before that of the one before, of the same kind

	first, last map[media.Kind]*media.Packet
}

// Add counts p.
func (c *Count) Add(p *media.Packet) {
	switch {
	case p.Track != 0:
		c.Others++
		return
	case p.Config:
		c.Configs++
		return
	case p.Kind != media.Data && flv.Payload(p) == nil:
		return // an end of sequence, a command, colours
	}
	switch p.Kind {
	case media.Video:
		c.Video++
	case media.Audio:
		c.Audio++
	case media.Data:
		c.Data++
	}
	if p.Key {
		c.Keyframes++
	}
	c.compare(p)
}

// First returns the first packet of a kind that is no sequence header; nil if
// there was none.
func (c *Count) First(k media.Kind) *media.Packet { return c.first[k] }

// Last returns the newest packet of a kind that is no sequence header; nil if
// there was none.
func (c *Count) Last(k media.Kind) *media.Packet { return c.last[k] }

func (c *Count) compare(p *media.Packet) {
	if c.first == nil {
		c.first, c.last = map[media.Kind]*media.Packet{}, map[media.Kind]*media.Packet{}
	}
	last := c.last[p.Kind]
	c.last[p.Kind] = p
	if last == nil {
		c.first[p.Kind] = p
		return
	}
	step := c.Step
	if step == 0 {
		step = 40 * time.Millisecond
	}
	switch d := p.DTS - last.DTS; {
	case d < 0:
		c.Backwards++
	case p.Kind == media.Video && d > step*3/2:
		c.Gaps++
	}
}

// ReadFLV counts the packets of an FLV stream until the function says so, which
// is asked after each, or the stream ends. The count is valid beside an error.
func ReadFLV(r io.Reader, until func(*Count) bool) (*Count, error) {
	var c Count
	in := flv.NewReader(r)
	for {
		p, err := in.ReadPacket()
		if err != nil {
			return &c, err //nolint:wrapcheck // io.EOF as it is
		}
		if c.Add(p); until(&c) {
			return &c, nil
		}
	}
}

// Watch plays an HTTP-FLV URL on a connection of its own, and counts as ReadFLV
// does. An answer other than 200 is an error.
func Watch(ctx context.Context, url string, until func(*Count) bool) (*Count, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	tr := &http.Transport{DisableKeepAlives: true}
	res, err := tr.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("watch: %w", err)
	}
	defer res.Body.Close() //nolint:errcheck // read only
	if res.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("watch %s: %s", url, res.Status)
	}
	return ReadFLV(res.Body, until)
}
