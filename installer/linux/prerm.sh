#!/bin/sh
# Before removing: stop the hub in good order. An update restarts it itself.
set -e
[ -z "${DPKG_ROOT:-}" ] || exit 0
if [ "$1" = remove ] && [ -d /run/systemd/system ]; then
  systemctl disable --now lobi-hub.service || :
fi
