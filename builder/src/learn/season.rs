//! Seasons: how much more of a category shops adopt in a month of the year than
//! in a usual one, beside all categories together.
//!
//! ```text
//! factor_cm = (x_cm + 20) / (x_m · x_c / x + 20)     then of mean 1 over the year
//! ```
//!
//! x_cm is how many purchases and listings of category c fell into month m, of any
//! year. Growth and seasons that all categories share cancel out, which move no
//! good past another anyway. A month in which fewer than k shops adopted anything
//! of the category counts as one in which none did.
//!
//! What is learned is asked about months that it has not seen: with the history
//! cut one, two, … twelve months before its end, a year left at least, it has to
//! foretell the categories' shares of the following thirty days better than
//! without seasons, by log-likelihood, in all and on most cuts. Else none ships.

use goodsrank::events::DAY;
use goodsrank::season::{AHEAD, MONTHS, coming, month_of};
use serde::Serialize;

use super::backing::Backing;
use super::category::Voices;
use super::graph::is_adoption;
use crate::ingest::{CatalogEvent, Events};

/// Adoptions that a usual month is worth.
const PRIOR: f64 = 20.0;
/// Days of history without which nothing is said.
const YEAR: i64 = 365;
/// Months that are foretold at most.
const CUTS: i64 = 12;

/// How the seasons foretold months that they had not seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct SeasonReport {
    /// Months that were asked about.
    pub cuts: usize,
    /// Of those, foretold better than without seasons.
    pub better: usize,
    /// Log-likelihood of an adoption beside that without seasons, nats.
    pub gain: f64,
}

impl SeasonReport {
    /// Whether the seasons are worth shipping.
    pub fn ship(&self) -> bool {
        self.gain > 0.0 && 2 * self.better > self.cuts
    }
}

/// Twelve factors of each category, thousandths, 1 or more; 0 of one of which
/// nothing may be said. Empty where they foretell nothing.
pub fn learn(
    events: &Events,
    public: &[bool],
    voices: &Voices<'_>,
    min_shops: u32,
) -> (Vec<u64>, SeasonReport) {
    let (first, last) = (events.first_at(), events.t_ref());
    let counts = |until: i64| Counts::new(&events.list, public, voices, min_shops, until);
    let mut report = SeasonReport::default();
    let (mut sum, mut asked) = (0.0, 0.0);
    for cut in (1..=CUTS).map(|month| last - month * AHEAD * DAY) {
        if first == 0 || cut - first < YEAR * DAY {
            break;
        }
        let (gain, adoptions) = counts(cut).gain(&events.list, voices, cut);
        report.cuts += 1;
        report.better += usize::from(gain > 0.0);
        (sum, asked) = (sum + gain, asked + adoptions);
    }
    report.gain = if asked > 0.0 { sum / asked } else { 0.0 };
    if !report.ship() {
        return (Vec::new(), report);
    }
    let counts = counts(last);
    let thousandths = |category: usize| {
        let said = counts.total(category) > 0.0;
        let factor = move |f: f64| match said {
            true => (1000.0 * f).round_ties_even().max(1.0) as u64,
            false => 0,
        };
        counts.factors(category).map(factor)
    };
    let rows = 0..counts.by_month.len();
    (rows.flat_map(thousandths).collect(), report)
}

/// Adoptions of each category in each month of the year.
struct Counts {
    by_month: Vec<[f64; MONTHS]>,
    of_all: [f64; MONTHS],
}

/// The category and the time of an adoption that may enter it.
fn adopted(event: &CatalogEvent, voices: &Voices<'_>) -> Option<(usize, i64)> {
    let good = event.good as usize;
    let counts = is_adoption(event.kind) && event.at > 0 && voices.speaks[good];
    counts.then(|| (voices.category[good] as usize, event.at))
}

impl Counts {
    /// Of the events up to a time, which are sorted by shop.
    fn new(
        events: &[CatalogEvent],
        public: &[bool],
        voices: &Voices<'_>,
        min_shops: u32,
        until: i64,
    ) -> Counts {
        let rows = voices.category.iter().max().map_or(0, |&c| c as usize + 1);
        let mut cells = vec![(0.0, Backing::default(), None); rows * MONTHS];
        for event in events {
            let Some((category, at)) = adopted(event, voices).filter(|e| e.1 <= until)
            else {
                continue;
            };
            let (count, shops, last) = &mut cells[category * MONTHS + month_of(at / DAY)];
            *count += 1.0;
            if last.replace(event.shop) != Some(event.shop) {
                shops.add(public[event.shop as usize]);
            }
        }
        let (cells, _) = cells.as_chunks::<MONTHS>();
        let shown = |cell: &(f64, Backing, Option<u32>)| match cell.1.shows(min_shops) {
            true => cell.0,
            false => 0.0,
        };
        let by_month: Vec<[f64; MONTHS]> =
            cells.iter().map(|row| row.each_ref().map(shown)).collect();
        let mut of_all = [0.0; MONTHS];
        for row in &by_month {
            of_all.iter_mut().zip(row).for_each(|(all, x)| *all += x);
        }
        Counts { by_month, of_all }
    }

    fn total(&self, category: usize) -> f64 {
        self.by_month[category].iter().sum()
    }

    /// The factors of a category, of mean 1.
    fn factors(&self, category: usize) -> [f64; MONTHS] {
        let all = self.of_all.iter().sum::<f64>().max(1.0);
        let share = self.total(category) / all;
        let mut factors = [0.0; MONTHS];
        for (month, factor) in factors.iter_mut().enumerate() {
            let expected = self.of_all[month] * share;
            *factor = (self.by_month[category][month] + PRIOR) / (expected + PRIOR);
        }
        let mean = factors.iter().sum::<f64>() / MONTHS as f64;
        factors.map(|factor| factor / mean)
    }

    /// Log-likelihood that the factors add to the categories' shares of the
    /// thirty days after a cut, and the adoptions in these.
    fn gain(&self, events: &[CatalogEvent], voices: &Voices<'_>, cut: i64) -> (f64, f64) {
        let days = coming(cut);
        let of = |category: usize| -> f64 {
            let factors = self.factors(category);
            factors.iter().zip(&days).map(|(f, share)| f * share).sum()
        };
        let factors: Vec<f64> = (0..self.by_month.len()).map(of).collect();
        let totals = (0..factors.len()).map(|category| self.total(category));
        let (all, sum) = totals
            .zip(&factors)
            .fold((0.0, 0.0), |sums, (x, f)| (sums.0 + x, sums.1 + x * f));
        if all == 0.0 {
            return (0.0, 0.0);
        }
        let usual = libm::log(sum / all);
        let until = cut + AHEAD * DAY;
        let (mut gain, mut adoptions) = (0.0, 0.0);
        for (category, at) in events.iter().filter_map(|e| adopted(e, voices)) {
            if cut < at && at <= until {
                gain += libm::log(factors[category]) - usual;
                adoptions += 1.0;
            }
        }
        (gain, adoptions)
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::Graph;
    use super::super::graph::tests::purchase;
    use super::*;

    /// 2023-01-01.
    const START: i64 = 19_358;
    const CATEGORY: [u32; 3] = [1, 2, 2];
    const PUBLIC: [bool; 4] = [false; 4];

    /// Four shops that purchase goods on so many days, as often as `times` says of
    /// good and month.
    fn market(days: i64, times: impl Fn(u32, usize) -> usize) -> Events {
        let mut list = Vec::new();
        for (shop, good) in (0..4).flat_map(|s| (0..3).map(move |g| (s, g))) {
            for day in (START..START + days).step_by(5) {
                let count = times(good, month_of(day));
                list.extend((0..count).map(|_| purchase(shop, good, day * DAY)));
            }
        }
        Events {
            list,
            ..Events::default()
        }
    }

    fn learned(events: &Events, k: u32) -> (Vec<u64>, SeasonReport) {
        let graph = Graph::new(&PUBLIC, 3, &events.list);
        learn(events, &PUBLIC, &Voices::new(&graph, &CATEGORY, k), k)
    }

    fn in_summer(good: u32, month: usize) -> usize {
        match (good, month) {
            (0, 5..=7) => 9,
            _ => 3,
        }
    }

    #[test]
    fn a_category_of_summer_is_above_1_in_summer_and_below_else() {
        let (factors, report) = learned(&market(730, in_summer), 4);
        assert_eq!(report.cuts, 12);
        assert!(report.ship() && report.gain > 0.01, "{report:?}");
        let (rows, _) = factors.as_chunks::<12>();
        assert_eq!(rows[0], [0; 12], "nothing has no category");
        let (summer, rest) = (rows[1][6], rows[1][0]);
        assert!(summer > 1300 && rest < 900, "{rows:?}");
        for row in &rows[1..] {
            let mean = row.iter().sum::<u64>() as f64 / 12.0;
            assert!((mean - 1000.0).abs() < 1.0, "{row:?}");
        }
    }

    #[test]
    fn the_factors_are_those_of_the_definition() {
        let events = market(730, in_summer);
        let (factors, _) = learned(&events, 1);
        // Straight from the formula, one cell at a time.
        let x = |category: Option<u32>, month: Option<usize>| {
            let of = events.list.iter().filter(|e| {
                let is_of = |c| CATEGORY[e.good as usize] == c;
                category.is_none_or(is_of)
                    && month.is_none_or(|m| month_of(e.at / DAY) == m)
            });
            of.count() as f64
        };
        let all = x(None, None);
        for category in [1u32, 2] {
            let raw = |m: usize| {
                let expected = x(None, Some(m)) * x(Some(category), None) / all;
                (x(Some(category), Some(m)) + 20.0) / (expected + 20.0)
            };
            let mean = (0..12).map(raw).sum::<f64>() / 12.0;
            for month in 0..12 {
                let found = factors[12 * category as usize + month] as f64;
                assert!((found - 1000.0 * raw(month) / mean).abs() <= 0.5);
            }
        }
    }

    #[test]
    fn what_does_not_come_again_is_no_season() {
        // Each category is wanted in one half year and never again: what was is
        // what will not be.
        let events = {
            let mut events = market(730, |_, _| 2);
            let half = (START + 365) * DAY;
            let is_fashion = |e: &CatalogEvent| {
                (e.good == 0) == (month_of(e.at / DAY) < 6) || e.at > half && e.good == 0
            };
            events.list.retain(|e| (e.at > half) != is_fashion(e));
            events
        };
        let (factors, report) = learned(&events, 1);
        assert!(report.cuts > 0 && !report.ship(), "{report:?}");
        assert!(factors.is_empty());
    }

    #[test]
    fn below_a_year_and_a_month_nothing_is_known() {
        let (factors, report) = learned(&market(390, in_summer), 1);
        assert_eq!((factors, report), (Vec::new(), SeasonReport::default()));
        assert_eq!(learned(&market(401, in_summer), 1).1.cuts, 1);
        assert_eq!(learned(&Events::default(), 1).1.cuts, 0);
    }

    #[test]
    fn a_month_of_too_few_shops_is_a_month_of_none() {
        // Beside four shops all the year, one alone in December.
        let mut events = market(730, in_summer);
        events
            .list
            .retain(|e| e.good != 0 || month_of(e.at / DAY) != 11 || e.shop == 0);
        let mut without = events.clone();
        let is_december = |e: &CatalogEvent| e.good == 0 && month_of(e.at / DAY) == 11;
        without.list.retain(|e| !is_december(e));
        let (some, report) = learned(&events, 2);
        assert!(report.ship());
        assert_eq!(some, learned(&without, 2).0);
        assert_ne!(some, learned(&events, 1).0);
    }
}
