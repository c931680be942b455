package web

import "testing"

func TestPlace(t *testing.T) {
	freed := 0
	p := NewPlace(func() { freed++ })
	ctx := WithPlace(t.Context(), p)
	if p.Taken() {
		t.Error("a new place is taken")
	}
	free := TakePlace(ctx)
	if !p.Taken() {
		t.Error("the place is not taken after TakePlace")
	}
	free()
	p.Free()
	if freed != 1 {
		t.Errorf("freed %d times, want 1", freed)
	}
	TakePlace(t.Context())() // no place, nothing to free
}
