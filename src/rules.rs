//! Rules: hard limits on what may be ranked, as a bit for each good.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Kind, Result};
use crate::profile::Profile;
use crate::search;
use crate::shard::{Section, Shard, category_order};
use crate::show::{number, quoted};

/// Hard limits. A good that breaks one is not ranked; all are optional.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Rules {
    /// Category paths; each takes in what lies below it.
    pub categories: Option<Vec<String>>,
    /// Supplier ids.
    pub suppliers: Option<Vec<String>>,
    /// Lowest price, minor units, inclusive; leaves out unknown prices.
    pub price_min: Option<f64>,
    /// Highest price, minor units, inclusive; leaves out unknown prices.
    pub price_max: Option<f64>,
    /// Words that the titles must hold, all of them; each may be half typed.
    pub text: Option<String>,
    /// Only these goods, by id; ids that the shard does not know are passed over.
    pub only: Option<Vec<String>>,
    /// Leave in what the shop already sells.
    pub include_sold: bool,
}

/// The goods that the rules leave, a bit for each row.
pub(crate) struct Allowed {
    words: Vec<u64>,
}

impl Allowed {
    fn all(goods: usize) -> Allowed {
        let mut words = vec![u64::MAX; goods.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !goods.is_multiple_of(64)
        {
            *last = (1 << (goods % 64)) - 1;
        }
        Allowed { words }
    }

    fn none(goods: usize) -> Allowed {
        Allowed {
            words: vec![0; goods.div_ceil(64)],
        }
    }

    fn from_rows(goods: usize, rows: impl IntoIterator<Item = usize>) -> Allowed {
        let mut out = Allowed::none(goods);
        rows.into_iter()
            .for_each(|row| out.words[row / 64] |= 1 << (row % 64));
        out
    }

    fn and(&mut self, other: &Allowed) {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(a, b)| *a &= b);
    }

    fn remove(&mut self, row: usize) {
        self.words[row / 64] &= !(1 << (row % 64));
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// Rows that are left, ascending.
    pub(crate) fn rows(&self) -> impl Iterator<Item = usize> {
        self.words
            .iter()
            .enumerate()
            .flat_map(|(i, &word)| Bits { word, base: 64 * i })
    }
}

/// The set bits of a word, lowest first.
struct Bits {
    word: u64,
    base: usize,
}

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.word == 0 {
            return None;
        }
        let bit = self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(self.base + bit)
    }
}

impl Rules {
    /// The rows that no rule takes out.
    pub(crate) fn apply<B: AsRef<[u8]>>(
        &self,
        shard: &Shard<B>,
        profile: &Profile,
    ) -> Result<Allowed> {
        let mut allowed = Allowed::all(shard.goods() as usize);
        if let Some(paths) = &self.categories {
            allowed.and(&of_categories(shard, paths)?);
        }
        if let Some(ids) = &self.suppliers {
            allowed.and(&of_suppliers(shard, ids)?);
        }
        if self.price_min.is_some() || self.price_max.is_some() {
            allowed.and(&self.of_price(shard)?);
        }
        if let Some(text) = &self.text {
            for rows in search::find(shard, text)? {
                let rows = rows.into_iter().map(|row| row as usize);
                allowed.and(&Allowed::from_rows(shard.goods() as usize, rows));
            }
        }
        if let Some(ids) = &self.only {
            allowed.and(&of_ids(shard, ids)?);
        }
        if !self.include_sold {
            profile
                .sold
                .iter()
                .for_each(|&row| allowed.remove(row as usize));
        }
        Ok(allowed)
    }

    fn of_price<B: AsRef<[u8]>>(&self, shard: &Shard<B>) -> Result<Allowed> {
        let low = bound("rules.priceMin", self.price_min.unwrap_or(0.0))?;
        let high = bound("rules.priceMax", self.price_max.unwrap_or(u64::MAX as f64))?;
        if low > high {
            return Err(Kind::BadQuery {
                field: "rules.priceMin",
                expected: "a price that is not above rules.priceMax",
                found: format!("{low} above {high}"),
            }
            .into());
        }
        let price = shard.column(Section::Price)?;
        let fits = |&row: &usize| (low.max(1)..=high).contains(&price.get(row));
        Ok(Allowed::from_rows(
            price.len(),
            (0..price.len()).filter(fits),
        ))
    }
}

fn bound(field: &'static str, value: f64) -> Result<u64> {
    if value >= 0.0 {
        return Ok(value as u64);
    }
    let expected = "minor units, 0 or more";
    Err(Kind::BadQuery {
        field,
        expected,
        found: number(value),
    }
    .into())
}

fn of_categories<B: AsRef<[u8]>>(shard: &Shard<B>, paths: &[String]) -> Result<Allowed> {
    let table = shard.categories()?;
    let mut wanted = vec![false; table.len()];
    for path in paths {
        let below = format!("{path}/");
        let first = table.partition(|p| category_order(p, path).is_lt());
        let subtree = (first..table.len()).take_while(|&i| {
            let p = table.get(i);
            p == path || p.starts_with(&below)
        });
        let subtree: Vec<usize> = subtree.collect();
        if subtree.is_empty() || path.is_empty() {
            return Err(unknown(
                "rules.categories",
                "category paths of the shard",
                path,
            ));
        }
        subtree.into_iter().for_each(|i| wanted[i] = true);
    }
    let category = shard.column(Section::Category)?;
    let rows = (0..category.len()).filter(|&row| wanted[category.row(row)]);
    Ok(Allowed::from_rows(category.len(), rows))
}

fn of_suppliers<B: AsRef<[u8]>>(shard: &Shard<B>, ids: &[String]) -> Result<Allowed> {
    let table = shard.supplier_ids()?;
    let mut wanted = vec![false; table.len()];
    for id in ids {
        let row = table.find(id).filter(|&row| row > 0);
        let row = row
            .ok_or_else(|| unknown("rules.suppliers", "supplier ids of the shard", id))?;
        wanted[row] = true;
    }
    let supplier = shard.column(Section::Supplier)?;
    let rows = (0..supplier.len()).filter(|&row| wanted[supplier.row(row)]);
    Ok(Allowed::from_rows(supplier.len(), rows))
}

fn of_ids<B: AsRef<[u8]>>(shard: &Shard<B>, ids: &[String]) -> Result<Allowed> {
    let table = shard.ids()?;
    Ok(Allowed::from_rows(
        table.len(),
        ids.iter().filter_map(|id| table.find(id)),
    ))
}

fn unknown(field: &'static str, expected: &'static str, found: &str) -> Error {
    Kind::BadQuery {
        field,
        expected,
        found: quoted(found),
    }
    .into()
}
