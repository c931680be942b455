package hls

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"weir/media"
	"weir/media/mediatest"
)

func TestRepublishGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		r.output(key, quick)
		r.publish(key, mediatest.Stream{GOP: 25, NoAudio: true}.Until(1500*time.Millisecond))
		synctest.Wait()
		r.publish(key, mediatest.Stream{GOP: 25, NoAudio: true, Start: time.Hour}.Until(time.Second))
		synctest.Wait()
		want := `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:1
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:1.00000,
cam1-0.ts
#EXTINF:0.52000,
cam1-1.ts
#EXT-X-DISCONTINUITY
#EXTINF:1.00000,
cam1-2.ts
`
		if diff := cmp.Diff(want, r.text(key)); diff != "" {
			t.Errorf("playlist (-want +got):\n%s", diff)
		}
	})
}

func TestPlaylistEndsAndIsFreed(t *testing.T) {
	const list = `#EXTM3U
#EXT-X-VERSION:3
#EXT-X-TARGETDURATION:1
#EXT-X-MEDIA-SEQUENCE:0
#EXTINF:1.00000,
cam1-0.ts
`
	const endlist = list + "#EXT-X-ENDLIST\n"
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		r.output(key, quick)
		second := mediatest.Stream{NoAudio: true}.Until(time.Second)
		r.publish(key, second)
		for _, step := range []struct {
			after time.Duration
			want  string
		}{
			{quick.Dispose - time.Second, list},
			{2 * time.Second, endlist},
			{quick.Window + time.Second, ""},
		} {
			time.Sleep(step.after)
			synctest.Wait()
			if diff := cmp.Diff(step.want, r.text(key)); diff != "" {
				t.Errorf("playlist %v later (-want +got):\n%s", step.after, diff)
			}
		}
		if got := r.store.Stats(); got != (Stats{}) {
			t.Errorf("the store still holds %+v", got)
		}

		// It has given the stream up. One that runs for who comes back begins anew, and
		// ends with its context.
		stop := r.output(key, quick)
		r.publish(key, second)
		synctest.Wait()
		if diff := cmp.Diff(list, r.text(key)); diff != "" {
			t.Errorf("playlist of the second publisher (-want +got):\n%s", diff)
		}
		stop()
		if diff := cmp.Diff(endlist, r.text(key)); diff != "" {
			t.Errorf("playlist of the output's end (-want +got):\n%s", diff)
		}
	})
}

// An output whose settings a reload changed is followed by another.
func TestNextOutputGoesOn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		pub, err := r.router.Publish(t.Context(), &media.Session{Asked: key})
		if err != nil {
			t.Fatal(err)
		}
		stop := r.output(key, quick)
		packets := mediatest.Stream{GOP: 25, NoAudio: true}.Until(3 * time.Second)
		for i, p := range packets {
			if i == len(packets)/2 {
				synctest.Wait()
				stop()
				r.output(key, Settings{Fragment: time.Second, Window: 20 * time.Second})
			}
			if err := pub.WritePacket(p); err != nil {
				t.Fatal(err)
			}
		}
		pub.Close(nil)
		synctest.Wait()
		var got []cut
		for _, s := range r.store.window(key).segments {
			got = append(got, cut{s.duration, s.discontinuity})
		}
		// The second begins with the newest group again, as every subscriber.
		want := []cut{{time.Second, false}, {440 * time.Millisecond, false}, {time.Second, true}, {time.Second, false}}
		if diff := cmp.Diff(want, got, near); diff != "" {
			t.Errorf("segments (-want +got):\n%s", diff)
		}
	})
}

func TestStatsCountWhatIsHeldAndRefused(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t, false)
		r.output(key, quick)
		bad := &media.Packet{Kind: media.Video, Codec: media.H264, Body: []byte{0x27, 1, 0, 0, 0, 0xff}}
		r.publish(key, append(clip(time.Second), bad))
		synctest.Wait()
		got := r.store.Stats()
		if got.Streams != 1 || got.Segments != 1 || got.Bytes == 0 || got.Refused != 1 {
			t.Errorf("Stats = %+v, want one stream, one segment of some bytes, one packet refused", got)
		}
	})
}
