//! The facility is of another kind than was said at the set-up: what opens, what closes, who serves what. Nothing is removed,
//! so that whoever waits is still called, and choosing the first kind again brings everything back.

use lobi_core::queue::{Service, ServiceId};
use lobi_core::site::Hours;

use super::template::{NewService, Template};
use crate::queue::actions::set_up::Furnished;

/// What another kind changes.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Services as they will be: those of the kind open, all others closed.
    pub services: Vec<Service>,
    /// Counters of the kind with what they will serve, in the order of the slugs.
    pub counters: Vec<(u32, Vec<String>)>,
}

/// What a site becomes with the services and counters of another kind.
pub fn plan(present: &Furnished, template: Template) -> Plan {
    let mut services: Vec<Service> = Vec::new();
    for wanted in &template.services {
        let known = present.services.iter().find(|one| one.slug == wanted.slug);
        let kode = known.map_or_else(|| free_letter(wanted, present, &services), |one| one.kode.clone());
        services.push(opened(wanted, known, kode));
    }
    let closed: Vec<Service> = present
        .services
        .iter()
        .filter(|one| !template.services.iter().any(|wanted| wanted.slug == one.slug))
        .map(|one| Service { open: false, ..one.clone() })
        .collect();
    let counters = template.counters.into_iter().map(|counter| {
        let before = present.counters.iter().find(|(number, _)| *number == counter.number);
        let waiting = before.into_iter().flat_map(|(_, serves)| serves);
        // Who waits for what is closed is called where they always were.
        let kept = waiting.filter(|slug| closed.iter().any(|one| one.slug == **slug)).cloned();
        let mut serves: Vec<String> = counter.serves.iter().cloned().chain(kept).collect();
        serves.sort();
        (counter.number, serves)
    });
    let counters = counters.collect();
    services.extend(closed);
    Plan { services, counters }
}

/// A service that was there keeps its letter, its priority and its own names; one that closed opens again.
fn opened(wanted: &NewService, known: Option<&Service>, kode: String) -> Service {
    match known {
        Some(known) => Service { open: true, retired: false, ..known.clone() },
        None => Service {
            id: ServiceId(0),
            kode,
            slug: wanted.slug.clone(),
            nama: wanted.nama.clone(),
            nama_en: wanted.nama_en.clone(),
            icon: wanted.icon.clone(),
            open: true,
            retired: false,
            priority: wanted.priority,
            hours: Hours::default(),
        },
    }
}

/// The letter of the kind, or where another service has it the first that none has.
fn free_letter(wanted: &NewService, present: &Furnished, chosen: &[Service]) -> String {
    let taken = |letter: &str| present.services.iter().chain(chosen).any(|one| one.kode == letter);
    let letters = || ('A'..='Z').map(String::from);
    let pairs = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
    let mut all = std::iter::once(wanted.kode.clone()).chain(letters()).chain(pairs);
    all.find(|letter| !taken(letter)).unwrap_or_else(|| wanted.kode.clone())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::setup::template::Facility;

    fn a_new(kind: Facility) -> Furnished {
        become_of(&Furnished::default(), kind)
    }

    fn become_of(present: &Furnished, kind: Facility) -> Furnished {
        let Plan { services, counters } = plan(present, kind.template());
        let mut after = present.clone();
        for service in services {
            match after.services.iter_mut().find(|one| one.slug == service.slug) {
                Some(one) => *one = service,
                None => after.services.push(service),
            }
        }
        for (number, serves) in counters {
            after.counters.retain(|(known, _)| *known != number);
            after.counters.push((number, serves));
        }
        after.counters.sort();
        after
    }

    fn open(site: &Furnished) -> BTreeSet<&str> {
        site.services.iter().filter(|one| one.open).map(|one| one.slug.as_str()).collect()
    }

    #[test]
    fn from_every_kind_to_every_other_and_back() {
        for from in Facility::ALL {
            for to in Facility::ALL {
                let before = a_new(from);
                let after = become_of(&before, to);
                let template = to.template();
                let wanted: BTreeSet<&str> = template.services.iter().map(|one| one.slug.as_str()).collect();
                assert_eq!(open(&after), wanted, "{from:?} → {to:?}");
                let letters: BTreeSet<&str> = after.services.iter().map(|one| one.kode.as_str()).collect();
                assert_eq!(letters.len(), after.services.len(), "{from:?} → {to:?}: a letter twice");
                for service in &before.services {
                    let now = after.services.iter().find(|one| one.slug == service.slug).unwrap();
                    assert_eq!(
                        (&now.kode, &now.nama),
                        (&service.kode, &service.nama),
                        "its numbers stay its own"
                    );
                    let served = after.counters.iter().any(|(_, serves)| serves.contains(&service.slug));
                    assert!(served, "{from:?} → {to:?}: nobody calls {} any more", service.slug);
                }
                let back = become_of(&after, from);
                assert_eq!(open(&back), open(&before), "{from:?} → {to:?} → {from:?}");
                for counter in &from.template().counters {
                    let (_, serves) =
                        back.counters.iter().find(|(number, _)| *number == counter.number).unwrap();
                    assert!(counter.serves.iter().all(|slug| serves.contains(slug)));
                }
            }
        }
    }
}
