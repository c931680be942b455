package conf

import (
	"errors"
	"math"
	"strconv"
	"strings"
	"time"
)

var (
	errTime = errors.New("write 10s, 350ms, 5m, 2h, 1d or 1h30m")
	errSize = errors.New("write 1000, 64k, 10m or 1g")
)

// timeUnits are those of nginx that have one length.
var timeUnits = map[string]time.Duration{
	"ms": time.Millisecond, "s": time.Second, "m": time.Minute, "h": time.Hour, "d": 24 * time.Hour,
}

// parseDuration reads a time: a bare number in unit, as SRS has it, or numbers
// with units, joined: "1h30m".
func parseDuration(s, unit string) (time.Duration, error) {
	var sum float64
	for rest, first := s, true; rest != "" || first; first = false {
		number, after := cutSet(rest, "0123456789.")
		name, next := cutSet(after, "mshd")
		if name == "" && first && next == "" {
			name = unit
		}
		n, err := strconv.ParseFloat(number, 64)
		u, ok := timeUnits[name]
		if err != nil || !ok {
			return 0, errTime
		}
		sum += n * float64(u)
		rest = next
	}
	if sum >= math.MaxInt64 {
		return 0, errTime
	}
	return time.Duration(math.Round(sum)), nil
}

// parseSize reads a number of bytes, with k, m or g for powers of 1024.
func parseSize(s string) (int64, error) {
	number, suffix := cutSet(s, "0123456789")
	shift, ok := map[string]int{"": 0, "k": 10, "m": 20, "g": 30}[strings.ToLower(suffix)]
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || !ok || n > math.MaxInt64>>shift {
		return 0, errSize
	}
	return n << shift, nil
}

// cutSet splits s after its longest beginning of characters of set.
func cutSet(s, set string) (in, rest string) {
	in = s[:len(s)-len(strings.TrimLeft(s, set))]
	return in, s[len(in):]
}

// formatDuration writes d in the largest unit that leaves no fraction.
func formatDuration(d time.Duration) string {
	for _, unit := range []string{"d", "h", "m", "s", "ms"} {
		if u := timeUnits[unit]; d >= u && d%u == 0 {
			return strconv.FormatInt(int64(d/u), 10) + unit
		}
	}
	if d == 0 {
		return "0"
	}
	return d.String()
}
