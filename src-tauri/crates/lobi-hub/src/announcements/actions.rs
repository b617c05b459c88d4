//! Staff announce something: every TV shows it and one per room reads it aloud.

use std::sync::Arc;

use lobi_core::speech::{Language, Spoken};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::db::{Change, NewEvent};
use crate::error::Result;
use crate::hub::{Caller, Hub};
use crate::settings::store as settings;

/// An announcement as TVs get it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct Announcement {
    /// What stands on the screen.
    #[schema(example = "Pengemudi mobil DD 1234 AB, mohon pindahkan kendaraan Anda.")]
    pub teks: String,
    /// What is read aloud: free text, so by an engine, never from clips.
    pub speech: Vec<Spoken>,
}

/// Tells every TV.
///
/// # Errors
/// A database error.
pub async fn announce(hub: &Arc<Hub>, caller: Caller, teks: String) -> Result<Announcement> {
    hub.act(caller, move |tx, _, caller| {
        let spoken = Spoken { language: Language::Id, sentence: teks.clone(), clips: Vec::new() };
        let announcement = Announcement { teks, speech: vec![spoken] };
        let day = settings::stored_day(tx.sql())?.day;
        tx.record(NewEvent {
            at: caller.now,
            day,
            channel: "display".into(),
            counter: None,
            kind: "Announcement",
            actor: caller.actor.name(),
            data: serde_json::to_string(&announcement).unwrap_or_default(),
            change: Change::None,
        })?;
        Ok(announcement)
    })
    .await
}
