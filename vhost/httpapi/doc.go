// Package httpapi is the http_api listener: SRS's API under /api/v1 and the
// metrics under /metrics. It shows what the server knows and ends sessions; it
// changes no configuration.
package httpapi
