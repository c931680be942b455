package js

// Class describes objects that the server passes to handlers. Its members are
// accessors and methods of a prototype of its own in each VM.
type Class struct {
	Name   string
	Fields []Member // read-only properties, positions as in Object.Fields
	Data   []Member // properties the script may replace; their final values return in Result.Data
	// Effects are methods that record themselves in Result.Effects and return
	// undefined. Their arguments must encode: else they throw a TypeError.
	Effects []Member
	// Methods are natives; their first argument is the Object's Fields.
	Methods []Native

	// Wrapper names a built-in module whose wrap makes what scripts see instead: it is
	// called with the object, a function that calls one of the unit's, and what scripts
	// see of the object that this one stands in.
	Wrapper string
	// Inner objects stand in others: their Methods get the Fields of the one around.
	Inner bool
	// Ends are Effects that end a call whose first argument is such an object: it is
	// answered when one is recorded; until then it goes on, though its handler has
	// returned, as long as timers or Async natives of it are under way.
	Ends []string
}

// Member is a documented name of a class.
type Member struct {
	Name string
	Type string // TypeScript: "string", "(code?: number, reason?: string) => void"
	Doc  string
}
