#!/bin/sh
# Trở về phiên bản trước với dữ liệu như lúc sao lưu trước khi nâng cấp. / Back to the previous version and its data.
set -eu
TO=$(cd "$(dirname "$0")" && pwd)
[ -L "$TO/previous" ] || { echo "✗ Không có phiên bản trước / there is no previous version" >&2; exit 1; }
. "$TO/environment"
BACKUP=$(cat "$TO/previous-backup")
PREVIOUS=$(readlink "$TO/previous")
LEFT=$(readlink "$TO/current")
NEWER=$IOC_DATA/backups/before-rollback-$(date -u +%Y%m%d%H%M%S)
stay() {
  ln -sfn "$LEFT" "$TO/current"
  echo "✗ $1" >&2
  "$TO/toan-canh.sh" start || true
  exit 1
}
echo "1/4 Dừng / stopping"
"$TO/toan-canh.sh" stop
echo "2/4 Giữ lại dữ liệu ghi sau khi nâng cấp / keeping what was written since the upgrade"
if [ -n "${DATABASE_URL:-}" ]; then
  # The embedded store is set aside whole; a PostgreSQL database is written over.
  "$TO/toan-canh.sh" run backup "$NEWER" || [ "${1:-}" = --never-ran ] || stay "Không sao lưu được dữ liệu mới; vẫn ở phiên bản này / the newer data could not be backed up; this version stays"
fi
ln -sfn "$PREVIOUS" "$TO/current"
echo "3/4 Khôi phục / restoring: $BACKUP"
"$TO/toan-canh.sh" run restore "$BACKUP" || stay "Không khôi phục được; vẫn ở phiên bản này với dữ liệu của nó / could not restore; this version stays with its data"
rm -f "$TO/previous" "$TO/previous-backup"
echo "4/4 Khởi động / starting"
"$TO/toan-canh.sh" start
echo "✓ Đã trở về $(basename "$PREVIOUS") / back at it."
echo "  Dữ liệu trở lại như lúc sao lưu trước khi nâng cấp. Điều ghi sau đó không mất nhưng không hiện nữa; xem mục 3 của docs/guides/user/cai-dat.md."
echo "  The data is as it was before the upgrade. What was written since is kept, but not shown: $IOC_DATA"
