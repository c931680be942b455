package main

import "strings"

// flags are what nginx and SRS take on their command line, where each letter may
// follow another's dash: -tq, -tc FILE, -cFILE.
type flags struct {
	help, version, build, test, dump, quiet bool
	conf, signal                            []string // what the verb takes for it; nil without the flag
}

// nginxArgs returns the command line with verbs that means what nginx's flags in
// args say; args itself if it is none of nginx's.
func nginxArgs(args []string) []string {
	var f flags
	if len(args) == 0 || !f.read(args) {
		return args
	}
	switch {
	case f.help:
		return []string{"--help"}
	case f.build:
		return []string{"version", "--modules"}
	case f.version:
		return []string{"version"}
	case f.signal != nil:
		return append(append([]string{"signal"}, f.conf...), f.signal...)
	case f.test || f.dump:
		return append(f.testArgs(), f.conf...)
	}
	return append([]string{"run"}, f.conf...)
}

func (f *flags) testArgs() []string {
	args := []string{"test"}
	if f.dump {
		args = append(args, "--dump")
	}
	if f.quiet {
		args = append(args, "--quiet")
	}
	return args
}

// read reports whether args are flags of nginx throughout.
func (f *flags) read(args []string) bool {
	for len(args) > 0 {
		letters, ok := strings.CutPrefix(args[0], "-")
		if !ok || letters == "" {
			return false
		}
		args = args[1:]
		for letters != "" {
			letter := letters[0]
			letters = letters[1:]
			if letter == 'c' || letter == 's' {
				words := []string{letters}
				if letters == "" {
					n := min(1, len(args))
					words, args = args[:n:n], args[n:]
				}
				f.set(letter, words)
				break
			}
			if !f.raise(letter) {
				return false
			}
		}
	}
	return true
}

// set sets a flag that takes a word. Without one the verb will ask for it.
func (f *flags) set(letter byte, words []string) {
	if letter == 'c' {
		f.conf = append([]string{"-c"}, words...)
	} else {
		f.signal = append([]string{}, words...)
	}
}

// raise sets a flag that takes none.
func (f *flags) raise(letter byte) bool {
	switch letter {
	case '?', 'h':
		f.help = true
	case 'v':
		f.version = true
	case 'V':
		f.build = true
	case 't':
		f.test = true
	case 'T':
		f.dump = true
	case 'q':
		f.quiet = true
	default:
		return false
	}
	return true
}
