//! Suppliers: where they are, what they deal in and how good they are at it.

use super::places::{PROVINCES, province};
use super::random::{Dice, Stream, Wheel};
use super::vocabulary::{Category, SHELVES};

/// Goods for one supplier, on average.
const GOODS_PER_SUPPLIER: u32 = 25;

/// A producer or a dealer.
pub(super) struct Supplier {
    /// Its province, an index of [`PROVINCES`].
    pub region: usize,
    /// Whether it makes what it sells; it is cheaper then, with larger least
    /// quantities and longer lead times.
    pub producer: bool,
    /// The categories it deals in, its main one first, all of one shelf.
    pub categories: Vec<usize>,
    /// How many goods it has, relative to the others.
    pub weight: f64,
    /// How dear it is: the logarithm of its prices over the usual.
    pub price_level: f64,
    /// How well it serves, standard normal.
    pub quality: f64,
    /// Days from order to delivery.
    pub lead_days: f64,
    /// Its brand's number, if it has one.
    pub brand: Option<u32>,
}

impl Supplier {
    /// Its names in Chinese and English, made of place, trade and number; a
    /// producer's trade is its main category, a dealer's the whole shelf.
    pub fn names(&self, categories: &[Category], number: usize) -> [String; 2] {
        let main = &categories[self.categories[0]];
        let (shelf, place) = (SHELVES[main.shelf], &PROVINCES[self.region]);
        let (zh, en, kind_zh, kind_en) = match self.producer {
            true => (main.leaf.zh, main.leaf.en, "生产商", "producer"),
            false => (shelf.zh, shelf.en, "供应商", "supplier"),
        };
        let number = number + 1;
        let name_zh = format!("{}{zh}{kind_zh}{number:04}", place.zh);
        let name_en = format!("{} {en} {kind_en} {number:04}", place.key);
        [name_zh, name_en]
    }
}

/// The suppliers of this many goods; every category has one if there are
/// enough of them.
pub(super) fn suppliers(seed: u64, goods: u32, categories: &[Category]) -> Vec<Supplier> {
    let mut dice = Dice::new(seed, Stream::Supply);
    let order = dice.order(categories.len());
    let shares = Wheel::new(categories.iter().map(|_| dice.lognormal(1.0, 0.5)));
    let count = goods.div_ceil(GOODS_PER_SUPPLIER) as usize;
    let main = |i: usize, dice: &mut Dice| match order.get(i) {
        Some(&category) => category,
        None => shares.spin(dice),
    };
    let one = |i| {
        let main = main(i, &mut dice);
        supplier(&mut dice, categories, main)
    };
    (0..count).map(one).collect()
}

fn supplier(dice: &mut Dice, categories: &[Category], main: usize) -> Supplier {
    let producer = dice.chance(0.55);
    let homes: Vec<&str> = categories[main].leaf.homes.split(' ').collect();
    let abroad = dice.chance(if producer { 0.1 } else { 0.5 });
    let home = province(homes[dice.below(homes.len())]);
    let anywhere = dice.below(PROVINCES.len());
    let lead = if producer { 9.0 } else { 3.0 };
    Supplier {
        region: home.filter(|_| !abroad).unwrap_or(anywhere),
        producer,
        categories: assortment(dice, categories, main),
        weight: dice.lognormal(1.0, 0.9),
        price_level: 0.25 * dice.normal() + if producer { -0.08 } else { 0.1 },
        quality: dice.normal(),
        lead_days: dice.lognormal(lead, 0.35),
        brand: dice.chance(0.7).then(|| dice.below(900) as u32 + 100),
    }
}

/// The main category and up to three others of its shelf.
fn assortment(dice: &mut Dice, categories: &[Category], main: usize) -> Vec<usize> {
    let shelf = categories[main].shelf;
    let near = |&i: &usize| i != main && categories[i].shelf == shelf;
    let near: Vec<usize> = (0..categories.len()).filter(near).collect();
    let order = dice.order(near.len());
    let others = order.into_iter().take(dice.below(4)).map(|i| near[i]);
    std::iter::once(main).chain(others).collect()
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::categories;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_category_has_a_supplier_and_most_producers_are_at_home() {
        let categories = categories();
        let all = suppliers(1, 5_000, &categories);
        assert_eq!(all.len(), 200);
        let main: BTreeSet<_> = all.iter().map(|s| s.categories[0]).collect();
        assert_eq!(main.len(), categories.len());
        let at_home = |s: &&Supplier| {
            let homes = categories[s.categories[0]].leaf.homes;
            homes.split(' ').any(|h| h == PROVINCES[s.region].key)
        };
        let producers: Vec<_> = all.iter().filter(|s| s.producer).collect();
        let home = producers.iter().filter(|s| at_home(s)).count();
        assert!(
            home * 10 > producers.len() * 8,
            "{home} of {}",
            producers.len()
        );
    }

    #[test]
    fn a_name_tells_place_and_trade() {
        let categories = categories();
        let mut supplier = suppliers(1, 1, &categories).remove(0);
        supplier.region = province("Fujian").unwrap();
        supplier.categories = vec![0];
        supplier.producer = true;
        let [zh, en] = supplier.names(&categories, 6);
        assert_eq!(zh, "福建乌龙茶生产商0007");
        assert_eq!(en, "Fujian oolong tea producer 0007");
        supplier.producer = false;
        let [zh, en] = supplier.names(&categories, 6);
        assert_eq!(zh, "福建茶叶供应商0007");
        assert_eq!(en, "Fujian tea supplier 0007");
    }
}
