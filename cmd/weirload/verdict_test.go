//go:build linux

package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestVerdicts(t *testing.T) {
	weir, nginx := subject{server: "weir"}, subject{server: "nginx-rtmp"}
	done := map[subject][]outcome{
		weir:  {{CPUPerGbit: 300}, {CPUPerGbit: 100}, {CPUPerGbit: 120}, {Err: "server ended", CPUPerGbit: 9}},
		nginx: {{CPUPerGbit: 600}},
	}
	for name, c := range map[string]struct {
		goal goal
		want row
	}{
		"below a factor of the peer's": {
			goal{of: weir, figure: cpuPerGbit, limit: .25, times: &nginx, peer: &nginx},
			row{Value: 120, Limit: 150, LimitText: "≤ 0.25 × nginx-rtmp", Peer: 600, Ratio: .2, Verdict: pass, Note: "server ended"},
		},
		"above it": {
			goal{of: weir, figure: cpuPerGbit, limit: .1, times: &nginx},
			row{Value: 120, Limit: 60, LimitText: "≤ 0.1 × nginx-rtmp", Verdict: fallsShort, Note: "server ended"},
		},
		"at least": {
			goal{of: nginx, figure: cpuPerGbit, limit: 500, atLeast: true},
			row{Value: 600, Limit: 500, LimitText: "≥ 500", Verdict: pass},
		},
		"at least, and less": {
			goal{of: nginx, figure: cpuPerGbit, limit: 700, atLeast: true},
			row{Value: 600, Limit: 700, LimitText: "≥ 700", Verdict: fallsShort},
		},
		"nothing measured": {
			goal{of: subject{server: "none"}, figure: cpuPerGbit, limit: 1, times: &nginx},
			row{Limit: 600, LimitText: "≤ 1 × nginx-rtmp", Verdict: untold},
		},
	} {
		c.want.Goal, c.want.Figure = name, cpuPerGbit.name
		if diff := cmp.Diff(c.want, c.goal.judge(name, done)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// Each goal names a server that is there, and a figure's row stands below its goal's name.
func TestGoalsCanBeMeasured(t *testing.T) {
	for _, quick := range []bool{true, false} {
		for _, s := range subjects(goals(quick)) {
			if _, ok := weirVariants[s.server]; !ok && s.server != "nginx-rtmp" {
				t.Errorf("no server is called %s", s.server)
			}
			if _, ok := summaryFigures[s.trial.Mode]; !ok {
				t.Errorf("no mode is called %s", s.trial.Mode)
			}
		}
	}
	few := chooseGoals(goals(false), regexp.MustCompile("min_latency on, 500"))
	if len(few) != 3 {
		t.Errorf("%d goals of min_latency, want its three figures", len(few))
	}
	var b strings.Builder
	printRows(&b, judge(few, notMeasured, nil))
	if lines := strings.Count(b.String(), "\n"); lines != 1+3+len(notMeasured) || strings.Count(b.String(), string(untold)) != lines-1 {
		t.Errorf("got\n%s", &b)
	}
}

func TestEventsAreTakenOut(t *testing.T) {
	var rest strings.Builder
	e := eventLines{rest: &rest, names: make(chan string, 1)}
	for _, piece := range []string{"a wor", "d\nEV rea", "dy\nEV lost\n", "end\n"} {
		if _, err := e.Write([]byte(piece)); err != nil {
			t.Fatal(err)
		}
	}
	if got := <-e.names; got != eventReady || rest.String() != "a word\nend\n" {
		t.Errorf("event %q, rest %q", got, rest.String())
	}
}
