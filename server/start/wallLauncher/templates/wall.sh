#!/bin/sh
# Wall {{wall}} of {{url}}: one kiosk window per display, started again when it ends.
BROWSER="${IOC_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
[ -n "$BROWSER" ] || { echo "no Chromium on this machine" >&2; exit 1; }
xset s off -dpms s noblank 2>/dev/null
mkdir -p /var/lib/toan-canh-wall
keep() {
  while :; do
    "$@" >/dev/null 2>&1
    sleep 2
  done
}
until curl --silent --fail --output /dev/null "{{url}}/healthz"; do
  tries=$((${tries:-0} + 1))
  [ "$tries" -ge 60 ] && break
  sleep 2
done
{{linuxLines}}
wait
