// Package hub carries streams from one publisher to many readers.
//
// A publisher's packets go into a ring, for those that read packets (outputs),
// and, once for all players of a framing, into a log of bytes. A player is a
// cursor into a log: at each flush its sender shard gives its socket what is new
// in one call that does not wait. Nothing on the publisher's path grows with the
// number of players but the wake of their shards.
//
// Locks are taken in this order: a hub's, a subscription's, a source's, a shard's,
// a mirror's or the pulse's. A player's state needs none: it belongs to its shard's goroutine. No
// callback is called under any of these locks.
package hub
