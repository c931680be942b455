package host

import (
	"fmt"
	"os"
	"slices"
	"strings"
)

// Permit is what scripts may touch, as js_permit says. The zero value permits
// nothing.
type Permit struct {
	All   bool
	Fetch []Target
	Read  []string // directories
	Write []string // directories
	Env   []string // names of variables
}

// ParsePermit reads the arguments of js_permit directives, which add up:
//
//	all
//	fetch TARGET…     see ParseTarget
//	fs read DIR…
//	fs write DIR…
//	env NAME…
func ParsePermit(lines ...[]string) (Permit, error) {
	var p Permit
	for _, l := range lines {
		if err := p.add(l); err != nil {
			return Permit{}, fmt.Errorf("js_permit %s: %w", strings.Join(l, " "), err)
		}
	}
	return p, nil
}

func (p *Permit) add(words []string) error {
	kind, rest := head(words)
	if kind == "fs" {
		mode, dirs := head(rest)
		kind, rest = strings.TrimSpace("fs "+mode), dirs
	}
	switch kind {
	case "fetch", "fs read", "fs write", "env":
		if len(rest) == 0 {
			return fmt.Errorf("nothing is named")
		}
	}
	switch kind {
	case "all":
		p.All = true
		if len(rest) > 0 {
			return fmt.Errorf("%q is too much", rest[0])
		}
	case "fetch":
		for _, w := range rest {
			t, err := ParseTarget(w)
			if err != nil {
				return err
			}
			p.Fetch = append(p.Fetch, t)
		}
	case "fs read":
		p.Read = append(p.Read, rest...)
	case "fs write":
		p.Write = append(p.Write, rest...)
	case "env":
		p.Env = append(p.Env, rest...)
	default:
		return fmt.Errorf("%q is none of fetch, fs read, fs write, env, all", kind)
	}
	return nil
}

// head is the first word, and the others.
func head(words []string) (string, []string) {
	if len(words) == 0 {
		return "", nil
	}
	return words[0], words[1:]
}

// environ answers "env": an object of the variables that are set and permitted.
func (p *Permit) environ() map[string]any {
	env := map[string]any{}
	for _, v := range os.Environ() {
		name, value, _ := strings.Cut(v, "=")
		if p.All || slices.Contains(p.Env, name) {
			env[name] = value
		}
	}
	return env
}
