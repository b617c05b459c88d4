//! Bits that turned on the disk: noticed before a number is given, or as soon as the whole file was read.

use std::fs;

use crate::program::{Program, a_site, copy_of, flip, refuses, sql};

/// What a hub on a damaged file must do: show what it can, write nothing, name the backup.
async fn is_read_only_and_says_so(hub: Program, data: &std::path::Path) {
    let (status, refused) = hub.take().await;
    assert_eq!((status, refused["error"]["code"].as_str().unwrap()), (503, "DATA_DAMAGED"));
    let message = refused["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("rusak") && message.contains("cadangan") && !message.contains("penuh"),
        "{message}"
    );
    assert_eq!(hub.get("/api/services").await["services"].as_array().unwrap().len(), 4, "still readable");
    let before = fs::read(data.join("lobi.db")).unwrap();
    let said = hub.stop();
    assert!(
        said.contains("rusak") && said.contains("cadangan terbaru") && !said.contains("Pasang ulang"),
        "{said}"
    );
    assert!(fs::read(data.join("lobi.db")).unwrap() == before, "nothing is written");
}

#[tokio::test]
async fn a_bit_that_turned_after_a_clean_stop_is_noticed_wherever_it_is() {
    let whole = a_site();
    let (mut served, mut refused) = (0, 0);
    for percent in (0..100).step_by(5) {
        let data = copy_of(whole.path());
        flip(&data.path().join("lobi.db"), f64::from(percent) / 100.0);
        // Where the board itself cannot be read, the hub does not start at all.
        match std::panic::catch_unwind(|| Program::start(data.path(), &[])) {
            Ok(hub) => {
                assert_eq!(hub.status().await, "damaged", "{percent} %");
                is_read_only_and_says_so(hub, data.path()).await;
                served += 1;
            }
            Err(_) => {
                let said = refuses(data.path(), &[]);
                assert!(said.contains("rusak") && said.contains("cadangan terbaru"), "{percent} %: {said}");
                refused += 1;
            }
        }
        let said = refuses(data.path(), &["--accept-loss"]);
        assert!(said.contains("rusak") && said.contains("cadangan terbaru"), "{percent} %: {said}");
    }
    assert!(served > 0 && refused > 0, "both happen: {served} served, {refused} refused");
    // The whole one is as good as before.
    let hub = Program::start(whole.path(), &[]);
    assert_eq!(hub.status().await, "ok");
    hub.number().await;
}

#[tokio::test]
async fn a_large_file_is_read_while_the_hub_serves_already() {
    let data = a_site();
    {
        let sql = sql(data.path());
        let text = "x".repeat(3_000);
        let mut insert = sql
            .prepare("insert into idempotency (scope, key, fingerprint, answer, at) values ('old', ?, x'00', ?, 9000000000000)")
            .unwrap();
        sql.execute_batch("begin").unwrap();
        for row in 0..4_000 {
            insert.execute(rusqlite::params![row.to_string(), text]).unwrap();
        }
        sql.execute_batch("commit").unwrap();
    }
    let database = data.path().join("lobi.db");
    assert!(fs::metadata(&database).unwrap().len() > lobi_hub::db::inspect::READ_AT_START);
    let hub = Program::start(data.path(), &[]);
    hub.number().await;
    hub.stop();
    flip(&database, 0.5);
    let hub = Program::start(data.path(), &[]);
    let mut asked = 0;
    while hub.status().await == "ok" {
        asked += 1;
        assert!(asked < 50_000, "it is never noticed");
    }
    assert_eq!(hub.status().await, "damaged");
    hub.kill();
}
