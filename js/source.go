package js

// Source is what the VMs of one unit run: a vhost's modules and inline blocks
// (or those of the top level).
type Source struct {
	Unit    string
	Imports []Import
	Inline  []Inline
	Uses    []Use // the functions that directives name: they must exist

	Preloads []Preload

	VM      Model // which VM runs its calls
	Workers int   // VMs where Model says one, by Call.Slot; 0 is 1
}

// Model says which VM runs a unit's calls: js_vm.
type Model int

// Models.
const (
	PerUnit      Model = iota // one for the unit
	Shared                    // one for all units that say so: a module is one instance
	PerDirective              // one for each directive and its function
	PerCall                   // a fresh one, which ends with the call, its timers and its Async natives
)

// Import is a module that handlers name: js_import.
type Import struct {
	Name string   // the local name
	File string   // as written: a path, relative to one of Dirs
	Dirs []string // where to look, in order
	At   Place    // of the directive, for what is wrong with it
}

// Inline is the body of a function, as it stands in the configuration file.
type Inline struct {
	ID     string
	Params []string
	Sync   bool
	Body   string // between the braces
	At     Place  // of Body's first byte
}

// Use is a function that a directive names.
type Use struct {
	Func Func
	Sync bool // it must not be async: its answer cannot wait
	At   Place
}

// Place is a position in a file: Line and Col from 1, Col in runes.
type Place struct {
	File      string
	Line, Col int
}
