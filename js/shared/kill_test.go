package shared

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"weir/js"
)

// Workers are killed in the midst of what they do, and nothing is half done: the
// others go on, and each entry is one that somebody wrote.
func TestKilledWorkersLeaveZonesWhole(t *testing.T) {
	d := newDicts(t,
		Zone{Name: "strings", Size: 4 << 20, Evict: true},
		Zone{Name: "numbers", Size: 256 << 10, Type: numberType, Timeout: time.Minute},
		Zone{Name: "aging", Size: 256 << 10, Timeout: 50 * time.Millisecond, Evict: true},
	)
	r := rand.New(rand.NewPCG(5, 6))
	workers := make([]*worker, 2)
	for i := range workers {
		workers[i] = startWorker(t, d)
	}
	held := 0
	for i := range kills {
		for range r.IntN(300) {
			for _, z := range d.zones {
				if err := hammer(d, z.Zone, r); err != nil {
					t.Fatal(err)
				}
			}
		}
		time.Sleep(time.Duration(r.IntN(1000)) * time.Microsecond) // the workers are by themselves, at a random moment
		victim := r.IntN(len(workers))
		w := workers[victim]
		if err := w.cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		_ = w.cmd.Wait() // it was killed
		was := held
		for _, z := range d.zones {
			if z.load(wordLock) == w.number {
				held++
			}
		}
		d.Break(w.number)
		if held != was || i%20 == 0 {
			for _, z := range d.zones {
				verify(t, z)
			}
			checkTexts(t, d)
		}
		workers[victim] = startWorker(t, d)
	}
	t.Logf("%d of %d held a zone as they died", held, kills)
	for _, w := range workers {
		w.kill(t, d)
	}
	for _, z := range d.zones {
		if n := z.loadLong(longResets); n != 0 {
			t.Errorf("zone %s was emptied %d times", z.Name, n)
		}
	}
}

// checkTexts checks that each value belongs to its key.
func checkTexts(t *testing.T, d *Dicts) {
	t.Helper()
	l, err := d.Do("v", "strings", "items", []js.Value{int64(1000)})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range l.([]any) {
		key, text := i.([]any)[0].(string), i.([]any)[1].(string)
		if strings.ReplaceAll(text, "<"+key+">", "") != "" {
			t.Fatalf("%q is %q", key, text)
		}
	}
}

// What a worker leaves half done is repaired, wherever it was.
func TestHalfDoneIsRepaired(t *testing.T) {
	uncommit := func(d *dict) uint32 {
		cell := d.find("b", d.hash("b"))
		_, next := d.link(cell)
		d.setLink(cell, kindBody, next)
		return cell
	}
	for name, tt := range map[string]struct {
		leave func(*dict)
		gone  bool
	}{
		"cells were taken":           {func(d *dict) { d.chain(3) }, false},
		"an entry is not a head yet": {func(d *dict) { uncommit(d) }, true},
		"an entry is in no list":     {func(d *dict) { d.part(d.find("b", d.hash("b"))) }, false},
		"an entry is in no chain":    {func(d *dict) { d.leave(d.find("b", d.hash("b"))) }, false},
		"two have one key":           {func(d *dict) { d.add("b", d.hash("b"), 1, "B", 0, 0, 0) }, false},
		"the free list is lost":      {func(d *dict) { d.store(wordFree, 0) }, false},
		"cells are half freed":       {func(d *dict) { d.setLink(uncommit(d), kindFree, 0) }, true},
		"a cell was to be the next":  {func(d *dict) { d.setLink(d.load(wordFrontier)+1, kindFree, 0) }, false},
	} {
		t.Run(name, func(t *testing.T) {
			d := newDicts(t, Zone{Name: "z", Size: MinSize, Evict: true})
			long := strings.Repeat("c", 1000)
			run(t, d, "z", does("set", "x", "1"), does("set", "a", long), does("delete", "x").gives(true), does("set", "b", "B"), does("set", "c", long))
			g, err := d.Grant()
			if err != nil {
				t.Fatal(err)
			}
			z := d.zones[0]
			z.publish(wordLock, g.Worker)
			tt.leave(z)
			d.Break(g.Worker)
			verify(t, z)
			run(t, d, "z",
				does("get", "a").gives(long), does("get", "c").gives(long), does("has", "b").gives(!tt.gone), does("add", "d", "D").gives(true))
		})
	}
}

// The server takes a lock from a process that does not let go; a worker gives up.
func TestLocksAreNotWaitedForEver(t *testing.T) {
	d := newDicts(t, Zone{Name: "z", Size: MinSize})
	g, err := d.Grant()
	if err != nil {
		t.Fatal(err)
	}
	run(t, d, "z", does("set", "a", "A"))
	d.zones[0].publish(wordLock, 4711)
	w, err := d.copyFor(g)
	if err != nil {
		t.Fatal(err)
	}
	run(t, w, "z", does("get", "a").throws("Error", `shared dict "z": it is busy`))
	run(t, d, "z", does("get", "a").gives("A"))
	run(t, w, "z", does("get", "a").gives("A"))
	w.zones[0].self = 4711
	w.zones[0].mu.Lock()
	w.zones[0].unlock() // which was taken from it
	verify(t, d.zones[0])
}

// copyFor opens a grant in this process.
func (d *Dicts) copyFor(g Grant) (*Dicts, error) {
	w := &Dicts{key: d.key, byName: map[string]*dict{}}
	for _, z := range d.zones {
		m, err := mapped(z.file, fileSize(z.Size))
		if err != nil {
			return nil, err
		}
		w.add(&dict{Zone: z.Zone, layout: z.layout, memory: m, key: d.key, self: g.Worker})
	}
	return w, nil
}
