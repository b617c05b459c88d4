//! Who is called next at a counter, and why. Fair and explainable in one sentence: first come, first served; who is urgent goes
//! before everybody; a priority visitor waits for so many ordinary ones as the class says, and never starves them.

use std::collections::BTreeMap;
use std::iter::Peekable;

use serde::{Deserialize, Serialize};

use super::service::ServiceId;
use super::shares::{Shares, Weights};
use super::stage::Place;
use super::states::TicketId;

/// How two kinds of visitors take turns at a counter while both wait: after `after` ordinary calls, up to `calls` of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Ratio {
    /// At least 1.
    pub after: u32,
    /// At least 1.
    pub calls: u32,
}

/// The turns of a service whose visitors come before others.
pub const SERVICE_PRIORITY: Ratio = Ratio { after: 2, calls: 1 };

/// The turns of those whose class has waited long enough.
pub const AGED: Ratio = Ratio { after: 1, calls: 1 };

/// Among whom somebody waits. Inside a lane it is first come, first served.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// Before everybody.
    Urgent,
    /// In turn with the ordinary ones.
    InTurn(Ratio),
    /// In turn, for having waited long enough.
    Aged,
    /// Everybody else.
    Ordinary,
}

impl Lane {
    /// The turns that it takes with the ordinary ones.
    fn ratio(self) -> Option<Ratio> {
        match self {
            Lane::InTurn(ratio) => Some(ratio),
            Lane::Aged => Some(AGED),
            Lane::Urgent | Lane::Ordinary => None,
        }
    }
}

/// The first in line of one lane that the counter serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its place.
    pub place: Place,
    /// The service that it waits for.
    pub service: ServiceId,
    /// Its lane.
    pub lane: Lane,
}

/// How far a counter is with its turns. Ordinary calls earn each lane its turn, calling somebody of the lane spends it; what is
/// saved up is bounded, so that nobody has to wait for a crowd that was saved up for. A lane that is not named has its full turn:
/// the first priority visitor of the day is not made to wait.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Written", into = "Written")]
pub struct Turns {
    saved: BTreeMap<Ratio, u32>,
    /// Among the services, where they weigh differently.
    shares: Shares,
}

/// Turns as they are written down: JSON has no keys but strings.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    lanes: Vec<(Ratio, u32)>,
    services: Shares,
}

impl From<Written> for Turns {
    fn from(written: Written) -> Self {
        Turns { saved: written.lanes.into_iter().collect(), shares: written.services }
    }
}

impl From<Turns> for Written {
    fn from(turns: Turns) -> Self {
        Written { lanes: turns.saved.into_iter().collect(), services: turns.shares }
    }
}

impl Turns {
    /// An ordinary call earns `calls`, a call in turn costs `after`: so the ratio holds, spread evenly.
    fn saved(&self, ratio: Ratio) -> u32 {
        self.saved.get(&ratio).copied().unwrap_or(ratio.after * ratio.calls)
    }

    fn is_due(&self, ratio: Ratio) -> bool {
        self.saved(ratio) >= ratio.after
    }

    /// How many ordinary calls it is until the lane's turn.
    fn ordinary_until(&self, ratio: Ratio) -> u32 {
        ratio.after.saturating_sub(self.saved(ratio)).div_ceil(ratio.calls)
    }

    /// The turns once somebody of that lane was called.
    #[must_use]
    pub fn after(mut self, lane: Lane) -> Self {
        if let Some(ratio) = lane.ratio() {
            self.saved.insert(ratio, self.saved(ratio).saturating_sub(ratio.after));
        } else if lane == Lane::Ordinary {
            self.saved.retain(|ratio, saved| {
                *saved += ratio.calls;
                *saved < ratio.after * ratio.calls
            });
        }
        self
    }
}

/// Why this ticket is next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Its class goes before everybody.
    Urgent,
    /// It came first; nobody of the other kind waits.
    FirstCome,
    /// A priority visitor waits and enough regular numbers were called.
    PriorityTurn,
    /// Its class has waited long enough.
    WaitedLong,
    /// A priority visitor waits too, but it is still the turn of a regular number.
    RegularTurn,
    /// Somebody came before for another service, but it is the turn of this one: here it weighs more.
    ServiceTurn,
}

/// The ticket to call next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextUp {
    /// The ticket.
    pub id: TicketId,
    /// Why it.
    pub reason: Reason,
    /// How many regular numbers are still called before the waiting priority one; 0 when it is its turn or
    /// none waits.
    pub regular_before_priority: u32,
    /// The counter's turns after this one.
    pub turns: Turns,
}

/// Picks among the heads of the counter's lines. `weights`: of the services there.
pub fn next_up(heads: &[Head], turns: &Turns, weights: &Weights) -> Option<NextUp> {
    let ordinary = ordinary_services(heads);
    let (head, reason) = pick(heads, turns, turns.shares.due(&ordinary, weights))?;
    let in_turn = heads.iter().filter_map(|head| head.lane.ratio());
    let regular_before_priority = match reason {
        Reason::RegularTurn => in_turn.map(|ratio| turns.ordinary_until(ratio)).min().unwrap_or(0),
        _ => 0,
    };
    let mut turns = turns.clone().after(head.lane);
    if head.lane == Lane::Ordinary {
        turns.shares = turns.shares.after(head.service, &ordinary, weights);
    }
    Some(NextUp { id: head.place.ticket, reason, regular_before_priority, turns })
}

/// The services for which somebody ordinary waits, whoever came first in front.
fn ordinary_services(heads: &[Head]) -> Vec<ServiceId> {
    let mut heads: Vec<&Head> = heads.iter().filter(|head| head.lane == Lane::Ordinary).collect();
    heads.sort_by_key(|head| head.place);
    let mut services: Vec<ServiceId> = Vec::with_capacity(heads.len());
    for head in heads {
        if !services.contains(&head.service) {
            services.push(head.service);
        }
    }
    services
}

/// `service`: whose turn it is among the ordinary ones, where the counter shares its calls.
fn pick(heads: &[Head], turns: &Turns, service: Option<ServiceId>) -> Option<(Head, Reason)> {
    let first = |wanted: &dyn Fn(Lane) -> bool| {
        heads.iter().filter(|head| wanted(head.lane)).min_by_key(|head| head.place).copied()
    };
    if let Some(urgent) = first(&|lane| lane == Lane::Urgent) {
        return Some((urgent, Reason::Urgent));
    }
    let came_first = first(&|lane| lane == Lane::Ordinary);
    let of_service = heads.iter().filter(|head| head.lane == Lane::Ordinary && Some(head.service) == service);
    let ordinary = of_service.min_by_key(|head| head.place).copied().or(came_first);
    match (first(&|lane| lane.ratio().is_some()), ordinary) {
        (None, None) => None,
        (None, Some(only)) if ordinary != came_first => Some((only, Reason::ServiceTurn)),
        (Some(only), None) | (None, Some(only)) => Some((only, Reason::FirstCome)),
        (Some(_), Some(ordinary)) => {
            Some(match first(&|lane| lane.ratio().is_some_and(|ratio| turns.is_due(ratio))) {
                Some(due) if due.lane == Lane::Aged => (due, Reason::WaitedLong),
                Some(due) => (due, Reason::PriorityTurn),
                None => (ordinary, Reason::RegularTurn),
            })
        }
    }
}

/// Everybody who waits, in the order in which a single counter that begins its turns calls them if nobody joins. Each of
/// `lines` is in the order of places, with the lanes as they are now.
pub fn order_of_calls<Line: Iterator<Item = Head>>(
    lines: impl IntoIterator<Item = Line>,
) -> OrderOfCalls<Line> {
    let lines = lines.into_iter().map(Iterator::peekable).collect();
    OrderOfCalls { lines, heads: Vec::new(), turns: Turns::default() }
}

/// See [`order_of_calls`].
#[derive(Debug)]
pub struct OrderOfCalls<Line: Iterator<Item = Head>> {
    lines: Vec<Peekable<Line>>,
    /// Room for the heads of the lines: a long line is walked without asking for memory at each step.
    heads: Vec<Head>,
    turns: Turns,
}

impl<Line: Iterator<Item = Head>> Iterator for OrderOfCalls<Line> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        self.heads.clear();
        self.heads.extend(self.lines.iter_mut().filter_map(|line| line.peek().copied()));
        let (head, _) = pick(&self.heads, &self.turns, None)?;
        self.lines.iter_mut().find_map(|line| line.next_if_eq(&head))?;
        self.turns = std::mem::take(&mut self.turns).after(head.lane);
        Some(head.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE_IN_THREE: Lane = Lane::InTurn(SERVICE_PRIORITY);

    fn head(id: i64, lane: Lane) -> Head {
        Head { place: Place { order: id, ticket: TicketId(id) }, service: ServiceId(1), lane }
    }

    fn next_up(heads: &[Head], turns: &Turns) -> Option<NextUp> {
        super::next_up(heads, turns, &Weights::default())
    }

    fn pick_id(heads: &[Head], turns: &Turns) -> (i64, Reason, u32) {
        let next = next_up(heads, turns).unwrap();
        (next.id.0, next.reason, next.regular_before_priority)
    }

    /// Whom a counter calls while somebody of each of these lanes always waits: a letter each.
    fn pattern(lanes: &[(char, Lane)], calls: usize) -> String {
        let heads: Vec<Head> = lanes.iter().zip(1..).map(|((_, lane), id)| head(id, *lane)).collect();
        let mut turns = Turns::default();
        let mut called = String::new();
        for _ in 0..calls {
            let next = next_up(&heads, &turns).unwrap();
            called.push(lanes[usize::try_from(next.id.0).unwrap() - 1].0);
            turns = next.turns;
        }
        called
    }

    #[test]
    fn nobody_waits_nobody_is_next() {
        assert_eq!(next_up(&[], &Turns::default()), None);
    }

    #[test]
    fn among_equals_who_came_first_is_first() {
        let turns = Turns::default();
        let (five, three) = (head(5, Lane::Ordinary), head(3, Lane::Ordinary));
        assert_eq!(pick_id(&[five, three], &turns), (3, Reason::FirstCome, 0));
        let (five, four) = (head(5, ONE_IN_THREE), head(4, ONE_IN_THREE));
        assert_eq!(pick_id(&[five, four], &turns), (4, Reason::FirstCome, 0));
    }

    #[test]
    fn a_priority_visitor_waits_for_two_regular_ones_at_most() {
        let both = [head(1, Lane::Ordinary), head(9, ONE_IN_THREE)];
        let spent = Turns::default().after(ONE_IN_THREE);
        assert_eq!(pick_id(&both, &spent), (1, Reason::RegularTurn, 2));
        let spent = spent.after(Lane::Ordinary);
        assert_eq!(pick_id(&both, &spent), (1, Reason::RegularTurn, 1));
        assert_eq!(pick_id(&both, &spent.after(Lane::Ordinary)), (9, Reason::PriorityTurn, 0));
    }

    #[test]
    fn who_cannot_wait_goes_before_everybody_and_costs_nobody_a_turn() {
        let spent = Turns::default().after(ONE_IN_THREE);
        let heads = [head(1, Lane::Ordinary), head(2, ONE_IN_THREE), head(9, Lane::Urgent)];
        assert_eq!(pick_id(&heads, &spent), (9, Reason::Urgent, 0));
        assert_eq!(next_up(&heads, &spent).unwrap().turns, spent);
    }

    #[test]
    fn turns_are_taken_as_the_ratio_says() {
        let (r, two_to_three) = (('r', Lane::Ordinary), Lane::InTurn(Ratio { after: 3, calls: 2 }));
        assert_eq!(pattern(&[r, ('P', ONE_IN_THREE)], 9), "PrrPrrPrr");
        assert_eq!(pattern(&[r, ('P', two_to_three)], 12), "PPrrPrPrrPrP");
        assert_eq!(pattern(&[r, ('L', Lane::Aged)], 6), "LrLrLr");
        assert_eq!(pattern(&[r, ('P', ONE_IN_THREE), ('L', Lane::Aged)], 10), "PLrLrPLrLr");
    }

    #[test]
    fn turns_survive_being_written_down() {
        let turns = Turns::default().after(ONE_IN_THREE).after(Lane::Aged);
        assert_eq!(Turns::from(Written::from(turns.clone())), turns);
    }

    #[test]
    fn a_heavier_service_is_called_more_often_and_the_counter_can_say_why() {
        let weights: Weights = [(ServiceId(1), 1), (ServiceId(2), 2)].into_iter().collect();
        let heads = [head(1, Lane::Ordinary), Head { service: ServiceId(2), ..head(2, Lane::Ordinary) }];
        let mut turns = Turns::default();
        let mut called = Vec::new();
        for _ in 0..6 {
            let next = super::next_up(&heads, &turns, &weights).unwrap();
            called.push((next.id.0, next.reason));
            turns = next.turns;
        }
        let (lighter, heavier) = ((1, Reason::FirstCome), (2, Reason::ServiceTurn));
        assert_eq!(called, [heavier, lighter, heavier, heavier, lighter, heavier]);
        let both = [heads[0], heads[1], head(9, ONE_IN_THREE)];
        assert_eq!(
            super::next_up(&both, &turns, &weights).unwrap().id,
            TicketId(9),
            "classes go on as before"
        );
    }

    fn a_lane() -> impl Strategy<Value = Lane> {
        prop_oneof![
            3 => Just(Lane::Ordinary),
            1 => Just(Lane::Aged),
            2 => (1u32..6, 1u32..4).prop_map(|(after, calls)| Lane::InTurn(Ratio { after, calls })),
        ]
    }

    proptest! {
        /// Whatever classes there are and however many come: the oldest of each lane is called within a bounded number of calls.
        #[test]
        fn nobody_starves(mut lanes in proptest::collection::btree_set(a_lane(), 1..6)) {
            lanes.insert(Lane::Ordinary);
            let lanes: Vec<Lane> = lanes.into_iter().collect();
            let most = |lane: &Lane| lane.ratio().map_or(0, |ratio| ratio.calls);
            let between_ordinary: u32 = lanes.iter().map(most).sum::<u32>() + 1;
            // Of every lane there is always somebody, and the newcomers are younger.
            let mut heads: Vec<Head> = lanes.iter().zip(1..).map(|(lane, id)| head(id, *lane)).collect();
            let (mut turns, mut next_id) = (Turns::default(), 100);
            let mut since = vec![0u32; lanes.len()];
            for _ in 0..200 {
                let next = next_up(&heads, &turns).unwrap();
                turns = next.turns;
                for (at, lane) in lanes.iter().enumerate() {
                    if heads[at].place.ticket == next.id {
                        heads[at] = head(next_id, *lane);
                        since[at] = 0;
                    } else {
                        since[at] += 1;
                    }
                    let own = lane.ratio().map_or(1, |ratio| ratio.after + 1);
                    prop_assert!(since[at] <= own * between_ordinary, "{lane:?} waits for {}", since[at]);
                }
                next_id += 1;
            }
        }

        /// The place that a visitor is told is the one in which a single counter calls.
        #[test]
        fn the_place_in_line_is_the_order_of_calls(lanes in proptest::collection::vec(a_lane(), 1..30)) {
            let waiting: Vec<Head> = (1..).zip(lanes).map(|(id, lane)| head(id, lane)).collect();
            let kinds: std::collections::BTreeSet<Lane> = waiting.iter().map(|head| head.lane).collect();
            let of = |kind: &Lane| waiting.iter().copied().filter(|head| head.lane == *kind).collect::<Vec<_>>();
            let told: Vec<Place> = order_of_calls(kinds.iter().map(|kind| of(kind).into_iter())).collect();
            let (mut left, mut turns, mut called) = (waiting.clone(), Turns::default(), Vec::new());
            while let Some(next) = next_up(&left, &turns) {
                turns = next.turns;
                called.push(left.remove(left.iter().position(|head| head.place.ticket == next.id).unwrap()).place);
            }
            prop_assert_eq!(told, called);
        }
    }
}
