//! Price fit: how usual a good's price is for this shop in this category.
//!
//! A shop has a price level: how far, in ln price, its goods lie from the mean
//! of their categories. For category c with n of the shop's weight in it,
//!
//! ```text
//! expected_c = mean_c + (n · level_c + 1 · level) / (n + 1)
//! price_fit  = ½ - ½ · min(z², 9),   z = (ln price - expected_c) / sd
//! ```
//!
//! level_c is the shop's mean distance within c, level the one over all its
//! goods, which stands in with the weight of one good; sd is the model's
//! spread of ln price within a category. Under z ~ N(0, 1) the mean is 0, so a
//! good of unknown price, whose term is 0, is neither helped nor harmed. The
//! composite is ours. Range -4 to ½ nats.

use super::MICRO;
use crate::SEVERAL;
use crate::error::Result;
use crate::profile::{Priced, Profile};
use crate::shard::{Bytes, Section, Shard, Uints, f64s};

/// ln price of every good and the mean of every category; of a shard alone.
#[derive(Default)]
pub(crate) struct PriceLevels {
    /// NaN where the price is unknown.
    ln_price: Vec<f64>,
    /// By category row; NaN where no good has a price.
    mean: Vec<f64>,
}

impl PriceLevels {
    pub(crate) fn new<B: Bytes>(shard: &Shard<B>) -> Result<PriceLevels> {
        let price = shard.column(Section::Price)?;
        let category = shard.column(Section::Category)?;
        let ln_price: Vec<f64> = price.iter().map(ln_price).collect();
        let mut mean = Mean::new(shard.categories()?.len());
        if SEVERAL && shard.has(Section::CategoryPrices) {
            // Of all shards: those of this one alone would be other means.
            let mean = f64s(shard.checked(Section::CategoryPrices)?).collect();
            return Ok(PriceLevels { ln_price, mean });
        }
        for (row, &ln) in ln_price.iter().enumerate().filter(|(_, ln)| !ln.is_nan()) {
            mean.add(category.row(row), 1.0, ln);
        }
        let mean = mean.finish();
        Ok(PriceLevels { ln_price, mean })
    }

    /// Where a shop's prices lie: its goods' in the order of the profile, then those
    /// of what the shard does not know.
    pub(crate) fn priced(
        &self,
        category: &Uints<'_>,
        profile: &Profile,
    ) -> impl Iterator<Item = Priced> {
        let priced = |category: usize, weight: f32, ln_price: f64| Priced {
            category: category as u32,
            weight: weight.into(),
            distance: self.distance(category, ln_price),
        };
        let known = profile.weights().iter().map(move |&(row, weight)| {
            let row = row as usize;
            priced(category.row(row), weight, self.ln_price[row])
        });
        let unknown = profile
            .prices
            .iter()
            .map(move |p| priced(p.category as usize, p.weight, ln_price(p.price)));
        known.chain(unknown)
    }

    /// How far a price lies from its category's mean, NaN when unknown.
    fn distance(&self, category: usize, ln_price: f64) -> f64 {
        self.mean
            .get(category)
            .map_or(f64::NAN, |mean| ln_price - mean)
    }
}

fn ln_price(minor: u64) -> f64 {
    if minor == 0 {
        f64::NAN
    } else {
        libm::log(minor as f64)
    }
}

/// Weighted means by group, added in a fixed order.
struct Mean {
    sum: Vec<f64>,
    weight: Vec<f64>,
}

impl Mean {
    fn new(groups: usize) -> Mean {
        Mean {
            sum: vec![0.0; groups],
            weight: vec![0.0; groups],
        }
    }

    fn add(&mut self, group: usize, weight: f64, value: f64) {
        self.sum[group] += weight * value;
        self.weight[group] += weight;
    }

    /// Means; NaN where nothing was added.
    fn finish(self) -> Vec<f64> {
        self.sum
            .iter()
            .zip(&self.weight)
            .map(|(sum, weight)| sum / weight)
            .collect()
    }
}

/// Price fit of every good for one shop.
pub(crate) struct PriceFit<'a> {
    levels: &'a PriceLevels,
    category: Uints<'a>,
    /// Expected ln price by category row; empty for a shop without prices.
    expected: Vec<f64>,
    sd: f64,
    weight: f64,
}

impl<'a> PriceFit<'a> {
    pub(crate) fn new<B: Bytes>(
        shard: &'a Shard<B>,
        levels: &'a PriceLevels,
        sd: f64,
        profile: &Profile,
        weight: f64,
    ) -> Result<PriceFit<'a>> {
        let category = shard.column(Section::Category)?;
        let expected = match &profile.whole {
            Some(whole) if SEVERAL => {
                let there = |told: &Priced| (told.category as usize) < levels.mean.len();
                let priced = whole.priced.iter().copied();
                expected(levels, priced.filter(there))
            }
            _ => expected(levels, levels.priced(&category, profile)),
        };
        Ok(PriceFit {
            levels,
            category,
            expected,
            sd,
            weight,
        })
    }

    /// The term, micro-nats, or `None` when the price is unknown, the good's
    /// or the shop's.
    pub(crate) fn term(&self, row: usize) -> Option<i32> {
        let expected = self.expected.get(self.category.row(row))?;
        let ln_price = self.levels.ln_price.get(row)?;
        bell((ln_price - expected) / self.sd, self.weight * MICRO)
    }

    /// The most that the term can be, micro-nats.
    pub(crate) fn most(&self) -> i64 {
        bell(0.0, self.weight * MICRO).unwrap_or(0).into()
    }
}

/// `most · (½ - ½ · min(z², 9))`, rounded, half-way cases to the even neighbour;
/// `None` where z is NaN.
fn bell(z: f64, most: f64) -> Option<i32> {
    let square = if z * z < 9.0 { z * z } else { 9.0 };
    let height = (most * (0.5 - 0.5 * square)).round_ties_even() as i32;
    (!z.is_nan()).then_some(height)
}

/// Expected ln price by category; empty when no price of the shop is known.
fn expected(levels: &PriceLevels, priced: impl Iterator<Item = Priced>) -> Vec<f64> {
    let mut within = Mean::new(levels.mean.len());
    let mut overall = Mean::new(1);
    for told in priced.filter(|told| !told.distance.is_nan()) {
        within.add(told.category as usize, told.weight, told.distance);
        overall.add(0, told.weight, told.distance);
    }
    let level = overall.finish()[0];
    if level.is_nan() {
        return Vec::new();
    }
    let shrunk =
        |((mean, sum), n): ((&f64, &f64), &f64)| mean + (sum + level) / (n + 1.0);
    levels
        .mean
        .iter()
        .zip(&within.sum)
        .zip(&within.weight)
        .map(shrunk)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::bell;

    #[test]
    fn a_bell_is_highest_at_its_centre_and_flat_far_from_it() {
        assert_eq!(bell(0.0, 1e6), Some(500_000));
        assert_eq!(bell(-1.0, 1e6), Some(0));
        assert_eq!(bell(3.0, 1e6), bell(30.0, 1e6));
        assert_eq!(bell(f64::NAN, 1e6), None);
    }
}
