#!/bin/sh
# After installing: the hub's user, and what the system must read anew. Nothing is started: whether this PC is the hub
# is the person's choice.
set -e
[ -z "${DPKG_ROOT:-}" ] || exit 0
if command -v systemd-sysusers >/dev/null; then
  systemd-sysusers lobi.conf || :
elif ! getent passwd lobi >/dev/null; then
  useradd --system --home-dir /var/lib/lobi --shell /usr/sbin/nologin lobi
fi
if [ -d /run/systemd/system ]; then
  systemctl daemon-reload || :
  # An update takes effect at once where the hub is in use.
  systemctl try-restart lobi-hub.service || :
fi
if command -v udevadm >/dev/null; then
  udevadm control --reload-rules || :
  # Printers that are plugged in already.
  udevadm trigger --action=change --subsystem-match=usb --subsystem-match=usbmisc --subsystem-match=tty || :
fi
