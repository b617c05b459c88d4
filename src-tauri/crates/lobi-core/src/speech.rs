//! What a call sounds like: the sentence for a voice that reads, and the clips for a voice that was recorded.

mod numerals;
pub mod turns;
pub mod voices;

use serde::{Deserialize, Serialize};

use crate::names::named;

pub use numerals::{english, terbilang};

named! {
    /// A language that calls are spoken in.
    pub enum Language {
        /// Indonesian, always first.
        Id = "id",
        /// English, second where the site wants it.
        En = "en",
    }
}

named! {
    /// How a number is read: `A012` as "A, dua belas" or as "A, nol, satu, dua".
    #[derive(Default)]
    pub enum NumberStyle {
        /// As a number: "dua belas".
        #[default]
        Words = "words",
        /// Digit by digit, as printed: "nol, satu, dua".
        Digits = "digits",
    }
}

/// One sentence in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Spoken {
    /// Its language.
    pub language: Language,
    /// For engines that read text.
    #[cfg_attr(
        feature = "schema",
        schema(example = "Nomor antrean A, dua belas, Poli Umum, silakan ke loket tiga")
    )]
    pub sentence: String,
    /// For the voice pack: names of clips to be played without gaps. A name that ends in `?` is left out where
    /// the pack lacks it. Empty: no clips say this, an engine must read it.
    pub clips: Vec<String>,
}

/// What is called, and where to.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The service's letters: `A`.
    pub kode: &'a str,
    /// The number behind them: 12.
    pub number: u32,
    /// The service's name in the language of the sentence.
    pub service: &'a str,
    /// The service's slug, which names its optional clip.
    pub slug: &'a str,
    /// The counter.
    pub counter: u32,
}

/// A sentence with places for `{nomor}`, `{layanan}` and `{loket}`, and its clips with places for `{nomor}`,
/// `{slug}` and `{loket}`, separated by spaces.
#[derive(Clone, Copy, Debug)]
pub struct Template<'a> {
    /// For engines that read.
    pub sentence: &'a str,
    /// For the voice pack.
    pub clips: &'a str,
}

/// Says a call in one language.
pub fn say(call: Call<'_>, language: Language, style: NumberStyle, template: Template<'_>) -> Spoken {
    let words = match language {
        Language::Id => terbilang,
        Language::En => english,
    };
    let nomor = spelled(call, style, words);
    let sentence = template
        .sentence
        .replace("{nomor}", &nomor.join(", "))
        .replace("{layanan}", call.service)
        .replace("{loket}", &words(call.counter));
    let clips = template
        .clips
        .split_whitespace()
        .flat_map(|part| match part {
            "{nomor}" => number_clips(call, style),
            "{loket}" => clips_of(call.counter),
            name => vec![name.replace("{slug}", call.slug)],
        })
        .collect();
    Spoken { language, sentence, clips }
}

/// Letters one by one, then the number in the chosen style.
fn spelled(call: Call<'_>, style: NumberStyle, words: fn(u32) -> String) -> Vec<String> {
    let letters = call.kode.chars().map(|letter| letter.to_uppercase().to_string());
    let number: Vec<String> = match style {
        NumberStyle::Words => vec![words(call.number)],
        NumberStyle::Digits => digits(call.number).map(words).collect(),
    };
    letters.chain(number).collect()
}

fn number_clips(call: Call<'_>, style: NumberStyle) -> Vec<String> {
    let letters = call.kode.chars().map(|letter| match letter.to_digit(10) {
        Some(digit) => format!("angka-{digit}"),
        None => format!("huruf-{}", letter.to_lowercase()),
    });
    let number = match style {
        NumberStyle::Words => clips_of(call.number),
        NumberStyle::Digits => digits(call.number).map(|digit| format!("angka-{digit}")).collect(),
    };
    letters.chain(number).collect()
}

/// The digits as printed: three of them, more only above 999.
fn digits(number: u32) -> impl Iterator<Item = u32> {
    format!("{number:03}").into_bytes().into_iter().map(|digit| u32::from(digit - b'0'))
}

/// The clips that say a number: up to 9999 by thousands, hundreds and the rest; above that digit by digit.
fn clips_of(number: u32) -> Vec<String> {
    if number > 9_999 {
        return digits(number).map(|digit| format!("angka-{digit}")).collect();
    }
    let (thousands, hundreds, rest) = (number / 1_000, number / 100 % 10, number % 100);
    let mut clips = Vec::new();
    clips.extend((thousands > 0).then(|| format!("ribu-{thousands}")));
    clips.extend((hundreds > 0).then(|| format!("ratus-{hundreds}")));
    clips.extend((rest > 0 || number == 0).then(|| format!("angka-{rest}")));
    clips
}

/// The names of every clip that a complete voice pack has.
pub fn pack_names() -> impl Iterator<Item = String> {
    let letters = ('a'..='z').map(|letter| format!("huruf-{letter}"));
    let rests = (0..=99).map(|number| format!("angka-{number}"));
    let units = (1..=9).flat_map(|digit| [format!("ratus-{digit}"), format!("ribu-{digit}")]);
    letters.chain(rests).chain(units).chain(["nomor-antrean".to_owned(), "silakan-ke-loket".to_owned()])
}

#[cfg(test)]
mod tests;
