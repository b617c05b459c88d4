//! Staff announce something: every TV shows it and one per room reads it aloud.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::speech::{Language, Spoken};

use super::events::Announcement;
use crate::act::Caller;
use crate::error::Result;
use crate::hub::Hub;

/// Tells every TV.
///
/// # Errors
/// No right; a database error.
pub async fn announce(hub: &Arc<Hub>, caller: Caller, teks: String) -> Result<Announcement> {
    hub.act(caller, move |act| {
        act.must(Permission::Announce, Reach::Site)?;
        let spoken = Spoken { language: Language::Id, sentence: teks.clone(), clips: Vec::new() };
        let announcement = Announcement { teks, speech: vec![spoken] };
        act.tell(&announcement, [])?;
        Ok(announcement)
    })
    .await
}
