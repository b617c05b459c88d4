#!/bin/sh
# Builds lobi-hub.exe, lobi.exe and their tests for Windows, and runs hub and tests under Wine. Called by ./test
# windows, which installed Debian's Rust for it: that one carries the sources of the standard library, which rustup's
# server would otherwise have to give. No window and no voice of Windows can be exercised here.
set -eu

root=$(cd "$(dirname "$0")/.." && pwd)
here=${XDG_CACHE_HOME:-$HOME/.cache}/lobi/windows
target=x86_64-pc-windows-gnu
mkdir -p "$here/bin"

# nokhwa and tts also declare a DLL, whose link fails with "export ordinal too large" unless nothing is exported. The
# name must not change: rustc chooses how to speak to a linker by it.
cat >"$here/bin/x86_64-w64-mingw32-gcc" <<'LINKER'
#!/bin/sh
exec /usr/bin/x86_64-w64-mingw32-gcc "$@" -Wl,--exclude-all-symbols
LINKER
chmod +x "$here/bin/x86_64-w64-mingw32-gcc"

# Wine 8 lacks one function of Windows 10 that Rust's standard library uses. For tests only, never shipped.
cat >"$here/bcryptprimitives.c" <<'DLL'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T length) {
    return SystemFunction036(data, (ULONG)length);
}
DLL
[ -e "$here/bcryptprimitives.dll" ] ||
  x86_64-w64-mingw32-gcc -shared -o "$here/bcryptprimitives.dll" "$here/bcryptprimitives.c" -ladvapi32

# A throw-away Windows; what runs in it finds the DLL above, and the one that Tauri's build brings, in its own folder.
cat >"$here/bin/wine-run" <<RUNNER
#!/bin/sh
export WINEPREFIX="$here/prefix" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml="
beside=\$(dirname "\$1")
# Tests lie one folder below the programs that they start.
cp -u "$here/bcryptprimitives.dll" "\$beside/"
cp -u "$here/bcryptprimitives.dll" "\$beside/../"
[ ! -e "\$beside/../WebView2Loader.dll" ] || cp -u "\$beside/../WebView2Loader.dll" "\$beside/"
exec /usr/lib/wine/wine64 "\$@"
RUNNER
chmod +x "$here/bin/wine-run"

export RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc RUSTDOC=/usr/bin/rustdoc
export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}-windows"
# Nobody debugs these here: without line tables it compiles and links sooner.
export CARGO_PROFILE_DEV_DEBUG=none
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER="$here/bin/x86_64-w64-mingw32-gcc"
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER="$here/bin/wine-run"

cd "$root"
test_windows() {
  timeout "${limit:-4h}" /usr/bin/cargo test ${CI:+--locked} -Z build-std=std,panic_abort --target "$target" --workspace "$@"
}
# One selection for all: another one would want other features of the same libraries, and build them all again.
echo "· Building lobi-hub.exe, lobi.exe and their tests"
test_windows --tests --no-run
echo "· Running the tests under Wine"
# A test that hangs must not look like a build that was too slow.
limit=20m
test_windows --lib --bins --test api --test printer_faults --test printer_tickets || exit 1
