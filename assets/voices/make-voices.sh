#!/bin/sh
# Makes the voice packs id/ and en/ beside this script: short FLAC clips that a call is joined from.
# Needs espeak-ng and sox. Does nothing for a pack that is complete and newer than this script.
#
#   make-voices.sh             make what is missing or old
#   make-voices.sh --measure   print length, loudness and size of what is there
#   make-voices.sh --names     print the names of all clips
#
# Clip names are the contract with lobi-core, which composes a call from them; see README.md here.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
script=$here/$(basename -- "$0")

# Loudness of every clip, as the level of its speech.
rms_db=-20
peak_db=-1

# A comma is heard as a breath in front of the phrases that follow one, so that clips can be joined without gaps.
breath_of() {
    case $1 in
    silakan-*) echo 0.18 ;;
    *) echo 0.006 ;;
    esac
}

# And behind the ones that stand alone before what follows.
tail_of() {
    case $1 in
    huruf-*) echo 0.05 ;;
    dipanggil-ulang) echo 0.25 ;;
    *) echo 0.012 ;;
    esac
}

names() {
    for letter in a b c d e f g h i j k l m n o p q r s t u v w x y z; do echo "huruf-$letter"; done
    n=0
    while [ $n -le 99 ]; do echo "angka-$n"; n=$((n + 1)); done
    for n in 1 2 3 4 5 6 7 8 9; do echo "ratus-$n"; done
    for n in 1 2 3 4 5 6 7 8 9; do echo "ribu-$n"; done
    for name in nomor-antrean silakan-ke-loket silakan-ke dipanggil-ulang loket; do echo "$name"; done
}

# Indonesian is given in espeak's phonemes where its spelling rules are wrong: schwa and e are one letter in writing
# (empat, enam and belas have the schwa; loket has not).
id_digit() {
    case $1 in
    0) echo "n'ol" ;; 1) echo "s'atu" ;; 2) echo "d'ua" ;; 3) echo "t'iga" ;; 4) echo "@mp'at" ;;
    5) echo "l'ima" ;; 6) echo "@n'am" ;; 7) echo "t'udZuh" ;; 8) echo "d@l'apan" ;; 9) echo "s@mb'ilan" ;;
    esac
}

id_number() {
    tens=$(($1 / 10))
    units=$(($1 % 10))
    case $1 in
    [0-9]) id_digit "$1" ;;
    10) echo "s@p'uluh" ;;
    11) echo "s@b@l'as" ;;
    1?) echo "$(id_digit $units) b@l'as" ;;
    ?0) echo "$(id_digit $tens) p'uluh" ;;
    *) echo "$(id_digit $tens) p'uluh $(id_digit $units)" ;;
    esac
}

id_words() {
    case $1 in
    huruf-*) echo "${1#huruf-}" | tr '[:lower:]' '[:upper:]' ;;
    angka-*) echo "[[$(id_number "${1#angka-}")]]" ;;
    ratus-1) echo "[[s@R2'atus]]" ;;
    ratus-*) echo "[[$(id_digit "${1#ratus-}") R2'atus]]" ;;
    ribu-1) echo "[[s@R2'ibu]]" ;;
    ribu-*) echo "[[$(id_digit "${1#ribu-}") R2'ibu]]" ;;
    nomor-antrean) echo "nomor antrean" ;;
    silakan-ke-loket) echo "[[sil'akan k@ l'okEt]]" ;;
    silakan-ke) echo "silakan ke" ;;
    dipanggil-ulang) echo "panggilan ulang" ;;
    loket) echo "[[l'okEt]]" ;;
    esac
}

# Hundreds and thousands without "and": the clip must also be right when nothing follows ("one hundred").
en_words() {
    case $1 in
    huruf-*) echo "${1#huruf-}" | tr '[:lower:]' '[:upper:]' ;;
    angka-*) echo "${1#angka-}" ;;
    ratus-*) echo "${1#ratus-} hundred" ;;
    ribu-*) echo "${1#ribu-} thousand" ;;
    nomor-antrean) echo "number" ;;
    silakan-ke-loket) echo "please go to counter" ;;
    silakan-ke) echo "please go to" ;;
    dipanggil-ulang) echo "second call" ;;
    loket) echo "counter" ;;
    esac
}

is_made() {
    for name in $(names); do [ -s "$here/$1/$name.flac" ] || return 1; done
    [ -z "$(find "$here/$1" -name '*.flac' ! -newer "$script" | head -n 1)" ]
}

level() { # file, "RMS lev" or "Pk lev" → dB
    sox "$1" -n stats 2>&1 | awk -v what="$2" 'index($0, what) == 1 { print $4; exit }'
}

clip() { # language, name, file to write
    espeak-ng -v "$1" -s "$2" -p 45 -z -w "$work/raw.wav" "$4"
    # Silence off both ends, then a level that is equal for all; a limiter holds the few sharp peaks.
    sox "$work/raw.wav" "$work/cut.wav" highpass 70 lowpass -2 8000 silence 1 0.003 0.4% reverse silence 1 0.003 0.4% reverse
    # shellcheck disable=SC2046 # the numbers are words on purpose
    set -- "$3" $(level "$work/cut.wav" "RMS lev") $(level "$work/cut.wav" "Pk lev")
    gain=$(awk -v have="$2" -v want=$rms_db 'BEGIN { print want - have }')
    over=$(awk -v peak="$3" -v gain="$gain" -v top=$peak_db 'BEGIN { print (peak + gain > top) }')
    if [ "$over" = 1 ]; then
        sox -D "$work/cut.wav" -b 16 "$work/level.wav" gain "$gain" compand 0.0005,0.03 "6:-8,-8,0,-2" -0.5 -90 0.0005
    else
        sox -D "$work/cut.wav" -b 16 "$work/level.wav" gain "$gain"
    fi
    sox -D "$work/level.wav" -r 22050 -c 1 -b 16 "$work/quiet.wav" \
        fade t 0.004 0 0.008 pad "$(breath_of "$1")" "$(tail_of "$1")" vol 0.25
    # Down and up again leaves the two lowest bits empty: a fifth smaller, and nobody in a lobby hears -84 dB.
    sox -D "$work/quiet.wav" -C 8 "$work/pack/$1.flac" vol 4
}

make() { # language
    if is_made "$1"; then return; fi
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    trap 'exit 1' HUP INT TERM
    mkdir "$work/pack"
    for name in $(names); do
        case $1 in
        id) clip id 150 "$name" "$(id_words "$name")" ;;
        en) clip en-gb 145 "$name" "$(en_words "$name")" ;;
        esac
    done
    mkdir -p "$here/$1"
    mv -f "$work/pack"/*.flac "$here/$1/"
    rm -rf "$work"
    trap - EXIT
    echo "voices/$1: $(names | wc -l) clips, $(du -sk --apparent-size "$here/$1" | cut -f1) KiB"
}

measure() { # language
    echo "voices/$1: $(du -sk --apparent-size "$here/$1" | cut -f1) KiB"
    for name in $(names); do
        file=$here/$1/$name.flac
        echo "$(level "$file" "RMS lev") $(level "$file" "Pk lev") $(soxi -D "$file") $name"
    done | awk '
        NR == 1 { quiet = loud = $1; peak = $2 }
        { if ($1 < quiet) quiet = $1; if ($1 > loud) loud = $1; if ($2 > peak) peak = $2; seconds += $3 }
        END { printf "  clips: RMS %.1f to %.1f dBFS (breaths included), highest peak %.1f dBFS, %.1f s together\n", quiet, loud, peak, seconds }'
    joined=$(mktemp -d)
    set -- "$here/$1" "$joined/call.wav"
    sox "$1/nomor-antrean.flac" "$1/huruf-a.flac" "$1/angka-12.flac" "$1/silakan-ke-loket.flac" "$1/angka-3.flac" "$2"
    printf '  A12 to counter 3, joined: %s s, RMS %s dBFS, peak %s dBFS\n' \
        "$(soxi -D "$2")" "$(level "$2" "RMS lev")" "$(level "$2" "Pk lev")"
    rm -r "$joined"
}

case ${1:-} in
--names) names ;;
--measure) measure id; measure en ;;
"") make id; make en ;;
*) echo "usage: $0 [--measure|--names]" >&2; exit 2 ;;
esac
