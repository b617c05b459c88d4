//! `/api/announcements`, and whose turn it is to speak.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::speech::turns::Turn;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::actions;
use super::events::Announcement;
use crate::db::events;
use crate::error::Refusal;
use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::Body;
use crate::http::{Answer, ApiError, App};
use crate::live::audience::Told;

/// The longest announcement in characters: half a minute of speech.
const LONGEST: usize = 300;

/// What to announce.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Announce {
    /// 1–300 characters.
    teks: String,
}

/// Announce something to every TV.
#[utoipa::path(post, path = "/api/announcements", tag = "staff", request_body = Announce,
    responses((status = 201, body = Announcement)))]
pub async fn announce(
    State(hub): State<App>,
    intent: Intent,
    body: Body<Announce>,
) -> Result<(StatusCode, Json<Announcement>), ApiError> {
    let caller = intent.caller(&body.raw);
    let teks = one_line(&body.value.teks);
    if teks.is_empty() || teks.chars().count() > LONGEST {
        return Err(Refusal::invalid([("teks", "announcement")]).into());
    }
    Ok((StatusCode::CREATED, Json(actions::announce(&hub, caller, teks).await?)))
}

/// So many of the last announcements are shown.
const SHOWN: usize = 20;

/// What was announced last.
#[derive(Serialize, ToSchema)]
pub struct Announcements {
    /// The newest first, at most twenty.
    announcements: Vec<Announced>,
}

/// Something that was announced.
#[derive(Serialize, ToSchema)]
pub struct Announced {
    /// When, in the site's zone.
    #[schema(example = "2026-11-20T09:05:00+08:00")]
    at: String,
    /// What stood on the screens.
    teks: String,
}

/// What was announced last, so that it can be said again.
#[utoipa::path(get, path = "/api/announcements", tag = "staff",
    responses((status = 200, body = Announcements)))]
pub async fn announced(State(hub): State<App>) -> Answer<Announcements> {
    let told = hub.db.read(|sql| events::latest_of(sql, Announcement::KIND, SHOWN)).await?;
    let zone = hub.site().zone;
    let announcements = told.into_iter().filter_map(|(at, data)| {
        let Announcement { teks, .. } = serde_json::from_str(&data).ok()?;
        Some(Announced { at: at.rfc3339(zone), teks })
    });
    Ok(Json(Announcements { announcements: announcements.collect() }))
}

/// A TV asks for its turn, or says that it speaks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct VoiceTurn {
    /// The room: TVs of one zone are heard together. 1–64 characters.
    #[schema(example = "lobi-utama")]
    zone: String,
    /// The TV's own name for itself. 1–64 characters.
    machine: String,
    /// The event to be spoken.
    seq: i64,
    /// `false`: may I? `true`: I speak it now; said again every second until the end.
    speaking: bool,
}

/// What to do.
#[derive(Serialize, ToSchema)]
pub struct VoiceAnswer {
    /// `speak`: it is your turn; `spoken`: another TV of the zone said it; `wait`: ask again.
    turn: &'static str,
    /// With `wait`: after how many milliseconds.
    #[schema(required)]
    wait_millis: Option<i64>,
}

/// Whose turn it is to speak an event in a zone: each call is heard once per room.
#[utoipa::path(post, path = "/api/voice/turn", tag = "visitor", request_body = VoiceTurn,
    responses((status = 200, body = VoiceAnswer)))]
pub async fn turn(
    State(hub): State<App>,
    Body { value: VoiceTurn { zone, machine, seq, speaking }, .. }: Body<VoiceTurn>,
) -> Answer<VoiceAnswer> {
    let named = |text: &str| (1..=64).contains(&text.chars().count());
    let mut fields = Fields::default();
    fields.check(named(&zone), "zone", "name_64");
    fields.check(named(&machine), "machine", "name_64");
    // An event that is still to come would silence the room until it does.
    fields.check(seq <= hub.memory().seq, "seq", "wrong_type");
    fields.done()?;
    let now = hub.now();
    let mut voices = hub.passing.voices();
    let turn = match speaking {
        true if voices.speaking(&zone, &machine, seq, now) => Turn::Speak,
        true => Turn::Spoken,
        false => voices.ask(&zone, &machine, seq, now),
    };
    Ok(Json(match turn {
        Turn::Speak => VoiceAnswer { turn: "speak", wait_millis: None },
        Turn::Spoken => VoiceAnswer { turn: "spoken", wait_millis: None },
        Turn::Wait(millis) => VoiceAnswer { turn: "wait", wait_millis: Some(millis) },
    }))
}
