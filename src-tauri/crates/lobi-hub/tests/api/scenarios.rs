//! The clinic days of `lobi-core/tests/scenarios`, lived through with the real hub: by HTTP, with its file and its feed, they
//! must go as the pure plan says.

use std::collections::BTreeMap;

use lobi_core::time::Timestamp;
use serde_json::{Value, json};

use crate::harness::{Answer, MORNING, TestHub, a_hub, clinic};
use script::{Line, Step, scripts};

#[path = "../../../lobi-core/tests/scenarios/script.rs"]
mod script;

/// The moment that shows so many minutes since midnight.
fn at(minutes: i64) -> Timestamp {
    MORNING.plus_minutes(minutes - 9 * 60)
}

struct Day {
    hub: TestHub,
    ids: BTreeMap<String, i64>,
}

impl Day {
    async fn new() -> Self {
        Day { hub: a_hub().with(clinic()).at(at(6 * 60)).open().await, ids: BTreeMap::new() }
    }

    /// Does one step and tells the outcome.
    async fn run(&mut self, step: Option<&(i64, Step)>) -> String {
        let Some((minutes, step)) = step else { return self.board().await };
        self.hub.clock.set(at(*minutes));
        match step {
            Step::Take(slug) => self.take(slug).await,
            Step::CallNext(counter) => self.call_next(*counter).await,
            Step::Call(counter, nomor) => {
                let path = format!("/api/queue/{}/call", self.ids[nomor]);
                moved(&self.hub.admin.post(&path, json!({ "loket": counter, "alasan": "Dipilih" })).await)
            }
            Step::Move(verb, nomor) => {
                let answer = self.hub.admin.act(self.ids[nomor], verb).await;
                if answer.status == 200 { moved(&answer) } else { refused(answer, verb) }
            }
        }
    }

    async fn take(&mut self, slug: &str) -> String {
        let taken = self.hub.visitor.take(slug).await;
        self.ids.insert(taken.number().to_owned(), taken.id());
        let ticket = &taken.body["ticket"];
        let ahead = ticket["position"].as_i64().unwrap() - 1;
        let about = ticket["estimated_wait_minutes"].as_i64();
        let about = about.map(|minutes| format!(", about {minutes} min")).unwrap_or_default();
        format!("{} waiting, {ahead} ahead{about}", taken.number())
    }

    /// The counter's own list says who comes next and why; that is who is called.
    async fn call_next(&self, counter: u32) -> String {
        let list = self.hub.admin.get(&format!("/api/dashboard/queues?loket={counter}")).await.expect(200);
        let upcoming = &list.body["upcoming"];
        let called = self.hub.admin.call_next(counter).await;
        if upcoming.is_null() {
            called.refused(409, "QUEUE_EMPTY");
            return "nobody waits".into();
        }
        assert_eq!(upcoming["nomor_antrean"], called.number());
        let reason = match upcoming["reason"].as_str().unwrap() {
            "first_come" => "first come",
            "priority_turn" => "priority's turn",
            "regular_turn" => "regular's turn",
            other => panic!("an unknown reason: {other}"),
        };
        format!("{} ({reason})", moved(&called))
    }

    async fn board(&self) -> String {
        let list = self.hub.admin.get("/api/dashboard/queues?status=menunggu").await.expect(200);
        let mut waiting = Vec::new();
        for slug in ["umum", "gigi", "lansia"] {
            let of_service = list.body["tickets"].as_array().unwrap().iter();
            waiting.extend(of_service.filter(|ticket| ticket["poli"]["slug"] == slug).map(number));
        }
        let counters = self.hub.admin.get("/api/counters").await.expect(200);
        let at = counters.body["counters"].as_array().unwrap().iter();
        let at = at.filter(|counter| !counter["current"].is_null());
        let at: Vec<String> =
            at.map(|counter| format!("{}:{}", counter["number"], number(&counter["current"]))).collect();
        let display = self.hub.visitor.get("/api/display").await.expect(200);
        let recent: Vec<&str> = display.body["recent"].as_array().unwrap().iter().map(number).collect();
        format!("waiting [{}], at [{}], last called [{}]", waiting.join(" "), at.join(" "), recent.join(" "))
    }
}

fn number(ticket: &Value) -> &str {
    ticket["nomor_antrean"].as_str().unwrap()
}

fn moved(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let ticket = &answer.body["ticket"];
    let status = ticket["status"].as_str().unwrap();
    let there = ["dipanggil", "sedang_dilayani"].contains(&status);
    let place = if there { format!(" at {}", ticket["loket"]) } else { String::new() };
    let again = match ticket["recalls"].as_i64().unwrap() {
        0 => String::new(),
        times => format!(", recalled {times}×"),
    };
    format!("{} {status}{place}{again}", answer.number())
}

/// The sentence names the state that the ticket has.
fn refused(answer: Answer, verb: &str) -> String {
    let answer = answer.refused(409, "INVALID_STATE");
    let sentence = answer.body["error"]["message"].as_str().unwrap();
    let status = sentence.split(['“', '”']).nth(1).unwrap().replace(' ', "_");
    format!("refused: a ticket that is {status} cannot be {verb}ed")
}

#[tokio::test]
async fn every_scenario_goes_with_the_hub_as_with_the_plan() {
    for script in scripts() {
        let mut day = Day::new().await;
        for Line { place, step, expected } in script {
            assert_eq!(day.run(step.as_ref()).await, expected, "{place}");
        }
    }
}
