package hook

import (
	"net/url"
	"strings"
)

// maxArgs bounds the arguments of a query; those beyond it are left out.
const maxArgs = 256

// Args are the arguments of queries (raw, without "?"), as njs's r.args shows
// them: percent-decoded, an argument without "=" is the empty string, one that
// occurs more than once is an array. A later query's argument replaces that of
// an earlier query.
func Args(queries ...string) map[string]any {
	args := map[string]any{}
	for _, q := range queries {
		for name, v := range parseQuery(q) {
			args[name] = v
		}
	}
	return args
}

func parseQuery(query string) map[string]any {
	args := map[string]any{}
	n := 0
	for arg := range strings.SplitSeq(query, "&") {
		if arg == "" {
			continue
		}
		if n++; n > maxArgs {
			break
		}
		name, value, _ := strings.Cut(arg, "=")
		name, value = unescape(name), unescape(value)
		switch have := args[name].(type) {
		case nil:
			args[name] = value
		case string:
			args[name] = []any{have, value}
		case []any:
			args[name] = append(have, value)
		}
	}
	return args
}

// unescape decodes "%41" and "+"; what is no valid escape stays as it is.
func unescape(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		s = d
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
