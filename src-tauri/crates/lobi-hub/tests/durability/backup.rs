//! Copies of the data: the one that `lobi-hub backup` makes while the hub goes on, and those that people make by hand.

use std::fs;
use std::path::Path;

use crate::program::{Program, a_site, copy_of, refuses, says, sql};

/// Puts a copy where the database was, as docs/backup.md says.
fn restore(data: &Path, copy: &Path) {
    for name in ["lobi.db", "lobi.db-wal", "lobi.db-shm"] {
        let _not_there = fs::remove_file(data.join(name));
    }
    fs::copy(copy, data.join("lobi.db")).unwrap();
}

#[tokio::test]
async fn a_backup_made_while_the_hub_runs_has_every_number_given_so_far() {
    let (data, stick) = (a_site(), tempfile::tempdir().unwrap());
    let file = stick.path().join("lobi.db");
    let hub = Program::start(data.path(), &[]);
    let tickets = |folder: &Path| {
        let count = "select count(*) from tickets";
        sql(folder).query_row(count, [], |row| row.get::<_, u32>(0)).unwrap()
    };
    let before = tickets(data.path());
    for round in 1..=3 {
        for _ in 0..20 {
            hub.number().await;
        }
        let said = says(data.path(), &["backup", file.to_str().unwrap()]);
        assert!(said.contains("Cadangan tersimpan"), "{said}");
        let kept = tempfile::tempdir().unwrap();
        fs::copy(data.path().join("lobi.key"), kept.path().join("lobi.key")).unwrap();
        fs::copy(&file, kept.path().join("lobi.db")).unwrap();
        assert_eq!(tickets(kept.path()), before + 20 * round, "also what was still in the log");
    }
    let behind = hub.number().await;
    hub.stop();
    restore(data.path(), &file);
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "tail_lost", "a number was given since");
    hub.stop();
    let hub = Program::start(data.path(), &["--accept-loss"]);
    assert_eq!(hub.number().await, behind + 1, "and is not given again");
}

/// What somebody copies while the hub runs lacks what is in the log.
#[tokio::test]
async fn a_file_that_was_copied_by_hand_under_a_running_hub_is_noticed() {
    let data = a_site();
    let hub = Program::start(data.path(), &[]);
    let mut last = 0;
    for _ in 0..32 {
        last = hub.number().await;
    }
    let copied = data.path().join("salinan.db");
    fs::copy(data.path().join("lobi.db"), &copied).unwrap();
    hub.kill();
    restore(data.path(), &copied);
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "tail_lost");
    hub.stop();
    let hub = Program::start(data.path(), &["--accept-loss"]);
    assert_eq!(hub.number().await, last + 1);
}

#[test]
fn a_backup_that_cannot_be_made_says_why_and_leaves_the_last_one_alone() {
    let (data, stick) = (a_site(), tempfile::tempdir().unwrap());
    let file = stick.path().join("lobi.db");
    fs::write(&file, b"the last one").unwrap();
    let asked = ["backup", file.to_str().unwrap()];

    let keyless = copy_of(data.path());
    fs::remove_file(keyless.path().join("lobi.key")).unwrap();
    assert!(refuses(keyless.path(), &asked).contains("lobi.key"));

    let other = a_site();
    fs::copy(other.path().join("lobi.key"), keyless.path().join("lobi.key")).unwrap();
    assert!(refuses(keyless.path(), &asked).contains("tidak bisa dibuka"));

    let empty = tempfile::tempdir().unwrap();
    assert!(refuses(empty.path(), &asked).contains("lobi.key"));

    let nowhere = stick.path().join("no/such/folder/lobi.db");
    refuses(data.path(), &["backup", nowhere.to_str().unwrap()]);
    assert_eq!(fs::read(&file).unwrap(), b"the last one");
    assert_eq!(fs::read_dir(stick.path()).unwrap().count(), 1, "nothing half done is left");
}
