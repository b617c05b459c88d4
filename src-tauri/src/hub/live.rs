//! Live connections from pages to the hub, by numbers of their choice.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::{SinkExt, StreamExt};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_tungstenite::tungstenite::Message;

use crate::hub::transport::{CONNECT_WITHIN, Transport, Unreachable};

/// What happens on a live connection.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum LiveNews {
    /// It is open.
    Opened,
    /// The hub says something.
    Message {
        /// JSON.
        text: String,
    },
    /// It is over; said once, also when it never opened.
    Closed,
}

/// The live connections that are open.
#[derive(Clone, Default)]
pub struct Live(Arc<Mutex<HashMap<u32, mpsc::UnboundedSender<Message>>>>);

impl Live {
    fn lines(&self) -> MutexGuard<'_, HashMap<u32, mpsc::UnboundedSender<Message>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens one to where the hub is; news goes to `tell`.
    pub fn open(
        &self,
        number: u32,
        transport: Arc<Transport>,
        tell: impl Fn(LiveNews) + Send + Sync + 'static,
    ) {
        let (sender, receiver) = mpsc::unbounded_channel();
        self.lines().insert(number, sender);
        let live = self.clone();
        tokio::spawn(async move {
            if let Err(away) = follow(&transport, receiver, &tell).await {
                tracing::debug!(%away, "no live connection");
            }
            live.close(number);
            tell(LiveNews::Closed);
        });
    }

    /// Says something on one; nothing happens when it is over.
    pub fn say(&self, number: u32, text: String) {
        if let Some(sender) = self.lines().get(&number) {
            let _ = sender.send(Message::text(text));
        }
    }

    /// Ends one.
    pub fn close(&self, number: u32) {
        self.lines().remove(&number);
    }

    /// Ends all of them, so that pages connect anew: to another hub.
    pub fn close_all(&self) {
        self.lines().clear();
    }
}

async fn follow(
    transport: &Transport,
    mut outgoing: mpsc::UnboundedReceiver<Message>,
    tell: &(impl Fn(LiveNews) + Sync),
) -> Result<(), Unreachable> {
    let (url, id) = transport.place();
    let away = || Unreachable::Away(url.clone());
    let address = format!("{}/ws", url.replacen("http", "ws", 1));
    let opened = tokio::time::timeout(CONNECT_WITHIN, tokio_tungstenite::connect_async(address)).await;
    let Ok(Ok((socket, _))) = opened else {
        // The page tries again soon; then we are where the hub is now.
        transport.moved(&url, &id).await;
        return Err(away());
    };
    tell(LiveNews::Opened);
    let (mut write, mut read) = socket.split();
    loop {
        tokio::select! {
            said = outgoing.recv() => match said {
                Some(message) => write.send(message).await.map_err(|_| away())?,
                None => {
                    let _ = write.close().await;
                    return Ok(());
                }
            },
            heard = read.next() => match heard {
                Some(Ok(Message::Text(text))) => tell(LiveNews::Message { text: text.to_string() }),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Ok(()),
                Some(Ok(_)) => {}
            },
        }
    }
}
