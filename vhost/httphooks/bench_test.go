package httphooks

import (
	"testing"

	"weir/js/hook"
)

func BenchmarkBody(b *testing.B) {
	c, s := &Client{ServerID: "vid-server", ServiceID: "9b1c"}, overRTMP()
	b.ReportAllocs()
	for b.Loop() {
		c.body(onPublish, s, nil)
	}
}

// The whole of a gate, to a back end on the same machine.
func BenchmarkAsk(b *testing.B) {
	end := answering(b, saying("0"))
	c, _ := client(b)
	v, s := with(hooks{OnPlay: []string{end.URL}}), overHTTP("flv", ".flv")
	b.ReportAllocs()
	for b.Loop() {
		if err := c.Ask(b.Context(), v, hook.Play, s); err != nil {
			b.Fatal(err)
		}
	}
}
