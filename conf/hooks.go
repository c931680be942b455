package conf

import "weir/js/hook"

// Hooks bind scripts to points of the lifecycle. They stand at the top level or
// in a vhost; a vhost's own wins, and "off" ends the inheritance. What is not of a
// session is not inherited: it runs where it stands.
type Hooks struct {
	// OnStart runs once when a version of the configuration begins to serve: in a vhost for that, at the top level for the server.
	OnStart Handler `conf:"js_on_start,example=hooks.start,package=js,reload=live"`
	// OnExit runs once when a version of the configuration has served, after its timers were cleared.
	OnExit Handler `conf:"js_on_exit,example=hooks.exit,package=js,reload=live"`
	// Periodics runs a function again and again, every interval and up to jitter later. A run that would begin before the one ahead of it has ended is skipped.
	Periodics []Periodic `conf:"js_periodic,multi,example=hooks.tick interval=1m,package=js,reload=live"`

	// OnConnect runs before an RTMP connection is accepted.
	OnConnect Handler `conf:"js_on_connect,example=hooks.connect,inherit,package=js,reload=live"`
	// OnPublish runs before a publisher is admitted: it may deny and rename.
	OnPublish Handler `conf:"js_on_publish,example=hooks.publish,inherit,package=js,reload=live"`
	// OnPlay runs before a player is admitted: it may deny and rename.
	OnPlay Handler `conf:"js_on_play,example=hooks.play,inherit,package=js,reload=live"`
	// OnMetadata edits what a publisher says of its stream (onMetaData): the object that it returns goes out instead. Media goes on meanwhile; the metadata follows, unedited if the script takes longer than js_timeout.
	OnMetadata Handler `conf:"js_on_metadata,example=hooks.metadata,inherit,package=js,reload=live"`
	// OnUpdate runs every interval while a publish or a play lasts, and ends it by a denial; what fails ends nothing.
	OnUpdate Update `conf:"js_on_update,example=hooks.update interval=1m,inherit,package=js,reload=live"`
	// OnUnpublish runs after a publish has ended, once for each that js_on_publish did not deny.
	OnUnpublish Handler `conf:"js_on_unpublish,example=hooks.unpublish,inherit,package=js,reload=live"`
	// OnStop runs after a play has ended, once for each that js_on_play did not deny.
	OnStop Handler `conf:"js_on_stop,example=hooks.stop,inherit,package=js,reload=live"`
	// OnClose runs after an RTMP connection has ended, once for each that js_on_connect did not deny.
	OnClose Handler `conf:"js_on_close,example=hooks.close,inherit,package=js,reload=live"`

	// OnHLS runs when a segment of HLS is complete.
	OnHLS Handler `conf:"js_on_hls,example=hooks.hls,inherit,package=js,reload=live"`
	// OnDVR runs when a recording is complete. It is not served yet.
	OnDVR Handler `conf:"js_on_dvr,example=hooks.dvr,inherit,package=js,reload=live"`
	// OnForward names where else a stream goes. It is not served yet.
	OnForward Handler `conf:"js_on_forward,example=hooks.forward,inherit,package=js,reload=live"`
	// OnHLSKey gives the keys that segments of HLS are encrypted with. It is not served yet.
	OnHLSKey Handler `conf:"js_on_hls_key,example=hooks.hlsKey,inherit,package=js,reload=live"`
	// PlaylistFilter edits the media playlist that one viewer of HLS gets, each time that it is asked for; what fails is answered by 500. It does not run with hls_ctx off.
	PlaylistFilter Handler `conf:"js_playlist_filter,example=hooks.playlistFilter,inherit,package=js,reload=live"`

	// Sets gives a variable the value that a function returns, when it is needed: once for each session, or with nocache each time. A vhost has those of the top level, too.
	Sets []SetVariable `conf:"js_set,multi,example=$day hooks.day,inherit,package=js,reload=live"`
	// Module binds every export of a module that is named as a hook is, js_on_publish to publish, js_playlist_filter to playlistFilter, unless a directive beside it binds another.
	Module HooksModule `conf:"js_hooks,example=hooks,package=js,reload=live"`
}

// Handler is the one that a directive binds; its zero value if it binds none, or
// if any number of it may stand.
func (h *Hooks) Handler(directive string) Handler {
	if at := h.slot(directive); at != nil {
		return *at
	}
	return Handler{}
}

// slot is where the handler of a directive is that may stand once.
func (h *Hooks) slot(directive string) *Handler {
	switch directive {
	case hook.Start.Directive:
		return &h.OnStart
	case hook.Exit.Directive:
		return &h.OnExit
	case hook.Connect.Directive:
		return &h.OnConnect
	case hook.Publish.Directive:
		return &h.OnPublish
	case hook.Play.Directive:
		return &h.OnPlay
	case hook.Metadata.Directive:
		return &h.OnMetadata
	case hook.Update.Directive:
		return &h.OnUpdate.Handler
	case hook.Unpublish.Directive:
		return &h.OnUnpublish
	case hook.Stop.Directive:
		return &h.OnStop
	case hook.Close.Directive:
		return &h.OnClose
	case hook.HLS.Directive:
		return &h.OnHLS
	case hook.DVR.Directive:
		return &h.OnDVR
	case hook.Forward.Directive:
		return &h.OnForward
	case hook.HLSKey.Directive:
		return &h.OnHLSKey
	case hook.PlaylistFilter.Directive:
		return &h.PlaylistFilter
	}
	return nil
}

// Handlers returns all hooks, set or not, in the order of hook.Points, those that
// may be repeated last.
func (h *Hooks) Handlers() []*Handler {
	var all []*Handler
	for _, p := range hook.Points {
		if at := h.slot(p.Directive); at != nil {
			all = append(all, at)
		}
	}
	for i := range h.Periodics {
		all = append(all, &h.Periodics[i].Handler)
	}
	for i := range h.Sets {
		all = append(all, &h.Sets[i].Handler)
	}
	return all
}

// Handlers are those of no vhost, which run in the server's own unit.
func (c *Config) Handlers() []*Handler {
	all := []*Handler{&c.OnStart, &c.OnExit, &c.JSVHost}
	for i := range c.Periodics {
		all = append(all, &c.Periodics[i].Handler)
	}
	for i := range c.Sets {
		all = append(all, &c.Sets[i].Handler)
	}
	for _, l := range c.HTTPServer.Locations {
		all = append(all, &l.Access, &l.Content, &l.HeaderFilter)
	}
	return all
}

// written are the handlers as they are written in the file, at the top level and
// in each vhost; nil is the top level.
func (c *Config) written(visit func(v *VHost, handlers []*Handler)) {
	top := append(c.Hooks.Handlers(), &c.JSVHost)
	for _, l := range c.HTTPServer.Locations {
		top = append(top, &l.Access, &l.Content, &l.HeaderFilter)
	}
	visit(nil, top)
	for _, v := range c.VHosts {
		visit(v, v.Hooks.Handlers())
	}
}
