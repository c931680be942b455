package hook

import (
	"iter"
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
	for name, value := range arguments(query) {
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

// arguments yields the names and values of a query in its order, decoded.
func arguments(query string) iter.Seq2[string, string] {
	return func(yield func(name, value string) bool) {
		n := 0
		for arg := range strings.SplitSeq(query, "&") {
			if arg == "" {
				continue
			}
			name, value, _ := strings.Cut(arg, "=")
			if n++; n > maxArgs || !yield(unescape(name), unescape(value)) {
				return
			}
		}
	}
}

// argPairs are the names and values of a query in turns.
func argPairs(query string) []any {
	list := []any{}
	for name, value := range arguments(query) {
		list = append(list, name, value)
	}
	return list
}

// unescape decodes "%41" and "+"; what is no valid escape stays as it is.
func unescape(s string) string {
	if d, err := url.QueryUnescape(s); err == nil {
		s = d
	}
	return strings.ToValidUTF8(s, "\uFFFD")
}
