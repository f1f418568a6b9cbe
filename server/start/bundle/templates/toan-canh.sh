#!/bin/sh
# toan-canh.sh start | stop | status | address | run <lệnh / command> [...]
set -eu
TO=$(cd "$(dirname "$0")" && pwd)
set -a; . "$TO/environment"; set +a
cd "$TO/current"
NODE=$(ls -d "$TO"/current/node_modules/node-*/bin/node | head -n 1)
PID_FILE=$IOC_DATA/toan-canh.pid
LOG=$IOC_DATA/toan-canh.log
SCHEME=http
[ -z "${IOC_TLS:-}${IOC_TLS_CERT:-}" ] || SCHEME=https
ADDRESS=$SCHEME://${IOC_HOST:-127.0.0.1}:${IOC_PORT:-8080}
as_service() { [ -f /etc/systemd/system/toan-canh.service ] && grep -q "$TO/" /etc/systemd/system/toan-canh.service; }
is_running() { [ -f "$PID_FILE" ] && kill -0 "$(cat "$PID_FILE")" 2>/dev/null; }
is_ready() { "$NODE" -e "process.env.NODE_TLS_REJECT_UNAUTHORIZED='0';fetch('$ADDRESS/readyz').then(a=>process.exit(a.ok?0:1),()=>process.exit(1))" 2>/dev/null; }
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
      if [ $LEFT -le 0 ] || { ! as_service && ! is_running; }; then tail -n 20 "$LOG" >&2 2>/dev/null || true; exit 1; fi
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
  run) shift; COMMAND=$1; shift; exec "$NODE" --disable-warning=ExperimentalWarning "server/commands/$COMMAND.ts" "$@" ;;
  *) echo "toan-canh.sh start | stop | status | address | run backup|restore|doctor …" >&2; exit 2 ;;
esac
