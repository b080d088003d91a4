//! What JavaScript reads as plain objects: the rows of a ranking, and what a
//! catalog says of itself.
//!
//! Put together by hand, in the order of the core's own JSON. serde-wasm-bindgen
//! makes the same of them, but took 8,000 bytes more.

use goodsrank::good::{Because, Good, RankedGood, Texts};
use goodsrank::info::{CatalogInfo, Named};
use goodsrank::policy::Term;
use goodsrank::rules::Removed;
use goodsrank::sales::{SalesMatch, UnmatchedRow};
use goodsrank::shops::RankedShop;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// The most unmatched rows that are named.
const MAX_UNMATCHED: usize = 1000;

#[wasm_bindgen]
extern "C" {
    /// An object, its fields set as by `object[name] = value`: unlike those of
    /// `Reflect`, names need not become JavaScript strings first.
    #[wasm_bindgen(extends = Object)]
    type Fields;

    #[wasm_bindgen(method, indexing_setter)]
    fn set(this: &Fields, name: &str, value: JsValue);
}

/// An object in the making.
struct Record(Fields);

impl Record {
    fn new() -> Record {
        Record(Object::new().unchecked_into())
    }

    fn with(self, name: &str, value: impl Into<JsValue>) -> Record {
        self.0.set(name, value.into());
        self
    }
}

impl From<Record> for JsValue {
    fn from(record: Record) -> JsValue {
        record.0.into()
    }
}

/// What a catalog says of itself.
pub(crate) fn info(info: &CatalogInfo) -> JsValue {
    Record::new()
        .with("goods", info.goods)
        .with("currency", &info.currency)
        .with("exponent", info.exponent)
        .with("tRef", info.t_ref as f64)
        .with("minShops", info.min_shops)
        .with("publishable", info.publishable)
        .with("kernel", &info.kernel)
        .with("searchable", info.searchable)
        .with("categories", list(&info.categories, |path| path.into()))
        .with("suppliers", list(&info.suppliers, named))
        .with("shops", list(&info.shops, named))
        .into()
}

fn named(named: &Named) -> JsValue {
    id_and_name(&named.id, &named.name)
}

fn id_and_name(id: &str, name: &str) -> JsValue {
    Record::new().with("id", id).with("name", name).into()
}

/// What the catalog says of a good.
pub(crate) fn good(good: &Good) -> JsValue {
    with_good(Record::new(), good).into()
}

/// A good at its place in a ranking.
pub(crate) fn ranked_good(row: &RankedGood) -> JsValue {
    let terms = Term::ALL.into_iter().fold(Record::new(), |record, term| {
        record.with(term.name(), row.terms.get(term))
    });
    with_good(Record::new().with("rank", row.rank), &row.good)
        .with("score", row.score as f64)
        .with("terms", terms)
        .with("unknown", list(&row.unknown, |term| term.name().into()))
        .with("risks", list(&row.risks, |risk| risk.name().into()))
        .with("behind", list(&row.behind, |id| id.into()))
        .with("probability", row.probability)
        .with("because", list(&row.because, because))
        .into()
}

/// Shops at their places in a ranking for a good.
pub(crate) fn ranked_shops(rows: &[RankedShop]) -> Array {
    list(rows, |row| {
        Record::new()
            .with("rank", row.rank)
            .with("id", &row.id)
            .with("name", &row.name)
            .with("score", row.score as f64)
            .into()
    })
}

/// What a page shows of a sales file's match, and of how many goods its profile is.
pub(crate) fn sales_report(sales: &SalesMatch, goods: usize) -> JsValue {
    let (matched, unmatched) = (sales.matched(), sales.unmatched());
    let matched = Record::new()
        .with("id", matched.id)
        .with("gtin", matched.gtin)
        .with("sku", matched.sku)
        .with("title", matched.title);
    let named = &unmatched[..unmatched.len().min(MAX_UNMATCHED)];
    Record::new()
        .with("rows", sales.rows())
        .with("matched", matched)
        .with("unmatched", list(named, unmatched_row))
        .with("unmatchedTotal", unmatched.len())
        .with("goods", goods)
        .into()
}

fn unmatched_row(row: &UnmatchedRow) -> JsValue {
    Record::new()
        .with("line", row.line as f64)
        .with("label", &row.label)
        .with("status", row.status.name())
        .with("candidates", list(&row.candidates, |id| id.into()))
        .with("reason", &row.reason)
        .into()
}

/// A rule, and a number of goods.
pub(crate) fn removed(removed: &Removed) -> JsValue {
    Record::new()
        .with("rule", removed.rule)
        .with("goods", removed.goods)
        .into()
}

fn with_good(record: Record, good: &Good) -> Record {
    let supplier = good.supplier.as_ref();
    let supplier = supplier.map(|s| id_and_name(&s.id, &s.name));
    record
        .with("id", &good.id)
        .with("titles", by_name(&good.titles))
        .with("price", number(good.price))
        .with("category", or_null(good.category.as_ref()))
        .with("supplier", or_null(supplier))
        .with("moq", number(good.moq))
        .with("leadTimeDays", number(good.lead_time_days))
        .with("details", by_name(&good.details))
}

fn by_name(texts: &Texts) -> Record {
    let add = |record: Record, (name, text): (&str, &str)| record.with(name, text);
    texts.iter().fold(Record::new(), add)
}

fn because(because: &Because) -> JsValue {
    Record::new()
        .with("id", &because.id)
        .with("title", &because.title)
        .with("share", because.share)
        .into()
}

pub(crate) fn list<T>(values: &[T], each: impl Fn(&T) -> JsValue) -> Array {
    values.iter().map(each).collect()
}

/// A number as JavaScript has it: above 2^53 the nearest that it can hold.
fn number(value: Option<u64>) -> JsValue {
    or_null(value.map(|value| value as f64))
}

/// `None` is null: a field that is undefined would not be in the JSON.
pub(crate) fn or_null(value: Option<impl Into<JsValue>>) -> JsValue {
    value.map_or(JsValue::NULL, Into::into)
}
