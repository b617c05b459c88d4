//! The first day with the desktop program alone, as the admin of a new clinic has it: from a fresh start to the first number
//! printed and called. What a browser does instead is `ui/e2e/first-day.spec.ts`; both stand in `docs/first-day.md`.

use std::net::SocketAddr;
use std::time::Instant;

use fake_printer::Width;
use serde_json::Value;

use crate::PATIENCE;
use crate::stage::{PASSWORD, Stage, free_port, until};
use crate::window::Window;

/// What the clinic has beside the four services that its kind begins with.
const SERVICES: [&str; 2] = ["Poli Gigi Anak", LABORATORY];
const LABORATORY: &str = "Laboratorium";
const STAFF: [&str; 3] = ["Rina Kusuma", "Dewi Anggraini", "Sari Amelia"];
/// What Rina makes of the password that she was given.
const HER_OWN: &str = "kucing-oren-tujuh";

/// A chip of the open panel.
fn on_panel(words: &str) -> String {
    format!("//aside//label[normalize-space(.)='{words}']")
}

/// A step is over: its picture, and the seconds it took.
struct Steps(Instant, Vec<String>);

impl Steps {
    async fn done(&mut self, window: &Window, name: &str) {
        self.1.push(format!("{name} {:.1}", self.0.elapsed().as_secs_f64()));
        window.picture(&format!("{}-{name}", self.1.len())).await;
        self.0 = Instant::now();
    }
}

/// The admin's PC becomes hub and counter; services, counters and people are added; a second program becomes the kiosk; a
/// colleague signs in with the password she was given and calls the number from the paper.
pub async fn own_clinic_to_the_first_call() {
    let stage = Stage::open(Width::Mm80).await;
    let here = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let own = format!("[hub]\nlisten = \"{here}\"\ndata = \"{}\"\n", stage.folder().join("site").display());
    let mut steps = Steps(Instant::now(), Vec::new());

    let window = stage.machine("office", &own).await;
    window.sees("Layar ini untuk apa?").await;
    steps.done(&window, "mulai").await;
    window.click("//button[@data-mode='counter']").await;
    window.click("//label[contains(., 'Komputer ini')]").await;
    window.click("//button[contains(., 'Lanjut')]").await;
    for (field, words) in [
        ("site-nama", "Klinik Sehat Bersama"),
        ("site-kota", "Makassar"),
        ("admin-nama", "Wati Lestari"),
        ("admin-password", PASSWORD),
        ("admin-repeated", PASSWORD),
    ] {
        window.fill(field, words).await;
    }
    window.click("//label[starts-with(normalize-space(.), 'Klinik')]").await;
    window.click("//button[contains(., 'Lanjut')]").await;
    window.sees("Hampir selesai").await;
    steps.done(&window, "fasilitas").await;
    window.click("//button[contains(., 'Mulai')]").await;

    // The program began anew by itself, as the counter of the hub that it runs. The driver follows no second program: the
    // admin opens the window again.
    let hub = format!("http://{here}");
    let site = until(|| async { stage.ask(&format!("{hub}/api/site")).await }).await.expect("the hub runs");
    let id = site["id"].as_str().unwrap().to_owned();
    let joined = |mode: &str, more: &str| {
        format!("mode = \"{mode}\"\nname = \"{mode}\"\n{own}here = true\nid = \"{id}\"\n{more}")
    };
    let desk = stage.machine("desk", &joined("counter", "")).await;
    desk.sign_in("admin").await;
    desk.click("//nav//a[contains(., 'Pengaturan')]").await;

    desk.click("//nav//a[normalize-space(.)='Layanan']").await;
    for name in SERVICES {
        desk.click("//main//button[normalize-space(.)='Layanan']").await;
        desk.fill("service-name", name).await;
        desk.click("//button[normalize-space(.)='Tambah layanan']").await;
        desk.sees_row(name).await;
    }
    desk.rows(6).await;
    steps.done(&desk, "layanan").await;

    desk.click("//nav//a[normalize-space(.)='Daftar loket']").await;
    desk.sees_row("Loket 1").await;
    let had = desk.count("//tbody/tr").await;
    for more in had + 1..=5 {
        desk.click("//main//button[normalize-space(.)='Loket']").await;
        desk.click(&on_panel(LABORATORY)).await;
        desk.click("//button[normalize-space(.)='Tambah loket']").await;
        desk.rows(more).await;
    }
    steps.done(&desk, "loket").await;

    desk.click("//nav//a[normalize-space(.)='Petugas']").await;
    let mut given = Vec::new();
    for name in STAFF {
        desk.click("//main//button[normalize-space(.)='Petugas']").await;
        desk.fill("staff-name", name).await;
        desk.click(&on_panel(LABORATORY)).await;
        desk.click("//button[normalize-space(.)='Tambah']").await;
        given.push(desk.text("//aside//output").await);
        desk.press("\u{E00C}").await;
        desk.sees_row(name).await;
    }
    steps.done(&desk, "petugas").await;

    let kiosk = stage.machine("kiosk", &joined("kiosk", &stage.printer_toml())).await;
    kiosk.click(&format!("//button[contains(., '{LABORATORY}')]")).await;
    let papers = stage.printer.wait_for_papers(1, PATIENCE);
    assert_eq!(papers.len(), 1, "the first ticket on paper");
    kiosk.sees("001").await;
    steps.done(&kiosk, "kiosk").await;
    kiosk.close().await;
    desk.close().await;

    let hers = stage.machine("hers", &joined("counter", "")).await;
    hers.sign_in_with("rina", &given[0]).await;
    for (field, words) in
        [("old-password", given[0].as_str()), ("new-password", HER_OWN), ("repeated-password", HER_OWN)]
    {
        hers.fill(field, words).await;
    }
    hers.press("\u{E007}").await;
    hers.click("//button[starts-with(normalize-space(.), 'Loket 5')]").await;
    hers.sees("001").await;
    hers.press(" ").await;
    let called = |dashboard: &Value| dashboard["current"][0]["loket"] == 5;
    let board = until(|| async { stage.ask(&format!("{hub}/api/display")).await.filter(called) });
    assert!(board.await.is_some(), "the number is called to her loket");
    assert!(hers.text("//*[@data-testid='current-number']").await.ends_with("001"), "her screen shows it");
    steps.done(&hers, "panggil").await;
    hers.close().await;
    println!("first day on the desktop, seconds: {}", steps.1.join(", "));
    window.close().await;
    stage.close().await;
}
