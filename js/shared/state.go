package shared

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"time"

	"weir/js"
)

// A state file is one JSON object, as njs writes it:
//
//	{"key":{"value":"text","expire":1767225600000},"other":{"value":"text"}}
//
// expire is a time in ms of Unix time, in zones with a timeout. Numbers that JSON
// has not are strings here: "NaN", "Infinity", "-Infinity".

// odd are the numbers that JSON has no way to write.
var odd = map[string]float64{"NaN": math.NaN(), "Infinity": math.Inf(1), "-Infinity": math.Inf(-1)}

// item is an entry in a state file.
type item struct {
	key    string
	value  js.Value // string or float64
	expire int64    // 0: none
}

// CheckState says why the state file of a zone cannot be read, or is not one. A
// file that is not there is none.
func CheckState(z Zone) error {
	z, err := z.complete()
	if err != nil {
		return err
	}
	d := dict{Zone: z}
	most := uint64(layoutOf(z.Size).cells)
	return readState(z, func(i item) error {
		text, _ := i.value.(string)
		n := uint64(d.cellsFor(len(i.key) + len(text)))
		if n > most && !z.Evict {
			return errNoRoom
		}
		most -= min(n, most)
		return nil
	})
}

var errNoRoom = errors.New("the zone is too small for it")

// readState hands the entries of a zone's state file to yield.
func readState(z Zone, yield func(item) error) error {
	if z.State == "" {
		return nil
	}
	f, err := os.Open(z.State)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err == nil {
		err = readItems(z, f, yield)
		_ = f.Close() // it was read
	}
	if err != nil {
		return fmt.Errorf("dictionary %q: state file %s: %w", z.Name, z.State, err)
	}
	return nil
}

// readable is how long a zone's state file may be, in bytes: a text of more than
// eight times the zone's size holds more than the zone can.
func readable(z Zone) int64 { return 8 * z.Size }

// readItems reads a state file.
func readItems(z Zone, f io.Reader, yield func(item) error) error {
	most := readable(z)
	limited := &io.LimitedReader{R: f, N: most + 1}
	dec := json.NewDecoder(limited)
	err := decodeItems(z, dec, yield)
	switch {
	case limited.N == 0:
		return fmt.Errorf("it has more than %d bytes, and the zone has %d", most, z.Size)
	case err != nil:
		return fmt.Errorf("near byte %d: %w", dec.InputOffset(), err)
	}
	return nil
}

func decodeItems(z Zone, dec *json.Decoder, yield func(item) error) error {
	switch t, err := dec.Token(); {
	case err == io.EOF:
		return nil // an empty file
	case err != nil:
		return err
	case t != json.Delim('{'):
		return errors.New("it is not a JSON object")
	}
	seen := map[string]bool{}
	for dec.More() {
		t, err := dec.Token()
		if err != nil {
			return err
		}
		i := item{key: t.(string)} // in an object, a decoder gives no other
		if seen[i.key] {
			return fmt.Errorf("the key %q is there twice", i.key)
		}
		seen[i.key] = true
		if err := i.decode(z, dec); err != nil {
			return fmt.Errorf("key %q: %w", i.key, err)
		}
		if err := yield(i); err != nil {
			return fmt.Errorf("key %q: %w", i.key, err)
		}
	}
	if _, err := dec.Token(); err != nil { // the brace
		return err
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("there is more after the object")
	}
	return nil
}

// decode reads what stands under the item's key.
func (i *item) decode(z Zone, dec *json.Decoder) error {
	var v struct {
		Value  any      `json:"value"`
		Expire *float64 `json:"expire"`
	}
	if err := dec.Decode(&v); err != nil {
		return err
	}
	if v.Expire != nil {
		i.expire = int64(*v.Expire)
	}
	switch value := v.Value.(type) {
	case nil:
		return errors.New("it has no value")
	case string:
		i.value = value
		if n, ok := odd[value]; z.Type == numberType && ok {
			i.value = n
		}
	case float64:
		i.value = value
	}
	if _, isNumber := i.value.(float64); isNumber != (z.Type == numberType) || i.value == nil {
		return fmt.Errorf("its value is not a %s", z.Type)
	}
	return nil
}

// text is the item as it is written after its key.
func (i *item) text() ([]byte, error) {
	value := i.value
	switch n, _ := value.(float64); {
	case math.IsNaN(n):
		value = "NaN"
	case math.IsInf(n, 1):
		value = "Infinity"
	case math.IsInf(n, -1):
		value = "-Infinity"
	}
	key, err := json.Marshal(i.key)
	if err != nil {
		return nil, err
	}
	v, err := json.Marshal(struct {
		Value  js.Value `json:"value"`
		Expire int64    `json:"expire,omitempty"`
	}{value, i.expire})
	if err != nil {
		return nil, err
	}
	return append(append(key, ':'), v...), nil
}

// restore puts what the state file holds, and has not expired, beside what is in
// the zone.
func (d *dict) restore() error {
	return readState(d.Zone, func(i item) error {
		ttl := d.Timeout.Milliseconds()
		if d.Timeout > 0 && i.expire > 0 {
			if ttl = i.expire - time.Now().UnixMilli(); ttl <= 0 {
				return nil
			}
		}
		_, err := d.do(func(d *dict, _ []js.Value) (js.Value, error) {
			if d.lookup(i.key) != 0 || d.put(i.key, i.value, ttl) {
				return nil, nil
			}
			return nil, errNoRoom
		}, nil)
		return err
	})
}
