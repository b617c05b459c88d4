//! A report of the queue, counted from the numbers that were given.
//!
//! Definitions: a number counts once, on the day and in the service that gave it. It waited from being taken to its first call, whatever
//! happened later. A visit is a stay at a counter that was finished there: from serving, or from the call where nobody pressed
//! "Layani", to the end; it counts in the service and at the counter where it was. One of more than six hours was forgotten and
//! closed with the day; it counts nowhere.

use std::collections::BTreeMap;

use super::figures::Durations;
use crate::queue::{CaraDaftar, ClassId, CounterNumber, ServiceId, Stage, Status};
use crate::time::{MINUTE_MILLIS, ServiceDay, Timestamp, Zone};

/// Whoever was longer at a counter was forgotten there and closed with the day: no visit took that long.
const FORGOTTEN_MILLIS: i64 = 6 * 60 * MINUTE_MILLIS;

/// What a report needs to know of a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The day that gave it.
    pub day: ServiceDay,
    /// The service that gave it.
    pub service: ServiceId,
    /// How its holder registered.
    pub cara_daftar: CaraDaftar,
    /// The priority class of its holder.
    pub class: Option<ClassId>,
    /// When.
    pub taken: Timestamp,
    /// When it was called for the first time.
    pub first_called: Option<Timestamp>,
    /// Where it stands, or how it ended.
    pub stage: Stage,
    /// Stages behind it in which its holder was served.
    pub past: Vec<Stage>,
}

impl Given {
    /// How long its holder waited, in milliseconds; a clock that was put back makes nobody wait less than not at all.
    fn waited(&self) -> Option<i64> {
        Some(self.first_called?.millis_since(self.taken))
    }

    /// The visits that were finished.
    fn visits(&self) -> impl Iterator<Item = &Stage> {
        self.past.iter().chain([&self.stage]).filter(|stage| stage.status == Status::Done)
    }
}

/// Numbers by how they ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All.
    pub total: usize,
    /// Done.
    pub selesai: usize,
    /// Called and not come.
    pub dilewati: usize,
    /// Cancelled.
    pub batal: usize,
    /// Still open: waiting or at a counter.
    pub terbuka: usize,
}

impl Counts {
    fn add(&mut self, status: Status) {
        self.total += 1;
        match status {
            Status::Done => self.selesai += 1,
            Status::Skipped => self.dilewati += 1,
            Status::Cancelled => self.batal += 1,
            Status::Waiting | Status::Called | Status::Serving => self.terbuka += 1,
        }
    }
}

/// One group of numbers: of a service, an hour, a day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Group {
    /// How they ended.
    pub counts: Counts,
    /// How long they waited.
    pub waits: Durations,
    /// How long visits took, of those that were finished here.
    pub visits: Durations,
}

/// What happened in one hour of the clock.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hour {
    /// Numbers that were taken.
    pub taken: usize,
    /// Numbers that were called for the first time.
    pub called: usize,
    /// How long those waited that were taken in this hour.
    pub waits: Durations,
}

/// The report.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Of everything.
    pub all: Group,
    /// By the service that gave the number; visits by the service where they were.
    pub services: BTreeMap<ServiceId, Group>,
    /// Visits by counter.
    pub counters: BTreeMap<CounterNumber, Durations>,
    /// By the hour of the site's clock.
    pub hours: [Hour; 24],
    /// By how people registered.
    pub ways: BTreeMap<CaraDaftar, usize>,
    /// By priority class; visits are those of its numbers, wherever they were.
    pub classes: BTreeMap<Option<ClassId>, Group>,
    /// By day.
    pub days: BTreeMap<ServiceDay, Group>,
    /// When the first number was taken, and the last.
    pub first_and_last: Option<(Timestamp, Timestamp)>,
}

/// Counts numbers one after the other: a year of them needs no list.
pub struct Count {
    zone: Zone,
    all: Tally,
    services: BTreeMap<ServiceId, Tally>,
    days: BTreeMap<ServiceDay, Tally>,
    classes: BTreeMap<Option<ClassId>, Tally>,
    counters: BTreeMap<CounterNumber, Vec<u32>>,
    hours: [(usize, usize, Vec<u32>); 24],
    ways: BTreeMap<CaraDaftar, usize>,
    first_and_last: Option<(Timestamp, Timestamp)>,
}

impl Count {
    /// Nothing yet, by the clock of that zone.
    pub fn by_the_clock_of(zone: Zone) -> Self {
        Count {
            zone,
            all: Tally::default(),
            services: BTreeMap::new(),
            days: BTreeMap::new(),
            classes: BTreeMap::new(),
            counters: BTreeMap::new(),
            hours: Default::default(),
            ways: BTreeMap::new(),
            first_and_last: None,
        }
    }

    /// Counts one more.
    pub fn add(&mut self, one: &Given) {
        let waited = one.waited().map(short);
        let day = self.days.entry(one.day).or_default();
        let class = self.classes.entry(one.class).or_default();
        let service = self.services.entry(one.service).or_default();
        for tally in [&mut self.all, service, &mut *day, &mut *class] {
            tally.counts.add(one.stage.status);
            tally.waits.extend(waited);
        }
        for visit in one.visits() {
            let Some(took) = visit.service_millis().filter(|took| *took <= FORGOTTEN_MILLIS).map(short)
            else {
                continue;
            };
            self.all.visits.push(took);
            day.visits.push(took);
            class.visits.push(took);
            self.services.entry(visit.service).or_default().visits.push(took);
            if let Some(counter) = visit.counter {
                self.counters.entry(counter).or_default().push(took);
            }
        }
        let zone = self.zone;
        let hour = |at: Timestamp| usize::try_from(at.local(zone).hour).unwrap_or(0) % 24;
        let taken = &mut self.hours[hour(one.taken)];
        taken.0 += 1;
        taken.2.extend(waited);
        if let Some(called) = one.first_called {
            self.hours[hour(called)].1 += 1;
        }
        *self.ways.entry(one.cara_daftar).or_default() += 1;
        let (first, last) = self.first_and_last.unwrap_or((one.taken, one.taken));
        self.first_and_last = Some((first.min(one.taken), last.max(one.taken)));
    }

    /// What it comes to.
    pub fn report(self) -> Report {
        Report {
            all: self.all.group(),
            services: grouped(self.services),
            counters: self
                .counters
                .into_iter()
                .map(|(counter, took)| (counter, Durations::of(took)))
                .collect(),
            hours: self.hours.map(|(taken, called, waits)| Hour {
                taken,
                called,
                waits: Durations::of(waits),
            }),
            ways: self.ways,
            classes: grouped(self.classes),
            days: grouped(self.days),
            first_and_last: self.first_and_last,
        }
    }
}

/// As durations are kept while they are counted. Nobody waits for seven weeks; a clock that jumped may say so.
fn short(millis: i64) -> u32 {
    u32::try_from(millis.max(0)).unwrap_or(u32::MAX)
}

fn grouped<K: Ord>(tallies: BTreeMap<K, Tally>) -> BTreeMap<K, Group> {
    tallies.into_iter().map(|(key, tally)| (key, tally.group())).collect()
}

#[derive(Default)]
struct Tally {
    counts: Counts,
    waits: Vec<u32>,
    visits: Vec<u32>,
}

impl Tally {
    fn group(self) -> Group {
        let Tally { counts, waits, visits } = self;
        Group { counts, waits: Durations::of(waits), visits: Durations::of(visits) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::queue::{Action, Moment};
    use proptest::prelude::*;

    const UMUM: ServiceId = ServiceId(1);
    const GIGI: ServiceId = ServiceId(2);
    /// 08:00 in Makassar on 26 November 2026.
    const EIGHT: Timestamp = Timestamp(1_795_651_200_000);

    fn at(minutes: i64) -> Timestamp {
        EIGHT.plus_minutes(minutes)
    }

    fn moment(minutes: i64) -> Moment {
        Moment { at: at(minutes), order: minutes }
    }

    fn taken(minutes: i64, service: ServiceId) -> Given {
        let stage = Stage::waiting(service, minutes);
        Given {
            day: "2026-11-26".parse().unwrap(),
            service,
            cara_daftar: CaraDaftar::Offline,
            class: None,
            taken: at(minutes),
            first_called: None,
            stage,
            past: Vec::new(),
        }
    }

    fn then(mut given: Given, steps: &[(Action, i64)]) -> Given {
        for (action, minutes) in steps {
            given.stage = given.stage.after(*action, moment(*minutes)).unwrap();
            if matches!(action, Action::Call(_)) {
                given.first_called = given.first_called.or(Some(at(*minutes)));
            }
        }
        given
    }

    const LOKET: CounterNumber = CounterNumber(3);

    fn report(given: &[Given], zone: Zone) -> Report {
        let mut count = Count::by_the_clock_of(zone);
        given.iter().for_each(|one| count.add(one));
        count.report()
    }

    /// A small day, computed by hand.
    #[test]
    fn a_day_is_counted_as_its_definitions_say() {
        let served =
            then(taken(0, UMUM), &[(Action::Call(LOKET), 10), (Action::Serve, 12), (Action::Finish, 20)]);
        let never_pressed_serve = then(taken(5, UMUM), &[(Action::Call(LOKET), 75), (Action::Finish, 80)]);
        let skipped_and_back = then(
            taken(20, UMUM),
            &[
                (Action::Call(LOKET), 30),
                (Action::Skip, 32),
                (Action::Return, 40),
                (Action::Call(LOKET), 50),
                (Action::Skip, 51),
            ],
        );
        let gone = then(taken(61, GIGI), &[(Action::Cancel, 70)]);
        let waits = Given { class: Some(ClassId(2)), ..taken(62, GIGI) };
        let mut sent_on =
            then(taken(3, UMUM), &[(Action::Call(LOKET), 4), (Action::Serve, 5), (Action::Finish, 9)]);
        sent_on.past.push(sent_on.stage.clone());
        sent_on.stage = Stage::waiting(GIGI, 99);
        let sent_on = then(sent_on, &[(Action::Call(CounterNumber(4)), 30), (Action::Finish, 45)]);
        let forgotten = then(taken(2, UMUM), &[(Action::Call(LOKET), 90), (Action::Finish, 19 * 60)]);
        let day = [served, never_pressed_serve, skipped_and_back, gone, waits, sent_on, forgotten];
        let report = report(&day, Zone::Wita);

        let Counts { total, selesai, dilewati, batal, terbuka } = report.all.counts;
        assert_eq!((total, selesai, dilewati, batal, terbuka), (7, 4, 1, 1, 1));
        // Waits: 10, 70, 10 (the first call counts), 1, 88.
        let waits = &report.all.waits;
        assert_eq!(
            (waits.jumlah, waits.median, waits.p90, waits.dalam_60),
            (5, Some(10.0), Some(88.0), Some(60.0))
        );
        // Visits: 8, 5, 4, 15; whoever was forgotten is none.
        let visits = &report.all.visits;
        assert_eq!((visits.jumlah, visits.median, visits.rata), (4, Some(6.5), Some(8.0)));
        let (umum, gigi) = (&report.services[&UMUM], &report.services[&GIGI]);
        assert_eq!((umum.counts.total, umum.visits.jumlah), (5, 3), "the number counts where it was given");
        assert_eq!((gigi.counts.total, gigi.visits.jumlah), (2, 1), "a visit where it was");
        assert_eq!(report.counters[&LOKET].jumlah, 3);
        assert_eq!(report.counters[&CounterNumber(4)].median, Some(15.0));
        assert_eq!((report.hours[8].taken, report.hours[9].taken), (5, 2));
        assert_eq!((report.hours[8].called, report.hours[9].called), (3, 2));
        let lansia = &report.classes[&Some(ClassId(2))];
        assert_eq!(
            (report.classes[&None].counts.total, lansia.counts.total, lansia.counts.terbuka),
            (6, 1, 1)
        );
        assert_eq!(report.first_and_last, Some((at(0), at(62))));
    }

    proptest! {
        #[test]
        fn parts_add_up_to_the_whole(
            minutes in proptest::collection::vec((0..600i64, 0..3usize, 1..3i64), 0..60),
        ) {
            let day: Vec<Given> = minutes.iter().map(|(at, fate, service)| {
                let given = taken(*at, ServiceId(*service));
                match fate {
                    0 => given,
                    1 => then(given, &[(Action::Call(LOKET), at + 7), (Action::Finish, at + 9)]),
                    _ => then(given, &[(Action::Call(LOKET), at + 3), (Action::Skip, at + 4)]),
                }
            }).collect();
            let report = report(&day, Zone::Wib);
            let sum = |part: fn(&Group) -> usize| report.services.values().map(part).sum::<usize>();
            prop_assert_eq!(report.all.counts.total, day.len());
            prop_assert_eq!(sum(|group| group.counts.total), day.len());
            prop_assert_eq!(sum(|group| group.visits.jumlah), report.all.visits.jumlah);
            let classed: usize = report.classes.values().map(|group| group.counts.total).sum();
            prop_assert_eq!(classed, day.len());
            prop_assert_eq!(report.hours.iter().map(|hour| hour.taken).sum::<usize>(), day.len());
            prop_assert_eq!(report.ways.values().sum::<usize>(), day.len());
            prop_assert_eq!(report.counters.values().map(|took| took.jumlah).sum::<usize>(), report.all.visits.jumlah);
        }
    }
}
