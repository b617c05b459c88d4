#!/bin/sh
# Draws the desktop program's icons from lobi.svg. Run it after changing the drawing (apt: librsvg2-bin icoutils).
set -eu
cd "$(dirname "$0")"
icons=../../src-tauri/icons
mkdir -p "$icons"
draw() { rsvg-convert --width "$1" --height "$1" lobi.svg --output "$2"; }
draw 32 "$icons/32x32.png"
draw 128 "$icons/128x128.png"
draw 256 "$icons/128x128@2x.png"
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
for size in 16 24 32 48; do draw $size "$tmp/$size.png"; done
icotool --create --output "$icons/icon.ico" "$tmp"/*.png --raw="$icons/128x128@2x.png"
