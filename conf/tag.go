package conf

import (
	"fmt"
	"strings"
)

// tag is a field's conf tag: "name,option,option=value,...";
// "name|twin,..." has two names.
type tag struct {
	name      string
	twins     []string // other names of equal standing: "allow|deny"
	aliases   []string // SRS's older names; "../name" stood outside the block
	byDefault string   // as it would be written
	example   string   // where there is no default
	unit      string   // of a bare number: "s" or "ms"
	min, max  string
	enum      []string
	form      string // of a text: "url", "domain" or "path"
	reload    Class
	pkg       string // the package that serves it
	multi     bool   // may be repeated: one value each time
	enables   bool   // its older name, outside the block, enabled the block
	required  bool
	inherit   bool // a vhost without it has the top level's
	secret    bool // not to be shown
	loopback  bool // a bare port listens on 127.0.0.1
	arg       bool // not a directive: what stands before the block
}

// parseTag panics when the tag is wrong: the table is a part of the program.
func parseTag(text, pkg string) tag {
	name, rest, _ := strings.Cut(text, ",")
	names := strings.Split(name, "|")
	t := tag{name: names[0], twins: names[1:], pkg: pkg}
	for option := range strings.SplitSeq(rest, ",") {
		key, value, _ := strings.Cut(option, "=")
		t.option(key, value)
	}
	return t
}

func (t *tag) option(key, value string) {
	switch key {
	case "":
	case "alias":
		t.aliases = strings.Split(value, "|")
	case "default":
		t.byDefault = value
	case "example":
		t.example = value
	case "unit":
		t.unit = value
	case "min":
		t.min = value
	case "max":
		t.max = value
	case "enum":
		t.enum = strings.Split(value, "|")
	case "form":
		t.form = value
	case "reload":
		t.reload = parseClass(value)
	case "package":
		t.pkg = value
	case "multi":
		t.multi = true
	case "enables":
		t.enables = true
	case "required":
		t.required = true
	case "inherit":
		t.inherit = true
	case "secret":
		t.secret = true
	case "loopback":
		t.loopback = true
	case "arg":
		t.arg = true
	default:
		panic(fmt.Sprintf("tag of %s: unknown option %q", t.name, key))
	}
}
