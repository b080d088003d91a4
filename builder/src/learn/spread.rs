//! Giving off heat: how many shops a shop that lists a good brings.
//!
//! A touch is a shop's first event with a good, and is caused if it names another
//! shop that had touched it before. Touches are then a branching process whose
//! ratio is n* = caused / touches (Hawkes, Biometrika 58 (1971); endogenous
//! cascades: Crane & Sornette, PNAS 105 (2008)), and each touch that nobody caused
//! brings 1 / (1 - n*) in the end, itself among them. With 20 touches of prior
//! evidence
//!
//! ```text
//! n  = caused / (touches + 20)                      of the catalog
//! nc = (caused + 20 n)  / (touches + 20)            of a category
//! n* = (caused + 20 nc) / (touches + 20)            of a good
//! ```
//!
//! Each is below 1, since the first shop of all was caused by none. A good that k
//! shops have has its own, others their category's; of a category and the catalog
//! those goods count that may ([`Voices`]).

use super::category::Voices;
use crate::ingest::Events;

/// Touches that the ratio of the larger group is worth.
const PRIOR: f64 = 20.0;
/// Parts of 1 in the column.
const PARTS: f64 = 255.0;

/// Touches, and how many of them another shop caused.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Touches {
    all: f64,
    caused: f64,
}

impl Touches {
    fn add(&mut self, other: Touches) {
        self.all += other.all;
        self.caused += other.caused;
    }

    fn ratio(self, prior: f64) -> f64 {
        (self.caused + PRIOR * prior) / (self.all + PRIOR)
    }
}

/// Branching ratio of each good in 255ths, plus one; empty where no good may
/// show or no touch was caused.
pub fn column(events: &Events, voices: &Voices<'_>) -> Vec<u8> {
    let goods = touches(events, voices.category.len());
    let rows = voices.category.iter().max().map_or(0, |&c| c as usize + 1);
    let (mut categories, mut catalog) =
        (vec![Touches::default(); rows], Touches::default());
    for (good, &touches) in goods.iter().enumerate().filter(|(g, _)| voices.speaks[*g]) {
        categories[voices.category[good] as usize].add(touches);
        catalog.add(touches);
    }
    if catalog.caused == 0.0 {
        return Vec::new();
    }
    let whole = catalog.ratio(0.0);
    let ratio = |(good, touches): (usize, &Touches)| {
        let category = categories[voices.category[good] as usize].ratio(whole);
        match voices.shows[good] {
            true => touches.ratio(category),
            false => category,
        }
    };
    let parts = |ratio: f64| 1 + (PARTS * ratio).round_ties_even().min(PARTS - 1.0) as u8;
    goods.iter().enumerate().map(ratio).map(parts).collect()
}

/// Of each good. Events are sorted by shop and good.
fn touches(events: &Events, goods: usize) -> Vec<Touches> {
    let mut touches = vec![Touches::default(); goods];
    for pair in events
        .list
        .chunk_by(|a, b| (a.shop, a.good) == (b.shop, b.good))
    {
        touches[pair[0].good as usize].all += 1.0;
    }
    for &(_, good) in &events.caused {
        touches[good as usize].caused += 1.0;
    }
    touches
}

#[cfg(test)]
mod tests {
    use super::super::graph::Graph;
    use super::super::graph::tests::purchase;
    use super::*;
    use crate::ingest::{Named, caused};
    use proptest::prelude::*;

    /// Shop, good, time, and the shop that an event names as its cause.
    type Row = (u32, u32, i64, Option<u32>);

    const SHOPS: u32 = 6;
    const CATEGORY: [u32; 4] = [0, 0, 1, 1];

    fn events(rows: &[Row]) -> (Events, u64) {
        let event = |&(shop, good, at, by): &Row| (purchase(shop, good, at), by);
        let mut list: Vec<_> = rows.iter().map(|row| event(row).0).collect();
        list.sort_by_key(|e| (e.shop, e.good, e.at));
        let named: Vec<Named> = rows
            .iter()
            .map(event)
            // A number that no shop has stands for an id that none has.
            .filter_map(|(event, by)| {
                let by = Some(by?).filter(|&by| by < SHOPS);
                Some(Named { event, by })
            })
            .collect();
        let (caused, wrong) = caused(&list, &named);
        let events = Events {
            list,
            caused,
            ..Events::default()
        };
        (events, wrong)
    }

    /// From the definitions, one pair at a time.
    fn naive(rows: &[Row], k: usize) -> Vec<u8> {
        let first = |shop: u32, good: u32| {
            let of = rows.iter().filter(|r| (r.0, r.1) == (shop, good));
            of.map(|r| r.2).filter(|&at| at > 0).min()
        };
        let holds = |r: &Row| {
            let by = r.3.filter(|&by| by != r.0 && by < SHOPS);
            by.and_then(|by| first(by, r.1)).is_some_and(|at| at < r.2)
        };
        let has = |shop: u32, good: u32| rows.iter().any(|r| (r.0, r.1) == (shop, good));
        let count = |good: u32| {
            let touched = (0..SHOPS).filter(|&shop| has(shop, good)).count();
            let is_caused = |shop: &u32| {
                let at = first(*shop, good);
                let of = rows.iter().filter(|r| (r.0, r.1) == (*shop, good));
                of.clone().any(|r| Some(r.2) == at && holds(r))
            };
            let caused = (0..SHOPS).filter(is_caused).count();
            (touched as f64, caused as f64)
        };
        let shows = |good: u32| count(good).0 >= k as f64;
        let speaks = |good: u32| {
            let rest = |g: &u32| CATEGORY[*g as usize] == CATEGORY[good as usize];
            let rest = || (0..4).filter(rest).filter(|&g| !shows(g));
            let behind = (0..SHOPS).filter(|&shop| rest().any(|g| has(shop, g)));
            shows(good) || behind.count() >= k
        };
        let sum = |of: &dyn Fn(u32) -> bool| {
            let counts = (0..4).filter(|&g| of(g) && speaks(g)).map(count);
            counts.fold((0.0, 0.0), |a, b| (a.0 + b.0, a.1 + b.1))
        };
        let shrunk =
            |(all, caused): (f64, f64), n: f64| (caused + 20.0 * n) / (all + 20.0);
        let n = shrunk(sum(&|_| true), 0.0);
        if n == 0.0 {
            return Vec::new();
        }
        let ratio = |good: u32| {
            let of = |g: u32| CATEGORY[g as usize] == CATEGORY[good as usize];
            let nc = shrunk(sum(&of), n);
            match shows(good) {
                true => shrunk(count(good), nc),
                false => nc,
            }
        };
        (0..4)
            .map(|good| 1 + (255.0 * ratio(good)).round_ties_even() as u8)
            .collect()
    }

    fn spread(rows: &[Row], k: u32) -> Vec<u8> {
        let (events, _) = events(rows);
        let graph = Graph::new(&[false; SHOPS as usize], 4, &events.list);
        column(&events, &Voices::new(&graph, &CATEGORY, k))
    }

    #[test]
    fn only_a_first_event_is_caused_and_only_by_who_was_there_before() {
        let rows = [
            (0, 0, 10, None),
            (1, 0, 20, Some(0)),
            (2, 0, 30, None),
            (2, 0, 40, Some(0)),  // not its first
            (3, 0, 50, Some(4)),  // who has nothing
            (3, 0, 50, Some(3)),  // itself
            (4, 1, 60, Some(0)),  // who has another good
            (5, 0, 60, Some(99)), // whom nobody knows
            (5, 1, 60, Some(4)),  // at the same time
            (1, 1, 0, Some(4)),   // at no time
        ];
        let (events, wrong) = events(&rows);
        assert_eq!((events.caused, wrong), (vec![(1, 0)], 6));
    }

    #[test]
    fn without_a_cause_nothing_is_said() {
        assert!(spread(&[(0, 0, 1, None), (1, 0, 2, None)], 1).is_empty());
    }

    proptest! {
        #[test]
        fn the_ratio_is_the_naive_one_and_below_1(
            rows in prop::collection::vec(
                (0..SHOPS, 0u32..4, 0i64..9, prop::option::of(0..SHOPS + 1)), 0..60,
            ),
            k in 1u32..4,
        ) {
            let found = spread(&rows, k);
            prop_assert_eq!(&found, &naive(&rows, k as usize));
            prop_assert!(found.iter().all(|&spread| spread < 255));
        }
    }
}
