//! What is told about a number: to its service's screens, to every TV, and to the counter that it was called to. No personal
//! data, no code.

use lobi_core::speech::Spoken;
use serde::Serialize;
use utoipa::ToSchema;

use super::wire::ticket::LiveTicket;
use crate::live::audience::{Audience, DISPLAY, Told};

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
