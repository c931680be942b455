package weir

import (
	"maps"
	"strings"

	"weir/conf"
	"weir/confparse"
	"weir/js/host"
)

// scriptSettings are what the scripts of each vhost may touch, and how they fetch.
// Those of "" are the top level's.
type scriptSettings map[string]*host.Settings

// settingsOf takes them from c, and adds to the findings what is wrong there.
func settingsOf(c *conf.Config, found confparse.Diagnostics) (scriptSettings, confparse.Diagnostics) {
	all := scriptSettings{}
	add := func(vhost string, s *conf.Scripts) {
		settings, err := newSettings(s)
		if err != nil {
			if !found.HasErrors() { // else its finding, with its place, is among them
				found = append(found, confparse.Diagnostic{Severity: confparse.Error, Code: "E501", Message: err.Error()})
			}
			return
		}
		all[vhost] = settings
	}
	add("", &c.Scripts)
	for _, v := range c.VHosts {
		add(v.Name, &v.Scripts)
	}
	return all, found
}

func newSettings(s *conf.Scripts) (*host.Settings, error) {
	var lines [][]string
	for _, p := range s.JSPermit {
		lines = append(lines, append(strings.Fields(p.Kind), p.Names...))
	}
	permit, err := host.ParsePermit(lines...)
	if err != nil {
		return nil, err
	}
	f, err := fetchSettings(&s.Fetch)
	return &host.Settings{Permit: permit, Fetch: f}, err
}

func fetchSettings(c *conf.Fetch) (host.FetchSettings, error) {
	f := host.FetchSettings{
		Timeout: c.FetchTimeout, MaxResponse: c.FetchMaxResponse, SkipVerify: !c.FetchVerify, Authorities: c.FetchRoots, Keepalive: c.FetchKeepalive,
	}
	if f.Keepalive == 0 {
		f.Keepalive = -1
	}
	if c.FetchProxy == "" {
		return f, nil
	}
	var err error
	f.Proxy, err = host.ParseProxy(c.FetchProxy)
	return f, err
}

// serveScripts executes what scripts ask.
func (s *Server) serveScripts() {
	s.scripts = &host.Host{Settings: func(vhost string) *host.Settings {
		if l := s.settings.Load(); l != nil {
			return (*l)[vhost]
		}
		return nil
	}}
	s.router.Scripts = s.scripts
}

// permit makes l what scripts may do from now on. A vhost that is not in l keeps
// what it had, for its last events.
func (s *Server) permit(l scriptSettings) {
	if old := s.settings.Load(); old != nil {
		all := maps.Clone(*old)
		maps.Copy(all, l)
		l = all
	}
	s.settings.Store(&l)
}
