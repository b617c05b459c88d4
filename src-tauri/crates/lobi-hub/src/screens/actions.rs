//! What TVs show: said by an admin, asked for by the TV.

use std::collections::BTreeMap;
use std::sync::Arc;

use lobi_core::access::{Permission, Reach};
use lobi_core::screens::{Plan, Room};
use serde_json::json;

use super::events::ScreenUpdated;
use super::store::{self, Known};
use super::wire::{Screen, Screens};
use crate::act::Caller;
use crate::devices::actions::{Machine, machines};
use crate::error::{Code, Refusal, Result};
use crate::hub::Hub;

/// The mode of a machine that is a TV.
const TV: &str = "tv";
/// Of how many TVs something can be said: more than any site has.
const MOST: usize = 200;

/// Every TV that is here, or of which something was said, by name.
///
/// # Errors
/// A database error.
pub async fn all(hub: &Hub) -> Result<Screens> {
    let said = hub.db.read(store::all).await?;
    let here = machines(hub).into_iter().filter(|machine| machine.report.mode == TV);
    let mut here: BTreeMap<String, Machine> =
        here.map(|machine| (machine.report.machine.clone(), machine)).collect();
    let mut screens: Vec<Screen> = said
        .into_iter()
        .map(|Known { machine, name, plan }| {
            let keadaan = here.remove(&machine);
            let nama = keadaan.as_ref().map_or(name, |seen| seen.report.nama.clone());
            Screen { machine, nama, keadaan, tampilan: plan.into() }
        })
        .collect();
    screens.extend(here.into_iter().map(|(machine, seen)| Screen {
        machine,
        nama: seen.report.nama.clone(),
        keadaan: Some(seen),
        tampilan: Plan::default().into(),
    }));
    screens.sort_by(|one, other| (&one.nama, &one.machine).cmp(&(&other.nama, &other.machine)));
    Ok(Screens { screens })
}

/// What a TV shows; the usual where nothing was said.
///
/// # Errors
/// A database error.
pub async fn plan_of(hub: &Hub, machine: String) -> Result<Plan> {
    let known = hub.db.read(move |sql| store::of(sql, &machine)).await?;
    Ok(known.map(|known| known.plan).unwrap_or_default())
}

/// Says what a TV shows; it does so at once, or when it comes back. The usual is not kept.
///
/// # Errors
/// No right, too many TVs; a database error.
pub async fn set(hub: &Arc<Hub>, caller: Caller, machine: String, plan: Plan) -> Result<()> {
    let named = machines(hub).into_iter().find(|seen| seen.report.machine == machine);
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = store::of(act.sql(), &machine)?;
        if before.is_none() && store::all(act.sql())?.len() >= MOST {
            return Err(Refusal::invalid([("machine", "too_many")]).into());
        }
        let name =
            named.map(|seen| seen.report.nama).or_else(|| before.as_ref().map(|known| known.name.clone()));
        // Of a TV that nobody ever saw nothing can be said.
        let name = name.ok_or(Code::ScreenNotFound)?;
        let (old, new) = (before.map(|known| facts(&known.plan)), facts(&plan));
        if plan == Plan::default() {
            store::remove(act.sql(), &machine)?;
        } else {
            store::save(act.sql(), &Known { machine: machine.clone(), name, plan })?;
        }
        act.audit("screen.set", &format!("screen:{machine}"), old.as_ref(), Some(&new))?;
        act.tell(&ScreenUpdated { machine }, [])
    })
    .await
}

/// Says what all TVs keep to; they do so at once.
///
/// # Errors
/// No right; a database error.
pub async fn set_room(hub: &Arc<Hub>, caller: Caller, room: Room) -> Result<()> {
    hub.act(caller, move |act| {
        act.must(Permission::ManageSite, Reach::Site)?;
        let before = store::room(act.sql())?;
        store::save_room(act.sql(), &room)?;
        act.audit("room.set", "room", Some(&before), Some(&room))?;
        act.tell(&ScreenUpdated { machine: String::new() }, [])
    })
    .await
}

fn facts(plan: &Plan) -> serde_json::Value {
    json!({
        "layout": plan.layout, "theme": plan.theme, "large": plan.large, "services": plan.services,
    })
}
