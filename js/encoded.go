package js

import (
	"context"
	"fmt"
)

// encoded makes a call as a worker process would: what crosses the boundary
// goes through bytes.
func (p *Pool) encoded(ctx context.Context, u *unit, c Call) (Result, error) {
	b, err := AppendCall(nil, c)
	if err != nil {
		return Result{}, fmt.Errorf("encode call of %s: %w", c.Func, err)
	}
	if c, err = DecodeCall(b); err != nil {
		return Result{}, fmt.Errorf("decode call of %s: %w", c.Func, err)
	}
	r, err := u.call(ctx, c)
	if err != nil {
		was, bad := DecodeError(AppendError(nil, err))
		if bad != nil {
			was = fmt.Errorf("decode error of %s: %w", c.Func, bad)
		}
		return Result{}, was
	}
	if b, err = AppendResult(nil, r); err != nil {
		return Result{}, fmt.Errorf("encode result of %s: %w", c.Func, err)
	}
	return DecodeResult(b)
}
