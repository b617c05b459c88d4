#!/bin/sh
# After removing: the data stays, also on purge. It is the clinic's, not the package's.
set -e
[ -z "${DPKG_ROOT:-}" ] || exit 0
[ ! -d /run/systemd/system ] || systemctl daemon-reload || :
if [ "$1" = purge ] && [ -d /var/lib/lobi ]; then
  echo "Data Lobi tetap di /var/lib/lobi. Hapus sendiri bila memang tidak diperlukan lagi."
fi
