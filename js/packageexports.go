package js

import "strings"

// exported is the target of a package's exports for "./sub" or ".", by Node's rules
// (PACKAGE_EXPORTS_RESOLVE): the conditions that hold are kind, "module" and
// "default".
func exported(exports any, sub, kind string) (target string, ok bool) {
	o, isObject := exports.(jsonObject)
	if !isObject || len(o) == 0 || !strings.HasPrefix(o[0].name, ".") { // it is that of "."
		return condition(exports, kind, "", sub == ".")
	}
	if v := o.member(sub); v != nil && !strings.Contains(sub, "*") {
		return condition(v, kind, "", true)
	}
	best := ""
	for _, m := range o {
		before, after, pattern := strings.Cut(m.name, "*")
		if pattern && len(sub) >= len(before)+len(after) && strings.HasPrefix(sub, before) && strings.HasSuffix(sub, after) &&
			len(before) >= strings.Index(best+"*", "*") {
			best = m.name
		}
	}
	if best == "" {
		return "", false
	}
	before, after, _ := strings.Cut(best, "*")
	return condition(o.member(best), kind, sub[len(before):len(sub)-len(after)], true)
}

// condition is the first target whose conditions hold, with star for its "*".
func condition(target any, kind, star string, known bool) (string, bool) {
	if !known {
		return "", false
	}
	switch t := target.(type) {
	case string:
		return strings.ReplaceAll(t, "*", star), true
	case []any:
		for _, one := range t {
			if s, ok := condition(one, kind, star, true); ok {
				return s, true
			}
		}
	case jsonObject:
		for _, m := range t {
			if m.name != kind && m.name != "module" && m.name != "default" {
				continue
			}
			if s, ok := condition(m.value, kind, star, true); ok {
				return s, true
			}
		}
	}
	return "", false
}
