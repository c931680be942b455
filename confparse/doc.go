// Package confparse turns configuration files into a tree of directives: bytes,
// words, directives with their places. It includes files, finds the end of inline
// JavaScript, reports every mistake of a run instead of the first, and formats.
//
// It knows no directive's name, except that js_* may take a script and that
// include includes.
package confparse
