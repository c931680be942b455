package httphooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"weir/media"
)

// maxAnswer bounds the body of an answer, in bytes.
const maxAnswer = 64 << 10

// maxReason bounds what is passed on to a peer, in bytes.
const maxReason = 256

// refusal is an answer that says no.
type refusal struct {
	code   int64 // the answer's code, or else its HTTP status
	reason string
}

func (r *refusal) Error() string {
	if r.reason == "" {
		return fmt.Sprintf("refused with code %d", r.code)
	}
	return fmt.Sprintf("refused with code %d: %s", r.code, r.reason)
}

// denied is the refusal as the peer is told.
func (r *refusal) denied() *media.Denied {
	d := &media.Denied{Code: http.StatusForbidden, Reason: r.reason}
	if r.code >= 400 && r.code < 600 {
		d.Code = int(r.code)
	}
	return d
}

// lasting is a failure that another attempt would meet again.
type lasting struct{ error }

func (l lasting) Unwrap() error { return l.error }

// passing says whether another attempt may do better.
func passing(err error) bool {
	return !errors.As(err, new(*refusal)) && !errors.As(err, new(lasting))
}

// judge reads an answer: nil admits, a *refusal refuses, anything else is a failure.
func judge(status int, body []byte) error {
	switch {
	case status == http.StatusOK, status == http.StatusCreated:
		return judgeBody(body)
	case status == http.StatusRequestTimeout, status == http.StatusTooManyRequests, status >= 500:
		return fmt.Errorf("answered with status %d", status)
	case status >= 400:
		_, reason, _ := object(body)
		return &refusal{int64(status), reason}
	}
	return lasting{fmt.Errorf("answered with status %d", status)}
}

func judgeBody(body []byte) error {
	code, err := strconv.ParseInt(strings.TrimSpace(string(body)), 10, 64)
	var reason string
	if err != nil {
		if code, reason, err = object(body); err != nil {
			return lasting{err}
		}
	}
	if code != 0 {
		return &refusal{code, reason}
	}
	return nil
}

// reasonNames are where back ends say why, the first that is there counts.
var reasonNames = []string{"msg", "reason", "message"}

// object reads {"code": N, "msg": "…"}. The reason may be there when the code is not.
func object(body []byte) (code int64, reason string, err error) {
	var m map[string]json.RawMessage // not a struct: names are case-sensitive
	if err := json.Unmarshal(body, &m); err != nil || m == nil {
		return 0, "", errors.New("the answer is neither 0 nor an object")
	}
	for _, name := range reasonNames {
		var s string
		if json.Unmarshal(m[name], &s) == nil && s != "" {
			reason = clean(s)
			break
		}
	}
	code, err = strconv.ParseInt(string(m["code"]), 10, 64)
	if err != nil {
		return 0, reason, errors.New("the answer has no integer code")
	}
	return code, reason, nil
}

// clean makes one short line of text that is safe in every protocol and log.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == utf8.RuneError, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Co, r):
			return -1
		case unicode.IsControl(r):
			return ' '
		}
		return r
	}, s)
	s = strings.Join(strings.Fields(s), " ") // line and paragraph separators are spaces too
	if len(s) <= maxReason {
		return s
	}
	cut := maxReason
	for !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut]
}
