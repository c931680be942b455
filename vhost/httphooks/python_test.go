package httphooks

import (
	"bufio"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"

	"weir/js/hook"
)

// python starts the back end of testdata and returns its URL.
func python(t *testing.T, args ...string) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	switch {
	case err == nil:
	case os.Getenv("CI") != "":
		t.Fatal(err)
	default:
		t.Skip(err)
	}
	cmd := exec.Command(path, append([]string{"testdata/backend.py"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// What runs for SRS runs here unchanged.
func TestBackEndInPython(t *testing.T) {
	url := python(t)
	c, log := client(t)
	v := with(hooks{OnPublish: []string{url}, OnUnpublish: []string{url}, OnPlay: []string{url}, OnStop: []string{url}})

	publisher := overRTMP()
	publisher.Query = "key=k1"
	if err := c.Ask(t.Context(), v, hook.Publish, publisher); err != nil {
		t.Errorf("publisher with its key: %v", err)
	}
	publisher.Query = "key=k2"
	if err := c.Ask(t.Context(), v, hook.Publish, publisher); err == nil || err.Error() != "wrong key for cam1" {
		t.Errorf("publisher with a wrong key: %v", err)
	}
	players := []*hook.Session{overHTTP("flv", ".flv"), overHTTP("hls", ".m3u8")}
	for _, s := range players {
		if err := c.Ask(t.Context(), v, hook.Play, s); err != nil {
			t.Errorf("player of %s: %v", s.Connection.Protocol, err)
		}
	}
	stranger := overHTTP("flv", ".flv")
	stranger.Query = ""
	if err := c.Ask(t.Context(), v, hook.Play, stranger); err == nil || err.Error() != "denied (403)" {
		t.Errorf("player without a token: %v", err)
	}
	if got, want := counted(t, url), `{"cam1": 2}`; got != want {
		t.Errorf("back end counts %s, want %s", got, want)
	}
	for _, s := range players {
		c.Tell(v, hook.Stop, s)
	}
	c.Tell(v, hook.Unpublish, publisher)
	drain(t, c)
	if got, want := counted(t, url), `{"cam1": 0}`; got != want {
		t.Errorf("back end counts %s at the end, want %s", got, want)
	}
	if log.String() != "" {
		t.Errorf("logged %s", log)
	}
}

func TestBackEndInPythonVerifies(t *testing.T) {
	url := python(t, "s3cret")
	c, _ := client(t)
	for secret, want := range map[string]string{"s3cret": "", "other": "bad signature"} {
		got := ""
		if err := c.Ask(t.Context(), with(hooks{OnConnect: []string{url}, Secret: secret}), hook.Connect, connected()); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("signed with %q: %q, want %q", secret, got, want)
		}
	}
}

// counted is the back end's own idea of who plays.
func counted(t *testing.T, url string) string {
	t.Helper()
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	resp, err := client.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close() //nolint:errcheck // it was read
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
