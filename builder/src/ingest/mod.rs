//! From files to a catalog in memory: everything checked, ids in byte order.
//!
//! `docs/catalog.md` documents the columns. What cannot be read is an error
//! that names file, line and column; what can be read but makes no sense, as an
//! event with an unknown good, is skipped and counted in [`Skipped`].

mod causes;
mod events;
mod goods;
mod money;
mod parties;
mod table;

use std::path::Path;

use goodsrank::csv::Header;
use goodsrank::events::Skip;
use goodsrank::shard::category_order;

#[cfg(test)]
pub(crate) use causes::{Named, caused};
pub use events::{CatalogEvent, Events};
pub use goods::{Good, Share};
pub use parties::{Shop, Supplier};

use crate::error::{Error, Result};

/// A catalog in memory.
#[derive(Debug, Default)]
pub struct Catalog {
    /// In the byte order of their ids.
    pub goods: Vec<Good>,
    /// In the byte order of their ids.
    pub suppliers: Vec<Supplier>,
    /// What shops did.
    pub events: Events,
    /// ISO 4217 code of every price; "" when no good has one.
    pub currency: String,
    /// Decimal digits of the currency's minor unit.
    pub exponent: u8,
    /// Names of the text fields, `title` first.
    pub text_fields: Vec<String>,
    /// What was left out.
    pub skipped: Skipped,
}

/// What was read but left out, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Skipped {
    /// Events of a kind that is none.
    pub unknown_kind: u64,
    /// Events whose quantity is 0 or below.
    pub quantity_not_positive: u64,
    /// Events with a good that the catalog does not list.
    pub unknown_good: u64,
    /// Events after the last moment that counts.
    pub too_late: u64,
    /// Causes that are no shop which touched the good before; their events count.
    pub unknown_cause: u64,
    /// Columns that the builder does not use, as `goods.csv: color`.
    pub unused_columns: Vec<String>,
}

impl Catalog {
    /// The paths of the category table, "" first, each followed by its subtree,
    /// and the row of each good.
    pub fn category_table(&self) -> (Vec<&str>, Vec<u32>) {
        let known = self.goods.iter().map(|good| good.category.as_str());
        let mut paths: Vec<&str> = known.chain([""]).collect();
        paths.sort_unstable_by(|a, b| category_order(a, b));
        paths.dedup();
        let row = |good: &Good| {
            let at = paths.binary_search_by(|path| category_order(path, &good.category));
            at.unwrap_or(0) as u32
        };
        let rows = self.goods.iter().map(row).collect();
        (paths, rows)
    }
}

impl Skipped {
    fn count(&mut self, skip: Skip) {
        match skip {
            Skip::UnknownKind => self.unknown_kind += 1,
            Skip::QuantityNotPositive => self.quantity_not_positive += 1,
            Skip::UnknownGood => self.unknown_good += 1,
        }
    }

    /// Notes the columns of a file that nothing reads.
    fn report_unused(
        &mut self,
        path: &Path,
        header: &Header,
        used: impl Fn(&str) -> bool,
    ) {
        let file = path.file_name().unwrap_or_default().to_string_lossy();
        let unused = header.names().iter().filter(|name| !used(name));
        self.unused_columns
            .extend(unused.map(|name| format!("{file}: {name}")));
    }

    /// Events left out.
    pub fn events(&self) -> u64 {
        self.unknown_kind + self.quantity_not_positive + self.unknown_good + self.too_late
    }
}

/// How a catalog is read.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Refuse to skip: what would be counted is an error.
    pub strict: bool,
    /// Currency of the shard; the catalog's most frequent when `None`.
    pub currency: Option<String>,
    /// Seconds since 1970 UTC; later events are skipped.
    pub until: i64,
}

/// Reads the catalog in a folder.
pub fn read(catalog: &Path, options: &IngestOptions) -> Result<Catalog> {
    let mut skipped = Skipped::default();
    let goods_file = table::find(catalog, "goods")?.ok_or_else(|| {
        missing(catalog, "goods", "one row a good, with a column good_id")
    })?;
    let (mut goods, text_fields) = goods::read(&goods_file, &mut skipped)?;
    let suppliers = parties::suppliers(catalog, &goods, &mut skipped)?;
    let shops = parties::shops(catalog, &mut skipped)?;
    let events = match table::find(catalog, "events")? {
        Some(file) => events::read(&file, &goods, shops, options.until, &mut skipped)?,
        None => {
            return Err(missing(
                catalog,
                "events",
                "one row an event, with at, shop_id, good_id",
            ));
        }
    };
    let money = money::convert(
        catalog,
        &mut goods,
        options.currency.as_deref(),
        events.t_ref(),
    )?;
    if options.strict && skipped.events() > 0 {
        let message = format!(
            "--strict, and {} events would be skipped: {}",
            skipped.events(),
            why(&skipped)
        );
        return Err(Error::catalog(catalog, message));
    }
    if options.strict && skipped.unknown_cause > 0 {
        let message = format!(
            "--strict, and {} causes would be skipped: {CAUSE_EXPECTED}",
            skipped.unknown_cause
        );
        return Err(Error::catalog(catalog, message));
    }
    let (currency, exponent) = money;
    Ok(Catalog {
        goods,
        suppliers,
        events,
        currency,
        exponent,
        text_fields,
        skipped,
    })
}

fn missing(catalog: &Path, table: &str, what: &str) -> Error {
    let message = format!(
        "expected {table}.csv, {table}.parquet or {table}.jsonl, found none; add it: {what}"
    );
    Error::catalog(catalog, message)
}

/// What an event's `caused_by` must be, as reports say it.
pub const CAUSE_EXPECTED: &str =
    "caused_by must name another shop that had an event with the good before";

/// The reasons with their counts, those that happened.
pub fn why(skipped: &Skipped) -> String {
    let counts = [
        skipped.unknown_kind,
        skipped.quantity_not_positive,
        skipped.unknown_good,
        skipped.too_late,
    ];
    let names = Skip::ALL
        .iter()
        .map(|skip| skip.name())
        .chain(["in the future"]);
    let reasons = names.zip(counts).filter(|&(_, n)| n > 0);
    reasons
        .map(|(name, n)| format!("{n} {name}"))
        .collect::<Vec<_>>()
        .join(", ")
}
