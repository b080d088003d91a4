//! The engine: queries in, rankings out.

use std::rc::Rc;

use goodsrank::feedback::Heard;
use goodsrank::policy::Term;
use goodsrank::profile::Profile;
use goodsrank::report::table;
use goodsrank::sales::SalesReader;
use goodsrank::shops::shop_table;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::error::Result;
use crate::objects;
use crate::query;
use crate::ranking::Ranking;
use crate::sales::Sales;

/// How much of a sales file is in wasm memory at once, which never shrinks.
const PIECE: u32 = 1 << 20;

/// An open shard.
#[wasm_bindgen]
pub struct Engine {
    inner: Rc<goodsrank::Engine<Vec<u8>>>,
}

impl Engine {
    pub(crate) fn new(inner: Rc<goodsrank::Engine<Vec<u8>>>) -> Engine {
        Engine { inner }
    }

    pub(crate) fn core(&self) -> &goodsrank::Engine<Vec<u8>> {
        &self.inner
    }

    /// The engine for who has to outlive a call.
    pub(crate) fn shared(&self) -> Rc<goodsrank::Engine<Vec<u8>>> {
        self.inner.clone()
    }

    fn print(&self, query: &JsValue, profile: Profile) -> Result<String> {
        let heard = self.heard(query, profile)?;
        let ranking = self.inner.rank(&heard.profile, &heard.query)?;
        Ok(table(&self.inner, &ranking, &heard.profile)?)
    }

    fn answer(&self, query: &JsValue, profile: Profile) -> Result<Ranking> {
        let heard = self.heard(query, profile)?;
        let ranking = self.inner.rank(&heard.profile, &heard.query)?;
        Ok(Ranking::new(ranking, heard))
    }

    fn heard(&self, query: &JsValue, profile: Profile) -> Result<Heard> {
        let (query, said) = query::query(query)?;
        Ok(self.inner.hear(profile, query, &said)?)
    }
}

#[wasm_bindgen]
impl Engine {
    /// What the shard says of itself.
    pub fn info(&self) -> Result<JsValue> {
        Ok(objects::info(&self.inner.info()?))
    }

    /// The best goods for the query's shop.
    pub fn rank(&self, query: &JsValue) -> Result<Ranking> {
        self.answer(query, query::profile(&self.inner, query)?)
    }

    /// The best goods for the shop of a sales file.
    #[wasm_bindgen(js_name = rankSales)]
    pub fn rank_sales(&self, query: &JsValue, sales: &Sales) -> Result<Ranking> {
        self.answer(query, sales.profile().clone())
    }

    /// The best goods for the query's shop, as a table for a terminal.
    pub fn table(&self, query: &JsValue) -> Result<String> {
        self.print(query, query::profile(&self.inner, query)?)
    }

    /// The best goods for the shop of a sales file, likewise.
    #[wasm_bindgen(js_name = tableSales)]
    pub fn table_sales(&self, query: &JsValue, sales: &Sales) -> Result<String> {
        self.print(query, sales.profile().clone())
    }

    /// The best public shops for a good.
    #[wasm_bindgen(js_name = shopsFor)]
    pub fn shops_for(&self, good: &str, options: &JsValue) -> Result<Array> {
        let limit = query::shops_limit(options)?;
        Ok(objects::ranked_shops(
            &self.inner.ranked_shops(good, limit)?,
        ))
    }

    /// The best public shops for a good, as a table for a terminal.
    #[wasm_bindgen(js_name = shopTable)]
    pub fn shop_table(&self, good: &str, options: &JsValue) -> Result<String> {
        let limit = query::shops_limit(options)?;
        Ok(shop_table(&self.inner, good, limit)?)
    }

    /// A row of a ranking with why it stands there, from what the columns say
    /// of it.
    #[allow(
        clippy::too_many_arguments,
        reason = "a column each, none made into an object"
    )]
    pub fn row(
        &self,
        rank: usize,
        good: u32,
        terms: &[i32],
        unknown: u16,
        behind: Vec<u32>,
        probability: f64,
        shop_goods: &[u32],
        shop_weights: &[f32],
    ) -> Result<JsValue> {
        let column = |term: Term| terms.get(term as usize).copied().into_iter().collect();
        let ranking = goodsrank::Ranking {
            goods: vec![good],
            scores: vec![terms.iter().map(|&term| i64::from(term)).sum()],
            terms: Term::ALL.map(column),
            unknown: vec![unknown],
            behind: vec![behind],
            probabilities: vec![probability],
            ..goodsrank::Ranking::default()
        };
        let weights = shop_goods.iter().copied().zip(shop_weights.iter().copied());
        let profile = Profile::from_weights(weights.collect());
        let mut row = self.inner.ranked_good(&ranking, &profile, 0)?;
        row.rank = rank;
        Ok(objects::ranked_good(&row))
    }

    /// The good of this id, or null.
    pub fn good(&self, id: &str) -> Result<JsValue> {
        match self.inner.shard().ids()?.find(id) {
            Some(row) => Ok(objects::good(&self.inner.good(row)?)),
            None => Ok(JsValue::NULL),
        }
    }

    /// Matches a CSV file of what a shop sells.
    #[wasm_bindgen(js_name = matchSales)]
    pub fn match_sales(&self, csv: &Uint8Array) -> Result<Sales> {
        let mut reader = SalesReader::new(self.inner.shard());
        for start in (0..csv.length()).step_by(PIECE as usize) {
            let piece = csv.subarray(start, start.saturating_add(PIECE));
            reader.push(&piece.to_vec())?;
        }
        Ok(Sales::new(self, reader.finish()?))
    }
}
