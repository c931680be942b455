//go:build linux

package main

// failures counts errors and keeps the first of them.
type failures struct {
	Count int      `json:"error_count"`
	First []string `json:"errors,omitempty"`
}

const failuresKept = 5

func (f *failures) add(err error) {
	f.Count++
	if len(f.First) < failuresKept {
		f.First = append(f.First, err.Error())
	}
}
