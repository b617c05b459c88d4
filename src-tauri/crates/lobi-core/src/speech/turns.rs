//! Who speaks in a room: two TVs of one zone hear the same calls, and each call is spoken by exactly one of them.

use std::collections::BTreeMap;

use crate::time::Timestamp;

/// A speaker that was not heard of for this long lost its turn: it is off, or its engine hangs.
pub const SILENCE_MILLIS: i64 = 3_000;

/// Nothing that is said takes longer than this: a speaker that claims to be at one event for longer hangs or lies.
pub const LONGEST_SPEECH_MILLIS: i64 = 60_000;

/// What a TV that asks whether to speak is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// Yes, it is yours.
    Speak,
    /// Another one of the zone spoke it already.
    Spoken,
    /// Another one has the turn: ask again after this many milliseconds.
    Wait(i64),
}

/// The voice of one zone.
#[derive(Clone, Debug, Default)]
pub struct ZoneVoice {
    /// Who speaks.
    holder: Option<Holder>,
    /// The last events that somebody began to speak, and who did. TVs of one room may follow different services and
    /// catch up at different times, so the highest number alone would not tell.
    spoken: BTreeMap<i64, String>,
}

/// A speaker that has the turn.
#[derive(Clone, Debug)]
struct Holder {
    machine: String,
    /// When it last said so.
    heard: Timestamp,
    /// The event it speaks, and since when.
    event: i64,
    since: Timestamp,
}

impl Holder {
    /// Whether it has the turn at `now`.
    fn holds(&self, now: Timestamp) -> bool {
        now.millis_since(self.heard) < SILENCE_MILLIS && now.millis_since(self.since) < LONGEST_SPEECH_MILLIS
    }
}

/// Spoken events that are remembered per zone: more than a TV ever catches up on.
const REMEMBERED: usize = 1_000;

impl ZoneVoice {
    /// A TV asks to speak event `seq`.
    pub fn ask(&mut self, machine: &str, seq: i64, now: Timestamp) -> Turn {
        // What a TV began itself it may go on with: calls it missed together share one number.
        let forgotten =
            self.spoken.len() >= REMEMBERED && self.spoken.keys().next().is_some_and(|oldest| seq < *oldest);
        if forgotten || self.spoken.get(&seq).is_some_and(|by| by != machine) {
            return Turn::Spoken;
        }
        match &self.holder {
            Some(holder) if holder.machine != machine && holder.holds(now) => {
                Turn::Wait((SILENCE_MILLIS - now.millis_since(holder.heard)).max(1))
            }
            _ => {
                self.holder =
                    Some(Holder { machine: machine.to_owned(), heard: now, event: seq, since: now });
                Turn::Speak
            }
        }
    }

    /// A TV began to speak event `seq`, or is still at it; said again every second while it speaks. One that lost
    /// its turn meanwhile is told so by `false`.
    pub fn speaking(&mut self, machine: &str, seq: i64, now: Timestamp) -> bool {
        match &mut self.holder {
            Some(holder) if holder.machine == machine => {
                if holder.event != seq {
                    (holder.event, holder.since) = (seq, now);
                }
                if now.millis_since(holder.since) >= LONGEST_SPEECH_MILLIS {
                    return false;
                }
                holder.heard = now;
                self.spoken.insert(seq, machine.to_owned());
                while self.spoken.len() > REMEMBERED {
                    self.spoken.pop_first();
                }
                true
            }
            _ => false,
        }
    }

    /// Whether nobody spoke here since `then`, so that the zone may be forgotten.
    pub fn silent_since(&self, then: Timestamp) -> bool {
        self.holder.as_ref().is_none_or(|holder| holder.heard < then)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000_000);

    #[test]
    fn one_of_two_tvs_speaks_a_call() {
        let mut zone = ZoneVoice::default();
        assert_eq!(zone.ask("kiri", 7, NOW), Turn::Speak);
        assert_eq!(zone.ask("kanan", 7, NOW), Turn::Wait(SILENCE_MILLIS));
        assert!(zone.speaking("kiri", 7, NOW.plus_millis(20)));
        assert_eq!(zone.ask("kanan", 7, NOW.plus_millis(3_100)), Turn::Spoken);
    }

    #[test]
    fn a_tv_that_speaks_keeps_its_turn_for_the_calls_behind() {
        let mut zone = ZoneVoice::default();
        zone.ask("kiri", 7, NOW);
        for second in 0..6 {
            let now = NOW.plus_millis(second * 1_000);
            assert!(zone.speaking("kiri", 7, now));
            assert!(matches!(zone.ask("kanan", 8, now.plus_millis(500)), Turn::Wait(_)));
        }
        assert_eq!(zone.ask("kiri", 8, NOW.plus_millis(5_600)), Turn::Speak);
    }

    #[test]
    fn a_tv_whose_engine_hangs_loses_its_turn_and_the_call_is_spoken_by_the_other() {
        let mut zone = ZoneVoice::default();
        assert_eq!(zone.ask("kiri", 7, NOW), Turn::Speak);
        assert_eq!(zone.ask("kanan", 7, NOW.plus_millis(SILENCE_MILLIS)), Turn::Speak);
        assert!(!zone.speaking("kiri", 7, NOW.plus_millis(3_100)), "its turn is over");
        assert!(zone.speaking("kanan", 7, NOW.plus_millis(3_200)));
        assert_eq!(zone.ask("kiri", 7, NOW.plus_millis(9_000)), Turn::Spoken);
    }

    #[test]
    fn an_idle_zone_gives_the_turn_to_whoever_asks_first() {
        let mut zone = ZoneVoice::default();
        zone.ask("kiri", 7, NOW);
        zone.speaking("kiri", 7, NOW);
        assert_eq!(zone.ask("kanan", 8, NOW.plus_minutes(1)), Turn::Speak);
    }

    #[test]
    fn a_call_that_one_tv_missed_is_spoken_though_a_later_one_was() {
        let mut zone = ZoneVoice::default();
        zone.ask("gigi", 11, NOW);
        zone.speaking("gigi", 11, NOW);
        let later = NOW.plus_minutes(1);
        assert_eq!(zone.ask("umum", 10, later), Turn::Speak);
        assert_eq!(zone.ask("umum", 11, later), Turn::Spoken);
    }

    #[test]
    fn calls_that_a_tv_missed_together_are_all_spoken() {
        let mut zone = ZoneVoice::default();
        for _ in 0..3 {
            assert_eq!(zone.ask("umum", 500, NOW), Turn::Speak);
            zone.speaking("umum", 500, NOW);
        }
        assert_eq!(zone.ask("lain", 500, NOW.plus_minutes(1)), Turn::Spoken);
    }

    #[test]
    fn one_machine_that_claims_to_speak_for_ever_does_not_silence_the_room() {
        let mut zone = ZoneVoice::default();
        zone.ask("nakal", 7, NOW);
        let mut last = (0..LONGEST_SPEECH_MILLIS / 1_000).map(|second| NOW.plus_millis(second * 1_000));
        assert!(last.all(|now| zone.speaking("nakal", 7, now)));
        let then = NOW.plus_millis(LONGEST_SPEECH_MILLIS);
        assert!(!zone.speaking("nakal", 7, then));
        assert_eq!(zone.ask("tv", 8, then), Turn::Speak);
    }

    #[test]
    fn a_clock_that_goes_back_does_not_silence_a_room() {
        let mut zone = ZoneVoice::default();
        zone.ask("kiri", 7, NOW.plus_minutes(60));
        assert_eq!(zone.ask("kanan", 7, NOW), Turn::Wait(SILENCE_MILLIS));
        assert_eq!(zone.ask("kiri", 7, NOW), Turn::Speak, "the holder's own turn");
    }
}
