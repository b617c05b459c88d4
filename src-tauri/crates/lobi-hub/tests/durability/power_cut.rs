//! Promise 1: a number that was answered is there after a power cut. SIGKILL cannot show it (the system keeps what was
//! written); a recorder of writes and syncs can: without the sync of each commit these tests fail.

use std::collections::BTreeMap;
use std::path::Path;

use lobi_core::time::Timestamp;
use lobi_hub::config::DbConfig;
use lobi_hub::db::{Condition, DataFolder, Db, DbError};
use lobi_hub::queue::store::numbers::NUMBERS;

use crate::program::{Program, a_site, contents};
use crate::recorder::{Dice, Disk, Recorder, Step};

/// Moments at which the power is cut, each twice: everything unsynced lost, and a part of it.
const CUTS: usize = 120;

/// A ticket as it was answered, and how long the trace was by then.
struct Answered {
    number: u32,
    code: String,
    at: u64,
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    contents(folder).into_iter().map(|(path, bytes)| (name(&path), bytes)).collect()
}

fn written(files: &BTreeMap<String, Vec<u8>>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, bytes)| std::fs::write(folder.path().join(name), bytes).unwrap());
    folder
}

/// Takes numbers one after the other.
async fn take(hub: &Program, recorder: &Recorder, count: usize) -> Vec<Answered> {
    let mut answered = Vec::new();
    for _ in 0..count {
        let (status, body) = hub.take().await;
        assert_eq!(status, 201, "{body}");
        let number = body["ticket"]["nomor_antrean"].as_str().unwrap()[1..].parse().unwrap();
        let code = body["ticket"]["code"].as_str().unwrap().to_owned();
        answered.push(Answered { number, code, at: recorder.length() });
    }
    answered
}

/// Opens the folder as the hub does. Gives today's numbers of Poli Umum by the codes of their tickets.
async fn numbers_after(folder: &Path, moment: &str) -> BTreeMap<String, u32> {
    let folder = DataFolder::lock(folder).unwrap();
    let db = Db::open(&folder, &DbConfig::default(), Timestamp(0), NUMBERS, |_, _| {});
    let db = db.unwrap_or_else(|error| panic!("{moment}: {}", error.sentence()));
    assert_eq!(db.condition(), Condition::Fine, "{moment}: a power cut is no loss");
    let numbers = db.read(|sql| {
        let sound: String = sql.query_row("pragma quick_check(1)", [], |row| row.get(0))?;
        assert_eq!(sound, "ok");
        let mut select = sql.prepare(
            "select t.code, t.number from tickets t join services s on s.id = t.service_id where s.slug = 'umum'",
        )?;
        let rows = select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok::<_, DbError>(rows.collect::<Result<_, _>>()?)
    });
    let numbers = numbers.await.unwrap_or_else(|error| panic!("{moment}: {error}"));
    db.close();
    numbers
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answered_number_is_there_after_a_power_cut_at_any_moment() {
    let site = a_site();
    let begin = files(site.path());
    let recorder = Recorder::new(&begin);
    let hub = Program::start_with(&recorder.data, &[], &recorder.variables());
    // One after the other, then a crowd that shares commits.
    let mut answered = take(&hub, &recorder, 150).await;
    let crowd: Vec<_> = (0..6).map(|_| take(&hub, &recorder, 50)).collect();
    for some in futures_util::future::join_all(crowd).await {
        answered.extend(some);
    }
    hub.stop();
    let steps = recorder.steps();
    let folded = |(_, step): &&(u64, Step)| matches!(step, Step::Change(name, _) if name == "lobi.db");
    assert!(steps.iter().filter(folded).count() > 10, "the log was folded in meanwhile");

    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut cuts: Vec<usize> = (0..CUTS).map(|_| dice.below(steps.len())).collect();
    cuts.sort_unstable();
    let mut disk = Disk::new(&begin);
    let mut next = 0;
    for cut in cuts {
        steps[next..=cut].iter().for_each(|(_, step)| disk.take(step));
        next = cut + 1;
        let at = steps[cut].0;
        for how in ["all lost", "a part there"] {
            let moment = format!("{how} after step {cut} of {}", steps.len());
            let folder = written(&disk.cut((how != "all lost").then_some(&mut dice)));
            let numbers = numbers_after(folder.path(), &moment).await;
            for ticket in answered.iter().filter(|ticket| ticket.at <= at) {
                let found = numbers.get(&ticket.code);
                assert_eq!(found, Some(&ticket.number), "{moment}: {} was answered", ticket.number);
            }
            if cut % 20 == 0 {
                let hub = Program::start(folder.path(), &[]);
                let given = hub.number().await;
                let highest =
                    answered.iter().filter(|ticket| ticket.at <= at).map(|ticket| ticket.number).max();
                assert!(Some(given) > highest, "{moment}: {given} is given a second time");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_start_that_the_power_cut_ended_begins_again() {
    let nothing = BTreeMap::new();
    let recorder = Recorder::new(&nothing);
    Program::start_with(&recorder.data, &[], &recorder.variables()).stop();
    let steps = recorder.steps();
    let mut dice = Dice(0x2545_f491_4f6c_dd1d);
    let mut disk = Disk::new(&nothing);
    let every = steps.len() / 60 + 1;
    for (cut, (_, step)) in steps.iter().enumerate() {
        disk.take(step);
        for how in ["all lost", "a part there"] {
            let left = disk.cut((how != "all lost").then_some(&mut dice));
            if cut % every == 0 || matches!(step, Step::Name(_) | Step::SyncFolder) {
                numbers_after(written(&left).path(), &format!("{how} after {step:?}")).await;
            }
        }
    }
}
