package vhost

import (
	"context"

	"weir/conf"
	"weir/media"
	"weir/media/hub"
)

// outlet is an output that runs. The server's lock guards it.
type outlet struct {
	Output
	source *session // of what it takes, or took last
	cancel context.CancelFunc
	ending bool // it was cancelled: it takes nothing any more
	done   chan struct{}
}

// end lets the output finish what it makes.
func (o *outlet) end() {
	o.ending = true
	o.cancel()
}

// startOutputs gives the stream that se publishes what its vhost asks for. An
// output that runs already goes on through the republish, unless its settings have
// changed: then it ends, and a new one follows it.
func (s *Server) startOutputs(v *conf.VHost, key media.Key, se *session) {
	if s.Outputs == nil {
		return
	}
	wanted := s.Outputs(v, key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.publishers[key] != se { // who was kicked or taken over just now
		return
	}
	keep := map[string]bool{}
	for _, out := range wanted {
		keep[out.Name()] = true
		old := s.outputs[key][out.Name()]
		if old == nil || old.ending || old.Settings != out.Settings {
			s.startOutput(out, v, key, old)
		}
		s.outputs[key][out.Name()].source = se
	}
	for name, old := range s.outputs[key] {
		if !keep[name] {
			old.end()
		}
	}
}

// startOutput runs out once its predecessor has ended. The server's lock is held.
func (s *Server) startOutput(out Output, v *conf.VHost, key media.Key, old *outlet) {
	ctx, cancel := context.WithCancel(context.Background())
	o := &outlet{Output: out, cancel: cancel, done: make(chan struct{})}
	if s.outputs[key] == nil {
		s.outputs[key] = map[string]*outlet{}
	}
	s.outputs[key][out.Name()] = o
	if old != nil {
		old.end()
	}
	sub := s.Hub.Stream(key, streamSettings(v)).Subscribe(hub.SubscribeOptions{FromHere: true})
	s.outs.Go(func() {
		defer cancel()
		if old != nil {
			<-old.done
		}
		err := out.Run(ctx, key, sub)
		sub.Close(nil)
		if err != nil && ctx.Err() == nil {
			s.log().Error("output failed", "vhost", key.VHost, "app", key.App, "stream", key.Stream, "output", out.Name(), "reason", err)
		}
		s.endOutput(o, key)
		if err == nil && ctx.Err() == nil {
			s.resumeOutputs(key)
		}
	})
}

// endOutput forgets an output that has ended, unless another has its place.
func (s *Server) endOutput(o *outlet, key media.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(o.done)
	if s.outputs[key][o.Name()] != o {
		return
	}
	delete(s.outputs[key], o.Name())
	if len(s.outputs[key]) == 0 {
		delete(s.outputs, key)
	}
}

// resumeOutputs starts what gave a stream up just as its publisher came back.
func (s *Server) resumeOutputs(key media.Key) {
	s.mu.Lock()
	holder := s.publishers[key]
	s.mu.Unlock()
	if holder != nil && holder.isAdmitted() {
		_, v := holder.now()
		s.startOutputs(v, key, holder)
	}
}
