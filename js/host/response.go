package host

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What is too much, in njs's words.
var (
	errBody   = errors.New("http response body is too large")
	errLength = errors.New("http content length is too large")
)

// answer is a response as script gets it: an object with
//
//	status, statusText
//	headers     array of [name, value]; names in lower case, sorted; a header
//	            that came several times stands several times
//	url         string, of the last redirect
//	redirected  whether there was any
//	body        bytes
func answer(r *request, resp *http.Response, body []byte, redirected bool) map[string]any {
	return map[string]any{
		"status":     int64(resp.StatusCode),
		"statusText": characters(strings.TrimPrefix(strings.TrimPrefix(resp.Status, strconv.Itoa(resp.StatusCode)), " ")),
		"headers":    headerList(resp.Header),
		"url":        r.url.String(),
		"redirected": redirected,
		"body":       body,
	}
}

func headerList(h http.Header) []any {
	names := make([]string, 0, len(h))
	for name := range h {
		names = append(names, name)
	}
	slices.Sort(names)
	list := []any{}
	for _, name := range names {
		for _, value := range h[name] {
			list = append(list, []any{strings.ToLower(name), characters(value)})
		}
	}
	return list
}

// characters is what a header's bytes say: UTF-8, or a character each.
func characters(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	runes := make([]rune, len(s))
	for i := range len(s) {
		runes[i] = rune(s[i])
	}
	return string(runes)
}

// readBody reads a response to its end, unless that is farther than most bytes, or
// than take allows, which is asked ahead of each further piece of memory.
func readBody(resp *http.Response, most int64, take func(bytes int64) bool) ([]byte, error) {
	if resp.ContentLength > most && resp.Request.Method != http.MethodHead {
		return nil, errLength
	}
	body := []byte{}
	for {
		if len(body) == cap(body) {
			size := min(max(2*cap(body), minBuffer), int(most)+1)
			if !take(int64(size - cap(body))) {
				return nil, errOverload
			}
			body = append(make([]byte, 0, size), body...)
		}
		n, err := resp.Body.Read(body[len(body):cap(body)])
		body = body[:len(body)+n]
		switch {
		case int64(len(body)) > most:
			return nil, errBody
		case err == io.EOF:
			return body, nil
		case err != nil:
			return nil, err
		}
	}
}

const minBuffer = 4 << 10 // bytes
