package shared

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"weir/js"
)

// saveEvery is how often a zone that changes is written to its state file.
const saveEvery = time.Second

// saved is what became of a zone so far, as the server saw it.
type saved struct {
	writes, resets uint64
	failing        bool // the state file could not be written
	unread         bool // it could not be read when it was needed: it is not written
}

// Run keeps the state files, until ctx ends and then once more, and looks after
// zones that processes hold or have damaged. It reports faults, once each.
func (d *Dicts) Run(ctx context.Context, report func(zone string, err error)) {
	tick := time.NewTicker(saveEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			d.tend(report)
			return
		}
		d.tend(report)
	}
}

func (d *Dicts) tend(report func(zone string, err error)) {
	for _, z := range d.zones {
		if err := z.tend(); err != nil {
			report(z.Name, err)
		}
	}
}

// tend says what is new and bad.
func (d *dict) tend() error {
	writes, resets, err := d.counters()
	if err != nil {
		return err
	}
	var errs []error
	if resets != d.saved.resets {
		d.saved.resets = resets
		errs = append(errs, fmt.Errorf("%w: it was emptied", errDamaged))
		if err := d.restore(); err != nil {
			d.saved.unread = true
			errs = append(errs, err)
		}
	}
	if d.State != "" && writes != d.saved.writes && !d.saved.unread {
		err := d.save()
		if err == nil {
			d.saved.writes = writes
		} else if !d.saved.failing {
			errs = append(errs, err)
		}
		d.saved.failing = err != nil
	}
	return errors.Join(errs...)
}

func (d *dict) counters() (writes, resets uint64, err error) {
	if err := d.lock(); err != nil {
		return 0, 0, err
	}
	defer d.unlock()
	return d.loadLong(longWrites), d.loadLong(longResets), nil
}

// save writes the state file, at once or not at all.
func (d *dict) save() error {
	temp := d.State + ".tmp" // as njs
	err := d.saveTo(temp)
	if err == nil {
		err = os.Rename(temp, d.State)
	}
	if err != nil {
		_ = os.Remove(temp) // half of it helps nobody
		return fmt.Errorf("state file %s: %w", d.State, err)
	}
	return nil
}

func (d *dict) saveTo(name string) error {
	_ = os.Remove(name) // what a crash has left, or a link that leads elsewhere
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(f)
	err = d.write(w)
	if err == nil {
		err = w.Flush()
	}
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// write writes the entries, some chains of the table at a time, so that scripts
// need not wait: an entry stays in its chain, whatever becomes of the others.
func (d *dict) write(w io.Writer) error {
	const some = 64
	before, left := "{", readable(d.Zone)
	for from := uint32(0); from < d.buckets; from += some {
		items, err := d.items(from, min(from+some, d.buckets))
		if err != nil {
			return err
		}
		for _, i := range items {
			text, err := i.text()
			if err != nil {
				return err
			}
			if left -= int64(len(text)) + 2; left < 0 {
				return errors.New("it changes while it is written, to more than can be read")
			}
			if _, err := fmt.Fprintf(w, "%s\n%s", before, text); err != nil {
				return err
			}
			before = ","
		}
	}
	after := "\n}\n"
	if before == "{" {
		after = "{}\n"
	}
	_, err := io.WriteString(w, after)
	return err
}

// items are the entries of some chains of the table.
func (d *dict) items(from, to uint32) ([]item, error) {
	var l []item
	bytes := int64(0)
	_, err := d.do(func(d *dict, _ []js.Value) (js.Value, error) {
		now := d.now()
		for b := from; b < to; b++ {
			for cell := range d.chained(b) {
				key, value := d.lengths(cell)
				if bytes += int64(key + value); bytes > d.Size {
					panic(errDamaged)
				}
				i := item{key: d.keyOf(cell), value: d.valueOf(cell)}
				if d.Timeout > 0 {
					i.expire = d.when(cell)
				}
				if d.Timeout == 0 || i.expire > now {
					l = append(l, i)
				}
			}
		}
		return nil, nil
	}, nil)
	return l, err
}
