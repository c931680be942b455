package conf

import (
	"strconv"
	"strings"

	"weir/confparse"
)

// checkConflicts finds what SRS refuses because two directives of a vhost
// contradict each other, also where neither is served.
func (d *decoder) checkConflicts(f *confparse.File) {
	for _, x := range f.Directives {
		if x.Name.Value == "vhost" {
			d.checkIdleForward(x.Block)
			d.checkTSMount(x.Block)
			d.checkIngestIDs(x.Block)
		}
	}
}

// checkIdleForward: a publisher that is ended without players cannot be relayed.
func (d *decoder) checkIdleForward(vhost []*confparse.Directive) {
	idle := find(blockOf(vhost, "publish"), "kickoff_for_idle")
	if idle == nil || len(idle.Args) == 0 || !isOn(blockOf(vhost, "forward")) {
		return
	}
	if seconds, err := strconv.ParseFloat(idle.Args[0].Value, 64); err == nil && seconds > 0 {
		d.errorf("E411", idle.Args[0].Span, "kickoff_for_idle ends publishers without players, and forward relays them: choose one")
	}
}

// checkTSMount: a live .ts stream and the segments of HLS would have one URL.
func (d *decoder) checkTSMount(vhost []*confparse.Directive) {
	remux := blockOf(vhost, "http_remux")
	mount := find(remux, "mount")
	if mount == nil || !isOn(remux) || !isOn(blockOf(vhost, "hls")) {
		return
	}
	for _, w := range mount.Args {
		if w.Value == mountHost+"/"+mountPath+".ts" || w.Value == "/"+mountPath+".ts" {
			d.errorf("E411", w.Span, "http_remux at .ts and hls would serve the same URLs: choose one")
		}
	}
}

// checkIngestIDs: an ingest is known by its id.
func (d *decoder) checkIngestIDs(vhost []*confparse.Directive) {
	first := map[string]confparse.Word{}
	for _, x := range vhost {
		if x.Name.Value != "ingest" || len(x.Args) == 0 {
			continue
		}
		id := x.Args[0]
		if other, ok := first[id.Value]; ok {
			d.errorf("E411", id.Span, "ingest %s is defined twice", id.Value).Notes = noteAt(other.Span, "first defined here")
			continue
		}
		first[id.Value] = id
	}
}

// find returns the first directive of a name; nil if there is none.
func find(list []*confparse.Directive, name string) *confparse.Directive {
	for _, x := range list {
		if x.Name.Value == name {
			return x
		}
	}
	return nil
}

// blockOf returns what the first block of a name holds.
func blockOf(list []*confparse.Directive, name string) []*confparse.Directive {
	if x := find(list, name); x != nil {
		return x.Block
	}
	return nil
}

// isOn says whether a block is enabled.
func isOn(block []*confparse.Directive) bool {
	x := find(block, "enabled")
	return x != nil && len(x.Args) > 0 && strings.EqualFold(x.Args[0].Value, "on")
}
