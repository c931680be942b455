#!/bin/sh
# Installs the programs that the tests drive, with apt, where they are missing.
set -eu

tools="ffmpeg ffprobe rtmpdump python3 cc"
missing=
for tool in $tools; do
	command -v "$tool" >/dev/null || missing="$missing $tool"
done
[ -z "$missing" ] && exit 0

echo "installing:$missing"
root=
[ "$(id -u)" = 0 ] || root=sudo
$root apt-get update -qq
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends ffmpeg rtmpdump python3 gcc libc6-dev >/dev/null
for tool in $tools; do
	command -v "$tool" >/dev/null || { echo "tools: $tool could not be installed" >&2; exit 1; }
done
