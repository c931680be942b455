package web

import (
	"context"
	"errors"
	"fmt"
	"net/http/httptest"
	"testing"

	"weir/media"
)

func TestRefuse(t *testing.T) {
	tests := []struct {
		name     string
		err      error
		code     int
		text     string
		location string
	}{
		{"denied", &media.Denied{Code: 401, Reason: "expired"}, 401, "expired\n", ""},
		{"denied without a code", &media.Denied{Reason: "no"}, 403, "no\n", ""},
		{"denied as success", &media.Denied{Code: 200}, 403, "denied (200)\n", ""},
		{"denied out of range", &media.Denied{Code: 99999, Reason: "no"}, 403, "no\n", ""},
		{"redirect", &media.Denied{Code: 302, Redirect: "http://b/live/x.flv"}, 302, "denied (302)\n", "http://b/live/x.flv"},
		{"redirect for good", &media.Denied{Code: 308, Redirect: "/live/y.flv"}, 308, "denied (308)\n", "/live/y.flv"},
		{"redirect with a code of its own", &media.Denied{Code: 403, Reason: "gone", Redirect: "/y"}, 302, "gone\n", "/y"},
		{"not found", fmt.Errorf("hub: %w", media.ErrNotFound), 404, "hub: no such stream\n", ""},
		{"bad name", media.ErrBadName, 400, "bad name\n", ""},
		{"busy", media.ErrBusy, 409, media.ErrBusy.Error() + "\n", ""},
		{"shutdown", media.ErrShutdown, 503, media.ErrShutdown.Error() + "\n", ""},
		{"overload", media.ErrOverload, 503, media.ErrOverload.Error() + "\n", ""},
		{"cancelled", context.Canceled, 503, "context canceled\n", ""},
		{"kicked", &media.Kicked{Reason: "late"}, 403, "kicked: late\n", ""},
		{"unknown", errors.New("open /secret: no"), 500, "Internal Server Error\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			Refuse(w, tt.err)
			if w.Code != tt.code || w.Body.String() != tt.text || w.Header().Get("Location") != tt.location {
				t.Errorf("answer %d %q to %q, want %d %q to %q",
					w.Code, w.Body, w.Header().Get("Location"), tt.code, tt.text, tt.location)
			}
		})
	}
}
