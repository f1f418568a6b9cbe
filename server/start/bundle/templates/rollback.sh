#!/bin/sh
# Trở về phiên bản trước với dữ liệu như lúc sao lưu trước khi nâng cấp. / Back to the previous version and its data.
set -eu
TO=$(cd "$(dirname "$0")" && pwd)
[ -L "$TO/previous" ] || { echo "✗ Không có phiên bản trước / there is no previous version" >&2; exit 1; }
BACKUP=$(cat "$TO/previous-backup")
echo "1/3 Dừng / stopping"
"$TO/toan-canh.sh" stop
PREVIOUS=$(readlink "$TO/previous")
LEFT=$(readlink "$TO/current")
ln -sfn "$PREVIOUS" "$TO/current"
echo "2/3 Khôi phục / restoring: $BACKUP"
if ! "$TO/toan-canh.sh" run restore "$BACKUP"; then
  ln -sfn "$LEFT" "$TO/current"
  echo "✗ Không khôi phục được; chưa đổi gì / could not restore; nothing was changed" >&2
  exit 1
fi
rm -f "$TO/previous" "$TO/previous-backup"
echo "3/3 Khởi động / starting"
"$TO/toan-canh.sh" start
echo "✓ Đã trở về $(basename "$PREVIOUS") / back at it. Dữ liệu mới hơn bản sao lưu nằm cạnh kho trong thư mục dữ liệu / newer data lies beside the store."
