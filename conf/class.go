package conf

import "fmt"

// Class is what it takes for a changed directive to have effect, from the least.
type Class int

// The reload classes.
const (
	ReloadLive    Class = iota // at once, or for what begins from now on
	ReloadStream               // at the next publish of a stream
	ReloadListen               // listeners are bound anew
	ReloadRestart              // not before the server starts again
)

var classNames = [...]string{"live", "stream", "listen", "restart"}

func (c Class) String() string { return classNames[c] }

func parseClass(name string) Class {
	for i, n := range classNames {
		if n == name {
			return Class(i)
		}
	}
	panic(fmt.Sprintf("unknown reload class %q", name))
}
