//! Numbers in words. Indonesian (terbilang) says "se-" for one ten, hundred and thousand: sepuluh, sebelas, seratus, seribu.

const ID: [&str; 12] = [
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh",
    "sebelas",
];

/// A number in Indonesian words: 1_011 is "seribu sebelas".
pub fn terbilang(number: u32) -> String {
    match number {
        0..=11 => ID[number as usize].to_owned(),
        12..=19 => format!("{} belas", terbilang(number - 10)),
        20..=99 => joined(format!("{} puluh", terbilang(number / 10)), number % 10),
        100..=199 => joined("seratus".into(), number - 100),
        200..=999 => joined(format!("{} ratus", terbilang(number / 100)), number % 100),
        1_000..=1_999 => joined("seribu".into(), number - 1_000),
        2_000..=999_999 => joined(format!("{} ribu", terbilang(number / 1_000)), number % 1_000),
        1_000_000..=999_999_999 => {
            joined(format!("{} juta", terbilang(number / 1_000_000)), number % 1_000_000)
        }
        _ => joined(format!("{} miliar", terbilang(number / 1_000_000_000)), number % 1_000_000_000),
    }
}

/// The rest of the number behind its greatest unit, unless there is none.
fn joined(unit: String, rest: u32) -> String {
    if rest == 0 { unit } else { format!("{unit} {}", terbilang(rest)) }
}

const EN: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in English words: 212 is "two hundred twelve".
pub fn english(number: u32) -> String {
    let behind = |unit: String, rest: u32, gap: &str| {
        if rest == 0 { unit } else { format!("{unit}{gap}{}", english(rest)) }
    };
    match number {
        0..=19 => EN[number as usize].to_owned(),
        20..=99 => behind(TENS[number as usize / 10].to_owned(), number % 10, "-"),
        100..=999 => behind(format!("{} hundred", english(number / 100)), number % 100, " "),
        1_000..=999_999 => behind(format!("{} thousand", english(number / 1_000)), number % 1_000, " "),
        1_000_000..=999_999_999 => {
            behind(format!("{} million", english(number / 1_000_000)), number % 1_000_000, " ")
        }
        _ => behind(format!("{} billion", english(number / 1_000_000_000)), number % 1_000_000_000, " "),
    }
}
