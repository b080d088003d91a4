//! What is measured of a user: temperature, clarity, reach.

use std::f64::consts::LN_2;

use crate::events::DAY;
use crate::exp2::exp2;

/// Fixed-point one: sums of integers are the same under any split of the orders.
/// 500,000 orders of the greatest weight stay below 2^63.
pub(super) const ONE: f64 = (1u64 << 32) as f64;

/// Orders after which a user is half as clear as can be.
const HALF_CLEAR: f64 = 3.0;

/// What is left at `t_ref` of a weight that was given at `at`, by Newton's law of
/// cooling; half-life in days. In units of [`ONE`].
pub(super) fn cooled(weight: f64, at: i64, t_ref: i64, half_life: f64) -> i64 {
    let age = (t_ref - at) as f64 / (DAY as f64 * half_life);
    (weight * exp2(-age) * ONE).round_ties_even() as i64
}

/// A sum as a temperature; what was sent back cools to 0 and not below.
pub(super) fn temperature(sum: i64) -> f64 {
    sum.max(0) as f64 / ONE
}

/// ln of how much faster a user buys of late than before: 0 for one who buys
/// evenly, whose temperature is as many half-lives' worth whatever they are.
pub(super) fn trend(fast: i64, slow: i64, half_lives: (f64, f64)) -> f64 {
    if slow <= 0 {
        return 0.0;
    }
    let rate =
        |sum: i64, half_life: f64| libm::log(sum.max(1) as f64 / ONE * LN_2 / half_life);
    rate(fast, half_lives.0) - rate(slow, half_lives.1)
}

/// completeness · (1 - H / ln C) · n / (n + 3), 0 to 1. `known` and `columns` are
/// bits, `counts` the lines by category of the C that the file has, `n` orders.
pub(super) fn clarity(
    known: u8,
    columns: u8,
    counts: impl Iterator<Item = usize> + Clone,
    categories: usize,
    n: u32,
) -> f64 {
    let complete = f64::from((known & columns).count_ones())
        / f64::from(columns.count_ones().max(1));
    let lines = counts.clone().sum::<usize>() as f64;
    let order = if categories < 2 {
        1.0
    } else if lines == 0.0 {
        0.0
    } else {
        let mut entropy = 0.0;
        for count in counts {
            let share = count as f64 / lines;
            entropy -= share * libm::log(share);
        }
        (1.0 - entropy / libm::log(categories as f64)).max(0.0)
    };
    complete * order * f64::from(n) / (f64::from(n) + HALF_CLEAR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn half_is_left_after_a_half_life() {
        assert_eq!(temperature(cooled(2.0, 0, 10 * DAY, 10.0)), 1.0);
        assert_eq!(temperature(cooled(-1.0, 5, 5, 10.0)), 0.0);
    }

    #[test]
    fn who_buys_evenly_neither_heats_nor_cools() {
        let even = |half_life| -> i64 {
            let days = 0..4000i64;
            days.map(|d| cooled(1.0, d * DAY, 4000 * DAY, half_life))
                .sum()
        };
        let trend_of = trend(even(14.0), even(90.0), (14.0, 90.0));
        assert!(trend_of.abs() < 0.03, "{trend_of}");
        let once = |age: i64| {
            let left = |half_life| cooled(1.0, 0, age * DAY, half_life);
            trend(left(14.0), left(90.0), (14.0, 90.0))
        };
        assert!(once(0) > 1.0 && once(365) < -1.0);
        assert_eq!(trend(0, 0, (14.0, 90.0)), 0.0);
    }

    #[test]
    fn who_buys_of_one_kind_is_clear() {
        let clear = |counts: &[usize]| clarity(3, 7, counts.iter().copied(), 4, 3);
        assert_eq!(clear(&[9]), 2.0 / 3.0 * 0.5);
        assert!(clear(&[2, 2, 2, 2]) < 1e-12, "as mixed as can be");
        assert_eq!(clear(&[]), 0.0, "no category is known");
        assert_eq!(clarity(3, 7, [].into_iter(), 1, 3), 2.0 / 3.0 * 0.5);
        assert_eq!(clarity(3, 7, [1].into_iter(), 1, 0), 0.0, "no order");
    }

    proptest! {
        #[test]
        fn clarity_is_a_share(
            known: u8, columns: u8, n: u32, counts in prop::collection::vec(1usize..99, 0..9),
        ) {
            let clarity = clarity(known, columns, counts.iter().copied(), 9, n);
            prop_assert!((0.0..=1.0).contains(&clarity));
        }
    }
}
