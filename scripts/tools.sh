#!/bin/sh
# Installs the programs that the tests drive where they are missing: with apt, and
# TypeScript and mpegts.js with npm into .tools; and nginx-rtmp, which the RTMP
# client meets.
set -eu
cd "$(dirname "$0")/.."

tools="ffmpeg ffprobe rtmpdump gst-launch-1.0 chromium python3 cc node npm"
missing=
for tool in $tools; do
	command -v "$tool" >/dev/null || missing="$missing $tool"
done
if [ -n "$missing" ]; then
	echo "installing:$missing"
	root=
	[ "$(id -u)" = 0 ] || root=sudo
	$root apt-get update -qq
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
		ffmpeg rtmpdump gstreamer1.0-tools gstreamer1.0-plugins-good gstreamer1.0-plugins-bad \
		chromium python3 gcc libc6-dev nodejs npm >/dev/null
	for tool in $tools; do
		command -v "$tool" >/dev/null || { echo "tools: $tool could not be installed" >&2; exit 1; }
	done
fi

./scripts/peer.sh

typescript=5.9.3
if ! .tools/node_modules/.bin/tsc --version 2>/dev/null | grep -qF "$typescript"; then
	echo "installing: typescript $typescript"
	npm install --silent --no-audit --no-fund --no-save --prefix .tools "typescript@$typescript"
fi

mpegts=1.8.0
if ! grep -qsF "$mpegts" .tools/mpegts.js; then
	echo "installing: mpegts.js $mpegts"
	mkdir -p .tools
	npm pack --silent --pack-destination .tools "mpegts.js@$mpegts" >/dev/null # its dependencies are for building it
	tar -xzf ".tools/mpegts.js-$mpegts.tgz" -C .tools --strip-components=2 package/dist/mpegts.js
fi
