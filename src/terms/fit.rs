//! Fit: the probability that a shop adopts a good, as ln P.
//!
//! Every good b of the shop's profile speaks for, or against, a good a:
//!
//! ```text
//! hybrid: raw_a = Σ_b w_b · N_ba / m                  +  background_a
//! linear: raw_a = Σ_b w_b · (g·N_ba + in_b · out_a)   +  background_a · 10 / (10 + m)
//! ```
//!
//! N are neighbour lists, in and out factors, m is the profile's mass Σ_b w_b, g
//! is 1 but where young shops have factors of their own (`factors.rs`).
//! The hybrid is a mean; a linear kernel's sum says by itself how much the shop
//! has told, and the background is a prior worth ten goods. How the builder
//! comes by N, in and out is in `docs/model.md`. The calibration turns raw into
//! ln P. A shop without a profile has no fit.

use super::factors::{Factors, Folded};
use super::micro;
use super::neighbours::Neighbours;
use crate::error::Result;
use crate::profile::Profile;
use crate::shard::{Bytes, Calibration, Model, Section, Shard, f32_at};

/// What one of the shop's goods adds to the raw fit of a ranked good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contribution {
    pub(crate) row: u32,
    pub(crate) raw: f64,
}

/// Fit of every good for one shop.
pub(crate) struct Fit<'a> {
    calibration: &'a Calibration,
    background: &'a [[u8; 4]],
    base: &'a [f64],
    /// Σ w·N, not yet divided by `mass`; 0 where no neighbour spoke.
    spread: Vec<f64>,
    folded: Option<Folded<'a>>,
    /// What the sum over the profile is divided by.
    mass: f64,
    /// What the background counts.
    prior: f64,
    weight: f64,
}

impl<'a> Fit<'a> {
    /// Folds the profile in: O(goods + profile · (neighbours + factors)).
    /// `base` is [`base_fit`] of the same shard.
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        model: &'a Model,
        base: &'a [f64],
        profile: &Profile,
        weight: f64,
    ) -> Result<Fit<'a>> {
        let neighbours = Neighbours::new(shard)?;
        let mut spread = vec![0.0; shard.goods() as usize];
        let factors = Factors::of_goods(shard)?;
        let grown = grown(factors.as_ref(), profile.mass());
        for &(row, w) in profile.weights() {
            neighbours.spread(row as usize, grown * f64::from(w), &mut spread);
        }
        let mass = model.kernel.divisor(profile.mass());
        Ok(Fit {
            calibration: &model.calibration,
            background: shard.words(Section::Background)?,
            base,
            spread,
            folded: factors
                .map(|factors| factors.fold(profile.weights(), profile.mass())),
            mass,
            prior: model.kernel.prior(profile.mass()),
            weight,
        })
    }

    /// The term, micro-nats.
    pub(crate) fn term(&self, row: usize) -> i32 {
        let mut sum = self.spread[row];
        if let Some(folded) = &self.folded {
            sum += folded.raw(row);
        } else if sum == 0.0 && self.prior == 1.0 {
            return micro(self.weight, self.base[row]);
        }
        let raw = sum / self.mass + self.prior * f32_at(self.background, row);
        micro(self.weight, self.calibration.ln_p(raw))
    }

    /// What the term is beyond that of the background alone.
    pub(crate) fn beyond_base(&self, row: usize) -> i64 {
        i64::from(self.term(row)) - i64::from(micro(self.weight, self.base[row]))
    }

    /// Not 0 where the term may differ from that of the background alone; `None`
    /// where it may everywhere.
    pub(crate) fn spoken_of(&self) -> Option<&[f64]> {
        let silent = self.folded.is_none() && self.prior == 1.0;
        silent.then_some(&self.spread)
    }
}

/// What neighbours count: they go with the factors of shops that are not young.
fn grown(factors: Option<&Factors<'_>>, mass: f64) -> f64 {
    1.0 - factors.map_or(0.0, |factors| factors.youth(mass))
}

/// ln P of every good when no neighbour speaks. It depends on the shard alone,
/// so an engine computes it once.
pub(crate) fn base_fit<B: Bytes>(
    shard: &Shard<B>,
    calibration: &Calibration,
) -> Result<Vec<f64>> {
    let column = shard.words(Section::Background)?;
    Ok((0..column.len())
        .map(|row| calibration.ln_p(f32_at(column, row)))
        .collect())
}

/// What goods say of each other, pair by pair.
pub(crate) struct Links<'a> {
    neighbours: Neighbours<'a>,
    factors: Option<Factors<'a>>,
}

impl<'a> Links<'a> {
    pub(crate) fn new<B: Bytes>(shard: &'a Shard<B>) -> Result<Links<'a>> {
        Ok(Links {
            neighbours: Neighbours::new(shard)?,
            factors: Factors::of_goods(shard)?,
        })
    }

    /// The share of youth in a profile of this mass.
    pub(crate) fn youth(&self, mass: f64) -> f64 {
        self.factors
            .as_ref()
            .map_or(0.0, |factors| factors.youth(mass))
    }

    /// What `good`, of a profile of this mass, gives `to`.
    pub(crate) fn value(&self, good: u32, to: u32, mass: f64) -> f64 {
        let grown = 1.0 - self.youth(mass);
        let mut value = grown * self.neighbours.value(good as usize, to);
        if let Some(factors) = &self.factors {
            value += factors.value(good as usize, to as usize, mass);
        }
        value
    }
}

impl Contribution {
    /// What each good of the profile adds to the raw fit of `to`; those that
    /// add nothing are left out.
    pub(crate) fn all<B: Bytes>(
        shard: &Shard<B>,
        profile: &Profile,
        to: u32,
    ) -> Result<Vec<Contribution>> {
        let (links, mass) = (Links::new(shard)?, profile.mass());
        let contribution = |&(row, w): &(u32, f32)| Contribution {
            row,
            raw: f64::from(w) * links.value(row, to, mass),
        };
        Ok(profile
            .weights()
            .iter()
            .map(contribution)
            .filter(|c| c.raw != 0.0)
            .collect())
    }
}
