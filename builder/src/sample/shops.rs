//! Shops and their hidden tastes, and the true affinity of a shop for a good.
//!
//! A shop's affinity is the logarithm of how strongly it is drawn to a good,
//! up to a constant of the shop:
//!
//! ```text
//!   ln(share of the category / goods in it)     what it sells
//!   - (premium - price level)² / (2 · 0.45²)    how dear it sells
//!   + 0.6 same province, 0.25 same zone         where its goods come from
//!   + 0.5 · style of the shop · style of the good
//!   + appeal of the good                        what everyone likes
//!   + heat of the good at the end               what is on its way up
//! ```
//!
//! Categories in which the shop does not deal have no affinity. The last two
//! are the same for every shop: a ranking by popularity knows no more.

use super::calendar::{Calendar, DAY};
use super::places::{CITIES, PROVINCES, province};
use super::random::{Dice, Stream, Wheel};
use super::traits::{Offer, STYLES, Traits};
use super::vocabulary::{Category, SHELVES};

/// How far from a shop's price level a good may be, σ of the logarithm.
const PRICE_WIDTH: f64 = 0.45;

/// The weight of a style in each of its dimensions.
const STYLE_WEIGHT: f64 = 0.5;

/// The weights of the same province and of the same zone.
const NEAR: [f64; 2] = [0.6, 0.25];

/// σ of the logarithm of how many goods shops have.
const SIZE_SPREAD: f64 = 1.0;

/// A shop.
pub(super) struct Shop {
    /// Its city's index.
    pub city: usize,
    /// Its province's index.
    pub region: usize,
    /// Degrees north and east.
    pub place: [f64; 2],
    /// Whether its profile may be published.
    pub public: bool,
    /// The top category that it deals in most.
    pub shelf: usize,
    /// How many goods it wants.
    pub size: f64,
    /// When it began to order, seconds since 1970.
    pub start: i64,
    /// What it looks for.
    pub taste: Taste,
}

/// The hidden tastes of a shop.
pub(super) struct Taste {
    /// Category indices with their shares, which sum to 1; largest first.
    pub shares: Vec<(usize, f64)>,
    /// The logarithm of its prices over the usual.
    pub price_level: f64,
    /// What it looks for in goods, each standard normal.
    pub style: [f64; STYLES],
    region: usize,
}

impl Taste {
    /// The part of the affinity that is neither the category's nor the time's.
    pub fn liking(&self, good: &Traits) -> f64 {
        let off = (good.premium - self.price_level) / PRICE_WIDTH;
        let pairs = self.style.iter().zip(&good.style);
        let style: f64 = pairs.map(|(a, b)| a * b).sum();
        STYLE_WEIGHT * style - 0.5 * off * off
            + near(self.region, good.region)
            + good.appeal
    }
}

fn near(a: usize, b: usize) -> f64 {
    if a == b {
        NEAR[0]
    } else if PROVINCES[a].zone == PROVINCES[b].zone {
        NEAR[1]
    } else {
        0.0
    }
}

impl Shop {
    /// Its name: made of city, trade and number.
    pub fn name(&self, number: usize) -> String {
        format!(
            "{}{}{:04}",
            CITIES[self.city].zh,
            SHELVES[self.shelf].shop,
            number + 1
        )
    }
}

/// What shops are drawn from.
struct Town<'a> {
    dice: Dice,
    calendar: &'a Calendar,
    categories: &'a [Category],
    cities: Wheel,
    shelves: Wheel,
    demand: Vec<f64>,
    median: f64,
}

/// This many shops with this many goods on average; they deal in categories
/// that have `offers`.
pub(super) fn shops(
    seed: u64,
    count: u32,
    mean_goods: f64,
    calendar: &Calendar,
    categories: &[Category],
    offers: &[Vec<Offer>],
) -> Vec<Shop> {
    let mut dice = Dice::new(seed, Stream::Shops);
    let demand = demand(&mut dice, offers);
    let shelves = shelves(&mut dice, categories, &demand);
    let mut town = Town {
        calendar,
        categories,
        cities: Wheel::new(CITIES.iter().map(|c| c.weight)),
        shelves: Wheel::new(shelves),
        demand,
        median: mean_goods * libm::exp(-0.5 * SIZE_SPREAD * SIZE_SPREAD),
        dice,
    };
    (0..count).map(|_| town.shop()).collect()
}

/// How many shops deal in a category, relative to the others.
fn demand(dice: &mut Dice, offers: &[Vec<Offer>]) -> Vec<f64> {
    let mut of = |offers: &Vec<Offer>| {
        let weight = dice.lognormal(1.0, 0.7);
        if offers.is_empty() { 0.0 } else { weight }
    };
    offers.iter().map(&mut of).collect()
}

/// How many shops deal mainly in a shelf, relative to the others.
fn shelves(dice: &mut Dice, categories: &[Category], demand: &[f64]) -> Vec<f64> {
    let mut of = |shelf| {
        let weight = dice.lognormal(1.0, 0.4);
        let own = |(c, d): (&Category, &f64)| c.shelf == shelf && *d > 0.0;
        let stocked = categories.iter().zip(demand).any(own);
        if stocked { weight } else { 0.0 }
    };
    (0..SHELVES.len()).map(&mut of).collect()
}

impl Town<'_> {
    fn shop(&mut self) -> Shop {
        let city = self.cities.spin(&mut self.dice);
        let region = province(CITIES[city].province).unwrap_or(0);
        let size = self.dice.lognormal(self.median, SIZE_SPREAD).max(1.0);
        let mut near = |degrees: f64| degrees + 0.04 * self.dice.normal();
        let place = [near(CITIES[city].latitude), near(CITIES[city].longitude)];
        let shares = self.shares(size);
        Shop {
            city,
            region,
            place,
            public: self.dice.chance(0.1),
            shelf: shares.first().map_or(0, |&(c, _)| self.categories[c].shelf),
            size,
            start: self.start(),
            taste: Taste {
                shares,
                price_level: 0.1 + 0.4 * self.dice.normal(),
                style: [(); STYLES].map(|()| self.dice.normal()),
                region,
            },
        }
    }

    /// The beginning of a day; four shops in five are there from the first.
    fn start(&mut self) -> i64 {
        let days = self.calendar.length() / DAY * 4 / 5;
        let late = self.dice.chance(0.2);
        let day = if late {
            self.dice.below(days as usize)
        } else {
            0
        };
        self.calendar.start + day as i64 * DAY
    }

    /// Mostly of one or two shelves; more categories for a larger shop.
    fn shares(&mut self, size: f64) -> Vec<(usize, f64)> {
        let many = self
            .dice
            .lognormal(1.3 * size.sqrt(), 0.3)
            .round()
            .clamp(2.0, 32.0);
        let shelves = [(); 3].map(|()| self.shelves.spin(&mut self.dice));
        let mut shares: Vec<(usize, f64)> = Vec::new();
        for _ in 0..many as usize {
            let category = self.category(shelves);
            let weight = libm::pow(self.dice.exponential(), 1.3) + 0.05;
            match shares.iter_mut().find(|(c, _)| *c == category) {
                Some((_, share)) => *share += weight,
                None => shares.push((category, weight)),
            }
        }
        normalised(shares)
    }

    fn category(&mut self, shelves: [usize; 3]) -> usize {
        let shelf = match self.dice.unit() {
            ..0.5 => Some(shelves[0]),
            ..0.75 => Some(shelves[1]),
            ..0.87 => Some(shelves[2]),
            _ => None,
        };
        let on = |i: usize| shelf.is_none_or(|s| self.categories[i].shelf == s);
        let weights = self.demand.iter().enumerate();
        let weights = weights.map(|(i, w)| if on(i) { *w } else { 0.0 });
        Wheel::new(weights).spin(&mut self.dice)
    }
}

fn normalised(mut shares: Vec<(usize, f64)>) -> Vec<(usize, f64)> {
    let sum: f64 = shares.iter().map(|(_, share)| share).sum();
    shares.iter_mut().for_each(|(_, share)| *share /= sum);
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shares
}

#[cfg(test)]
mod tests {
    use super::super::goods::goods;
    use super::super::supply::suppliers;
    use super::super::traits::offers;
    use super::super::vocabulary::categories;
    use super::*;

    fn some(count: u32) -> Vec<Shop> {
        let (calendar, categories) = (Calendar::new(24), categories());
        let suppliers = suppliers(1, 4_000, &categories);
        let goods = goods(1, 4_000, &calendar, &categories, &suppliers);
        let offers = offers(&goods, categories.len(), &calendar);
        shops(1, count, 60.0, &calendar, &categories, &offers)
    }

    #[test]
    fn shops_deal_in_what_there_is() {
        let (calendar, categories) = (Calendar::new(24), categories());
        let suppliers = suppliers(1, 30, &categories);
        let goods = goods(1, 30, &calendar, &categories, &suppliers);
        let offers = offers(&goods, categories.len(), &calendar);
        let all = shops(1, 50, 5.0, &calendar, &categories, &offers);
        let mut shares = all.iter().flat_map(|shop| &shop.taste.shares);
        assert!(shares.all(|&(category, _)| !offers[category].is_empty()));
    }

    #[test]
    fn sizes_have_a_heavy_tail_around_their_mean() {
        let mut sizes: Vec<f64> = some(4_000).iter().map(|s| s.size).collect();
        let mean = sizes.iter().sum::<f64>() / 4_000.0;
        assert!((54.0..66.0).contains(&mean), "{mean}");
        sizes.sort_by(f64::total_cmp);
        assert!(sizes[400] < 15.0 && sizes[3_960] > 300.0);
    }

    #[test]
    fn shares_sum_to_one_and_one_shelf_leads() {
        let categories = categories();
        let all = some(500);
        for shop in &all {
            let sum: f64 = shop.taste.shares.iter().map(|s| s.1).sum();
            assert!((sum - 1.0).abs() < 1e-9);
        }
        let on_shelf = |shop: &Shop| {
            let own = |s: &&(usize, f64)| categories[s.0].shelf == shop.shelf;
            shop.taste
                .shares
                .iter()
                .filter(own)
                .map(|s| s.1)
                .sum::<f64>()
        };
        let mean = all.iter().map(on_shelf).sum::<f64>() / 500.0;
        assert!(mean > 0.45, "{mean}");
    }

    #[test]
    fn a_shop_likes_goods_of_its_price_place_and_style() {
        let taste = Taste {
            shares: vec![(0, 1.0)],
            price_level: 0.2,
            style: [1.0, 0.0, 0.0, 0.0],
            region: 0,
        };
        let good = Traits {
            region: 0,
            premium: 0.2,
            style: [1.0, 5.0, 0.0, 0.0],
            appeal: 0.0,
            born: 0,
            trend: 0.0,
        };
        assert!((taste.liking(&good) - 1.1).abs() < 1e-12);
        let dear = Traits {
            premium: 0.65,
            ..good.clone()
        };
        assert!((taste.liking(&dear) - 0.6).abs() < 1e-12);
        let zone = Traits {
            region: 1,
            ..good.clone()
        };
        assert!((taste.liking(&zone) - 0.75).abs() < 1e-12);
        let far = Traits {
            region: 30,
            style: [-1.0; STYLES],
            ..good
        };
        assert!((taste.liking(&far) + 0.5).abs() < 1e-12);
    }
}
