package sandbox

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"weir/js"
)

// Program is what Compile makes: scripts that a worker can run. The server does not
// look into it.
type Program struct {
	text  []byte // js.AppendProgram; nil if something is wrong with it
	files []js.File

	warnings js.Errors
}

// Files returns every module file that was read or looked for, as
// js.Program.Files does.
func (p *Program) Files() []js.File { return p.files }

// Warnings are those of js.Program.
func (p *Program) Warnings() js.Errors { return p.warnings }

// Decode is the program for an engine in this process.
func (p *Program) Decode() (*js.Program, error) { return js.DecodeProgram(p.text) }

// compiled is what a worker says of sources: the body of a frameCompiled.
type compiled struct {
	program *Program
	faults  error // js.Compile's
	found   error // js.Inspect's
}

func (c compiled) append(b []byte) []byte {
	files, _ := json.Marshal(c.program.files) // names and sums always encode
	var warnings error
	if len(c.program.warnings) > 0 {
		warnings = c.program.warnings
	}
	for _, part := range [][]byte{files, js.AppendError(nil, c.faults), js.AppendError(nil, c.found), js.AppendError(nil, warnings)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(part))) //nolint:gosec // frames are bounded
		b = append(b, part...)
	}
	return append(b, c.program.text...)
}

func decodeCompiled(b []byte) (c compiled, err error) {
	var parts [4][]byte
	for i := range parts {
		if len(b) < 4 || uint64(binary.LittleEndian.Uint32(b)) > uint64(len(b)-4) {
			return c, fmt.Errorf("%w: program", errFrame)
		}
		n := binary.LittleEndian.Uint32(b)
		parts[i], b = b[4:4+n], b[4+n:]
	}
	c.program = &Program{text: append([]byte{}, b...)}
	if err := json.Unmarshal(parts[0], &c.program.files); err != nil {
		return c, fmt.Errorf("%w: files: %w", errFrame, err)
	}
	var warnings error
	for i, e := range []*error{&c.faults, &c.found, &warnings} {
		was, err := js.DecodeError(parts[1+i])
		if err != nil {
			return c, fmt.Errorf("%w: %w", errFrame, err)
		}
		*e = was
	}
	errors.As(warnings, &c.program.warnings)
	return c, nil
}
