//! Tables of how numbers and calls sound.

use std::collections::HashSet;

use super::*;

const ID: Template<'_> = Template {
    sentence: "Nomor antrean {nomor}, {layanan}, silakan ke loket {loket}",
    clips: "nomor-antrean {nomor} layanan-{slug}? silakan-ke-loket {loket}",
};

fn a_call(kode: &str, number: u32, counter: u32) -> Call<'_> {
    Call { kode, number, service: "Poli Umum", slug: "umum", counter }
}

#[test]
fn numbers_are_said_as_an_indonesian_says_them() {
    let table = [
        (0, "nol"),
        (1, "satu"),
        (9, "sembilan"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (110, "seratus sepuluh"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (212, "dua ratus dua belas"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_111, "seribu seratus sebelas"),
        (2_000, "dua ribu"),
        (11_000, "sebelas ribu"),
        (100_000, "seratus ribu"),
        (1_000_000, "satu juta"),
        (
            u32::MAX,
            "empat miliar dua ratus sembilan puluh empat juta sembilan ratus enam puluh tujuh ribu dua ratus sembilan puluh lima",
        ),
    ];
    for (number, words) in table {
        assert_eq!(terbilang(number), words);
    }
    assert_eq!(english(212), "two hundred twelve");
    assert_eq!(english(21), "twenty-one");
    assert_eq!(english(1_000), "one thousand");
}

#[test]
fn no_two_numbers_sound_the_same() {
    for words in [terbilang, english] {
        let said: HashSet<String> = (0..=9_999).map(words).collect();
        assert_eq!(said.len(), 10_000);
    }
}

/// What the words of a terbilang are worth, read back by the rules of the language.
fn worth(words: &str) -> u32 {
    let (mut total, mut group, mut last) = (0, 0, 0);
    for word in words.split(' ') {
        match word {
            "belas" => (group, last) = (group + 10 + last, 0),
            "puluh" => (group, last) = (group + last * 10, 0),
            "ratus" => (group, last) = (group + last * 100, 0),
            "ribu" => (total, group, last) = ((group + last) * 1_000, 0, 0),
            "sepuluh" => group += 10,
            "sebelas" => group += 11,
            "seratus" => group += 100,
            "seribu" => total += 1_000,
            digit => last = terbilang_of(digit),
        }
    }
    total + group + last
}

fn terbilang_of(digit: &str) -> u32 {
    (0..10).find(|number| terbilang(*number) == digit).unwrap()
}

#[test]
fn words_read_back_give_the_number() {
    for number in 0..=9_999 {
        assert_eq!(worth(&terbilang(number)), number, "{}", terbilang(number));
    }
}

#[test]
fn a_call_is_the_sentence_people_know() {
    let spoken = say(a_call("A", 12, 3), Language::Id, NumberStyle::Words, ID);
    assert_eq!(spoken.sentence, "Nomor antrean A, dua belas, Poli Umum, silakan ke loket tiga");
    assert_eq!(
        spoken.clips,
        ["nomor-antrean", "huruf-a", "angka-12", "layanan-umum?", "silakan-ke-loket", "angka-3"]
    );
}

#[test]
fn digits_are_said_as_printed() {
    let spoken = say(a_call("A", 12, 3), Language::Id, NumberStyle::Digits, ID);
    assert_eq!(spoken.sentence, "Nomor antrean A, nol, satu, dua, Poli Umum, silakan ke loket tiga");
    assert_eq!(spoken.clips[1..5], ["huruf-a", "angka-0", "angka-1", "angka-2"]);
    let many = say(a_call("A", 1_000, 3), Language::Id, NumberStyle::Digits, ID);
    assert_eq!(many.clips[1..6], ["huruf-a", "angka-1", "angka-0", "angka-0", "angka-0"]);
}

/// The whole table 0–999 × letters: every call has a sentence and clips of the pack that say the same.
#[test]
fn every_number_of_every_letter_has_its_clips() {
    let pack: HashSet<String> = pack_names().collect();
    for letter in 'A'..='Z' {
        let kode = letter.to_string();
        for number in 0..=999 {
            let spoken = say(a_call(&kode, number, 1 + number % 40), Language::Id, NumberStyle::Words, ID);
            for clip in spoken.clips.iter().filter(|clip| !clip.ends_with('?')) {
                assert!(pack.contains(clip), "{kode}{number:03} needs {clip}");
            }
            assert_eq!(spoken.clips[1], format!("huruf-{}", letter.to_ascii_lowercase()));
            assert!(spoken.sentence.contains(&format!("{letter}, {},", terbilang(number))));
            let said: u32 = spoken.clips[2..]
                .iter()
                .take_while(|clip| !clip.ends_with('?'))
                .map(|clip| clip_worth(clip))
                .sum();
            assert_eq!(said, number);
        }
    }
}

fn clip_worth(clip: &str) -> u32 {
    let (kind, number) = clip.split_once('-').unwrap();
    let number: u32 = number.parse().unwrap();
    number
        * match kind {
            "ribu" => 1_000,
            "ratus" => 100,
            _ => 1,
        }
}
