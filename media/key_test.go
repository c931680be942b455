package media

import "testing"

func TestKeyIDIsTheStreams(t *testing.T) {
	cam := Key{VHost: "a.example", App: "live", Stream: "cam1"}
	const want = "vid-"
	if got := cam.ID(); len(got) != len(want)+16 || got[:4] != want || got != cam.ID() {
		t.Errorf("ID() = %q, want vid- and 16 digits, the same each time", got)
	}
	for _, other := range []Key{{"b.example", "live", "cam1"}, {"a.example", "live", "cam2"}, {"a.example", "live2", "cam1"}} {
		if other.ID() == cam.ID() {
			t.Errorf("%v and %v have the same ID", other, cam)
		}
	}
}
