//! What the desktop program costs: memory of each mode, time to a usable window, touch to last byte at the printer.

use std::time::{Duration, Instant};

use fake_printer::Width;

use crate::stage::Stage;
use crate::{PATIENCE, processes};

/// In the first moment of a view the kiosk takes a touch for the second tap of the same finger.
const SETTLES: Duration = Duration::from_secs(1);

/// Prints the memory of every window of the stage, with all processes that belong to it (proportional set size).
pub fn memory(stage: &Stage) {
    let folder = stage.folder().display().to_string();
    let all = processes::all();
    for window in
        all.iter().filter(|one| one.command.contains("lobi --config") && one.command.contains(&folder))
    {
        let family = processes::family(&all, window.pid);
        let memory: u64 = family.iter().filter_map(|one| processes::proportional_kib(one.pid)).sum();
        let mode = window.command.rsplit('/').nth(1).unwrap_or_default();
        println!("memory of {mode}: {} MB in {} processes", memory / 1024, family.len());
    }
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
        tokio::time::sleep(SETTLES).await;
        // The touch itself, timed inside the page: a driver's click is slower than a finger.
        let touch = "const b = [...document.querySelectorAll('button')].find((b) => b.textContent.includes('Poli Gigi')); b.click();";
        let began = Instant::now();
        kiosk.run(touch).await;
        stage.printer.wait_for_papers(count, PATIENCE);
        touches.push(began.elapsed());
        tokio::time::sleep(SETTLES).await;
        kiosk.click("//button[contains(., 'Selesai')]").await;
    }
    touches.sort();
    println!("touch → last byte at the printer: p50 {:?}, p95 {:?}", touches[10], touches[18]);
    kiosk.close().await;
    stage.close().await;
}
