package httpapi

import (
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// collector reads the counters that the packages keep, when it is asked.
type collector struct{ *Server }

var (
	buildInfo  = prometheus.NewDesc("weir_build_info", "The version that runs.", []string{"version"}, nil)
	generation = prometheus.NewDesc("weir_config_generation", "Number of the configuration that is served.", nil, nil)
	reloads    = prometheus.NewDesc("weir_config_reload_total", "Reloads by how they ended.", []string{"result"}, nil)
	lastReload = prometheus.NewDesc("weir_config_last_reload_success_timestamp_seconds", "When the configuration that is served was read.", nil, nil)
	publishers = prometheus.NewDesc("weir_publishers", "Publishers now.", []string{"vhost", "protocol"}, nil)
	players    = prometheus.NewDesc("weir_players", "Players now.", []string{"vhost", "protocol"}, nil)
	sessions   = prometheus.NewDesc("weir_sessions_total", "Sessions by how their admission ended.", []string{"kind", "result"}, nil)
	calls      = prometheus.NewDesc("weir_js_calls_total", "Calls of script handlers.", []string{"vhost", "directive"}, nil)
	failures   = prometheus.NewDesc("weir_js_failures_total", "Calls that came to no result.", []string{"vhost", "directive"}, nil)
	callTime   = prometheus.NewDesc("weir_js_seconds_total", "Time that calls took, waiting included.", []string{"vhost", "directive"}, nil)
)

// Describe implements prometheus.Collector.
func (c collector) Describe(ch chan<- *prometheus.Desc) { prometheus.DescribeByCollect(c, ch) }

// Collect implements prometheus.Collector.
func (c collector) Collect(ch chan<- prometheus.Metric) {
	gauge := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.GaugeValue, v, labels...)
	}
	count := func(d *prometheus.Desc, v float64, labels ...string) {
		ch <- prometheus.MustNewConstMetric(d, prometheus.CounterValue, v, labels...)
	}
	gauge(buildInfo, 1, c.Version)
	gauge(generation, float64(c.Vhosts.Generation().Number))
	if c.Reloads != nil {
		r := c.Reloads()
		count(reloads, float64(r.Applied), "applied")
		count(reloads, float64(r.Refused), "refused")
		gauge(lastReload, float64(r.At.UnixMilli())/1000)
	}
	type place struct{ vhost, protocol string }
	pubs, plays := map[place]int{}, map[place]int{}
	for _, cl := range c.Vhosts.Clients() {
		at := place{cl.Key.VHost, cl.Session.Connection.Protocol}
		if cl.Kind == "publish" {
			pubs[at]++
		} else {
			plays[at]++
		}
	}
	for at, n := range pubs {
		gauge(publishers, float64(n), at.vhost, at.protocol)
	}
	for at, n := range plays {
		gauge(players, float64(n), at.vhost, at.protocol)
	}
	for _, n := range c.Vhosts.SessionCounts() {
		count(sessions, float64(n.Count), n.Kind, n.Result)
	}
	for _, n := range c.Vhosts.CallCounts() {
		count(calls, float64(n.Calls), n.VHost, n.Directive)
		count(failures, float64(n.Failures), n.VHost, n.Directive)
		count(callTime, n.Time.Seconds(), n.VHost, n.Directive)
	}
}

// metrics is the handler of /metrics.
func (s *Server) metrics() http.Handler {
	r := prometheus.NewRegistry()
	r.MustRegister(collector{s}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return promhttp.HandlerFor(r, promhttp.HandlerOpts{})
}
