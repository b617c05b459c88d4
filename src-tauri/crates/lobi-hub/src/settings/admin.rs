//! `/api/setup` and `/api/settings`: what an admin decides about the site.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use lobi_core::people::Name;
use lobi_core::staff::Role;
use lobi_core::time::Zone;
use lobi_devices::printer::logo;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::template::Facility;
use super::{Site, SitePrinter, SpeechStyle, actions};
use crate::devices::printer;
use crate::error::Refusal;
use crate::http::auth::{Intent, SignedIn};
use crate::http::body::Body;
use crate::http::{ApiError, App};
use crate::hub::{Actor, Caller};
use crate::queue::printout;
use crate::staff::StaffMember;
use crate::staff::actions::{NewStaff, needs_first_admin};
use crate::texts::text;

/// The shortest password of an admin, in characters.
const SHORTEST_PASSWORD: usize = 8;

/// The longest logo in base64: it goes to the printer with every ticket.
const LONGEST_LOGO: usize = 48_000;

/// Whether the site waits to be set up.
#[derive(Serialize, ToSchema)]
pub struct SetupState {
    /// Nobody is there yet: the first who answers becomes admin.
    needed: bool,
}

/// Whether the site waits to be set up.
#[utoipa::path(get, path = "/api/setup", tag = "site", responses((status = 200, body = SetupState), ApiError))]
pub async fn setup_state(State(hub): State<App>) -> Result<Json<SetupState>, ApiError> {
    Ok(Json(SetupState { needed: needs_first_admin(&hub).await? }))
}

/// What a new site needs to open.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetUp {
    /// The facility's name, 1–100 characters.
    #[schema(example = "Puskesmas Antang")]
    nama: String,
    /// Its town, may be empty.
    kota: String,
    /// Its time zone.
    zona: Zone,
    /// What kind of facility it is: gives it services and counters to begin with.
    jenis: Facility,
    /// The admin's own name.
    admin_nama: String,
    /// The admin's sign-in name: small letters, digits, `.`, `-`, `_`.
    admin_username: String,
    /// The admin's password, 8 characters or more.
    admin_password: String,
}

/// Set a new site up: its name, its services and counters, its admin. Works once.
#[utoipa::path(post, path = "/api/setup", tag = "site", request_body = SetUp,
    responses((status = 201, body = SetupState), ApiError))]
pub async fn set_up(
    State(hub): State<App>,
    Body { value: input, .. }: Body<SetUp>,
) -> Result<(StatusCode, Json<SetupState>), ApiError> {
    let mut wrong = Vec::new();
    let mut check = |right: bool, field, key| {
        if !right {
            wrong.push((field, key));
        }
    };
    check(Name::parse(&input.nama).is_ok(), "nama", "nama");
    check(input.kota.chars().count() <= 100, "kota", "nama");
    check(Name::parse(&input.admin_nama).is_ok(), "admin_nama", "nama");
    let username = input.admin_username.trim().to_lowercase();
    let plain = username.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_".contains(&b));
    check((1..=40).contains(&username.len()) && plain, "admin_username", "username");
    let length = input.admin_password.chars().count();
    check((SHORTEST_PASSWORD..=128).contains(&length), "admin_password", "password");
    if !wrong.is_empty() {
        return Err(ApiError::invalid(wrong));
    }
    let site =
        Site { name: trimmed(&input.nama), city: trimmed(&input.kota), zone: input.zona, ..Site::default() };
    let member = StaffMember {
        id: 0,
        username,
        name: trimmed(&input.admin_nama),
        roles: vec![Role::Admin],
        services: Vec::new(),
    };
    let admin = NewStaff { member, serves: Vec::new(), password: input.admin_password };
    // Two screens at once must not mix two sites: the second finds the first one's admin.
    static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
    let _turn = ONE_AT_A_TIME.lock().await;
    actions::set_up(&hub, Caller::system(hub.clock.now()), site, input.jenis, admin).await?;
    Ok((StatusCode::CREATED, Json(SetupState { needed: false })))
}

fn trimmed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an admin can change about the site; what is left out stays.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeSettings {
    /// The facility's name.
    nama: Option<String>,
    /// Its town.
    kota: Option<String>,
    /// The line at the foot of the TV in Indonesian; empty for none.
    info_id: Option<String>,
    /// The same in English.
    info_en: Option<String>,
    /// How calls sound.
    speech: Option<SpeechStyle>,
    /// What QR codes begin with: `http://…` or `https://…`; empty: the hub finds its own address.
    public_address: Option<String>,
    /// The logo at the top of every ticket: a PNG as base64, at most 48,000 characters; empty removes it.
    logo: Option<String>,
    /// The network printer for browsers; one with an empty connection removes it.
    printer: Option<SitePrinter>,
}

/// The site's settings.
#[derive(Serialize, ToSchema)]
pub struct Settings {
    nama: String,
    kota: String,
    zona: Zone,
    info_id: String,
    info_en: String,
    speech: SpeechStyle,
    public_address: String,
    /// A PNG as base64.
    #[schema(required)]
    logo: Option<String>,
    #[schema(required)]
    printer: Option<SitePrinter>,
}

impl From<&Site> for Settings {
    fn from(site: &Site) -> Self {
        Settings {
            nama: site.name.clone(),
            kota: site.city.clone(),
            zona: site.zone,
            info_id: site.info_id.clone(),
            info_en: site.info_en.clone(),
            speech: site.speech,
            public_address: site.public_address.clone(),
            logo: site.logo.clone(),
            printer: site.printer.clone(),
        }
    }
}

fn admin_only(staff: &SignedIn) -> Result<(), ApiError> {
    if staff.member.roles.contains(&Role::Admin) { Ok(()) } else { Err(Refusal::Forbidden.into()) }
}

/// The site's settings.
#[utoipa::path(get, path = "/api/settings", tag = "staff", security(("bearer" = [])),
    responses((status = 200, body = Settings), ApiError))]
pub async fn settings(State(hub): State<App>, staff: SignedIn) -> Result<Json<Settings>, ApiError> {
    admin_only(&staff)?;
    Ok(Json(Settings::from(hub.site().as_ref())))
}

/// Change the site's settings; every screen hears of it.
#[utoipa::path(post, path = "/api/settings", tag = "staff", request_body = ChangeSettings, security(("bearer" = [])),
    params(("Idempotency-Key" = Option<String>, Header, description = "8–200 visible ASCII characters")),
    responses((status = 200, body = Settings), ApiError))]
pub async fn change_settings(
    State(hub): State<App>,
    staff: SignedIn,
    intent: Intent,
    body: Body<ChangeSettings>,
) -> Result<Json<Settings>, ApiError> {
    admin_only(&staff)?;
    let before = hub.site();
    let site = changed(Site::clone(&before), body.value)?;
    let other_printer = before.printer != site.printer;
    actions::set_site(&hub, intent.by(Actor::Staff(staff.member), &body.raw), site).await?;
    if other_printer {
        // What was wrong with the last one is nobody's worry any more.
        printer::forget(&hub);
    }
    Ok(Json(Settings::from(hub.site().as_ref())))
}

/// The site after the wished changes.
fn changed(mut site: Site, wish: ChangeSettings) -> Result<Site, ApiError> {
    let mut wrong = Vec::new();
    let long = |text: &str| text.chars().count() > 200;
    if let Some(nama) = wish.nama {
        if Name::parse(&nama).is_err() {
            wrong.push(("nama", "nama"));
        }
        site.name = trimmed(&nama);
    }
    for (field, wished, current) in [
        ("kota", wish.kota, &mut site.city),
        ("info_id", wish.info_id, &mut site.info_id),
        ("info_en", wish.info_en, &mut site.info_en),
    ] {
        if let Some(text) = wished {
            if long(&text) {
                wrong.push((field, "too_long"));
            }
            *current = trimmed(&text);
        }
    }
    if let Some(address) = wish.public_address {
        let address = address.trim().trim_end_matches('/').to_owned();
        let web = address.starts_with("http://") || address.starts_with("https://");
        if long(&address) || !(address.is_empty() || web && !address.contains(char::is_whitespace)) {
            wrong.push(("public_address", "web_address"));
        }
        site.public_address = address;
    }
    if let Some(wished) = wish.logo {
        if !wished.is_empty() && (wished.len() > LONGEST_LOGO || !logo::can_be_printed(&wished)) {
            wrong.push(("logo", "logo"));
        }
        site.logo = Some(wished).filter(|logo| !logo.is_empty());
    }
    if let Some(wished) = wish.printer {
        if !wished.connection.trim().is_empty() && printer::settings(&wished).is_err() {
            wrong.push(("printer", "printer"));
        }
        site.printer = Some(wished).filter(|printer| !printer.connection.trim().is_empty());
    }
    site.speech = wish.speech.unwrap_or(site.speech);
    if wrong.is_empty() { Ok(site) } else { Err(ApiError::invalid(wrong)) }
}

/// Print a test page on the site's network printer.
#[utoipa::path(post, path = "/api/settings/printer/test", tag = "staff", security(("bearer" = [])),
    responses((status = 204, description = "Printed"), ApiError))]
pub async fn test_printer(State(hub): State<App>, staff: SignedIn) -> Result<StatusCode, ApiError> {
    admin_only(&staff)?;
    let (site, address) = (hub.site(), hub.address());
    let connection = site.printer.as_ref().map(|printer| printer.connection.clone()).unwrap_or_default();
    let facts = vec![
        (text("ticket", "test_printer", &[]), connection),
        (text("ticket", "test_version", &[]), env!("CARGO_PKG_VERSION").to_owned()),
    ];
    printer::print(&hub, printout::of_test(facts, &site, &address, hub.clock.now())).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What the test page of a machine's own printer says: the machine brings the facts about it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestFacts {
    /// Name and value, at most ten.
    facts: Vec<(String, String)>,
}

/// The test page for a machine's own printer.
#[utoipa::path(post, path = "/api/printouts/test", tag = "site", request_body = TestFacts,
    responses((status = 200, body = lobi_core::printout::Printout), ApiError))]
pub async fn test_page(
    State(hub): State<App>,
    Body { value: TestFacts { facts }, .. }: Body<TestFacts>,
) -> Result<Json<lobi_core::printout::Printout>, ApiError> {
    if facts.len() > 10 || facts.iter().any(|(name, value)| name.len() > 100 || value.len() > 200) {
        return Err(ApiError::invalid([("facts", "too_long")]));
    }
    let (site, address) = (hub.site(), hub.address());
    Ok(Json(printout::of_test(facts, &site, &address, hub.clock.now())))
}
