package hls

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	"weir/media"
)

// Output writes a stream into a Store. It may write several streams at once.
type Output struct {
	store    *Store
	settings Settings
}

var _ media.Output = (*Output)(nil)

// Output returns an output with the settings of a vhost.
func (s *Store) Output(set Settings) *Output {
	return &Output{store: s, settings: set.withDefaults()}
}

// Name returns "hls".
func (*Output) Name() string { return "hls" }

// Run cuts the stream into segments until ctx ends, or there was no publisher for
// the time of Settings.Dispose, which are no errors, or sub ends. Segments and
// numbers go on when a publisher comes again, and when an Output runs again for
// the key. The playlist ends when Run returns.
func (o *Output) Run(ctx context.Context, key media.Key, sub media.Subscription) error {
	r := run{Output: o, key: key}
	r.segmenter = segmenter{fragment: o.settings.Fragment, broken: true, add: r.add}
	r.window = o.store.open(key, o.settings)
	defer r.close()
	var packets [64]*media.Packet
	for {
		n, err := r.next(ctx, sub, packets[:])
		r.write(packets[:n])
		switch {
		case err == nil:
		case errors.Is(err, media.ErrUnpublished):
			r.unpublish()
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, context.DeadlineExceeded):
			return nil
		default:
			return fmt.Errorf("hls %s: read stream: %w", key, err)
		}
	}
}

// run is one call of Run.
type run struct {
	*Output
	key       media.Key
	segmenter segmenter
	window    *window
	absent    time.Time
	refused   []media.Kind // of this publisher's packets, which were logged
}

// next reads on. It gives up when the publisher's absence has lasted too long.
func (r *run) next(ctx context.Context, sub media.Subscription, into []*media.Packet) (int, error) {
	if !r.absent.IsZero() {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, r.absent.Add(r.settings.Dispose))
		defer cancel()
	}
	return sub.Next(ctx, into)
}

func (r *run) write(packets []*media.Packet) {
	if len(packets) == 0 {
		return
	}
	r.absent = time.Time{}
	for _, p := range packets {
		if err := r.segmenter.write(p); err != nil {
			r.refuse(p.Kind, err)
		}
	}
	clear(packets)
}

func (r *run) unpublish() {
	if err := r.segmenter.end(); err != nil {
		r.refuse(0, err)
	}
	r.absent, r.refused = time.Now(), nil
}

// refuse counts a packet that could not be carried; the first of each publisher
// and kind is logged.
func (r *run) refuse(k media.Kind, err error) {
	r.store.refused.Add(1)
	if slices.Contains(r.refused, k) {
		return
	}
	r.refused = append(r.refused, k)
	if r.store.Log != nil {
		r.store.Log.Warn("hls: packet left out", slog.String("vhost", r.key.VHost), slog.String("app", r.key.App),
			slog.String("stream", r.key.Stream), slog.Any("reason", err))
	}
}

func (r *run) add(s *segment) {
	if r.window.add(s) {
		r.store.announce()
	}
	if r.store.Finished != nil {
		r.store.Finished(r.key, Segment{
			URL: fmt.Sprintf("%s-%d.ts", r.key.Path(), s.seq), PlaylistURL: r.key.Path() + ".m3u8",
			Seq: uint64(s.seq), Duration: s.duration, Size: int64(len(s.data)),
		})
	}
}

// close flushes and ends the playlist.
func (r *run) close() {
	if err := r.segmenter.end(); err != nil {
		r.refuse(0, err)
	}
	r.window.close(time.Now())
}
