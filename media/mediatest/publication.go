package mediatest

import "weir/media"

type publication struct {
	*ending
	key    media.Key
	stream *stream
}

var _ media.Publication = (*publication)(nil)

func (p *publication) Key() media.Key { return p.key }

func (p *publication) WritePacket(pkt *media.Packet) error {
	select {
	case <-p.done:
		return p.err
	default:
	}
	p.router.change(func() { p.stream.packets = append(p.stream.packets, pkt) })
	return nil
}

func (p *publication) Close(reason error) {
	p.close(reason, func() {
		p.stream.publisher = nil
		p.stream.packets = append(p.stream.packets, nil)
	})
}
