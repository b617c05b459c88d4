//! How a machine begins, and how it goes on after a crash, with nobody there to help it.

use std::net::SocketAddr;
use std::process::Child;
use std::time::Instant;

use fake_printer::Width;
use serde_json::Value;

use crate::ear::Ear;
use crate::stage::{PASSWORD, Stage, free_port, until};
use crate::{PATIENCE, processes};

/// The first start of the first machine: its person answers the questions, and a hub and a kiosk run. Then a second mode
/// is started on the same machine.
pub async fn from_nothing_to_a_site() {
    let stage = Stage::open(Width::Mm58).await;
    let here = SocketAddr::from(([127, 0, 0, 1], free_port()));
    let folder = stage.folder().join("site");
    // What only a test sets: nobody else's port, nobody else's folder.
    let own = format!("[hub]\nlisten = \"{here}\"\ndata = \"{}\"\n", folder.display());

    let setup = stage.machine("new", &own).await;
    setup.sees("Layar ini untuk apa?").await;
    setup.picture("setup").await;
    setup.click("//button[@data-mode='kiosk']").await;
    setup.click("//label[contains(., 'Komputer ini')]").await;
    setup.click("//button[contains(., 'Lanjut')]").await;
    setup.sees("Fasilitas apa ini?").await;
    for (field, words) in [
        ("site-nama", "Klinik Melati"),
        ("site-kota", "Gowa"),
        ("admin-nama", "Ratna"),
        ("admin-password", PASSWORD),
        ("admin-repeated", PASSWORD),
    ] {
        setup.fill(field, words).await;
    }
    setup.picture("setup-site").await;
    setup.click("//button[contains(., 'Lanjut')]").await;
    setup.sees("Hampir selesai").await;
    setup.click("//label[contains(., 'Ketik alamatnya')]").await;
    setup.fill("printer-address", &stage.printer.connection().to_string()).await;
    setup.click("//button[contains(., 'Cetak halaman uji')]").await;
    stage.printer.wait_for_papers(1, PATIENCE);
    setup.sees("Halaman uji sudah keluar").await;
    setup.picture("setup-devices").await;
    setup.click("//button[contains(., 'Mulai')]").await;

    // The program began anew by itself: as the kiosk of the hub that it runs.
    let hub = format!("http://{here}");
    let site = until(|| async { stage.ask(&format!("{hub}/api/site")).await.filter(named("Klinik Melati")) });
    let site = site.await.expect("the hub runs again");
    until_listened_to(&stage, &hub).await;
    let toml = std::fs::read_to_string(stage.folder().join("new/lobi.toml")).unwrap();
    assert!(toml.contains("mode = \"kiosk\"") && toml.contains("here = true"), "{toml}");
    assert!(!toml.contains(PASSWORD));

    // A second mode on the hub's own machine uses the hub that is there.
    let id = site["id"].as_str().unwrap();
    let second = format!("mode = \"counter\"\n{own}here = true\nid = \"{id}\"\n");
    let counter = stage.machine("second", &second).await;
    counter.sign_in("admin").await;
    counter.click("//button[contains(., 'Loket 1')]").await;
    counter.sees("Terhubung").await;

    // The program that runs the hub dies: the other one goes on with it, and its window hardly notices.
    let config = stage.folder().join("new/lobi.toml").display().to_string();
    for one in processes::all().iter().filter(|one| one.command.contains(&config)) {
        processes::crash(one.pid);
    }
    until_answered(&stage, &hub).await;
    counter.sees("Terhubung").await;
    counter.close().await;
    until(|| async { stage.ask(&format!("{hub}/health")).await.is_none().then_some(()) })
        .await
        .expect("it ends");

    // Leaving the kiosk that runs the hub closes its window, and nobody else's screen.
    let third = format!("mode = \"kiosk\"\n{own}here = true\nid = \"{id}\"\n");
    let kiosk = stage.machine("third", &third).await;
    kiosk.sees("Poli Umum").await;
    let config = stage.folder().join("third/lobi.toml").display().to_string();
    let program = processes::all().into_iter().find(|one| one.command.contains(&config)).unwrap().pid;
    let leave = format!(
        "window.__TAURI_INTERNALS__.invoke('leave', {{ username: 'admin', password: '{PASSWORD}' }})"
    );
    kiosk.run(&leave).await;
    let page = |one: &processes::Process| one.command.contains("WebKitWebProcess");
    let gone = || async { (!processes::family(&processes::all(), program).iter().any(page)).then_some(()) };
    until(gone).await.expect("the window closes");
    until_answered(&stage, &hub).await;
    processes::crash(program);
    stage.close().await;
}

/// A TV whose page, then whose whole program dies: each time it is back and says the next call.
pub async fn what_dies_comes_back() {
    let stage = Stage::open(Width::Mm58).await;
    let ear = Ear::listen(&stage);
    let config = stage.settings("kept", &stage.mode_toml("tv", ""));
    let keeper = stage
        .command(env!("CARGO_BIN_EXE_lobi"))
        .args(["--keep-running", "--config"])
        .arg(&config)
        .spawn()
        .unwrap();
    let keeper = Kept(keeper);
    let hub = stage.hub_address();

    until_listened_to(&stage, &hub).await;
    speaks(&stage, &ear).await;

    let page = keeper.page().await;
    processes::crash(page);
    until(|| async { keeper.page_now().filter(|now| *now != page) }).await.expect("a new page");
    until_listened_to(&stage, &hub).await;
    speaks(&stage, &ear).await;

    let program = keeper.program().expect("it runs");
    processes::crash(program);
    until(|| async { keeper.program().filter(|now| *now != program) }).await.expect("a new program");
    let page = keeper.page().await;
    until_listened_to(&stage, &hub).await;
    speaks(&stage, &ear).await;
    assert_eq!(keeper.page().await, page, "it stays");

    drop(keeper);
    stage.close().await;
}

/// Somebody is called, and the room hears it.
async fn speaks(stage: &Stage, ear: &Ear) {
    // The voice pack is loaded at the start.
    tokio::time::sleep(std::time::Duration::from_secs(3)).await;
    ear.forget();
    let called = Instant::now();
    stage.call_one().await;
    ear.first_sound_after(called, PATIENCE).expect("the room hears the call");
    let sound = ear.until_silence(PATIENCE);
    assert!(sound.seconds > 3.0 && sound.seconds < 12.0, "{sound:?}");
}

/// Waits until exactly one screen listens to the hub.
async fn until_listened_to(stage: &Stage, hub: &str) {
    let one = |health: &Value| health["listeners"] == 1;
    until(|| async { stage.ask(&format!("{hub}/health")).await.filter(one) })
        .await
        .expect("one screen listens");
}

/// Waits until a hub answers there.
async fn until_answered(stage: &Stage, hub: &str) {
    until(|| async { stage.ask(&format!("{hub}/health")).await }).await.expect("the hub answers");
}

fn named(name: &'static str) -> impl Fn(&Value) -> bool {
    move |site| site["name"] == name
}

/// A program and the process that keeps it; both end here.
struct Kept(Child);

impl Kept {
    fn family(&self) -> Vec<processes::Process> {
        processes::family(&processes::all(), i32::try_from(self.0.id()).unwrap())
    }

    fn program(&self) -> Option<i32> {
        let program = |one: &&processes::Process| one.command.contains("lobi --config");
        self.family().iter().find(program).map(|one| one.pid)
    }

    fn page_now(&self) -> Option<i32> {
        let page = |one: &&processes::Process| one.command.contains("WebKitWebProcess");
        self.family().iter().find(page).map(|one| one.pid)
    }

    async fn page(&self) -> i32 {
        until(|| async { self.page_now() }).await.expect("it has a page")
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let program = self.program();
        let _ = self.0.kill();
        let _ = self.0.wait();
        if let Some(program) = program {
            processes::crash(program);
        }
    }
}
