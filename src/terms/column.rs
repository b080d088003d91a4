//! Fit of one good for many: the kernel's column, read once, then a dot for each
//! profile.
//!
//! What a good says of the one good depends on the profile by its mass alone, in
//! which it is linear ([`Links`]): so it is read at both ends of youth.

use super::fit::Links;
use super::micro;
use crate::error::Result;
use crate::shard::{Bytes, Model, Section, Shard, f32_at};

/// What every good says of one good.
pub(crate) struct Column<'a> {
    model: &'a Model,
    links: Links<'a>,
    /// By row: what it says in a profile that has told much, and in a young one.
    says: Vec<(f64, f64)>,
    background: f64,
}

impl<'a> Column<'a> {
    /// O(goods · (neighbours + factors)).
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        model: &'a Model,
        good: u32,
    ) -> Result<Column<'a>> {
        let links = Links::new(shard)?;
        let says = (0..shard.goods()).map(|row| {
            let grown = links.value(row, good, f64::INFINITY);
            (grown, links.value(row, good, 0.0))
        });
        Ok(Column {
            says: says.collect(),
            model,
            links,
            background: f32_at(shard.words(Section::Background)?, good as usize),
        })
    }

    /// The term of fit, micro-nats, for a profile that is not empty.
    pub(crate) fn term(&self, profile: &[(u32, f32)]) -> i32 {
        let mass: f64 = profile.iter().map(|&(_, w)| f64::from(w)).sum();
        let youth = self.links.youth(mass);
        let mut sum = 0.0;
        for &(row, weight) in profile {
            if let Some((grown, young)) = self.says.get(row as usize) {
                sum += f64::from(weight) * ((1.0 - youth) * grown + youth * young);
            }
        }
        let kernel = self.model.kernel;
        let raw = sum / kernel.divisor(mass) + kernel.prior(mass) * self.background;
        micro(1.0, self.model.calibration.ln_p(raw))
    }
}
