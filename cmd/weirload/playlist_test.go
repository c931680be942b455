//go:build linux

package main

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPlaylist(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want playlist
	}{
		"media": {
			"#EXTM3U\r\n#EXT-X-TARGETDURATION:4\r\n#EXT-X-MEDIA-SEQUENCE:17\r\n#EXT-X-MAP:URI=\"i.mp4\",BYTERANGE=\"1@2\"\r\n#EXTINF:4,\r\na.m4s\r\n#EXTINF:4,\r\nb.m4s\r\n#EXT-X-ENDLIST\r\n",
			playlist{sequence: 17, target: 4 * time.Second, init: "i.mp4", segments: []string{"a.m4s", "b.m4s"}, ended: true},
		},
		"multivariant": {
			"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8\n",
			playlist{variant: "low.m3u8", target: defaultTarget},
		},
		"nonsense": {"#EXT-X-TARGETDURATION:x\n#EXT-X-MEDIA-SEQUENCE", playlist{target: defaultTarget}},
	} {
		if diff := cmp.Diff(c.want, parsePlaylist(c.text), cmp.AllowUnexported(playlist{})); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
