#!/bin/sh
# Cài đặt hoặc nâng cấp Toàn Cảnh, không cần mạng. / Installs or upgrades, without a network.
set -eu
umask 022
TO=/opt/toan-canh DATA=/var/lib/toan-canh USER_NAME=toan-canh PORT=8080 SERVICE=yes HOST=127.0.0.1
while [ $# -gt 0 ]; do
  case "$1" in
    --to) TO=$2; shift 2 ;;
    --data) DATA=$2; shift 2 ;;
    --user) USER_NAME=$2; shift 2 ;;
    --port) PORT=$2; shift 2 ;;
    --host) HOST=$2; shift 2 ;;
    --no-service) SERVICE=no; shift ;;
    *) echo "install.sh [--to DIR] [--data DIR] [--user NAME] [--port N] [--host ADDRESS] [--no-service]" >&2; exit 2 ;;
  esac
done
HERE=$(cd "$(dirname "$0")" && pwd)
VERSION=$(cat "$HERE/VERSION")
mkdir -p "$TO" "$DATA"
TO=$(cd "$TO" && pwd) DATA=$(cd "$DATA" && pwd)
cd "$HERE"
echo "1/5 Kiểm tra từng tệp (SHA-256) / checking every file"
sha256sum --check --quiet --strict SHA256SUMS || { echo "✗ Gói bị hỏng: chưa cài gì / the bundle is damaged: nothing was installed" >&2; exit 1; }

echo "2/5 Chép phiên bản $VERSION / copying"
RELEASE=$TO/releases/$VERSION-$(date -u +%Y%m%d%H%M%S)
mkdir -p "$TO/releases"
chmod 700 "$DATA"
cp -a "$HERE/app" "$RELEASE"
cp "$HERE/sbom.cdx.json" "$HERE/VERSION" "$RELEASE/"
cp "$HERE/toan-canh.sh" "$HERE/rollback.sh" "$TO/"
if [ ! -f "$TO/environment" ]; then
  printf 'IOC_DATA=%s\nIOC_PORT=%s\nIOC_HOST=%s\n' "$DATA" "$PORT" "$HOST" > "$TO/environment"
  chmod 600 "$TO/environment"
fi
if [ "$SERVICE" = yes ]; then
  id "$USER_NAME" >/dev/null 2>&1 || useradd --system --home-dir "$DATA" --shell /usr/sbin/nologin "$USER_NAME"
  chown -R "$USER_NAME:" "$DATA"
  chown "$USER_NAME" "$TO/environment"
  sed -e "s#{{TO}}#$TO#g" -e "s#{{DATA}}#$DATA#g" -e "s#{{USER}}#$USER_NAME#g" "$HERE/toan-canh.service" > /etc/systemd/system/toan-canh.service
  systemctl daemon-reload
  systemctl enable toan-canh >/dev/null 2>&1
fi

if [ -L "$TO/current" ]; then
  BACKUP=$DATA/backups/before-$(basename "$RELEASE")
  echo "3/5 Dừng và sao lưu trước khi nâng cấp / stopping and backing up: $BACKUP"
  "$TO/toan-canh.sh" stop
  if ! "$TO/toan-canh.sh" run backup "$BACKUP"; then
    echo "✗ Không sao lưu được: giữ phiên bản cũ / no backup: the old version stays" >&2
    "$TO/toan-canh.sh" start
    rm -rf "$RELEASE"
    exit 1
  fi
  ln -sfn "$(readlink "$TO/current")" "$TO/previous"
  echo "$BACKUP" > "$TO/previous-backup"
else
  echo "3/5 Cài lần đầu, chưa có gì để sao lưu / first installation, nothing to back up"
fi
ln -sfn "$RELEASE" "$TO/current"

echo "4/5 Khởi động / starting"
if "$TO/toan-canh.sh" start; then
  echo "5/5 ✓ Toàn Cảnh $VERSION đang chạy / is running: $("$TO/toan-canh.sh" address)"
  FIRST=$DATA/first-password.txt
  [ -L "$TO/previous" ] || [ ! -f "$FIRST" ] || echo "    Mật khẩu quản trị lần đầu / first password of admin: $FIRST"
else
  echo "✗ Phiên bản $VERSION không khởi động được / did not start" >&2
  if [ -L "$TO/previous" ]; then "$TO/rollback.sh" --never-ran; fi
  exit 1
fi
for OLD in "$TO"/releases/*; do
  [ "$OLD" = "$(readlink "$TO/current")" ] || [ "$OLD" = "$(readlink "$TO/previous" || true)" ] || rm -rf "$OLD"
done
