package conf

import "time"

// Publish is what holds for publishers.
type Publish struct {
	// FirstPacketTimeout ends a publisher that sent no packet for so long after it was admitted.
	FirstPacketTimeout time.Duration `conf:"firstpkt_timeout,alias=../publish_1stpkt_timeout,default=20000ms,unit=ms,min=100ms,max=1h,reload=live"`
	// NormalTimeout ends a publisher whose packets have stopped for so long.
	NormalTimeout time.Duration `conf:"normal_timeout,alias=../publish_normal_timeout,default=5000ms,unit=ms,min=100ms,max=1h,reload=live"`
	// KickoffForIdle ends a publisher whose stream nobody has played for so long; 0 never does. Viewers of HLS count while they have a session (hls_ctx).
	KickoffForIdle time.Duration `conf:"kickoff_for_idle,default=0,unit=s,min=0,max=24h,reload=live"`
	// MR lets what a publisher sends gather for mr_latency before it is read: fewer, larger reads.
	MR bool `conf:"mr,default=off,reload=stream"`
	// MRLatency is how long mr lets it gather. It adds to the latency of the stream.
	MRLatency time.Duration `conf:"mr_latency,default=350ms,unit=ms,min=0,max=2s,reload=stream"`
}

// Play is what holds for players.
type Play struct {
	// GOPCache lets a player start at once with the newest group of pictures.
	GOPCache bool `conf:"gop_cache,alias=../gop_cache,default=on,reload=live"`
	// GOPCacheMaxFrames bounds the group that is kept, in packets; without a bound a stream without keyframes would fill the memory.
	GOPCacheMaxFrames int `conf:"gop_cache_max_frames,alias=../gop_cache_max_frames,default=2500,min=1,max=100000,reload=live"`
	// GOPCacheMaxBytes bounds it in bytes; what lagging players can hold of a stream is twice as much.
	GOPCacheMaxBytes int64 `conf:"gop_cache_max_bytes,default=32m,min=64k,max=1g,reload=live"`
	// QueueLength is how far a player may lag, in stream time, before it skips to the newest keyframe.
	QueueLength time.Duration `conf:"queue_length,alias=../queue_length,default=30s,unit=s,min=1s,max=10m,reload=live"`
	// TimeJitter is what becomes of the publisher's times. With full they begin at zero for each player, go on where a publisher is followed by another, and where its clock jumps back or by more than 10s. With zero they begin at zero and jump as the publisher's do, and with off they are the publisher's. It is players of RTMP whose times begin at zero: HTTP-FLV, WebSocket-FLV and MPEG-TS carry the stream's own, for all players the same.
	TimeJitter string `conf:"time_jitter,alias=../time_jitter,default=full,enum=full|zero|off,reload=live"`
	// ATC gives players the publisher's absolute times, as time_jitter off does: what several servers send of one encoder has the same times.
	ATC bool `conf:"atc,alias=../atc,default=off,reload=live"`
	// ATCAuto turns atc on for streams whose onMetaData has bravo_atc "true".
	ATCAuto bool `conf:"atc_auto,alias=../atc_auto,default=off,reload=live"`
	// MixCorrect sends audio and video in the order of their times, for publishers that mix them badly: a packet waits for one of the other kind, at most for nine of its own.
	MixCorrect bool `conf:"mix_correct,alias=../mix_correct,default=off,reload=live"`
	// MWLatency is how much stream time gathers before players are sent what is new, or a sixteenth less: fewer, larger writes.
	MWLatency time.Duration `conf:"mw_latency,alias=../mw_latency,default=100ms,unit=ms,min=0,max=10s,reload=live"`
	// MWMsgs is how many packets gather at least before players are sent what is new, for 200ms beyond mw_latency at most; SRS's default is 8.
	MWMsgs int `conf:"mw_msgs,default=0,min=0,max=128,reload=live"`
	// SendMinInterval is the least time between two sends to a player, on the clock: what comes meanwhile is sent together.
	SendMinInterval time.Duration `conf:"send_min_interval,alias=../send_min_interval,default=0,unit=ms,min=0,max=10s,reload=live"`
	// ReduceSequenceHeader drops sequence headers that only repeat the one before, for players that begin anew at each.
	ReduceSequenceHeader bool `conf:"reduce_sequence_header,alias=../reduce_sequence_header,default=off,reload=live"`
}
