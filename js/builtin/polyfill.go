package builtin

import (
	_ "embed"
	"regexp"

	"weir/js"
)

var (
	//go:embed polyfill.js
	polyfillSource string
	//go:embed polyfill.d.ts
	polyfillTypes string
)

// polyfillModule completes the language where the engine is behind it. It costs a VM
// 0.5 ms and 75 KB, so it runs ahead of the first script that has one of its names,
// or anything that makes iterators, whose prototype it completes. A name that script
// puts together itself, as 'group' + 'By', is not seen.
func polyfillModule() js.Module { return js.Module{Source: polyfillSource, Wanted: polyfilled} }

var polyfilled = regexp.MustCompile(`\b(?:groupBy|withResolvers|fromAsync|isWellFormed|toWellFormed|captureStackTrace` +
	`|transfer(?:ToFixedLength)?|asyncIterator|[aA]syncDispose|dispose|Iterator|iterator|WeakRef|FinalizationRegistry|toLocaleString)\b` +
	`|Promise\??\.try\b|RegExp\??\.escape\b|\.(?:values|keys|entries|matchAll)\(|\bfunction ?\*|\byield\b`)
