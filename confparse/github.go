package confparse

import (
	"bytes"
	"fmt"
	"io"
	"strings"
)

// What GitHub's runner calls the severities, and what its workflow commands may
// not hold as it is (docs.github.com, "Workflow commands for GitHub Actions").
var (
	gitHubCommands = map[Severity]string{Error: "error", Warning: "warning", Info: "notice"}
	gitHubMessage  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	gitHubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// WriteGitHub prints all findings as workflow commands of GitHub Actions, which
// then stand beside their lines in a pull request:
//
//	::error file=srs.conf,line=9,col=9,title=E201::unknown directive "hls_fragmnet" in vhost.hls
//
// The hint and the notes follow in the message. f is the file that was read; its
// name should be relative to the root of the repository.
func (l Diagnostics) WriteGitHub(w io.Writer, f *File) error {
	var b bytes.Buffer
	for _, d := range l {
		d.writeGitHub(&b, f)
	}
	_, err := w.Write(b.Bytes())
	return err
}

func (d Diagnostic) writeGitHub(b *bytes.Buffer, f *File) {
	at := d.place(f)
	fmt.Fprintf(b, "::%s file=%s", gitHubCommands[d.Severity], gitHubProperty.Replace(at.File))
	if !at.IsZero() {
		fmt.Fprintf(b, ",line=%d,col=%d", at.Line, at.Col)
	}
	if d.Code != "" {
		fmt.Fprintf(b, ",title=%s", gitHubProperty.Replace(d.Code))
	}
	message := d.Message
	if d.Hint != "" {
		message += "\nhint: " + d.Hint
	}
	for _, n := range d.notes(f) {
		message += fmt.Sprintf("\n%v: note: %s", n.Span.Start, n.Message)
	}
	fmt.Fprintf(b, "::%s\n", gitHubMessage.Replace(message))
}
