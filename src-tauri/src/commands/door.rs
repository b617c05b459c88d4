//! The two doors that need the admin's password: this machine's settings, and out of a locked screen.

use lobi_core::door::{Closed, HubSaid, Remembered, opens};
use tauri::{AppHandle, Manager, State};

use crate::from_hub::{hash_of, is_password_of};
use crate::hub::sign_in;
use crate::machine::settled::Change;
use crate::refused::Refused;
use crate::shell::Shell;
use crate::window;

/// Opens this machine's settings for an admin.
#[tauri::command]
pub async fn open_settings(
    app: AppHandle,
    shell: State<'_, Shell>,
    username: String,
    password: String,
) -> Result<(), Refused> {
    admit(&shell, &username, password).await?;
    window::open_setup(&app).map_err(|error| Refused::said("window", error.to_string()))
}

/// Leaves a locked screen for an admin.
#[tauri::command]
pub async fn leave(
    app: AppHandle,
    shell: State<'_, Shell>,
    username: String,
    password: String,
) -> Result<(), Refused> {
    admit(&shell, &username, password).await?;
    if shell.hosting.runs() {
        // Everybody else goes on with the hub in this program; its icon ends it.
        for window in app.webview_windows().into_values() {
            window.destroy().map_err(|error| Refused::said("window", error.to_string()))?;
        }
    } else {
        app.exit(0);
    }
    Ok(())
}

/// Asks whether this is an admin: the hub, or what is remembered here while the hub is away.
async fn admit(shell: &Shell, username: &str, password: String) -> Result<(), Refused> {
    let (hub, sentence) = sign_in::ask(&shell.transport, username, &password).await;
    let machine = shell.machine();
    let remembered = match hub {
        HubSaid::Nothing if !machine.admin_hash.is_empty() => {
            match is_password_of(password.clone(), machine.admin_hash).await {
                true => Remembered::Same,
                false => Remembered::Another,
            }
        }
        _ => Remembered::Nothing,
    };
    opens(hub, machine.mode.is_some(), remembered).map_err(|closed| match closed {
        Closed::Refused => Refused::said("refused", sentence),
        Closed::NotAdmin => Refused::new("admin_only"),
        Closed::NeverSignedIn => Refused::new("never_signed_in"),
        Closed::WrongPassword => Refused::new("wrong_password_offline"),
    })?;
    if hub == HubSaid::Admin
        && let Some(hash) = hash_of(password).await
        // Noted for the day when the network is broken and the kiosk must be opened.
        && let Err(reason) = shell.settings.change(Change::Admin(hash)).await
    {
        tracing::warn!(reason, "the admin's password is not remembered here");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hub::fake;
    use crate::machine::settled::Settled;

    /// A machine that was set up as a kiosk, or not at all.
    fn a_machine(folder: &tempfile::TempDir, toml: &str, url: &str) -> Shell {
        let path = folder.path().join("lobi.toml");
        std::fs::write(&path, toml).unwrap();
        let shell = Shell::new(Settled::read(path, None, None).unwrap());
        shell.transport.go_to(url, "");
        shell
    }

    async fn refusal(shell: &Shell, username: &str, password: &str) -> Option<String> {
        admit(shell, username, password.to_owned()).await.err().map(|refused| refused.code)
    }

    fn nobody() -> String {
        format!("http://{}", std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap())
    }

    #[tokio::test]
    async fn an_admin_opens_a_kiosk_and_is_remembered_for_when_the_hub_is_away() {
        let folder = tempfile::tempdir().unwrap();
        let (url, book) = fake::hub().await;
        let shell = a_machine(&folder, "mode = \"kiosk\"\n", &url);
        assert_eq!(refusal(&shell, "admin", "rahasia-uji").await, None);
        assert_eq!(book.lock().unwrap().open.len(), 0, "signed out again");
        let stored = std::fs::read_to_string(shell.settings.path()).unwrap();
        assert!(stored.contains("admin_hash") && !stored.contains("rahasia-uji"), "{stored}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let rights = std::fs::metadata(shell.settings.path()).unwrap().permissions().mode();
            assert_eq!(rights & 0o777, 0o600, "only the owner reads the hash");
        }

        shell.transport.go_to(&nobody(), "");
        assert_eq!(refusal(&shell, "admin", "rahasia-uji").await, None);
        assert_eq!(refusal(&shell, "admin", "salah").await.as_deref(), Some("wrong_password_offline"));
        shell.transport.go_to(&url, "");
        book.lock().unwrap().full = true;
        assert_eq!(refusal(&shell, "admin", "rahasia-uji").await, None, "a full disk is no answer");
    }

    #[tokio::test]
    async fn who_is_no_admin_opens_nothing_and_stays_signed_in_nowhere() {
        let folder = tempfile::tempdir().unwrap();
        let (url, book) = fake::hub().await;
        let shell = a_machine(&folder, "mode = \"kiosk\"\n", &url);
        assert_eq!(refusal(&shell, "rina", "rahasia-uji").await.as_deref(), Some("admin_only"));
        let refused = admit(&shell, "admin", "salah".into()).await.unwrap_err();
        assert_eq!(refused, Refused::said("refused", "Nama atau kata sandi salah.".into()));
        let book = book.lock().unwrap();
        assert_eq!((book.sign_ins, book.open.len()), (1, 0));
        assert_eq!(shell.machine().admin_hash, "", "and is not remembered");
    }

    #[tokio::test]
    async fn a_pulled_cable_opens_no_kiosk_and_a_machine_that_nobody_set_up_opens() {
        let folder = tempfile::tempdir().unwrap();
        let kiosk = a_machine(&folder, "mode = \"kiosk\"\n", &nobody());
        assert_eq!(refusal(&kiosk, "admin", "").await.as_deref(), Some("never_signed_in"));
        let new = a_machine(&folder, "", &nobody());
        assert_eq!(refusal(&new, "", "").await, None);
    }
}
