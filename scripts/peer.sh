#!/bin/sh
# Installs nginx-rtmp, the peer of make bench-peer, with apt where it is missing.
set -eu

module=/usr/lib/nginx/modules/ngx_rtmp_module.so
if command -v nginx >/dev/null && [ -e "$module" ]; then
	exit 0
fi
echo "installing: nginx libnginx-mod-rtmp"
root=
[ "$(id -u)" = 0 ] || root=sudo
# The package would start nginx at port 80: it is to be run by the benchmark only.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
	printf '#!/bin/sh\nexit 101\n' | $root tee "$policy" >/dev/null
	$root chmod +x "$policy"
	trap '$root rm -f "$policy"' EXIT
fi
$root apt-get update -qq
$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx libnginx-mod-rtmp >/dev/null
[ -e "$module" ] || { echo "peer: nginx-rtmp could not be installed" >&2; exit 1; }
