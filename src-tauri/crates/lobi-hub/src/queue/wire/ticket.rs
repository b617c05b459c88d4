//! A ticket as the public, its holder and staff see it.

use lobi_core::queue::{Board, Class, Paper, PaperState, Service, ServiceId, Stage, Status, Ticket};
use lobi_core::time::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::classes::Kelas;
use crate::wire::Poli;

/// A ticket on public boards and channels: no personal data, no code.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct LiveTicket {
    /// Its id in staff routes.
    pub id: i64,
    /// The number as printed and called.
    #[schema(example = "A013")]
    pub nomor_antrean: String,
    /// What the visitor waits for.
    pub poli: Poli,
    /// Where it stands.
    pub status: Status,
    /// The counter it was called to.
    #[schema(required)]
    pub loket: Option<u32>,
    /// The counter that alone calls its holder; nothing: whichever is free.
    #[serde(default)]
    #[schema(required)]
    pub untuk_loket: Option<u32>,
    /// When the number was given.
    #[schema(example = "2026-11-20T09:42:00+08:00")]
    pub created_at: String,
    /// The service day that gave it, where that day is over and its holder still waited at its end.
    #[serde(default)]
    #[schema(required, example = "2026-11-20")]
    pub kept_from: Option<String>,
    /// When it was called.
    #[schema(required)]
    pub called_at: Option<String>,
    /// The number of the event that called it: calls are ordered by it, whatever the clock said meanwhile.
    #[serde(default)]
    #[schema(required)]
    pub call_order: Option<i64>,
    /// When serving began.
    #[schema(required)]
    pub served_at: Option<String>,
    /// When it ended.
    #[schema(required)]
    pub finished_at: Option<String>,
    /// How many times it was called again.
    pub recalls: u32,
    /// What became of its paper.
    pub paper: PaperView,
}

/// What became of a ticket's paper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PaperView {
    /// Where it stands.
    pub state: PaperState,
    /// Why the last try failed: a printer's fault code.
    #[schema(required, example = "out_of_paper")]
    pub fault: Option<String>,
    /// How many copies (SALINAN) followed the first paper.
    pub copies: u32,
}

impl From<&Paper> for PaperView {
    fn from(paper: &Paper) -> Self {
        PaperView { state: paper.state, fault: paper.fault.clone(), copies: paper.copies }
    }
}

impl LiveTicket {
    /// The public face of a ticket. `from`: the service that gave the number, `at`: the one that it waits for.
    pub fn new(ticket: &Ticket, from: &Service, at: &Service, zone: Zone) -> Self {
        let written = |at: Option<Timestamp>| at.map(|at| at.rfc3339(zone));
        LiveTicket {
            id: ticket.id.0,
            nomor_antrean: from.number(ticket.number),
            poli: at.into(),
            status: ticket.stage.status,
            loket: ticket.stage.counter.map(|counter| counter.0),
            untuk_loket: ticket.stage.awaits.map(|counter| counter.0),
            created_at: ticket.created_at.rfc3339(zone),
            kept_from: ticket.kept_from.map(|day| day.to_string()),
            called_at: written(ticket.stage.called_at()),
            call_order: ticket.stage.called.map(|called| called.order),
            served_at: written(ticket.stage.served_at),
            finished_at: written(ticket.stage.finished_at()),
            recalls: ticket.stage.recalls,
            paper: (&ticket.paper).into(),
        }
    }

    /// The public face of a ticket of the board.
    pub fn on_board(ticket: &Ticket, board: &Board, zone: Zone) -> Option<Self> {
        let (from, at) = (board.service(ticket.service)?, board.service(ticket.stage.service)?);
        Some(LiveTicket::new(ticket, from, at, zone))
    }
}

/// One stay of a number's holder in one line: where they were served, or are now.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct StageView {
    /// What they wait for or were served by.
    pub poli: Poli,
    /// Where it stands there.
    pub status: Status,
    /// When they joined that line.
    #[schema(example = "2026-11-20T09:42:00+08:00")]
    pub masuk_at: String,
    /// When they were called there.
    #[schema(required)]
    pub called_at: Option<String>,
    /// When serving began there.
    #[schema(required)]
    pub served_at: Option<String>,
    /// When it ended there.
    #[schema(required)]
    pub finished_at: Option<String>,
    /// The counter they were called to.
    #[schema(required)]
    pub loket: Option<u32>,
}

impl StageView {
    /// The stages of a ticket, the oldest first, the present one last. `services`: what a service is called.
    pub fn all(ticket: &Ticket, zone: Zone, services: impl Fn(ServiceId) -> Option<Poli>) -> Vec<Self> {
        let written = |at: Option<Timestamp>| at.map(|at| at.rfc3339(zone));
        let view = |stage: &Stage| {
            Some(StageView {
                poli: services(stage.service)?,
                status: stage.status,
                masuk_at: stage.joined.unwrap_or(ticket.created_at).rfc3339(zone),
                called_at: written(stage.called_at()),
                served_at: written(stage.served_at),
                finished_at: written(stage.finished_at()),
                loket: stage.counter.map(|counter| counter.0),
            })
        };
        ticket.past.iter().chain([&ticket.stage]).filter_map(view).collect()
    }
}

/// A ticket as its holder and staff see it.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketView {
    /// What everybody may see.
    #[serde(flatten)]
    pub public: LiveTicket,
    /// Unguessable; whoever has the paper has it. Part of the address `/t/{code}`.
    #[schema(example = "7K3M9QX2AB")]
    pub code: String,
    /// Its priority class.
    #[serde(default)]
    #[schema(required)]
    pub kelas: Option<Kelas>,
    /// Whether its holder is here: who has a number for a later day checks in when they come.
    #[serde(default = "yes")]
    pub hadir: bool,
    /// The service day that it is for, where that is a later one.
    #[serde(default)]
    #[schema(required, example = "2026-11-23")]
    pub tanggal: Option<String>,
    /// Where its holder was served, and where they are now: one number through the building.
    #[serde(default)]
    pub tahap: Vec<StageView>,
    /// Where they go from here, stop by stop, once they are done; what was given up meanwhile is passed by.
    #[serde(default)]
    pub lanjut: Vec<Poli>,
    /// Place in the line, 1 = next; nothing unless it waits.
    #[schema(required)]
    pub position: Option<usize>,
    /// Expected wait; nothing when there is too little to say.
    #[schema(required)]
    pub estimated_wait_minutes: Option<u32>,
}

impl TicketView {
    /// A ticket with its way behind and before its holder, with `ahead` people before it, if it waits, and how many minutes that
    /// may take.
    pub fn new(
        public: LiveTicket,
        ticket: &Ticket,
        class: Option<&Class>,
        (tahap, lanjut): (Vec<StageView>, Vec<Poli>),
        ahead: Option<usize>,
        estimate: Option<u32>,
    ) -> Self {
        TicketView {
            public,
            code: ticket.code.clone(),
            kelas: class.map(Kelas::from),
            hadir: !ticket.absent,
            tanggal: None,
            tahap,
            lanjut,
            position: ahead.map(|ahead| ahead + 1),
            estimated_wait_minutes: estimate,
        }
    }
}

fn yes() -> bool {
    true
}

/// One ticket.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct TicketAnswer {
    /// The ticket.
    pub ticket: TicketView,
}
