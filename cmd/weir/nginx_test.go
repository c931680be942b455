package main

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestNginxArgs(t *testing.T) {
	for args, want := range map[string]string{
		"":                    "",
		"-t":                  "test",
		"-t -c a.conf":        "test -c a.conf",
		"-c a.conf -t":        "test -c a.conf",
		"-tc a.conf":          "test -c a.conf",
		"-tca.conf":           "test -c a.conf",
		"-t -q":               "test --quiet",
		"-qt -ca.conf":        "test --quiet -c a.conf",
		"-T":                  "test --dump",
		"-t -T -q -c -":       "test --dump --quiet -c -",
		"-c a.conf":           "run -c a.conf",
		"-ca.conf":            "run -c a.conf",
		"-q -c a.conf":        "run -c a.conf",
		"-c -t":               "run -c -t", // nginx's: the word after -c is a file
		"-c":                  "run -c",
		"-t -c":               "test -c",
		"-v":                  "version",
		"-V":                  "version --modules",
		"-vt":                 "version",
		"-?":                  "--help",
		"-h":                  "--help",
		"-s reload":           "signal reload",
		"-sstop":              "signal stop",
		"-s quit -c a.conf":   "signal -c a.conf quit",
		"-c a.conf -s":        "signal -c a.conf",
		"-c a.conf --json":    "-c a.conf --json", // weir's own
		"run -c a.conf":       "run -c a.conf",
		"check -t":            "check -t",
		"fmt -":               "fmt -",
		"-":                   "-",
		"-x":                  "-x",
		"-t a.conf":           "-t a.conf",
		"--version":           "--version",
		"--help":              "--help",
		"-t --format json":    "-t --format json",
		"check --format=json": "check --format=json",
	} {
		got := strings.Join(nginxArgs(strings.Fields(args)), " ")
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("nginxArgs(%s) (-want +got):\n%s", args, diff)
		}
	}
}
