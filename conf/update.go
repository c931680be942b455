package conf

import (
	"strings"
	"time"

	"weir/confparse"
)

// Update is a js_on_update directive: a handler and how often it runs.
type Update struct {
	Handler
	Interval time.Duration
}

// updateInterval is how often js_on_update runs unless it is told.
const updateInterval = 30 * time.Second

// Usage is the syntax of js_on_update.
func (*Update) Usage() string { return "[interval=30s] " + (*Handler)(nil).Usage() }

// Set decodes a js_on_update directive.
func (u *Update) Set(d *confparse.Directive) error {
	o := options{d: d}
	u.Interval = o.time("interval", updateInterval, time.Second)
	return o.bind(&u.Handler, u.Usage())
}

// String is the directive's value as it would be written.
func (u Update) String() string { return u.around(u.Handler.String()) }

func (u Update) around(handler string) string {
	if !u.IsSet() {
		return handler
	}
	return "interval=" + formatDuration(u.Interval) + " " + handler
}

// Periodic is a js_periodic directive: a handler, how often it runs, and by how
// much a run may be late at random.
type Periodic struct {
	Handler
	Interval time.Duration
	Jitter   time.Duration
}

// periodicInterval is how often js_periodic runs unless it is told: njs's default.
const periodicInterval = 5 * time.Second

// Usage is the syntax of js_periodic.
func (*Periodic) Usage() string { return "[interval=5s] [jitter=0] module.function | { JavaScript }" }

// Set decodes a js_periodic directive.
func (p *Periodic) Set(d *confparse.Directive) error {
	o := options{d: d}
	p.Interval = o.time("interval", periodicInterval, 10*time.Millisecond)
	p.Jitter = o.time("jitter", 0, 0)
	if err := o.bind(&p.Handler, p.Usage()); err != nil {
		return err
	}
	return p.Handler.needed()
}

// String is the directive's value as it would be written.
func (p Periodic) String() string { return p.around(p.Handler.String()) }

func (p Periodic) around(handler string) string {
	s := "interval=" + formatDuration(p.Interval)
	if p.Jitter > 0 {
		s += " jitter=" + formatDuration(p.Jitter)
	}
	return s + " " + handler
}

// options takes what is written beside a handler out of a directive.
type options struct {
	d     *confparse.Directive
	taken []string // the names that were looked for
	fault *fault
}

// time takes NAME=TIME, of at least so much.
func (o *options) time(name string, byDefault, least time.Duration) time.Duration {
	o.taken = append(o.taken, name)
	for _, w := range o.d.Args {
		text, ok := strings.CutPrefix(w.Value, name+"=")
		if !ok {
			continue
		}
		t, err := parseDuration(text, "s")
		switch {
		case err != nil:
			o.fail(faultAt(w, "%s= takes a time: %v", name, err))
		case t < least:
			o.fail(faultAt(w, "%s= must be at least %s", name, formatDuration(least)))
		case t > maxInterval:
			o.fail(faultAt(w, "%s= must be at most %s", name, formatDuration(maxInterval)))
		}
		return t
	}
	return byDefault
}

const maxInterval = 24 * time.Hour

func (o *options) fail(f *fault) {
	if o.fault == nil {
		o.fault = f
	}
}

// bind decodes what is left as a handler.
func (o *options) bind(h *Handler, usage string) error {
	if o.fault != nil {
		return o.fault.hinting("usage: %s %s", o.d.Name.Value, usage)
	}
	rest := *o.d
	rest.Args = nil
	seen := map[string]bool{}
	for _, w := range o.d.Args {
		name := o.option(w.Value)
		if name == "" {
			rest.Args = append(rest.Args, w)
		} else if seen[name] {
			return faultAt(w, "has %s= twice", name)
		}
		seen[name] = true
	}
	return h.set(&rest, usage)
}

// option is the name of the option that a word is; "" if it is none.
func (o *options) option(word string) string {
	for _, name := range o.taken {
		if strings.HasPrefix(word, name+"=") {
			return name
		}
	}
	return ""
}
