package conf

import (
	"fmt"

	"weir/confparse"
)

// fault is what is wrong with a directive's arguments: what Set returns.
type fault struct {
	at            confparse.Span // zero: the directive's name
	message, hint string         // message continues the directive's name: "must be on or off"
}

func (f *fault) Error() string { return f.message }

func faultAt(w confparse.Word, format string, args ...any) *fault {
	return &fault{at: w.Span, message: fmt.Sprintf(format, args...)}
}

func (f *fault) hinting(format string, args ...any) *fault {
	f.hint = fmt.Sprintf(format, args...)
	return f
}

// findings gathers diagnostics.
type findings struct{ list confparse.Diagnostics }

// add returns the finding, valid until the next one, to give it a hint or notes.
func (f *findings) add(s confparse.Severity, code string, at confparse.Span, format string, args ...any) *confparse.Diagnostic {
	f.list = append(f.list, confparse.Diagnostic{Severity: s, Code: code, Span: at, Message: fmt.Sprintf(format, args...)})
	return &f.list[len(f.list)-1]
}

func (f *findings) errorf(code string, at confparse.Span, format string, args ...any) *confparse.Diagnostic {
	return f.add(confparse.Error, code, at, format, args...)
}

func (f *findings) warnf(code string, at confparse.Span, format string, args ...any) *confparse.Diagnostic {
	return f.add(confparse.Warning, code, at, format, args...)
}

func noteAt(at confparse.Span, message string) []confparse.Note {
	return []confparse.Note{{Span: at, Message: message}}
}
