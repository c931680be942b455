package builtin

import (
	_ "embed"
	"regexp"

	"weir/js"
)

//go:embed amend.js
var amendSource string

// amendModule mends what the engine has of the language and has wrong, ahead of the
// first script that has one of its names.
func amendModule() js.Module { return js.Module{Source: amendSource, Wanted: amended} }

var amended = regexp.MustCompile(`\b(?:toISOString|toJSON|[gs]etYear|toGMTString|(?:Int|Uint|Float|Big)\w*Array\??\.from|__(?:define|lookup)[GS]etter__` +
	`|fontcolor|fontsize|italics)\b|\.(?:anchor|big|blink|bold|fixed|link|small|strike|sub|sup)\(`)
