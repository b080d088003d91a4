//! Fit: the probability that a shop adopts a good, as ln P.
//!
//! Every good b of the shop's profile gives off heat to its neighbours a on
//! the goods graph:
//!
//! ```text
//! raw_a = Σ_b w_b · W_ba / Σ_b w_b  +  background_a
//! W_ba  = C_ba / (k_a^(1-λ) · k_b^λ),   C_ba = Σ_s x_sa · x_sb / k_s
//! ```
//!
//! with k the degrees of goods and shops: the hybrid of heat conduction (λ = 0)
//! and mass diffusion (λ = 1) of Zhou et al., "Solving the apparent
//! diversity-accuracy dilemma of recommender systems", PNAS 107 (2010), eq. 5.
//! The builder keeps each good's strongest neighbours, in eight bits. The
//! calibration turns raw into ln P. A shop without a profile has
//! no fit.

use super::micro;
use crate::error::Result;
use crate::profile::Profile;
use crate::shard::{Calibration, Section, Shard, Uints, range};

/// What one of the shop's goods adds to the raw fit of a ranked good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Contribution {
    pub(crate) row: u32,
    pub(crate) raw: f64,
}

/// The neighbour lists of a shard.
struct Neighbours<'a> {
    ends: &'a [[u8; 4]],
    rows: Uints<'a>,
    weights: Uints<'a>,
    scales: &'a [[u8; 4]],
}

impl<'a> Neighbours<'a> {
    fn new<B: AsRef<[u8]>>(shard: &'a Shard<B>) -> Result<Neighbours<'a>> {
        Ok(Neighbours {
            ends: shard.words(Section::NeighbourEnds)?,
            rows: shard.column(Section::Neighbours)?,
            weights: shard.column(Section::NeighbourWeights)?,
            scales: shard.words(Section::NeighbourScales)?,
        })
    }

    fn scale(&self, good: usize) -> f64 {
        self.scales
            .get(good)
            .map_or(0.0, |&b| f64::from(f32::from_le_bytes(b)))
    }

    /// Adds `weight` times the list of `good` to `raw`.
    fn spread(&self, good: usize, weight: f64, raw: &mut [f64]) {
        let step = weight * self.scale(good);
        for i in range(self.ends, good) {
            if let Some(raw) = raw.get_mut(self.rows.row(i)) {
                *raw += step * self.weights.get(i) as f64;
            }
        }
    }

    /// The value that `good` gives `to`, 0 when they are not neighbours.
    fn value(&self, good: usize, to: u32) -> f64 {
        let mut list = range(self.ends, good);
        let found = list.find(|&i| self.rows.get(i) == u64::from(to));
        found.map_or(0.0, |i| self.scale(good) * self.weights.get(i) as f64)
    }
}

/// Fit of every good for one shop.
pub(crate) struct Fit<'a> {
    calibration: &'a Calibration,
    background: &'a [[u8; 4]],
    base: &'a [f64],
    /// Σ w·W, not yet divided by the mass; 0 where no neighbour spoke.
    spread: Vec<f64>,
    mass: f64,
    weight: f64,
}

impl<'a> Fit<'a> {
    /// Spreads the profile over the goods graph: O(goods + profile ·
    /// neighbours). `base` is [`base_fit`] of the same shard.
    pub(crate) fn new<B: AsRef<[u8]>>(
        shard: &'a Shard<B>,
        calibration: &'a Calibration,
        base: &'a [f64],
        profile: &Profile,
        weight: f64,
    ) -> Result<Fit<'a>> {
        let neighbours = Neighbours::new(shard)?;
        let mut spread = vec![0.0; shard.goods() as usize];
        for &(row, w) in profile.weights() {
            neighbours.spread(row as usize, f64::from(w), &mut spread);
        }
        let background = shard.words(Section::Background)?;
        Ok(Fit {
            calibration,
            background,
            base,
            spread,
            mass: profile.mass(),
            weight,
        })
    }

    /// The term, micro-nats.
    #[inline]
    pub(crate) fn term(&self, row: usize) -> i32 {
        let spread = self.spread[row];
        if spread == 0.0 {
            return micro(self.weight, self.base[row]);
        }
        let raw = spread / self.mass + background(self.background, row);
        micro(self.weight, self.calibration.ln_p(raw))
    }
}

#[inline]
fn background(column: &[[u8; 4]], row: usize) -> f64 {
    column
        .get(row)
        .map_or(0.0, |&b| f64::from(f32::from_le_bytes(b)))
}

/// ln P of every good when no neighbour speaks. It depends on the shard alone,
/// so an engine computes it once.
pub(crate) fn base_fit<B: AsRef<[u8]>>(
    shard: &Shard<B>,
    calibration: &Calibration,
) -> Result<Vec<f64>> {
    let column = shard.words(Section::Background)?;
    Ok((0..column.len())
        .map(|row| calibration.ln_p(background(column, row)))
        .collect())
}

impl Contribution {
    /// What each good of the profile adds to the raw fit of `to`; those that
    /// add nothing are left out.
    pub(crate) fn all<B: AsRef<[u8]>>(
        shard: &Shard<B>,
        profile: &Profile,
        to: u32,
    ) -> Result<Vec<Contribution>> {
        let neighbours = Neighbours::new(shard)?;
        let contribution = |&(row, w): &(u32, f32)| Contribution {
            row,
            raw: f64::from(w) * neighbours.value(row as usize, to),
        };
        Ok(profile
            .weights()
            .iter()
            .map(contribution)
            .filter(|c| c.raw != 0.0)
            .collect())
    }
}
