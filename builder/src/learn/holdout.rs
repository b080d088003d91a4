//! Held-out history: what the builder asks its candidates.
//!
//! A shard serves for a while after its last event, its *horizon*. So the
//! history is cut at several earlier moments, and each cut asks what shops
//! newly adopt within one horizon after it; what they did before is all a
//! candidate may see. One cut is one market's mood: several tell what holds. A
//! history without times is cut by a hash of shop and good instead, a quarter
//! of the pairs at a time. Shops with fewer than five goods before the cut ask
//! nothing.

use std::collections::BTreeSet;

use goodsrank::events::DAY;
use goodsrank::shard::key;

use super::graph::{Graph, is_adoption};
use crate::ingest::{CatalogEvent, Events, Good};

const MIN_GOODS: usize = 5;
/// The horizon of a catalog that names none, as a share of its history.
const HORIZON: f64 = 0.25;
/// How far before the end cuts are, in horizons.
const CUTS: [f64; 5] = [1.0, 1.5, 2.0, 1.25, 1.75];
/// One pair in so many is held out where there are no times: as much as a
/// horizon is of a history.
const FOLDS: u64 = 4;

/// Where a history is cut.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cut {
    /// At a moment; what happens until `end` is asked.
    At {
        /// Seconds since 1970 UTC.
        time: i64,
        /// Likewise, the first moment that is not asked.
        end: i64,
    },
    /// One pair in four, by hash.
    Fold(u64),
}

impl Cut {
    /// The cuts of a history, latest first; `horizon` in days, a quarter of the
    /// history when `None`.
    pub fn all(events: &Events, horizon: Option<f64>, most: usize) -> Vec<Cut> {
        let (first, last) = (events.first_at(), events.t_ref());
        if first == last {
            return (0..FOLDS).map(Cut::Fold).take(most).collect();
        }
        let horizon = horizon_seconds(first, last, horizon);
        let cut = |&ago: &f64| {
            let time = last + 1 - (horizon * ago) as i64;
            let end = time + horizon as i64;
            Cut::At { time, end }
        };
        let is_inside = |cut: &Cut| matches!(cut, Cut::At { time, .. } if *time > first);
        let mut cuts: Vec<Cut> =
            CUTS.iter().map(cut).filter(is_inside).take(most).collect();
        cuts.sort_by_key(|cut| std::cmp::Reverse(cut.time()));
        cuts
    }

    /// The cut's moment; 0 where there are no times.
    pub fn time(self) -> i64 {
        match self {
            Cut::At { time, .. } => time,
            Cut::Fold(_) => 0,
        }
    }
}

/// Seconds for which a shard is to serve.
fn horizon_seconds(first: i64, last: i64, days: Option<f64>) -> f64 {
    days.map_or((last - first) as f64 * HORIZON, |days| days * DAY as f64)
}

/// The horizon in days; 0 for a history without times.
pub fn horizon_days(events: &Events, days: Option<f64>) -> f64 {
    let (first, last) = (events.first_at(), events.t_ref());
    if first == last {
        return 0.0;
    }
    horizon_seconds(first, last, days) / DAY as f64
}

/// A history cut in two.
pub struct Holdout {
    /// Events before the cut.
    pub before: Vec<CatalogEvent>,
    /// Graph of the events before the cut.
    pub graph: Graph,
    /// Where the cut is.
    pub cut: Cut,
    /// What is asked.
    pub queries: Vec<HoldoutQuery>,
}

/// One shop, asked what it adopts next.
pub struct HoldoutQuery {
    /// The shop.
    pub shop: u32,
    /// Goods that it is known to have, ascending.
    pub shelf: Vec<u32>,
    /// Goods that it adopts next, none of them on the shelf, ascending.
    pub truth: Vec<u32>,
}

impl Holdout {
    /// Cuts the history. Deterministic: what is asked depends on times and ids
    /// only. At most `most` shops ask.
    pub fn new(
        events: &Events,
        goods: &[Good],
        public: &[bool],
        cut: Cut,
        most: usize,
    ) -> Holdout {
        let (mut before, mut after) = (Vec::new(), Vec::new());
        for event in &events.list {
            match side(events, goods, cut, event) {
                Side::Before => before.push(*event),
                Side::Asked => after.push(*event),
                Side::Later => {}
            }
        }
        let graph = Graph::new(public, goods.len(), &before);
        let mut queries = queries(&graph, &after);
        thin_out(&mut queries, events, most);
        Holdout {
            before,
            graph,
            cut,
            queries,
        }
    }

    /// The events before the cut that a query's profile is made of.
    pub fn events_of(&self, query: &HoldoutQuery) -> impl Iterator<Item = &CatalogEvent> {
        self.of_shop(query.shop)
            .iter()
            .filter(|e| query.shelf.binary_search(&e.good).is_ok())
    }

    fn of_shop(&self, shop: u32) -> &[CatalogEvent] {
        let first = self.before.partition_point(|e| e.shop < shop);
        let end = self.before.partition_point(|e| e.shop <= shop);
        &self.before[first..end]
    }

    /// The same shops when they had `goods` goods: their first ones are known,
    /// all others are asked. Shops that never had more ask nothing.
    pub fn young(&self, goods: usize) -> Vec<HoldoutQuery> {
        let young = |query: &HoldoutQuery| {
            let mut firsts: Vec<(i64, u32)> = self
                .of_shop(query.shop)
                .chunk_by(|a, b| a.good == b.good)
                .filter_map(|of_good| of_good.iter().find(|e| is_adoption(e.kind)))
                .map(|e| (e.at, e.good))
                .collect();
            if firsts.len() <= goods {
                return None;
            }
            firsts.sort_unstable();
            let good = |&(_, good): &(i64, u32)| good;
            let mut shelf: Vec<u32> = firsts[..goods].iter().map(good).collect();
            let later = firsts[goods..].iter().map(good);
            let truth: BTreeSet<u32> = later.chain(query.truth.iter().copied()).collect();
            shelf.sort_unstable();
            Some(HoldoutQuery {
                shop: query.shop,
                shelf,
                truth: truth.into_iter().collect(),
            })
        };
        self.queries.iter().filter_map(young).collect()
    }
}

/// On which side of a cut an event is.
enum Side {
    Before,
    Asked,
    Later,
}

fn side(events: &Events, goods: &[Good], cut: Cut, event: &CatalogEvent) -> Side {
    let is_after = match cut {
        Cut::At { end, .. } if event.at >= end => return Side::Later,
        Cut::At { time, .. } => event.at >= time,
        Cut::Fold(fold) => {
            let shop = &events.shops[event.shop as usize].id;
            let good = &goods[event.good as usize].id;
            key(format!("{shop}\u{1f}{good}").as_bytes()) % FOLDS == fold
        }
    };
    if is_after { Side::Asked } else { Side::Before }
}

fn queries(graph: &Graph, after: &[CatalogEvent]) -> Vec<HoldoutQuery> {
    let mut queries = Vec::new();
    for of_shop in after.chunk_by(|a, b| a.shop == b.shop) {
        let shop = of_shop[0].shop;
        let shelf = &graph.goods_of[shop as usize];
        if shelf.len() < MIN_GOODS {
            continue;
        }
        let adopted = of_shop
            .iter()
            .filter(|e| is_adoption(e.kind))
            .map(|e| e.good);
        let new = adopted
            .filter(|g| shelf.binary_search(g).is_err() && graph.degree(*g as usize) > 0);
        let truth: BTreeSet<u32> = new.collect();
        if !truth.is_empty() {
            queries.push(HoldoutQuery {
                shop,
                shelf: shelf.clone(),
                truth: truth.into_iter().collect(),
            });
        }
    }
    queries
}

/// Keeps the shops with the smallest hashes: enough to choose by, and the same
/// ones whenever the shops are the same.
fn thin_out(queries: &mut Vec<HoldoutQuery>, events: &Events, most: usize) {
    if queries.len() > most {
        queries.sort_by_cached_key(|q| key(events.shops[q.shop as usize].id.as_bytes()));
        queries.truncate(most);
        queries.sort_by_key(|q| q.shop);
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;
    use crate::ingest::Shop;

    fn events(list: Vec<CatalogEvent>, shops: usize) -> Events {
        let shop = |n: usize| Shop {
            id: format!("s{n:03}"),
            ..Shop::default()
        };
        Events {
            shops: (0..shops).map(shop).collect(),
            list,
            caused: Vec::new(),
        }
    }

    fn goods(count: usize) -> Vec<Good> {
        let good = |n: usize| Good {
            id: format!("g{n:03}"),
            ..Good::default()
        };
        (0..count).map(good).collect()
    }

    fn ask(list: Vec<CatalogEvent>, shops: usize, count: usize) -> Holdout {
        let events = events(list, shops);
        let cut = Cut::all(&events, None, 1)[0];
        Holdout::new(&events, &goods(count), &vec![false; shops], cut, 100)
    }

    #[test]
    fn truth_is_what_is_new_to_the_shop_after_the_cut() {
        // Days 0 to 100, so the last cut is at day 75. Shop 1 has too few goods.
        let mut list: Vec<_> = (0..5).map(|g| purchase(0, g, DAY)).collect();
        let day = |shop, good, days: i64| purchase(shop, good, days * DAY);
        list.extend([day(0, 0, 90), day(0, 6, 101), day(0, 7, 101)]);
        list.extend([day(1, 6, 50), day(1, 7, 99)]);
        list.sort_by_key(|e| (e.shop, e.good, e.at));
        let holdout = ask(list, 2, 8);
        assert_eq!(
            holdout.cut,
            Cut::At {
                time: 76 * DAY + 1,
                end: 101 * DAY + 1
            }
        );
        assert_eq!(holdout.queries.len(), 1);
        // Good 0 is not new to the shop, good 7 had no shop before the cut.
        assert_eq!(
            (holdout.queries[0].shop, &holdout.queries[0].truth[..]),
            (0, &[6][..])
        );
        assert_eq!(holdout.events_of(&holdout.queries[0]).count(), 5);
    }

    #[test]
    fn a_young_shop_knows_its_first_goods_and_is_asked_the_rest() {
        let mut list: Vec<_> = (0..6)
            .map(|g| purchase(0, 5 - g, i64::from(g + 1) * DAY))
            .collect();
        list.push(purchase(0, 6, 101 * DAY));
        list.push(purchase(1, 6, DAY));
        list.sort_by_key(|e| (e.shop, e.good, e.at));
        let holdout = ask(list, 2, 7);
        let young = holdout.young(2);
        assert_eq!(
            (&young[0].shelf[..], &young[0].truth[..]),
            (&[4, 5][..], &[0, 1, 2, 3, 6][..])
        );
        assert_eq!(holdout.events_of(&young[0]).count(), 2);
        assert!(holdout.young(6).is_empty());
    }

    #[test]
    fn every_cut_asks_about_one_horizon() {
        let list = (1..=100).map(|day| purchase(0, 0, day * DAY)).collect();
        let events = events(list, 1);
        let cuts = Cut::all(&events, Some(10.0), 9);
        assert_eq!(cuts.len(), CUTS.len());
        for cut in cuts {
            let Cut::At { time, end } = cut else {
                panic!("{cut:?}");
            };
            assert_eq!(end - time, 10 * DAY);
            let holdout = Holdout::new(&events, &goods(1), &[false], cut, 9);
            assert!(holdout.before.iter().all(|e| e.at < time));
        }
    }

    #[test]
    fn a_horizon_longer_than_the_history_leaves_nothing_to_ask() {
        let list = vec![purchase(0, 0, DAY), purchase(0, 0, 9 * DAY)];
        assert_eq!(Cut::all(&events(list, 1), Some(30.0), 3), []);
    }

    #[test]
    fn without_times_a_quarter_of_the_pairs_is_held_out() {
        let list = (0..50)
            .flat_map(|s| (0..40).map(move |g| purchase(s, g, 0)))
            .collect();
        let holdout = ask(list, 50, 40);
        let held: usize = holdout.queries.iter().map(|q| q.truth.len()).sum();
        assert!((420..580).contains(&held), "{held} of 2000");
    }
}
