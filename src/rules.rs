//! Rules: hard limits on what may be ranked, as a bit for each good.

use std::ops::RangeInclusive;

use goodsrank_lanes::{keep_in_range, keep_listed, keep_without};
use serde::{Deserialize, Serialize};

use crate::channel::Channel;
use crate::error::{Error, Kind, Result};
use crate::events::DAY;
use crate::profile::Profile;
use crate::risk::{Risk, RiskSet};
use crate::search;
use crate::shard::{Section, Shard, Uints, category_order};
use crate::show::{number, quoted};
use crate::terms::Margins;

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
    /// Category paths to leave out, with what lies below each.
    pub not_categories: Option<Vec<String>>,
    /// Supplier ids to leave out.
    pub not_suppliers: Option<Vec<String>>,
    /// Least share of the retail price that a sale leaves, below 1; leaves out
    /// unknown prices.
    pub margin_min: Option<f64>,
    /// Greatest minimum order, pieces; leaves out unknown ones.
    pub moq_max: Option<f64>,
    /// Longest lead time, days; leaves out unknown ones.
    pub lead_time_max: Option<f64>,
    /// Least number of reviews.
    pub reviews_min: Option<f64>,
    /// First sold within so many days before the catalog's last event; leaves
    /// out what is not known.
    pub new_within_days: Option<f64>,
    /// Only what is known to be in stock.
    pub in_stock: bool,
    /// Risks to leave out.
    pub without_risks: Option<Vec<Risk>>,
    /// Words that the titles must hold, all of them; each may be half typed.
    pub text: Option<String>,
    /// Only these goods, by id; ids that the shard does not know are passed over.
    pub only: Option<Vec<String>>,
    /// Without these goods, by id; likewise.
    pub exclude: Option<Vec<String>>,
    /// Leave in what the shop already sells.
    pub include_sold: bool,
}

/// The goods that the rules leave, a bit for each row.
pub(crate) struct Allowed {
    words: Vec<u64>,
    goods: usize,
}

impl Allowed {
    fn all(goods: usize) -> Allowed {
        let mut words = vec![u64::MAX; goods.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !goods.is_multiple_of(64)
        {
            *last = (1 << (goods % 64)) - 1;
        }
        Allowed { words, goods }
    }

    fn none(goods: usize) -> Allowed {
        Allowed {
            words: vec![0; goods.div_ceil(64)],
            goods,
        }
    }

    /// The goods of which something holds.
    fn those(goods: usize, hold: &dyn Fn(usize) -> bool) -> Allowed {
        Allowed::from_rows(goods, (0..goods).filter(|&row| hold(row)))
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

    /// Goods of the shard, allowed or not.
    pub(crate) fn goods(&self) -> usize {
        self.goods
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// A bit for each row, set where it is left.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}

/// What rules are applied to, beside the shard.
pub(crate) struct Asked<'a> {
    pub(crate) profile: &'a Profile,
    pub(crate) channel: &'a Channel,
    /// The catalog's last event.
    pub(crate) t_ref: i64,
    /// Of every good, as bits, where the rules ask for them.
    pub(crate) risks: &'a [u8],
}

/// What the rules left, and what each of them took out.
pub(crate) struct Ruled {
    /// The rows that no rule takes out.
    pub(crate) allowed: Allowed,
    /// Each rule that was asked for, and how many goods break it.
    pub(crate) removed: Vec<Removed>,
    /// Where nothing is left: the rule without which most would be.
    pub(crate) relax: Option<Removed>,
}

/// A rule, and a number of goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// The rule's name.
    pub rule: &'static str,
    /// How many goods.
    pub goods: usize,
}

impl Rules {
    /// Applies the rules.
    pub(crate) fn apply<B: AsRef<[u8]>>(
        &self,
        shard: &Shard<B>,
        asked: &Asked<'_>,
    ) -> Result<Ruled> {
        let goods = shard.goods() as usize;
        let sets = self.sets(shard, asked)?;
        let all = |but: usize| {
            let mut left = Allowed::all(goods);
            let others = sets.iter().enumerate().filter(|&(i, _)| i != but);
            others.for_each(|(_, (_, set))| left.and(set));
            left
        };
        let allowed = all(sets.len());
        let removed = |(rule, set): &(&'static str, Allowed)| Removed {
            rule,
            goods: goods - set.count(),
        };
        let mut relax = None;
        if allowed.count() == 0 {
            let without = |i: usize| Removed {
                rule: sets[i].0,
                goods: all(i).count(),
            };
            let wins = (0..sets.len()).map(without).filter(|r| r.goods > 0);
            relax = wins.rev().max_by_key(|r| r.goods);
        }
        Ok(Ruled {
            removed: sets.iter().map(removed).collect(),
            allowed,
            relax,
        })
    }

    /// The goods that each rule leaves.
    fn sets<B: AsRef<[u8]>>(
        &self,
        shard: &Shard<B>,
        asked: &Asked<'_>,
    ) -> Result<Vec<(&'static str, Allowed)>> {
        let goods = shard.goods() as usize;
        let mut sets = Vec::new();
        if let Some(paths) = &self.categories {
            sets.push((
                "categories",
                of_categories(shard, paths, "rules.categories", true)?,
            ));
        }
        if let Some(paths) = &self.not_categories {
            let field = "rules.notCategories";
            sets.push(("notCategories", of_categories(shard, paths, field, false)?));
        }
        if let Some(ids) = &self.suppliers {
            sets.push((
                "suppliers",
                of_suppliers(shard, ids, "rules.suppliers", true)?,
            ));
        }
        if let Some(ids) = &self.not_suppliers {
            let field = "rules.notSuppliers";
            sets.push(("notSuppliers", of_suppliers(shard, ids, field, false)?));
        }
        if self.price_min.is_some() || self.price_max.is_some() {
            sets.push(("price", self.of_price(shard)?));
        }
        if let Some(least) = self.margin_min {
            sets.push(("marginMin", of_margin(shard, asked.channel, least)?));
        }
        let bounds = [
            ("moqMax", "rules.moqMax", self.moq_max, Section::Moq, 0),
            (
                "leadTimeMax",
                "rules.leadTimeMax",
                self.lead_time_max,
                Section::LeadTime,
                1,
            ),
        ];
        for (rule, field, most, section, offset) in bounds {
            if let Some(most) = most {
                let range = 1..=bound(field, most)?.saturating_add(offset);
                sets.push((rule, of_range(shard, section, range)?));
            }
        }
        if let Some(least) = self.reviews_min {
            let range = bound("rules.reviewsMin", least)?..=u64::MAX;
            sets.push(("reviewsMin", of_range(shard, Section::ReviewCount, range)?));
        }
        if let Some(days) = self.new_within_days {
            let days = bound("rules.newWithinDays", days)?;
            let last = (asked.t_ref / DAY) as u64;
            let range = last.saturating_sub(days).max(1)..=u64::MAX;
            sets.push(("newWithinDays", of_range(shard, Section::FirstSeen, range)?));
        }
        if self.in_stock {
            sets.push(("inStock", of_range(shard, Section::Stock, 2..=u64::MAX)?));
        }
        if let Some(risks) = &self.without_risks {
            let mut left = Allowed::all(goods);
            let mask = RiskSet::of(risks).bits();
            keep_without(&mut left.words, asked.risks, mask);
            sets.push(("withoutRisks", left));
        }
        if let Some(text) = &self.text {
            let mut left = Allowed::all(goods);
            for rows in search::find(shard, text)? {
                let rows = rows.into_iter().map(|row| row as usize);
                left.and(&Allowed::from_rows(goods, rows));
            }
            sets.push(("text", left));
        }
        if let Some(ids) = &self.only {
            sets.push(("only", of_ids(shard, ids)?));
        }
        if let Some(ids) = &self.exclude {
            let mut left = Allowed::all(goods);
            let table = shard.ids()?;
            let rows = ids.iter().filter_map(|id| table.find(id));
            rows.for_each(|row| left.remove(row));
            sets.push(("exclude", left));
        }
        if !self.include_sold && !asked.profile.sold.is_empty() {
            let mut left = Allowed::all(goods);
            let sold = asked.profile.sold.iter();
            sold.for_each(|&row| left.remove(row as usize));
            sets.push(("includeSold", left));
        }
        Ok(sets)
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
        of_range(shard, Section::Price, low.max(1)..=high)
    }
}

fn bound(field: &'static str, value: f64) -> Result<u64> {
    if value >= 0.0 {
        return Ok(value as u64);
    }
    let expected = match field {
        "rules.priceMin" | "rules.priceMax" => "minor units, 0 or more",
        _ => "a number, 0 or more",
    };
    Err(Kind::BadQuery {
        field,
        expected,
        found: number(value),
    }
    .into())
}

/// Goods of which a column says something within a range.
fn of_range<B: AsRef<[u8]>>(
    shard: &Shard<B>,
    section: Section,
    range: RangeInclusive<u64>,
) -> Result<Allowed> {
    let column = shard.column(section)?;
    if column.is_empty() {
        // What is not there is not known of any good.
        return Ok(Allowed::none(shard.goods() as usize));
    }
    let mut allowed = Allowed::all(column.len());
    let (words, low, high) = (&mut allowed.words, *range.start(), *range.end());
    match column {
        Uints::U8(column) => keep_in_range(words, column.as_chunks::<1>().0, low, high),
        Uints::U16(column) => keep_in_range(words, column, low, high),
        Uints::U32(column) => keep_in_range(words, column, low, high),
        Uints::U64(column) => keep_in_range(words, column, low, high),
    }
    Ok(allowed)
}

/// Goods whose row of a table is on a list, or is not.
fn listed(column: Uints<'_>, wanted: &[bool], keep: bool) -> Allowed {
    let mut allowed = Allowed::all(column.len());
    let words = &mut allowed.words;
    match column {
        Uints::U8(column) => keep_listed(words, column.as_chunks::<1>().0, wanted, keep),
        Uints::U16(column) => keep_listed(words, column, wanted, keep),
        Uints::U32(column) => keep_listed(words, column, wanted, keep),
        Uints::U64(column) => keep_listed(words, column, wanted, keep),
    }
    allowed
}

/// Goods of which a sale leaves at least a share of the retail price.
fn of_margin<B: AsRef<[u8]>>(
    shard: &Shard<B>,
    channel: &Channel,
    least: f64,
) -> Result<Allowed> {
    if !(-1e6..1.0).contains(&least) {
        return Err(Kind::BadQuery {
            field: "rules.marginMin",
            expected: "a share of the retail price, below 1",
            found: number(least),
        }
        .into());
    }
    let margins = Margins::new(shard, channel)?;
    let fits = |row: usize| margins.share(row) >= least;
    Ok(Allowed::those(shard.goods() as usize, &fits))
}

fn of_categories<B: AsRef<[u8]>>(
    shard: &Shard<B>,
    paths: &[String],
    field: &'static str,
    keep: bool,
) -> Result<Allowed> {
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
            return Err(unknown(field, "category paths of the shard", path));
        }
        subtree.into_iter().for_each(|i| wanted[i] = true);
    }
    let category = shard.column(Section::Category)?;
    Ok(listed(category, &wanted, keep))
}

fn of_suppliers<B: AsRef<[u8]>>(
    shard: &Shard<B>,
    ids: &[String],
    field: &'static str,
    keep: bool,
) -> Result<Allowed> {
    let table = shard.supplier_ids()?;
    let mut wanted = vec![false; table.len()];
    for id in ids {
        let row = table.find(id).filter(|&row| row > 0);
        let row = row.ok_or_else(|| unknown(field, "supplier ids of the shard", id))?;
        wanted[row] = true;
    }
    let supplier = shard.column(Section::Supplier)?;
    Ok(listed(supplier, &wanted, keep))
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
