//! What the sample sells: 12 shelves with 75 leaf categories between them.
//!
//! A title is put together from four slots of its leaf, in both languages:
//!
//! ```text
//!   make   noun        spec  pack
//!   特级 + 武夷山大红袍 + 250g + 罐装   →  特级武夷山大红袍 250g 罐装
//!   premium Wuyi Da Hong Pao oolong tea 250 g tin
//! ```
//!
//! so every make of a leaf has to go with every noun, and so on. A slot is
//! written as `zh=en@scale|zh=en|…`: the scale multiplies the price and is 1
//! where it is left out; without `=` the word is the same in both languages.
//! The words are kinds, materials and protected origins; none is a brand.

mod baby;
mod care;
mod cleaning;
mod clothing;
mod digital;
mod food;
mod home;
mod kitchen;
mod outdoor;
mod shoes;
mod stationery;
mod tea;

use super::calendar::Season;

/// The top level of the category tree, in the order of the catalog.
pub(super) const SHELVES: [&Shelf; 12] = [
    &tea::SHELF,
    &food::SHELF,
    &kitchen::SHELF,
    &home::SHELF,
    &cleaning::SHELF,
    &care::SHELF,
    &clothing::SHELF,
    &shoes::SHELF,
    &baby::SHELF,
    &outdoor::SHELF,
    &stationery::SHELF,
    &digital::SHELF,
];

/// A top category.
pub(super) struct Shelf {
    /// The first part of the category's path.
    pub key: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// What a shop of this kind is called in Chinese.
    pub shop: &'static str,
    /// The categories below it.
    pub leaves: &'static [Leaf],
}

/// A leaf category with its words and its trade.
pub(super) struct Leaf {
    /// The second part of the category's path.
    pub key: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// The provinces that make it, by key, separated by spaces.
    pub homes: &'static str,
    /// When shops buy more of it.
    pub season: Season,
    /// The median price in minor units (fen), for scales of 1.
    pub price: u32,
    /// The standard deviation of the price's logarithm.
    pub spread: f64,
    /// The usual least quantity of an order, in units.
    pub moq: u32,
    /// Days from one order of a shop to its next one of the same good.
    pub repeat: u32,
    /// The share of purchases that come back, 0 to 1.
    pub returns: f64,
    /// The attribute names of makes, specs and packs.
    pub keys: [&'static str; 3],
    /// Grades, materials or features, before the noun.
    pub makes: &'static str,
    /// What the good is.
    pub nouns: &'static str,
    /// Sizes or counts.
    pub specs: &'static str,
    /// Packs, colours or fits.
    pub packs: &'static str,
}

/// Colours of grown-ups' things.
const COLOURS: &str = "米白色=off-white|浅灰色=light grey|藏青色=navy|卡其色=khaki|\
    黑色=black|墨绿色=dark green|酒红色=burgundy|浅蓝色=light blue";

/// Colours of children's things.
const SOFT_COLOURS: &str = "奶白色=cream|浅粉色=pale pink|浅蓝色=pale blue|\
    薄荷绿=mint green|浅黄色=pale yellow|浅灰色=pale grey";

/// Sizes of clothes.
const SIZES: &str = "S码=size S|M码=size M|L码=size L|XL码=size XL@1.03|\
    XXL码=size XXL@1.05";

/// Sizes of shoes.
const EU_SIZES: &str = "36码=EU 36|37码=EU 37|38码=EU 38|39码=EU 39|40码=EU 40|\
    41码=EU 41|42码=EU 42|43码=EU 43|44码=EU 44";

/// A word of a slot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Word {
    /// In Chinese.
    pub zh: &'static str,
    /// In English.
    pub en: &'static str,
    /// What it multiplies the price by.
    pub scale: f64,
}

impl Word {
    fn parse(text: &'static str) -> Word {
        let (names, scale) = text.split_once('@').unwrap_or((text, "1"));
        let (zh, en) = names.split_once('=').unwrap_or((names, names));
        let scale = scale.parse().unwrap_or(1.0);
        Word { zh, en, scale }
    }
}

/// A leaf category made ready: its path and its slots as words.
pub(super) struct Category {
    /// Its place among [`SHELVES`].
    pub shelf: usize,
    /// The path as the catalog has it, such as `tea/oolong`.
    pub path: String,
    /// The table's entry.
    pub leaf: &'static Leaf,
    /// Makes, nouns, specs and packs.
    pub slots: [Vec<Word>; 4],
}

impl Category {
    fn new(shelf: usize, leaf: &'static Leaf) -> Category {
        let slots = [leaf.makes, leaf.nouns, leaf.specs, leaf.packs];
        Category {
            shelf,
            path: format!("{}/{}", SHELVES[shelf].key, leaf.key),
            leaf,
            slots: slots.map(|slot| slot.split('|').map(Word::parse).collect()),
        }
    }
}

/// All leaf categories, in the order of the tables.
pub(super) fn categories() -> Vec<Category> {
    let of_shelf = |(i, shelf): (usize, &&Shelf)| {
        shelf
            .leaves
            .iter()
            .map(move |l| Category::new(i, l))
            .collect::<Vec<_>>()
    };
    SHELVES.iter().enumerate().flat_map(of_shelf).collect()
}

#[cfg(test)]
mod tests {
    use super::super::places::province;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_tree_has_twelve_tops_with_five_to_eight_leaves() {
        assert!(SHELVES.iter().all(|s| (4..=8).contains(&s.leaves.len())));
        let paths: BTreeSet<_> = categories().into_iter().map(|c| c.path).collect();
        assert_eq!(paths.len(), 75);
    }

    #[test]
    fn every_word_is_well_formed() {
        for category in categories() {
            let leaf = category.leaf;
            for text in [leaf.makes, leaf.nouns, leaf.specs, leaf.packs] {
                for word in text.split('|') {
                    assert!(word.matches('=').count() == 1 || word.is_ascii(), "{word}");
                    let scale = word.split_once('@').map_or("1", |(_, scale)| scale);
                    let scale: f64 = scale.parse().unwrap();
                    assert!((0.1..=5.0).contains(&scale), "{word}");
                }
            }
            for word in category.slots.iter().flatten() {
                let clean = |s: &str| !s.is_empty() && s.trim() == s && !s.contains("  ");
                assert!(
                    clean(word.zh) && clean(word.en),
                    "{}: {word:?}",
                    category.path
                );
                assert!(word.en.is_ascii() || word.en.contains('×'), "{word:?}");
            }
        }
    }

    #[test]
    fn a_slot_says_nothing_twice_and_has_choice() {
        for category in categories() {
            for slot in &category.slots {
                let zh: BTreeSet<_> = slot.iter().map(|w| w.zh).collect();
                let en: BTreeSet<_> = slot.iter().map(|w| w.en).collect();
                assert_eq!(zh.len(), slot.len(), "{}: {zh:?}", category.path);
                assert_eq!(en.len(), slot.len(), "{}: {en:?}", category.path);
                assert!(slot.len() >= 3, "{}", category.path);
            }
        }
    }

    #[test]
    fn trades_are_in_range_and_homes_are_provinces() {
        for leaf in SHELVES.iter().flat_map(|s| s.leaves) {
            assert!((500..=50_000).contains(&leaf.price), "{}", leaf.key);
            assert!((0.2..=1.0).contains(&leaf.spread), "{}", leaf.key);
            assert!((1..=60).contains(&leaf.moq) && (7..=400).contains(&leaf.repeat));
            assert!((0.0..0.15).contains(&leaf.returns), "{}", leaf.key);
            assert!(!leaf.zh.is_empty() && leaf.en.is_ascii());
            for home in leaf.homes.split(' ') {
                assert!(province(home).is_some(), "{}: {home}", leaf.key);
            }
        }
    }
}
