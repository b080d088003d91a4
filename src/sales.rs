//! A merchant's own sales file, matched to the catalog.
//!
//! The file knows none of our ids. A row is matched by `good_id`, then `gtin`,
//! then `supplier_id` and `sku`, then the normalised title; the first column
//! that finds something decides. A row that finds several goods is ambiguous,
//! one that finds none unmatched: both are reported, and can be mended with
//! [`SalesMatch::assign`]. Until then a row of known category and price still
//! tells the shop's price level. Nothing here leaves the machine.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::SEVERAL;
use crate::csv::{CsvReader, Header, Row};
use crate::engine::Engine;
use crate::error::{Kind, Result};
use crate::events::{TIME_EXPECTED, parse_time};
use crate::profile::{
    Event, PricePoint, Profile, ProfileBuilder, event_weight, good_weight,
};
use crate::search::normalise;
use crate::shard::{Bytes, EventKind, Section, Shard, Strings, Uints, key};
use crate::show::{parse_decimal, quoted};

/// The most candidates that are named for one row.
const MAX_CANDIDATES: usize = 10;

/// Column names that merchants' files use for one of ours, ours first, and the
/// name of a line before that of its order. By [`Field`].
const COLUMNS: [&str; 10] = [
    "good_id|goods_id|id|商品id|商品编号",
    "gtin|barcode|ean|upc|条码|商品条码",
    "supplier_id|supplier|供应商|供应商编号",
    "sku|variant sku|lineitem sku|item sku|货号|商家编码|sku编码|商品编码",
    "title|title_zh|title_en|lineitem name|item name|product name|name|商品名称|商品标题|\
     宝贝标题|宝贝名称|标题|品名",
    "quantity|qty|lineitem quantity|item quantity|quantity (- refund)|数量|销量|件数|商品数量|\
     宝贝数量|宝贝总数量|购买数量",
    "at|date|created at|created_at|order date|order_date|paid at|日期|时间|下单时间|\
     订单创建时间|创建时间|订单付款时间|付款时间",
    "kind|类型",
    "category|类目|分类",
    "price_minor",
];

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Field {
    GoodId,
    Gtin,
    SupplierId,
    Sku,
    Title,
    Quantity,
    At,
    Kind,
    Category,
    Price,
}

/// What a column matched a row by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum MatchedBy {
    /// The catalog's own id.
    Id,
    /// Barcode.
    Gtin,
    /// Supplier's article number.
    Sku,
    /// Normalised title.
    Title,
}

/// Rows matched, by what matched them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct MatchCounts {
    /// By the catalog's own id.
    pub id: usize,
    /// By barcode.
    pub gtin: usize,
    /// By supplier and SKU.
    pub sku: usize,
    /// By normalised title.
    pub title: usize,
}

/// Why a row has no good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowStatus {
    /// Several goods fit.
    Ambiguous,
    /// No good fits.
    Unmatched,
    /// The row cannot be read.
    Invalid,
}

impl RowStatus {
    /// The status as reports say it.
    pub fn name(self) -> &'static str {
        match self {
            RowStatus::Ambiguous => "ambiguous",
            RowStatus::Unmatched => "unmatched",
            RowStatus::Invalid => "invalid",
        }
    }
}

/// A row that was not matched to exactly one good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnmatchedRow {
    /// Line in the file, the header being 1.
    pub line: u64,
    /// What the row calls the good.
    pub label: String,
    /// Why it has no good.
    pub status: RowStatus,
    /// Ids of the goods that fit, ten at most.
    pub candidates: Vec<String>,
    /// Why an invalid row was skipped; "" otherwise.
    pub reason: String,
}

#[cfg(feature = "several")]
impl UnmatchedRow {
    /// A row that fits several goods.
    pub(crate) fn ambiguous(
        line: u64,
        label: &str,
        goods: &std::collections::BTreeSet<&str>,
    ) -> UnmatchedRow {
        let candidates = goods.iter().take(MAX_CANDIDATES);
        UnmatchedRow {
            line,
            label: label.to_owned(),
            status: RowStatus::Ambiguous,
            candidates: candidates.map(|&id| id.to_owned()).collect(),
            reason: String::new(),
        }
    }
}

/// One row of the file, with as much as is known of its good.
#[derive(Clone, Debug)]
pub(crate) struct Sale {
    line: u64,
    good: Option<u32>,
    pub(crate) kind: EventKind,
    pub(crate) quantity: f64,
    pub(crate) at: i64,
    price: Option<(u32, u64)>,
    /// Whether its good is one of any shard.
    settled: bool,
}

/// The goods of one shard that a row of the file may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Line in the file, the header being 1.
    pub line: u64,
    /// What the row calls the good.
    pub label: String,
    /// What found them.
    pub by: MatchedBy,
    /// Rows of the shard.
    pub goods: Vec<u32>,
}

/// A merchant's sales file, matched to the catalog.
#[derive(Clone, Debug, Default)]
pub struct SalesMatch {
    sales: Vec<Sale>,
    findings: Vec<Finding>,
    matched: MatchCounts,
    unmatched: Vec<UnmatchedRow>,
    rows: usize,
}

impl SalesMatch {
    /// Data rows read.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Rows matched, by what matched them; rows assigned since are not counted.
    pub fn matched(&self) -> MatchCounts {
        self.matched
    }

    /// Rows without a good, in the order of the file.
    pub fn unmatched(&self) -> &[UnmatchedRow] {
        &self.unmatched
    }

    /// What was found for each row, by a shard that is one of several; none by one
    /// that is all there is.
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// Says which goods rows mean in all shards, by line and id: here each is one
    /// that the shard has, or nothing. Rows that are not named mean none.
    pub fn settle<B: Bytes>(
        &mut self,
        shard: &Shard<B>,
        goods: &BTreeMap<u64, String>,
    ) -> Result<()> {
        let ids = shard.ids()?;
        for sale in &mut self.sales {
            let good = goods.get(&sale.line);
            let row = good.and_then(|id| ids.find(id));
            sale.good = row.map(|row| row as u32);
            sale.settled = good.is_some();
        }
        Ok(())
    }

    /// Says which good the row at `line` means, by its id.
    pub fn assign<B: Bytes>(
        &mut self,
        shard: &Shard<B>,
        line: u64,
        good_id: &str,
    ) -> Result<()> {
        let row = shard.ids()?.find(good_id);
        let row = row.ok_or_else(|| Kind::UnknownGood {
            id: good_id.to_owned(),
        })?;
        let sale = self.sales.iter_mut().find(|sale| sale.line == line);
        let sale = sale.ok_or_else(|| Kind::BadQuery {
            field: "line",
            expected: "a line of the file whose quantity and time can be read",
            found: line.to_string(),
        })?;
        sale.good = Some(row as u32);
        self.unmatched.retain(|unmatched| unmatched.line != line);
        Ok(())
    }

    /// The shop's profile: what its matched rows sell, and the prices of those
    /// unmatched rows whose category the shard knows.
    pub fn profile<B: Bytes>(&self, engine: &Engine<B>) -> Profile {
        let mut builder: ProfileBuilder = engine.profile_builder(None);
        let mut prices = Vec::new();
        let (weights, t_ref) = (&engine.model().profile, engine.model().t_ref);
        for sale in &self.sales {
            let event = Event {
                row: sale.good.unwrap_or(0),
                kind: sale.kind,
                quantity: sale.quantity,
                at: sale.at,
            };
            match (sale.good, sale.price) {
                (Some(_), _) => builder.add(event),
                (None, Some((category, price))) if !sale.settled => {
                    let weight =
                        good_weight(weights, event_weight(weights, t_ref, &event));
                    prices.extend(weight.map(|weight| PricePoint {
                        category,
                        price,
                        weight,
                    }));
                }
                (None, _) => {}
            }
        }
        let mut profile = builder.finish();
        profile.prices = prices;
        profile
    }
}

/// Reads and matches a file that is pushed in pieces.
pub struct SalesReader<'a, B> {
    shard: &'a Shard<B>,
    csv: CsvReader,
    columns: Option<Columns>,
    out: SalesMatch,
}

impl<'a, B: Bytes> SalesReader<'a, B> {
    /// A reader at the start of a file.
    pub fn new(shard: &'a Shard<B>) -> SalesReader<'a, B> {
        SalesReader {
            shard,
            csv: CsvReader::new(),
            columns: None,
            out: SalesMatch::default(),
        }
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (shard, columns, out) = (self.shard, &mut self.columns, &mut self.out);
        self.csv
            .push(bytes, |row| read_row(shard, columns, out, &row))
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<SalesMatch> {
        let (shard, columns, out) = (self.shard, &mut self.columns, &mut self.out);
        self.csv.finish(|row| read_row(shard, columns, out, &row))?;
        Ok(self.out)
    }
}

/// Where the columns stand, by [`Field`].
pub(crate) struct Columns([Option<usize>; 10]);

impl Columns {
    pub(crate) fn new(header: &Header) -> Result<Columns> {
        let columns = Columns(COLUMNS.map(|names| header.place(names)));
        let names = [Field::GoodId, Field::Gtin, Field::Sku, Field::Title];
        if names.iter().all(|&field| columns.place(field).is_none()) {
            return Err(header.lacks("a column good_id, gtin, sku or title"));
        }
        Ok(columns)
    }

    pub(crate) fn place(&self, field: Field) -> Option<usize> {
        self.0[field as usize]
    }

    /// Leaves a column out.
    pub(crate) fn forget(&mut self, field: Field) {
        self.0[field as usize] = None;
    }

    fn get<'r>(&self, row: &Row<'r>, field: Field) -> &'r str {
        row.get(self.place(field))
    }
}

fn read_row<B: Bytes>(
    shard: &Shard<B>,
    columns: &mut Option<Columns>,
    out: &mut SalesMatch,
    row: &Row<'_>,
) -> Result<()> {
    let columns = match columns {
        Some(columns) => columns,
        None => columns.insert(Columns::new(row.header())?),
    };
    out.rows += 1;
    let (good, mut unmatched) = match_row(shard, columns, row)?;
    let mut sale = match read_sale(&shard.categories()?, columns, row) {
        Ok(sale) => sale,
        Err(reason) => {
            unmatched.status = RowStatus::Invalid;
            unmatched.reason = reason;
            unmatched.candidates.clear();
            out.unmatched.push(unmatched);
            return Ok(());
        }
    };
    if SEVERAL && shard.has(Section::Speaks) {
        let finding = finding(shard, columns, row, &unmatched.label)?;
        out.findings.extend(finding);
    }
    match good {
        Some((good, by)) => {
            sale.good = Some(good);
            out.matched.count(by);
        }
        None => out.unmatched.push(unmatched),
    }
    out.sales.push(sale);
    Ok(())
}

fn finding<B: Bytes>(
    shard: &Shard<B>,
    columns: &Columns,
    row: &Row<'_>,
    label: &str,
) -> Result<Option<Finding>> {
    let found = find(shard, columns, row)?;
    Ok(found.first().map(|&(_, by)| Finding {
        line: row.line,
        label: label.to_owned(),
        by,
        goods: found.iter().map(|&(good, _)| good).collect(),
    }))
}

/// The good that a row means and what found it; what to say of the row where
/// none, or several, are meant.
pub(crate) fn match_row<B: Bytes>(
    shard: &Shard<B>,
    columns: &Columns,
    row: &Row<'_>,
) -> Result<(Option<(u32, MatchedBy)>, UnmatchedRow)> {
    let found = find(shard, columns, row)?;
    let label = [Field::GoodId, Field::Gtin, Field::Sku, Field::Title];
    let label = label
        .iter()
        .map(|&f| columns.get(row, f))
        .find(|l| !l.is_empty());
    let mut unmatched = UnmatchedRow {
        line: row.line,
        label: label.unwrap_or_default().to_owned(),
        status: RowStatus::Unmatched,
        candidates: Vec::new(),
        reason: String::new(),
    };
    if let [one] = found[..] {
        return Ok((Some(one), unmatched));
    }
    if !found.is_empty() {
        unmatched.status = RowStatus::Ambiguous;
    }
    let ids = shard.ids()?;
    let candidates = found.iter().take(MAX_CANDIDATES);
    let candidates = candidates.map(|&(good, _)| ids.get(good as usize).to_owned());
    unmatched.candidates = candidates.collect();
    Ok((None, unmatched))
}

impl MatchCounts {
    pub(crate) fn count(&mut self, by: MatchedBy) {
        match by {
            MatchedBy::Id => self.id += 1,
            MatchedBy::Gtin => self.gtin += 1,
            MatchedBy::Sku => self.sku += 1,
            MatchedBy::Title => self.title += 1,
        }
    }
}

/// All of a row but its good, or why it cannot be read.
pub(crate) fn read_sale(
    categories: &Strings<'_>,
    columns: &Columns,
    row: &Row<'_>,
) -> std::result::Result<Sale, String> {
    let get = |field| columns.get(row, field);
    let quantity = match get(Field::Quantity) {
        "" => 1.0,
        text => parse_decimal(text).filter(|q| *q > 0.0).ok_or_else(|| {
            format!(
                "quantity: expected a number above 0, found {}",
                quoted(text)
            )
        })?,
    };
    let at = get(Field::At);
    let at = parse_time(at)
        .ok_or_else(|| format!("at: expected {TIME_EXPECTED}, found {}", quoted(at)))?;
    let kind = match get(Field::Kind) {
        "" => EventKind::Purchase,
        name => EventKind::from_name(name)
            .ok_or_else(|| format!("kind: {} is no kind", quoted(name)))?,
    };
    let path = get(Field::Category);
    let category = match path {
        "" => None,
        _ => categories.iter().position(|p| p == path),
    };
    let price = get(Field::Price).parse::<u64>().ok().filter(|&p| p > 0);
    let price = category
        .zip(price)
        .map(|(category, price)| (category as u32, price));
    Ok(Sale {
        line: row.line,
        good: None,
        kind,
        quantity,
        at,
        price,
        settled: false,
    })
}

/// The goods that a row may mean, by the first column that finds any.
fn find<B: Bytes>(
    shard: &Shard<B>,
    columns: &Columns,
    row: &Row<'_>,
) -> Result<Vec<(u32, MatchedBy)>> {
    let get = |field| columns.get(row, field);
    let (ids, id) = (shard.ids()?, get(Field::GoodId));
    // As exports write an id that a spreadsheet would take for a formula.
    let exported = || id.strip_prefix('\'').and_then(|id| ids.find(id));
    if let Some(good) = ids.find(id).or_else(exported) {
        return Ok(vec![(good as u32, MatchedBy::Id)]);
    }
    let tables = [
        (
            gtin_key(get(Field::Gtin)),
            Section::GtinKeys,
            Section::GtinGoods,
            MatchedBy::Gtin,
        ),
        (
            sku_key(get(Field::SupplierId), get(Field::Sku)),
            Section::SkuKeys,
            Section::SkuGoods,
            MatchedBy::Sku,
        ),
        (
            title_key(get(Field::Title)),
            Section::TitleKeys,
            Section::TitleGoods,
            MatchedBy::Title,
        ),
    ];
    for (key, keys, goods, by) in tables {
        let found =
            key.map_or(Ok(Vec::new()), |key| rows_of_key(shard, keys, goods, key))?;
        if !found.is_empty() {
            return Ok(found.into_iter().map(|good| (good, by)).collect());
        }
    }
    Ok(Vec::new())
}

/// Rows of a key in a sorted key table.
fn rows_of_key<B: Bytes>(
    shard: &Shard<B>,
    keys: Section,
    goods: Section,
    wanted: u64,
) -> Result<Vec<u32>> {
    let Uints::U64(keys) = shard.column(keys)? else {
        return Ok(Vec::new());
    };
    let goods = shard.column(goods)?;
    let first = keys.partition_point(|&k| u64::from_le_bytes(k) < wanted);
    let end = keys.partition_point(|&k| u64::from_le_bytes(k) <= wanted);
    let mut rows: Vec<u32> = (first..end).map(|i| goods.get(i) as u32).collect();
    rows.dedup();
    Ok(rows)
}

/// The key of a barcode; none unless it has digits and nothing else.
pub fn gtin_key(gtin: &str) -> Option<u64> {
    let digits = gtin.trim_start_matches('0');
    let valid = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    valid.then(|| key(digits.as_bytes()))
}

/// The key of an article number within a supplier's range; "" for a supplier
/// stands for any. None for an empty number.
pub fn sku_key(supplier_id: &str, sku: &str) -> Option<u64> {
    (!sku.is_empty()).then(|| key(format!("{supplier_id}\u{1f}{sku}").as_bytes()))
}

/// The key of a title; none when it has no letter or digit.
pub fn title_key(title: &str) -> Option<u64> {
    let title = normalise(title);
    (!title.is_empty()).then(|| key(title.as_bytes()))
}
