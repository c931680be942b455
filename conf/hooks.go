package conf

// Handlers returns all hooks, set or not, in the order of a session's life.
func (h *Hooks) Handlers() []*Handler {
	return []*Handler{&h.OnConnect, &h.OnPublish, &h.OnPlay, &h.OnUnpublish, &h.OnStop, &h.OnClose}
}

func (c *Config) eachHooks(visit func(*Hooks)) {
	visit(&c.Hooks)
	for _, v := range c.VHosts {
		visit(&v.Hooks)
	}
}
