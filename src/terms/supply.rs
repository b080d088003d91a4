//! Supply terms: what holds of a good for every shop alike.
//!
//! Each is a whole number of milli-nats a good, made once from the shard's
//! columns, and 0 where the data is missing. A policy's weight counts in
//! thousandths, so the term is a whole number of micro-nats without rounding.
//! `docs/model.md` has each formula with its range and its source.

use std::sync::OnceLock;

use goodsrank_lanes::add_weighted;

use super::selection::Selection;
use crate::channel::Channel;
use crate::error::Result;
use crate::events::DAY;
use crate::policy::{Policy, Term};
use crate::rate::Rate;
use crate::risk::{RiskSet, risks};
use crate::season::{AHEAD, MONTHS, month_of};
use crate::shard::{Bytes, Section, Shard, Uints, Usual};

/// Milli-nats that say that the data is missing.
const UNKNOWN: i16 = i16::MIN;
/// Rates are not told apart below one in a million.
const LEAST_RATE: f64 = 1e-6;
/// The most milli-nats that a term can be, either way.
const MOST: i16 = 5000;
/// Good pieces of evidence that an endorsement is worth: a badge counts as much
/// as five good reviews, so evidence overrides it.
const ENDORSEMENT: f64 = 5.0;
/// Percentile up to which a price is an advantage in full: being cheaper than
/// the cheapest quarter wins nothing, so that it starts no price war.
const SATURATED: f64 = 0.25;
/// Mean of the price advantage before it is centred, prices being spread evenly.
const MEAN_ADVANTAGE: f64 = SATURATED + (1.0 - SATURATED) / 2.0;

/// The terms that are of a shard alone.
const SUPPLY: [Term; 13] = [
    Term::Trend,
    Term::Margin,
    Term::PriceAdvantage,
    Term::Rivals,
    Term::Moq,
    Term::LeadTime,
    Term::Reviews,
    Term::Returns,
    Term::FillRate,
    Term::Risk,
    Term::Selection,
    Term::Spread,
    Term::Season,
];

/// Supply columns, each made when a query first asks for it.
#[derive(Default)]
pub(crate) struct SupplyColumns {
    terms: [OnceLock<Vec<i16>>; Term::COUNT],
    risks: OnceLock<Vec<u8>>,
}

impl SupplyColumns {
    /// The risks of every good, as bits.
    pub(crate) fn risks<B: Bytes>(&self, shard: &Shard<B>) -> Result<&[u8]> {
        if self.risks.get().is_none() {
            // Another thread may be first; both have computed the same.
            let _ = self.risks.set(risks(shard)?);
        }
        Ok(self.risks.get().map_or(&[], Vec::as_slice))
    }

    /// Makes the column of a term for the default channel, if there is none.
    fn make<B: Bytes>(&self, shard: &Shard<B>, term: Term) -> Result<()> {
        let slot = &self.terms[term as usize];
        if slot.get().is_none() {
            let severity = |&bits: &u8| -RiskSet::from_bits(bits).severity();
            let column = match term {
                Term::Risk => self.risks(shard)?.iter().map(severity).collect(),
                _ => column(shard, term, &Channel::default())?,
            };
            let _ = slot.set(column);
        }
        Ok(())
    }

    /// The column of a term, empty until it is made.
    fn of(&self, term: Term) -> &[i16] {
        self.terms[term as usize].get().map_or(&[], Vec::as_slice)
    }
}

/// The terms of supply that a policy asks for.
#[derive(Default)]
pub(crate) struct Supply {
    /// Their sum, micro-nats, of every good, and what was added to it; empty
    /// until [`Supply::sum`].
    sums: Vec<i64>,
    /// Terms with their weights, thousandths.
    weights: Vec<(Term, i32)>,
    /// The margin, where it is not that of the default channel.
    margin: Option<Vec<i16>>,
}

impl Supply {
    /// `columns` are those of the shard.
    pub(crate) fn new<B: Bytes>(
        shard: &Shard<B>,
        columns: &SupplyColumns,
        policy: &Policy,
        channel: &Channel,
    ) -> Result<Supply> {
        let mut supply = Supply::default();
        for term in SUPPLY {
            let weight = policy.thousandths(term);
            if weight == 0 {
                continue;
            }
            if term == Term::Margin && *channel != Channel::default() {
                supply.margin = Some(column(shard, term, channel)?);
            } else {
                columns.make(shard, term)?;
            }
            supply.weights.push((term, weight));
        }
        Ok(supply)
    }

    /// Sums the terms of so many goods.
    pub(crate) fn sum(&mut self, columns: &SupplyColumns, goods: usize) {
        let mut sums = vec![0; goods];
        let weighted = self.weights.iter();
        let weighted: Vec<(&[i16], i32)> = weighted
            .map(|&(term, weight)| (self.column(columns, term), weight))
            .collect();
        add_weighted(&mut sums, &weighted, UNKNOWN, MOST);
        self.sums = sums;
    }

    /// The sums, to add to.
    pub(crate) fn sums_mut(&mut self) -> &mut [i64] {
        &mut self.sums
    }

    /// The sums, micro-nats.
    pub(crate) fn sums(&self) -> &[i64] {
        &self.sums
    }

    fn column<'a>(&'a self, columns: &'a SupplyColumns, term: Term) -> &'a [i16] {
        match &self.margin {
            Some(margin) if term == Term::Margin => margin,
            _ => columns.of(term),
        }
    }

    /// The terms of a good, micro-nats; `None` where the data is missing.
    pub(crate) fn terms<'a>(
        &'a self,
        columns: &'a SupplyColumns,
        row: usize,
    ) -> impl Iterator<Item = (Term, Option<i32>)> + 'a {
        self.weights.iter().map(move |&(term, weight)| {
            let value = self.column(columns, term).get(row);
            let known = value.filter(|&&milli| milli != UNKNOWN);
            (term, known.map(|&milli| weight * i32::from(milli)))
        })
    }
}

/// Nats as whole milli-nats within a range; NaN is unknown.
fn milli(nats: f64, low: f64, high: f64) -> i16 {
    if nats.is_nan() {
        return UNKNOWN;
    }
    // Not `clamp`, whose panic brings std's tables for printing floats along.
    (nats.max(low).min(high) * 1000.0).round_ties_even() as i16
}

/// What a term says of a good, nats; NaN where the data is missing. Boxed, so
/// that one loop makes every column: one each would be a thousand bytes of
/// WebAssembly a term.
type Nats<'a> = Box<dyn Fn(usize) -> f64 + 'a>;

/// The column of a term.
fn column<B: Bytes>(shard: &Shard<B>, term: Term, channel: &Channel) -> Result<Vec<i16>> {
    let goods = 0..shard.goods() as usize;
    if !matches!(term, Term::Trend | Term::Season) && !shard.has(Section::Usual) {
        // There is nothing to measure a good against.
        return Ok(vec![UNKNOWN; goods.len()]);
    }
    let nats = nats(shard, term, channel)?;
    let (low, high) = range(term);
    Ok(goods.map(|row| milli(nats(row), low, high)).collect())
}

/// The least and the most that a term can be, nats.
fn range(term: Term) -> (f64, f64) {
    match term {
        Term::Margin | Term::Moq => (-4.0, 4.0),
        Term::PriceAdvantage | Term::LeadTime => (-1.0, 1.0),
        Term::Rivals => (-3.0, 3.0),
        Term::Selection => (-4.0, 5.0),
        _ => (-2.0, 2.0),
    }
}

fn nats<'a, B: Bytes>(
    shard: &'a Shard<B>,
    term: Term,
    channel: &Channel,
) -> Result<Nats<'a>> {
    let usual = shard.usual()?;
    let of = |section: Section| shard.column(section);
    Ok(match term {
        Term::Trend => {
            let fast = shard.i16s(Section::TemperatureFast)?;
            let slow = shard.i16s(Section::Temperature)?;
            Box::new(move |row| (milli_at(fast, row) - milli_at(slow, row)) / 1000.0)
        }
        Term::Margin => {
            let margins = Margins::new(shard, channel)?;
            let typical = channel.net(usual.price, usual.return_rate);
            Box::new(move |row| margin(margins.net(row), typical))
        }
        Term::PriceAdvantage => {
            let place = of(Section::PriceRank)?;
            Box::new(move |row| advantage(known(place.get(row))))
        }
        Term::Rivals => {
            let sellers = of(Section::Sellers)?;
            let typical = libm::log1p(usual.sellers);
            Box::new(move |row| typical - libm::log1p(known(sellers.get(row))))
        }
        Term::Moq => {
            let (moq, demand) = (of(Section::Moq)?, of(Section::Demand)?);
            Box::new(move |row| self::moq(known(moq.get(row)), known(demand.get(row))))
        }
        Term::LeadTime => {
            let days = of(Section::LeadTime)?;
            Box::new(move |row| lead_time(known(days.get(row)), usual.lead_time))
        }
        Term::Selection => {
            let selection = Selection::new(shard)?;
            Box::new(move |row| selection.nats(row))
        }
        Term::Spread => {
            let spread = of(Section::Spread)?;
            // The column is one more than the branching ratio in 255ths.
            let most = libm::log(255.0) - usual.spread;
            let nats: Vec<f64> = (0..256)
                .map(|spread| most - libm::log(256.0 - known(spread)))
                .collect();
            Box::new(move |row| at(&nats, spread.get(row) as usize))
        }
        Term::Season => {
            let (factors, category) = (of(Section::Seasons)?, of(Section::Category)?);
            let today = shard.model()?.t_ref / DAY;
            let of = |category: usize| {
                if category == 0 {
                    return f64::NAN;
                }
                let first = MONTHS * category;
                let factor = |day| factors.get(first + month_of(today + day));
                let thousandths = (1..=AHEAD).map(factor).sum();
                libm::log(known(thousandths) / (1000.0 * AHEAD as f64))
            };
            let nats: Vec<f64> = (0..shard.categories()?.len()).map(of).collect();
            Box::new(move |row| at(&nats, category.row(row)))
        }
        _ => {
            let (part, whole, good) = match term {
                Term::Reviews => {
                    (Section::ReviewGood, Section::ReviewCount, usual.review_rate)
                }
                Term::Returns => {
                    let kept = 1.0 - usual.return_rate;
                    (Section::Returned, Section::ReturnCount, kept)
                }
                _ => (Section::Filled, Section::FillCount, usual.fill_rate),
            };
            let (part, whole) = (of(part)?, of(whole)?);
            let endorsed = of(Section::Endorsements)?;
            let (counted, model) = (of(Section::EvidenceAt)?, shard.model()?);
            let (today, half_life) = (model.t_ref / DAY, model.half_life_slow);
            let unproven = unproven(good);
            Box::new(move |row| {
                let mut rate = Rate::at(&part, &whole, row);
                let age = match counted.get(row) {
                    0 => 0,
                    day => today - day as i64,
                };
                rate = rate.aged(age as f64 / half_life);
                if term == Term::Returns {
                    rate = rate.complement();
                }
                assurance(rate, good, unproven, endorsed.get(row) as f64)
            })
        }
    })
}

fn at(nats: &[f64], i: usize) -> f64 {
    nats.get(i).copied().unwrap_or(f64::NAN)
}

fn milli_at(column: &[[u8; 2]], row: usize) -> f64 {
    column
        .get(row)
        .map_or(0.0, |&b| f64::from(i16::from_le_bytes(b)))
}

/// What a column says, NaN for its 0, which is unknown.
fn known(value: u64) -> f64 {
    if value == 0 { f64::NAN } else { value as f64 }
}

/// What a sale of each good leaves.
pub(crate) struct Margins<'a> {
    channel: Channel,
    usual: Usual,
    price: Uints<'a>,
    returned: Uints<'a>,
    return_count: Uints<'a>,
}

impl<'a> Margins<'a> {
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        channel: &Channel,
    ) -> Result<Margins<'a>> {
        Ok(Margins {
            channel: *channel,
            usual: shard.usual()?,
            price: shard.column(Section::Price)?,
            returned: shard.column(Section::Returned)?,
            return_count: shard.column(Section::ReturnCount)?,
        })
    }

    /// Minor units; NaN where the price is unknown.
    pub(crate) fn net(&self, row: usize) -> f64 {
        let returned = Rate::at(&self.returned, &self.return_count, row);
        let returned = returned.expected(self.usual.return_rate);
        self.channel.net(known(self.price.get(row)), returned)
    }

    /// Of the retail price; NaN likewise.
    pub(crate) fn share(&self, row: usize) -> f64 {
        self.net(row) / self.channel.retail(known(self.price.get(row)))
    }
}

/// How much sooner a good arrives than usual; `days` is one more than it takes,
/// as the column has it.
pub(crate) fn lead_time(days: f64, usual: f64) -> f64 {
    0.5 * (libm::log1p(usual) - libm::log(days))
}

/// How soon the smallest order is sold, beside a month; demand in hundredths of
/// pieces a month.
pub(crate) fn moq(moq: f64, demand: f64) -> f64 {
    core::f64::consts::LN_2 - libm::log1p(100.0 * moq / demand)
}

/// What a term that is not in a column comes to, micro-nats; `weight` is in
/// thousandths.
pub(crate) fn micro_of(term: Term, nats: f64, weight: i32) -> i32 {
    let (low, high) = range(term);
    match milli(nats, low, high) {
        UNKNOWN => 0,
        milli => weight * i32::from(milli),
    }
}

/// ln of what is left of a sale over what is left of a usual one; a sale that
/// leaves nothing has the least there is.
pub(crate) fn margin(net: f64, typical: f64) -> f64 {
    if net.is_nan() {
        net
    } else if net > 0.0 && typical > 0.0 {
        libm::log(net / typical)
    } else if net > 0.0 {
        0.0
    } else {
        f64::NEG_INFINITY
    }
}

/// 1 up to the cheapest quarter, falling to 0 for the dearest; centred.
pub(crate) fn advantage(place: f64) -> f64 {
    let percentile = (place - 1.0) / 254.0;
    let dearer = (percentile - SATURATED) / (1.0 - SATURATED);
    let advantage = 1.0 - if dearer > 0.0 { dearer } else { 0.0 };
    if place.is_nan() {
        place
    } else {
        advantage - MEAN_ADVANTAGE
    }
}

/// ln of how good a rate surely is, over how good an unknown one is; NaN where
/// nothing is known. Badges count as evidence of good.
fn assurance(rate: Rate, usual: f64, unproven: f64, endorsements: f64) -> f64 {
    if rate.whole == 0.0 && endorsements == 0.0 {
        return f64::NAN;
    }
    let badges = ENDORSEMENT * endorsements;
    libm::log(lower(rate.with_prior(usual, badges)) / unproven)
}

/// The bound without any evidence.
fn unproven(usual: f64) -> f64 {
    let nothing = Rate {
        part: 0.0,
        whole: 0.0,
    };
    lower(nothing.with_prior(usual, 0.0))
}

/// A rate that is usually 0 has a bound of 0, or of what rounding left of it.
fn lower(rate: Rate) -> f64 {
    rate.lower().max(LEAST_RATE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn assurance(rate: Rate, usual: f64, endorsements: f64) -> f64 {
        super::assurance(rate, usual, unproven(usual), endorsements)
    }
    use proptest::prelude::*;

    #[test]
    fn what_is_missing_is_unknown_and_not_zero() {
        assert_eq!(
            milli(
                assurance(
                    Rate {
                        part: 0.0,
                        whole: 0.0
                    },
                    0.9,
                    0.0
                ),
                -2.0,
                2.0
            ),
            UNKNOWN
        );
        assert_eq!(milli(margin(f64::NAN, 5.0), -4.0, 4.0), UNKNOWN);
        assert_eq!(milli(advantage(known(0)), -1.0, 1.0), UNKNOWN);
        assert_eq!(
            milli(margin(-3.0, 5.0), -4.0, 4.0),
            -4000,
            "a loss is known"
        );
    }

    #[test]
    fn cheaper_than_the_cheapest_quarter_wins_nothing() {
        let quarter = 1.0 + 254.0 * SATURATED;
        assert_eq!(advantage(1.0), advantage(quarter));
        assert!(advantage(quarter) > advantage(quarter + 1.0));
        assert_eq!(advantage(255.0), -MEAN_ADVANTAGE);
        let mean: f64 = (0..10_000)
            .map(|i| advantage(1.0 + 254.0 * (f64::from(i) + 0.5) / 10_000.0))
            .sum::<f64>()
            / 10_000.0;
        assert!(mean.abs() < 1e-6, "a price that is not known is a mean one");
    }

    #[test]
    fn evidence_overrides_a_badge() {
        let bad = Rate {
            part: 300.0,
            whole: 600.0,
        };
        let plain = Rate {
            part: 570.0,
            whole: 600.0,
        };
        assert!(assurance(bad, 0.9, 3.0) < assurance(plain, 0.9, 0.0));
        let unknown = Rate {
            part: 0.0,
            whole: 0.0,
        };
        assert!(assurance(unknown, 0.9, 1.0) > 0.0, "and alone it counts");
    }

    #[test]
    fn where_good_is_unheard_of_the_worst_is_as_usual() {
        for whole in [10.0, 27.0, 500.0, 1e6] {
            let worst = Rate { part: 0.0, whole };
            assert_eq!(milli(assurance(worst, 0.0, 0.0), -2.0, 2.0), 0);
        }
    }

    proptest! {
        /// More good ones of as many are never worse, nor is more evidence at
        /// the same rate above the usual one.
        #[test]
        fn assurance_rises_with_the_rate(n in 1u32..2000, k in 0u32..2000, usual in 0.0f64..0.99) {
            let rate = |k: u32| Rate { part: f64::from(k.min(n)), whole: f64::from(n) };
            let better = assurance(rate(k + 1), usual, 0.0);
            prop_assert!(better >= assurance(rate(k), usual, 0.0));
            prop_assert!(better.is_finite());
        }
    }
}
