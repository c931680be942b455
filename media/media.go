// Package media holds the nouns of live media: the packet, the names of a
// stream, the session of a peer, and the interfaces between the protocols, which
// carry media, and the router, which decides about it.
//
// It knows no protocol, no configuration and no script.
package media
