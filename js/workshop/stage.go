package workshop

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"weir/js"
	"weir/js/hook"
	"weir/js/shared"
	"weir/media"
)

// stage is what the scripts of a test file find instead of a server: dictionaries,
// and sessions that have no peer.
type stage struct {
	*terminal
	zones    []shared.Zone
	dicts    []*shared.Dicts // one for each zone
	sessions []*actor        // in the order in which they were made
	made     int             // sessions so far
}

// actor is a session of a test.
type actor struct {
	id      string
	view    *hook.Session // as admitted; nil: it is not
	since   time.Time
	kicked  bool
	because string
}

// declare makes a dictionary.
func (s *stage) declare(z shared.Zone) error {
	if slices.ContainsFunc(s.zones, func(o shared.Zone) bool { return o.Name == z.Name }) {
		return nil
	}
	d, err := shared.New([]shared.Zone{z})
	if err != nil {
		return err
	}
	s.zones = append(s.zones, z)
	s.dicts = append(s.dicts, d)
	return nil
}

// reset makes it as if nothing had happened.
func (s *stage) reset() error {
	s.sessions = nil
	for i, d := range s.dicts {
		if _, err := d.Do("", s.zones[i].Name, "clear", nil); err != nil {
			return err
		}
	}
	return nil
}

// Close gives back what the stage has.
func (s *stage) Close() {
	for _, d := range s.dicts {
		_ = d.Close() // nothing depends on it any more
	}
	s.terminal.Close()
}

// Ask implements js.Host.
func (s *stage) Ask(ctx context.Context, o js.Origin, op string, args []js.Value) (js.Value, error) {
	switch op {
	case "exit":
		return nil, fmt.Errorf("%s: %w", op, js.ErrAbsent)
	case "live":
		return s.live(word(args, 0)), nil
	case "clients":
		return s.clients(), nil
	case "kick":
		return s.kick(word(args, 0), word(args, 1)), nil
	case "dict":
		return s.dict(word(args, 0), args)
	}
	return s.terminal.Ask(ctx, o, op, args)
}

func (s *stage) dict(zone string, args []js.Value) (js.Value, error) {
	if zone == "" {
		all := []js.Value{}
		for _, d := range s.dicts {
			l, err := d.Do("", "", "zones", nil)
			if err != nil {
				return nil, err
			}
			all = append(all, l.([]any)...)
		}
		return all, nil
	}
	for i, z := range s.zones {
		if z.Name == zone {
			return s.dicts[i].Answer("", args)
		}
	}
	return nil, fmt.Errorf("dictionary %q: no such zone", zone)
}

// actor finds a session; nil if there is none of that ID.
func (s *stage) actor(id string) *actor {
	for _, a := range s.sessions {
		if a.id == id {
			return a
		}
	}
	return nil
}

// stream is what is live under a name; nil if nothing is.
func (s *stage) stream(k media.Key) *hook.Stream {
	var st *hook.Stream
	for _, a := range s.sessions {
		if a.view != nil && a.view.Kind == media.KindPublish && a.view.Key == k {
			st = &hook.Stream{Key: k, StartedAt: a.since, Context: a.view.Context, Publisher: &hook.Publisher{
				ID: a.id, Protocol: a.view.Connection.Protocol, Remote: a.view.Connection.Remote, StartedAt: a.since,
			}}
		}
	}
	for _, a := range s.sessions {
		if st != nil && a.view != nil && a.view.Kind == media.KindPlay && a.view.Key == k {
			st.Players++
		}
	}
	return st
}

func (s *stage) live(name string) []js.Value {
	var keys []media.Key
	for _, a := range s.sessions {
		if a.view != nil && a.view.Kind == media.KindPublish && (name == "" || a.view.Key.Path() == name) {
			keys = append(keys, a.view.Key)
		}
	}
	slices.SortFunc(keys, func(a, b media.Key) int { return strings.Compare(a.Path(), b.Path()) })
	l := []js.Value{}
	for _, k := range slices.Compact(keys) {
		l = append(l, s.stream(k).Object())
	}
	return l
}

func (s *stage) clients() []js.Value {
	l := []js.Value{}
	for _, a := range s.sessions {
		if a.view == nil || a.view.Kind == media.KindConnect {
			continue
		}
		c := hook.Client{
			ID: a.id, Kind: a.view.Kind, Key: a.view.Key, Protocol: a.view.Connection.Protocol, Remote: a.view.Connection.Remote,
			StartedAt: a.since, BytesIn: a.view.BytesIn, BytesOut: a.view.BytesOut,
		}
		l = append(l, c.Object())
	}
	return l
}

func (s *stage) kick(id, reason string) bool {
	a := s.actor(id)
	if a == nil || a.kicked {
		return false
	}
	a.view, a.kicked, a.because = nil, true, reason
	return true
}

// word is the i-th argument; "" if it is no string.
func word(args []js.Value, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}
