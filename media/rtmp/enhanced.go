package rtmp

import (
	"maps"
	"slices"

	"weir/media"
	"weir/media/flv"
	"weir/media/rtmp/amf0"
)

// What a server can do with a codec, and beyond RTMP 1.0 (Enhanced RTMP v2,
// FourCcInfoMask and CapsExMask).
const (
	canForward = 4

	capsMultitrack = 2
	capsModEx      = 4
	capsNanoOffset = 8
)

// enhance adds to the values of connect's result what the server can do (Enhanced
// RTMP v2, Enhancing NetConnection connect Command), if the peer has said what it
// can: older ones get the answer that they know. The specification does not say
// which of the two objects it stands in; both have it.
//
// Codecs are not bargained for: what a publisher sends travels as it is, and a
// player gets what was published, whether it announced the codec or not.
func enhance(asked amf0.Object, result []any) []any {
	if !announces(asked) {
		return result
	}
	out := slices.Clone(result)
	for i, v := range out {
		if o, ok := v.(amf0.Object); ok {
			out[i] = slices.Concat(o, capabilities())
		}
	}
	return out
}

func announces(o amf0.Object) bool {
	return slices.ContainsFunc([]string{"fourCcList", "videoFourCcInfoMap", "audioFourCcInfoMap", "capsEx"}, func(name string) bool {
		return o.Get(name) != nil
	})
}

// capabilities are any codec's forwarding; names stand beside "*" for peers that
// look for theirs.
func capabilities() amf0.Object {
	list := []any{"*"}
	for _, name := range slices.Concat(names(flv.VideoFourCCs), names(flv.AudioFourCCs)) {
		list = append(list, name)
	}
	return amf0.Object{
		{Name: "fourCcList", Value: list},
		{Name: "videoFourCcInfoMap", Value: forwarded(flv.VideoFourCCs)},
		{Name: "audioFourCcInfoMap", Value: forwarded(flv.AudioFourCCs)},
		{Name: "capsEx", Value: capsMultitrack | capsModEx | capsNanoOffset},
	}
}

func forwarded(codecs map[string]media.Codec) amf0.Object {
	o := amf0.Object{{Name: "*", Value: canForward}}
	for _, name := range names(codecs) {
		o = append(o, amf0.Property{Name: name, Value: canForward})
	}
	return o
}

func names(codecs map[string]media.Codec) []string { return slices.Sorted(maps.Keys(codecs)) }
