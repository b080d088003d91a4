//! Diversity: which of the best goods are shown, where the best alone would be
//! ten of a kind.
//!
//! Goods stand in the order of their scores and are taken one by one, unless
//! their category or supplier has had its rows, or a better one stands for them
//! already. A share of the rows goes to goods of which little is known, drawn by
//! a seed, and each row says how probable it was that it would be shown: what
//! came of it can then be weighed without the bias of having been shown
//! (Horvitz & Thompson, Journal of the American Statistical Association 47
//! (1952)).

use std::collections::BinaryHeap;

use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::risk::{Risk, RiskSet};
use crate::shard::{Bytes, Section, Shard, Uints};
use crate::show::number;

/// Goods of little evidence that one row for them is drawn from.
const DRAWN_FROM: usize = 10;
/// The most of the rows that may go to exploration.
const MAX_EXPLORE: f64 = 0.5;

/// What is shown of the best; all are optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Diversity {
    /// Most rows of a category; 0 for any number.
    pub per_category: usize,
    /// Most rows of a supplier; 0 for any number.
    pub per_supplier: usize,
    /// Whether goods that stand for each other are one row, the best offer.
    pub collapse: bool,
    /// Share of the rows for goods of which little is known, 0 to .5.
    pub explore: f64,
    /// What the draw depends on: another number draws other goods.
    pub seed: u32,
}

/// A good that is shown.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Shown {
    pub(crate) row: u32,
    /// Goods that it stands for, best first.
    pub(crate) behind: Vec<u32>,
    /// How probable it was that it would be shown.
    pub(crate) probability: f64,
}

impl Shown {
    fn certainly(row: u32) -> Shown {
        Shown {
            row,
            behind: Vec::new(),
            probability: 1.0,
        }
    }
}

impl Diversity {
    /// Whether the best are simply shown.
    pub fn is_off(&self) -> bool {
        self.per_category == 0
            && self.per_supplier == 0
            && !self.collapse
            && self.explore == 0.0
    }

    /// Refuses a share that is none.
    pub fn check(&self) -> Result<()> {
        if (0.0..=MAX_EXPLORE).contains(&self.explore) {
            return Ok(());
        }
        Err(Kind::BadQuery {
            field: "diversity.explore",
            expected: "a share of the rows from 0 to 0.5",
            found: number(self.explore),
        }
        .into())
    }

    /// What is shown of the goods, given best first.
    pub(crate) fn select<B: Bytes>(
        &self,
        shard: &Shard<B>,
        risks: &[u8],
        best: &[u32],
        limit: usize,
    ) -> Result<Vec<Shown>> {
        let explored = (self.explore * limit as f64).round_ties_even() as usize;
        let mut shelf = Shelf::new(self, shard)?;
        for &row in best {
            // What is collapsed goes on being gathered when the rows are full.
            shelf.offer(row, limit - explored);
        }
        let certain = shelf.shown.len();
        let pool = self.pool(&shelf, risks, best, DRAWN_FROM * explored);
        let from = pool.len();
        let mut pool = pool.into_sorted_vec();
        pool.truncate(explored);
        let probability = pool.len() as f64 / from.max(1) as f64;
        for &(_, row) in &pool {
            shelf.put(Shown {
                probability,
                ..Shown::certainly(row)
            });
        }
        if pool.len() < explored {
            // Too little is unknown: the best have the rows after all.
            best.iter().for_each(|&row| shelf.offer(row, limit));
        }
        let mut shown = shelf.shown;
        let drawn: Vec<Shown> = shown.drain(certain..certain + pool.len()).collect();
        // Evenly between the others, from the end: the first row is the best.
        let every = shown.len() / (drawn.len() + 1) + 1;
        for (i, drawn) in drawn.into_iter().enumerate() {
            let place = ((i + 1) * every).min(shown.len());
            shown.insert(place, drawn);
        }
        Ok(shown)
    }

    /// What rows are drawn from: the best goods of thin evidence that are not
    /// shown, so many that any of them may be shown together. A heap: a sort of
    /// its own type would be three thousand bytes of WebAssembly.
    fn pool(
        &self,
        shelf: &Shelf<'_>,
        risks: &[u8],
        best: &[u32],
        most: usize,
    ) -> BinaryHeap<(u32, u32)> {
        let thin_evidence = RiskSet::of(&[Risk::ThinEvidence]).bits();
        let mut counts = shelf.counts.clone();
        let mut pool = BinaryHeap::new();
        for &row in best {
            let bits = risks.get(row as usize).copied().unwrap_or(0);
            if pool.len() < most
                && bits & thin_evidence != 0
                && counts.group(shelf, row).is_none()
                && counts.has_room(shelf, row)
            {
                counts.add(shelf, row, 0);
                pool.push((draw(self.seed, row), row));
            }
        }
        pool
    }
}

/// A number without pattern for a row (the finaliser of MurmurHash3).
fn draw(seed: u32, row: u32) -> u32 {
    let mut x = row ^ seed.wrapping_mul(0x9e37_79b1);
    x = (x ^ (x >> 16)).wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 13)).wrapping_mul(0xc2b2_ae35);
    x ^ (x >> 16)
}

/// Rows as they fill.
struct Shelf<'a> {
    of: &'a Diversity,
    category: Uints<'a>,
    supplier: Uints<'a>,
    equivalents: Uints<'a>,
    counts: Counts,
    shown: Vec<Shown>,
}

/// What the rows are of.
#[derive(Clone, Default)]
struct Counts {
    /// Whether a good is shown, or stands behind one that is.
    taken: Vec<bool>,
    /// Rows that a category, or a supplier, has had.
    category: Vec<usize>,
    supplier: Vec<usize>,
    /// Place of the row that shows a group, plus one; 0 where none does.
    group: Vec<usize>,
}

impl Counts {
    /// Whether the caps leave room for a good that is not taken.
    fn has_room(&self, shelf: &Shelf<'_>, row: u32) -> bool {
        let i = row as usize;
        // Row 0 of either is what is unknown, which is no kind of its own.
        let full = |had: &[usize], of: usize, most: usize| {
            most > 0 && of > 0 && had.get(of).is_some_and(|&had| had >= most)
        };
        !self.taken.get(i).is_some_and(|&taken| taken)
            && !full(&self.category, shelf.category.row(i), shelf.of.per_category)
            && !full(&self.supplier, shelf.supplier.row(i), shelf.of.per_supplier)
    }

    /// The place of the row that stands for a good's group.
    fn group(&self, shelf: &Shelf<'_>, row: u32) -> Option<usize> {
        let group = shelf.equivalents.row(row as usize);
        let wanted = shelf.of.collapse && group > 0;
        let place = self.group.get(group).filter(|_| wanted)?;
        place.checked_sub(1)
    }

    fn add(&mut self, shelf: &Shelf<'_>, row: u32, place: usize) {
        let i = row as usize;
        for (had, of) in [
            (&mut self.category, shelf.category.row(i)),
            (&mut self.supplier, shelf.supplier.row(i)),
        ] {
            if let Some(had) = had.get_mut(of) {
                *had += 1;
            }
        }
        if let Some(taken) = self.taken.get_mut(i) {
            *taken = true;
        }
        if let Some(of) = self.group.get_mut(shelf.equivalents.row(i)) {
            *of = place + 1;
        }
    }
}

impl<'a> Shelf<'a> {
    fn new<B: Bytes>(of: &'a Diversity, shard: &'a Shard<B>) -> Result<Shelf<'a>> {
        let equivalents = shard.column(Section::Equivalents)?;
        Ok(Shelf {
            of,
            category: shard.column(Section::Category)?,
            supplier: shard.column(Section::Supplier)?,
            counts: Counts {
                taken: vec![false; shard.goods() as usize],
                category: vec![0; shard.categories()?.len()],
                supplier: vec![0; shard.supplier_ids()?.len()],
                // The builder numbers them from 1.
                group: vec![0; shard.goods() as usize + 1],
            },
            equivalents,
            shown: Vec::new(),
        })
    }

    /// Shows a good if there is room, or puts it behind the one that stands for it.
    fn offer(&mut self, row: u32, limit: usize) {
        if self
            .counts
            .taken
            .get(row as usize)
            .is_some_and(|&taken| taken)
        {
            return;
        }
        if let Some(place) = self.counts.group(self, row) {
            self.shown[place].behind.push(row);
            self.counts.taken[row as usize] = true;
        } else if self.shown.len() < limit && self.counts.has_room(self, row) {
            self.put(Shown::certainly(row));
        }
    }

    fn put(&mut self, shown: Shown) {
        let mut counts = std::mem::take(&mut self.counts);
        counts.add(self, shown.row, self.shown.len());
        self.counts = counts;
        self.shown.push(shown);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_is_none_is_refused() {
        let diversity = Diversity {
            explore: 0.6,
            ..Diversity::default()
        };
        assert_eq!(
            diversity.check().unwrap_err().to_string(),
            "bad query: diversity.explore: expected a share of the rows from 0 to 0.5, found 0.6"
        );
        assert!(Diversity::default().is_off() && !diversity.is_off());
    }

    #[test]
    fn every_seed_draws_others() {
        let first = |seed: u32| (0..100).min_by_key(|&row| draw(seed, row));
        let drawn: std::collections::BTreeSet<_> = (0..50).map(first).collect();
        assert!(drawn.len() > 25, "{drawn:?}");
    }
}
