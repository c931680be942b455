// Command weirload drives RTMP, HTTP-FLV and HLS live servers on this machine and
// measures what they cost: latency, missed frames, stalls, the time to the first
// frame, and the server's processor time and memory. Every mode prints one JSON
// object on standard output.
//
// It drives its connections by epoll, in one goroutine, so that thousands of players
// leave the processor to the server; so it runs on Linux only.
package main
