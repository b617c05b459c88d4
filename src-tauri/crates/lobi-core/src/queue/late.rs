//! Who was called and does not come: called again and then skipped by itself, where the site wants that.

use super::stage::Stage;
use super::states::{Action, Status};
use crate::site::Late;
use crate::time::Timestamp;

/// What is due at `now` for somebody who stands so: another call, or being skipped; nothing for who is there already.
pub fn due(late: &Late, stage: &Stage, now: Timestamp) -> Option<Action> {
    let (true, Status::Called, Some(called)) = (late.otomatis, stage.status, stage.called) else {
        return None;
    };
    let again = stage.recalls_now();
    let calls = i64::from(again) + 1;
    if now.millis_since(called.at) < calls * i64::from(late.jeda_detik) * 1_000 {
        return None;
    }
    Some(if again < u32::from(late.panggil_ulang) { Action::Recall } else { Action::Skip })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::{CounterNumber, Moment, ServiceId};

    const SECOND: i64 = 1_000;

    fn called(recalls: u32) -> Stage {
        let call = Action::Call(CounterNumber(1));
        let stage =
            Stage::waiting(ServiceId(1), 1).after(call, Moment { at: Timestamp(0), order: 1 }).unwrap();
        Stage { recalls, ..stage }
    }

    #[test]
    fn who_does_not_come_is_called_again_and_then_skipped() {
        let late = Late { otomatis: true, ..Late::default() };
        let at = |recalls, seconds: i64| due(&late, &called(recalls), Timestamp(seconds * SECOND));
        assert_eq!(at(0, 59), None);
        assert_eq!(at(0, 60), Some(Action::Recall));
        assert_eq!(at(1, 119), None, "each call has its own patience");
        assert_eq!(at(1, 120), Some(Action::Recall));
        assert_eq!(at(2, 180), Some(Action::Skip));
        assert_eq!(
            due(&Late::default(), &called(2), Timestamp(900 * SECOND)),
            None,
            "unless the site wants it"
        );
    }

    #[test]
    fn who_came_back_and_is_called_anew_is_waited_for_anew() {
        let late = Late { otomatis: true, ..Late::default() };
        let at = |order| Moment { at: Timestamp(order * 60 * SECOND), order };
        let back = called(2).after(Action::Skip, at(3)).unwrap().after(Action::Return, at(4)).unwrap();
        let anew = back.after(Action::Call(CounterNumber(1)), at(10)).unwrap();
        assert_eq!(due(&late, &anew, at(10).at), None);
        assert_eq!(due(&late, &anew, at(11).at), Some(Action::Recall), "not skipped unheard");
        let again = anew.after(Action::Recall, at(11)).unwrap().after(Action::Recall, at(12)).unwrap();
        assert_eq!((again.recalls, due(&late, &again, at(13).at)), (4, Some(Action::Skip)));
    }

    #[test]
    fn who_is_there_is_never_skipped() {
        let late = Late { otomatis: true, ..Late::default() };
        let served = called(9).after(Action::Serve, Moment { at: Timestamp(1), order: 2 }).unwrap();
        assert_eq!(due(&late, &served, Timestamp(900 * SECOND)), None);
        assert_eq!(due(&late, &Stage::waiting(ServiceId(1), 1), Timestamp(900 * SECOND)), None);
    }
}
