//! What goes on beside the windows while the program runs.

use std::time::Duration;

use tauri::{AppHandle, Manager};

use crate::hub::finder::site_at;
use crate::hub::hosting::served_already;
use crate::machine::settled::Change;
use crate::shell::Shell;
use crate::tray;

/// How soon a hub that is to run on this machine, and does not, is started again.
const LOOK_FOR_THE_HUB_EVERY: Duration = Duration::from_secs(3);
/// How soon a site that was found, or found elsewhere, is noted.
const NOTE_THE_SITE_EVERY: Duration = Duration::from_secs(10);

/// Runs the hub here as soon as that is possible: something may have been in its way at the start, and the program of
/// another mode that ran it may have ended.
pub async fn keep_the_hub(app: AppHandle) {
    loop {
        tokio::time::sleep(LOOK_FOR_THE_HUB_EVERY).await;
        let shell = app.state::<Shell>();
        let place = shell.machine().hub;
        if !place.here || shell.hosting.runs() {
            continue;
        }
        let Some(url) = served_already(&place) else { continue };
        if site_at(&url).await.is_ok_and(|site| site.id == place.id) {
            continue;
        }
        match shell.connect(&place).await {
            Ok(()) if shell.hosting.runs() => {
                tracing::info!("the hub runs in this program now");
                tray::show(&app);
            }
            Ok(()) => {}
            Err(sentence) => tracing::warn!("{sentence}"),
        }
    }
}

/// Notes the site's id once the hub answers, so that it is found again when its address changes.
pub async fn remember_the_site(app: AppHandle) {
    loop {
        note_the_site(&app.state::<Shell>()).await;
        tokio::time::sleep(NOTE_THE_SITE_EVERY).await;
    }
}

async fn note_the_site(shell: &Shell) {
    let (url, id) = shell.transport.place();
    if !url.is_empty()
        // Another site at this address is not ours: its numbers would be the wrong ones.
        && id.is_empty()
        && let Ok(site) = site_at(&url).await
        && shell.transport.place().0 == url
    {
        shell.transport.go_to(&url, &site.id);
        // Only what this machine was set up with is written; `--hub` on the command line is for one run.
        if shell.settings.stored().hub.url == url
            && let Err(error) = shell.settings.change(Change::Site(site.id)).await
        {
            tracing::warn!(error, "the site's id is not noted");
        }
    }
    let (now_at, id) = shell.transport.place();
    let stored = shell.settings.stored().hub;
    if !id.is_empty() && !stored.here && now_at != stored.url && stored.id == id {
        // Found again elsewhere: the next start begins there.
        let _ = shell.settings.change(Change::Moved(now_at)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::fake;
    use crate::machine::settled::Settled;

    fn a_machine(folder: &tempfile::TempDir, toml: &str, said: Option<&str>) -> Shell {
        let path = folder.path().join("lobi.toml");
        std::fs::write(&path, toml).unwrap();
        let shell = Shell::new(Settled::read(path, None, said.map(str::to_owned)).unwrap());
        let place = shell.machine().hub;
        shell.transport.go_to(&place.url, &place.id);
        shell
    }

    #[tokio::test]
    async fn the_site_behind_the_address_is_noted_and_so_is_its_next_address() {
        let folder = tempfile::tempdir().unwrap();
        let (url, _book) = fake::hub().await;
        let shell = a_machine(&folder, &format!("[hub]\nurl = \"{url}\"\n"), None);
        note_the_site(&shell).await;
        assert_eq!(shell.transport.place(), (url, "SITE".into()));
        assert_eq!(shell.settings.stored().hub.id, "SITE");

        shell.transport.go_to("http://192.0.2.7:4040", "SITE");
        note_the_site(&shell).await;
        assert_eq!(shell.settings.stored().hub.url, "http://192.0.2.7:4040");
    }

    #[tokio::test]
    async fn a_hub_that_was_named_for_one_run_is_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let (url, _book) = fake::hub().await;
        let toml = "[hub]\nurl = \"http://192.0.2.7:4040\"\nid = \"OURS\"\n";
        let shell = a_machine(&folder, toml, Some(&url));
        note_the_site(&shell).await;
        assert_eq!(shell.transport.place(), (url, "SITE".into()));
        assert_eq!(std::fs::read_to_string(shell.settings.path()).unwrap(), toml);
    }
}
