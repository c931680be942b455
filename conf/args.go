package conf

import (
	"strings"

	"weir/confparse"
)

func oneArg(x *confparse.Directive) (confparse.Word, *fault) {
	switch len(x.Args) {
	case 0:
		return confparse.Word{}, &fault{message: "takes a value"}
	case 1:
		return x.Args[0], nil
	}
	return confparse.Word{}, faultAt(x.Args[1], "takes one value, not %d", len(x.Args))
}

// words is a directive that stands in no file.
func words(name string, args ...string) *confparse.Directive {
	d := &confparse.Directive{Name: confparse.Word{Value: name}}
	for _, a := range args {
		d.Args = append(d.Args, confparse.Word{Value: a})
	}
	return d
}

// oneOf joins "a", "b" and "c" to "a, b or c".
func oneOf(list []string) string {
	last := len(list) - 1
	if last < 1 {
		return strings.Join(list, "")
	}
	return strings.Join(list[:last], ", ") + " or " + list[last]
}
