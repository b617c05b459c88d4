//! Where one command ends and the next begins.

use crate::manner::Manner;

/// Cuts what arrives into commands; a letter is one too.
pub(crate) struct Splitter {
    manner: Manner,
    waiting: Vec<u8>,
}

impl Splitter {
    pub(crate) fn new(manner: Manner) -> Splitter {
        Splitter { manner, waiting: Vec::new() }
    }

    /// The commands that this byte completes: usually one or none.
    pub(crate) fn take(&mut self, byte: u8) -> Vec<Vec<u8>> {
        self.waiting.push(byte);
        let mut complete = Vec::new();
        while let Some(needed) =
            length(&self.waiting, &self.manner).filter(|needed| *needed <= self.waiting.len())
        {
            let rest = self.waiting.split_off(needed);
            complete.push(std::mem::replace(&mut self.waiting, rest));
        }
        complete
    }
}

/// How many bytes the command needs, once its beginning says so.
fn length(command: &[u8], manner: &Manner) -> Option<usize> {
    match *command {
        // Where the printer knows no such command, what follows is print.
        [0x1d, b'(', ..] if !manner.native_qr => Some(1),
        [0x10, 0x04, ..] => Some(3),
        [0x1b, b'@', ..] => Some(2),
        [0x1b, b't' | b'a' | b'E' | b'd' | b'J' | b'M' | b'R' | b'-' | b'3', ..] => Some(3),
        [0x1b, _, ..] | [0x1c, _, ..] => Some(2),
        [0x1d, b'!' | b'B' | b'b' | b'r', ..] => Some(3),
        [0x1d, b'V', 65 | 66, ..] => Some(4),
        [0x1d, b'V', _, ..] => Some(3),
        [0x1d, b'(', _, low, high, ..] => Some(5 + usize::from(low) + 256 * usize::from(high)),
        [0x1d, b'v', b'0', _, xl, xh, yl, yh, ..] => {
            let across = usize::from(xl) + 256 * usize::from(xh);
            Some(8 + across * (usize::from(yl) + 256 * usize::from(yh)))
        }
        [0x1d, b'V' | b'(' | b'v', ..] => None,
        [0x1d, _, ..] => Some(2),
        [0x10 | 0x1b | 0x1c | 0x1d] => None,
        [0x10, ..] => Some(2),
        [] => None,
        [_, ..] => Some(1),
    }
}
