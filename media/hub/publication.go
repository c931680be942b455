package hub

import (
	"errors"

	"weir/media"
)

var errClosed = errors.New("hub: used after its close")

// Publication implements media.Publication.
type Publication struct {
	ending
	src *source
}

var _ media.Publication = (*Publication)(nil)

// Key implements media.Publication.
func (p *Publication) Key() media.Key { return p.src.key }

// Watched says whether anybody subscribes to the stream.
func (p *Publication) Watched() bool {
	p.src.mu.Lock()
	defer p.src.mu.Unlock()
	return len(p.src.subs) > 0
}

// WritePacket implements media.Publication. Times that go back or jump by more
// than ten seconds are folded so that the stream's time goes on; the packet itself
// is not changed.
func (p *Publication) WritePacket(pkt *media.Packet) error {
	if p.src.write(p, pkt) {
		return nil
	}
	if err := p.Err(); err != nil {
		return err
	}
	return errClosed
}

// Close implements media.Publication.
func (p *Publication) Close(error) { p.src.unpublish(p) }

// End takes the stream back from its publisher: Done is closed, Err is the reason,
// and another may publish at once. It does nothing after the first call.
func (p *Publication) End(reason error) {
	if p.end(reason) {
		p.src.unpublish(p)
	}
}
