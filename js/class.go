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
}

// Member is a documented name of a class.
type Member struct {
	Name string
	Type string // TypeScript: "string", "(code?: number, reason?: string) => void"
	Doc  string
}
