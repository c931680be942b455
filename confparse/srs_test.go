package confparse

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// srsReader reads as SRS does (srs_app_config.cpp: read_token, parse_conf), in the
// plainest way: character by character, no line may end within a directive, and
// the first error is the last. It notes what it sees that weir means otherwise.
type srsReader struct {
	text    string
	at      int
	depth   int
	differs string // the first reason why weir may read the text otherwise; "" where it may not
}

func (r *srsReader) differ(why string) {
	if r.differs == "" {
		r.differs = why
	}
}

var errSRS = errors.New("SRS refuses it")

// srsParse returns what SRS makes of a text: the error says that it refuses it.
func srsParse(text string) (list []*Directive, differs string, err error) {
	r := &srsReader{text: text}
	if strings.HasPrefix(text, "\ufeff") || strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		r.differ("byte order mark")
	}
	list, err = r.block()
	if err == nil && r.at < len(text) {
		err = errSRS // a '}' that closes nothing
	}
	return list, r.differs, err
}

// block reads directives up to a '}', which it leaves, or the end.
func (r *srsReader) block() ([]*Directive, error) {
	list := []*Directive{}
	for {
		for r.space() || r.comment() {
			r.at++
		}
		if r.at == len(r.text) || r.text[r.at] == '}' {
			return list, nil
		}
		d, err := r.directive()
		if err != nil {
			return nil, err
		}
		list = append(list, d)
	}
}

// space says whether white space is next.
func (r *srsReader) space() bool {
	return r.at < len(r.text) && strings.IndexByte(" \t\r\n", r.text[r.at]) >= 0
}

// comment reads a comment, if one is next, up to what ends it, a CR or an LF.
func (r *srsReader) comment() bool {
	if r.at == len(r.text) || r.text[r.at] != '#' {
		return false
	}
	for r.at < len(r.text) && r.text[r.at] != '\n' && r.text[r.at] != '\r' {
		r.at++
	}
	return r.space()
}

func (r *srsReader) directive() (*Directive, error) {
	var words []Word
	for {
		for r.space() || r.comment() {
			if r.text[r.at] == '\n' {
				return nil, errSRS // within a directive
			}
			r.at++
		}
		if r.at == len(r.text) {
			return nil, errSRS
		}
		switch c := r.text[r.at]; {
		case c == '}', len(words) == 0 && (c == ';' || c == '{'):
			return nil, errSRS
		case c == ';':
			r.at++
			return &Directive{Name: words[0], Args: words[1:]}, nil
		case c == '{':
			return r.braced(words)
		case c == '"' || c == '\'':
			w, err := r.quoted(c, len(words) == 0)
			if err != nil {
				return nil, err
			}
			if w.Value == "" {
				r.differ("empty string, which SRS drops")
				continue
			}
			words = append(words, w)
		default:
			words = append(words, r.word())
		}
	}
}

func (r *srsReader) braced(words []Word) (*Directive, error) {
	if takesScript(words[0].Value) {
		r.differ("JavaScript")
	}
	if r.depth++; r.depth > maxDepth {
		r.differ("depth")
	}
	r.at++
	block, err := r.block()
	r.depth--
	if err != nil || r.at == len(r.text) {
		return nil, errSRS
	}
	r.at++
	return &Directive{Name: words[0], Args: words[1:], Block: block}, nil
}

// quoted reads a string: there are no escapes, and a line ends in one only if it
// is a name.
func (r *srsReader) quoted(quote byte, name bool) (Word, error) {
	n := strings.IndexByte(r.text[r.at+1:], quote)
	if n < 0 {
		return Word{}, errSRS
	}
	value := r.text[r.at+1:][:n]
	r.at += n + 2
	ends := r.at == len(r.text) || r.space() || r.text[r.at] == ';' || r.text[r.at] == '{'
	if !ends || !name && strings.Contains(value, "\n") {
		return Word{}, errSRS
	}
	switch {
	case strings.Contains(value, `\`):
		r.differ("backslash in quotes, which escapes")
	case strings.Contains(value, "\n"):
		r.differ("name of several lines")
	}
	r.see(value, true)
	return Word{Value: value, Quoted: true}, nil
}

func (r *srsReader) word() Word {
	from := r.at
	for r.at < len(r.text) && !r.space() && r.text[r.at] != ';' && r.text[r.at] != '{' {
		r.at++
	}
	value := r.text[from:r.at]
	switch {
	case strings.Contains(value, "}"):
		r.differ("'}' in a word, which ends it")
	case strings.HasSuffix(value, "$") && r.at < len(r.text) && r.text[r.at] == '{':
		r.differ("${name}, which is a word")
	}
	r.see(value, false)
	return Word{Value: value}
}

// see notes the characters that weir does not let pass.
func (r *srsReader) see(value string, quoted bool) {
	if !utf8.ValidString(value) {
		r.differ("not UTF-8")
	}
	for _, c := range value {
		if isControl(c) || !quoted && lookalikes[c] != 0 {
			r.differ("control character or lookalike")
		}
	}
}
