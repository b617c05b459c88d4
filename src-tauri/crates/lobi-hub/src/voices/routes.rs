//! `/api/voices`: which clips there are, and their sounds. `/api/recordings`: words that an admin records.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use lobi_core::queue::Service;
use lobi_core::speech::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::sound::Sound;
use super::store::{self, Recording};
use super::{actions, word_of};
use crate::error::{Code, Refusal};
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, ApiError, App};

/// Room for the longest recording at the highest rate, in base64.
pub const MAX_RECORDING_BODY: usize = 330_000;

/// The clips of one language.
#[derive(Serialize, ToSchema)]
pub struct Voice {
    /// Files by name of clip.
    #[schema(example = json!({"huruf-a": "huruf-a.flac"}))]
    clips: BTreeMap<String, String>,
}

/// Which clips a language has: of the voice pack, of the folder beside the data, recorded by an admin. None: calls are read by
/// an engine.
#[utoipa::path(get, path = "/api/voices/{bahasa}", tag = "visitor",
    params(("bahasa" = String, Path, description = "`id` or `en`")), responses((status = 200, body = Voice)))]
pub async fn voice(State(hub): State<App>, Path(language): Path<String>) -> Json<Voice> {
    let (data, name) = (hub.config.data.clone(), language.clone());
    let clips = tokio::task::spawn_blocking(move || super::clips(&data, &name)).await;
    let mut clips = clips.unwrap_or_default();
    // With a damaged file the pack still speaks.
    let recorded = hub.db.read(move |sql| store::of_language(sql, &language)).await.unwrap_or_default();
    clips.extend(recorded.into_iter().map(|(clip, recording)| (clip, recording.berkas)));
    Json(Voice { clips })
}

/// The sound of one clip.
#[utoipa::path(get, path = "/api/voices/{bahasa}/{berkas}", tag = "visitor",
    params(("bahasa" = String, Path, description = "`id` or `en`"), ("berkas" = String, Path, description = "A file of the list")),
    responses((status = 200, description = "The sound")))]
pub async fn clip(
    State(hub): State<App>,
    Path((language, file)): Path<(String, String)>,
) -> Result<Response, ApiError> {
    let kind = mime_guess::from_path(&file).first_or_octet_stream().to_string();
    let (data, name, tongue) = (hub.config.data.clone(), file.clone(), language.clone());
    let found = tokio::task::spawn_blocking(move || super::file(&data, &tongue, &name)).await;
    let bytes = match found.ok().flatten() {
        Some(bytes) => bytes,
        None => {
            let recorded = hub.db.read(move |sql| store::sound(sql, &language, &file)).await?;
            recorded.ok_or_else(|| ApiError::from(Code::ClipNotFound))?
        }
    };
    Ok(([(header::CONTENT_TYPE, kind)], bytes).into_response())
}

/// What a call says for a service, and whether somebody recorded it.
#[derive(Serialize, ToSchema)]
pub struct Word {
    /// The language.
    bahasa: Language,
    /// The service's slug.
    #[schema(example = "umum")]
    poli: String,
    /// The service's name.
    #[schema(example = "Poli Umum")]
    nama: String,
    /// What is to be said in its place of the sentence.
    #[schema(example = "Poli Umum")]
    ucapan: String,
    /// What was recorded.
    #[schema(required)]
    rekaman: Option<Recording>,
}

fn word(language: Language, service: &Service, rekaman: Option<Recording>) -> Word {
    let nama = match language {
        Language::Id => &service.nama,
        Language::En => &service.nama_en,
    };
    let ucapan = super::words_of(language, &service.slug).unwrap_or(nama).to_owned();
    Word { bahasa: language, poli: service.slug.clone(), nama: nama.clone(), ucapan, rekaman }
}

/// The words that can be recorded.
#[derive(Serialize, ToSchema)]
pub struct Words {
    /// Service by service, Indonesian first.
    words: Vec<Word>,
}

/// What calls say for each service, and what of it was recorded.
#[utoipa::path(get, path = "/api/recordings", tag = "staff", responses((status = 200, body = Words)))]
pub async fn recordings(State(hub): State<App>) -> Answer<Words> {
    let mut recorded = BTreeMap::new();
    for language in Language::ALL {
        let here = hub.db.read(move |sql| store::of_language(sql, language.name())).await?;
        recorded.extend(here.into_iter().map(|(clip, recording)| ((language, clip), recording)));
    }
    let memory = hub.memory();
    let words = memory.queue.services().filter(|service| !service.retired).flat_map(|service| {
        Language::ALL.map(|language| (language, recorded.get(&(language, word_of(&service.slug))), service))
    });
    let words = words.map(|(language, recording, service)| word(language, service, recording.cloned()));
    Ok(Json(Words { words: words.collect() }))
}

/// A recorded word.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// A WAV as base64: 16 bits, one channel, 8,000–24,000 a second, 0.15–5 seconds.
    wav: String,
}

/// Record what a call says for a service; every TV says it from the next call on.
#[utoipa::path(post, path = "/api/recordings/{bahasa}/{poli}", tag = "staff", request_body = Record,
    params(("bahasa" = Language, Path), ("poli" = String, Path, description = "Slug")),
    responses((status = 200, body = Word)))]
pub async fn record(
    State(hub): State<App>,
    Path((language, slug)): Path<(Language, String)>,
    intent: Intent,
    body: Body<Record>,
) -> Answer<Word> {
    let caller = intent.caller(&body.raw);
    let service = service(&hub, &slug)?;
    let wav = body.value.wav;
    let sound = tokio::task::spawn_blocking(move || Sound::parse(&wav)).await;
    let sound = sound.unwrap_or(Err("recording")).map_err(|key| Refusal::invalid([("wav", key)]))?;
    let recording = actions::keep(&hub, caller, language, word_of(&slug), sound).await?;
    Ok(Json(word(language, &service, Some(recording))))
}

/// Throw a recorded word away.
#[utoipa::path(post, path = "/api/recordings/{bahasa}/{poli}/remove", tag = "staff",
    params(("bahasa" = Language, Path), ("poli" = String, Path, description = "Slug")),
    responses((status = 200, body = Word)))]
pub async fn remove(
    State(hub): State<App>,
    Path((language, slug)): Path<(Language, String)>,
    intent: Intent,
) -> Answer<Word> {
    let service = service(&hub, &slug)?;
    actions::remove(&hub, intent.caller(&[]), language, word_of(&slug)).await?;
    Ok(Json(word(language, &service, None)))
}

fn service(hub: &App, slug: &str) -> Result<Service, Refusal> {
    hub.memory().queue.service_by_slug(slug).cloned().ok_or_else(|| Refusal::no_service(slug))
}
