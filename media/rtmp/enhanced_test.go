package rtmp_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"weir/media/mediatest"
	"weir/media/rtmp"
	"weir/media/rtmp/amf0"
)

// Whoever says what it can do beyond RTMP 1.0 is told what the server can; others
// get the answer that they know.
func TestConnectTellsWhatTheServerCanDo(t *testing.T) {
	tests := []struct {
		name  string
		says  amf0.Object
		wants bool
	}{
		{"an old encoder", nil, false},
		{"ffmpeg's list", amf0.Object{{Name: "fourCcList", Value: []any{"hvc1", "av01", "vp09"}}}, true},
		{"maps", amf0.Object{{Name: "videoFourCcInfoMap", Value: amf0.Object{{Name: "*", Value: 7}}}, {Name: "capsEx", Value: 3}}, true},
		{"nonsense", amf0.Object{{Name: "fourCcList", Value: "all"}, {Name: "audioFourCcInfoMap", Value: 7}}, true},
	}
	addr := serve(t, mediatest.NewRouter(t), rtmp.Settings{})
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := shake(t, addr)
			p.send(cmd(0, "connect", 1, slices.Concat(amf0.Object{{Name: "app", Value: "live"}, {Name: "tcUrl", Value: "rtmp://a.com/live"}}, tt.says)))
			result := p.next()
			if result == nil || result[0] != "_result" || len(result) != 4 {
				t.Fatalf("connect: %v", result)
			}
			for _, v := range result[2:] {
				o, _ := v.(amf0.Object)
				list, _ := o.Get("fourCcList").([]any)
				video, _ := o.Get("videoFourCcInfoMap").(amf0.Object)
				audio, _ := o.Get("audioFourCcInfoMap").(amf0.Object)
				got := slices.Contains(list, any("*")) && slices.Contains(list, any("hvc1")) && slices.Contains(list, any("ec-3")) &&
					video.Get("*") == 4.0 && video.Get("av01") == 4.0 && audio.Get("Opus") == 4.0 && o.Get("capsEx") == 14.0
				if d := cmp.Diff(tt.wants, got); d != "" {
					t.Errorf("capabilities in %v (-want +got):\n%s", o, d)
				}
			}
			if info, _ := result[3].(amf0.Object); info.String("code") != "NetConnection.Connect.Success" {
				t.Errorf("information object: %v", info)
			}
		})
	}
}
