package conf

import (
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	for _, tt := range []struct {
		in, unit string
		want     time.Duration // -1: an error
	}{
		{"10", "s", 10 * time.Second},
		{"10", "ms", 10 * time.Millisecond},
		{"0.5", "s", 500 * time.Millisecond},
		{"0", "ms", 0},
		{"350ms", "s", 350 * time.Millisecond},
		{"5m", "ms", 5 * time.Minute},
		{"1h30m", "s", 90 * time.Minute},
		{"2d", "s", 48 * time.Hour},
		{"", "s", -1},
		{"-1", "s", -1},
		{"1 s", "s", -1},
		{"1x", "s", -1},
		{"s", "s", -1},
		{"1h30", "s", -1},
		{"1e3", "s", -1},
		{"1.2.3", "s", -1},
		{"Inf", "s", -1},
		{"99999999999999999999d", "s", -1},
		{"10S", "s", -1},
	} {
		got, err := parseDuration(tt.in, tt.unit)
		if err != nil {
			got = -1
		}
		if got != tt.want {
			t.Errorf("parseDuration(%q, %s) = %v, want %v", tt.in, tt.unit, got, tt.want)
		}
	}
}

func TestParseSize(t *testing.T) {
	for in, want := range map[string]int64{
		"0": 0, "1000": 1000, "64k": 64 << 10, "10M": 10 << 20, "1g": 1 << 30,
		"": -1, "k": -1, "-1": -1, "1kk": -1, "1.5m": -1, "1t": -1, "9999999999g": -1, "+1": -1,
	} {
		got, err := parseSize(in)
		if err != nil {
			got = -1
		}
		if got != want {
			t.Errorf("parseSize(%q) = %d, want %d", in, got, want)
		}
	}
}

func TestFormatDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0", 350 * time.Millisecond: "350ms", 90 * time.Second: "90s", 2 * time.Hour: "2h", time.Microsecond: "1µs",
	} {
		if got := formatDuration(d); got != want {
			t.Errorf("formatDuration(%d) = %q, want %q", d, got, want)
		}
	}
}
