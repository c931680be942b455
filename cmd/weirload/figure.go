//go:build linux

package main

// figure is a number that an outcome has.
type figure struct {
	name string // with its unit
	of   func(o outcome) float64
}

// The figures that outcomes are compared by. Those of a mode are zero in another.
var (
	cpuPerGbit = figure{"CPU ms/Gbit", func(o outcome) float64 { return o.CPUPerGbit }}
	cpuPercent = figure{"CPU %", func(o outcome) float64 { return o.CPUPercent }}
	latencyP50 = figure{"latency p50 ms", func(o outcome) float64 { return o.play().LatencyP50 }}
	latencyP99 = figure{"latency p99 ms", func(o outcome) float64 { return o.play().LatencyP99 }}
	firstP50   = figure{"first frame p50 ms", func(o outcome) float64 { return o.play().FirstP50 }}
	firstP99   = figure{"first frame p99 ms", func(o outcome) float64 { return o.play().FirstP99 }}
	setupP50   = figure{"set-up p50 ms", func(o outcome) float64 { return o.connect().SetupP50 }}
	setupRate  = figure{"set-ups a second", func(o outcome) float64 { return o.connect().Rate }}
	setupCPU   = figure{"CPU µs/set-up", setupCost}
	rss        = figure{"RSS MB", func(o outcome) float64 { return o.RSS }}
	eachRSS    = figure{"KB each", perHead}
	leftRSS    = figure{"RSS after/before", func(o outcome) float64 { return ratio(o.RSSAfter, o.RSSBefore) }}
	missed     = figure{"frames missed", func(o outcome) float64 { return float64(o.play().Missed) }}
)

// summaryFigures are those of each mode's summary.
var summaryFigures = map[string][]figure{
	"play":    {cpuPerGbit, cpuPercent, latencyP50, latencyP99, firstP50, firstP99, eachRSS, missed},
	"flv":     {cpuPerGbit, cpuPercent, latencyP50, latencyP99, firstP50, firstP99, eachRSS, missed},
	"ws":      {cpuPerGbit, cpuPercent, latencyP50, latencyP99, firstP50, firstP99, eachRSS, missed},
	"hls":     {cpuPerGbit, cpuPercent, latencyP50, latencyP99, firstP50, eachRSS, missed},
	"pub":     {cpuPerGbit, cpuPercent, rss, eachRSS},
	"connect": {setupRate, setupP50, setupCPU, rss, leftRSS},
}

func (o outcome) play() playFigures {
	if o.Play == nil {
		return playFigures{}
	}
	return *o.Play
}

func (o outcome) connect() connectFigures {
	if o.Connect == nil {
		return connectFigures{}
	}
	return *o.Connect
}

func setupCost(o outcome) float64 {
	return rounded(ratio(o.CPU*1000, float64(o.connect().Done)))
}

// perHead is the memory that came with each player or publisher.
func perHead(o outcome) float64 {
	return rounded(ratio((o.RSS-o.RSSBefore)*1024, float64(o.N)))
}

// ratio is zero if there is nothing to compare with.
func ratio(a, b float64) float64 {
	if b <= 0 {
		return 0
	}
	return a / b
}

// medianOf is the median of a figure, of outcomes without an error; ok says whether
// there are any.
func medianOf(all []outcome, f figure) (v float64, ok bool) {
	var s samples
	for _, o := range all {
		if o.Err == "" {
			s = append(s, f.of(o))
		}
	}
	return s.quantile(.5), len(s) > 0
}
