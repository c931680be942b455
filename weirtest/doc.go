// Package weirtest runs whole servers for tests: it publishes to them and plays
// from them in every protocol, and gives testscripts the commands for it.
package weirtest
