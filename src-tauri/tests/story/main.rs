//! The whole story in real windows: a touch prints a ticket, a key calls it, the TV shows and speaks it, the reception
//! reads the printed QR code. Needs Xvfb, pulseaudio, WebKitWebDriver and tauri-driver: `./test story` brings them.

#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "in a test a panic is the report")]
#![expect(clippy::print_stdout, reason = "what was measured is printed")]

mod alive;
mod ear;
mod first_day;
mod measures;
mod processes;
mod stage;
mod window;

use std::time::{Duration, Instant};

use fake_printer::Width;
use serde_json::json;

use ear::Ear;
use stage::Stage;

/// A counter that nobody reaches for: what a person would wait.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display server, a sound server and tauri-driver; ./test story brings them"]
async fn a_touch_becomes_paper_a_call_a_voice_and_a_welcome() {
    let stage = Stage::open(Width::Mm80).await;
    let ear = Ear::listen(&stage);

    // Kiosk: a finger on "Poli Umum", and paper comes out.
    let kiosk = stage.window("kiosk", &stage.printer_toml()).await;
    kiosk.click("//button[contains(., 'Poli Umum')]").await;
    let papers = stage.printer.wait_for_papers(1, PATIENCE);
    let paper = papers.first().expect("a paper comes out");
    assert_eq!(stage.printer.unknown(), Vec::<String>::new(), "the printer understands every command");
    kiosk.sees("A001").await;
    kiosk.picture("kiosk").await;

    // The QR code, read from the paper as a camera would, leads to this ticket's page.
    let picture = image::load_from_memory(&paper.png()).unwrap().to_luma8();
    let address = stage::read_qr(&picture);
    let code = address.strip_prefix(&format!("{}/t/", stage.hub_address())).expect("it leads to this hub");
    let ticket = stage.get(&format!("/api/tickets/{code}")).await;
    assert_eq!(ticket["ticket"]["nomor_antrean"], "A001");
    stage
        .until(&format!("/api/tickets/{code}"), |ticket| ticket["ticket"]["paper"]["state"] == "printed")
        .await;

    // TV and counter: one key, and the TV shows the number and says it.
    let tv = stage.window("tv", "zone = \"lobi\"\n").await;
    tv.sees("Puskesmas Uji").await;
    let counter = stage.window("counter", "").await;
    counter.sign_in("admin").await;
    counter.click("//button[contains(., 'Loket 1')]").await;
    counter.sees("A001").await;
    // The voice pack is loaded at the start; the TV tells the hub that its speaker is well.
    tokio::time::sleep(Duration::from_secs(3)).await;
    ear.forget();
    let pressed = Instant::now();
    counter.press(" ").await;
    tv.sees_within("A001", PATIENCE).await;
    let shown = pressed.elapsed();
    let heard = ear.first_sound_after(pressed, PATIENCE).expect("the room hears something");
    println!(
        "key pressed → on the TV (asked through WebDriver) {shown:?}; key pressed → first sample of sound {heard:?}"
    );
    tv.picture("tv").await;
    counter.picture("counter").await;
    let sound = ear.until_silence(PATIENCE);
    // A chime and a sentence: "Nomor antrean A, satu, silakan ke loket satu".
    assert!(sound.seconds > 3.0 && sound.seconds < 12.0, "{sound:?}");
    assert!(sound.rms_dbfs > -32.0 && sound.rms_dbfs < -8.0, "{sound:?}");
    println!("heard {sound:?}");

    // Reception: the paper is held to the camera.
    let seen = stage.camera_sees(&picture);
    let reception =
        stage.window("receptionist", &format!("[camera]\nsource = \"file:{}\"\n", seen.display())).await;
    reception.sign_in("admin").await;
    reception.sees("A001").await;
    reception.sees("Poli Umum").await;
    reception.picture("receptionist").await;

    // A window may call only the commands of its own mode.
    for (window, command, arguments) in [
        (&tv, "print_paper", json!({ "printout": { "lines": [] } })),
        (&kiosk, "settings_read", json!({})),
        (&kiosk, "camera_list", json!({})),
        (&counter, "print_paper", json!({ "printout": { "lines": [] } })),
        (&reception, "say", json!({ "sentence": "halo", "language": "id", "volume": 1 })),
    ] {
        let refused = window.invoke(command, arguments).await.expect_err("refused");
        assert!(refused.contains("not allowed"), "{command}: {refused}");
    }
    tv.invoke("machine", json!({})).await.expect("its own commands are allowed");

    measures::memory(&stage);
    for window in [kiosk, tv, counter, reception] {
        window.close().await;
    }
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display server and tauri-driver; ./test story brings them"]
async fn a_window_keeps_its_screen_while_the_hub_is_away_and_catches_up() {
    let mut stage = Stage::open(Width::Mm58).await;
    let tv = stage.window("tv", "").await;
    tv.sees("Puskesmas Uji").await;
    stage.stop_hub().await;
    tv.sees("Menyambung").await;
    tv.picture("tv-away").await;
    stage.start_hub().await;
    stage.call_one().await;
    tv.sees_within("A001", PATIENCE).await;
    tv.close().await;
    stage.close().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display server and tauri-driver; ./test story brings them"]
async fn a_new_machine_becomes_hub_and_kiosk_and_a_second_mode_joins_it() {
    alive::from_nothing_to_a_site().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display server and tauri-driver; ./test story brings them"]
async fn an_own_clinic_gives_and_calls_its_first_number() {
    first_day::own_clinic_to_the_first_call().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs a display server and a sound server; ./test story brings them"]
async fn a_screen_that_dies_comes_back_and_speaks() {
    alive::what_dies_comes_back().await;
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures; ./test story brings what it needs"]
async fn from_start_to_a_usable_window_and_from_touch_to_paper() {
    measures::starts_and_touches().await;
}
