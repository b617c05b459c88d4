//! `/api/holidays`: the days on which services with hours give no numbers.

use axum::Json;
use axum::extract::State;
use lobi_core::site::Holidays;
use lobi_core::time::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::fields::{Fields, one_line};
use crate::http::auth::Intent;
use crate::http::body::Body;
use crate::http::{Answer, App};
use crate::site::actions::holidays::set_holidays;

/// How many a site may have: a few years.
const MOST_HOLIDAYS: usize = 400;

/// A day off.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// Its date.
    #[schema(example = "2026-12-25")]
    tanggal: String,
    /// Its name, as visitors read it.
    #[schema(example = "Natal")]
    nama: String,
}

/// The site's holidays.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayList {
    /// By date. Indonesia's public holidays to begin with; each date once.
    libur: Vec<Holiday>,
}

/// The site's holidays. A service without hours is open all the same.
#[utoipa::path(get, path = "/api/holidays", tag = "visitor", responses((status = 200, body = HolidayList)))]
pub async fn holidays(State(hub): State<App>) -> Json<HolidayList> {
    Json(now(&hub))
}

fn now(hub: &App) -> HolidayList {
    let memory = hub.memory();
    let view = |(date, nama): (&Date, &String)| Holiday { tanggal: date.to_string(), nama: nama.clone() };
    HolidayList { libur: memory.holidays.iter().map(view).collect() }
}

/// Make these the site's holidays: what is not in the list is no holiday any more.
#[utoipa::path(put, path = "/api/holidays", tag = "admin", request_body = HolidayList,
    responses((status = 200, body = HolidayList)))]
pub async fn change_holidays(
    State(hub): State<App>,
    intent: Intent,
    body: Body<HolidayList>,
) -> Answer<HolidayList> {
    let caller = intent.caller(&body.raw);
    let libur = body.value.libur;
    let mut fields = Fields::default();
    fields.check(libur.len() <= MOST_HOLIDAYS, "libur", "too_many");
    let mut holidays = Holidays::new();
    for (at, Holiday { tanggal, nama }) in libur.into_iter().enumerate().take(MOST_HOLIDAYS) {
        let nama = one_line(&nama);
        fields.check((1..=60).contains(&nama.chars().count()), &format!("libur[{at}].nama"), "name_64");
        let Ok(date) = tanggal.trim().parse::<Date>() else {
            fields.check(false, &format!("libur[{at}].tanggal"), "date");
            continue;
        };
        fields.check(holidays.insert(date, nama).is_none(), &format!("libur[{at}].tanggal"), "date_twice");
    }
    fields.done()?;
    set_holidays(&hub, caller, holidays).await?;
    Ok(Json(now(&hub)))
}
