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
    assert_eq!(
        hub.visitor.get("/api/display").await.body["waiting_count"],
        2,
        "who has just come keeps waiting; the morning's numbers are gone"
    );
    assert_eq!(hub.visitor.get("/api/display").await.body["current"], json!([]));
    hub.log_in("rina").await.act(called.id(), "finish").await.refused(404, "TICKET_NOT_FOUND");
    let code = waiting.ticket_code();
    hub.visitor.get(&format!("/api/tickets/{code}")).await.refused(404, "TICKET_NOT_FOUND");
}

/// A night clinic: a number at 02:58, the day starts at 03:00.
#[tokio::test]
async fn who_waits_or_is_served_when_the_day_ends_keeps_number_and_place() {
    let hub = a_hub().with(clinic()).open().await;
    hub.later(TO_NEW_DAY - 60);
    hub.visitor.take("umum").await;
    let served = hub.rina.call_next(1).await;
    hub.rina.act(served.id(), "serve").await.expect(200);
    hub.visitor.take("umum").await;
    let skipped = hub.rina.call_next(3).await;
    hub.rina.act(skipped.id(), "skip").await.expect(200);
    hub.later(58);
    let waiting = hub.visitor.take("umum").await;
    assert_eq!((waiting.number(), waiting.body["ticket"]["kept_from"].clone()), ("A003", json!(null)));
    let paper = format!("/api/tickets/{}", waiting.ticket_code());
    let given = hub.visitor.get(&paper).await.body["ticket"]["created_at"].clone();
    hub.later(2);

    // The day rolls with the first act: a stranger's number.
    let news = hub.visitor.take("umum").await;
    assert_eq!(
        (news.number(), news.body["ticket"]["position"].clone()),
        ("A001", json!(2)),
        "behind who came first"
    );
    let kept = hub.visitor.get(&paper).await.expect(200).body["ticket"].clone();
    assert_eq!((kept["nomor_antrean"].clone(), kept["status"].clone()), (json!("A003"), json!("menunggu")));
    assert_eq!(
        (kept["kept_from"].clone(), kept["created_at"].clone()),
        (json!("2026-11-20"), given),
        "number and date"
    );
    let display = hub.visitor.get("/api/display").await.body;
    assert_eq!(display["current"][0]["nomor_antrean"], "A001", "who is with the doctor is there yet");
    assert_eq!(display["waiting_count"], 2);
    hub.rina.act(skipped.id(), "return").await.refused(404, "TICKET_NOT_FOUND");

    // The board is what a restart makes of it, and goes on.
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/display").await.body["waiting_count"], 2);
    let next = hub.rina.call_next(1).await;
    assert_eq!(next.number(), "A003", "the older one is first, and the one before is done");
    hub.rina.act(next.id(), "finish").await.expect(200);
    assert_eq!(hub.visitor.get(&paper).await.body["ticket"]["status"], "selesai", "its holder still sees it");
    assert_eq!(hub.rina.call_next(1).await.number(), "A001");
}

/// Two numbers of one name stand beside each other: yesterday's last and today's.
#[tokio::test]
async fn todays_number_outranks_the_same_one_of_yesterday() {
    let hub = a_hub().with(clinic()).open().await;
    hub.later(TO_NEW_DAY - 2);
    hub.visitor.take("umum").await;
    hub.later(2);
    let status = || async { hub.visitor.get("/api/queue/status/A001").await.expect(200).body };
    hub.housekeeping().await;
    assert_eq!(status().await["position"], 1, "as long as there is no other");
    let new = hub.visitor.take("umum").await;
    assert_eq!(new.number(), "A001");
    assert_eq!(status().await["position"], 2);
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/api/queue/status/A001").await.body["position"], 2);
}

/// Forgotten for half a day: not the first to be called in the morning. And nobody is kept for a second day.
#[tokio::test]
async fn a_forgotten_number_ends_with_its_day_and_a_kept_one_with_the_next() {
    let hub = a_hub().with(clinic()).open().await;
    hub.later(TO_NEW_DAY - 13 * 60);
    let forgotten = hub.visitor.take("umum").await;
    hub.later(2 * 60);
    let kept = hub.visitor.take("umum").await;
    hub.later(11 * 60);
    hub.housekeeping().await;
    let code = |ticket: &crate::harness::Answer| format!("/api/tickets/{}", ticket.ticket_code());
    hub.visitor.get(&code(&forgotten)).await.refused(404, "TICKET_NOT_FOUND");
    hub.visitor.get(&code(&kept)).await.expect(200);
    hub.later(24 * 60);
    hub.housekeeping().await;
    hub.visitor.get(&code(&kept)).await.refused(404, "TICKET_NOT_FOUND");
    assert_eq!(hub.visitor.get("/api/services").await.body["services"][0]["waiting_count"], 0);
}

/// The same person still has that number after the day's end.
#[tokio::test]
async fn a_kept_number_is_its_persons_number() {
    let hub = a_hub().with(clinic()).open().await;
    hub.later(TO_NEW_DAY - 2);
    let ani = json!({ "poli": "umum", "no_hp": "081234567890", "nik": "7371015708900001", "nama": "Ani" });
    hub.visitor.post("/api/register", ani.clone()).await.expect(201);
    hub.later(2);
    hub.visitor.post("/api/register", ani).await.refused(409, "ALREADY_QUEUED");
    let listed = hub.rina.get("/api/dashboard/queues?cari=ani").await.expect(200).body;
    assert_eq!((listed["total"].clone(), listed["tickets"][0]["nama"].clone()), (json!(1), json!("Ani")));
}

#[tokio::test]
async fn the_day_starts_when_the_site_says() {
    let hub = a_hub().with(clinic()).open().await;
    let admin = hub.log_in("admin").await;
    assert_eq!(admin.get("/api/settings").await.body["hari_mulai"], "03:00");
    let sets = |time: &'static str| admin.post("/api/settings", json!({ "hari_mulai": time }));
    for no_time in ["25:00", "3", "03:61", "tiga"] {
        let refused = sets(no_time).await.refused(422, "VALIDATION_ERROR");
        assert!(refused.body["error"]["fields"]["hari_mulai"].is_string(), "{no_time}");
    }
    assert_eq!(sets("6.30").await.expect(200).body["hari_mulai"], "06:30");
    hub.visitor.take("umum").await;
    hub.later(TO_NEW_DAY);
    assert_eq!(hub.visitor.take("umum").await.number(), "A002", "03:00 is still yesterday");
    hub.later(3 * 60 + 30);
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
    // Brought forward over the present moment, the day ends at once; put back, it stays begun.
    let admin = hub.log_in("admin").await;
    admin.post("/api/settings", json!({ "hari_mulai": "12:00" })).await.expect(200);
    assert_eq!(hub.visitor.get("/health").await.body["service_day"], "2026-11-21");
    assert_eq!(hub.visitor.take("umum").await.number(), "A002", "a day that began is not begun again");
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
