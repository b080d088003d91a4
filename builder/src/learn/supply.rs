//! Supply: what shops' purchases say of a good beside its fit.
//!
//! | figure | of a good | shows where |
//! |---|---|---|
//! | sellers | shops that purchased or listed it | k shops did |
//! | repeats | of those, shops that purchased it again a day later or more | likewise |
//! | month sales | pieces purchased in the last 30 days | k shops purchased in these |
//! | demand | pieces that a shop purchases in 30 days, over the last 90 | likewise in those |
//! | first seen | day of its first event | k shops purchased or listed it |
//!
//! k shops are behind a figure as [`Backing::shows`] counts them. What may not
//! show is 0, which is unknown; demand is then the mean of the category's other
//! goods. Events without a time enter sellers alone, and where all events have
//! the same time no figure but sellers is known.

use goodsrank::events::DAY;
use goodsrank::shard::EventKind;

use super::backing::Backing;
use super::graph::is_adoption;
use super::heat::shield;
use crate::ingest::{CatalogEvent, Events};

/// Days of a month, and how many of them demand is the mean of.
const MONTH: i64 = 30;
const MONTHS: i64 = 3;
/// Demand is in parts of a piece, since shops may sell less than one in a month.
const PARTS: f64 = 100.0;
/// The largest number of a column.
const MOST: f64 = ((1u64 << 53) - 1) as f64;

/// Columns of figures, 0 where unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supply {
    /// Shops that have the good.
    pub sellers: Vec<u64>,
    /// Of those, the ones that bought it again.
    pub repeats: Vec<u64>,
    /// Pieces purchased in the last 30 days.
    pub month_sales: Vec<u64>,
    /// Hundredths of pieces that a shop with the good purchases in 30 days.
    pub demand: Vec<u64>,
    /// Day of the first event, days since 1970 UTC.
    pub first_seen: Vec<u64>,
}

/// Purchases of the last so many days, by good.
struct Recent {
    since: i64,
    pieces: Vec<f64>,
    shops: Vec<Backing>,
}

/// What is counted, by good, before the threshold.
struct Counts {
    shops: Vec<Backing>,
    repeats: Vec<u64>,
    first_at: Vec<i64>,
    month: Recent,
    months: Recent,
}

impl Supply {
    /// The figures of so many goods; `public` says of each shop whether its
    /// profile is shipped, `category` is a number for each good.
    pub fn new(
        events: &Events,
        public: &[bool],
        category: &[u32],
        min_shops: u32,
    ) -> Supply {
        let counts = Counts::new(events, public, category.len());
        let (has_times, shown) = (events.first_at() < events.t_ref(), &counts.shops);
        let sellers = |b: &Backing| u64::from(b.private) + u64::from(b.public);
        let sellers: Vec<u64> = shown.iter().map(sellers).collect();
        let mut supply = Supply {
            sellers: kept(&sellers, shown, min_shops),
            repeats: kept(&counts.repeats, shown, min_shops),
            month_sales: counts.month.sales(min_shops),
            demand: counts.months.demand(category, min_shops),
            first_seen: kept(&counts.days(), shown, min_shops),
        };
        if !has_times {
            supply.forget_times();
        }
        supply
    }

    fn forget_times(&mut self) {
        let timed = [
            &mut self.repeats,
            &mut self.month_sales,
            &mut self.demand,
            &mut self.first_seen,
        ];
        timed.into_iter().for_each(|column| column.fill(0));
    }
}

/// The figures that may show; 0 in place of others.
fn kept(figures: &[u64], shops: &[Backing], min_shops: u32) -> Vec<u64> {
    let keep = |(&figure, shops): (&u64, &Backing)| match shops.shows(min_shops) {
        true => figure,
        false => 0,
    };
    figures.iter().zip(shops).map(keep).collect()
}

impl Counts {
    fn new(events: &Events, public: &[bool], goods: usize) -> Counts {
        let since = |months: i64| events.t_ref() - months * MONTH * DAY;
        let mut counts = Counts {
            shops: vec![Backing::default(); goods],
            repeats: vec![0; goods],
            first_at: vec![0; goods],
            month: Recent::new(since(1), goods),
            months: Recent::new(since(MONTHS), goods),
        };
        let of_pair =
            |a: &CatalogEvent, b: &CatalogEvent| (a.shop, a.good) == (b.shop, b.good);
        for pair in events.list.chunk_by(of_pair) {
            counts.add(pair, public[pair[0].shop as usize]);
        }
        counts
    }

    /// Adds what one shop did with one good, by time.
    fn add(&mut self, pair: &[CatalogEvent], public: bool) {
        let good = pair[0].good as usize;
        if pair.iter().any(|e| is_adoption(e.kind)) {
            self.shops[good].add(public);
        }
        if let Some(first) = pair.iter().map(|e| e.at).find(|&at| at > 0) {
            let known = &mut self.first_at[good];
            *known = if *known == 0 {
                first
            } else {
                first.min(*known)
            };
        }
        let is_timed = |e: &&CatalogEvent| e.kind == EventKind::Purchase && e.at > 0;
        let bought: Vec<&CatalogEvent> = pair.iter().filter(is_timed).collect();
        if let (Some(first), Some(last)) = (bought.first(), bought.last()) {
            self.repeats[good] += u64::from(last.at - first.at >= DAY);
        }
        self.month.add(good, &bought, public);
        self.months.add(good, &bought, public);
    }

    fn days(&self) -> Vec<u64> {
        self.first_at.iter().map(|&at| (at / DAY) as u64).collect()
    }
}

impl Recent {
    fn new(since: i64, goods: usize) -> Recent {
        Recent {
            since,
            pieces: vec![0.0; goods],
            shops: vec![Backing::default(); goods],
        }
    }

    /// Adds a shop's purchases of a good, if any are recent.
    fn add(&mut self, good: usize, bought: &[&CatalogEvent], public: bool) {
        let recent = bought.iter().filter(|e| e.at > self.since);
        if recent.clone().next().is_some() {
            self.pieces[good] += recent.map(|e| e.quantity).sum::<f64>();
            self.shops[good].add(public);
        }
    }

    fn sales(&self, min_shops: u32) -> Vec<u64> {
        let pieces: Vec<u64> = self.pieces.iter().map(|&p| whole(p)).collect();
        kept(&pieces, &self.shops, min_shops)
    }

    fn demand(&self, category: &[u32], min_shops: u32) -> Vec<u64> {
        let of = |(pieces, shops): (&f64, &Backing)| {
            let shops = f64::from((shops.private + shops.public).max(1));
            (pieces * PARTS / shops / MONTHS as f64)
                .round_ties_even()
                .max(1.0)
        };
        let mut demand: Vec<f64> = self.pieces.iter().zip(&self.shops).map(of).collect();
        shield(&mut demand, &self.shops, category, min_shops);
        demand.into_iter().map(whole).collect()
    }
}

fn whole(figure: f64) -> u64 {
    figure.round_ties_even().min(MOST) as u64
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const NOW: i64 = 1_000;

    fn bought(shop: u32, good: u32, day: i64, quantity: f64) -> CatalogEvent {
        CatalogEvent {
            quantity,
            ..purchase(shop, good, day * DAY)
        }
    }

    /// Learns from events of three shops, the last of which is public.
    fn supply(mut list: Vec<CatalogEvent>, category: &[u32], k: u32) -> Supply {
        list.sort_by_key(|e| (e.shop, e.good, e.at));
        let events = Events {
            list,
            ..Events::default()
        };
        Supply::new(&events, &[false, false, true], category, k)
    }

    #[test]
    fn sellers_are_shops_and_those_that_came_back_a_day_later_are_repeats() {
        let listed = CatalogEvent {
            kind: EventKind::List,
            ..bought(1, 0, NOW, 1.0)
        };
        let viewed = CatalogEvent {
            kind: EventKind::View,
            ..bought(2, 0, NOW, 1.0)
        };
        let mut again = bought(0, 1, NOW - 1, 1.0);
        again.at += DAY - 1;
        let supply = supply(
            vec![
                bought(0, 0, NOW - 1, 1.0),
                bought(0, 0, NOW, 1.0),
                listed,
                viewed,
                bought(0, 1, NOW - 1, 1.0),
                again,
                bought(1, 1, NOW, 1.0),
            ],
            &[0, 0, 0],
            1,
        );
        assert_eq!(supply.sellers, [2, 2, 0], "who viewed has none");
        assert_eq!(supply.repeats, [1, 0, 0], "a second less than a day is one");
    }

    #[test]
    fn sales_and_demand_are_of_the_last_days_only() {
        let supply = supply(
            vec![
                bought(0, 0, NOW, 4.0),
                bought(0, 0, NOW - 30, 8.0), // a month is over after 30 days
                bought(1, 0, NOW - 89, 6.5),
                bought(1, 0, NOW - 90, 100.0),
                bought(0, 1, NOW - 200, 5.0),
            ],
            &[0, 1],
            1,
        );
        assert_eq!(supply.month_sales, [4, 0]);
        // 18.5 pieces of two shops in three months; the other good has no
        // category with a good that shows, so it has the mean of all.
        assert_eq!(supply.demand, [308, 308]);
        assert_eq!(supply.first_seen, [NOW as u64 - 90, NOW as u64 - 200]);
    }

    #[test]
    fn a_shop_that_hardly_sells_a_good_still_has_some_demand() {
        let supply = supply(
            vec![bought(0, 0, 1, 1.0), bought(0, 0, NOW, 0.001)],
            &[0],
            1,
        );
        assert_eq!((supply.demand, supply.month_sales), (vec![1], vec![0]));
    }

    #[test]
    fn what_too_few_shops_stand_behind_does_not_show() {
        let list = || {
            vec![
                bought(0, 0, NOW, 3.0),
                bought(1, 0, NOW - 31, 3.0),
                bought(0, 1, NOW, 9.0),
                bought(2, 1, NOW, 9.0), // public: does not count beside shop 0
                bought(0, 2, NOW, 6.0),
                bought(1, 2, NOW - 40, 6.0),
                bought(1, 2, NOW, 6.0),
            ]
        };
        let two = supply(list(), &[0, 0, 1], 2);
        assert_eq!(two.sellers, [2, 0, 2]);
        assert_eq!(two.repeats, [0, 0, 1]);
        assert_eq!(two.first_seen, [NOW as u64 - 31, 0, NOW as u64 - 40]);
        assert_eq!(two.month_sales, [0, 0, 12], "one shop in this month");
        assert_eq!(two.demand, [100, 100, 300], "its category's");
        let three = supply(list(), &[0, 0, 1], 3);
        assert_eq!([three.sellers, three.demand], [vec![0; 3], vec![0; 3]]);
    }

    #[test]
    fn without_times_only_sellers_are_known() {
        let same = vec![bought(0, 0, NOW, 2.0), bought(1, 0, NOW, 2.0)];
        let none = vec![bought(0, 0, 0, 2.0), bought(1, 0, 0, 2.0)];
        for list in [same, none, vec![]] {
            let shops = if list.is_empty() { 0 } else { 2 };
            let supply = supply(list, &[0], 1);
            assert_eq!(supply.sellers, [shops]);
            let rest = [
                supply.repeats,
                supply.month_sales,
                supply.demand,
                supply.first_seen,
            ];
            assert_eq!(rest, [[0]; 4]);
        }
    }

    #[test]
    fn an_event_without_a_time_is_neither_recent_nor_first() {
        let supply = supply(
            vec![
                bought(0, 0, 0, 50.0),
                bought(0, 0, NOW, 3.0),
                bought(0, 1, 7, 3.0),
            ],
            &[0, 0],
            1,
        );
        assert_eq!((supply.month_sales[0], supply.repeats[0]), (3, 0));
        assert_eq!(supply.first_seen, [NOW as u64, 7]);
    }

    /// The definitions, one good at a time: sellers, repeats, sales of a month,
    /// and demand where it shows.
    fn naive(list: &[CatalogEvent], good: u32, k: u32) -> ([u64; 3], Option<u64>) {
        let of: Vec<_> = list.iter().filter(|e| e.good == good).collect();
        let bought = || of.iter().filter(|e| e.kind == EventKind::Purchase);
        let since = |days: i64| move |e: &&&CatalogEvent| e.at > (NOW - days) * DAY;
        let shops =
            |events: &mut dyn Iterator<Item = u32>| events.collect::<BTreeSet<_>>();
        let shows = |shops: &BTreeSet<u32>| {
            let private = shops.iter().filter(|&&shop| shop != 2).count();
            private >= k as usize || private == 0 && shops.len() >= k as usize
        };
        let kept = |shops: &BTreeSet<u32>, figure: f64| match shows(shops) {
            true => figure as u64,
            false => 0,
        };
        let sellers =
            shops(&mut of.iter().filter(|e| is_adoption(e.kind)).map(|e| e.shop));
        let again = |shop: &&u32| {
            let at = || bought().filter(|e| e.shop == **shop).map(|e| e.at);
            at().max() >= at().min().map(|at| at + DAY) && at().next().is_some()
        };
        let repeats = sellers.iter().filter(again).count();
        let of_month = shops(&mut bought().filter(since(30)).map(|e| e.shop));
        let of_months = shops(&mut bought().filter(since(90)).map(|e| e.shop));
        let pieces = |days| {
            bought()
                .filter(since(days))
                .map(|e| e.quantity)
                .sum::<f64>()
        };
        let each = pieces(90) * 100.0 / of_months.len() as f64 / 3.0;
        let figures = [
            kept(&sellers, sellers.len() as f64),
            kept(&sellers, repeats as f64),
            kept(&of_month, pieces(30)),
        ];
        let demand = shows(&of_months).then(|| each.round_ties_even() as u64);
        (figures, demand)
    }

    proptest! {
        #[test]
        fn figures_meet_their_definitions(
            mut list in prop::collection::vec((0u32..3, 0u32..3, 0i64..120, 1u32..9, 0usize..4), 0..60),
            k in 1u32..4,
        ) {
            list.push((0, 0, 0, 1, 0)); // an event now, so that t_ref is
            let kinds = [EventKind::Purchase, EventKind::Purchase, EventKind::List, EventKind::View];
            let event = |&(shop, good, ago, quantity, kind): &(u32, u32, i64, u32, usize)| CatalogEvent {
                kind: kinds[kind],
                ..bought(shop, good, NOW - ago, f64::from(quantity))
            };
            let list: Vec<CatalogEvent> = list.iter().map(event).collect();
            prop_assume!(list.iter().any(|e| e.at < NOW * DAY));
            let supply = supply(list.clone(), &[0, 1, 2], k);
            for good in 0..3 {
                let (figures, demand) = naive(&list, good, k);
                let row = good as usize;
                let found = [supply.sellers[row], supply.repeats[row], supply.month_sales[row]];
                prop_assert_eq!(found, figures);
                prop_assert_eq!(supply.demand[row], demand.unwrap_or(supply.demand[row]));
            }
        }
    }
}
