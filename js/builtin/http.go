package builtin

import (
	_ "embed"
	"strconv"
	"strings"

	"weir/js"
)

var (
	//go:embed http.js
	httpSource string
	//go:embed http_headers.js
	httpHeadersSource string
	//go:embed http_form.js
	httpFormSource string
	//go:embed variables.js
	variablesSource string
	//go:embed http.d.ts
	httpTypes string
)

// httpModules have what scripts see of an HTTP request, and of variables: they wrap
// the classes of package hook.
func httpModules(s Server) []js.Module {
	decode := native("text", func(_ js.Env, args []js.Value) (js.Value, error) { return validUTF8(bytes(args, 0)), nil })
	decode.Borrow = true
	form := native("form", func(_ js.Env, args []js.Value) (js.Value, error) {
		return readForm(text(args, 0), bytes(args, 1), int(number(args, 2)))
	})
	machine := native("machine", func(js.Env, []js.Value) (js.Value, error) { return s.machine(), nil })
	return []js.Module{
		{Name: "weir:http", Source: httpSource},
		{Name: "weir:http/headers", Source: httpHeadersSource, Natives: []js.Native{decode}},
		{Name: "weir:http/form", Source: httpFormSource, Natives: []js.Native{form}},
		{Name: "weir:variables", Source: variablesSource, Natives: []js.Native{machine}},
	}
}

// machine are the variables that are the server's own, and not those of the process
// that runs its scripts.
func (s Server) machine() map[string]any {
	pid, _ := s.ids()
	return map[string]any{"hostname": strings.ToLower(s.Hostname), "pid": strconv.Itoa(pid)}
}
