//go:build linux

package main

// goal is a figure that weir is to reach.
type goal struct {
	name    string
	of      subject
	figure  figure
	limit   float64
	atLeast bool     // else at most
	times   *subject // whose figure the limit is a factor of; nil: the limit is the figure's own
	peer    *subject // nginx-rtmp's, to show beside
}

// unmeasured is a goal that no load of this program shows.
type unmeasured struct{ name, why string }

var notMeasured = []unmeasured{
	{"sender alone, GOMAXPROCS 2: ≥ 1.70 × the work of 1", "go test -bench . ./media/hub"},
	{"ingest: ≤ 2 allocations a message", "go test -bench . -benchmem ./media/rtmp ./media/hub"},
}

// gopKB is how large a group of pictures of the standard stream is, which a publisher's
// cache holds.
const gopKB = 1000 / 8 * 2

// goals are weir's. In the quick form each load is a fiftieth: it shows that they can be
// measured, not what they are.
func goals(quick bool) []goal {
	count := func(n int) int {
		if quick {
			return max(1, n/50)
		}
		return n
	}
	play := func(server string, n, streams int) subject {
		return subject{server, trial{Mode: "play", N: count(n), Streams: count(streams)}}
	}
	pub := func(server string) subject { return subject{server, trial{Mode: "pub", N: count(100)}} }
	connect := func(server string, rate, total int) subject {
		if total > 0 {
			total = count(total)
		}
		return subject{server, trial{Mode: "connect", N: rate, Role: publishing, Flight: 50, Count: total}}
	}
	flv := subject{"weir", trial{Mode: "flv", N: count(500), Streams: 1}}
	ws := subject{"weir", trial{Mode: "ws", N: count(500), Streams: 1}}
	peer, own := play("nginx-rtmp", 500, 1), play("weir", 500, 1)
	peerPub, peerPaced, peerFull := pub("nginx-rtmp"), connect("nginx-rtmp", 100, 0), connect("nginx-rtmp", 0, 0)
	most := func(name string, of subject, f figure, limit float64, beside *subject) goal {
		return goal{name: name, of: of, figure: f, limit: limit, peer: beside}
	}
	factor := func(name string, of subject, f figure, limit float64, times, beside *subject) goal {
		return goal{name: name, of: of, figure: f, limit: limit, times: times, peer: beside}
	}
	var list []goal
	for _, m := range []struct {
		name, server  string
		cpu, p50, p99 float64
	}{
		{"mw_latency 350ms, 500 players", "weir-350", .16, 165, 330},
		{"default (100ms), 500 players", "weir", .22, 45, 85},
		{"mw_latency 50ms, 500 players", "weir-50", .30, 20, 45},
		{"min_latency on, 500 players", "weir-now", .62, 5, 15},
	} {
		of := play(m.server, 500, 1)
		list = append(list,
			factor(m.name, of, cpuPerGbit, m.cpu, &peer, &peer),
			most("", of, latencyP50, m.p50, &peer),
			most("", of, latencyP99, m.p99, &peer))
	}
	leastRate := most("publishes as fast as can be", connect("weir", 0, 0), setupRate, 6000, &peerFull)
	leastRate.atLeast = true
	gop := float64(gopKB)
	return append(list,
		most("min_latency on, one player", play("weir-now", 1, 1), latencyP50, .5, nil),
		factor("HTTP-FLV, 500 players", flv, cpuPerGbit, 1, &own, &peer),
		factor("WebSocket-FLV, 500 players", ws, cpuPerGbit, 1.2, &own, &peer),
		factor("3,000 players", play("weir", 3000, 1), cpuPerGbit, 1, &own, &peer),
		factor("100 streams of 10 players", play("weir", 1000, 100), cpuPerGbit, 1.5, &own, &peer),
		most("RTMP player", own, eachRSS, 12, &peer),
		most("HTTP-FLV player", flv, eachRSS, 12, &peer),
		most("publisher, its GOP cache too", pub("weir"), eachRSS, 512+gop, &peerPub),
		most("20,000 publishes come and go", connect("weir", 0, 20000), leftRSS, 1.2, nil),
		most("first frame, 200 players a second", own, firstP50, 5, &peer),
		most("", own, firstP99, 25, &peer),
		most("publish set-up, 100 a second", connect("weir", 100, 0), setupP50, 2, &peerPaced),
		most("the same with a hook", connect("weir-hook", 100, 0), setupP50, 3, &peerPaced),
		leastRate,
		factor("100 publishers without players", pub("weir"), cpuPercent, 1.2, &peerPub, &peerPub),
	)
}

// subjects are what has to be measured for goals, the peer first.
func subjects(goals []goal) []subject {
	var list, peers []subject
	seen := map[subject]bool{}
	add := func(to *[]subject, s *subject) {
		if s != nil && !seen[*s] {
			seen[*s] = true
			*to = append(*to, *s)
		}
	}
	for _, g := range goals {
		add(&peers, g.peer)
		add(&list, g.times)
		add(&list, &g.of)
	}
	return append(peers, list...)
}
