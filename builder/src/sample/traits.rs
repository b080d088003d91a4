//! What shops see in a good, and the goods of a category side by side.

use super::calendar::{Calendar, DAY, SAMPLE_END};
use super::goods::Good;

/// Dimensions of a style: what makes, nouns and packs of a category mean to a
/// shop, beyond price and place.
pub(super) const STYLES: usize = 4;

/// Seconds of a year.
pub(super) const YEAR: f64 = 365.0 * DAY as f64;

/// What decides whether a shop wants a good.
#[derive(Clone)]
pub(super) struct Traits {
    /// Its supplier's province.
    pub region: usize,
    /// The logarithm of its price over the usual one of its kind and size.
    pub premium: f64,
    /// What its words mean, each about standard normal.
    pub style: [f64; STYLES],
    /// How much every shop likes it, mean 0, with a longer tail above.
    pub appeal: f64,
    /// When it appeared, seconds since 1970.
    pub born: i64,
    /// How much its logarithmic demand rises in a year.
    pub trend: f64,
}

impl Traits {
    /// The logarithm of demand at a time over that in the middle of the window.
    pub fn heat(&self, calendar: &Calendar, at: i64) -> f64 {
        let middle = calendar.start + calendar.length() / 2;
        self.trend * (at - middle) as f64 / YEAR
    }

    /// The logarithm of the demand over the window, 0 if it stays as it is;
    /// lower for a good that appeared in it.
    pub fn reach(&self, calendar: &Calendar) -> f64 {
        let born = self.born.max(calendar.start);
        let share = (SAMPLE_END - born) as f64 / calendar.length() as f64;
        let [first, last] = [born, SAMPLE_END].map(|at| self.heat(calendar, at));
        let rise = last - first;
        let mean = if rise.abs() < 1e-6 {
            1.0
        } else {
            libm::expm1(rise) / rise
        };
        libm::log(share * mean) + first
    }
}

/// What a shop looks through: the goods of a category, side by side.
pub(super) struct Offer {
    /// The good's index.
    pub good: u32,
    /// Its traits.
    pub traits: Traits,
    /// Its [`Traits::reach`].
    pub reach: f64,
    /// Its [`Traits::heat`] at the end of the window.
    pub heat: f64,
}

/// The goods of each category.
pub(super) fn offers(
    goods: &[Good],
    categories: usize,
    calendar: &Calendar,
) -> Vec<Vec<Offer>> {
    let mut offers: Vec<Vec<Offer>> = (0..categories).map(|_| Vec::new()).collect();
    for (i, good) in goods.iter().enumerate() {
        offers[good.category].push(Offer {
            good: i as u32,
            traits: good.traits.clone(),
            reach: good.traits.reach(calendar),
            heat: good.traits.heat(calendar, SAMPLE_END),
        });
    }
    offers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_good_of_the_whole_window_without_trend_has_reach_0() {
        let calendar = Calendar::new(24);
        let (region, premium, style, appeal) = (0, 0.0, [0.0; STYLES], 0.0);
        let mut traits = Traits {
            region,
            premium,
            style,
            appeal,
            born: 0,
            trend: 0.0,
        };
        assert!(traits.reach(&calendar).abs() < 1e-9);
        traits.born = SAMPLE_END - calendar.length() / 4;
        assert!((traits.reach(&calendar) - libm::log(0.25)).abs() < 1e-9);
        let flat = traits.reach(&calendar);
        traits.trend = 1.0;
        assert!(traits.reach(&calendar) > flat + 0.5);
    }

    #[test]
    fn heat_is_0_in_the_middle_of_the_window() {
        let calendar = Calendar::new(24);
        let (region, premium, style, appeal) = (0, 0.0, [0.0; STYLES], 0.0);
        let traits = Traits {
            region,
            premium,
            style,
            appeal,
            born: 0,
            trend: 1.5,
        };
        let middle = calendar.start + calendar.length() / 2;
        assert_eq!(traits.heat(&calendar, middle), 0.0);
        assert!((traits.heat(&calendar, SAMPLE_END) - 1.5).abs() < 1e-12);
    }
}
