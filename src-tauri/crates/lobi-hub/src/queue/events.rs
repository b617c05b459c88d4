//! What is told about a number: to its service's screens, to every TV, and to the counter that it was called to. No personal
//! data, no code.

use lobi_core::speech::Spoken;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::ticket::LiveTicket;
use crate::live::audience::{Audience, DISPLAY, Told};
use crate::wire::Poli;

/// What an event about a ticket says.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct TicketEvent {
    /// The ticket after it.
    pub ticket: LiveTicket,
    /// How many wait for its service now.
    pub waiting_count: u32,
    /// How a call sounds, one sentence per language; only with `QueueCalled` and `QueueRecalled`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speech: Vec<Spoken>,
}

impl TicketEvent {
    fn audience(&self) -> Audience {
        let mut channels = vec![service_channel(&self.ticket.poli.slug), DISPLAY.to_owned()];
        channels.extend(self.ticket.loket.map(counter_channel));
        Audience::Public(channels)
    }
}

/// A number was sent on: it waits for another service now. Told on both services' channels.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct QueueTransferred {
    /// The ticket after it.
    pub ticket: LiveTicket,
    /// How many wait for its new service now.
    pub waiting_count: u32,
    /// What it waited for before.
    pub dari: Poli,
}

impl Told for QueueTransferred {
    const KIND: &'static str = "QueueTransferred";

    fn audience(&self) -> Audience {
        let services = [&self.ticket.poli.slug, &self.dari.slug];
        let mut channels: Vec<String> = services.into_iter().map(|slug| service_channel(slug)).collect();
        channels.push(DISPLAY.to_owned());
        Audience::Public(channels)
    }
}

/// The channel of a service.
pub fn service_channel(slug: &str) -> String {
    format!("queue.{slug}")
}

/// The channel of a counter.
pub fn counter_channel(number: u32) -> String {
    format!("loket.{number}")
}

macro_rules! ticket_events {
    ($($(#[$about:meta])* $Event:ident,)+) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Serialize, ToSchema)]
        #[serde(transparent)]
        pub struct $Event(pub TicketEvent);

        impl Told for $Event {
            const KIND: &'static str = stringify!($Event);

            fn audience(&self) -> Audience {
                self.0.audience()
            }
        }
    )+};
}

ticket_events! {
    /// A number was given.
    NewRegistration,
    /// A number was called.
    QueueCalled,
    /// A number was called again.
    QueueRecalled,
    /// A called visitor did not come.
    QueueSkipped,
    /// A visit is over.
    QueueFinished,
    /// A number changed in another way: served, returned to the line, cancelled.
    QueueUpdated,
    /// A printer's word about a number's paper.
    PaperUpdated,
}
