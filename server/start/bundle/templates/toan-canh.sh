#!/bin/sh
# toan-canh.sh start | stop | status | address | run <lệnh / command> [...]
set -eu
TO=$(cd "$(dirname "$0")" && pwd)
set -a; . "$TO/environment"; set +a
cd "$TO/current"
NODE=$(ls -d "$TO"/current/node_modules/node-*/bin/node | head -n 1)
PID_FILE=$IOC_DATA/toan-canh.pid
LOG=$IOC_DATA/toan-canh.log
UNIT=/etc/systemd/system/toan-canh.service
SCHEME=http
[ -z "${IOC_TLS:-}${IOC_TLS_CERT:-}" ] || SCHEME=https
case "${IOC_HOST:-}" in '' | 0.0.0.0 | ::) HOST=127.0.0.1 ;; *) HOST=$IOC_HOST ;; esac
ADDRESS=$SCHEME://$HOST:${IOC_PORT:-8080}
as_service() { [ -f "$UNIT" ] && grep -q "$TO/" "$UNIT"; }
is_running() { [ -f "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null; }
is_ready() { "$NODE" -e "process.env.NODE_TLS_REJECT_UNAUTHORIZED='0';fetch('$ADDRESS/readyz').then(a=>process.exit(a.ok?0:1),()=>process.exit(1))" 2>/dev/null; }
last_words() { if as_service; then journalctl --unit toan-canh --lines 20 --no-pager; else tail -n 20 "$LOG"; fi >&2 2>/dev/null || true; }
case "${1:-}" in
  start)
    if as_service; then systemctl start toan-canh
    elif ! is_running; then
      nohup "$NODE" --disable-warning=ExperimentalWarning server/main.ts > "$LOG" 2>&1 &
      echo $! > "$PID_FILE"
    fi
    LEFT=180
    until is_ready; do
      LEFT=$((LEFT - 1))
      if [ $LEFT -le 0 ] || { ! as_service && ! is_running; }; then last_words; exit 1; fi
      sleep 1
    done ;;
  stop)
    if as_service; then systemctl stop toan-canh
    elif is_running; then
      PID=$(cat "$PID_FILE")
      kill "$PID"
      while kill -0 "$PID" 2>/dev/null; do sleep 0.2; done
      rm -f "$PID_FILE"
    fi ;;
  status) is_ready && echo "✓ $ADDRESS" || { echo "✗ $ADDRESS" >&2; exit 1; } ;;
  address) echo "$ADDRESS" ;;
  run)
    shift
    [ $# -gt 0 ] || { echo "toan-canh.sh run backup | restore | doctor | acceptance | geo:import | audit:verify | sample:purge | conformance …" >&2; exit 2; }
    # What root makes in the data folder the service could not write, so it is made by the folder's owner.
    OWNER=$(stat -c %U "$IOC_DATA")
    AS=
    if [ "$(id -u)" = 0 ] && [ "$OWNER" != root ]; then AS="setpriv --reuid=$OWNER --regid=$(id -gn "$OWNER") --init-groups"; fi
    exec $AS "$NODE" server/launch.mjs "$@" ;;
  *) echo "toan-canh.sh start | stop | status | address | run <lệnh / command> …" >&2; exit 2 ;;
esac
