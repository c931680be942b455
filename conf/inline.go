package conf

import (
	"fmt"

	"weir/confparse"
)

// nameInline gives inline scripts their IDs. Two on one line are told apart by
// the column; one that is included twice keeps its name, being the same.
func (d *decoder) nameInline(c *Config) {
	taken := map[string]confparse.Pos{}
	name := func(h *Handler) {
		at := h.Span.Start
		h.ID = fmt.Sprintf("%s:%d", at.File, at.Line)
		if other, ok := taken[h.ID]; ok && other != at {
			h.ID = fmt.Sprintf("%s:%d", h.ID, at.Col)
		}
		taken[h.ID] = at
	}
	c.written(func(_ *VHost, handlers []*Handler) {
		for _, h := range handlers {
			if h.Script != nil {
				name(h)
			}
		}
	})
}
