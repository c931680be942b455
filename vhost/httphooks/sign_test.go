package httphooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"testing"
	"time"

	"weir/js/hook"
)

// The vector is from
// printf '1767225600.{"code":0}' | openssl dgst -sha256 -hmac key
func TestSignatureIsOfTimestampAndBody(t *testing.T) {
	h := http.Header{}
	sign(h, "key", time.Unix(1767225600, 5), []byte(`{"code":0}`))
	if got, want := h.Get(TimestampHeader), "1767225600"; got != want {
		t.Errorf("timestamp %q, want %q", got, want)
	}
	if got, want := h.Get(SignatureHeader), "sha256=ab6bd9c3a2f75788ba560795e6a5ffe1c1393e192fb9b14c81dab12cf459bd97"; got != want {
		t.Errorf("signature %q, want %q", got, want)
	}
}

func TestBackEndCanVerify(t *testing.T) {
	c, _ := client(t)
	b := answering(t, saying("0"))
	v := with(hooks{OnPublish: []string{b.URL}, OnUnpublish: []string{b.URL}, Secret: "s3cret"})
	if err := c.Ask(t.Context(), v, hook.Publish, overRTMP()); err != nil {
		t.Fatal(err)
	}
	c.Tell(v, hook.Unpublish, overRTMP())
	for _, r := range b.wait(t, 2) {
		stamp := r.Header.Get("X-Weir-Timestamp")
		mac := hmac.New(sha256.New, []byte("s3cret"))
		mac.Write(append([]byte(stamp+"."), r.Body...))
		if got, want := r.Header.Get("X-Weir-Signature"), "sha256="+hex.EncodeToString(mac.Sum(nil)); got != want {
			t.Errorf("%s: signature %q, want %q", r.text("action"), got, want)
		}
		at, err := strconv.ParseInt(stamp, 10, 64)
		if age := time.Since(time.Unix(at, 0)); err != nil || age < -time.Minute || age > time.Minute {
			t.Errorf("timestamp %q is not of now", stamp)
		}
	}
}

func TestWithoutSecretNothingIsSigned(t *testing.T) {
	c, _ := client(t)
	b := answering(t, saying("0"))
	if err := c.Ask(t.Context(), with(hooks{OnPlay: []string{b.URL}}), hook.Play, overRTMP()); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{TimestampHeader, SignatureHeader, "Idempotency-Key"} {
		if v, ok := b.got()[0].Header[name]; ok {
			t.Errorf("sent %s: %s", name, v)
		}
	}
}
