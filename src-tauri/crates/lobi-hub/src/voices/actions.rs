//! Words of calls are recorded and thrown away.

use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::speech::Language;
use serde_json::json;

use super::events::VoiceUpdated;
use super::sound::Sound;
use super::store::{self, Recording};
use crate::act::{Act, Caller};
use crate::error::Result;
use crate::hub::Hub;

/// Keeps a word in the place of the one before; every TV says it from the next call on.
///
/// # Errors
/// No right; a database error.
pub async fn keep(
    hub: &Arc<Hub>,
    caller: Caller,
    language: Language,
    clip: String,
    sound: Sound,
) -> Result<Recording> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let berkas = format!("{clip}.{}.wav", act.moment()?.order);
        let before = store::remove(act.sql(), language, &clip)?;
        let after = Recording { berkas, millis: sound.millis };
        store::keep(act.sql(), language, &clip, &after, &sound.wav)?;
        tell(act, language, clip, before, Some(&after))?;
        Ok(after)
    })
    .await
}

/// Throws a recorded word away: what the voice pack has for it, or nothing, is heard from the next call on.
///
/// # Errors
/// No right; a database error.
pub async fn remove(hub: &Arc<Hub>, caller: Caller, language: Language, clip: String) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        match store::remove(act.sql(), language, &clip)? {
            Some(before) => tell(act, language, clip, Some(before), None),
            None => Ok(()),
        }
    })
    .await
}

/// Before and after by length and file; the sound itself is in neither.
fn tell(
    act: &mut Act<'_, '_>,
    language: Language,
    klip: String,
    before: Option<Recording>,
    after: Option<&Recording>,
) -> Result<()> {
    let subject = format!("{}/{klip}", language.name());
    act.audit("recording.set", &subject, before.map(|one| json!(one)).as_ref(), after)?;
    act.tell(&VoiceUpdated { bahasa: language, klip }, [])
}
