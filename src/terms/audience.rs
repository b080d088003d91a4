//! Fit seen from a good: the probability that each public shop adopts it.
//!
//! Shops that have the good speak for others, by factors of shops as goods do by
//! theirs:
//!
//! ```text
//! raw_s = Σ_t in_t · out_s  +  background_s · 10 / (10 + n)
//! ```
//!
//! over the n public shops t that have it. A good that none has, or a shard
//! without such factors, is ranked by what each shop's own goods say of it: the
//! fit of the good for the shop, which is a probability as well.

use super::factors::{Factors, Folded};
use super::fit::Links;
use super::micro;
use crate::SEVERAL;
use crate::error::Result;
use crate::shard::{
    Bytes, Calibration, Kernel, Model, Section, Shard, Uints, f32_at, range,
};

/// Fit of every public shop for one good.
pub(crate) struct Audience<'a> {
    profiles: Profiles<'a>,
    good: u32,
    /// Whether each shop has the good.
    pub(crate) sells: Vec<bool>,
    by: By<'a>,
}

/// The public shops' goods.
struct Profiles<'a> {
    ends: &'a [[u8; 4]],
    goods: Uints<'a>,
    weights: &'a [[u8; 4]],
    /// Of each shop in all shards; empty where this is the only one.
    mass: &'a [[u8; 8]],
}

enum By<'a> {
    Shops {
        folded: Folded<'a>,
        background: &'a [[u8; 4]],
        prior: f64,
        calibration: Calibration,
    },
    Goods {
        links: Links<'a>,
        background: f64,
        model: &'a Model,
    },
}

impl<'a> Audience<'a> {
    /// O(goods of public shops); a [`term`](Self::term) by goods costs the shop's goods
    /// times their neighbours and factors.
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        model: &'a Model,
        good: u32,
    ) -> Result<Audience<'a>> {
        let profiles = Profiles {
            ends: shard.words(Section::ProfileEnds)?,
            goods: shard.column(Section::ProfileGoods)?,
            weights: shard.words(Section::ProfileWeights)?,
            mass: match SEVERAL {
                true => shard.checked(Section::ShopMass)?.as_chunks().0,
                false => &[],
            },
        };
        let shops = 0..profiles.ends.len().saturating_sub(1);
        let sells: Vec<bool> = shops.map(|shop| profiles.has(shop, good)).collect();
        let has: Vec<(u32, f32)> = (0..)
            .zip(&sells)
            .filter(|&(_, &sells)| sells)
            .map(|(shop, _)| (shop, 1.0))
            .collect();
        let by = match Factors::of_shops(shard)?.filter(|_| !has.is_empty()) {
            Some(factors) => By::Shops {
                folded: factors.fold(&has, has.len() as f64),
                background: shard.words(Section::ShopBackground)?,
                prior: Kernel::Linear.prior(has.len() as f64),
                calibration: Calibration::from_bytes(
                    shard.checked(Section::ShopCalibration)?,
                )?,
            },
            None => By::Goods {
                links: Links::new(shard)?,
                background: f32_at(shard.words(Section::Background)?, good as usize),
                model,
            },
        };
        Ok(Audience {
            profiles,
            good,
            sells,
            by,
        })
    }

    /// The term, micro-nats.
    pub(crate) fn term(&self, shop: u32) -> i32 {
        let row = shop as usize;
        let ln_p = match &self.by {
            By::Shops {
                folded,
                background: of_shops,
                prior,
                calibration,
            } => calibration.ln_p(folded.raw(row) + prior * f32_at(of_shops, row)),
            By::Goods {
                links,
                background,
                model,
            } => {
                let profile = || self.profiles.of(row);
                let whole = self.profiles.mass.get(row);
                let whole = whole.map(|&mass| f64::from_le_bytes(mass));
                let mass = whole.unwrap_or_else(|| profile().map(|(_, w)| w).sum());
                let value = |(good, weight)| weight * links.value(good, self.good, mass);
                let mut sum: f64 = profile().map(value).sum();
                if model.kernel == Kernel::Hybrid && mass > 0.0 {
                    sum /= mass;
                }
                model
                    .calibration
                    .ln_p(sum + model.kernel.prior(mass) * background)
            }
        };
        micro(1.0, ln_p)
    }
}

impl Profiles<'_> {
    fn has(&self, shop: usize, good: u32) -> bool {
        range(self.ends, shop).any(|i| self.goods.get(i) == u64::from(good))
    }

    fn of(&self, shop: usize) -> impl Iterator<Item = (u32, f64)> {
        range(self.ends, shop)
            .map(|i| (self.goods.get(i) as u32, f32_at(self.weights, i)))
    }
}
