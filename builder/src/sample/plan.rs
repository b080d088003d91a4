//! What a shop takes up in the window, what it only looks at, and what it
//! would like best of the rest: the truth.
//!
//! A shop draws its goods without replacement in proportion to
//! exp(affinity over the window), by adding Gumbel noise and keeping the
//! largest (Efraimidis and Spirakis 2006, in logarithms); the next ones it has
//! looked at and left. One good in twenty is off its taste: something popular
//! from anywhere. The truth is the largest affinities at the end of the window,
//! without noise, among the goods of its categories that it did not take up.

use super::World;
use super::calendar::{DAY, SAMPLE_END};
use super::random::{Dice, Stream};
use super::shops::Shop;
use super::traits::Traits;

/// How many goods of a shop the truth holds, at most.
pub(super) const TRUTH: usize = 20;

/// Goods looked at and left, for each good taken up.
const LOOKED: f64 = 0.45;

/// The share of goods that are off a shop's taste.
const OFF_TASTE: f64 = 0.05;

/// Mean days for which a shop goes on buying a good.
const LIFE_DAYS: f64 = 320.0;

/// The share of goods that a shop bought before the window already, for a good
/// whose demand does not change.
const STANDING: f64 = 0.36;

/// A shop has at most this share of the goods of its categories.
const MOST: f64 = 0.6;

/// A good that a shop takes up.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    /// The good's index.
    pub good: u32,
    /// When the shop first buys it, seconds since 1970.
    pub first: i64,
    /// When it stops buying it.
    pub last: i64,
    /// Whether it bought the good before the window already.
    pub standing: bool,
}

/// What a shop does in the window.
pub(super) struct Plan {
    /// The goods that it takes up, in order of index.
    pub taken: Vec<Pair>,
    /// The goods that it only looks at, and when.
    pub looked: Vec<(u32, i64)>,
    /// The goods that it would like best, best first.
    pub truth: Vec<u32>,
}

/// A good that a shop may take up.
struct Candidate {
    good: u32,
    /// At the end of the window.
    affinity: f64,
    /// Over the window, with noise.
    key: f64,
}

/// The plan of the shop with this index.
pub(super) fn plan(world: &World, index: usize) -> Plan {
    let mut dice = Dice::new(world.seed, Stream::Plan(index));
    let shop = &world.shops[index];
    let mut all = candidates(world, shop, &mut dice);
    let size = shop.size.min((all.len() as f64 * MOST).ceil()) as usize;
    let many = (size as f64 * LOOKED) as usize;
    best(&mut all, size + many, |c| c.key);
    let rest = all.split_off(size);
    let looked: Vec<u32> = rest.iter().take(many).map(|c| c.good).collect();
    let taken = taken(world, &mut dice, &all);
    let truth = truth(rest, &taken);
    let mut pair = |good| pair(world, shop, &mut dice, good);
    let taken = taken.into_iter().map(&mut pair).collect();
    let looked = looked
        .into_iter()
        .map(pair)
        .map(|p| (p.good, p.first))
        .collect();
    Plan {
        taken,
        looked,
        truth,
    }
}

/// Puts the n largest first, in order; equal ones in order of index.
fn best(all: &mut [Candidate], n: usize, by: impl Fn(&Candidate) -> f64) {
    let order =
        |a: &Candidate, b: &Candidate| by(b).total_cmp(&by(a)).then(a.good.cmp(&b.good));
    let n = n.min(all.len());
    if n < all.len() {
        all.select_nth_unstable_by(n, order);
    }
    all[..n].sort_unstable_by(order);
}

fn candidates(world: &World, shop: &Shop, dice: &mut Dice) -> Vec<Candidate> {
    let mut all = Vec::new();
    for &(category, share) in &shop.taste.shares {
        let offers = &world.offers[category];
        let base = libm::log(share / offers.len().max(1) as f64);
        all.extend(offers.iter().map(|offer| {
            let liking = base + shop.taste.liking(&offer.traits);
            let key = liking + offer.reach + dice.gumbel();
            Candidate {
                good: offer.good,
                affinity: liking + offer.heat,
                key,
            }
        }));
    }
    all
}

/// The goods of the candidates, one in twenty replaced by the most appealing
/// of three at random; in order of index.
fn taken(world: &World, dice: &mut Dice, all: &[Candidate]) -> Vec<u32> {
    let appeal = |g: &usize| world.goods[*g].traits.appeal;
    let mut taken: Vec<u32> = all.iter().map(|c| c.good).collect();
    for slot in &mut taken {
        if dice.chance(OFF_TASTE) {
            let three = [(); 3].map(|()| dice.below(world.goods.len()));
            let most = three
                .into_iter()
                .max_by(|a, b| appeal(a).total_cmp(&appeal(b)));
            *slot = most.map_or(*slot, |g| g as u32);
        }
    }
    taken.sort_unstable();
    taken.dedup();
    taken
}

fn truth(mut rest: Vec<Candidate>, taken: &[u32]) -> Vec<u32> {
    let is_taken = |c: &Candidate| taken.binary_search(&c.good).is_ok();
    let enough = TRUTH + taken.len();
    best(&mut rest, enough, |c| c.affinity);
    rest.truncate(enough);
    rest.retain(|c| !is_taken(c));
    rest.iter().take(TRUTH).map(|c| c.good).collect()
}

fn pair(world: &World, shop: &Shop, dice: &mut Dice, good: u32) -> Pair {
    let due = standing(world, shop, dice, good);
    let first = due.unwrap_or_else(|| moment(world, shop, dice, good));
    let life = LIFE_DAYS * DAY as f64 * dice.exponential();
    let last = SAMPLE_END.min(first.saturating_add(life as i64));
    Pair {
        good,
        first,
        last,
        standing: due.is_some(),
    }
}

/// When a good is next due that the shop bought before the window, if it did:
/// more likely one that cools down.
fn standing(world: &World, shop: &Shop, dice: &mut Dice, good: u32) -> Option<i64> {
    let good = &world.goods[good as usize];
    let leaf = world.categories[good.category].leaf;
    let start = world.calendar.start;
    let share = STANDING * libm::exp(good.traits.heat(&world.calendar, start));
    let old = shop.start.max(good.traits.born) <= start;
    let bought = dice.chance(share.min(0.8)) && old;
    let days = f64::from(leaf.repeat) * dice.exponential();
    let due = world.calendar.after(leaf.season, start, days);
    (bought && due < SAMPLE_END).then_some(due)
}

/// When a shop turns to a good: after both are there, as the good's trend has
/// it, and rather in its season.
fn moment(world: &World, shop: &Shop, dice: &mut Dice, good: u32) -> i64 {
    let good = &world.goods[good as usize];
    let leaf = world.categories[good.category].leaf;
    let from = shop.start.max(good.traits.born);
    let peak = world.calendar.peak(leaf.season);
    let mut at = from;
    for _ in 0..16 {
        at = on_trend(dice, &good.traits, from);
        if dice.chance(world.calendar.demand(leaf.season, at) / peak) {
            break;
        }
    }
    at
}

/// A time from `from` to the end with density exp(trend · years).
fn on_trend(dice: &mut Dice, good: &Traits, from: i64) -> i64 {
    let length = (SAMPLE_END - from) as f64;
    let rise = good.trend * length / super::traits::YEAR;
    let u = dice.unit();
    let share = match rise.abs() {
        ..1e-6 => u,
        _ => libm::log1p(u * libm::expm1(rise)) / rise,
    };
    from + (share.clamp(0.0, 1.0) * length).min(length - 1.0) as i64
}

#[cfg(test)]
mod tests {
    use super::super::{SampleOptions, World};
    use super::*;

    fn world() -> World {
        World::new(&SampleOptions {
            goods: 2_000,
            shops: 60,
            ..SampleOptions::default()
        })
    }

    #[test]
    fn the_truth_is_not_taken_and_is_best_first() {
        let world = world();
        for index in 0..60 {
            let plan = plan(&world, index);
            assert!((10..=TRUTH).contains(&plan.truth.len()));
            let taste = &world.shops[index].taste;
            let affinity = |g: &u32| {
                let good = &world.goods[*g as usize];
                let own = taste.shares.iter().find(|s| s.0 == good.category);
                let goods = world.offers[good.category].len() as f64;
                let heat = good.traits.heat(&world.calendar, SAMPLE_END);
                libm::log(own.unwrap().1 / goods) + taste.liking(&good.traits) + heat
            };
            assert!(plan.truth.is_sorted_by(|a, b| affinity(a) >= affinity(b)));
            let bought = |g: &u32| plan.taken.iter().any(|p| p.good == *g);
            assert!(!plan.truth.iter().any(bought));
        }
    }

    #[test]
    fn goods_are_taken_after_shop_and_good_are_there() {
        let world = world();
        for (index, shop) in world.shops.iter().enumerate() {
            for pair in plan(&world, index).taken {
                let born = world.goods[pair.good as usize].traits.born;
                assert!(pair.first >= born.max(shop.start));
                assert!(pair.first <= pair.last && pair.last <= SAMPLE_END);
            }
        }
    }

    #[test]
    fn rising_goods_are_taken_late() {
        let world = world();
        let mut dice = Dice::new(1, Stream::Events);
        let mut good = world.goods[0].traits.clone();
        let mut mean = |trend| {
            good.trend = trend;
            let from = world.calendar.start;
            let at = |_| (on_trend(&mut dice, &good, from) - from) as f64;
            (0..2_000).map(at).sum::<f64>() / 2_000.0 / world.calendar.length() as f64
        };
        assert!((mean(0.0) - 0.5).abs() < 0.03);
        assert!(mean(1.5) > 0.65 && mean(-1.5) < 0.35);
    }
}
