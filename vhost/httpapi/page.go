package httpapi

import (
	"net/http"
	"strconv"
)

// pageSize is how many entries an answer has unless count= says otherwise.
const pageSize = 10

// page is the part of list that start= and count= ask for.
func page[T any](r *http.Request, list []T) []T {
	start, count := number(r, "start", 0), number(r, "count", pageSize)
	if start > len(list) {
		start = len(list)
	}
	return list[start:min(start+count, len(list))]
}

func number(r *http.Request, name string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(name))
	if err != nil || n < 0 || n > 1e6 {
		return otherwise
	}
	return n
}
