package builtin

import (
	_ "embed"

	"weir/js"
)

var (
	//go:embed domexception.js
	domExceptionSource string
	//go:embed events.js
	eventsSource string
	//go:embed events.d.ts
	eventsTypes string
)

// domExceptionModule has the Web's DOMException.
func domExceptionModule() js.Module {
	return js.Module{Name: "weir:domexception", Globals: []string{"DOMException"}, Source: domExceptionSource}
}

// eventsModule has the Web's Event, CustomEvent and EventTarget, and
// eventAttribute, by which other modules define attributes like onabort.
func eventsModule() js.Module {
	return js.Module{Name: "weir:events", Globals: []string{"CustomEvent", "Event", "EventTarget"}, Source: eventsSource}
}
