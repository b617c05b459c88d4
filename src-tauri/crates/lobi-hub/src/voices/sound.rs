//! What is taken as a recorded word: a short WAV that can be decoded and heard. It is written anew, so that nothing but the
//! sound itself is kept and served.

use std::io::Cursor;

use data_encoding::BASE64;
use hound::{SampleFormat, WavReader, WavSpec, WavWriter};

/// The shortest and the longest word, in milliseconds.
const SHORTEST: u32 = 150;
const LONGEST: u32 = 5_000;
/// What telephones and sound cards record with.
const RATES: std::ops::RangeInclusive<u32> = 8_000..=24_000;
/// A recording whose loudest moment is below this (−40 dB) is a microphone that heard nobody.
const HEARD: u16 = 328;

/// A word, decoded once and written anew: 16 bits, one channel.
#[derive(Clone, Debug)]
pub struct Sound {
    /// The file.
    pub wav: Vec<u8>,
    /// How long it is.
    pub millis: u32,
}

impl Sound {
    /// Takes what somebody sent as base64.
    ///
    /// # Errors
    /// The sentence in `assets/texts`, section `fields`, that says what is wrong with it.
    pub fn parse(base64: &str) -> Result<Sound, &'static str> {
        let bytes = BASE64.decode(base64.trim().as_bytes()).map_err(|_| "recording")?;
        let mut reader = WavReader::new(Cursor::new(bytes)).map_err(|_| "recording")?;
        let WavSpec { channels, sample_rate, bits_per_sample, sample_format } = reader.spec();
        let known = channels == 1 && bits_per_sample == 16 && sample_format == SampleFormat::Int;
        if !known || !RATES.contains(&sample_rate) {
            return Err("recording");
        }
        // What the header says of the length is not believed: whoever wrote it may have hung up.
        let most = sample_rate as usize * LONGEST as usize / 1_000;
        let samples: Vec<i16> =
            reader.samples::<i16>().take(most + 1).collect::<Result<_, _>>().map_err(|_| "recording")?;
        let millis = u32::try_from(samples.len() * 1_000 / sample_rate as usize).unwrap_or(u32::MAX);
        if samples.len() > most || millis < SHORTEST {
            return Err("recording_length");
        }
        if samples.iter().all(|sample| sample.unsigned_abs() < HEARD) {
            return Err("recording_silent");
        }
        let wav = written(reader.spec(), &samples).map_err(|_| "recording")?;
        Ok(Sound { wav, millis })
    }
}

fn written(spec: WavSpec, samples: &[i16]) -> Result<Vec<u8>, hound::Error> {
    let mut file = Cursor::new(Vec::with_capacity(44 + samples.len() * 2));
    let mut writer = WavWriter::new(&mut file, spec)?;
    for sample in samples {
        writer.write_sample(*sample)?;
    }
    writer.finalize()?;
    Ok(file.into_inner())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many milliseconds of a tone of that height.
    fn tone(millis: u32, rate: u32, height: i16) -> Vec<u8> {
        let spec =
            WavSpec { channels: 1, sample_rate: rate, bits_per_sample: 16, sample_format: SampleFormat::Int };
        let samples: Vec<i16> =
            (0..rate * millis / 1_000).map(|at| if at / 25 % 2 == 0 { height } else { -height }).collect();
        written(spec, &samples).unwrap()
    }

    fn taken(wav: &[u8]) -> Result<Sound, &'static str> {
        Sound::parse(&BASE64.encode(wav))
    }

    #[test]
    fn a_short_word_is_kept_as_it_is() {
        let word = tone(900, 22_050, 9_000);
        let sound = taken(&word).unwrap();
        assert_eq!(sound.millis, 900);
        assert!(sound.wav == word, "the same sound");
        for rate in [8_000, 16_000, 24_000] {
            assert!(taken(&tone(900, rate, 9_000)).is_ok(), "{rate}");
        }
    }

    #[test]
    fn what_is_too_short_too_long_or_silent_is_refused_with_its_own_sentence() {
        assert_eq!(taken(&tone(100, 22_050, 9_000)).unwrap_err(), "recording_length");
        assert_eq!(taken(&tone(5_001, 22_050, 9_000)).unwrap_err(), "recording_length");
        assert!(taken(&tone(5_000, 22_050, 9_000)).is_ok());
        assert_eq!(taken(&tone(900, 22_050, 0)).unwrap_err(), "recording_silent");
        assert_eq!(taken(&tone(900, 22_050, 300)).unwrap_err(), "recording_silent");
        assert!(taken(&tone(900, 22_050, 400)).is_ok());
        assert!(taken(&tone(900, 22_050, i16::MIN + 1)).is_ok());
    }

    #[test]
    fn only_sound_is_sound() {
        let word = tone(900, 22_050, 9_000);
        let mut stereo = word.clone();
        stereo[22] = 2;
        let mut of_8_bits = word.clone();
        of_8_bits[34] = 8;
        let mut fast = word.clone();
        fast[24..28].copy_from_slice(&96_000_u32.to_le_bytes());
        let mut endless = word.clone();
        endless[40..44].copy_from_slice(&u32::MAX.to_le_bytes());
        let mut page = b"RIFF\x10\0\0\0WAVE<script>alert(1)</script>".to_vec();
        page.resize(4_000, b' ');
        for (name, wrong) in [
            ("nothing", &[][..]),
            ("a picture", b"\x89PNG\r\n\x1a\n"),
            ("a page", &page),
            ("a header alone", &word[..44]),
            ("cut in the header", &word[..30]),
            ("cut in a sample", &word[..word.len() - 1]),
            ("two channels", &stereo),
            ("eight bits", &of_8_bits),
            ("a rate of its own", &fast),
            ("more than there is", &endless),
        ] {
            assert!(taken(wrong).is_err(), "{name}");
        }
        assert_eq!(Sound::parse("bukan base64!").unwrap_err(), "recording");
    }

    #[test]
    fn what_stands_beside_the_sound_is_not_kept() {
        let mut word = tone(900, 22_050, 9_000);
        word.extend(b"LIST\x0c\0\0\0<b>rahasia</b>");
        let sound = taken(&word).unwrap();
        assert!(!sound.wav.windows(7).any(|bytes| bytes == b"rahasia"));
    }
}
