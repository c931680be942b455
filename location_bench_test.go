package weir_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"testing"
)

// BenchmarkContent is a request to a location, over connections that are kept, with
// its script in the process for scripts; beside it a file of two bytes. The client is
// counted, too.
func BenchmarkContent(b *testing.B) {
	s := located(b, "", "location /hello { js_content { r.return(200, 'Hello world!'); } }")
	for _, bb := range []struct{ name, path string }{{"of=script", "/hello"}, {"of=file", "/file.txt"}} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetParallelism(16)
			b.RunParallel(func(pb *testing.PB) {
				c, err := net.Dial("tcp", s.HTTP)
				if err != nil {
					b.Error(err)
					return
				}
				defer c.Close()
				from := bufio.NewReader(c)
				for pb.Next() {
					_, err := io.WriteString(c, get(bb.path))
					if err != nil {
						b.Error(err)
						return
					}
					resp, err := http.ReadResponse(from, nil)
					if err != nil || resp.StatusCode != http.StatusOK {
						b.Error(resp, err)
						return
					}
					if _, err := io.Copy(io.Discard, resp.Body); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}
