// Package vhost routes sessions and rules their life: which virtual host, may
// they, under which name, which scripts hear of them, which outputs a stream gets,
// and what a reload swaps. It knows no protocol: they call its Server as their
// media.Router.
//
// The order of admission is one for all protocols: names are checked, the script's
// gate decides, a renamed key is checked again, and the reservation of the final
// key alone decides whether a stream is busy. Nothing with a side effect happens
// before.
package vhost
