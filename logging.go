package weir

import (
	"log/slog"

	"weir/confparse"
)

// severities are the levels at which findings are logged.
var severities = map[confparse.Severity]slog.Level{
	confparse.Error: slog.LevelError, confparse.Warning: slog.LevelWarn, confparse.Info: slog.LevelInfo,
}
