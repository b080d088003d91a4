//! `goods`: what can be sold.

use std::collections::BTreeSet;
use std::path::Path;

use goodsrank::csv::{Header, Row};
use goodsrank::events::{DAY, TIME_EXPECTED, parse_time};
use goodsrank::shard::MAX_ID_LEN;

use super::{Skipped, money, table};
use crate::error::{Error, Result};

/// Text columns that are shipped as they are, after the titles.
const DETAILS: [&str; 7] = [
    "sku",
    "gtin",
    "brand",
    "ships_to",
    "attributes",
    "image_url",
    "url",
];

/// A good of the catalog.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Good {
    /// The id, 1 to 64 bytes.
    pub id: String,
    /// Category path; "" when unknown.
    pub category: String,
    /// Supplier's id; "" when unknown.
    pub supplier_id: String,
    /// The brand; "" when unknown.
    pub brand: String,
    /// Codes of where it ships to, ascending, a space between; "" when unknown.
    pub ships_to: String,
    /// Minor units of `currency`; 0 when unknown.
    pub price: u64,
    /// ISO 4217 code; "" when the row names none.
    pub currency: String,
    /// Pieces; 0 when unknown.
    pub moq: u64,
    /// Days, the 90th percentile.
    pub lead_time: Option<u64>,
    /// Good reviews of all.
    pub reviews: Share,
    /// Pieces sent back, of those sold.
    pub returns: Share,
    /// Orders that the supplier filled, of all.
    pub fills: Share,
    /// Parcels picked up within a day, of all.
    pub pickups: Share,
    /// Pieces in stock.
    pub stock: Option<u64>,
    /// Day that reviews, returns and fills were counted, days since 1970 UTC; 0
    /// when unknown.
    pub evidence_at: u64,
    /// Endorsements of the good and its supplier.
    pub endorsements: u64,
    /// Whether the catalog suspects an infringed brand.
    pub brand_flag: bool,
    /// Values of the catalog's text fields.
    pub texts: Vec<String>,
    /// Line in its file.
    pub line: u64,
}

/// So many of so many, as they were counted; of none when unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many, at most `n`.
    pub k: u64,
    /// Of how many; 0 when unknown.
    pub n: u64,
}

/// Where the columns of a goods file stand.
struct Columns {
    good_id: usize,
    category: Option<usize>,
    supplier_id: Option<usize>,
    brand: Option<usize>,
    ships_to: Option<usize>,
    price: Option<usize>,
    currency: Option<usize>,
    moq: Option<usize>,
    lead_time: Option<usize>,
    reviews: ShareColumns,
    returns: ShareColumns,
    fills: ShareColumns,
    pickups: ShareColumns,
    stock: Option<usize>,
    evidence_at: Option<usize>,
    endorsements: Option<usize>,
    brand_flag: Option<usize>,
    texts: Vec<usize>,
}

/// Where a share's two columns stand, with their names.
struct ShareColumns {
    names: [&'static str; 2],
    at: [Option<usize>; 2],
}

/// The goods in the byte order of their ids, and the names of their texts.
pub(super) fn read(
    path: &Path,
    skipped: &mut Skipped,
) -> Result<(Vec<Good>, Vec<String>)> {
    let mut goods = Vec::new();
    let mut columns = None;
    let mut fields = Vec::new();
    table::read(path, &mut |row| {
        let columns = match &columns {
            Some(columns) => columns,
            None => {
                fields = text_fields(row.header());
                skipped.report_unused(path, row.header(), is_used);
                columns.insert(Columns::new(row.header(), &fields)?)
            }
        };
        goods.push(columns.read(&row)?);
        Ok(())
    })?;
    if goods.is_empty() {
        return Err(Error::catalog(
            path,
            "expected goods, found none; add a row for each good",
        ));
    }
    goods.sort_by(|a: &Good, b| a.id.cmp(&b.id));
    refuse_duplicates(path, &goods)?;
    Ok((goods, fields))
}

/// Titles first, `title` before its languages, then the details.
fn text_fields(header: &Header) -> Vec<String> {
    let title = |name: &&String| *name == "title" || name.starts_with("title_");
    let mut titles: Vec<String> = header.names().iter().filter(title).cloned().collect();
    titles.sort();
    let details = DETAILS.iter().filter(|&&d| header.find(d).is_some());
    titles.extend(details.map(|&d| d.to_owned()));
    titles
}

/// Columns that are read, texts aside.
const USED: [&str; 19] = [
    "good_id",
    "category",
    "supplier_id",
    "price_minor",
    "currency",
    "moq",
    "lead_time_days",
    "review_k",
    "review_n",
    "return_k",
    "return_n",
    "fill_k",
    "fill_n",
    "pickup_k",
    "pickup_n",
    "stock",
    "evidence_at",
    "endorsements",
    "brand_flag",
];

fn is_used(name: &str) -> bool {
    USED.contains(&name)
        || DETAILS.contains(&name)
        || name == "title"
        || name.starts_with("title_")
}

fn refuse_duplicates(path: &Path, goods: &[Good]) -> Result<()> {
    match goods.windows(2).find(|pair| pair[0].id == pair[1].id) {
        None => Ok(()),
        Some(pair) => {
            let (a, b) = (
                pair[0].line.min(pair[1].line),
                pair[0].line.max(pair[1].line),
            );
            let id = &pair[0].id;
            let message =
                format!("line {b}: good_id {id:?} was on line {a} already; remove one");
            Err(Error::catalog(path, message))
        }
    }
}

impl Columns {
    fn new(header: &Header, texts: &[String]) -> goodsrank::Result<Columns> {
        Ok(Columns {
            good_id: header.require("good_id")?,
            category: header.find("category"),
            supplier_id: header.find("supplier_id"),
            brand: header.find("brand"),
            ships_to: header.find("ships_to"),
            price: header.find("price_minor"),
            currency: header.find("currency"),
            moq: header.find("moq"),
            lead_time: header.find("lead_time_days"),
            reviews: ShareColumns::new(header, ["review_k", "review_n"]),
            returns: ShareColumns::new(header, ["return_k", "return_n"]),
            fills: ShareColumns::new(header, ["fill_k", "fill_n"]),
            pickups: ShareColumns::new(header, ["pickup_k", "pickup_n"]),
            stock: header.find("stock"),
            evidence_at: header.find("evidence_at"),
            endorsements: header.find("endorsements"),
            brand_flag: header.find("brand_flag"),
            texts: texts.iter().filter_map(|t| header.find(t)).collect(),
        })
    }

    fn read(&self, row: &Row<'_>) -> goodsrank::Result<Good> {
        let currency = row.get(self.currency).to_ascii_uppercase();
        if !currency.is_empty() && !money::is_code(&currency) {
            return Err(row.error("currency", "an ISO 4217 code such as CNY", &currency));
        }
        Ok(Good {
            id: read_id(row, "good_id", self.good_id)?.to_owned(),
            category: read_category(row, row.get(self.category))?,
            supplier_id: read_supplier(row, self.supplier_id)?,
            brand: read_brand(row, self.brand)?,
            ships_to: read_destinations(row, self.ships_to)?,
            price: whole(row, "price_minor", self.price)?.unwrap_or(0),
            currency,
            moq: whole(row, "moq", self.moq)?.unwrap_or(0),
            lead_time: whole(row, "lead_time_days", self.lead_time)?,
            reviews: self.reviews.read(row)?,
            returns: self.returns.read(row)?,
            fills: self.fills.read(row)?,
            pickups: self.pickups.read(row)?,
            stock: whole(row, "stock", self.stock)?,
            evidence_at: read_day(row, "evidence_at", self.evidence_at)?,
            endorsements: whole(row, "endorsements", self.endorsements)?.unwrap_or(0),
            brand_flag: read_flag(row, "brand_flag", self.brand_flag)?,
            texts: self
                .texts
                .iter()
                .map(|&c| row.get(Some(c)).to_owned())
                .collect(),
            line: row.line,
        })
    }
}

impl ShareColumns {
    fn new(header: &Header, names: [&'static str; 2]) -> ShareColumns {
        ShareColumns {
            names,
            at: names.map(|name| header.find(name)),
        }
    }

    /// How many of how many; of how many alone says nothing.
    fn read(&self, row: &Row<'_>) -> goodsrank::Result<Share> {
        let ([k_name, n_name], [k_at, n_at]) = (self.names, self.at);
        let (k, n) = (whole(row, k_name, k_at)?, whole(row, n_name, n_at)?);
        match (k, n) {
            (None, _) => Ok(Share::default()),
            (Some(_), None) => {
                let expected = format!("a whole number, of which {k_name} is a part");
                Err(row.error(n_name, expected, ""))
            }
            (Some(k), Some(n)) if k > n => {
                let expected = format!("at most {n}, as many as {n_name}");
                Err(row.error(k_name, expected, row.get(k_at)))
            }
            (Some(k), Some(n)) => Ok(Share { k, n }),
        }
    }
}

/// A brand of at most 64 bytes.
fn read_brand(row: &Row<'_>, column: Option<usize>) -> goodsrank::Result<String> {
    let brand = row.get(column).trim();
    match brand.len() {
        0..=MAX_ID_LEN => Ok(brand.to_owned()),
        _ => Err(row.error("brand", "at most 64 bytes", brand)),
    }
}

/// Codes such as CN or US-CA, with a space, a comma, a semicolon or a bar between.
fn read_destinations(row: &Row<'_>, column: Option<usize>) -> goodsrank::Result<String> {
    let text = row.get(column).to_ascii_uppercase();
    let codes: BTreeSet<&str> = text
        .split([' ', ',', ';', '|'])
        .filter(|code| !code.is_empty())
        .collect();
    let is_code = |code: &str| {
        let letter = |c: u8| c.is_ascii_uppercase() || c.is_ascii_digit() || c == b'-';
        (2..=8).contains(&code.len()) && code.bytes().all(letter)
    };
    match codes.iter().find(|code| !is_code(code)) {
        Some(code) => Err(row.error("ships_to", "codes such as CN or US-CA", code)),
        None => Ok(codes.into_iter().collect::<Vec<_>>().join(" ")),
    }
}

/// An id of 1 to 64 bytes.
pub(super) fn read_id<'a>(
    row: &Row<'a>,
    name: &str,
    column: usize,
) -> goodsrank::Result<&'a str> {
    let id = row.get(Some(column));
    if (1..=MAX_ID_LEN).contains(&id.len()) {
        return Ok(id);
    }
    Err(row.error(name, format!("an id of 1 to {MAX_ID_LEN} bytes"), id))
}

/// A supplier's id; "" when the row names none.
fn read_supplier(row: &Row<'_>, column: Option<usize>) -> goodsrank::Result<String> {
    match column {
        Some(column) if !row.get(Some(column)).is_empty() => {
            read_id(row, "supplier_id", column).map(str::to_owned)
        }
        _ => Ok(String::new()),
    }
}

/// Yes or no; "" is no.
pub(super) fn read_flag(
    row: &Row<'_>,
    name: &str,
    column: Option<usize>,
) -> goodsrank::Result<bool> {
    match row.get(column) {
        "" | "0" | "false" => Ok(false),
        "1" | "true" => Ok(true),
        other => Err(row.error(name, "0 or 1", other)),
    }
}

/// A day since 1970 UTC; "" is 0.
fn read_day(row: &Row<'_>, name: &str, column: Option<usize>) -> goodsrank::Result<u64> {
    let text = row.get(column);
    match parse_time(text) {
        Some(seconds) => Ok((seconds / DAY) as u64),
        None => Err(row.error(name, TIME_EXPECTED, text)),
    }
}

/// A path without empty parts, so that every prefix at a `/` is a category.
fn read_category(row: &Row<'_>, path: &str) -> goodsrank::Result<String> {
    let parts: Vec<&str> = path
        .split('/')
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let path = parts.join("/");
    if path.len() > 255 {
        return Err(row.error("category", "a path of at most 255 bytes", &path));
    }
    Ok(path)
}

/// A whole number from 0; "" is `None`. `12.0` is whole too: tools that pass a
/// column through floats write it so.
fn whole(
    row: &Row<'_>,
    name: &str,
    column: Option<usize>,
) -> goodsrank::Result<Option<u64>> {
    let text = row.get(column);
    if text.is_empty() {
        return Ok(None);
    }
    let digits = text.strip_suffix(".0").unwrap_or(text);
    let value = digits.parse::<u64>().ok().filter(|&v| v <= MAX_WHOLE);
    let expected = "a whole number, 0 or more";
    value
        .map(Some)
        .ok_or_else(|| row.error(name, expected, text))
}

/// The largest integer that JavaScript holds exactly.
pub(super) const MAX_WHOLE: u64 = (1 << 53) - 1;
