//! From raw fit to probability, on the held-out queries.
//!
//! Every good that a held-out shop did not have is an observation: its raw fit,
//! and whether the shop adopted it. Observations are binned by raw (eight bins
//! an octave), the bins' rates made monotone by pooling adjacent violators
//! (Ayer et al., Annals of Mathematical Statistics 26 (1955)), and each pool
//! becomes a knot at its mean raw.

use std::collections::BTreeMap;

use goodsrank::shard::Calibration;
use rayon::prelude::*;
use serde::Serialize;

use super::evaluate::Candidate;
use super::holdout::{Holdout, HoldoutQuery};

const MAX_KNOTS: usize = 64;
/// How far below the first knot ln P can sink, nats.
const FLOOR_BELOW: f64 = 3.0;
/// Least distance between knots, so that order is kept: nats, and relative raw.
const MIN_STEP: f64 = 1e-6;
/// A pseudo-observation a pool, half a hit: a pool without hits is not
/// impossible (Krichevsky & Trofimov, IEEE Trans. Information Theory 27 (1981)).
const PRIOR_HITS: f64 = 0.5;
const PRIOR_SEEN: f64 = 1.0;

/// Observations of similar raw fit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Pool {
    /// Shops that it was seen in, at least: of joined pools the greater number.
    shops: u32,
    seen: f64,
    hits: f64,
    raw: f64,
}

impl Pool {
    fn rate(&self) -> f64 {
        (self.hits + PRIOR_HITS) / (self.seen + PRIOR_SEEN)
    }

    fn join(self, other: Pool) -> Pool {
        Pool {
            shops: self.shops.max(other.shops),
            seen: self.seen + other.seen,
            hits: self.hits + other.hits,
            raw: self.raw + other.raw,
        }
    }
}

/// How often goods were adopted that were said to be so probable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Mean of P as it was said.
    pub said: f64,
    /// Share that was adopted.
    pub adopted: f64,
    /// Goods of shops of which it was said.
    pub seen: u64,
}

/// Upper ends of the reliability table's rows.
const SAID: [f64; 8] = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 0.5, 1.0];

/// The calibration of a candidate, [`uncalibrated`] when nothing was held out;
/// and how reliable one is that half of the shops made, asked of the other half.
pub fn calibrate(
    candidate: &Candidate<'_>,
    holdout: &Holdout,
    min_shops: u32,
) -> (Calibration, Vec<Reliability>) {
    let all: Vec<&HoldoutQuery> = holdout.queries.iter().collect();
    // Every other one: shops are in the order of their ids, which often tells age.
    let half: Vec<&HoldoutQuery> = all.iter().step_by(2).copied().collect();
    let other: Vec<&HoldoutQuery> = all.iter().skip(1).step_by(2).copied().collect();
    let of_half = of_bins(observe(candidate, holdout, &half), min_shops);
    let reliability = reliability(&of_half, candidate, holdout, &other);
    let calibration = of_bins(observe(candidate, holdout, &all), min_shops);
    (calibration, reliability)
}

fn reliability(
    calibration: &Calibration,
    candidate: &Candidate<'_>,
    holdout: &Holdout,
    queries: &[&HoldoutQuery],
) -> Vec<Reliability> {
    let mut rows = [Reliability::default(); SAID.len()];
    for pool in observe(candidate, holdout, queries).into_values() {
        let said = libm::exp(calibration.ln_p(pool.raw / pool.seen));
        let row = SAID.iter().position(|&end| said <= end).unwrap_or(0);
        rows[row].said += said * pool.seen;
        rows[row].adopted += pool.hits;
        rows[row].seen += pool.seen as u64;
    }
    rows.iter_mut().for_each(|row| {
        row.said /= row.seen.max(1) as f64;
        row.adopted /= row.seen.max(1) as f64;
    });
    rows.into_iter().filter(|row| row.seen > 0).collect()
}

fn of_bins(bins: BTreeMap<u64, Pool>, min_shops: u32) -> Calibration {
    let pools = monotone(shielded(bins.into_values(), min_shops).into_iter());
    let mut knots: Vec<(f64, f64)> = Vec::new();
    for pool in thinned(pools) {
        let (mut raw, mut ln_p) =
            (pool.raw / pool.seen, libm::log(pool.rate().min(0.999)));
        if let Some(&(last_raw, last_ln_p)) = knots.last() {
            raw = raw.max(last_raw + MIN_STEP * last_raw.abs().max(f64::MIN_POSITIVE));
            ln_p = ln_p.max(last_ln_p + MIN_STEP);
        }
        knots.push((raw, ln_p));
    }
    let sound = knots.len() >= 2 && knots.last().is_some_and(|k| k.1 < 0.0);
    if !sound {
        return uncalibrated();
    }
    Calibration {
        floor: knots[0].1 - FLOOR_BELOW,
        knots,
    }
}

/// Says of every good that little is known: P from 1e-4 to 1e-2 over raw 0 to 1.
pub fn uncalibrated() -> Calibration {
    let (low, high) = (libm::log(1e-4), libm::log(1e-2));
    Calibration {
        floor: low - FLOOR_BELOW,
        knots: vec![(0.0, low), (1.0, high)],
    }
}

/// Pools by the leading bits of raw. Every shop's pools are added in order.
fn observe(
    candidate: &Candidate<'_>,
    holdout: &Holdout,
    queries: &[&HoldoutQuery],
) -> BTreeMap<u64, Pool> {
    let of_query = |query: &&HoldoutQuery| {
        let raw = candidate.raw(&candidate.profile(holdout, query));
        let mut pools: BTreeMap<u64, Pool> = BTreeMap::new();
        for (good, &raw) in (0u32..).zip(&raw) {
            let known = holdout.graph.degree(good as usize) > 0;
            if known && query.shelf.binary_search(&good).is_err() {
                let hits = f64::from(u8::from(query.truth.binary_search(&good).is_ok()));
                let pool = pools.entry(bin(raw)).or_default();
                *pool = pool.join(Pool {
                    shops: 1,
                    seen: 1.0,
                    hits,
                    raw,
                });
            }
        }
        pools
    };
    let all: Vec<BTreeMap<u64, Pool>> = queries.par_iter().map(of_query).collect();
    let mut sum: BTreeMap<u64, Pool> = BTreeMap::new();
    for (bin, pool) in all.into_iter().flatten() {
        let total = sum.entry(bin).or_default();
        let shops = total.shops + 1;
        *total = Pool {
            shops,
            ..total.join(pool)
        };
    }
    sum
}

/// Sign, exponent and three bits of the mantissa, in the order of the numbers.
fn bin(raw: f64) -> u64 {
    let bits = raw.to_bits();
    let ordered = if raw.is_sign_negative() {
        !bits
    } else {
        bits | 1 << 63
    };
    ordered >> 49
}

/// Joins neighbours until each pool was seen in enough shops: a knot is a
/// figure like any other.
fn shielded(bins: impl Iterator<Item = Pool>, min_shops: u32) -> Vec<Pool> {
    let mut out: Vec<Pool> = Vec::new();
    for bin in bins {
        match out.last_mut() {
            Some(last) if last.shops < min_shops => *last = last.join(bin),
            _ => out.push(bin),
        }
    }
    if let Some(last) = out.pop_if(|last| last.shops < min_shops) {
        match out.last_mut() {
            Some(before) => *before = before.join(last),
            None => out.clear(),
        }
    }
    out
}

/// Joins neighbours until rates ascend.
fn monotone(pools: impl Iterator<Item = Pool>) -> Vec<Pool> {
    let mut out: Vec<Pool> = Vec::new();
    for mut pool in pools {
        while let Some(last) = out.pop_if(|last| last.rate() >= pool.rate()) {
            pool = last.join(pool);
        }
        out.push(pool);
    }
    out
}

/// Joins the neighbours that were seen least until few enough are left.
fn thinned(mut pools: Vec<Pool>) -> Vec<Pool> {
    while pools.len() > MAX_KNOTS {
        let seen = |i: &usize| (pools[*i].seen + pools[i + 1].seen) as u64;
        let Some(i) = (0..pools.len() - 1).min_by_key(seen) else {
            break;
        };
        let next = pools.remove(i + 1);
        pools[i] = pools[i].join(next);
    }
    pools
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_knot_has_enough_shops_behind_it() {
        let pool = |shops: u32| Pool {
            shops,
            seen: 10.0,
            hits: 1.0,
            raw: 1.0,
        };
        let shops = |list: &[u32]| -> Vec<u32> {
            let pools = shielded(list.iter().map(|&n| pool(n)), 5);
            pools.iter().map(|p| p.shops).collect()
        };
        assert_eq!(shops(&[9, 1, 7, 2]), [9, 7]);
        assert_eq!(shops(&[1, 2]), [0; 0]);
    }

    proptest! {
        #[test]
        fn bins_keep_the_order_of_numbers(a in -1e9f64..1e9, b in -1e9f64..1e9) {
            prop_assert!(a > b || bin(a) <= bin(b));
        }

        #[test]
        fn pooling_makes_rates_ascend_and_loses_nothing(
            list in prop::collection::vec((1u32..20, 0u32..20), 1..40)
        ) {
            let pools: Vec<Pool> = list
                .iter()
                .map(|&(seen, hits)| Pool {
                    shops: 1,
                    seen: f64::from(seen),
                    hits: f64::from(hits.min(seen)),
                    raw: 1.0,
                })
                .collect();
            let joined = monotone(pools.iter().copied());
            prop_assert!(joined.windows(2).all(|w| w[0].rate() < w[1].rate()));
            let seen = |pools: &[Pool]| pools.iter().map(|p| p.seen).sum::<f64>();
            prop_assert_eq!(seen(&joined), seen(&pools));
        }
    }
}
