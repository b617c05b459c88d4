//! Reading QR codes in frames.

mod filters;
mod frame;
mod looks;

pub use frame::{Frame, Picture};
pub use looks::decode;

/// Reads frame after frame and tells each code once while it is in the picture.
#[derive(Debug)]
pub struct Scanner {
    gone_after: u64,
    in_view: Vec<Sighting>,
}

#[derive(Debug)]
struct Sighting {
    text: String,
    /// The first frame without it since it was last read.
    missing_since: Option<u64>,
}

impl Default for Scanner {
    fn default() -> Self {
        Self::new(1500)
    }
}

impl Scanner {
    /// A code is told again only after it left the picture for so many milliseconds.
    pub fn new(gone_after: u64) -> Self {
        Self { gone_after, in_view: Vec::new() }
    }

    /// Reads a frame. Returns the codes that came into view.
    pub fn look(&mut self, frame: &Frame) -> Vec<String> {
        self.sighted(decode(frame), frame.taken)
    }

    /// Takes note of what a frame taken at `now` holds. Returns the codes that came into view.
    ///
    /// A code that is missed in some frames has not left: people's hands shake. Time without frames does not count.
    pub fn sighted(&mut self, texts: Vec<String>, now: u64) -> Vec<String> {
        for sighting in &mut self.in_view {
            if !texts.contains(&sighting.text) {
                sighting.missing_since.get_or_insert(now);
            }
        }
        let gone_after = self.gone_after;
        self.in_view.retain(|sighting| {
            sighting.missing_since.is_none_or(|since| now.saturating_sub(since) < gone_after)
        });
        let mut came = Vec::new();
        for text in texts {
            match self.in_view.iter_mut().find(|sighting| sighting.text == text) {
                Some(sighting) => sighting.missing_since = None,
                None => {
                    self.in_view.push(Sighting { text: text.clone(), missing_since: None });
                    came.push(text);
                }
            }
        }
        came
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(scanner: &mut Scanner, text: &str, now: u64) -> usize {
        let texts = if text.is_empty() { vec![] } else { vec![text.to_owned()] };
        scanner.sighted(texts, now).len()
    }

    #[test]
    fn a_code_is_told_once_while_it_is_held_to_the_camera() {
        let mut scanner = Scanner::default();
        assert_eq!(told(&mut scanner, "A", 0), 1);
        for now in (50..20_000).step_by(50) {
            assert_eq!(told(&mut scanner, "A", now), 0);
        }
    }

    #[test]
    fn a_code_missed_in_some_frames_has_not_left() {
        let mut scanner = Scanner::default();
        told(&mut scanner, "A", 0);
        for now in (50..10_000).step_by(50) {
            assert_eq!(told(&mut scanner, if now % 1400 == 0 { "A" } else { "" }, now), 0);
        }
    }

    #[test]
    fn a_code_is_told_again_after_it_left_for_a_second_and_a_half() {
        for (away, times) in [(1400, 0), (1500, 1)] {
            let mut scanner = Scanner::default();
            told(&mut scanner, "A", 0);
            told(&mut scanner, "", 100);
            assert_eq!(told(&mut scanner, "", 100 + away), 0);
            assert_eq!(told(&mut scanner, "A", 100 + away), times, "after {away} ms");
        }
    }

    #[test]
    fn a_camera_that_was_unplugged_does_not_make_a_code_new() {
        let mut scanner = Scanner::default();
        told(&mut scanner, "A", 0);
        assert_eq!(told(&mut scanner, "A", 60_000), 0);
    }

    #[test]
    fn another_code_is_told_at_once() {
        let mut scanner = Scanner::default();
        told(&mut scanner, "A", 0);
        assert_eq!(told(&mut scanner, "B", 50), 1);
        assert_eq!(scanner.sighted(vec!["A".to_owned(), "B".to_owned()], 100), Vec::<String>::new());
    }

    #[test]
    fn a_frame_whose_bytes_do_not_fit_is_none() {
        assert_eq!(Frame::gray(3, 2, vec![0; 5], 0), None);
        assert_eq!(Frame::gray(usize::MAX, 2, vec![0; 6], 0), None);
        assert_eq!(Frame::gray(0, 0, vec![], 0), None);
    }

    #[test]
    fn pictures_without_a_code_and_of_any_size_hold_nothing() {
        for (width, height) in [(1, 1), (1, 100), (100, 1), (2, 2), (7, 5), (64, 48)] {
            for light in [0, 128, 255] {
                let frame = Frame::gray(width, height, vec![light; width * height], 0).unwrap();
                assert_eq!(decode(&frame), Vec::<String>::new());
            }
            let noise = (0..width * height).map(|at| (at * 7919 % 251) as u8).collect();
            assert_eq!(decode(&Frame::gray(width, height, noise, 0).unwrap()), Vec::<String>::new());
        }
        let broken = Frame { width: 10, height: 10, luma: vec![0; 5], ..Frame::default() };
        assert_eq!(decode(&broken), Vec::<String>::new());
    }
}
