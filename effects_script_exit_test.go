package weir_test

import (
	"testing"

	"weir/media/mediatest"
	"weir/weirtest"
)

// What scripts register for the end of their VM runs at a reload and at the server's
// end, whether js_on_exit is bound or not, and behind that.
func TestScriptsHearOfTheEnd(t *testing.T) {
	t.Parallel()
	for _, more := range []string{"", "js_isolation vhost;", "js_isolation none;"} {
		t.Run("with "+more, func(t *testing.T) {
			t.Parallel()
			conf := func(word string) string {
				return more + everything(`
					js_on_exit { v.log('`+word+` exit'); }
					js_on_publish { njs.on('exit', () => ngx.log(ngx.WARN, '`+word+` ends for ' + s.stream)); }`)
			}
			s := weirtest.Up(t, conf("first"))
			publish(t, s, "live/a", mediatest.Stream{}).Stop()
			save(t, s, 1, conf("second"))
			waitLog(t, s, 1, "first exit")
			waitLog(t, s, 1, "first ends for a")
			publish(t, s, "live/b", mediatest.Stream{}).Stop()
			if err := s.Stop(); err != nil {
				t.Error(err)
			}
			waitLog(t, s, 1, "second ends for b")
		})
	}
}
