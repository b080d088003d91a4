//! Seasons: twelve factors of a category, and which of them are coming.

use crate::events::DAY;

/// Days that a season looks ahead.
pub const AHEAD: i64 = 30;
/// Months of a year.
pub const MONTHS: usize = 12;

/// The month, 0 to 11, of a day from 1970 UTC to the year 9999, in the Gregorian calendar (Hinnant,
/// "chrono-compatible low-level date algorithms").
pub fn month_of(day: i64) -> usize {
    // Of 32 bits, whose divisions are the smaller code in WebAssembly.
    let of_era = (day + 719_468) as u32 % 146_097;
    let leap = of_era / 1_460 - of_era / 36_524 + of_era / 146_096;
    let year = (of_era - leap) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    // Counted from March, so that the leap day is a year's last.
    ((5 * of_year + 2) / 153 + 2) as usize % MONTHS
}

/// The share that each month has of the thirty days after a time.
pub fn coming(at: i64) -> [f64; MONTHS] {
    let mut shares = [0.0; MONTHS];
    for day in 1..=AHEAD {
        shares[month_of(at / DAY + day)] += 1.0 / AHEAD as f64;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn thirty_days_are_of_the_months_that_they_fall_in() {
        // 2026-06-30: the days from 1 to 30 July.
        let july = coming(1_782_777_600);
        assert!((july[6] - 1.0).abs() < 1e-9, "{july:?}");
        // 2024-02-10: nineteen of February, which has 29, and eleven of March.
        let spring = coming(1_707_523_200).map(|share| (share * 30.0).round());
        assert_eq!(spring[..4], [0.0, 19.0, 11.0, 0.0]);
    }

    proptest! {
        #[test]
        fn months_are_those_of_the_calendar(day in 0i64..2_932_896) {
            let date = time::Date::from_julian_day(2_440_588 + day as i32).unwrap();
            prop_assert_eq!(month_of(day), u8::from(date.month()) as usize - 1);
        }
    }
}
