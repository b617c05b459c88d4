//! Many at once: numbers are given once, visitors are called once.

use std::collections::{BTreeSet, HashMap};

use futures_util::future::join_all;
use serde_json::json;

use crate::harness::{MORNING, a_hub, clinic};

#[tokio::test(flavor = "multi_thread")]
async fn two_hundred_parallel_registrations_get_two_hundred_numbers() {
    let hub = a_hub().with(clinic()).open().await;
    let answers =
        join_all((0..200).map(|i| hub.visitor.take(if i % 2 == 0 { "umum" } else { "gigi" }))).await;
    let numbers: BTreeSet<String> = answers.iter().map(|answer| answer.number().to_owned()).collect();
    let expected = (1..=100).flat_map(|n| [format!("A{n:03}"), format!("B{n:03}")]);
    assert_eq!(numbers, expected.collect::<BTreeSet<_>>(), "no gap, no number twice");
    let codes: BTreeSet<&str> =
        answers.iter().map(|answer| answer.body["ticket"]["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 200);
    // Who has a smaller number has fewer people ahead: the answer is what was true when it was given.
    for answer in &answers {
        let number: u64 = answer.number()[1..].parse().unwrap();
        assert_eq!(answer.body["ticket"]["position"], json!(number));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_counters_calling_at_once_never_call_the_same_visitor() {
    let hub = a_hub().with(clinic()).open().await;
    let by = lobi_hub::act::Caller::system(MORNING);
    for number in 11..=18 {
        let add = lobi_hub::queue::actions::set_up::set_counter;
        let number = lobi_core::queue::CounterNumber(number);
        add(hub.hub(), by.clone(), number, format!("Loket {}", number.0), vec!["umum".into()]).await.unwrap();
    }
    join_all((0..200).map(|_| hub.visitor.take("umum"))).await;
    let mut called: HashMap<String, u32> = HashMap::new();
    for _ in 0..25 {
        for answer in join_all((11..=18).map(|counter| hub.admin.call_next(counter))).await {
            *called.entry(answer.expect(200).number().to_owned()).or_default() += 1;
        }
    }
    assert_eq!(called.len(), 200);
    assert!(called.values().all(|times| *times == 1));
    hub.admin.call_next(11).await.refused(409, "QUEUE_EMPTY");
}

#[tokio::test(flavor = "multi_thread")]
async fn registrations_and_calls_at_once_leave_a_board_that_adds_up() {
    let hub = a_hub().with(clinic()).open().await;
    let takes = join_all((0..120).map(|_| hub.visitor.take("umum")));
    let calls = join_all((0..60).map(|i| hub.rina.call_next(if i % 2 == 0 { 1 } else { 3 })));
    let (_, calls) = tokio::join!(takes, calls);
    let called = calls.iter().filter(|answer| answer.status == 200).count();
    let stats = hub.rina.get("/api/dashboard/queues").await.body["stats"].clone();
    assert_eq!(stats["menunggu"].as_u64().unwrap() as usize, 120 - called);
    assert_eq!((stats["selesai"].as_u64().unwrap() + stats["dipanggil"].as_u64().unwrap()) as usize, called);
    let hub = hub.restart().await;
    assert_eq!(hub.rina.get("/api/dashboard/queues").await.body["stats"], stats, "disk and memory agree");
}
