//! `/api/screens`: the TVs of the site.

use axum::Json;
use axum::extract::State;
use lobi_core::screens::Room;

use super::wire::{ScreenPlan, Screens};
use super::{actions, store};
use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::{Body, Path};
use crate::http::{Answer, App};

/// The longest name of a machine for itself, in characters.
const LONGEST: usize = 64;
/// The most services that one TV is limited to.
const MOST_SERVICES: usize = 40;

/// Every TV: how it is, and what it shows.
#[utoipa::path(get, path = "/api/screens", tag = "admin", responses((status = 200, body = Screens)))]
pub async fn screens(State(hub): State<App>) -> Answer<Screens> {
    Ok(Json(actions::all(&hub).await?))
}

/// What a TV is to show: it asks when it starts, and when it is told.
#[utoipa::path(get, path = "/api/screens/{machine}", tag = "visitor",
    params(("machine" = String, Path, description = "The TV's own name for itself")), responses((status = 200, body = ScreenPlan)))]
pub async fn screen(State(hub): State<App>, Path(machine): Path<String>) -> Answer<ScreenPlan> {
    Ok(Json(actions::plan_of(&hub, machine).await?.into()))
}

/// Say what a TV shows, and how.
#[utoipa::path(put, path = "/api/screens/{machine}", tag = "admin", request_body = ScreenPlan,
    params(("machine" = String, Path, description = "The TV's own name for itself")), responses((status = 200, body = Screens)))]
pub async fn change_screen(
    State(hub): State<App>,
    Path(machine): Path<String>,
    intent: Intent,
    body: Body<ScreenPlan>,
) -> Answer<Screens> {
    let caller = intent.caller(&body.raw);
    let mut fields = Fields::default();
    let plain =
        |slug: &String| !slug.is_empty() && slug.len() <= LONGEST && !slug.contains(char::is_whitespace);
    fields.check(machine.chars().count() <= LONGEST, "machine", "name_64");
    fields.check(
        body.value.poli.len() <= MOST_SERVICES && body.value.poli.iter().all(plain),
        "poli",
        "screen_services",
    );
    fields.done()?;
    actions::set(&hub, caller, machine, body.value.into()).await?;
    screens(State(hub)).await
}

/// What all TVs keep to: when they make no sound, and what stands at their foot.
#[utoipa::path(get, path = "/api/room", tag = "visitor", responses((status = 200, body = Room)))]
pub async fn room(State(hub): State<App>) -> Answer<Room> {
    Ok(Json(hub.db.read(store::room).await?))
}

/// Say what all TVs keep to.
#[utoipa::path(put, path = "/api/room", tag = "admin", request_body = Room, responses((status = 200, body = Room)))]
pub async fn change_room(State(hub): State<App>, intent: Intent, body: Body<Room>) -> Answer<Room> {
    let caller = intent.caller(&body.raw);
    let mut said = body.value;
    let texts = said.teks.iter_mut().flat_map(|line| [&mut line.id, &mut line.en]);
    for text in said.tenang.iter_mut().map(|quiet| &mut quiet.nama).chain(texts) {
        *text = one_line(text);
    }
    let mut fields = Fields::default();
    for wrong in said.wrong() {
        fields.check(false, wrong, if wrong == "teks" { "room_lines" } else { "room_quiet" });
    }
    fields.done()?;
    actions::set_room(&hub, caller, said).await?;
    room(State(hub)).await
}
