//! Goods: words, price, terms of trade, and the traits that shops see in them.

use super::calendar::{Calendar, DAY, SAMPLE_END};
use super::random::{Dice, Stream, Wheel};
use super::supply::Supplier;
use super::traits::{STYLES, Traits, YEAR};
use super::vocabulary::{Category, Word};
use std::collections::BTreeSet;

/// Quantities that least orders are rounded up to, in units.
const LOTS: [u32; 18] = [
    1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 40, 50, 60, 100, 200,
];

/// A good.
pub(super) struct Good {
    /// Its category's index.
    pub category: usize,
    /// Its supplier's index.
    pub supplier: usize,
    /// Its make, noun and spec.
    pub words: [Word; 3],
    /// Its pack, if it tells one.
    pub pack: Option<Word>,
    /// Its place among its supplier's goods.
    pub number: u32,
    /// Minor units for a piece.
    pub price: i64,
    /// The least quantity of an order.
    pub moq: u32,
    /// Days from order to delivery.
    pub lead_days: u32,
    /// Units in stock.
    pub stock: u32,
    /// The shares of returns, good reviews and complete deliveries, 0 to 1.
    pub rates: [f64; 3],
    /// How many units the rates are counted over.
    pub sold: u32,
    /// What shops see in it.
    pub traits: Traits,
}

impl Good {
    /// The title in Chinese.
    pub fn title_zh(&self) -> String {
        let [make, noun, spec] = self.words.map(|w| w.zh);
        let pack = self.pack.map_or(String::new(), |p| format!(" {}", p.zh));
        format!("{make}{noun} {spec}{pack}")
    }

    /// The title in English.
    pub fn title_en(&self) -> String {
        let [make, noun, spec] = self.words.map(|w| w.en);
        let pack = self.pack.map_or(String::new(), |p| format!(" {}", p.en));
        let title = format!("{make} {noun} {spec}{pack}");
        let mut letters = title.chars();
        let first = letters.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(letters).collect()
    }
}

/// What each word of each category means: a style for each make, noun, pack.
struct Meanings(Vec<[Vec<[f64; STYLES]>; 3]>);

impl Meanings {
    fn new(seed: u64, categories: &[Category]) -> Meanings {
        let mut dice = Dice::new(seed, Stream::Meaning);
        let mut slot =
            |words: &Vec<Word>| words.iter().map(|_| style(&mut dice)).collect();
        let of = |c: &Category| [0, 1, 3].map(|i| slot(&c.slots[i]));
        Meanings(categories.iter().map(of).collect())
    }
}

fn style(dice: &mut Dice) -> [f64; STYLES] {
    [(); STYLES].map(|()| dice.normal())
}

/// Makes goods one after the other.
struct Maker<'a> {
    dice: Dice,
    calendar: &'a Calendar,
    categories: &'a [Category],
    suppliers: &'a [Supplier],
    meanings: Meanings,
    wheel: Wheel,
    seen: BTreeSet<(usize, usize, [usize; 4])>,
    numbers: Vec<u32>,
}

/// This many goods of the suppliers.
pub(super) fn goods(
    seed: u64,
    count: u32,
    calendar: &Calendar,
    categories: &[Category],
    suppliers: &[Supplier],
) -> Vec<Good> {
    let mut maker = Maker {
        dice: Dice::new(seed, Stream::Goods),
        calendar,
        categories,
        suppliers,
        meanings: Meanings::new(seed, categories),
        wheel: Wheel::new(suppliers.iter().map(|s| s.weight)),
        seen: BTreeSet::new(),
        numbers: vec![0; suppliers.len()],
    };
    (0..count).map(|_| maker.good()).collect()
}

impl Maker<'_> {
    fn good(&mut self) -> Good {
        let supplier = self.wheel.spin(&mut self.dice);
        let category = self.category(supplier);
        let picks = self.picks(supplier, category);
        let slots = &self.categories[category].slots;
        let words = [0, 1, 2].map(|i| slots[i][picks[i]]);
        let pack = slots[3].get(picks[3]).copied();
        self.numbers[supplier] += 1;
        let traits = self.traits(supplier, category, &words, &picks);
        let price = self.price(category, &words, pack, traits.premium);
        self.terms(Good {
            category,
            supplier,
            words,
            pack,
            number: self.numbers[supplier],
            price,
            moq: 1,
            lead_days: 1,
            stock: 0,
            rates: [0.0; 3],
            sold: 0,
            traits,
        })
    }

    fn category(&mut self, supplier: usize) -> usize {
        let own = &self.suppliers[supplier].categories;
        let main = self.dice.chance(0.55);
        if main {
            own[0]
        } else {
            own[self.dice.below(own.len())]
        }
    }

    /// A word of each slot, the pack left out of one in eight (one past the
    /// end); a supplier has no two goods with the same words, unless it runs
    /// out of them.
    fn picks(&mut self, supplier: usize, category: usize) -> [usize; 4] {
        let mut picks = [0; 4];
        for _ in 0..12 {
            let slots = &self.categories[category].slots;
            picks = [0, 1, 2, 3].map(|i| self.dice.below(slots[i].len()));
            if self.dice.chance(0.125) {
                picks[3] = slots[3].len();
            }
            if self.seen.insert((supplier, category, picks)) {
                break;
            }
        }
        picks
    }

    fn traits(
        &mut self,
        supplier: usize,
        category: usize,
        words: &[Word; 3],
        picks: &[usize; 4],
    ) -> Traits {
        let by = &self.suppliers[supplier];
        let spread = self.categories[category].leaf.spread;
        let kind = libm::log(words[0].scale * words[1].scale);
        Traits {
            region: by.region,
            premium: kind + by.price_level + 0.7 * spread * self.dice.normal(),
            style: self.style(category, picks),
            appeal: self.appeal(by.quality),
            born: self.born(),
            trend: self.trend(),
        }
    }

    fn style(&mut self, category: usize, picks: &[usize; 4]) -> [f64; STYLES] {
        let [makes, nouns, packs] = &self.meanings.0[category];
        let none = [0.0; STYLES];
        let pack = packs.get(picks[3]).unwrap_or(&none);
        let (make, noun) = (&makes[picks[0]], &nouns[picks[1]]);
        let own = style(&mut self.dice);
        let mix = |i| 0.65 * make[i] + 0.5 * noun[i] + 0.35 * pack[i] + 0.45 * own[i];
        [0, 1, 2, 3].map(mix)
    }

    fn appeal(&mut self, quality: f64) -> f64 {
        let tail = self.dice.exponential() - 1.0;
        0.5 * self.dice.normal() + 0.7 * tail + 0.25 * quality
    }

    /// The beginning of a day; of two goods in three up to three years before
    /// the window.
    fn born(&mut self) -> i64 {
        let days = (self.calendar.length() / DAY) as usize;
        let day = match self.dice.chance(0.65) {
            true => -1 - self.dice.below(3 * 365) as i64,
            false => self.dice.below(days) as i64,
        };
        self.calendar.start + day * DAY
    }

    /// One good in seven heats up, one in seven cools down.
    fn trend(&mut self) -> f64 {
        match self.dice.below(7) {
            0 => self.dice.between(0.7, 1.6),
            1 => -self.dice.between(0.7, 1.6),
            _ => 0.2 * self.dice.normal(),
        }
    }

    fn price(
        &mut self,
        category: usize,
        words: &[Word; 3],
        pack: Option<Word>,
        premium: f64,
    ) -> i64 {
        let size = words[2].scale * pack.map_or(1.0, |p| p.scale);
        let usual = f64::from(self.categories[category].leaf.price);
        price_point(usual * size * libm::exp(premium), self.dice.chance(0.4))
    }

    fn terms(&mut self, good: Good) -> Good {
        let by = &self.suppliers[good.supplier];
        let leaf = self.categories[good.category].leaf;
        let lots = f64::from(leaf.moq) * if by.producer { 1.5 } else { 0.6 };
        let moq = lot(self.dice.lognormal(lots, 0.5));
        let stock = self.dice.lognormal(f64::from(moq) * 60.0, 1.0);
        let lead = self.dice.lognormal(by.lead_days, 0.2);
        let age = (SAMPLE_END - good.traits.born) as f64 / YEAR;
        let sold = 160.0 * libm::exp(0.6 * good.traits.appeal) * age.min(1.5);
        Good {
            moq,
            lead_days: lead.round().clamp(1.0, 60.0) as u32,
            stock: if self.dice.chance(0.03) {
                0
            } else {
                stock as u32
            },
            rates: [
                (leaf.returns * self.dice.lognormal(1.0, 0.4)).min(0.5),
                logistic(2.8 + 0.7 * by.quality + 0.4 * self.dice.normal()),
                logistic(3.2 + 0.7 * by.quality + 0.4 * self.dice.normal()),
            ],
            sold: self.dice.lognormal(sold, 0.7) as u32,
            ..good
        }
    }
}

/// From any number to 0 to 1.
pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + libm::exp(-x))
}

/// The least of [`LOTS`] that is not below a quantity.
fn lot(quantity: f64) -> u32 {
    let fits = LOTS.iter().find(|&&lot| f64::from(lot) >= quantity);
    fits.copied().unwrap_or(LOTS[LOTS.len() - 1])
}

/// A price as people write them: steps of 0.1, 0.5 or 1 yuan by its size, and
/// `charm` takes 0.1 off; at least 0.5 yuan.
fn price_point(price: f64, charm: bool) -> i64 {
    let step = match price {
        ..1_000.0 => 10.0,
        ..10_000.0 => 50.0,
        _ => 100.0,
    };
    let rounded = ((price / step).round() * step) as i64;
    (rounded - if charm { 10 } else { 0 }).max(50)
}

#[cfg(test)]
mod tests {
    use super::super::supply::suppliers;
    use super::super::vocabulary::categories;
    use super::*;

    fn some(count: u32) -> (Vec<Category>, Vec<Good>) {
        let categories = categories();
        let suppliers = suppliers(1, count, &categories);
        let goods = goods(1, count, &Calendar::new(24), &categories, &suppliers);
        (categories, goods)
    }

    #[test]
    fn prices_are_written_as_people_write_them() {
        assert_eq!(price_point(996.0, false), 1_000);
        assert_eq!(price_point(1_234.0, false), 1_250);
        assert_eq!(price_point(1_234.0, true), 1_240);
        assert_eq!(price_point(12_345.0, true), 12_290);
        assert_eq!(price_point(3.0, true), 50);
    }

    #[test]
    fn least_orders_are_lots() {
        assert_eq!([0.3, 1.0, 12.5, 999.0].map(lot), [1, 1, 16, 200]);
    }

    #[test]
    fn titles_tell_make_noun_spec_and_pack() {
        let (categories, mut goods) = some(1);
        let mut good = goods.remove(0);
        let tea = &categories[0].slots;
        good.words = [tea[0][0], tea[1][0], tea[2][3]];
        good.pack = Some(tea[3][0]);
        assert_eq!(good.title_zh(), "特级武夷山大红袍 250g 罐装");
        assert_eq!(
            good.title_en(),
            "Premium Wuyi Da Hong Pao oolong tea 250 g tin"
        );
        good.pack = None;
        assert_eq!(good.title_zh(), "特级武夷山大红袍 250g");
    }

    #[test]
    fn styles_are_about_standard_normal() {
        let (_, goods) = some(4_000);
        let squares = goods.iter().map(|g| g.traits.style[0] * g.traits.style[0]);
        let variance = squares.sum::<f64>() / 4_000.0;
        assert!((0.8..1.25).contains(&variance), "{variance}");
    }
}
