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

/// How much events heat so many goods, shops or what else `of` says that they
/// are of, at `t_ref`, half-life in days: in 2^40ths of a fresh purchase, so that
/// sums over parts of the events add up to the sum over all. An event of unknown
/// time counts as one at `t_ref`.
pub fn sums(
    events: &[CatalogEvent],
    of: &dyn Fn(&CatalogEvent) -> Option<usize>,
    things: usize,
    t_ref: i64,
    half_life: f64,
) -> Vec<u128> {
    let mut sums = vec![0u128; things];
    for event in events {
        let age = if event.at == 0 { 0 } else { t_ref - event.at };
        let left = libm::exp2(-(age as f64) / (DAY as f64 * half_life));
        if let Some(thing) = of(event) {
            sums[thing] += (heat(event.kind) * left * ONE) as u128;
        }
    }
    sums
}

/// ln of temperatures, of sums.
pub fn ln(sums: &[u128]) -> Vec<f64> {
    sums.iter()
        .map(|&sum| libm::log(sum as f64 / ONE + PRIOR))
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
        let events = [purchase(0, 0, 10 * DAY), purchase(0, 1, DAY)];
        let sums = sums(&events, &|e| Some(e.good as usize), 2, 10 * DAY, 9.0);
        assert_eq!(ln(&sums), [libm::log(2.0), libm::log(1.5)]);
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

    /// Good, day, kind and part of the events that it is read with.
    type Heated = (u32, i64, usize, usize);

    fn heated() -> impl Strategy<Value = Vec<Heated>> {
        prop::collection::vec((0u32..4, 0i64..500, 0usize..7, 0usize..3), 0..40)
    }

    const NOW: i64 = 500;
    const HALF_LIFE: f64 = 30.0;

    fn event(&(good, day, kind, _): &Heated) -> CatalogEvent {
        CatalogEvent {
            kind: EventKind::ALL[kind],
            ..purchase(0, good, day * DAY)
        }
    }

    fn of_goods(events: &[CatalogEvent]) -> Vec<u128> {
        let good = |e: &CatalogEvent| Some(e.good as usize);
        sums(events, &good, 4, NOW * DAY, HALF_LIFE)
    }

    proptest! {
        /// However the events were split, and in whatever order they came.
        #[test]
        fn order_and_split_change_no_byte(list in heated()) {
            let all: Vec<_> = list.iter().map(event).collect();
            let mut added = vec![0; 4];
            for part in [2, 0, 1] {
                let of_part = list.iter().rev().filter(|e| e.3 == part);
                let of_part: Vec<_> = of_part.map(event).collect();
                let sums = of_goods(&of_part);
                added.iter_mut().zip(sums).for_each(|(all, sum)| *all += sum);
            }
            prop_assert_eq!(column(&ln(&added)), column(&ln(&of_goods(&all))));
        }

        /// Newton's law of cooling at any later time, from the events themselves,
        /// puts no good that the shard has as the hotter below the other.
        #[test]
        fn a_shard_keeps_its_order_as_it_ages(list in heated(), later in 0i64..400) {
            let events: Vec<_> = list.iter().map(event).collect();
            let shipped = column(&ln(&of_goods(&events)));
            let cooled = |days: i64| libm::exp2(-(days as f64) / HALF_LIFE);
            let temperature = |good: u32| -> f64 {
                let of = events.iter().filter(|e| e.good == good);
                let warmth = |e: &CatalogEvent| {
                    let at = if e.at == 0 { NOW } else { e.at / DAY };
                    heat(e.kind) * cooled(NOW + later - at)
                };
                of.map(warmth).sum::<f64>() + cooled(later)
            };
            for (a, b) in (0..4).flat_map(|a| (0..4).map(move |b| (a, b))) {
                if shipped[a as usize] > shipped[b as usize] {
                    prop_assert!(temperature(a) > temperature(b), "{a} {b}");
                }
            }
        }
    }
}
