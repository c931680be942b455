package hook

import "weir/js"

var contextMember = js.Member{
	Name: "ctx",
	Type: "any",
	Doc:  "The script's own data of this connection, kept from one hook to the next: plain data, up to 64 KB. An empty object at first.",
}

// Context is the script's own data as the handler left it, to be the Context of
// the connection's next Session. The engine has bounded it.
func Context(r js.Result) js.Value {
	if len(r.Data) == 0 {
		return nil
	}
	return r.Data[0]
}
