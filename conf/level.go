package conf

import "log/slog"

var levels = map[string]slog.Level{
	"verbose": slog.LevelDebug, "debug": slog.LevelDebug,
	"trace": slog.LevelInfo, "info": slog.LevelInfo,
	"warn": slog.LevelWarn, "error": slog.LevelError,
}

// Level is the least level that is logged. SRS's trace is the level of its
// ordinary log and so means info.
func (c *Config) Level() slog.Level { return levels[c.LogLevel] }
