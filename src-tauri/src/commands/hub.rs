//! The page's door to the hub.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tauri::State;
use tauri::ipc::{Channel, Response};

use crate::hub::live::LiveNews;
use crate::hub::transport::HubRequest;
use crate::shell::Shell;

/// Asks the hub. The answer is framed as [`crate::hub::transport::Transport::request`] says.
#[tauri::command]
pub async fn hub_request(shell: State<'_, Shell>, request: HubRequest) -> Result<Response, String> {
    shell.transport.request(&request).await.map(Response::new).map_err(|error| error.to_string())
}

/// Opens a live connection; news comes through `channel`.
#[tauri::command]
pub async fn hub_live(shell: State<'_, Shell>, channel: Channel<LiveNews>) -> Result<u32, String> {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    shell.live.open(number, Arc::clone(&shell.transport), move |news| {
        // A page that is gone hears nothing.
        let _ = channel.send(news);
    });
    Ok(number)
}

/// Says something on a live connection.
#[tauri::command]
pub fn hub_send(shell: State<'_, Shell>, id: u32, text: String) {
    shell.live.say(id, text);
}

/// Ends a live connection.
#[tauri::command]
pub fn hub_close(shell: State<'_, Shell>, id: u32) {
    shell.live.close(id);
}
