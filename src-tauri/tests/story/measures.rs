//! What the desktop program costs: memory of each mode, time to a usable window, touch to last byte at the printer.

use std::collections::BTreeMap;
use std::time::Instant;

use fake_printer::Width;

use crate::PATIENCE;
use crate::stage::Stage;

/// Prints the memory of every window of the stage, with all processes that belong to it (proportional set size).
pub fn memory(stage: &Stage) {
    let processes: Vec<(i32, i32, String)> = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok())
        .filter_map(|pid: i32| {
            let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).ok()?;
            let parent = stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse().ok()?;
            let command = std::fs::read_to_string(format!("/proc/{pid}/cmdline")).ok()?;
            Some((pid, parent, command.replace('\0', " ")))
        })
        .collect();
    let parents: BTreeMap<i32, i32> = processes.iter().map(|(pid, parent, _)| (*pid, *parent)).collect();
    let folder = stage.folder().display().to_string();
    for (pid, _, command) in processes
        .iter()
        .filter(|(_, _, command)| command.contains("lobi --config") && command.contains(&folder))
    {
        let belongs = |mut one: i32| loop {
            if one == *pid {
                return true;
            }
            match parents.get(&one) {
                Some(parent) if *parent > 1 => one = *parent,
                _ => return false,
            }
        };
        let all: Vec<u64> =
            parents.keys().filter(|one| belongs(**one)).filter_map(|one| proportional_kib(*one)).collect();
        let mode = command.rsplit('/').nth(1).unwrap_or_default();
        println!("memory of {mode}: {} MB in {} processes", all.iter().sum::<u64>() / 1024, all.len());
    }
}

fn proportional_kib(pid: i32) -> Option<u64> {
    let rollup = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).ok()?;
    rollup
        .lines()
        .find_map(|line| line.strip_prefix("Pss:"))?
        .trim()
        .trim_end_matches(" kB")
        .trim()
        .parse()
        .ok()
}

/// Prints how long a kiosk takes to be usable, and from a touch to the last byte at the printer.
pub async fn starts_and_touches() {
    let stage = Stage::open(Width::Mm80).await;
    let mut starts = Vec::new();
    for _ in 0..3 {
        let began = Instant::now();
        let kiosk = stage.window("kiosk", &stage.printer_toml()).await;
        kiosk.sees("Poli Umum").await;
        starts.push(began.elapsed());
        kiosk.close().await;
    }
    println!("start → usable kiosk window, driver included: {starts:?}");
    let kiosk = stage.window("kiosk", &stage.printer_toml()).await;
    println!("of which the driver's session: {:?}", kiosk.started);
    let mut touches = Vec::new();
    for count in 1..=20 {
        kiosk.sees("Sentuh satu layanan").await;
        // The touch itself, timed inside the page: a driver's click is slower than a finger.
        let touch = "const b = [...document.querySelectorAll('button')].find((b) => b.textContent.includes('Poli Gigi')); b.click();";
        let began = Instant::now();
        kiosk.run(touch).await;
        stage.printer.wait_for_papers(count, PATIENCE);
        touches.push(began.elapsed());
        kiosk.click("//button[contains(., 'Selesai')]").await;
    }
    touches.sort();
    println!("touch → last byte at the printer: p50 {:?}, p95 {:?}", touches[10], touches[18]);
    kiosk.close().await;
    stage.close().await;
}
