//! Held-out history: what the builder asks its candidates.
//!
//! The history is cut at four fifths of its span. What shops newly adopt after
//! the cut is the truth, what they did before is all a candidate may see. A
//! history without times is cut by a hash of shop and good instead, one pair in
//! five. Shops with fewer than five goods before the cut ask nothing.

use std::collections::BTreeSet;

use goodsrank::shard::key;

use super::graph::{Graph, is_adoption};
use crate::ingest::{CatalogEvent, Events, Good};

const KEPT: f64 = 0.8;
const MIN_GOODS: usize = 5;
const MAX_QUERIES: usize = 2000;

/// A history cut in two.
pub struct Holdout {
    /// Events before the cut.
    pub before: Vec<CatalogEvent>,
    /// Graph of the events before the cut.
    pub graph: Graph,
    /// Time of the cut; 0 for a history without times.
    pub cut: i64,
    /// What is asked.
    pub queries: Vec<HoldoutQuery>,
}

/// One shop, asked what it adopts next.
pub struct HoldoutQuery {
    /// The shop.
    pub shop: u32,
    /// Goods it adopted after the cut and not before, ascending.
    pub truth: Vec<u32>,
}

impl Holdout {
    /// Cuts the history. Deterministic: the cut depends on times and ids only.
    pub fn new(events: &Events, goods: &[Good], public: &[bool]) -> Holdout {
        let (first, last) = (events.first_at(), events.t_ref());
        let cut = if first == last {
            0
        } else {
            first + ((last - first) as f64 * KEPT) as i64
        };
        let is_after = |e: &CatalogEvent| {
            if cut > 0 {
                e.at >= cut
            } else {
                is_held(events, goods, e)
            }
        };
        let (after, before): (Vec<_>, Vec<_>) =
            events.list.iter().partition(|e| is_after(e));
        let graph = Graph::new(public, goods.len(), &before);
        let mut queries = queries(&graph, &after);
        thin_out(&mut queries, events);
        Holdout {
            before,
            graph,
            cut,
            queries,
        }
    }

    /// The events of a shop before the cut.
    pub fn events_of(&self, shop: u32) -> &[CatalogEvent] {
        let first = self.before.partition_point(|e| e.shop < shop);
        let end = self.before.partition_point(|e| e.shop <= shop);
        &self.before[first..end]
    }
}

fn is_held(events: &Events, goods: &[Good], event: &CatalogEvent) -> bool {
    let shop = &events.shops[event.shop as usize].id;
    let good = &goods[event.good as usize].id;
    key(format!("{shop}\u{1f}{good}").as_bytes()).is_multiple_of(5)
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
                truth: truth.into_iter().collect(),
            });
        }
    }
    queries
}

/// Keeps the shops with the smallest hashes: enough to choose by, and the same
/// ones whenever the shops are the same.
fn thin_out(queries: &mut Vec<HoldoutQuery>, events: &Events) {
    if queries.len() > MAX_QUERIES {
        queries.sort_by_cached_key(|q| key(events.shops[q.shop as usize].id.as_bytes()));
        queries.truncate(MAX_QUERIES);
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
        }
    }

    fn goods(count: usize) -> Vec<Good> {
        let good = |n: usize| Good {
            id: format!("g{n:03}"),
            ..Good::default()
        };
        (0..count).map(good).collect()
    }

    #[test]
    fn truth_is_what_is_new_to_the_shop_after_the_cut() {
        // Days 0 to 100, so the cut is at day 80. Shop 1 has too few goods.
        let mut list: Vec<_> = (0..5).map(|g| purchase(0, g, 1)).collect();
        list.extend([purchase(0, 0, 90), purchase(0, 6, 100), purchase(0, 7, 100)]);
        list.extend([purchase(1, 6, 50), purchase(1, 7, 99)]);
        list.sort_by_key(|e| (e.shop, e.good, e.at));
        let holdout = Holdout::new(&events(list, 2), &goods(8), &[false; 2]);
        assert_eq!(holdout.queries.len(), 1);
        // Good 0 is not new to the shop, good 7 had no shop before the cut.
        assert_eq!(
            (holdout.queries[0].shop, &holdout.queries[0].truth[..]),
            (0, &[6][..])
        );
        assert_eq!(holdout.events_of(0).len(), 5);
    }

    #[test]
    fn without_times_a_fifth_of_the_pairs_is_held_out() {
        let list = (0..50)
            .flat_map(|s| (0..40).map(move |g| purchase(s, g, 0)))
            .collect();
        let holdout = Holdout::new(&events(list, 50), &goods(40), &[false; 50]);
        let held: usize = holdout.queries.iter().map(|q| q.truth.len()).sum();
        assert!((300..500).contains(&held), "{held} of 2000");
    }
}
