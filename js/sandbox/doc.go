// Package sandbox runs scripts in worker processes of this program: the engine of
// package js with the kernel's limits around it. A script that exhausts its memory,
// or cannot be interrupted, costs a process and nothing else.
//
// A worker is this program executed anew (Main, first thing in main). It has a
// socket to the server, no environment, no files and no network: what scripts ask
// for, the server does (js.Host). It ends when its socket closes, and with the
// server. One worker serves all units; a unit that brings it down twice in a minute
// gets one of its own. See docs/adr/0008-worker-process.md for what holds on which
// kernel.
package sandbox
