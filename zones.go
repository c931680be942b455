package weir

import (
	"path/filepath"
	"time"

	"weir/conf"
	"weir/confparse"
	"weir/js/shared"
)

// zones are the shared dictionaries that c declares. Their state files are
// relative to the directory that the server works in.
func zones(c *conf.Config) []shared.Zone {
	var list []shared.Zone
	for _, z := range c.JSZones {
		list = append(list, shared.Zone{
			Name: z.Name, Size: z.Size, Timeout: time.Duration(z.Timeout) * time.Millisecond, Type: z.Type, Evict: z.Evict,
			State: z.State, VHosts: z.VHosts,
		})
	}
	return list
}

// trialSize is how large a dictionary is at most that nobody keeps anything in.
const trialSize = 1 << 20

// trialZones are dictionaries for the top level of modules that are checked: empty, and
// there for all. Of zones that cannot be there is none, which has a finding.
func trialZones(c *conf.Config) *shared.Dicts {
	list := zones(c)
	for i := range list {
		list[i].State, list[i].VHosts, list[i].Size = "", nil, min(list[i].Size, trialSize)
	}
	d, err := shared.New(list)
	if err != nil {
		d, _ = shared.New(nil) // which needs nothing
	}
	return d
}

// unreadable finds the state files of dictionaries with which the server could
// not start. It is for who checks, and has not gone to work_dir.
func unreadable(c *conf.Config) confparse.Diagnostics {
	var found confparse.Diagnostics
	for i, z := range zones(c) {
		if z.State != "" && !filepath.IsAbs(z.State) {
			z.State = filepath.Join(c.WorkDir, z.State)
		}
		if err := shared.CheckState(z); err != nil {
			found = append(found, confparse.Diagnostic{
				Severity: confparse.Error, Code: "E414", Span: c.JSZones[i].Span, Message: err.Error(),
				Hint: "mend the file, or move it away to begin without entries",
			})
		}
	}
	return found
}

// zoneFault logs what is wrong with a dictionary.
func (s *Server) zoneFault(zone string, err error) {
	s.Log.Error("shared dictionary", "zone", zone, "reason", err)
}
