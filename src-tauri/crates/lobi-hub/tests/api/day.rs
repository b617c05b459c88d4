//! The service day.

use lobi_hub::clock::Clock;
use serde_json::json;

use crate::harness::{MORNING, a_hub, clinic};

/// From 09:00 to 03:00 the next morning, local time.
const TO_NEW_DAY: i64 = 18 * 60;

#[tokio::test]
async fn numbers_restart_when_the_day_rolls_and_yesterdays_tickets_are_closed() {
    let hub = a_hub().with(clinic()).open().await;
    let waiting = hub.visitor.take("umum").await;
    hub.visitor.take("umum").await;
    let called = hub.rina.call_next(1).await;
    hub.later(TO_NEW_DAY - 1);
    assert_eq!(
        hub.visitor.take("umum").await.number(),
        "A003",
        "02:59 still belongs to the night shift's day"
    );
    hub.later(1);
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    assert_eq!(hub.visitor.get("/health").await.body["service_day"], "2026-11-21");
    assert_eq!(hub.visitor.get("/api/display").await.body["waiting_count"], 1, "the board starts empty");
    assert_eq!(hub.visitor.get("/api/display").await.body["current"], json!([]));
    hub.log_in("rina").await.act(called.id(), "finish").await.refused(404, "TICKET_NOT_FOUND");
    let code = waiting.ticket_code();
    hub.visitor.get(&format!("/api/tickets/{code}")).await.refused(404, "TICKET_NOT_FOUND");
}

#[tokio::test]
async fn a_demonstration_begun_just_after_the_day_changed_is_all_of_today() {
    for (minutes_after_three, zone_day) in [(0, "2026-11-21"), (5, "2026-11-21"), (-1, "2026-11-20")] {
        let hub = a_hub().open().await;
        hub.later(TO_NEW_DAY + minutes_after_three);
        lobi_hub::demo::fill_if_empty(hub.hub()).await.unwrap().unwrap();
        assert_eq!(hub.visitor.get("/health").await.body["service_day"], zone_day);
        let display = hub.visitor.get("/api/display").await;
        assert_eq!(display.body["recent"].as_array().unwrap().len(), 5, "a whole morning was lived through");
    }
}

#[tokio::test]
async fn the_day_rolls_by_itself_when_nobody_presses_anything() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    hub.later(TO_NEW_DAY);
    hub.housekeeping().await;
    assert_eq!(hub.visitor.get("/health").await.body["service_day"], "2026-11-21");
    assert_eq!(hub.visitor.get("/api/services").await.body["services"][0]["waiting_count"], 0);
}

#[tokio::test]
async fn a_clock_that_jumps_back_brings_no_number_back() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    hub.later(TO_NEW_DAY);
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    for back in [MORNING, MORNING.plus_minutes(-60 * 24 * 400)] {
        hub.clock.set(back);
        let ticket = hub.visitor.take("umum").await;
        assert_ne!(ticket.number(), "A001");
        assert_eq!(hub.visitor.get("/health").await.body["service_day"], "2026-11-21");
    }
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A004", "also after a restart");
}

#[tokio::test]
async fn the_board_is_the_same_after_a_restart() {
    let hub = a_hub().with(clinic()).open().await;
    for _ in 0..8 {
        hub.visitor.take("umum").await;
    }
    for turn in 0..5 {
        hub.later(3);
        let id = hub.rina.call_next(if turn % 2 == 0 { 1 } else { 3 }).await.id();
        match turn {
            1 => drop(hub.rina.act(id, "serve").await.expect(200)),
            2 => drop(hub.rina.act(id, "skip").await.expect(200)),
            3 => drop(hub.rina.act(id, "call").await.expect(200)),
            4 => {
                hub.rina.act(id, "skip").await.expect(200);
                hub.rina.act(id, "return").await.expect(200);
            }
            _ => {}
        }
    }
    let paths = ["/api/display", "/api/display/umum", "/api/services", "/api/queue/status/A007"];
    let mut before = Vec::new();
    for path in paths {
        before.push(hub.visitor.get(path).await.text);
    }
    let list = hub.rina.get("/api/dashboard/queues?loket=1").await.text;
    let hub = hub.restart().await;
    for (path, before) in paths.iter().zip(before) {
        assert_eq!(hub.visitor.get(path).await.text, before, "{path}");
    }
    assert_eq!(hub.rina.get("/api/dashboard/queues?loket=1").await.text, list, "and the session lives on");
}

/// A clock once wrong used to pin the service day for good, and a session made then lived ten years.
#[tokio::test]
async fn a_clock_that_jumps_ten_years_ahead_is_doubted_until_an_admin_confirms() {
    let hub = a_hub().with(clinic()).open().await;
    let admin = hub.log_in("admin").await;
    hub.visitor.take("umum").await;
    hub.housekeeping().await;
    let right = hub.clock.now();
    hub.clock.set(right.plus_minutes(10 * 365 * 24 * 60));
    assert_eq!(hub.visitor.take("umum").await.number(), "A002", "the day goes on");
    assert_eq!(hub.visitor.get("/health").await.body["service_day"], "2026-11-20");
    let made_then = hub.log_in("admin").await;
    let clock = made_then.get("/api/clock").await.expect(200).body;
    assert_eq!(clock["doubted"], "2036-11-17");

    hub.clock.set(right.plus_minutes(TO_NEW_DAY));
    made_then.get("/api/me").await.refused(401, "UNAUTHENTICATED");
    assert_eq!(hub.visitor.take("umum").await.number(), "A001", "the right clock rolls the day as ever");
    let admin = match admin.get("/api/me").await.status.as_u16() {
        200 => admin,
        _ => hub.log_in("admin").await,
    };
    assert_eq!(admin.get("/api/clock").await.body["doubted"], json!(null));
    admin.post("/api/clock/confirm", json!(null)).await.refused(409, "CLOCK_AGREES");
}

#[tokio::test]
async fn a_day_that_a_wrong_clock_began_is_repaired_and_numbers_go_on() {
    let hub = a_hub().with(clinic()).open().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    let right = hub.clock.now();
    hub.housekeeping().await;
    hub.clock.set(right.plus_minutes(400 * 24 * 60));
    let admin = hub.log_in("admin").await;
    admin.post("/api/clock/confirm", json!(null)).await.expect(200);
    assert_eq!(hub.visitor.take("umum").await.number(), "A001", "somebody believed the wrong clock");
    hub.clock.set(right);
    let admin = hub.log_in("admin").await;
    assert_eq!(admin.get("/api/clock").await.body["doubted"], "2026-11-20");
    admin.post("/api/clock/confirm", json!(null)).await.expect(200);
    assert_eq!(hub.visitor.take("umum").await.number(), "A002", "no number of the real day is given twice");
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.take("umum").await.number(), "A003");
}
