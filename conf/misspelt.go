package conf

import (
	"regexp"
	"slices"
	"strings"

	"weir/confparse"
	"weir/js/hook"
)

// misspelt is the hook that the name of an export means, if it is not it: onPublish
// and publsh are publish, hls_key is hlsKey. "" if it means none.
func misspelt(export string) string {
	hooks := map[string]string{} // by their names without capitals
	var names []string
	for _, p := range hook.Points {
		if p.Export == export {
			return ""
		}
		if p.Export != "" {
			hooks[strings.ToLower(p.Export)] = p.Export
			names = append(names, p.Export)
		}
	}
	bare := strings.ToLower(strings.ReplaceAll(hookPrefix.ReplaceAllString(export, "$1"), "_", ""))
	if meant, ok := hooks[bare]; ok {
		return meant
	}
	if len(export) < 5 || slices.ContainsFunc(names, func(n string) bool { return strings.HasPrefix(export, n) }) {
		return "" // it may well be another word: player, closed
	}
	meant := confparse.Suggest(export, names)
	if len(meant) < 5 || meant[0] != export[0] {
		return ""
	}
	return meant
}

// hookPrefix is what the directive has and the hook has not.
var hookPrefix = regexp.MustCompile(`^(?:js_)?on_?([A-Z_a-z])`)
