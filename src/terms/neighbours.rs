//! The neighbour lists of a shard: what a good gives to a few others.

use crate::error::Result;
use crate::shard::{Bytes, Section, Shard, Uints, f32_at, range};

/// The neighbour lists of a shard.
pub(super) struct Neighbours<'a> {
    ends: &'a [[u8; 4]],
    rows: Uints<'a>,
    weights: &'a [u8],
    /// Whether weights are two's complement.
    signed: bool,
    scales: &'a [[u8; 4]],
}

impl<'a> Neighbours<'a> {
    pub(super) fn new<B: Bytes>(shard: &'a Shard<B>) -> Result<Neighbours<'a>> {
        Ok(Neighbours {
            ends: shard.words(Section::NeighbourEnds)?,
            rows: shard.column(Section::Neighbours)?,
            weights: shard.checked(Section::NeighbourWeights)?,
            signed: shard.is_signed(Section::NeighbourWeights),
            scales: shard.words(Section::NeighbourScales)?,
        })
    }

    #[inline]
    fn weight(&self, i: usize) -> f64 {
        let byte = self.weights.get(i).copied().unwrap_or_default();
        if self.signed {
            f64::from(byte.cast_signed())
        } else {
            f64::from(byte)
        }
    }

    /// Adds `weight` times the list of `good` to `raw`.
    pub(super) fn spread(&self, good: usize, weight: f64, raw: &mut [f64]) {
        let step = weight * f32_at(self.scales, good);
        for i in range(self.ends, good) {
            if let Some(raw) = raw.get_mut(self.rows.row(i)) {
                *raw += step * self.weight(i);
            }
        }
    }

    /// The value that `good` gives `to`, 0 when they are not neighbours.
    pub(super) fn value(&self, good: usize, to: u32) -> f64 {
        let mut list = range(self.ends, good);
        let found = list.find(|&i| self.rows.get(i) == u64::from(to));
        found.map_or(0.0, |i| f32_at(self.scales, good) * self.weight(i))
    }
}
