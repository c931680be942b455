package host

import "testing"

// What goes over the wire is what the URL says, as the Web's URLs may say it.
func TestReferences(t *testing.T) {
	for ref, want := range map[string]string{
		"http://a/b%2Fc|d":           "/b%2Fc%7Cd",
		"http://a/100%":              "/100%25",
		"http://a/%zz%41":            "/%25zz%41",
		"http://a/é":                 "/%C3%A9",
		"http://a/b?c d=\"|é&%zz#e%": "/b?c%20d=%22|%C3%A9&%25zz",
		"http://a/\r\nHost: b":       "/%0D%0AHost:%20b",
		"http://a":                   "/",
		"http://a?b/c?d":             "/?b/c?d",
		"http://a/b;c=d,e/../f":      "/b;c=d,e/../f",
		"http://a/(b)[c]!$&'*+:@~":   "/(b)[c]!$&'*+:@~",
	} {
		r := &request{method: "GET"}
		if err := r.setURL(ref); err != nil {
			t.Errorf("%s: %v", ref, err)
			continue
		}
		q, err := r.build(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := q.URL.RequestURI(); got != want {
			t.Errorf("%s is sent as %s, want %s", ref, got, want)
		}
	}
}
