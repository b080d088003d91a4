//! What JavaScript reads as plain objects: the rows of a ranking, and what a
//! catalog says of itself.
//!
//! Put together by hand, in the order of the core's own JSON. serde-wasm-bindgen
//! makes the same of them, but took 8,000 bytes more.

use goodsrank::good::{Because, Good, RankedGood, Texts};
use goodsrank::heat::Heat;
use goodsrank::info::{CatalogInfo, Named};
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::ranking::Ranking;
use goodsrank::rules::Removed;
use goodsrank::sales::{MatchCounts, SalesMatch, UnmatchedRow};
use goodsrank::shops::RankedShop;
use js_sys::{
    Array, Float32Array, Float64Array, Int32Array, Object, Uint16Array, Uint32Array,
};
use wasm_bindgen::prelude::*;

use crate::error::{Result, Thrown};

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
pub(crate) struct Record(Fields);

impl Record {
    pub(crate) fn new() -> Record {
        Record(Object::new().unchecked_into())
    }

    pub(crate) fn with(self, name: &str, value: impl Into<JsValue>) -> Record {
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
pub(crate) fn info(info: &CatalogInfo<'_>) -> JsValue {
    Record::new()
        .with("goods", info.goods)
        .with("withdrawn", info.withdrawn)
        .with("currency", info.currency)
        .with("exponent", info.exponent)
        .with("tRef", info.t_ref as f64)
        .with("minShops", info.min_shops)
        .with("publishable", info.publishable)
        .with("kernel", &info.kernel)
        .with("searchable", info.searchable)
        .with("categories", list(&info.categories, |&path| path.into()))
        .with("suppliers", list(&info.suppliers, named))
        .with("brands", list(&info.brands, |&brand| brand.into()))
        .with(
            "destinations",
            list(&info.destinations, |&code| code.into()),
        )
        .with("shops", list(&info.shops, named))
        .with("categoryHeat", list(&info.category_heat, heat))
        .with("shopHeat", list(&info.shop_heat, heat))
        .into()
}

/// A ranking as columns, and the shop's profile, which
/// [`Engine::row`](crate::engine::Engine::row) needs again to say why.
///
/// Copies, because a view into wasm memory detaches when the memory grows; and
/// nothing of a ranking stays behind here: JavaScript's garbage collector does
/// not know how much wasm memory a handle holds, and a page that ranks at every
/// move of a slider would fill it.
pub(crate) fn ranking(
    ranking: &Ranking,
    profile: &Profile,
    policy: &Policy,
) -> Result<JsValue> {
    let policy = Term::ALL.map(|term| policy.weight(term));
    let rows: Vec<u32> = profile.weights().iter().map(|&(row, _)| row).collect();
    let weights: Vec<f32> = profile.weights().iter().map(|&(_, w)| w).collect();
    // Whole numbers far below 2^53.
    let scores: Vec<f64> = ranking.scores.iter().map(|&score| score as f64).collect();
    Ok(Record::new()
        .with("goods", Uint32Array::from(&ranking.goods[..]))
        .with("scores", Float64Array::from(&scores[..]))
        .with(
            "terms",
            list(&ranking.terms, |term| Int32Array::from(&term[..]).into()),
        )
        .with("unknown", Uint16Array::from(&ranking.unknown[..]))
        .with("policy", Float64Array::from(&policy[..]))
        .with("candidates", ranking.candidates)
        .with("known", ranking.known)
        .with(
            "behind",
            list(&ranking.behind, |rows| Uint32Array::from(&rows[..]).into()),
        )
        .with(
            "probabilities",
            Float64Array::from(&ranking.probabilities[..]),
        )
        .with("removed", pairs(&ranking.removed)?)
        .with("relax", pairs(ranking.relax.as_slice())?)
        .with("shopGoods", Uint32Array::from(&rows[..]))
        .with("shopWeights", Float32Array::from(&weights[..]))
        .with("shopMass", profile.mass())
        .into())
}

/// Names of rules with numbers of goods. Not objects: serde-wasm-bindgen's names
/// of fields take 3,000 bytes.
fn pairs(removed: &[Removed]) -> Result<JsValue> {
    let pairs: Vec<(&str, usize)> = removed.iter().map(|r| (r.rule, r.goods)).collect();
    serde_wasm_bindgen::to_value(&pairs).map_err(|error| Thrown::Js(error.into()))
}

fn heat(heat: &Option<Heat>) -> JsValue {
    or_null(heat.map(|heat| {
        Record::new()
            .with("temperature", heat.temperature)
            .with("trend", heat.trend.name())
    }))
}

fn named(named: &Named<'_>) -> JsValue {
    id_and_name(named.id, named.name)
}

fn id_and_name(id: &str, name: &str) -> JsValue {
    Record::new().with("id", id).with("name", name).into()
}

/// What the catalog says of a good.
pub(crate) fn good(good: &Good, withdrawn: bool) -> JsValue {
    with_good(Record::new(), good)
        .with("withdrawn", withdrawn)
        .into()
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
    let unmatched = sales.unmatched();
    let named = &unmatched[..unmatched.len().min(MAX_UNMATCHED)];
    rows_read(sales.rows(), sales.matched(), named, unmatched.len())
        .with("goods", goods)
        .into()
}

pub(crate) fn rows_read(
    rows: usize,
    matched: MatchCounts,
    named: &[UnmatchedRow],
    unmatched: usize,
) -> Record {
    let matched = Record::new()
        .with("id", matched.id)
        .with("gtin", matched.gtin)
        .with("sku", matched.sku)
        .with("title", matched.title);
    Record::new()
        .with("rows", rows)
        .with("matched", matched)
        .with("unmatched", list(named, unmatched_row))
        .with("unmatchedTotal", unmatched)
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
        .with("spread", or_null(good.spread))
        .with("details", by_name(&good.details))
}

fn by_name(texts: &Texts) -> Record {
    let add = |record: Record, (name, text): (&str, &str)| record.with(name, text);
    texts.iter().fold(Record::new(), add)
}

pub(crate) fn because(because: &Because) -> JsValue {
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
