//! `/api/portal` and `/api/reviews`: what visitors do about their own numbers, and what staff read of it.

use axum::Json;
use axum::extract::{FromRequestParts, State};
use axum::http::{StatusCode, request::Parts};
use lobi_core::people::Phone;
use lobi_core::time::ServiceDay;
use serde::Deserialize;
use utoipa::IntoParams;

use super::wire::{
    AskCode, CodeAsked, DeskCode, GiveReview, OwnTicket, OwnVisit, Portal, PortalLogIn, PortalSession,
    ReviewView, Reviewed, Reviews,
};
use super::{actions, store};
use crate::error::Code;
use crate::fields::Fields;
use crate::http::auth::Intent;
use crate::http::body::{Body, Path, Query};
use crate::http::paging::{Here, Paging};
use crate::http::{Answer, ApiError, App};
use crate::people::actions::family_of;
use crate::queue::actions::own;
use crate::queue::wire::ticket::TicketAnswer;
use crate::secrets;
use crate::wire::Poli;

/// The header in which a telephone sends its token.
const HEADER: &str = "x-portal";
/// The longest comment in characters.
const LONGEST_COMMENT: usize = 500;

/// Whose telephone asks.
pub struct Own {
    phone: Phone,
    token: String,
}

impl FromRequestParts<App> for Own {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, hub: &App) -> Result<Self, ApiError> {
        let token = parts.headers.get(HEADER).and_then(|value| value.to_str().ok());
        let token = token.ok_or(Code::PortalSignedOut)?.trim().to_owned();
        let (digest, now) = (secrets::digest(&token), hub.now());
        let phone = hub.db.read(move |sql| store::session(sql, &digest, now)).await?;
        let phone = phone.and_then(|phone| Phone::parse(&phone).ok()).ok_or(Code::PortalSignedOut)?;
        Ok(Own { phone, token })
    }
}

fn phone(typed: &str) -> Result<Phone, ApiError> {
    let mut fields = Fields::default();
    let phone = fields.parsed(Some(typed.to_owned()), "no_hp", "no_hp", Phone::parse);
    fields.check(phone.is_some(), "no_hp", "no_hp");
    fields.done()?;
    Ok(phone.ok_or(Code::Internal)?)
}

/// Ask for a code that opens one's own numbers; the desk tells it.
#[utoipa::path(post, path = "/api/portal/code", tag = "visitor", request_body = AskCode,
    responses((status = 200, body = CodeAsked)))]
pub async fn ask_portal_code(
    State(hub): State<App>,
    intent: Intent,
    body: Body<AskCode>,
) -> Answer<CodeAsked> {
    let caller = intent.caller(&body.raw);
    actions::ask_code(&hub, caller, phone(&body.value.no_hp)?).await?;
    Ok(Json(CodeAsked { lewat: "meja".into(), berlaku_menit: actions::CODE_MINUTES }))
}

/// The code of a telephone, to be told to whoever it belongs to.
#[utoipa::path(post, path = "/api/portal/code/show", tag = "patients", request_body = AskCode,
    responses((status = 200, body = DeskCode)))]
pub async fn show_portal_code(
    State(hub): State<App>,
    intent: Intent,
    body: Body<AskCode>,
) -> Answer<DeskCode> {
    let caller = intent.caller(&body.raw);
    let (code, nama) = actions::show_code(&hub, caller, phone(&body.value.no_hp)?).await?;
    Ok(Json(DeskCode { kode: code.code, sampai: code.expires_at.rfc3339(hub.site().zone), nama }))
}

/// Open the portal with a code.
#[utoipa::path(post, path = "/api/portal/login", tag = "visitor", request_body = PortalLogIn,
    responses((status = 200, body = PortalSession)))]
pub async fn open_portal(
    State(hub): State<App>,
    intent: Intent,
    body: Body<PortalLogIn>,
) -> Answer<PortalSession> {
    let caller = intent.caller(&body.raw);
    let kode = body.value.kode.chars().filter(char::is_ascii_digit).collect();
    let (token, until) = actions::log_in(&hub, caller, phone(&body.value.no_hp)?, kode).await?;
    Ok(Json(PortalSession { token, sampai: until.rfc3339(hub.site().zone) }))
}

/// Close the portal on this telephone.
#[utoipa::path(post, path = "/api/portal/logout", tag = "visitor", responses((status = 204)))]
pub async fn close_portal(State(hub): State<App>, own: Own, intent: Intent) -> Result<StatusCode, ApiError> {
    actions::log_out(&hub, intent.caller(&[]), &own.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// One's own numbers and visits, of everybody under this telephone.
#[utoipa::path(get, path = "/api/portal", tag = "visitor", responses((status = 200, body = Portal)))]
pub async fn own_numbers(State(hub): State<App>, own: Own) -> Answer<Portal> {
    let family = family_of(&hub, &own.phone).await?;
    let records: Vec<_> = family.iter().map(|record| record.id).collect();
    let seen = own::numbers(&hub, &own.phone, &records).await?;
    let mut tiket = Vec::new();
    let mut riwayat = Vec::new();
    let since = actions::judged_since(hub.now());
    let ids: Vec<_> = seen.over.iter().map(|visit| visit.id).collect();
    let stars = hub
        .db
        .read(move |sql| ids.into_iter().map(|id| store::stars(sql, id)).collect::<Result<Vec<_>, _>>())
        .await?;
    for (ticket, nama) in seen.open {
        tiket.push(OwnTicket { ticket, nama });
    }
    for (visit, bintang) in seen.over.into_iter().zip(stars) {
        riwayat.push(OwnVisit {
            tanggal: visit.day.to_string(),
            nomor_antrean: visit.nomor,
            poli: visit.poli,
            nama: visit.nama,
            status: visit.status,
            kode: visit.code,
            bintang,
            bisa_diulas: bintang.is_none() && visit.done_at.is_some_and(|at| at >= since),
        });
    }
    let keluarga = family.into_iter().filter_map(|record| record.details.nama).collect();
    let no_hp = format!("•••• {}", actions::last_four(own.phone.as_ref()));
    Ok(Json(Portal { no_hp, keluarga, tiket, riwayat, seq: seen.seq }))
}

/// Give one of one's own numbers back.
#[utoipa::path(post, path = "/api/portal/tickets/{code}/cancel", tag = "visitor",
    params(("code" = String, Path, description = "As printed")), responses((status = 200, body = TicketAnswer)))]
pub async fn give_number_back(
    State(hub): State<App>,
    own: Own,
    intent: Intent,
    Path(code): Path<String>,
) -> Answer<TicketAnswer> {
    let family = family_of(&hub, &own.phone).await?;
    let records = family.iter().map(|record| record.id).collect();
    let code = secrets::normal_code(&code);
    Ok(Json(own::cancel(&hub, intent.caller(&[]), code, own.phone, records).await?))
}

/// Say what one thinks of a visit; once, within a week.
#[utoipa::path(post, path = "/api/reviews", tag = "visitor", request_body = GiveReview,
    responses((status = 201, body = Reviewed)))]
pub async fn judge_visit(
    State(hub): State<App>,
    intent: Intent,
    body: Body<GiveReview>,
) -> Result<(StatusCode, Json<Reviewed>), ApiError> {
    let caller = intent.caller(&body.raw);
    let GiveReview { kode, bintang, komentar } = body.value;
    let komentar = komentar.trim().to_owned();
    let mut fields = Fields::default();
    fields.check((1..=5).contains(&bintang), "bintang", "stars");
    fields.check(komentar.chars().count() <= LONGEST_COMMENT, "komentar", "too_long");
    fields.done()?;
    actions::review(&hub, caller, secrets::normal_code(&kode), bintang, komentar).await?;
    Ok((StatusCode::CREATED, Json(Reviewed { bintang })))
}

/// Which reviews to list.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReviewsQuery {
    /// From this day on; left out: thirty days back.
    dari: Option<String>,
    /// Until this day; left out: today.
    sampai: Option<String>,
    /// From 1.
    #[param(minimum = 1)]
    page: Option<usize>,
    /// 1–1000, 200 unless told.
    #[param(minimum = 1, maximum = 1000)]
    per_page: Option<usize>,
}

/// What visitors thought of their visits.
#[utoipa::path(get, path = "/api/reviews", tag = "reports", params(ReviewsQuery), responses((status = 200, body = Reviews)))]
pub async fn reviews(
    State(hub): State<App>,
    here: Here,
    Query(query): Query<ReviewsQuery>,
) -> Answer<Reviews> {
    let paging = Paging::of(query.page, query.per_page)?;
    let mut fields = Fields::default();
    let mut day = |written: Option<&str>, field: &'static str| {
        let day = written.map(str::parse::<ServiceDay>);
        fields.check(!matches!(day, Some(Err(_))), field, "date");
        day.and_then(Result::ok)
    };
    let (dari, sampai) = (day(query.dari.as_deref(), "dari"), day(query.sampai.as_deref(), "sampai"));
    fields.done()?;
    let (site, today) = (hub.site(), hub.memory().day);
    let ends = |day: ServiceDay| day.ends(site.zone, site.day_starts_at.minutes());
    let until = ends(sampai.unwrap_or(today));
    let from = dari.map_or_else(|| until.plus_minutes(-30 * 24 * 60), |day| ends(day).plus_minutes(-24 * 60));
    let (found, bintang) =
        hub.db.read(move |sql| store::reviews(sql, (from, until), paging.skipped(), paging.per_page)).await?;
    let numbers = own::named(&hub, found.iter().map(|review| review.ticket).collect()).await?;
    let view = |(review, (nomor_antrean, poli)): (store::Review, (String, Poli))| ReviewView {
        waktu: review.at.rfc3339(site.zone),
        bintang: review.stars,
        komentar: review.comment,
        nomor_antrean,
        poli,
    };
    let total = bintang.iter().sum::<u32>();
    let sum: u32 = bintang.iter().zip(1..).map(|(count, stars)| count * stars).sum();
    let rata = (total > 0).then(|| (f64::from(sum) / f64::from(total) * 10.0).round() / 10.0);
    let total = total as usize;
    Ok(Json(Reviews {
        ulasan: found.into_iter().zip(numbers).map(view).collect(),
        rata,
        bintang,
        page: paging.page,
        per_page: paging.per_page,
        total,
        next: here.next(paging, total),
    }))
}
