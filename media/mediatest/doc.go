// Package mediatest holds synthetic streams, which real decoders accept, a
// Router in memory and a counting player, for the tests of every package.
package mediatest
