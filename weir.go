// Package weir is the composition root: it builds a live-streaming server from a
// configuration file and keeps it in step with the file.
package weir
