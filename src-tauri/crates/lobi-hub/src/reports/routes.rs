//! `/api/reports`: a day, a week, a month (seed 0 §9), a year.

use axum::Json;
use axum::extract::State;
use lobi_core::access::{Permission, Reach};
use lobi_core::time::{Date, ServiceDay};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::wire::ReportAnswer;
use crate::error::Refusal;
use crate::http::auth::By;
use crate::http::body::Query;
use crate::http::{Answer, App};
use crate::queue::actions::given::{GivenBy, given_by};

/// The parts that a report can be limited to; so far there is one, so that naming it changes nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// The queue.
    #[default]
    Antrean,
}

/// Which day or week.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct DayQuery {
    /// `2026-11-24`; today unless told.
    #[param(example = "2026-11-24")]
    date: Option<String>,
    /// Only this part.
    #[param(inline)]
    bagian: Option<Part>,
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct MonthQuery {
    /// `2026-11`; this month unless told.
    #[param(example = "2026-11")]
    month: Option<String>,
    /// Only this part.
    #[param(inline)]
    bagian: Option<Part>,
}

/// Which year.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct YearQuery {
    /// `2026`; this year unless told.
    #[param(example = "2026")]
    year: Option<String>,
    /// Only this part.
    #[param(inline)]
    bagian: Option<Part>,
}

/// A day's report, of all services for an admin, of the own ones for others.
#[utoipa::path(get, path = "/api/reports/daily", tag = "reports", params(DayQuery),
    responses((status = 200, body = ReportAnswer)))]
pub async fn daily(State(hub): State<App>, asks: By, Query(query): Query<DayQuery>) -> Answer<ReportAnswer> {
    let day = day_of(&hub, query.date.as_deref())?;
    answer(&hub, asks, query.bagian, (day, day)).await
}

/// A week's report, from Monday to Sunday.
#[utoipa::path(get, path = "/api/reports/weekly", tag = "reports", params(DayQuery),
    responses((status = 200, body = ReportAnswer)))]
pub async fn weekly(State(hub): State<App>, asks: By, Query(query): Query<DayQuery>) -> Answer<ReportAnswer> {
    let day = day_of(&hub, query.date.as_deref())?;
    answer(&hub, asks, query.bagian, day.week()).await
}

/// A month's report.
#[utoipa::path(get, path = "/api/reports/monthly", tag = "reports", params(MonthQuery),
    responses((status = 200, body = ReportAnswer)))]
pub async fn monthly(
    State(hub): State<App>,
    asks: By,
    Query(query): Query<MonthQuery>,
) -> Answer<ReportAnswer> {
    let wrong = || Refusal::invalid([("month", "month")]);
    let day = match query.month.as_deref() {
        None => hub.memory().day,
        Some(month) => format!("{month}-01").parse().map_err(|_| wrong())?,
    };
    answer(&hub, asks, query.bagian, day.month()).await
}

/// A year's report.
#[utoipa::path(get, path = "/api/reports/yearly", tag = "reports", params(YearQuery),
    responses((status = 200, body = ReportAnswer)))]
pub async fn yearly(
    State(hub): State<App>,
    asks: By,
    Query(query): Query<YearQuery>,
) -> Answer<ReportAnswer> {
    let day = match query.year.as_deref() {
        None => hub.memory().day,
        Some(year) => format!("{year}-01-01").parse().map_err(|_| Refusal::invalid([("year", "year")]))?,
    };
    answer(&hub, asks, query.bagian, day.year()).await
}

fn day_of(hub: &App, date: Option<&str>) -> Result<ServiceDay, Refusal> {
    let Some(date) = date else { return Ok(hub.memory().day) };
    // Written as a date and nothing else: other spellings of a day are not looked for.
    let date: Date = date.parse().map_err(|_| Refusal::invalid([("date", "date")]))?;
    date.to_string().parse().map_err(|_| Refusal::invalid([("date", "date")]))
}

async fn answer(
    hub: &App,
    By(asks): By,
    part: Option<Part>,
    days: (ServiceDay, ServiceDay),
) -> Answer<ReportAnswer> {
    let Part::Antrean = part.unwrap_or_default();
    let zone = hub.site().zone;
    let may = move |service| asks.may(Permission::ViewReports, Reach::Service(service));
    let GivenBy { report, services, classes } = given_by(hub, may, days, zone).await?;
    Ok(Json(ReportAnswer::new(days, report, (&services, &classes), zone)))
}
