// Package workshop is where scripts are worked on: it runs a script as a program,
// runs tests of scripts, reads scripts from a prompt, and makes projects. It runs
// what its user wrote, in this process and without limits of time and memory.
package workshop
