package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"weir/js"
	"weir/js/builtin"
)

// setup is what a worker is told first, in a frameInit.
type setup struct {
	Server   builtin.Server
	Budget   js.Budget
	NoBigInt bool            `json:",omitempty"`
	Dicts    json.RawMessage `json:",omitempty"` // of a shared.Grant; nil: the server answers
	Zones    int             // files of the same
	Sources  []js.Source     // to compile, and nothing else; nil: the program is to be run
	Modules  []string        // files whose exports are to be told, and nothing else; nil likewise
}

// head encodes s: a u32, and so many bytes of JSON. The program follows.
func (s setup) head() ([]byte, error) {
	text, err := json.Marshal(s)
	if err != nil {
		return nil, err
	}
	b := binary.LittleEndian.AppendUint32(nil, uint32(len(text))) //nolint:gosec // frames are bounded
	return append(b, text...), nil
}

func decodeSetup(b []byte) (s setup, program []byte, err error) {
	if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
		return s, nil, errFrame
	}
	n := binary.LittleEndian.Uint32(b)
	if err := json.Unmarshal(b[4:4+n], &s); err != nil {
		return s, nil, fmt.Errorf("read setup: %w", err)
	}
	return s, b[4+n:], nil
}
