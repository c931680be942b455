package shared

// Usage is how full a zone is, and what its size has cost.
type Usage struct {
	Zone     string
	Entries  int   // those included that have expired and are not dropped yet
	Used     int64 // bytes of entries
	Capacity int64 // bytes that entries may use
	Evicted  uint64
	Full     uint64 // writes that failed since there was no room
}

// Usage describes the zones, in the order in which they were declared. It leaves
// out those that are busy or closed.
func (d *Dicts) Usage() []Usage {
	list := make([]Usage, 0, len(d.zones))
	for _, z := range d.zones {
		if u, err := z.usage(); err == nil {
			list = append(list, u)
		}
	}
	return list
}

func (d *dict) usage() (Usage, error) {
	if err := d.lock(); err != nil {
		return Usage{}, err
	}
	defer d.unlock()
	return Usage{
		Zone: d.Name, Entries: int(d.load(wordCount)),
		Used: int64(d.load(wordUsed)) * cellSize, Capacity: int64(d.cells) * cellSize,
		Evicted: d.loadLong(longEvicted), Full: d.loadLong(longFull),
	}, nil
}

// tick adds one to a counter of the header.
func (d *dict) tick(long int) { d.storeLong(long, d.loadLong(long)+1) }
