package conf

import (
	"net/url"
	"strconv"

	"weir/confparse"
)

// checkURL checks that w is a URL of HTTP. Its findings do not repeat it: it may
// hold a password or a token.
func checkURL(w confparse.Word) *fault {
	u, err := url.Parse(w.Value)
	switch {
	case err != nil, u.Hostname() == "":
		return faultAt(w, "takes URLs").hinting("write http://HOST/PATH or https://HOST/PATH")
	case u.Scheme != "http" && u.Scheme != "https":
		return faultAt(w, "takes URLs of http or https").hinting("write http://HOST/PATH or https://HOST/PATH")
	}
	if port, err := strconv.ParseUint(u.Port(), 10, 16); u.Port() != "" && (err != nil || port == 0) {
		return faultAt(w, "takes URLs: port %s is none", u.Port())
	}
	return nil
}

// redactURL hides what may be a secret in a URL: the password and the query.
func redactURL(s string) string {
	u, err := url.Parse(s)
	if err != nil {
		return hidden
	}
	if u.User != nil {
		u.User = url.User(hidden)
	}
	if u.RawQuery != "" {
		u.RawQuery = hidden
	}
	return u.String()
}

// hidden stands for a secret.
const hidden = "xxxxx"
