#!/bin/sh
# Wall {{wall}} of {{url}}: one kiosk window per display, started again when it ends or its page dies.
BROWSER="${IOC_CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}"
[ -n "$BROWSER" ] || { echo "no Chromium on this machine" >&2; exit 1; }
xset s off -dpms s noblank 2>/dev/null
mkdir -p /var/lib/toan-canh-wall
trap '' PIPE
# A page that died leaves its browser running with an empty face: the browser says so over a pipe, and is ended to come up anew.
keep() {
  pipes=$(mktemp -d)
  mkfifo "$pipes/to" "$pipes/from"
  while :; do
    "$@" --remote-debugging-pipe 3<"$pipes/to" 4>"$pipes/from" >/dev/null 2>&1 &
    window=$!
    exec 5>"$pipes/to"
    printf '%s\0' '{"id":1,"method":"Target.setDiscoverTargets","params":{"discover":true}}' >&5
    grep --null-data --quiet --max-count=1 Target.targetCrashed <"$pipes/from" && kill "$window"
    wait "$window"
    exec 5>&-
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
