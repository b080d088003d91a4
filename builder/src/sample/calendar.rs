//! The sample's time: a window that ends on a fixed day, the seasons in it,
//! and the hours at which shops order.
//!
//! Demand in a season is a floor plus Gaussian bumps around the days on which
//! shops stock up, some weeks before their customers come; about 1 over a year:
//!
//! ```text
//!   9.2 ┤          ╭╮                mid-autumn, feast - 22 days, σ 12 days
//!   0.2 ┼──────────╯╰──────────────
//!        Jul       Sep       Nov
//! ```

use super::random::Dice;

/// Seconds of a day.
pub(super) const DAY: i64 = 86_400;

/// The end of every sample: 2026-06-30T00:00:00Z, in seconds since 1970.
pub const SAMPLE_END: i64 = day_number(2026, 6, 30) * DAY;

/// When shops buy more of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    /// At no time more than at another.
    Even,
    /// Before the mid-autumn and the spring festival.
    Gift,
    /// Before the mid-autumn festival.
    MidAutumn,
    /// Before the spring festival.
    SpringFestival,
    /// From May to August.
    Summer,
    /// From October to January.
    Winter,
    /// Before either term begins.
    School,
    /// Before the sales of 11 November and 18 June.
    DoubleEleven,
}

const SEASONS: [Season; 8] = [
    Season::Even,
    Season::Gift,
    Season::MidAutumn,
    Season::SpringFestival,
    Season::Summer,
    Season::Winter,
    Season::School,
    Season::DoubleEleven,
];

/// Days from 1970-01-01 to a date of the Gregorian calendar (Hinnant,
/// "chrono-compatible low-level date algorithms").
const fn day_number(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The first days of the lunar years.
const SPRING_FESTIVALS: [i64; 6] = [
    day_number(2021, 2, 12),
    day_number(2022, 2, 1),
    day_number(2023, 1, 22),
    day_number(2024, 2, 10),
    day_number(2025, 1, 29),
    day_number(2026, 2, 17),
];

/// The days of the mid-autumn festival.
const MID_AUTUMNS: [i64; 6] = [
    day_number(2021, 9, 21),
    day_number(2022, 9, 10),
    day_number(2023, 9, 29),
    day_number(2024, 9, 17),
    day_number(2025, 10, 6),
    day_number(2026, 9, 25),
];

/// Days around a spring festival on which hardly anything is ordered.
const CLOSED: std::ops::RangeInclusive<i64> = -3..=6;

/// More demand around a day: its height over 1 and its width σ in days.
struct Bump {
    day: i64,
    width: f64,
    height: f64,
}

fn bumps(season: Season) -> Vec<Bump> {
    let yearly = |month, day, width, height| {
        let of = move |year| Bump {
            day: day_number(year, month, day),
            width,
            height,
        };
        (2020..=2026).map(of)
    };
    let before = |feasts: [i64; 6], lead, width, height| {
        feasts
            .map(|day| Bump {
                day: day - lead,
                width,
                height,
            })
            .into_iter()
    };
    match season {
        Season::Even => Vec::new(),
        Season::Gift => before(MID_AUTUMNS, 24, 13.0, 2.0)
            .chain(before(SPRING_FESTIVALS, 26, 14.0, 2.4))
            .collect(),
        Season::MidAutumn => before(MID_AUTUMNS, 22, 12.0, 9.0).collect(),
        Season::SpringFestival => before(SPRING_FESTIVALS, 26, 14.0, 6.0).collect(),
        Season::Summer => yearly(6, 15, 36.0, 1.8).collect(),
        Season::Winter => yearly(11, 20, 36.0, 1.8).collect(),
        Season::School => yearly(8, 18, 14.0, 2.6)
            .chain(yearly(2, 20, 12.0, 1.6))
            .collect(),
        Season::DoubleEleven => yearly(10, 30, 12.0, 2.4)
            .chain(yearly(6, 6, 9.0, 1.4))
            .collect(),
    }
}

/// Demand far from any bump.
fn floor(season: Season) -> f64 {
    match season {
        Season::Even => 1.0,
        Season::Gift | Season::Summer | Season::Winter => 0.55,
        Season::MidAutumn => 0.2,
        Season::SpringFestival => 0.4,
        Season::School => 0.6,
        Season::DoubleEleven => 0.7,
    }
}

/// The window of a sample and the demand of each season in it.
pub(super) struct Calendar {
    /// The first second.
    pub start: i64,
    /// Of each season, the demand summed up to the end of each day.
    sums: Vec<Vec<f64>>,
    peaks: Vec<f64>,
}

impl Calendar {
    /// A window of this many months of 365/12 days before [`SAMPLE_END`].
    pub fn new(months: u32) -> Calendar {
        let days = i64::from(months) * 365 / 12;
        let first = SAMPLE_END / DAY - days;
        let demand = SEASONS.map(|season| demand(season, first, days));
        let peak = |days: &Vec<f64>| days.iter().copied().fold(0.0, f64::max);
        let peaks = demand.iter().map(peak).collect();
        let sums = demand.into_iter().map(summed).collect();
        Calendar {
            start: first * DAY,
            sums,
            peaks,
        }
    }

    /// Seconds of the window.
    pub fn length(&self) -> i64 {
        SAMPLE_END - self.start
    }

    /// How many times the usual is bought on a day of the window.
    pub fn demand(&self, season: Season, at: i64) -> f64 {
        let day = self.day(at);
        self.sum(season, day + 1) - self.sum(season, day)
    }

    /// The most that [`Calendar::demand`] is in the window.
    pub fn peak(&self, season: Season) -> f64 {
        self.peaks[season as usize]
    }

    /// The usual days in the time between two days of the window: more in the
    /// season, fewer out of it.
    pub fn usual_days(&self, season: Season, from: i64, to: i64) -> f64 {
        self.sum(season, self.day(to)) - self.sum(season, self.day(from))
    }

    /// The day that is so many usual days later; [`SAMPLE_END`] if that is
    /// beyond the window.
    pub fn after(&self, season: Season, at: i64, usual_days: f64) -> i64 {
        let sum = self.sum(season, self.day(at)) + usual_days;
        let days = &self.sums[season as usize];
        let day = days.partition_point(|&s| s < sum);
        self.start + day as i64 * DAY
    }

    fn day(&self, at: i64) -> usize {
        ((at - self.start) / DAY).max(0) as usize
    }

    /// The demand of the first so many days.
    fn sum(&self, season: Season, days: usize) -> f64 {
        let sums = &self.sums[season as usize];
        let last = days.min(sums.len());
        if last == 0 { 0.0 } else { sums[last - 1] }
    }
}

fn demand(season: Season, first: i64, days: i64) -> Vec<f64> {
    let bumps = bumps(season);
    let of_bump = |day: i64, bump: &Bump| {
        let z = (day - bump.day) as f64 / bump.width;
        bump.height * libm::exp(-0.5 * z * z)
    };
    let above = |day| bumps.iter().map(|b| of_bump(day, b)).sum::<f64>();
    (first..first + days)
        .map(|day| floor(season) + above(day))
        .collect()
}

fn summed(mut days: Vec<f64>) -> Vec<f64> {
    let mut sum = 0.0;
    for day in &mut days {
        sum += *day;
        *day = sum;
    }
    days
}

/// A moment near `at` at which shops order: 8 to 22 o'clock in China, most in
/// the afternoon, fewer on Sundays, hardly any around a spring festival.
pub(super) fn working_hour(dice: &mut Dice, at: i64) -> i64 {
    let mut day = at.div_euclid(DAY);
    if (day + 4) % 7 == 0 && dice.chance(0.4) {
        day += 1;
    }
    let closed = SPRING_FESTIVALS
        .iter()
        .find(|&&feast| CLOSED.contains(&(day - feast)));
    if let Some(feast) = closed
        && dice.chance(0.85)
    {
        day = feast + CLOSED.end() + 1 + dice.below(8) as i64;
    }
    let hours = 7.0 * (dice.unit() + dice.unit());
    day * DAY + (hours * 3_600.0) as i64
}

#[cfg(test)]
mod tests {
    use super::super::random::Stream;
    use super::*;

    #[test]
    fn the_end_is_the_30th_of_june_2026() {
        assert_eq!(SAMPLE_END, 1_782_777_600);
        assert_eq!(day_number(1970, 1, 1), 0);
        assert_eq!(day_number(2000, 2, 29), 11_016);
    }

    #[test]
    fn two_years_have_730_days() {
        let calendar = Calendar::new(24);
        assert_eq!(calendar.length(), 730 * DAY);
        assert_eq!(Calendar::new(1).length(), 30 * DAY);
    }

    #[test]
    fn mooncakes_sell_before_mid_autumn_and_not_after() {
        let calendar = Calendar::new(24);
        let at = |month, day| {
            calendar.demand(Season::MidAutumn, day_number(2025, month, day) * DAY)
        };
        assert!(at(9, 14) > 9.0);
        assert!(at(10, 25) < 0.3 && at(5, 1) < 0.3);
        assert!((9.1..9.3).contains(&calendar.peak(Season::MidAutumn)));
        assert!((calendar.peak(Season::Even) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn every_season_is_felt_and_about_1_over_a_year() {
        let calendar = Calendar::new(24);
        for (i, season) in SEASONS.into_iter().enumerate() {
            assert_eq!(season as usize, i);
            let usual = calendar.usual_days(season, calendar.start, SAMPLE_END) / 730.0;
            assert!((0.85..1.15).contains(&usual), "{season:?}: {usual}");
            assert!(season == Season::Even || calendar.peak(season) > 2.0);
        }
    }

    #[test]
    fn usual_days_pass_faster_in_the_season() {
        let calendar = Calendar::new(24);
        let start = day_number(2025, 9, 10) * DAY;
        let days = |season| (calendar.after(season, start, 30.0) - start) / DAY;
        assert_eq!(days(Season::Even), 29);
        assert!(days(Season::MidAutumn) < 8);
        assert!(days(Season::SpringFestival) > 60);
        let beyond = calendar.after(Season::Even, SAMPLE_END - DAY, 5.0);
        assert_eq!(beyond, SAMPLE_END);
        let passed = calendar.usual_days(Season::Even, start, start + 30 * DAY);
        assert!((passed - 30.0).abs() < 1e-9);
    }

    #[test]
    fn orders_come_in_working_hours_and_seldom_at_the_festival() {
        let mut dice = Dice::new(1, Stream::Events);
        let feast = day_number(2025, 1, 29) * DAY;
        let moments: Vec<i64> =
            (0..500).map(|_| working_hour(&mut dice, feast)).collect();
        assert!(moments.iter().all(|at| at.rem_euclid(DAY) < 14 * 3_600));
        let during = moments.iter().filter(|&&at| at < feast + 7 * DAY).count();
        assert!((25..150).contains(&during), "{during}");
    }
}
