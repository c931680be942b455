package conf

import "testing"

func TestMisspelt(t *testing.T) {
	for name, want := range map[string]string{
		"publish": "", "onPublish": "publish", "on_publish": "publish", "js_on_publish": "publish", "publsh": "publish", "Publish": "publish",
		"pulbish": "publish", "hls_key": "hlsKey", "onHlsKey": "hlsKey", "HLS": "hls", "playlist_filter": "playlistFilter", "onclose": "close",
		"player": "", "plays": "", "closed": "", "published": "", "once": "", "only": "", "stop_it": "", "default": "", "metdata": "metadata",
		"url": "", "host": "", "list": "", "forwards": "", "updated": "", "limit": "", "connected": "", "unpublsh": "unpublish", "online": "",
	} {
		if got := misspelt(name); got != want {
			t.Errorf("%s means %q, want %q", name, got, want)
		}
	}
}
