package mediatest

import "math/bits"

// bitWriter writes the codes of H.264 (7.2, 9.1), most significant bit first.
type bitWriter struct {
	b []byte
	n int // bits in b
}

func (w *bitWriter) u(width int, v uint) {
	for i := width - 1; i >= 0; i-- {
		if w.n%8 == 0 {
			w.b = append(w.b, 0)
		}
		w.b[w.n/8] |= byte(v>>i&1) << (7 - w.n%8)
		w.n++
	}
}

// ue writes an unsigned Exp-Golomb code.
func (w *bitWriter) ue(v uint) { w.u(2*bits.Len(v+1)-1, v+1) }

// nal ends the payload with its stop bit and returns the NAL unit: its header
// byte, and emulation prevention so that no start code appears in it (7.4.1).
func (w *bitWriter) nal(header byte) []byte {
	w.u(1, 1)
	out := []byte{header}
	zeros := 0
	for _, c := range w.b {
		if zeros == 2 && c <= 3 {
			out, zeros = append(out, 3), 0
		}
		if zeros++; c != 0 {
			zeros = 0
		}
		out = append(out, c)
	}
	return out
}
