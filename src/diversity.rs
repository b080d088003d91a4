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
use crate::shard::{Section, Shard, Uints};
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
    pub(crate) fn select<B: AsRef<[u8]>>(
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
        let mut shown = shelf.shown;
        let is_shown = |row: u32| {
            shown
                .iter()
                .any(|s: &Shown| s.row == row || s.behind.contains(&row))
        };
        let thin_evidence = RiskSet::of(&[Risk::ThinEvidence]).bits();
        let thin = |row: &u32| {
            let bits = risks.get(*row as usize);
            bits.is_some_and(|bits| bits & thin_evidence != 0)
        };
        let unknown = best
            .iter()
            .copied()
            .filter(|row| thin(row) && !is_shown(*row));
        // A heap: a sort of its own type would be three thousand bytes of
        // WebAssembly.
        let pool: BinaryHeap<(u32, u32)> = unknown
            .take(DRAWN_FROM * explored)
            .map(|row| (draw(self.seed, row), row))
            .collect();
        let from = pool.len();
        let mut pool = pool.into_sorted_vec();
        pool.truncate(explored);
        let probability = pool.len() as f64 / from.max(1) as f64;
        // Evenly between the others, from the end: the first row is the best.
        let every = shown.len() / (pool.len() + 1) + 1;
        for (i, &(_, row)) in pool.iter().enumerate() {
            let place = ((i + 1) * every).min(shown.len());
            let drawn = Shown {
                probability,
                ..Shown::certainly(row)
            };
            shown.insert(place, drawn);
        }
        Ok(shown)
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
    /// Rows that a category, or a supplier, has had.
    of_category: Vec<usize>,
    of_supplier: Vec<usize>,
    shown: Vec<Shown>,
}

impl<'a> Shelf<'a> {
    fn new<B: AsRef<[u8]>>(of: &'a Diversity, shard: &'a Shard<B>) -> Result<Shelf<'a>> {
        Ok(Shelf {
            of,
            category: shard.column(Section::Category)?,
            supplier: shard.column(Section::Supplier)?,
            equivalents: shard.column(Section::Equivalents)?,
            of_category: vec![0; shard.categories()?.len()],
            of_supplier: vec![0; shard.supplier_ids()?.len()],
            shown: Vec::new(),
        })
    }

    fn offer(&mut self, row: u32, limit: usize) {
        let i = row as usize;
        let group = self.equivalents.get(i);
        if self.of.collapse && group > 0 {
            let equivalents = &self.equivalents;
            let same = |shown: &&mut Shown| equivalents.get(shown.row as usize) == group;
            if let Some(better) = self.shown.iter_mut().find(same) {
                better.behind.push(row);
                return;
            }
        }
        let (category, supplier) = (self.category.row(i), self.supplier.row(i));
        // Row 0 of either is what is unknown, which is no kind of its own.
        let full = |had: &[usize], of: usize, most: usize| {
            most > 0 && of > 0 && had.get(of).is_some_and(|&had| had >= most)
        };
        if self.shown.len() >= limit
            || full(&self.of_category, category, self.of.per_category)
            || full(&self.of_supplier, supplier, self.of.per_supplier)
        {
            return;
        }
        for (had, of) in [
            (&mut self.of_category, category),
            (&mut self.of_supplier, supplier),
        ] {
            if let Some(had) = had.get_mut(of) {
                *had += 1;
            }
        }
        self.shown.push(Shown::certainly(row));
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
