package host

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"syscall"

	"weir/js"
)

var (
	errTimeout  = errors.New("timed out")
	errOverload = &js.Throw{Class: "TypeError", Message: "too many fetches are under way"}
)

// maxFailure bounds what a failure tells, in bytes: a server may have a part in it.
const maxFailure = 512

// failure is why a fetch came to nothing, for script.
func failure(ctx context.Context, r *request, err error) error {
	var no *refusal
	var t *js.Throw
	switch {
	case errors.As(err, &no):
		return no.thrown()
	case errors.As(err, &t):
		return t
	}
	text, code := reason(ctx, err)
	message := fmt.Sprintf("fetch of %s: %s", r.url.Host, text)
	if len(message) > maxFailure {
		message = message[:maxFailure]
	}
	return &js.Throw{Class: "TypeError", Message: strings.ToValidUTF8(message, "\ufffd"), Code: code}
}

// reason says what went wrong, in njs's words where it has them, and the system's
// code for it, if there is one.
func reason(ctx context.Context, err error) (text, code string) {
	var dns *net.DNSError
	var op *net.OpError
	var cert *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case context.Cause(ctx) == errTimeout:
		return "read timed out", "ETIMEDOUT"
	case ctx.Err() != nil:
		return "aborted", ""
	case errors.As(err, &dns):
		return fmt.Sprintf("%q could not be resolved (%s)", dns.Name, dns.Err), "ENOTFOUND"
	case errors.As(err, &cert):
		return "certificate is not trusted: " + cert.Err.Error(), ""
	case errors.Is(err, syscall.ECONNREFUSED):
		return "connect failed: connection refused", "ECONNREFUSED"
	case errors.As(err, &op) && op.Op == "dial" && op.Timeout():
		return "connect timed out", "ETIMEDOUT"
	case errors.As(err, &op) && op.Op == "dial":
		return "connect failed: " + op.Err.Error(), ""
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "prematurely closed connection", "ECONNRESET"
	case errors.Is(err, http.ErrSchemeMismatch), errors.As(err, &record):
		return "it does not speak TLS", ""
	}
	return err.Error(), ""
}
