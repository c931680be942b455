package confparse

import (
	"encoding/json"
	"io"
)

// finding is a Diagnostic as JSON has it.
type finding struct {
	spanned
	Severity Severity  `json:"severity"`
	Code     string    `json:"code"`
	Message  string    `json:"message"`
	Hint     string    `json:"hint"`
	Notes    []pointer `json:"notes"`
}

// pointer is a Note as JSON has it.
type pointer struct {
	spanned
	Message string `json:"message"`
}

// spanned is a Span as JSON has it: from 1, columns in characters, the end not included.
type spanned struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	EndLine   int    `json:"endLine"`
	EndColumn int    `json:"endColumn"`
}

func newSpanned(start, end Pos) spanned {
	return spanned{start.File, start.Line, start.Col, end.Line, end.Col}
}

// WriteJSON prints all findings for programs, as one array of objects:
//
//	{"file", "line", "column", "endLine", "endColumn", "severity": "error" or "warning" or "info",
//	 "code", "message", "hint", "notes": [{"file", "line", "column", "endLine", "endColumn", "message"}]}
//
// Lines and columns count from 1, columns in characters, and the end is the place
// after the last one; all are 0 for a file as a whole. Nothing is left out: what
// there is not is "" or []. f is the file that was read.
func (l Diagnostics) WriteJSON(w io.Writer, f *File) error {
	list := make([]finding, len(l))
	for i, d := range l {
		list[i] = finding{
			spanned: newSpanned(d.place(f), d.Span.End), Severity: d.Severity, Code: d.Code,
			Message: d.Message, Hint: d.Hint, Notes: []pointer{},
		}
		for _, n := range d.notes(f) {
			list[i].Notes = append(list[i].Notes, pointer{newSpanned(n.Span.Start, n.Span.End), n.Message})
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(list)
}
