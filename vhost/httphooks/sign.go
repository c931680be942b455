package httphooks

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strconv"
	"time"
)

// The headers of a signed call; see the package comment.
const (
	TimestampHeader = "X-Weir-Timestamp"
	SignatureHeader = "X-Weir-Signature"
)

// sign adds the signature of a body that is sent at now.
func sign(h http.Header, secret string, now time.Time, body []byte) {
	stamp := strconv.FormatInt(now.Unix(), 10)
	mac := hmac.New(sha256.New, []byte(secret))
	mac.Write([]byte(stamp + "."))
	mac.Write(body)
	h.Set(TimestampHeader, stamp)
	h.Set(SignatureHeader, "sha256="+hex.EncodeToString(mac.Sum(nil)))
}
