package vhost

import (
	"context"

	"weir/conf"
	"weir/media"
	"weir/media/hub"
)

// outlet is an output that runs.
type outlet struct {
	settings any
	cancel   context.CancelFunc
	done     chan struct{}
}

// startOutputs gives the stream what its vhost asks for. An output that runs
// already goes on through the republish, unless its settings have changed: then it
// ends, and a new one follows it.
func (s *Server) startOutputs(v *conf.VHost, key media.Key) {
	if s.Outputs == nil {
		return
	}
	wanted := s.Outputs(v, key)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	running := s.outputs[key]
	if running == nil {
		running = map[string]*outlet{}
		s.outputs[key] = running
	}
	keep := map[string]bool{}
	for _, out := range wanted {
		keep[out.Name()] = true
		old := running[out.Name()]
		if old != nil && old.settings == out.Settings {
			select {
			case <-old.done:
			default:
				continue
			}
		}
		running[out.Name()] = s.startOutput(out, v, key, old)
	}
	for name, old := range running {
		if !keep[name] {
			old.cancel()
		}
	}
}

// startOutput runs out once its predecessor has ended. The server's lock is held.
func (s *Server) startOutput(out Output, v *conf.VHost, key media.Key, old *outlet) *outlet {
	ctx, cancel := context.WithCancel(context.Background())
	o := &outlet{settings: out.Settings, cancel: cancel, done: make(chan struct{})}
	sub := s.Hub.Stream(key, streamSettings(v)).Subscribe(hub.SubscribeOptions{})
	s.outs.Add(1)
	go func() {
		defer s.outs.Done()
		defer cancel()
		if old != nil {
			old.cancel()
			<-old.done
		}
		err := out.Run(ctx, key, sub)
		sub.Close(nil)
		if err != nil && ctx.Err() == nil {
			s.log().Error("output failed", "vhost", key.VHost, "app", key.App, "stream", key.Stream, "output", out.Name(), "reason", err)
		}
		s.endOutput(o, out.Name(), key)
		if err == nil && ctx.Err() == nil {
			s.resumeOutputs(key)
		}
	}()
	return o
}

// endOutput forgets an output that has ended.
func (s *Server) endOutput(o *outlet, name string, key media.Key) {
	s.mu.Lock()
	defer s.mu.Unlock()
	close(o.done)
	if s.outputs[key][name] != o {
		return
	}
	delete(s.outputs[key], name)
	if len(s.outputs[key]) == 0 {
		delete(s.outputs, key)
	}
}

// resumeOutputs starts what gave a stream up just as its publisher came back.
func (s *Server) resumeOutputs(key media.Key) {
	s.mu.Lock()
	holder := s.publishers[key]
	s.mu.Unlock()
	if holder != nil {
		_, v := holder.now()
		s.startOutputs(v, key)
	}
}
