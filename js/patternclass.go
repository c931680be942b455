package js

import (
	"errors"
	"strconv"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// classScanner reads the classes of a pattern with flag v (ECMA-262, 22.2.1,
// ClassSetCharacter and around). The first error ends it.
type classScanner struct {
	text string
	at   int
	err  error
}

func (s *classScanner) fail(message string) {
	if s.err == nil {
		s.err = errors.New(message)
	}
	s.at = len(s.text)
}

func (s *classScanner) sees(text string) bool { return strings.HasPrefix(s.text[s.at:], text) }

func (s *classScanner) skip(text string) bool {
	ok := s.sees(text)
	if ok {
		s.at += len(text)
	}
	return ok
}

func (s *classScanner) take(n int) string {
	from := s.at
	s.at = min(s.at+n, len(s.text))
	return s.text[from:s.at]
}

// upTo takes the text ahead of end, and skips that.
func (s *classScanner) upTo(end string) string {
	text, _, ok := strings.Cut(s.text[s.at:], end)
	if !ok {
		s.fail("unterminated " + s.text[s.at:])
		return ""
	}
	s.at += len(text) + len(end)
	return text
}

// property is \p{…} or \P{…}.
func (s *classScanner) property() runes {
	not := s.take(3)[1] == 'P'
	set, err := property(s.upTo("}"))
	if err != nil && s.err == nil {
		s.fail(err.Error())
	}
	if not {
		return set.not()
	}
	return set
}

// topClass is a class as the engine reads it.
func (s *classScanner) topClass() string {
	s.skip("[")
	if s.skip("^") {
		return "[^" + s.members().class() + "]"
	}
	return "[" + s.members().class() + "]"
}

// members are what stands up to the end of a class.
func (s *classScanner) members() runes {
	var set runes
	for first := true; !s.skip("]"); first = false {
		switch {
		case s.at >= len(s.text):
			s.fail("unterminated character class")
			return nil
		case !first && s.skip("--"):
			set = set.without(s.operand())
		case !first && s.skip("&&"):
			set = set.and(s.operand())
		default:
			set = set.or(s.operand())
		}
	}
	return set
}

// operand is a nested class, an escape, a character or a range of them.
func (s *classScanner) operand() runes {
	if s.skip("[") {
		if s.skip("^") {
			return s.members().not()
		}
		return s.members()
	}
	if set, ok := s.classEscape(); ok {
		return set
	}
	lo := s.character()
	if s.sees("--") || !s.skip("-") {
		return runes{{lo, lo}}
	}
	hi := s.character()
	if hi < lo {
		s.fail("range out of order in character class")
	}
	return runes{{lo, hi}}
}

// classEscape is an escape that stands for several characters.
func (s *classScanner) classEscape() (set runes, ok bool) {
	if s.sees(`\p{`) || s.sees(`\P{`) {
		return s.property(), true
	}
	if s.skip(`\q{`) {
		for one := range strings.SplitSeq(s.upTo("}"), "|") {
			inner := &classScanner{text: one}
			r := inner.character()
			if inner.err != nil || inner.at < len(one) {
				s.fail("strings in a character class are not known here")
			}
			set = set.or(runes{{r, r}})
		}
		return set, true
	}
	for escape, set := range classEscapes {
		if s.skip(escape) {
			return set(), true
		}
	}
	return nil, false
}

var classEscapes = map[string]func() runes{
	`\d`: digits, `\D`: func() runes { return digits().not() },
	`\w`: words, `\W`: func() runes { return words().not() },
	`\s`: spaces, `\S`: func() runes { return spaces().not() },
}

func digits() runes { return runes{{'0', '9'}} }

func words() runes { return runes{{'0', '9'}, {'A', 'Z'}, {'_', '_'}, {'a', 'z'}} }

func spaces() runes {
	return runes{
		{'\t', '\r'},
		{' ', ' '},
		{0xa0, 0xa0},
		{0x1680, 0x1680},
		{0x2000, 0x200a},
		{0x2028, 0x2029},
		{0x202f, 0x202f},
		{0x205f, 0x205f},
		{0x3000, 0x3000},
		{0xfeff, 0xfeff},
	}
}

var controlEscapes = map[byte]rune{'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t', 'v': '\v', '0': 0}

// character is one, as it is or escaped.
func (s *classScanner) character() rune {
	if s.at >= len(s.text) {
		s.fail("unterminated character class")
		return 0
	}
	r, size := utf8.DecodeRuneInString(s.text[s.at:])
	if r != '\\' {
		if strings.ContainsRune("()[]{}/-|", r) {
			s.fail(strconv.Quote(string(r)) + " is to be escaped in a character class")
		}
		s.take(size)
		return r
	}
	s.take(1)
	switch c := s.take(1); c {
	case "u":
		return s.unicodeEscape()
	case "x":
		return s.hex(s.take(2))
	case "c":
		return rune((s.take(1) + "@")[0] & 31)
	case "":
		s.fail("unterminated character class")
		return 0
	default:
		if r, ok := controlEscapes[c[0]]; ok {
			return r
		}
		if c[0] >= utf8.RuneSelf || !strings.Contains("^$\\.*+?()[]{}|/-&!#%,:;<=>@`~", c) {
			s.fail("invalid escape")
		}
		return rune(c[0])
	}
}

// unicodeEscape is what follows \u: a code point, or a UTF-16 unit or two.
func (s *classScanner) unicodeEscape() rune {
	if s.skip("{") {
		return s.hex(s.upTo("}"))
	}
	r := s.hex(s.take(4))
	if utf16.IsSurrogate(r) && s.skip(`\u`) {
		if pair := utf16.DecodeRune(r, s.hex(s.take(4))); pair != utf8.RuneError {
			return pair
		}
		s.at -= len(`\uXXXX`)
	}
	return r
}

func (s *classScanner) hex(digits string) rune {
	n, err := strconv.ParseUint(digits, 16, 21)
	if err != nil || n > utf8.MaxRune {
		s.fail("invalid escape")
		return 0
	}
	return rune(n)
}
