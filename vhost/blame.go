package vhost

import (
	"errors"
	"slices"

	"weir/conf"
	"weir/js"
)

// errNoSet says that no js_set of the present configuration is meant.
var errNoSet = errors.New("no such js_set")

// blame counts and logs a js_set that failed when another handler asked for its
// value: args are module, name and ID of its function, and js.AppendError's bytes.
func (s *Server) blame(o js.Origin, args []js.Value) error {
	ref := js.Func{Module: word(args, 0), Name: word(args, 1), Inline: word(args, 2)}
	sets := s.sets(o.VHost)
	i := slices.IndexFunc(sets, func(v conf.SetVariable) bool { return v.Ref() == ref })
	if i < 0 || len(args) < 4 {
		return errNoSet
	}
	b, _ := args[3].([]byte)
	fault, err := js.DecodeError(b)
	if err != nil {
		return err
	}
	if fault == nil {
		return errNoSet
	}
	h := sets[i].Handler
	s.counts.handlers.of(o.VHost, h).count(resultOf(fault))
	s.failed(o.VHost, h, o.Session, fault)
	return nil
}

// sets are the js_set's of a unit, as they are at present.
func (s *Server) sets(unit string) []conf.SetVariable {
	gen := s.Generation()
	if unit == "" {
		return gen.Conf.Sets
	}
	if v := gen.vhosts[unit]; v != nil {
		return v.Sets
	}
	return nil
}
