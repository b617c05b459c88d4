//! Files that are not there, or not those that belong together: never an empty start, never a number twice.

use std::fs;

use crate::program::{Program, a_site, copy_of, flip, refuses, sql};

#[tokio::test]
async fn a_missing_or_empty_database_beside_its_key_is_no_new_site() {
    let data = a_site();
    let backups = data.path().join("backups");
    for empty in [false, true] {
        fs::remove_file(data.path().join("lobi.db")).unwrap();
        if empty {
            fs::write(data.path().join("lobi.db"), b"").unwrap();
        }
        let said = refuses(data.path(), &[]);
        assert!(said.contains("cadangan terbaru (dari simpanan Anda)"), "{said}");
        assert!(said.contains("pindahkan lobi.key") && said.contains("Tidak ada yang diubah"), "{said}");
        fs::create_dir_all(&backups).unwrap();
        for name in ["lobi-2026-11-18.db", "lobi-2026-11-19.db"] {
            fs::write(backups.join(name), b"x").unwrap();
        }
        let said = refuses(data.path(), &["--accept-loss"]);
        assert!(said.contains("lobi-2026-11-19.db"), "the newest one is named: {said}");
        fs::remove_dir_all(&backups).unwrap();
        fs::write(data.path().join("lobi.db"), b"x").unwrap();
    }
    // What the sentence says for a new site.
    fs::remove_file(data.path().join("lobi.db")).unwrap();
    fs::remove_file(data.path().join("lobi.key")).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "ok");
    assert_eq!(hub.get("/api/site").await["name"], "Lobi");
}

#[test]
fn the_key_of_another_database_is_refused_with_what_to_do() {
    let (data, other) = (a_site(), a_site());
    fs::copy(other.path().join("lobi.key"), data.path().join("lobi.key")).unwrap();
    let said = refuses(data.path(), &[]);
    for says in ["kembalikan lobi.key yang asli", "cadangan terbaru", "Tidak ada yang diubah"] {
        assert!(said.contains(says), "{said}");
    }
}

/// A site that gave numbers and was cut off: the folder, and the last number.
async fn cut_off() -> (tempfile::TempDir, u32) {
    let data = a_site();
    let hub = Program::start(data.path(), &[]);
    let mut last = 0;
    for _ in 0..20 {
        last = hub.number().await;
    }
    hub.kill();
    (data, last)
}

#[tokio::test]
async fn a_log_that_was_lost_or_cut_is_noticed_and_its_numbers_are_not_given_again() {
    let (whole, last) = cut_off().await;
    let log = |data: &tempfile::TempDir| data.path().join("lobi.db-wal");
    for how in ["lost", "cut", "flipped", "emptied"] {
        let data = copy_of(whole.path());
        let bytes = fs::read(log(&data)).unwrap();
        match how {
            "lost" => fs::remove_file(log(&data)).unwrap(),
            "cut" => fs::write(log(&data), &bytes[..bytes.len() / 2]).unwrap(),
            "flipped" => flip(&log(&data), 0.5),
            _ => fs::write(log(&data), b"").unwrap(),
        }
        let hub = Program::start(data.path(), &[]);
        assert_eq!(hub.status().await, "tail_lost", "{how}");
        let before = hub.get("/health").await["last_event"].as_i64().unwrap();
        let (status, refused) = hub.take().await;
        assert_eq!((status, refused["error"]["code"].as_str().unwrap()), (503, "DATA_LOST"), "{how}");
        let found = fs::read(log(&data)).unwrap_or_default();
        let said = hub.stop();
        assert!(said.contains("hilang") && said.contains("--accept-loss"), "{how}: {said}");
        assert_eq!(fs::read(log(&data)).unwrap_or_default(), found, "what is left stays as it was found");

        let hub = Program::start(data.path(), &["--accept-loss"]);
        assert_eq!(hub.status().await, "ok", "{how}");
        assert_eq!(hub.number().await, last + 1, "{how}");
        let now = hub.get("/health").await["last_event"].as_i64().unwrap();
        assert!(now > before + 1, "{how}: event numbers are not used again either");
        assert!(hub.stop().contains("Kehilangan data diterima"));
        let told = "select count(*) from audit where deed = 'hub.accept_loss'";
        let told = sql(data.path()).query_row(told, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(told, 1, "{how}: the audit trail keeps that something was lost");
        let kept = data.path().join("lobi.db-wal.lost");
        assert_eq!(fs::read(kept).unwrap_or_default(), found, "{how}: the log is kept");

        let hub = Program::start(data.path(), &["--accept-loss"]);
        assert_eq!(hub.status().await, "ok");
        assert_eq!(hub.number().await, last + 2);
        assert!(hub.stop().contains("tidak ada data yang hilang"));
    }
    // Nothing lost: a hub that was only cut off goes on.
    let hub = Program::start(whole.path(), &[]);
    assert_eq!((hub.status().await.as_str(), hub.number().await), ("ok", last + 1));
}

#[tokio::test]
async fn an_older_database_in_its_place_is_noticed() {
    let data = a_site();
    let older = fs::read(data.path().join("lobi.db")).unwrap();
    let hub = Program::start(data.path(), &[]);
    let last = hub.number().await;
    hub.stop();
    fs::write(data.path().join("lobi.db"), older).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "tail_lost");
    hub.stop();
    let hub = Program::start(data.path(), &["--accept-loss"]);
    assert_eq!(hub.number().await, last + 1);
}

#[tokio::test]
async fn a_missing_head_is_fine_for_an_older_lobi_and_noticed_afterwards() {
    let data = a_site();
    let head = data.path().join("lobi.head");
    // As a Lobi without heads left it.
    sql(data.path()).pragma_update(None, "application_id", 0).unwrap();
    fs::remove_file(&head).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "ok");
    hub.number().await;
    hub.stop();
    fs::remove_file(&head).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "tail_lost");
    assert!(hub.stop().contains("lobi.head"));
    let hub = Program::start(data.path(), &["--accept-loss"]);
    assert_eq!(hub.status().await, "ok");
    assert!(hub.stop().contains("bisa terulang"), "what cannot be known is said");
}

#[tokio::test]
async fn the_head_of_another_site_is_noticed_and_a_torn_one_forgiven() {
    let (data, other) = (a_site(), a_site());
    fs::copy(other.path().join("lobi.head"), data.path().join("lobi.head")).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "tail_lost");
    hub.stop();
    // A power cut can tear both places; then the database alone counts.
    fs::write(data.path().join("lobi.head"), vec![0; 8192]).unwrap();
    let hub = Program::start(data.path(), &[]);
    assert_eq!(hub.status().await, "ok");
}

#[cfg(unix)]
#[tokio::test]
async fn a_lock_that_was_removed_lets_no_second_hub_in() {
    let data = tempfile::tempdir().unwrap();
    for start in ["first", "later"] {
        let hub = Program::start(data.path(), &[]);
        fs::remove_file(data.path().join("lobi.lock")).unwrap();
        let said = refuses(data.path(), &[]);
        assert!(said.contains("sedang dipakai hub lain"), "{start}: {said}");
        assert!(refuses(data.path(), &["--accept-loss"]).contains("sedang dipakai hub lain"));
        assert_eq!(hub.status().await, "ok", "{start}: the one that runs is not disturbed");
        hub.stop();
    }
}
