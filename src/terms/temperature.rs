//! Temperature: how hot a good is, by Newton's law of cooling.
//!
//! `T(t) = Σ w_event · e^(-λ(t - t_e))`, λ = ln 2 / half-life. The shard holds
//! ln T at the catalog's last event (forward decay: Cormode et al., "Forward
//! Decay", ICDE 2009), relative to the catalog's mean. All goods cool at the
//! same rate, so time shifts every ln T alike and a cached shard's order never
//! ages. A pseudo-event at the last event keeps a good without events finite.

use goodsrank_lanes::add_rounded_i16;

use crate::error::Result;
use crate::shard::{Bytes, Section, Shard};

/// Micro-nats in a milli-nat, the unit of the column.
const MICRO_PER_MILLI: f64 = 1000.0;

/// Temperature of every good.
pub(crate) struct Temperature<'a> {
    column: &'a [[u8; 2]],
    weight: f64,
}

impl<'a> Temperature<'a> {
    /// `weight` is what the policy gives the separate term: η less the heat
    /// that is in the kernel already, at least 0.
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        weight: f64,
    ) -> Result<Temperature<'a>> {
        let weight = weight * MICRO_PER_MILLI;
        Ok(Temperature {
            column: shard.i16s(Section::Temperature)?,
            weight,
        })
    }

    /// The term, micro-nats.
    pub(crate) fn term(&self, row: usize) -> i32 {
        let milli = self.column.get(row).map_or(0, |&b| i16::from_le_bytes(b));
        (self.weight * f64::from(milli)).round_ties_even() as i32
    }

    /// Adds the term of every good.
    pub(crate) fn add_to(&self, sums: &mut [i64]) {
        add_rounded_i16(sums, self.column, self.weight);
    }
}
