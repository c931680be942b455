#!/bin/sh
# Fuzzes each fuzz target of the module, or of some packages, for a time:
#	scripts/fuzz.sh [10s [./media/...]]
# What a target falls over is left in its package's testdata/fuzz and told here.
set -eu
cd "$(dirname "$0")/.."

time=${1:-10s}
[ $# -eq 0 ] || shift
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 1' HUP INT TERM

# package:target, of the test files that are built here
files='{{range .TestGoFiles}}{{$.ImportPath}} {{$.Dir}}/{{.}}
{{end}}{{range .XTestGoFiles}}{{$.ImportPath}} {{$.Dir}}/{{.}}
{{end}}'
go build -o /dev/null "${@:-./...}" # go list passes over what does not parse
go list -f "$files" "${@:-./...}" >"$log"
targets=$(while read -r package file; do
	[ -z "$file" ] || sed -n "s|^func \(Fuzz[A-Za-z0-9_]*\)(f \*testing\.F).*|$package:\1|p" "$file"
done <"$log")
[ -n "$targets" ] || { echo "fuzz: there are no targets" >&2; exit 1; }

fuzz() {
	go test -run '^$' -fuzz "^${1#*:}\$" -fuzztime "$time" -fuzzminimizetime 5s "${1%:*}" >"$log" 2>&1 </dev/null
}

# The engine itself may miss its own deadline at the end, without a finding.
missed() {
	grep -q '^ *context deadline exceeded' "$log" && ! grep -q 'Failing input' "$log"
}

for target in $targets; do
	echo "fuzz $time ${target%:*} ${target#*:}"
	if ! fuzz "$target" && { ! missed || ! fuzz "$target"; }; then
		cat "$log" >&2
		echo "fuzz: ${target%:*} ${target#*:} failed" >&2
		exit 1
	fi
done
