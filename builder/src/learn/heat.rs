//! Temperature of every good, and what stands in where too few shops are.

use goodsrank::events::DAY;
use goodsrank::shard::EventKind;

use super::backing::Backing;
use super::graph::Graph;
use crate::ingest::CatalogEvent;

/// Fixed-point one: sums of integers are the same in any order and split.
const ONE: f64 = (1u64 << 40) as f64;
/// A pseudo-event at the reference time, so that no good is infinitely cold.
const PRIOR: f64 = 1.0;
const MILLI: f64 = 1000.0;

/// How much an event heats its good.
fn heat(kind: EventKind) -> f64 {
    match kind {
        EventKind::Purchase | EventKind::List | EventKind::Referral => 1.0,
        EventKind::Save | EventKind::Share => 0.5,
        EventKind::View => 0.1,
        EventKind::Return => 0.0,
    }
}

/// ln of every good's temperature at `t_ref`, half-life in days. An event of
/// unknown time counts as one at `t_ref`.
pub fn ln_temperatures(
    events: &[CatalogEvent],
    goods: usize,
    t_ref: i64,
    half_life: f64,
) -> Vec<f64> {
    let mut sums = vec![0u128; goods];
    for event in events {
        let age = if event.at == 0 { 0 } else { t_ref - event.at };
        let left = libm::exp2(-(age as f64) / (DAY as f64 * half_life));
        sums[event.good as usize] += (heat(event.kind) * left * ONE) as u128;
    }
    sums.into_iter()
        .map(|sum| libm::log(sum as f64 / ONE + PRIOR))
        .collect()
}

/// Shops that a good is taken to have had before it had any.
const PRIOR_SHOPS: f64 = 5.0;

/// How new a good's adoptions are beside those of all goods, about 1: the
/// number of its shops, each weighed by how recently it first adopted the good,
/// over all of them. A good that too few shops have is as warm as the mean.
pub fn growth(graph: &Graph, now: i64, half_life: f64, min_shops: u32) -> Vec<f64> {
    let new = |&at: &i64| {
        let age = if at == 0 {
            f64::INFINITY
        } else {
            (now - at).max(0) as f64
        };
        libm::exp2(-age / (DAY as f64 * half_life))
    };
    let goods = 0..graph.goods();
    let newness: Vec<f64> = goods
        .clone()
        .map(|good| graph.first_of[good].iter().map(new).sum())
        .collect();
    let shops: usize = goods.clone().map(|good| graph.degree(good)).sum();
    let mean = newness.iter().sum::<f64>() / shops.max(1) as f64;
    let heat = |good: usize| {
        if mean == 0.0 || !graph.backing(good).shows(min_shops) {
            return 1.0;
        }
        let shops = graph.degree(good) as f64;
        (newness[good] + PRIOR_SHOPS * mean) / ((shops + PRIOR_SHOPS) * mean)
    };
    goods.map(heat).collect()
}

/// Milli-nats relative to the mean, as the shard's column holds them.
pub fn column(ln_temperatures: &[f64]) -> Vec<i16> {
    let mean = ln_temperatures.iter().sum::<f64>() / ln_temperatures.len().max(1) as f64;
    ln_temperatures
        .iter()
        .map(|ln| ((ln - mean) * MILLI).round_ties_even() as i16)
        .collect()
}

/// Figures of goods that too few shops stand behind ([`Backing::shows`]) are
/// replaced by the mean of the category's other goods, or of all others where
/// the category has none: a mean over goods that show already tells nothing
/// new. Gives how many were replaced.
pub fn shield(
    figures: &mut [f64],
    shops: &[Backing],
    category: &[u32],
    min_shops: u32,
) -> usize {
    let groups = category.iter().max().map_or(0, |&c| c as usize + 1);
    let mut sums = vec![(0.0, 0u32); groups];
    let mut all = (0.0, 0u32);
    for (i, &figure) in figures
        .iter()
        .enumerate()
        .filter(|(i, _)| shops[*i].shows(min_shops))
    {
        for sum in [&mut sums[category[i] as usize], &mut all] {
            *sum = (sum.0 + figure, sum.1 + 1);
        }
    }
    let mean = |(sum, count): (f64, u32)| {
        if count > 0 {
            Some(sum / f64::from(count))
        } else {
            None
        }
    };
    let mut hidden = 0;
    for (i, figure) in figures
        .iter_mut()
        .enumerate()
        .filter(|(i, _)| !shops[*i].shows(min_shops))
    {
        *figure = mean(sums[category[i] as usize])
            .or(mean(all))
            .unwrap_or(0.0);
        hidden += 1;
    }
    hidden
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_event_has_half_its_heat_after_a_half_life() {
        let ln = ln_temperatures(
            &[purchase(0, 0, 10 * DAY), purchase(0, 1, DAY)],
            2,
            10 * DAY,
            9.0,
        );
        assert_eq!(ln, [libm::log(2.0), libm::log(1.5)]);
    }

    #[test]
    fn a_good_that_shops_adopt_of_late_is_warm() {
        // Two shops each: good 0 was adopted now, good 1 a half-life ago, and
        // good 2 by too few.
        let events = [(0, 0, 9), (0, 1, 1), (1, 0, 9), (1, 1, 1), (1, 2, 9)]
            .map(|(shop, good, day)| purchase(shop, good, day * DAY));
        let graph = Graph::new(&[false; 2], 3, &events);
        let heat = growth(&graph, 9 * DAY, 8.0, 2);
        let mean = 4.0 / 5.0; // (1 + 1 + ½ + ½ + 1) / 5
        let expected = |new: f64| (new + 5.0 * mean) / (7.0 * mean);
        assert_eq!(heat, [expected(2.0), expected(1.0), 1.0]);
    }

    #[test]
    fn few_shops_show_their_category_and_not_themselves() {
        let mut figures = [1.0, 3.0, 99.0, 77.0];
        let shops = [5, 6, 4, 0].map(|private| Backing { private, public: 0 });
        let hidden = shield(&mut figures, &shops, &[0, 0, 0, 1], 5);
        assert_eq!((figures, hidden), ([1.0, 3.0, 2.0, 2.0], 2));
    }

    proptest! {
        /// A shard's order must not depend on how its events were split.
        #[test]
        fn order_and_split_change_nothing(list in prop::collection::vec((0u32..4, 0i64..5000), 0..40)) {
            let events: Vec<_> = list.iter().map(|&(g, d)| purchase(0, g, d * 10_000)).collect();
            let mut reversed = events.clone();
            reversed.reverse();
            let ln = |e: &[CatalogEvent]| ln_temperatures(e, 4, 50_000_000, 30.0);
            prop_assert_eq!(ln(&events), ln(&reversed));
        }
    }
}
