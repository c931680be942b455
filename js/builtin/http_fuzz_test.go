package builtin

import "testing"

// What a peer sends as a form is one, within its bounds, or is refused.
func FuzzRequestForm(f *testing.F) {
	f.Add("application/x-www-form-urlencoded", "a=1&b=%41")
	f.Add("multipart/form-data; boundary=X", "--X\r\nContent-Disposition: form-data; name=\"a\"; filename=b\r\n\r\n1\r\n--X--")
	f.Fuzz(func(t *testing.T, contentType, body string) {
		v, err := readForm(contentType, []byte(body), 8)
		if l, ok := v.([]any); err == nil && (!ok || len(l) > 8) {
			t.Errorf("%v", v)
		}
	})
}
