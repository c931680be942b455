package hook

import (
	"errors"
	"fmt"
	"net/http"
	"strings"

	"weir/js"
)

// Response is what a handler did with a request.
type Response struct {
	// End is what it said last: nothing if it did not end the request.
	End End
	// Status is of an answer, 0 if it names none. In a filter: the new status.
	Status int
	// Body is an answer's, nil if it has none. Of a redirect, as 302, it is the URL.
	Body []byte
	// Whole says that the answer is that of return, which makes a page of an error that
	// has no body.
	Whole bool
	// URI is where an internal redirect goes: a path with its query, or "@name".
	URI string
	// Headers are the changes of the answer's headers, in order; no values delete one.
	Headers []HeaderChange
}

// HeaderChange gives a header its values.
type HeaderChange struct {
	Name   string
	Values []string
}

// End is how a handler ended a request.
type End string

// The ends of a request.
const (
	Answer   End = "answer"
	Redirect End = "redirect" // internally
	Decline  End = "decline"
)

// ReadResponse reads what a handler did from its effects, and trusts nothing in
// them.
func ReadResponse(r js.Result) (Response, error) {
	var a Response
	for _, e := range r.Effects {
		if err := a.record(e); err != nil {
			return Response{}, fmt.Errorf("%s: %w", e.Name, err)
		}
		if a.End != "" {
			break
		}
	}
	return a, nil
}

// Apply makes the changes of headers.
func (a Response) Apply(h http.Header) {
	for _, c := range a.Headers {
		if name := http.CanonicalHeaderKey(c.Name); len(c.Values) == 0 {
			h.Del(name)
		} else {
			h[name] = c.Values
		}
	}
}

var errEffect = errors.New("makes no sense")

func (a *Response) record(e js.Effect) error {
	switch e.Name {
	case "header":
		return a.header(e.Args)
	case "setStatus":
		n, ok := integer(arg(e.Args, 0))
		if !ok || n < 0 || n > 999 {
			return errEffect
		}
		a.Status = int(n)
	case "answer":
		return a.answer(e.Args)
	case "redirect":
		to, ok := arg(e.Args, 0).(string)
		if !ok || to == "" || to[0] != '/' && to[0] != '@' {
			return errEffect
		}
		a.End, a.URI = Redirect, to
	case "decline":
		a.End = Decline
	}
	return nil
}

// header takes (name, ...values).
func (a *Response) header(args []js.Value) error {
	name, ok := arg(args, 0).(string)
	if !ok || !isToken(name) {
		return errEffect
	}
	c := HeaderChange{Name: name}
	for _, v := range args[1:] {
		s, ok := v.(string)
		if !ok || strings.ContainsAny(s, "\r\n\x00") {
			return errEffect
		}
		c.Values = append(c.Values, s)
	}
	a.Headers = append(a.Headers, c)
	return nil
}

// answer takes (status, whole, ...parts of the body).
func (a *Response) answer(args []js.Value) error {
	n, ok := integer(arg(args, 0))
	if !ok || n < 0 || n > 999 {
		return errEffect
	}
	a.End, a.Status = Answer, int(n)
	a.Whole = arg(args, 1) == true
	if len(args) <= 2 {
		return nil
	}
	for _, part := range args[2:] {
		switch p := part.(type) {
		case string:
			a.Body = append(a.Body, p...)
		case []byte:
			a.Body = append(a.Body, p...)
		default:
			return errEffect
		}
	}
	if a.Body == nil {
		a.Body = []byte{}
	}
	return nil
}

// isToken says whether a header can have the name (RFC 9110, 5.6.2).
func isToken(s string) bool {
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || strings.IndexByte(`"(),/:;<=>?@[\]{}`, c) >= 0 {
			return false
		}
	}
	return s != ""
}
