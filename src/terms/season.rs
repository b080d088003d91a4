//! What of a category is bought in the thirty days after a shard's last event,
//! beside a usual month.

use crate::error::Result;
use crate::season::{MONTHS, coming};
use crate::shard::{Section, Shard, Uints};

/// ln of the coming factor of each category; NaN where it is unknown.
pub(super) struct Season<'a> {
    category: Uints<'a>,
    nats: Vec<f64>,
}

impl<'a> Season<'a> {
    pub(super) fn new<B: AsRef<[u8]>>(shard: &'a Shard<B>) -> Result<Season<'a>> {
        let factors = shard.column(Section::Seasons)?;
        let shares = coming(shard.model()?.t_ref);
        let factor = |first: usize| -> f64 {
            let months = shares.iter().enumerate();
            months
                .map(|(m, share)| share * factors.get(first + m) as f64)
                .sum()
        };
        let nats = |first| match factor(first) {
            0.0 => f64::NAN,
            thousandths => libm::log(thousandths / 1000.0),
        };
        Ok(Season {
            category: shard.column(Section::Category)?,
            nats: (0..factors.len()).step_by(MONTHS).map(nats).collect(),
        })
    }

    /// Of the good in `row`.
    pub(super) fn nats(&self, row: usize) -> f64 {
        let category = self.category.row(row);
        self.nats.get(category).copied().unwrap_or(f64::NAN)
    }
}
