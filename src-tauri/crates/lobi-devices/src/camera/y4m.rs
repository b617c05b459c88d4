//! Uncompressed video (YUV4MPEG2), from a file or a pipe: only the brightness is kept.

use std::io::{BufRead, Error, ErrorKind, Read, Result};

/// What the first line of a video says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Header {
    pub width: usize,
    pub height: usize,
    /// Frames a second.
    pub rate: f32,
    /// Bytes of colour behind the brightness of each frame.
    colour: usize,
}

fn broken(what: &str) -> Error {
    Error::new(ErrorKind::InvalidData, format!("not a y4m video: {what}"))
}

fn line(stream: &mut impl BufRead) -> Result<String> {
    let mut bytes = Vec::new();
    stream.by_ref().take(512).read_until(b'\n', &mut bytes)?;
    match bytes.pop() {
        None => Err(ErrorKind::UnexpectedEof.into()),
        Some(b'\n') => String::from_utf8(bytes).map_err(|_| broken("a line is not text")),
        Some(_) => Err(broken("a line does not end")),
    }
}

/// Reads the first line.
pub fn header(stream: &mut impl BufRead) -> Result<Header> {
    let first = line(stream)?;
    let mut words = first.split(' ');
    if words.next() != Some("YUV4MPEG2") {
        return Err(broken("wrong first word"));
    }
    let (mut width, mut height, mut rate, mut colours) = (0usize, 0usize, 25.0, "420");
    for word in words.filter(|word| word.is_ascii() && !word.is_empty()) {
        let (key, value) = word.split_at(1);
        match key {
            "W" => width = value.parse().map_err(|_| broken("width"))?,
            "H" => height = value.parse().map_err(|_| broken("height"))?,
            "C" => colours = value,
            "F" => {
                let (frames, seconds) = value.split_once(':').ok_or_else(|| broken("rate"))?;
                let number = |text: &str| text.parse::<f32>().ok().filter(|value| *value > 0.0);
                let both = number(frames).zip(number(seconds)).ok_or_else(|| broken("rate"))?;
                rate = (both.0 / both.1).clamp(0.1, 240.0);
            }
            _ => {}
        }
    }
    if !(1..=8192).contains(&width) || !(1..=8192).contains(&height) {
        return Err(broken("size"));
    }
    let half = |side: usize| side.div_ceil(2);
    let colour = match colours {
        "420" | "420jpeg" | "420paldv" | "420mpeg2" => 2 * half(width) * half(height),
        "422" => 2 * half(width) * height,
        "444" => 2 * width * height,
        "mono" => 0,
        _ => return Err(broken("colours of more than eight bits")),
    };
    Ok(Header { width, height, rate, colour })
}

/// Reads the brightness of the next frame. `UnexpectedEof` at the end.
pub fn frame(stream: &mut impl BufRead, header: &Header) -> Result<Vec<u8>> {
    if !line(stream)?.starts_with("FRAME") {
        return Err(broken("a frame is missing"));
    }
    let mut luma = vec![0; header.width * header.height];
    stream.read_exact(&mut luma)?;
    let colour = header.colour as u64;
    if std::io::copy(&mut stream.by_ref().take(colour), &mut std::io::sink())? < colour {
        return Err(ErrorKind::UnexpectedEof.into());
    }
    Ok(luma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_one_after_the_other_until_the_end() {
        let mut video: &[u8] = b"YUV4MPEG2 W2 H1 F30:1 Ip C420jpeg\nFRAME\n\x01\x02uvFRAME x\n\x03\x04uv";
        let header = header(&mut video).unwrap();
        assert_eq!((header.width, header.height, header.rate), (2, 1, 30.0));
        assert_eq!(frame(&mut video, &header).unwrap(), [1, 2]);
        assert_eq!(frame(&mut video, &header).unwrap(), [3, 4]);
        assert_eq!(frame(&mut video, &header).unwrap_err().kind(), ErrorKind::UnexpectedEof);
    }

    #[test]
    fn what_is_no_video_is_refused() {
        for text in [
            "",
            "YUV4MPEG2",
            "RIFF\n",
            "YUV4MPEG2 W0 H1\n",
            "YUV4MPEG2 W99999 H99999\n",
            "YUV4MPEG2 W2 H2 F0:0\n",
            "YUV4MPEG2 W2 H2 C420p10\n",
        ] {
            assert!(header(&mut text.as_bytes()).is_err(), "{text:?}");
        }
    }
}
