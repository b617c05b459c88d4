//! `GET /api/addresses`: by which addresses phones may reach the hub.

use std::net::SocketAddr;

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::views::{Phones, phones};
use crate::http::{Answer, App};
use crate::reached::authority;

/// One of the hub's addresses.
#[derive(Serialize, ToSchema)]
pub struct Address {
    /// Without a slash at the end.
    #[schema(example = "http://192.168.1.5:4040")]
    alamat: String,
    /// The card's name, as the system calls it; empty where only one address is listened at, or an admin wrote it down.
    #[schema(example = "eth0")]
    kartu: String,
    /// Whether QR codes hold it now.
    dipakai: bool,
    /// Whether it belongs to a VPN or a virtual machine, as far as its name tells.
    lain: bool,
    /// Whether this machine has it now; an address that was written down may be gone, or a proxy's.
    ada: bool,
    /// When a phone first opened a page by it, RFC 3339.
    #[schema(required)]
    dibuka: Option<String>,
}

/// The hub's addresses.
#[derive(Serialize, ToSchema)]
pub struct Addresses {
    /// The likeliest first.
    addresses: Vec<Address>,
    /// Whether phones reach the one that QR codes hold.
    phones: Phones,
}

/// By which addresses phones may reach the hub, and by which one did.
#[utoipa::path(get, path = "/api/addresses", tag = "staff", responses((status = 200, body = Addresses)))]
pub async fn addresses(State(hub): State<App>) -> Answer<Addresses> {
    let (used, zone) = (hub.address(), hub.site().zone);
    let view = |alamat: String, kartu: String, lain: bool, ada: bool| Address {
        dipakai: authority(&alamat) == authority(&used),
        dibuka: hub.reached.at(&authority(&alamat)).map(|at| at.rfc3339(zone)),
        alamat,
        kartu,
        lain,
        ada,
    };
    let listening = hub.listening();
    let cards = listening.map(|listening| (listening.port(), hub.own_address.all(listening)));
    let mut addresses: Vec<Address> = cards
        .into_iter()
        .flat_map(|(port, cards)| cards.into_iter().map(move |card| (port, card)))
        .map(|(port, card)| {
            let alamat = format!("http://{}", SocketAddr::new(card.ip, port));
            let lain = card.leads_elsewhere();
            view(alamat, card.name, lain, true)
        })
        .collect();
    if !addresses.iter().any(|address| address.dipakai) {
        addresses.insert(0, view(used.clone(), String::new(), false, false));
    }
    Ok(Json(Addresses { addresses, phones: phones(&hub) }))
}
