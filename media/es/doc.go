// Package es plays the audio of a stream alone, as it is: AAC in ADTS, and MP3.
package es
