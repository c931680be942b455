// Package ts writes MPEG transport streams (ISO/IEC 13818-1), as HLS's segments
// and HTTP-TS carry them, of H.264, H.265, AAC, MP3, AC-3,
// E-AC-3 and Opus.
//
// Packets come with FLV tag bodies. What those hold is bounded and checked here
// before it is given to the library that frames it.
package ts
