package rtmp

// streams are message streams of a connection: bit n is that of id n, 1 to MaxStreams.
type streams uint32

func (s streams) has(id uint32) bool { return s&(1<<id) != 0 }
