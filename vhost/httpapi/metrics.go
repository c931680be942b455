package httpapi

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// metrics are weir's own, in the order of the documentation.
type metrics struct {
	all []*metric

	buildInfo, generation, reloads, lastReload    *metric
	publishers, players, sessions                 *metric
	packets, bytesIn, bytesOut, joins, lags, slow *metric

	calls, callTime, pending, slowCalls                    *metric
	workers, starts, deaths, kills, resends, breaks, leaks *metric
	fetches, fetching                                      *metric
	dictEntries, dictUsed, dictSize, evictions, full       *metric

	hookCalls, hookTime, hookRetries, hookDrops, hookPending *metric
}

func newMetrics() *metrics {
	m := &metrics{}
	counter := func(name, help string, labels ...string) *metric {
		return newMetric(&m.all, "counter", name, help, labels...)
	}
	gauge := func(name, help string, labels ...string) *metric {
		return newMetric(&m.all, "gauge", name, help, labels...)
	}
	times := func(name, help string, labels ...string) *metric {
		return newMetric(&m.all, "histogram", name, help, labels...)
	}

	m.buildInfo = gauge("weir_build_info", "The version that runs.", "version")
	m.generation = gauge("weir_config_generation", "Number of the configuration that is served.")
	m.reloads = counter("weir_config_reload_total", "Reloads, by how they ended: applied, refused.", "result")
	m.lastReload = gauge("weir_config_last_reload_success_timestamp_seconds", "When the configuration that is served was read.")

	m.publishers = gauge("weir_publishers", "Publishers now.", "vhost", "protocol")
	m.players = gauge("weir_players", "Players now.", "vhost", "protocol")
	m.sessions = counter("weir_sessions_total", "Sessions, by how their admission ended: admitted, refused.", "kind", "result")
	m.packets = counter("weir_packets_total", "Packets from publishers.")
	m.bytesIn = counter("weir_received_bytes_total", "Bytes of packets from publishers.")
	m.bytesOut = counter("weir_sent_bytes_total", "Bytes sent to players of RTMP and http_remux.")
	m.joins = counter("weir_player_joins_total", "Players of RTMP and http_remux that joined a stream.")
	m.lags = counter("weir_player_skips_total", "How often a player or an output that lagged went on at the newest keyframe.")
	m.slow = counter("weir_player_slow_total", "Players that were ended since they took nothing.")

	handler := []string{"vhost", "directive", "handler"}
	m.calls = counter("weir_js_calls_total", "Calls of handlers, by what became of them: ok, deny, error, timeout, cpu, memory, crash, overload, canceled.", append(handler, "result")...)
	m.callTime = times("weir_js_call_duration_seconds", "How long calls took, waiting included.", handler...)
	m.pending = gauge("weir_js_pending_calls", "Calls that wait or run now.", handler...)
	m.slowCalls = counter("weir_js_slow_calls_total", "Calls that succeeded and used more than half of js_timeout or js_cpu_limit.", handler...)
	m.workers = gauge("weir_js_workers", "Processes of scripts that run, spares included.")
	m.starts = counter("weir_js_worker_starts_total", "Processes of scripts that were started.")
	m.deaths = counter("weir_js_worker_deaths_total", "Processes of scripts that died, by reason: memory, stack, stuck, crash.", "reason")
	m.kills = counter("weir_js_worker_kills_total", "Processes of scripts that the server killed since they were stuck.")
	m.resends = counter("weir_js_resent_calls_total", "Calls that began in another process than the one they were sent to first.")
	m.breaks = counter("weir_js_vm_restarts_total", "VMs that were replaced since a call broke them.", "vhost")
	m.leaks = counter("weir_js_leaked_files_total", "Files that scripts had not closed when their VM ended.", "vhost")
	m.fetches = counter("weir_js_fetches_total", "Fetches of scripts, by what became of them: ok, refused, timeout, aborted, overload, failed.", "vhost", "result")
	m.fetching = gauge("weir_js_active_fetches", "Fetches of scripts that are under way.", "vhost")
	m.dictEntries = gauge("weir_js_dict_entries", "Entries of shared dictionaries.", "zone")
	m.dictUsed = gauge("weir_js_dict_used_bytes", "Bytes that the entries of shared dictionaries use.", "zone")
	m.dictSize = gauge("weir_js_dict_capacity_bytes", "Bytes that the entries of shared dictionaries may use.", "zone")
	m.evictions = counter("weir_js_dict_evictions_total", "Entries of shared dictionaries that made room for others.", "zone")
	m.full = counter("weir_js_dict_full_total", "Writes to shared dictionaries that found no room.", "zone")

	hook := []string{"vhost", "hook"}
	m.hookCalls = counter("weir_http_hooks_calls_total", "Calls of http_hooks, by the answer: ok, refused, failed.", append(hook, "result")...)
	m.hookTime = times("weir_http_hooks_call_duration_seconds", "How long calls of http_hooks took.", hook...)
	m.hookRetries = counter("weir_http_hooks_retries_total", "Calls of http_hooks beyond an event's first.", hook...)
	m.hookDrops = counter("weir_http_hooks_lost_events_total", "Events that no back end took.", hook...)
	m.hookPending = gauge("weir_http_hooks_pending_events", "Events that wait for a back end.")
	return m
}

// collector reads the counters that the packages keep, when it is asked.
type collector struct {
	*Server
	*metrics
}

// Describe implements prometheus.Collector.
func (c collector) Describe(ch chan<- *prometheus.Desc) {
	for _, m := range c.all {
		ch <- m.desc
	}
}

// Collect implements prometheus.Collector.
func (c collector) Collect(ch chan<- prometheus.Metric) {
	to := samples(ch)
	c.collectConfig(to)
	c.collectSessions(to)
	c.collectMedia(to)
	c.collectHandlers(to)
	c.collectScripts(to)
	c.collectHooks(to)
}

// metricsHandler is the handler of /metrics.
func (s *Server) metricsHandler() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collector{s, newMetrics()}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}
