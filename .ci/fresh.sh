#!/bin/sh
# fresh.sh [run|test]: a bare Debian 12 in a folder, a clone of what is committed, then ./run and ./test in it.
# Root only. It gets this machine's way to the package registries, and nothing else of it.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=.ci/install.sh
. "$root/.ci/install.sh"

bare=$cache/fresh/bookworm
what=${1:-run test}
port=4044

[ "$(id -u)" = 0 ] || die "a bare Debian is made with debootstrap, which needs root: sudo ./test fresh"
command -v debootstrap >/dev/null || apt_install debootstrap

leave() { ! mountpoint -q "$bare/proc" || umount "$bare/proc"; }
trap leave EXIT
trap 'exit 130' INT TERM HUP

# shellcheck disable=SC2016 # apt fills in $(SITE)
# The mirror this machine itself uses; without one, debootstrap's own choice.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | grep '/debian/*$' | head -n 1)
leave
rm -rf --one-file-system "$bare"
mkdir -p "$bare"
say "Making a bare Debian 12 in $bare"
debootstrap --variant=minbase bookworm "$bare" ${mirror:+"$mirror"} >"$bare.log" 2>&1 ||
  { tail -n 5 "$bare.log"; die "debootstrap failed"; }

# The way to the registries: names, apt's sources, certificates of this site, and the clients' settings.
copy() {
  for file in "$@"; do
    [ -e "$file" ] || continue
    mkdir -p "$bare$(dirname "$file")"
    cp -RL "$file" "$bare$(dirname "$file")/"
  done
}
copy /etc/resolv.conf /etc/hosts /etc/pip.conf /usr/local/share/ca-certificates /etc/ssl/certs/ca-certificates.crt
copy "${CARGO_HOME:-$HOME/.cargo}/config.toml"
rm -f "$bare/etc/apt/sources.list"
copy /etc/apt/sources.list /etc/apt/sources.list.d
for settings in /etc/apt/apt.conf.d/*; do
  # Only what speaks of fetching: the rest are habits of this machine.
  ! grep -q '^ *Acquire' "$settings" || copy "$settings"
done
for settings in "$HOME/.npmrc" "$(npm config get globalconfig 2>/dev/null)"; do
  [ ! -e "$settings" ] || grep -E '^(registry|cafile|proxy|https-proxy|noproxy) *=' "$settings" >>"$bare/root/.npmrc" || :
done

# A proxy or certificates that this shell was told of.
set -- HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 TERM=dumb CI=true
for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY SSL_CERT_FILE NODE_EXTRA_CA_CERTS PIP_CERT \
  PIP_INDEX_URL CURL_CA_BUNDLE; do
  eval "value=\${$name:-}"
  [ -z "$value" ] || set -- "$@" "$name=$value"
done

# Devices are the few that debootstrap made: nothing in there reaches this machine's own.
mount -t proc proc "$bare/proc"

git clone --quiet "$root" "$bare/root/lobi"
say "Cloned $(git -C "$bare/root/lobi" log -1 --format='%h %s')"

case " $what " in *" run "*)
  began=$(date +%s)
  say "./run on the bare machine"
  # Without CI's settings and from another folder, as a newcomer might.
  env -i "$@" LOBI_LISTEN="127.0.0.1:$port" chroot "$bare" sh -c 'cd /tmp && exec /root/lobi/run' >"$bare.run.log" 2>&1 &
  run_pid=$!
  until grep -q 'Ctrl-C stops it' "$bare.run.log"; do
    kill -0 "$run_pid" 2>/dev/null || { tail -n 30 "$bare.run.log"; die "./run ended before it was ready"; }
    sleep 1
  done
  cat "$bare.run.log"
  say "./run was ready after $(($(date +%s) - began)) s"
  for page in health "" kiosk counter tv api/docs api/services; do
    curl -fsS --max-time 10 -o /dev/null -w "  %{http_code} %{url_effective}\n" "http://127.0.0.1:$port/$page" ||
      { kill "$run_pid"; die "/$page did not answer"; }
  done
  curl -fsS "http://127.0.0.1:$port/kiosk" | grep -qi '<!doctype html' || { kill "$run_pid"; die "/kiosk is no page"; }
  kill "$run_pid"
  wait "$run_pid" || die "./run did not end cleanly"
  say "./run ended cleanly"
  ;;
esac

case " $what " in *" test "*)
  began=$(date +%s)
  say "./test on the bare machine"
  env -i "$@" chroot "$bare" /root/lobi/test || die "./test failed on the bare machine"
  say "./test took $(($(date +%s) - began)) s"
  ;;
esac

[ -z "$(git -C "$bare/root/lobi" status --porcelain)" ] || die "./run or ./test left something in the checkout"
say "On a machine that never saw Lobi this works: $what"
