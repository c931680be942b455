package rtmp

import (
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// dataBody is the message that players get of a data message: without
// @setDataFrame, which is meant for the server. It is nil if there is none.
func dataBody(m *chunk.Message) []byte {
	body := m.Body
	if m.Type == chunk.DataAMF3 && len(body) > 0 && body[0] == 0 {
		body = body[1:]
	}
	if len(body) > maxCommand {
		return nil
	}
	name, rest, err := amf0.Next(body)
	if _, ok := name.(string); !ok || err != nil || name == "@clearDataFrame" {
		return nil
	}
	if name != "@setDataFrame" {
		return body
	}
	if name, _, err = amf0.Next(rest); name != "onMetaData" || err != nil {
		return nil
	}
	return rest
}
