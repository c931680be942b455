// Package hook is what scripts see of the server: the hook points, the session,
// the live streams, and the verdict that a handler comes
// to. Its tables are the one source of the directives' contracts and of
// js/types/weir.d.ts.
package hook
