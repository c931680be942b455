package confparse

// Severity is how bad a finding is. Only errors keep a file from being used.
type Severity string

// The severities.
const (
	Error   Severity = "error"
	Warning Severity = "warning"
	Info    Severity = "info"
)

// Diagnostic is one finding.
type Diagnostic struct {
	Severity Severity
	Code     string // "E201"
	Span     Span   // zero Start: the file as a whole
	Message  string // one line, lower case, without the place
	Hint     string // what to write instead; may be empty
	Notes    []Note
}

// Note points to another place that matters to a finding.
type Note struct {
	Span    Span
	Message string
}

// Diagnostics are the findings of a run.
type Diagnostics []Diagnostic

// HasErrors reports whether an error is among them.
func (l Diagnostics) HasErrors() bool {
	for _, d := range l {
		if d.Severity == Error {
			return true
		}
	}
	return false
}
