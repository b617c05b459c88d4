//! What the fake printer pretends: each can be switched while it runs, by a flag, a typed line or a test.

/// The faults and habits of a printer. The default is a healthy one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Modes {
    /// No paper: status says so, and nothing is printed.
    pub out_of_paper: bool,
    /// The cover is open: status says so, and nothing is printed.
    pub cover_open: bool,
    /// The paper is near its end: status says so, and printing goes on.
    pub near_end: bool,
    /// The cutter is stuck.
    pub cutter_error: bool,
    /// An error that only a repair ends.
    pub broken: bool,
    /// Status requests get no answer, as with many cheap printers.
    pub mute_status: bool,
    /// Takes so many bytes a second, as a printer behind a serial line.
    pub slow: Option<u64>,
    /// Closes the connection once so many bytes of a ticket arrived; status requests do not count.
    pub hang_up_at: Option<usize>,
    /// Runs out of paper once so many bytes of a ticket were printed.
    pub paper_ends_at: Option<usize>,
    /// The roll ends after so many rows of dots.
    pub paper_rows: Option<usize>,
    /// Somebody opens the cover once so many bytes of a ticket were printed.
    pub cover_opens_at: Option<usize>,
    /// The motor's speed; without it, it is as quick as the program.
    pub lines_per_second: Option<u64>,
    /// Says that it is offline, whatever happens, and prints.
    pub says_offline: bool,
    /// Questions in line behind a ticket get no answer.
    pub mute_queued: bool,
}

impl Modes {
    /// The names that [`Modes::switch`] knows.
    pub const NAMES: [&str; 14] = [
        "out-of-paper",
        "cover-open",
        "near-end",
        "cutter-error",
        "broken",
        "mute-status",
        "slow",
        "hang-up-at",
        "paper-ends-at",
        "paper-rows",
        "cover-opens-at",
        "lines-per-second",
        "says-offline",
        "mute-queued",
    ];

    /// Whether this mode takes a number instead of `on`.
    pub fn takes_number(name: &str) -> bool {
        matches!(
            name,
            "slow" | "hang-up-at" | "paper-ends-at" | "paper-rows" | "cover-opens-at" | "lines-per-second"
        )
    }

    /// Switches a mode by its name: `on` or `off`, or a number or `off`.
    pub fn switch(&mut self, name: &str, value: &str) -> Result<(), String> {
        let flag = || match value {
            "on" => Ok(true),
            "off" => Ok(false),
            other => Err(format!("{name} is on or off, not {other:?}")),
        };
        let number = || match value {
            "off" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| format!("{name} takes a number or off")),
        };
        match name {
            "out-of-paper" => self.out_of_paper = flag()?,
            "cover-open" => self.cover_open = flag()?,
            "near-end" => self.near_end = flag()?,
            "cutter-error" => self.cutter_error = flag()?,
            "broken" => self.broken = flag()?,
            "mute-status" => self.mute_status = flag()?,
            "slow" => self.slow = number()?.map(|rate: u64| rate.max(1)),
            "hang-up-at" => self.hang_up_at = number()?.map(as_count),
            "paper-ends-at" => self.paper_ends_at = number()?.map(as_count),
            "paper-rows" => self.paper_rows = number()?.map(as_count),
            "cover-opens-at" => self.cover_opens_at = number()?.map(as_count),
            "lines-per-second" => self.lines_per_second = number()?.map(|speed: u64| speed.max(1)),
            "says-offline" => self.says_offline = flag()?,
            "mute-queued" => self.mute_queued = flag()?,
            other => return Err(format!("no mode {other:?}; known: {}", Modes::NAMES.join(", "))),
        }
        Ok(())
    }

    /// Whether ticket bytes reach the paper.
    pub fn can_print(&self) -> bool {
        !(self.out_of_paper || self.cover_open || self.cutter_error || self.broken)
    }

    /// The answer to `DLE EOT n`, by Epson's table; nothing for a request that does not exist.
    pub fn status(&self, request: u8) -> Option<u8> {
        const ALWAYS: u8 = 0b0001_0010;
        let bit = |set: bool, mask: u8| if set { mask } else { 0 };
        let error = self.cutter_error || self.broken;
        match request {
            1 => Some(ALWAYS | bit(self.says_offline || !self.can_print(), 0x08)),
            2 => Some(ALWAYS | bit(self.cover_open, 0x04) | bit(self.out_of_paper, 0x20) | bit(error, 0x40)),
            3 => Some(ALWAYS | bit(self.cutter_error, 0x08) | bit(self.broken, 0x20)),
            4 => {
                let near = self.near_end || self.out_of_paper;
                Some(ALWAYS | bit(near, 0x0c) | bit(self.out_of_paper, 0x60))
            }
            _ => None,
        }
    }

    /// The answer to `GS r n`: how the paper is.
    pub fn queued(&self, kind: u8) -> Option<u8> {
        let near = if self.near_end || self.out_of_paper { 0x03 } else { 0 };
        let out = if self.out_of_paper { 0x0c } else { 0 };
        matches!(kind, 1 | 49).then_some(near | out)
    }
}

fn as_count(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mode_is_switched_by_its_name() {
        let mut modes = Modes::default();
        modes.switch("out-of-paper", "on").unwrap();
        modes.switch("slow", "200").unwrap();
        assert_eq!((modes.out_of_paper, modes.slow), (true, Some(200)));
        modes.switch("slow", "off").unwrap();
        assert_eq!(modes.slow, None);
        assert!(modes.switch("slow", "quickly").is_err());
        assert!(modes.switch("on-fire", "on").is_err());
        for name in Modes::NAMES {
            modes.switch(name, if Modes::takes_number(name) { "1" } else { "on" }).unwrap();
        }
    }

    #[test]
    fn status_bytes_follow_the_table() {
        let healthy = Modes::default();
        assert_eq!([1, 2, 3, 4].map(|n| healthy.status(n)), [Some(0x12); 4]);
        let empty = Modes { out_of_paper: true, ..Modes::default() };
        assert_eq!([1, 2, 3, 4].map(|n| empty.status(n)), [Some(0x1a), Some(0x32), Some(0x12), Some(0x7e)]);
        let open = Modes { cover_open: true, ..Modes::default() };
        assert_eq!([1, 2].map(|n| open.status(n)), [Some(0x1a), Some(0x16)]);
        assert_eq!(healthy.status(9), None);
    }
}
