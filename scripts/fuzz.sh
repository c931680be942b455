#!/bin/sh
# Fuzzes every fuzz target of the module for the given time each.
set -eu

time=${1:-10s}
go list -f '{{.Dir}}' ./... | while read -r dir; do
	grep -hoE '^func Fuzz[A-Za-z0-9_]+' "$dir"/*_test.go 2>/dev/null | sed 's/func //' | while read -r target; do
		echo "fuzz ${dir#"$PWD"/} $target"
		(cd "$dir" && go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" . </dev/null >/tmp/weir-fuzz.$$ 2>&1) || {
			cat /tmp/weir-fuzz.$$
			exit 1
		}
	done
done
rm -f /tmp/weir-fuzz.$$
