#!/bin/sh
# Builds the Debian package and proves it in a clean prefix: it installs, the hub starts from its unit's command line
# and answers, it is removed, the data stays. Called by ./test package, which installed what it needs.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
target=$(cargo metadata --format-version 1 --no-deps | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
fail() {
  echo "package: $*" >&2
  exit 1
}

echo "· Building the programs"
cargo build ${CI:+--locked} --release -p lobi -p lobi-hub --features lobi/custom-protocol
echo "· Making the package"
rm -rf "$target/release/bundle/deb"
overlay="{\"bundle\":{\"linux\":{\"deb\":{\"files\":{\"/usr/bin/lobi-hub\":\"$target/release/lobi-hub\"}}}}}"
(cd src-tauri && "$TAURI_CLI" bundle --bundles deb --features custom-protocol --config "$overlay")
package=$(find "$target/release/bundle/deb" -name '*.deb')
[ -n "$package" ] || fail "no package was made"
echo "· $(basename "$package"): $(du -h "$package" | cut -f 1)"

tmp=$(mktemp -d)
hub=
end() {
  [ -z "$hub" ] || kill "$hub" 2>/dev/null || :
  rm -rf "$tmp"
}
trap end EXIT
prefix=$tmp/root
mkdir -p "$prefix/var/lib/dpkg/info" "$prefix/var/lib/dpkg/updates" "$prefix/etc" "$prefix/var/lib/lobi"
: >"$prefix/var/lib/dpkg/status"
installed() { dpkg --root="$prefix" --force-depends --force-script-chrootless --force-not-root "$@" >"$tmp/dpkg" 2>&1 || { cat "$tmp/dpkg" >&2; fail "dpkg $1"; }; }

installed --install "$package"
for file in usr/bin/lobi usr/bin/lobi-hub usr/lib/systemd/system/lobi-hub.service usr/lib/systemd/user/lobi@.service \
  usr/lib/sysusers.d/lobi.conf usr/lib/udev/rules.d/70-lobi-usb-printer.rules \
  usr/share/applications/lobi-kiosk.desktop usr/share/applications/lobi-counter.desktop \
  usr/share/applications/lobi-tv.desktop usr/share/applications/lobi-receptionist.desktop \
  usr/share/icons/hicolor/scalable/apps/lobi.svg; do
  [ -s "$prefix/$file" ] || fail "$file is missing"
done
! command -v desktop-file-validate >/dev/null || desktop-file-validate "$prefix"/usr/share/applications/lobi-*.desktop
! command -v systemd-analyze >/dev/null || systemd-analyze verify --root="$prefix" --man=no lobi-hub.service 2>&1 | grep -i "lobi-hub.service" || :
"$prefix/usr/bin/lobi" --version

# The unit's own command line, with this prefix before its paths and a free port of this machine only.
command=$(sed -n 's/^ExecStart=//p' "$prefix/usr/lib/systemd/system/lobi-hub.service")
command=$(printf '%s' "$command" | sed "s#/usr/bin/#$prefix/usr/bin/#; s#/var/lib/#$prefix/var/lib/#; s#0\.0\.0\.0:4040#127.0.0.1:0#")
mkfifo "$tmp/said"
$command >"$tmp/said" 2>"$tmp/log" &
hub=$!
read -r line <"$tmp/said" || { cat "$tmp/log" >&2; fail "the hub does not start"; }
address=${line#lobi-hub ready }
curl -sf "$address/health" | grep -q '"status":"ok"' || fail "the hub is not well"
curl -sf "$address/" | grep -q '<div id="app">' || fail "the hub serves no screens"
curl -sf "$address/api/voices/id" | grep -q huruf-a || fail "the hub has no voices"
kill "$hub"
wait "$hub" || fail "the hub did not stop in good order"
hub=

[ -s "$prefix/var/lib/lobi/lobi.key" ] || fail "the hub kept no data"
installed --purge lobi
[ ! -e "$prefix/usr/bin/lobi-hub" ] || fail "the program is still there after removal"
[ -s "$prefix/var/lib/lobi/lobi.key" ] || fail "the data went with the package"
echo "· Installed, ran, removed; the data stayed."
