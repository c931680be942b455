package rtmp

import (
	"weir/media/rtmp/amf0"
	"weir/media/rtmp/chunk"
)

// dataBody is the message that players get of a data message: without
// @setDataFrame, which is meant for the server, and in AMF 0. It is nil if there
// is none.
func dataBody(m *chunk.Message) []byte {
	body := m.Body
	if len(body) > maxCommand {
		return nil
	}
	if m.Type == chunk.DataAMF3 {
		body = plain(body)
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

// plain writes the values of an AMF 3 message in AMF 0; nil if they cannot be
// read. The message begins with a byte that says which of the two stands first (7.1.1).
func plain(body []byte) []byte {
	if len(body) > 0 && body[0] == 0 {
		body = body[1:]
	}
	values, err := amf0.Decode(body)
	if err != nil {
		return nil
	}
	return amf0.Append(nil, values...)
}
