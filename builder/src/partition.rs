//! Which goods go into which shard.
//!
//! Goods of a category stay together, and categories that lie side by side: the
//! category tree is walked in order, and each subtree that fits goes whole into
//! the shard that is being filled, or begins the next.
//!
//! ```text
//! food ── tea ── oolong      a subtree that fits goes whole,
//!      └─ snacks             one that does not is taken apart: its own goods,
//! home                       cut by id where they are too many, then what lies below
//! ```
//!
//! With its own goods a shard holds those of other shards that say something of
//! them, and those that stand for one of them: rows that only speak.

use std::collections::BTreeSet;
use std::ops::Range;

use goodsrank::profile::Profile;

use crate::ingest::Catalog;
use crate::learn::{Learned, Neighbours, Rows};

/// The goods of one shard, in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Rows of the catalog, ascending.
    pub rows: Vec<usize>,
    /// Whether each is the shard's own; the others only speak.
    pub own: Vec<bool>,
    /// Categories whose goods are among its own, each with what lies below it.
    pub categories: Vec<String>,
}

impl Part {
    /// The row in the shard of a row of the catalog.
    fn row(&self, row: u32) -> Option<u32> {
        let place = self.rows.binary_search(&(row as usize));
        place.ok().map(|row| row as u32)
    }

    /// What the shard's goods say of its own ones.
    pub fn neighbours(&self, all: &Neighbours) -> Neighbours {
        let mut out = Neighbours::default();
        for &row in &self.rows {
            let (mut rows, mut weights) = (Vec::new(), Vec::new());
            for (&to, &weight) in all.rows[row].iter().zip(&all.weights[row]) {
                if let Some(to) = self.row(to).filter(|&to| self.own[to as usize]) {
                    rows.push(to);
                    weights.push(weight);
                }
            }
            out.rows.push(rows);
            out.weights.push(weights);
            out.scales.push(all.scales[row]);
        }
        out
    }

    /// The part of a shop's profile that is of the shard's goods.
    pub fn profile(&self, profile: &Profile) -> Profile {
        let weights = profile.weights().iter();
        let known = weights.filter_map(|&(row, weight)| Some((self.row(row)?, weight)));
        Profile::from_weights(known.collect())
    }
}

/// The shards of a catalog, each of `most` goods of its own at most; one where
/// that is enough.
pub fn partition(catalog: &Catalog, learned: &Learned, most: usize) -> Vec<Part> {
    let goods = catalog.goods.len();
    if goods <= most {
        return vec![Part {
            rows: (0..goods).collect(),
            own: vec![true; goods],
            categories: Vec::new(),
        }];
    }
    let owned = owned(catalog, most);
    let speakers = Speakers::new(learned);
    let part = |(own, categories): (BTreeSet<usize>, Vec<String>)| {
        let rows = speakers.with(&own);
        Part {
            own: rows.iter().map(|row| own.contains(row)).collect(),
            rows,
            categories,
        }
    };
    owned.into_iter().map(part).collect()
}

/// The goods of each shard's own, and the categories that they are of.
fn owned(catalog: &Catalog, most: usize) -> Vec<(BTreeSet<usize>, Vec<String>)> {
    let (paths, rows) = catalog.category_table();
    let mut goods = vec![Vec::new(); paths.len()];
    for (good, row) in rows.into_iter().enumerate() {
        goods[row as usize].push(good);
    }
    let tree = Tree {
        paths: &paths,
        goods: &goods,
        most,
    };
    let mut units = Vec::new();
    tree.units(0..paths.len(), 0, &mut units);
    let mut shards: Vec<(BTreeSet<usize>, Vec<String>)> = Vec::new();
    for (path, goods) in units {
        match shards.last_mut() {
            Some((own, categories)) if own.len() + goods.len() <= most => {
                own.extend(goods);
                categories.extend((categories.last() != Some(&path)).then_some(path));
            }
            _ => shards.push((goods.into_iter().collect(), vec![path])),
        }
    }
    shards
}

/// The categories, in the order of the category table.
struct Tree<'a> {
    paths: &'a [&'a str],
    /// By category.
    goods: &'a [Vec<usize>],
    most: usize,
}

impl Tree<'_> {
    /// What has to stay together of some categories that agree in their first
    /// `depth` names: a category, and its goods with those below it or, cut by id,
    /// its own alone.
    fn units(
        &self,
        of: Range<usize>,
        depth: usize,
        units: &mut Vec<(String, Vec<usize>)>,
    ) {
        let Some(&path) = self.paths.get(of.start) else {
            return;
        };
        let name = |i: usize| names(self.paths[i]).nth(depth);
        let node = || names(path).take(depth).collect::<Vec<_>>().join("/");
        let goods: Vec<usize> =
            self.goods[of.clone()].iter().flatten().copied().collect();
        if goods.is_empty() {
            return;
        }
        if goods.len() <= self.most {
            units.push((node(), goods));
            return;
        }
        let mut at = of.start;
        if name(at).is_none() {
            let chunks = self.goods[at].chunks(self.most);
            units.extend(chunks.map(|goods| (node(), goods.to_vec())));
            at += 1;
        }
        while at < of.end {
            let same = (at..of.end).take_while(|&i| name(i) == name(at)).count();
            self.units(at..at + same, depth + 1, units);
            at += same;
        }
    }
}

/// The names of a path; none of the path of goods without a category.
fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(move |_| !path.is_empty())
}

/// Who says something of whom.
struct Speakers<'a> {
    neighbours: &'a Neighbours,
    /// Goods that say something of every other.
    of_all: Vec<usize>,
    group: &'a [u64],
}

impl<'a> Speakers<'a> {
    fn new(learned: &'a Learned) -> Speakers<'a> {
        let factors = learned.kernel.factors.as_ref();
        let says = |rows: &Rows, row: usize| rows.scales[row] > 0.0;
        let speaks = |&row: &usize| {
            factors.is_some_and(|f| {
                says(&f.given, row) || f.young.as_ref().is_some_and(|y| says(y, row))
            })
        };
        Speakers {
            neighbours: &learned.kernel.neighbours,
            of_all: (0..learned.background.len()).filter(speaks).collect(),
            group: &learned.equivalents.group,
        }
    }

    /// A shard's own goods with all that speak of them, ascending.
    fn with(&self, own: &BTreeSet<usize>) -> Vec<usize> {
        let mut rows: BTreeSet<usize> = own.iter().chain(&self.of_all).copied().collect();
        for (row, list) in self.neighbours.rows.iter().enumerate() {
            if list.iter().any(|&to| own.contains(&(to as usize))) {
                rows.insert(row);
            }
        }
        let groups = own.iter().filter_map(|&row| self.group.get(row));
        let groups: BTreeSet<u64> = groups.copied().filter(|&group| group > 0).collect();
        let stands = |(row, group): (usize, &u64)| groups.contains(group).then_some(row);
        rows.extend(self.group.iter().enumerate().filter_map(stands));
        rows.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Goods by category, and how they are packed.
    fn units(categories: &[(&str, usize)], most: usize) -> Vec<(String, usize)> {
        let paths: Vec<&str> = categories.iter().map(|(path, _)| *path).collect();
        let mut next = 0..;
        let goods: Vec<Vec<usize>> = categories
            .iter()
            .map(|&(_, goods)| next.by_ref().take(goods).collect())
            .collect();
        let tree = Tree {
            paths: &paths,
            goods: &goods,
            most,
        };
        let mut units = Vec::new();
        tree.units(0..paths.len(), 0, &mut units);
        let all: BTreeSet<usize> = units.iter().flat_map(|(_, g)| g).copied().collect();
        let whole: usize = goods.iter().map(Vec::len).sum();
        assert_eq!(all.len(), whole, "each good once");
        assert!(units.iter().all(|(_, goods)| goods.len() <= most));
        units.into_iter().map(|(path, g)| (path, g.len())).collect()
    }

    #[test]
    fn a_subtree_that_fits_stays_whole_and_one_that_does_not_is_taken_apart() {
        let of = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
            list.iter().map(|&(p, n)| (p.to_owned(), n)).collect()
        };
        let tree = [
            ("", 3),
            ("food", 2),
            ("food/snacks", 4),
            ("food/tea", 5),
            ("food/tea/oolong", 6),
            ("food-gifts", 1),
            ("home/kitchen/cups", 7),
            ("home/kitchen/trays", 1),
        ];
        assert_eq!(
            units(&tree, 17),
            of(&[("", 3), ("food", 17), ("food-gifts", 1), ("home", 8)])
        );
        assert_eq!(
            units(&tree, 11),
            of(&[
                ("", 3),
                ("food", 2),
                ("food/snacks", 4),
                ("food/tea", 11),
                ("food-gifts", 1),
                ("home", 8)
            ])
        );
        assert_eq!(
            units(&tree, 5),
            of(&[
                ("", 3),
                ("food", 2),
                ("food/snacks", 4),
                ("food/tea", 5),
                ("food/tea/oolong", 5),
                ("food/tea/oolong", 1),
                ("food-gifts", 1),
                ("home/kitchen/cups", 5),
                ("home/kitchen/cups", 2),
                ("home/kitchen/trays", 1)
            ])
        );
    }
}
