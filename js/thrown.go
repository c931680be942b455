package js

import (
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/dop251/goja"
)

// Bounds of what is told of an exception.
const (
	maxMessage = 4096 // bytes of its text
	maxFrames  = 32   // of its stack, the innermost
)

// thrown makes what script threw an *Error, with its place. It runs script: what
// was thrown may have a toString. Errors that are not script's stay as they are.
func (m *vm) thrown(err error, c *call) error {
	var e *goja.Exception
	if err == nil || !errors.As(err, &e) {
		return err
	}
	return m.errorOf(e.Value(), e.Stack(), c)
}

// rejection is thrown, for the reason of a promise: the place is that of the
// Error, if it is one, else the handler's.
func (m *vm) rejection(reason goja.Value, c *call) *Error {
	return m.errorOf(reason, nil, c)
}

func (m *vm) errorOf(v goja.Value, stack []goja.StackFrame, c *call) *Error {
	e := &Error{Message: m.describe(v)}
	if o, ok := v.(*goja.Object); ok && o.ClassName() == "Error" {
		m.fillStack(e, parseStack(m.property(o, "stack")))
	}
	if e.File == "" {
		m.fillStack(e, framesOf(stack))
	}
	if e.File == "" && c != nil {
		at := c.program.at(c.Func)
		e.File, e.Line, e.Col = at.File, at.Line, at.Col
	}
	return e
}

// errorFrom is an Error with the place and the stack of a state of the engine.
func (m *vm) errorFrom(message string, stack []goja.StackFrame) *Error {
	e := &Error{Message: message}
	m.fillStack(e, framesOf(stack))
	return e
}

// describe says what was thrown: "TypeError: x is not a function".
func (m *vm) describe(v goja.Value) string {
	text := "an exception without a text"
	_ = m.try(func() {
		o, ok := v.(*goja.Object)
		switch {
		case v == nil:
			text = "undefined"
		case ok && o.ClassName() == "Error":
			text = errorText(m.property(o, "name"), m.property(o, "message"))
		default:
			text = "uncaught " + show(v)
		}
	}) // what throws while it is described keeps the text above
	if len(text) > maxMessage {
		text = strings.ToValidUTF8(text[:maxMessage], "") + "..."
	}
	return text
}

// engineText is what the engine says of an object without a text: its own memory.
const engineText = "Could not convert &{"

func errorText(name, message string) string {
	if strings.HasPrefix(message, engineText) {
		message = "Cannot convert object to primitive value"
	}
	switch {
	case name == "":
		return message
	case message == "":
		return name
	}
	return name + ": " + message
}

// show is String(v), with strings in quotes.
func show(v goja.Value) string {
	if s, ok := v.(goja.String); ok {
		return strconv.Quote(s.String())
	}
	if s, ok := v.(*goja.Symbol); ok {
		return "Symbol(" + s.String() + ")"
	}
	return v.String()
}

// property is a property as text, "" if it is absent or throws.
func (m *vm) property(o *goja.Object, name string) (s string) {
	_ = m.try(func() {
		if v := o.Get(name); v != nil && !goja.IsUndefined(v) {
			s = v.String()
		}
	}) // as the comment says
	return s
}

// frame is a line of a stack in the engine's own terms.
type frame struct {
	function, file string
	line, col      int
}

// fillStack gives e the frames that stand in the operator's files. The first is
// its place.
func (m *vm) fillStack(e *Error, frames []frame) {
	var b strings.Builder
	shown := 0
	for _, f := range frames {
		if shown == maxFrames {
			break
		}
		p, ok := m.place(f.file, f.line, f.col)
		if !ok {
			continue
		}
		if e.File == "" {
			e.File, e.Line, e.Col = p.File, p.Line, p.Col
		}
		if shown++; shown > 1 {
			b.WriteByte('\n')
		}
		at := p.File + ":" + strconv.Itoa(p.Line) + ":" + strconv.Itoa(p.Col)
		if f.function != "" {
			at = f.function + " (" + at + ")"
		}
		b.WriteString("at " + at)
	}
	e.Stack = b.String()
}

func framesOf(stack []goja.StackFrame) []frame {
	l := make([]frame, 0, len(stack))
	for _, s := range stack {
		p := s.Position()
		name := s.FuncName()
		if strings.ContainsAny(name, "<:") { // <anonymous>, or a wrapper of esbuild's
			name = ""
		}
		l = append(l, frame{name, p.Filename, p.Line, p.Column})
	}
	return l
}

var stackLine = regexp.MustCompile(`^\tat (?:(.*) \()?(.*):(\d+):(\d+)\(\d+\)\)?$`)

// parseStack reads an Error's stack property, the only place where the engine
// shows where a rejection came from.
func parseStack(s string) []frame {
	var l []frame
	for line := range strings.SplitSeq(s, "\n") {
		p := stackLine.FindStringSubmatch(line)
		if p == nil {
			continue
		}
		n, _ := strconv.Atoi(p[3])   //nolint:errcheck // digits
		col, _ := strconv.Atoi(p[4]) //nolint:errcheck // digits
		name := p[1]
		if strings.Contains(name, ":") { // a wrapper of esbuild's
			name = ""
		}
		l = append(l, frame{name, p[2], n, col})
	}
	return l
}
