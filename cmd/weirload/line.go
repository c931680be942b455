//go:build linux

package main

// line is a player's or a publisher's connection.
type line struct {
	ended func(err error) // the connection has ended, not by hangUp; may be nil

	conn *conn
}

// hangUp closes the connection without a word to ended.
func (l *line) hangUp() {
	l.ended = nil
	if l.conn != nil {
		l.conn.close(nil)
	}
}

func (l *line) closed(err error) {
	if l.ended != nil {
		l.ended(err)
	}
}
