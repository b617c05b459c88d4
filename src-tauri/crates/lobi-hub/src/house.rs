//! What lives in this house, on one page: how memory is built, how days end, which jobs and routines there are, which
//! channels the live feed has and which events are told. A new subject adds its rows here.

use std::sync::Arc;

use lobi_core::access::Permission;
use lobi_core::memory::Memory;
use lobi_core::time::{ServiceDay, Timestamp};
use rusqlite::Connection;
use serde_json::{Value, json};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use crate::act::{Act, Caller, DayHooks};
use crate::config::Config;
use crate::db::{DbError, StartError, events as rows, idempotency};
use crate::error::Result;
use crate::hooks::Hooks;
use crate::hub::Hub;
use crate::jobs::JobKind;
use crate::live::audience::{DISPLAY, Told};
use crate::live::presence;
use crate::queue::actions::report_paper::give_up_unreported;
use crate::queue::views::{current_at, display_of};
use crate::routines::{Routine, Step};
use crate::{
    access, announcements, devices, people, portal, queue, reach, screens, setup, site, voices, webhooks,
};

/// Opens a hub with everything in it.
///
/// # Errors
/// [`StartError`] with a sentence for the person who starts the hub.
pub async fn open(config: Config) -> Result<Arc<Hub>, StartError> {
    let hub = Hub::open(config, &HOOKS).await?;
    if let Err(error) = reach::actions::remember(&hub).await {
        tracing::warn!(%error, "it is not known whether phones ever reached this hub");
    }
    Ok(hub)
}

/// What every subject hangs into the ground.
pub static HOOKS: Hooks = Hooks {
    numbers: queue::store::numbers::NUMBERS,
    rebuild,
    day: DayHooks { today: site::day::today, roll },
    whose: access::store::sessions::session,
    whose_key: access::store::keys::key,
    outward: &OUTWARD,
    called: access::store::staff::called,
};

/// Every kind of durable job.
pub static JOBS: [JobKind; 2] = [queue::jobs::PRINT, webhooks::jobs::TELL];

/// What happens by itself every half a minute.
pub static ROUTINES: [Routine; 8] = [
    Routine { name: "day", step: |hub, now| boxed(start_day(hub, now)) },
    Routine { name: "setup code", step: |hub, now| boxed(setup_code(hub, now)) },
    Routine { name: "late", step: |hub, now| boxed(late(hub, now)) },
    Routine { name: "auto call", step: |hub, now| boxed(auto_call(hub, now)) },
    Routine { name: "papers", step: |hub, now| boxed(papers(hub, now)) },
    Routine { name: "webhooks", step: |hub, now| boxed(take_up_again(hub, now)) },
    Routine { name: "reached", step: |hub, now| boxed(reached(hub, now)) },
    Routine { name: "forgetting", step: |hub, now| boxed(forget(hub, now)) },
];

/// What follows every commit that told something.
pub static FOLLOWERS: [Routine; 1] =
    [Routine { name: "webhooks", step: |hub, now| boxed(take_up(hub, now)) }];

/// What other programs may be told of: nothing about accounts, sessions or this house's machines.
const OUTWARD: [&str; 12] = [
    TICKET_EVENTS[0],
    TICKET_EVENTS[1],
    TICKET_EVENTS[2],
    TICKET_EVENTS[3],
    TICKET_EVENTS[4],
    TICKET_EVENTS[5],
    TICKET_EVENTS[6],
    TICKET_EVENTS[7],
    site::events::DayStarted::KIND,
    site::events::SiteUpdated::KIND,
    announcements::events::Announcement::KIND,
    people::events::PatientUpdated::KIND,
];

/// The state in memory as the tables have it.
///
/// # Errors
/// [`DbError`] when they cannot be read.
pub fn rebuild(sql: &Connection) -> Result<Memory, DbError> {
    let day = site::store::stored_day(sql)?.day;
    Ok(Memory {
        seq: rows::last_seq(sql)?,
        day,
        site: Arc::new(site::store::site(sql)?),
        holidays: Arc::new(site::store::holidays::holidays(sql)?),
        queue: queue::store::board(sql, day)?,
    })
}

/// How a day ends: one line for each subject that leaves something open.
fn roll(act: &mut Act<'_, '_>, from: ServiceDay) -> Result<()> {
    let queue::day_end::Ended { closed, kept } = queue::day_end::close(act, from)?;
    queue::actions::later_day::all_come(act)?;
    let resumed = queue::day_end::resume(act)?;
    site::day::begin(act, from, closed, kept, resumed)
}

fn boxed(step: impl Future<Output = Result<()>> + Send + 'static) -> Step {
    Box::pin(step)
}

async fn start_day(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    site::day::start_day_if_due(&hub, Caller::system(now)).await
}

/// A fresh hub's log always tells a code that is good.
async fn setup_code(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    if access::actions::staff::needs_first_admin(&hub).await? {
        setup::code::present(&hub, now);
    }
    Ok(())
}

async fn late(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    queue::actions::late::look_after(&hub, Caller::system(now)).await
}

async fn auto_call(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    queue::actions::auto_call::call_at_idle(&hub, now).await
}

async fn papers(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    give_up_unreported(&hub, Caller::system(now)).await
}

async fn take_up(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    webhooks::actions::take_up::take_up(&hub, now).await
}

async fn take_up_again(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    webhooks::actions::take_up::take_up_again(&hub, now).await
}

async fn reached(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    reach::actions::keep(&hub, Caller::system(now)).await
}

/// What was used lately is written down; old sessions and first answers are forgotten.
async fn forget(hub: Arc<Hub>, now: Timestamp) -> Result<()> {
    let (used, idle) = (hub.passing.take_used(), hub.config.access.idle_minutes);
    hub.act(Caller::system(now), move |act| {
        access::actions::session::keep_house(act, &used, idle)?;
        queue::actions::undo::forget_old(act)?;
        portal::actions::keep_house(act)?;
        webhooks::actions::take_up::keep_house(act)?;
        idempotency::forget_old(act.sql(), act.now())?;
        Ok(())
    })
    .await
}

/// Who may follow a channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Follow {
    /// Everybody.
    Everybody,
    /// Staff with this right.
    May(Permission),
    /// The person whose name is in the channel's.
    Own,
}

/// A channel of the live feed.
pub struct Channel {
    /// Its name; what stands in braces varies.
    pub pattern: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Who may follow it.
    pub follow: Follow,
    /// The kinds of events told on it.
    pub events: &'static [&'static str],
    /// Whether there is one of that name.
    exists: fn(&Memory, &str) -> bool,
    /// Its present state.
    snapshot: fn(&Hub, &Memory, &str) -> Value,
}

const TICKET_EVENTS: [&str; 8] = [
    queue::events::NewRegistration::KIND,
    queue::events::QueueCalled::KIND,
    queue::events::QueueRecalled::KIND,
    queue::events::QueueSkipped::KIND,
    queue::events::QueueFinished::KIND,
    queue::events::QueueUpdated::KIND,
    queue::events::QueueTransferred::KIND,
    queue::events::PaperUpdated::KIND,
];

/// Every channel.
pub const CHANNELS: [Channel; 8] = [
    Channel {
        pattern: DISPLAY,
        about: "What every TV shows. Events for everybody come through it",
        follow: Follow::Everybody,
        events: &[
            TICKET_EVENTS[0],
            TICKET_EVENTS[1],
            TICKET_EVENTS[2],
            TICKET_EVENTS[3],
            TICKET_EVENTS[4],
            TICKET_EVENTS[5],
            TICKET_EVENTS[6],
            TICKET_EVENTS[7],
            site::events::DayStarted::KIND,
            site::events::SiteUpdated::KIND,
            screens::events::ScreenUpdated::KIND,
            announcements::events::Announcement::KIND,
            voices::events::VoiceUpdated::KIND,
        ],
        exists: |_, name| name.is_empty(),
        snapshot: |_, memory, _| json!(display_of(memory, None)),
    },
    Channel {
        pattern: "queue.{slug}",
        about: "One service",
        follow: Follow::Everybody,
        events: &TICKET_EVENTS,
        exists: |memory, slug| memory.queue.service_by_slug(slug).is_some(),
        snapshot: |_, memory, slug| json!(display_of(memory, Some(slug))),
    },
    Channel {
        pattern: "loket.{n}",
        about: "One counter (seed 1)",
        follow: Follow::Everybody,
        events: &TICKET_EVENTS,
        exists: |_, number| number.parse::<u32>().is_ok(),
        snapshot: |_, memory, number| json!({ "current": current_at(memory, number.parse().unwrap_or(0)) }),
    },
    Channel {
        pattern: presence::CHANNEL,
        about: "Who of the staff is connected (seed 0 §7)",
        follow: Follow::May(Permission::ViewDashboard),
        events: &[presence::KIND],
        exists: |_, name| name.is_empty(),
        snapshot: |hub, _, _| hub.live.presence.view(),
    },
    Channel {
        pattern: devices::CHANNEL,
        about: "The devices of all machines",
        follow: Follow::May(Permission::ViewDevices),
        events: &[devices::CHANGED],
        exists: |_, name| name.is_empty(),
        snapshot: |hub, _, _| json!({ "machines": devices::actions::machines(hub) }),
    },
    Channel {
        pattern: access::events::STAFF,
        about: "Sign-ins and accounts",
        follow: Follow::May(Permission::ManageStaff),
        events: &[
            access::events::SignedIn::KIND,
            access::events::StaffAdded::KIND,
            access::events::StaffChanged::KIND,
            access::events::KeysChanged::KIND,
        ],
        exists: |_, name| name.is_empty(),
        snapshot: |_, _, _| json!({}),
    },
    Channel {
        pattern: people::events::PATIENTS,
        about: "Patients' records; who it is about is asked for with the right to see it",
        follow: Follow::May(Permission::ViewPatients),
        events: &[people::events::PatientUpdated::KIND],
        exists: |_, name| name.is_empty(),
        snapshot: |_, _, _| json!({}),
    },
    Channel {
        pattern: "notify.{staff}",
        about: "News for one person",
        follow: Follow::Own,
        events: &[access::events::SignedOut::KIND],
        exists: |_, name| !name.is_empty(),
        snapshot: |_, _, _| json!({}),
    },
];

/// The channel of that name, with what stands for its braces; nothing when there is none.
pub fn channel<'n>(memory: &Memory, name: &'n str) -> Option<(&'static Channel, &'n str)> {
    static CHANNEL_TABLE: [Channel; 8] = CHANNELS;
    CHANNEL_TABLE.iter().find_map(|channel| {
        let part = match channel.pattern.split_once('{') {
            Some((prefix, _)) => name.strip_prefix(prefix)?,
            None => (name == channel.pattern).then_some("")?,
        };
        (channel.exists)(memory, part).then_some((channel, part))
    })
}

impl Channel {
    /// Its present state.
    pub fn snapshot(&self, hub: &Hub, memory: &Memory, part: &str) -> Value {
        (self.snapshot)(hub, memory, part)
    }
}

/// A kind of event as its documents describe it.
pub struct EventKind {
    /// Its name on the wire.
    pub kind: &'static str,
    /// What it means.
    pub summary: String,
    /// The name of the schema of what it says.
    pub payload: String,
    /// Whether it has a number and is replayed.
    pub kept: bool,
    /// That schema and those it refers to.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

fn told<E: Told + ToSchema>() -> EventKind {
    EventKind { kept: true, ..named::<E>(E::KIND) }
}

fn named<T: ToSchema + PartialSchema>(kind: &'static str) -> EventKind {
    let mut schemas = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut schemas);
    let summary = match T::schema() {
        RefOr::T(Schema::Object(object)) => object.description.unwrap_or_default(),
        // A kind that says what others say as well.
        RefOr::T(Schema::AllOf(several)) => several.description.unwrap_or_default(),
        RefOr::Ref(other) => other.description,
        RefOr::T(_) => String::new(),
    };
    EventKind { kind, summary, payload: T::name().into_owned(), kept: false, schemas }
}

/// Every kind of event: one row each.
pub fn events() -> Vec<EventKind> {
    vec![
        told::<queue::events::NewRegistration>(),
        told::<queue::events::QueueCalled>(),
        told::<queue::events::QueueRecalled>(),
        told::<queue::events::QueueSkipped>(),
        told::<queue::events::QueueFinished>(),
        told::<queue::events::QueueUpdated>(),
        told::<queue::events::QueueTransferred>(),
        told::<queue::events::PaperUpdated>(),
        told::<site::events::DayStarted>(),
        told::<site::events::SiteUpdated>(),
        told::<screens::events::ScreenUpdated>(),
        told::<announcements::events::Announcement>(),
        told::<voices::events::VoiceUpdated>(),
        told::<access::events::SignedIn>(),
        told::<access::events::SignedOut>(),
        told::<access::events::StaffAdded>(),
        told::<access::events::StaffChanged>(),
        told::<access::events::KeysChanged>(),
        told::<people::events::PatientUpdated>(),
        named::<devices::routes::Machines>(devices::CHANGED),
        named::<presence::Present>(presence::KIND),
    ]
}
