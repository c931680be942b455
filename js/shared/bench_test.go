package shared

import (
	"fmt"
	"strconv"
	"testing"
	"time"

	"weir/js"
)

func BenchmarkDict(b *testing.B) {
	for _, bench := range []struct {
		op   string
		zone Zone
		args []js.Value
	}{
		{"get", Zone{Type: stringType}, nil},
		{"set", Zone{Type: stringType}, []js.Value{"0123456789abcdef0123456789abcdef"}},
		{"get", Zone{Type: numberType, Timeout: time.Hour}, nil},
		{"incr", Zone{Type: numberType}, []js.Value{1.0}},
		{"incr", Zone{Type: numberType, Timeout: time.Hour}, []js.Value{1.0}},
	} {
		for _, entries := range []int{10_000, 1_000_000} {
			z := bench.zone
			z.Name, z.Size = "z", 256<<20
			b.Run(fmt.Sprintf("op=%s/type=%s/timeout=%v/entries=%d", bench.op, z.Type, z.Timeout, entries), func(b *testing.B) {
				d := newDicts(b, z)
				keys := make([][]js.Value, entries)
				for i := range keys {
					value := js.Value("0123456789abcdef0123456789abcdef")
					if z.Type == numberType {
						value = 1.0
					}
					key := "live/camera-" + strconv.Itoa(i)
					if _, err := d.Do("", "z", "set", []js.Value{key, value}); err != nil {
						b.Fatal(err)
					}
					keys[i] = append([]js.Value{key}, bench.args...)
				}
				b.ReportAllocs()
				i := 0
				for b.Loop() {
					if _, err := d.Do("", "z", bench.op, keys[i%len(keys)]); err != nil {
						b.Fatal(err)
					}
					i += 7919
				}
			})
		}
	}
}

// BenchmarkContended is what an operation costs when other processes do nothing
// but operations on the same zone.
func BenchmarkContended(b *testing.B) {
	for _, others := range []int{0, 1, 2} {
		b.Run(fmt.Sprintf("others=%d", others), func(b *testing.B) {
			d := newDicts(b, Zone{Name: "z", Size: 1 << 20, Type: numberType})
			for range others {
				w := startWorker(b, d)
				defer w.kill(b, d)
			}
			args := []js.Value{"live/camera", 1.0}
			for b.Loop() {
				if _, err := d.Do("v", "z", "incr", args); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
