package vhost

import (
	"context"

	"weir/js"
	"weir/js/hook"
	"weir/media"
	"weir/media/rtmp/amf0"
)

// edit is an onMetaData that js_on_metadata has to look at. Media goes on
// meanwhile; the metadata follows when the script has answered, or without its
// edits when its time is up.
type edit struct{ body chan []byte }

// WritePacket implements media.Publication.
func (p *publication) WritePacket(pkt *media.Packet) error {
	if p.edit != nil {
		if err := p.writeEdited(pkt); err != nil {
			return err
		}
	}
	if pkt.Kind == media.Data && p.beginEdit(pkt) {
		return nil
	}
	return p.Publication.WritePacket(pkt)
}

// writeEdited writes metadata that is ready ahead of the packet.
func (p *publication) writeEdited(next *media.Packet) error {
	select {
	case body := <-p.edit.body:
		p.edit = nil
		return p.Publication.WritePacket(&media.Packet{Kind: media.Data, DTS: next.DTS, Body: body})
	default:
		return nil
	}
}

// beginEdit asks the script about metadata, and reports whether it does. Newer
// metadata takes the place of what is looked at.
func (p *publication) beginEdit(pkt *media.Packet) bool {
	se := p.session
	_, v := se.now()
	if !v.OnMetadata.IsSet() {
		return false
	}
	name, rest, err := amf0.Next(pkt.Body)
	if name != "onMetaData" || err != nil {
		return false
	}
	value, _, err := amf0.Next(rest)
	old, isArray := properties(value)
	if err != nil || old == nil {
		return false
	}
	ctx, over, ok := se.beside()
	if !ok {
		return false
	}
	e := &edit{body: make(chan []byte, 1)}
	p.edit = e
	go func() {
		defer over()
		body := pkt.Body
		if edited := se.metadata(ctx, old); edited != nil {
			body = amf0.Append(amf0.Append(nil, "onMetaData"), as(edited, isArray))
		}
		e.body <- body
	}()
	return true
}

// metadata asks js_on_metadata; nil for what stays as it is.
func (se *session) metadata(ctx context.Context, old amf0.Object) amf0.Object {
	gen, v := se.hold()
	defer gen.release(v.Name)
	h := v.OnMetadata
	if !h.IsSet() {
		return nil
	}
	var edited amf0.Object
	_, err := se.ask(ctx, gen, v, hook.Metadata, v.JSTimeout, func(value js.Value) (err error) {
		if value != nil {
			edited, err = toMetadata(old, value)
		}
		return err
	}, fromAMF(old))
	if ctx.Err() != nil {
		return nil
	}
	if err != nil {
		se.server.failed(v.Name, h, se.id, err)
		return nil
	}
	return edited
}
