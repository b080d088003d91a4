//! Figures of categories: which goods may enter one, and temperatures.
//!
//! A good that k shops have speaks for itself. The others of its category speak if
//! k shops stand behind them together; else they are left out. So whoever takes
//! the goods' own figures from their category's is left with k shops or none, and
//! figures of categories may be added up to one of a subtree.

use super::backing::Backing;
use super::graph::Graph;
use super::heat;

/// A temperature that is unknown.
const UNKNOWN: i16 = i16::MIN;

/// Which goods may enter the figures of their categories.
#[derive(Clone, Debug)]
pub struct Voices<'a> {
    /// Row of the category table of each good.
    pub category: &'a [u32],
    /// Whether the good has figures of its own.
    pub shows: Vec<bool>,
    /// Whether it may enter those of its category.
    pub speaks: Vec<bool>,
}

impl<'a> Voices<'a> {
    /// `category` is a number for each good of the graph.
    pub fn new(graph: &Graph, category: &'a [u32], min_shops: u32) -> Voices<'a> {
        let goods = 0..category.len();
        let shows: Vec<bool> = goods
            .map(|good| graph.backing(good).shows(min_shops))
            .collect();
        let hidden = |good: &usize| !shows[*good];
        let mut pairs: Vec<(u32, u32)> = (0..category.len())
            .filter(hidden)
            .flat_map(|good| graph.shops_of[good].iter().map(move |&s| (good, s)))
            .map(|(good, shop)| (category[good], shop))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut rest = vec![Backing::default(); rows(category)];
        for (category, shop) in pairs {
            rest[category as usize].add(graph.is_public(shop));
        }
        let speaks = |(&shows, &category): (&bool, &u32)| {
            shows || rest[category as usize].shows(min_shops)
        };
        Voices {
            category,
            speaks: shows.iter().zip(category).map(speaks).collect(),
            shows,
        }
    }

    /// Milli-nats of each category with its subtree, beside their mean, of what
    /// heats each good; empty where none is known. `paths` is the category table,
    /// of which row 0 is no category.
    pub fn temperatures(&self, paths: &[&str], of_goods: &[u128]) -> Vec<i16> {
        let mut own = vec![(0u128, false); paths.len()];
        for (good, &sum) in of_goods.iter().enumerate() {
            if self.speaks[good] {
                let own = &mut own[self.category[good] as usize];
                *own = (own.0 + sum, true);
            }
        }
        let subtree = |row: usize| {
            let is_below = |path: &&str| {
                let below = path.strip_prefix(paths[row]);
                below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            let rows = paths[row..]
                .iter()
                .take_while(|path| is_below(path))
                .count();
            own[row..row + rows]
                .iter()
                .fold((0, false), |all, part| (all.0 + part.0, all.1 || part.1))
        };
        let sums: Vec<(u128, bool)> = (1..paths.len()).map(subtree).collect();
        let known: Vec<u128> = sums.iter().filter(|s| s.1).map(|s| s.0).collect();
        if known.is_empty() {
            return Vec::new();
        }
        let mut known = heat::column(&heat::ln(&known)).into_iter();
        let mut next = |is_known: bool| match is_known {
            true => known.next().unwrap_or(UNKNOWN),
            false => UNKNOWN,
        };
        let row_0 = next(false);
        let rest = sums.iter().map(|&(_, is_known)| next(is_known));
        [row_0].into_iter().chain(rest).collect()
    }
}

/// Rows of the category table up to the last that a good has.
fn rows(category: &[u32]) -> usize {
    category.iter().max().map_or(0, |&last| last as usize + 1)
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;

    const PATHS: [&str; 5] = ["", "food", "food/tea", "food-gift", "home"];

    /// Goods of these categories, each purchased by these shops, the last of four
    /// of which is public.
    fn graph(shops_of: &[&[u32]]) -> Graph {
        let mut events: Vec<_> = shops_of
            .iter()
            .zip(0..)
            .flat_map(|(shops, good)| shops.iter().map(move |&s| purchase(s, good, 1)))
            .collect();
        events.sort_by_key(|e| (e.shop, e.good));
        Graph::new(&[false, false, false, true], shops_of.len(), &events)
    }

    #[test]
    fn what_is_left_of_a_category_without_its_goods_is_of_k_shops_or_none() {
        let graph = graph(&[&[0, 1], &[0], &[1], &[2], &[2], &[3], &[0]]);
        let category = [1, 1, 1, 2, 2, 2, 4];
        let voices = Voices::new(&graph, &category, 2);
        assert_eq!(
            voices.shows,
            [true, false, false, false, false, false, false]
        );
        // Shops 0 and 1 stand behind goods 1 and 2; behind 3 to 5 are shop 2, twice,
        // and a public one, which does not hide it.
        assert_eq!(
            voices.speaks,
            [true, true, true, false, false, false, false]
        );
    }

    #[test]
    fn a_category_is_as_hot_as_all_of_its_subtree_that_may_speak() {
        let graph = graph(&[&[0, 1], &[1, 2], &[0, 2], &[0]]);
        let category = [1, 2, 3, 4];
        let voices = Voices::new(&graph, &category, 2);
        let one = 1u128 << 40;
        let milli = voices.temperatures(&PATHS, &[one, 2 * one, 9 * one, 77 * one]);
        let ln = [4.0, 3.0, 10.0].map(libm::log); // with the pseudo-event
        let mean = ln.iter().sum::<f64>() / 3.0;
        let expected = ln.map(|ln| ((ln - mean) * 1000.0).round() as i16);
        assert_eq!(milli[1..4], expected, "food is not food-gift's");
        assert_eq!((milli[0], milli[4]), (UNKNOWN, UNKNOWN), "one shop's home");
    }

    #[test]
    fn where_nothing_may_show_there_is_no_column() {
        let voices = Voices::new(&graph(&[&[0]]), &[1], 2);
        assert!(voices.temperatures(&PATHS[..2], &[5 << 40]).is_empty());
    }
}
