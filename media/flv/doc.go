// Package flv is the FLV container: tag bodies and what their first bytes say,
// files and streams of tags, and HTTP-FLV.
//
// The sections are those of Adobe's Video File Format Specification 10.1 (annex
// E) and of Enhanced RTMP v2 (Veovera), whose tag bodies RTMP carries too.
package flv
