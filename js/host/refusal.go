package host

import (
	"fmt"
	"net/netip"

	"weir/js"
)

// refusal says that a permit lacks a target.
type refusal struct {
	target string     // "users.internal:8080"
	at     netip.Addr // where the name leads, if that is what is refused
}

func (r *refusal) Error() string {
	if !r.at.IsValid() {
		return fmt.Sprintf("fetch of %[1]s is not permitted: add \"js_permit fetch %[1]s;\"", r.target)
	}
	return fmt.Sprintf("fetch of %s is not permitted, since it leads to %s", r.target, r.at)
}

// thrown is the refusal as script sees it.
func (r *refusal) thrown() error {
	return &js.Throw{Class: "TypeError", Message: r.Error(), Code: "EACCES"}
}
