package httphooks

import (
	"errors"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"weir/media"
)

func TestAnswersAdmit(t *testing.T) {
	for _, body := range []string{"0", "0\n", " 0 ", `{"code":0}`, `{"code": 0, "data": {"urls": []}, "msg": "ok"}`, "{\"code\":0}\r\n"} {
		for _, code := range []int{200, 201} {
			if err := judge(code, []byte(body)); err != nil {
				t.Errorf("status %d, body %q refuses: %v", code, body, err)
			}
		}
	}
}

func TestAnswersRefuse(t *testing.T) {
	tests := []struct {
		status int
		body   string
		want   media.Denied
	}{
		{200, "1", media.Denied{Code: 403}},
		{200, "-1", media.Denied{Code: 403}},
		{200, `{"code":1}`, media.Denied{Code: 403}},
		{200, `{"code":100,"msg":"expired"}`, media.Denied{Code: 403, Reason: "expired"}},
		{200, `{"code":100,"reason":"expired"}`, media.Denied{Code: 403, Reason: "expired"}},
		{200, `{"code":100,"message":"expired"}`, media.Denied{Code: 403, Reason: "expired"}},
		{200, `{"code":1,"msg":"","message":"expired"}`, media.Denied{Code: 403, Reason: "expired"}},
		{200, `{"code":1,"msg":{"a":1},"reason":"expired"}`, media.Denied{Code: 403, Reason: "expired"}},
		{201, `{"code":429,"msg":"full"}`, media.Denied{Code: 429, Reason: "full"}},
		{200, `{"code":302}`, media.Denied{Code: 403}},
		{403, "", media.Denied{Code: 403}},
		{401, `{"code":0,"msg":"who?"}`, media.Denied{Code: 401, Reason: "who?"}},
		{403, `{"msg":"no code"}`, media.Denied{Code: 403, Reason: "no code"}},
		{404, "<html>not here</html>", media.Denied{Code: 404}},
	}
	for _, tt := range tests {
		var no *refusal
		err := judge(tt.status, []byte(tt.body))
		if !errors.As(err, &no) {
			t.Errorf("status %d, body %q: %v, want a refusal", tt.status, tt.body, err)
			continue
		}
		if d := cmp.Diff(&tt.want, no.denied()); d != "" {
			t.Errorf("status %d, body %q (-want +got):\n%s", tt.status, tt.body, d)
		}
	}
}

func TestAnswersFail(t *testing.T) {
	tests := []struct {
		status  int
		body    string
		passing bool
	}{
		{200, "", false},
		{200, "ok", false},
		{200, "null", false},
		{200, "[0]", false},
		{200, "0 0", false},
		{200, "0.0", false},
		{200, `"0"`, false},
		{200, "{}", false},
		{200, `{"code":"0"}`, false},
		{200, `{"code":0.0}`, false},
		{200, `{"code":null}`, false},
		{200, `{"Code":0}`, false},
		{200, `{"code":0`, false},
		{200, `{"code":0}}`, false},
		{200, `{"code":9999999999999999999}`, false},
		{200, "<html>0</html>", false},
		{204, "", false},
		{202, "0", false},
		{301, "0", false},
		{302, "0", false},
		{408, "0", true},
		{429, "0", true},
		{500, "0", true},
		{502, `{"code":0}`, true},
	}
	for _, tt := range tests {
		err := judge(tt.status, []byte(tt.body))
		if err == nil || errors.As(err, new(*refusal)) {
			t.Errorf("status %d, body %q: %v, want a failure", tt.status, tt.body, err)
		} else if passing(err) != tt.passing {
			t.Errorf("status %d, body %q: repeated %v, want %v", tt.status, tt.body, passing(err), tt.passing)
		}
	}
}

func TestReasonsAreOneSafeLine(t *testing.T) {
	tests := []struct{ in, want string }{
		{"expired", "expired"},
		{"  two\r\nlines\t", "two lines"},
		{"\x1b[31mred\x00\x7f", "[31mred"},
		{"a\u202eb\u200bc\u2028d\ufeff", "abc d"},
		{"кончилось", "кончилось"},
		{strings.Repeat("x", 1000), strings.Repeat("x", maxReason)},
		{strings.Repeat("я", 1000), strings.Repeat("я", maxReason/2)},
		{"x" + strings.Repeat("я", 1000), "x" + strings.Repeat("я", maxReason/2-1)},
	}
	for _, tt := range tests {
		if got := clean(tt.in); got != tt.want {
			t.Errorf("clean(%q) = %q, want %q", tt.in, got, tt.want)
		}
	}
}

func FuzzJudge(f *testing.F) {
	for _, s := range []string{"0", `{"code":0}`, `{"code":1,"msg":"x"}`, "{", "[", "\xff", `{"code":1,"msg":"\u0000\ud800"}`} {
		f.Add(200, []byte(s))
		f.Add(403, []byte(s))
	}
	f.Fuzz(func(t *testing.T, status int, body []byte) {
		var no *refusal
		err := judge(status, body)
		if err == nil && status != 200 && status != 201 {
			t.Errorf("status %d admits", status)
		}
		if !errors.As(err, &no) {
			return
		}
		d := no.denied()
		if d.Code < 400 || d.Code > 599 {
			t.Errorf("denied with code %d", d.Code)
		}
		if len(d.Reason) > maxReason || !utf8.ValidString(d.Reason) || clean(d.Reason) != d.Reason {
			t.Errorf("reason %q", d.Reason)
		}
	})
}
