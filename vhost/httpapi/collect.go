package httpapi

import (
	"weir/js/host"
	"weir/js/sandbox"
	"weir/media"
	"weir/vhost"
)

func (c collector) collectConfig(to samples) {
	to.put(c.buildInfo, 1, c.Version)
	to.put(c.generation, float64(c.Vhosts.Generation().Number))
	if c.Reloads != nil {
		r := c.Reloads()
		to.put(c.reloads, float64(r.Applied), "applied")
		to.put(c.reloads, float64(r.Refused), "refused")
		to.put(c.lastReload, float64(r.At.UnixMilli())/1000)
	}
}

func (c collector) collectSessions(to samples) {
	type place struct{ vhost, protocol string }
	pubs, plays := map[place]int{}, map[place]int{}
	for _, cl := range c.Vhosts.Clients() {
		at := place{cl.Key.VHost, cl.Session.Connection.Protocol}
		if cl.Kind == media.KindPublish {
			pubs[at]++
		} else {
			plays[at]++
		}
	}
	for at, n := range pubs {
		to.put(c.publishers, float64(n), at.vhost, at.protocol)
	}
	for at, n := range plays {
		to.put(c.players, float64(n), at.vhost, at.protocol)
	}
	for _, n := range c.Vhosts.SessionCounts() {
		to.put(c.sessions, float64(n.Count), n.Kind, n.Result)
	}
}

func (c collector) collectMedia(to samples) {
	n := &c.Vhosts.Hub.Counters
	to.put(c.packets, float64(n.Packets.Load()))
	to.put(c.bytesIn, float64(n.BytesIn.Load()))
	to.put(c.bytesOut, float64(n.BytesOut.Load()))
	to.put(c.joins, float64(n.Joins.Load()))
	to.put(c.lags, float64(n.Jumps.Load()))
	to.put(c.slow, float64(n.Slow.Load()))
}

func (c collector) collectHandlers(to samples) {
	for _, n := range c.Vhosts.HandlerCounts() {
		for _, r := range vhost.CallResults {
			to.put(c.calls, float64(n.Results[r]), n.VHost, n.Directive, n.Handler, string(r))
		}
		to.putAll(c.callTime, n.Took, n.VHost, n.Directive, n.Handler)
		to.put(c.pending, float64(n.Pending), n.VHost, n.Directive, n.Handler)
		to.put(c.slowCalls, float64(n.Slow), n.VHost, n.Directive, n.Handler)
	}
}

func (c collector) collectScripts(to samples) {
	if c.Scripts.Workers != nil {
		c.collectWorkers(to, c.Scripts.Workers())
	}
	for name, n := range c.Vhosts.VMCounts() {
		to.put(c.breaks, float64(n.Breaks), name)
		to.put(c.leaks, float64(n.Leaks), name)
	}
	if c.Scripts.Fetches != nil {
		for name, n := range c.Scripts.Fetches() {
			c.collectFetches(to, name, n)
		}
	}
	if c.Vhosts.Dicts == nil {
		return
	}
	for _, u := range c.Vhosts.Dicts.Usage() {
		to.put(c.dictEntries, float64(u.Entries), u.Zone)
		to.put(c.dictUsed, float64(u.Used), u.Zone)
		to.put(c.dictSize, float64(u.Capacity), u.Zone)
		to.put(c.evictions, float64(u.Evicted), u.Zone)
		to.put(c.full, float64(u.Full), u.Zone)
	}
}

// reasons are those of deaths.
var reasons = []sandbox.Reason{sandbox.Memory, sandbox.Stack, sandbox.Stuck, sandbox.Crash}

func (c collector) collectWorkers(to samples, n sandbox.Counts) {
	to.put(c.workers, float64(n.Workers))
	to.put(c.starts, float64(n.Starts))
	for _, r := range reasons {
		to.put(c.deaths, float64(n.Deaths[r]), string(r))
	}
	to.put(c.kills, float64(n.Kills))
	to.put(c.resends, float64(n.Resends))
}

func (c collector) collectFetches(to samples, vhost string, n host.FetchCounts) {
	results := map[string]int64{
		"ok": n.OK, "refused": n.Refused, "timeout": n.Timeout, "aborted": n.Aborted, "overload": n.Overload, "failed": n.Failed,
	}
	for result, times := range results {
		to.put(c.fetches, float64(times), vhost, result)
	}
	to.put(c.fetching, float64(n.Active), vhost)
}

func (c collector) collectHooks(to samples) {
	if c.Hooks == nil {
		return
	}
	counts, pending := c.Hooks()
	for _, n := range counts {
		to.put(c.hookCalls, float64(n.OK), n.VHost, n.Hook, "ok")
		to.put(c.hookCalls, float64(n.Refused), n.VHost, n.Hook, "refused")
		to.put(c.hookCalls, float64(n.Failed), n.VHost, n.Hook, "failed")
		to.putAll(c.hookTime, n.Took, n.VHost, n.Hook)
		to.put(c.hookRetries, float64(n.Retried), n.VHost, n.Hook)
		to.put(c.hookDrops, float64(n.Dropped), n.VHost, n.Hook)
	}
	to.put(c.hookPending, float64(pending))
}
