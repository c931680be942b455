package httpapi

import (
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"weir/vhost/latency"
)

// metric is one name under /metrics, and its labels.
type metric struct {
	name, kind string // kind: "counter", "gauge" or "histogram"
	labels     []string
	help       string
	desc       *prometheus.Desc
}

// newMetric makes a metric and puts it into list.
func newMetric(list *[]*metric, kind, name, help string, labels ...string) *metric {
	m := &metric{name, kind, labels, help, prometheus.NewDesc(name, help, labels, nil)}
	*list = append(*list, m)
	return m
}

// samples takes the values of metrics.
type samples chan<- prometheus.Metric

// put adds the value of a counter or a gauge.
func (s samples) put(m *metric, value float64, labels ...string) {
	kind := prometheus.GaugeValue
	if m.kind == "counter" {
		kind = prometheus.CounterValue
	}
	s <- prometheus.MustNewConstMetric(m.desc, kind, value, labels...)
}

// putAll adds what a histogram has counted.
func (s samples) putAll(m *metric, d latency.Distribution, labels ...string) {
	buckets := make(map[float64]uint64, len(latency.Buckets))
	var n uint64
	for i, bound := range latency.Buckets {
		n += d.Counts[i]
		buckets[seconds(bound)] = n
	}
	s <- prometheus.MustNewConstHistogram(m.desc, d.Count(), d.Sum.Seconds(), buckets, labels...)
}

// seconds is a bound as it is written: Duration.Seconds is a little off some.
func seconds(d time.Duration) float64 { return float64(d/time.Microsecond) / 1e6 }
