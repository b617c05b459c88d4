//! The one writer: when it is held up, when work of ours panics in it, and when it dies.

use std::time::Duration;

use lobi_hub::db::DbError;
use serde_json::json;

use crate::harness::{TestHub, a_hub, clinic};

/// Holds the writer until the returned sender is dropped.
async fn hold_the_writer(hub: &TestHub) -> std::sync::mpsc::Sender<()> {
    let (hold, held) = std::sync::mpsc::channel::<()>();
    let (begun, begins) = tokio::sync::oneshot::channel();
    let hub = hub.hub().clone();
    tokio::spawn(async move {
        let work = move |_: &mut lobi_hub::db::WriteTx<'_>| {
            begun.send(()).unwrap();
            let _ = held.recv();
            Ok::<_, DbError>(())
        };
        hub.db.write(work).await
    });
    begins.await.unwrap();
    hold
}

#[tokio::test]
async fn a_full_queue_answers_busy_at_once_and_loses_nothing_that_it_took() {
    let hub = a_hub().with(clinic()).open().await;
    let hold = hold_the_writer(&hub).await;
    let waiting: Vec<_> = (0..8_192)
        .map(|_| {
            let hub = hub.hub().clone();
            tokio::spawn(async move { hub.db.write(|_| Ok::<_, DbError>(())).await })
        })
        .collect();
    tokio::task::yield_now().await;
    let refused = hub.visitor.post("/api/register", json!({ "poli": "umum" })).await.refused(503, "BUSY");
    assert_eq!(refused.headers["retry-after"], "1");
    hub.visitor.get("/api/display").await.expect(200);
    drop(hold);
    for one in waiting {
        one.await.unwrap().unwrap();
    }
    assert_eq!(hub.visitor.take("umum").await.number(), "A001");
}

#[tokio::test]
async fn work_that_panics_is_undone_alone() {
    let hub = a_hub().with(clinic()).open().await;
    let hold = hold_the_writer(&hub).await;
    // Both wait behind the held writer, so they share a transaction.
    let broken = hub.hub().db.write(|tx| -> Result<(), DbError> {
        let site = lobi_hub::site::store::site(tx.sql())?;
        let renamed = lobi_core::site::Site { name: "half done".into(), ..site };
        lobi_hub::site::store::save_site(tx.sql(), &renamed)?;
        panic!("a mistake of ours");
    });
    let (broken, taken, ()) = tokio::join!(broken, hub.visitor.take("umum"), async { drop(hold) });
    assert!(matches!(broken, Err(DbError::Panicked)));
    assert_eq!(taken.number(), "A001");
    let site = hub.hub().db.read(lobi_hub::site::store::site).await.unwrap();
    assert_eq!(site.name, "Puskesmas Uji");
}

/// Breaks where it is dropped on the writer's thread: nothing of ours does, and nothing there can catch it.
struct Breaks;

impl Drop for Breaks {
    fn drop(&mut self) {
        assert!(std::thread::current().name() != Some("lobi-writer"), "the writer dies");
    }
}

/// Nothing can be written any more: it is said, what was saved stays readable, nobody waits for ever, and a restart heals.
#[tokio::test]
async fn a_writer_that_dies_is_said_and_nobody_waits_for_it() {
    let hub = a_hub().with(clinic()).open().await;
    hub.visitor.take("umum").await;
    let hold = hold_the_writer(&hub).await;
    let mut given_up = Box::pin(hub.hub().db.write(|_| Ok::<_, DbError>(Breaks)));
    assert!(futures_util::poll!(&mut given_up).is_pending());
    // Whoever asked is gone, so the writer itself drops what it has for them.
    drop(given_up);
    let waits = hub.hub().db.write(|_| Ok::<_, DbError>(()));
    let (waited, ()) = tokio::join!(waits, async { drop(hold) });
    assert!(matches!(waited, Err(DbError::WriterDied)), "who waited behind it hears so: {waited:?}");
    // The thread hangs up a moment before it is gone.
    let said = async { while hub.visitor.get("/health").await.body["status"] != "writer_stopped" {} };
    tokio::time::timeout(Duration::from_secs(20), said).await.expect("it is said");
    hub.visitor.post("/api/register", json!({ "poli": "umum" })).await.refused(503, "HUB_MUST_RESTART");
    assert_eq!(hub.visitor.get("/api/display").await.expect(200).body["waiting_count"], 1);
    let hub = hub.restart().await;
    assert_eq!(hub.visitor.get("/health").await.body["status"], "ok");
    assert_eq!(hub.visitor.take("umum").await.number(), "A002");
}
