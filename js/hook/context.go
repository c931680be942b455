package hook

import (
	"encoding/json"
	"fmt"

	"weir/js"
)

// MaxContext bounds the data that a script keeps of a connection, in bytes of JSON.
const MaxContext = 64 << 10

var contextMember = js.Member{
	Name: "ctx",
	Type: "any",
	Doc:  "The script's own data of this connection, kept from one hook to the next: plain data, up to 64 KB. An empty object at first.",
}

// Context is the script's own data as the handler left it, to be the Context
// of the connection's next Session. What is too large is an error, and the
// former data remains.
func Context(r js.Result) (js.Value, error) {
	if len(r.Data) == 0 {
		return nil, nil
	}
	b, err := json.Marshal(r.Data[0])
	if err != nil {
		return nil, fmt.Errorf("s.ctx: %w", err)
	}
	if len(b) > MaxContext {
		return nil, fmt.Errorf("s.ctx: %d bytes are more than the %d that are kept", len(b), MaxContext)
	}
	return r.Data[0], nil
}
