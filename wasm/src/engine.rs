//! The engine: queries in, rankings out.

use std::rc::Rc;

use goodsrank::feedback::Heard;
use goodsrank::policy::Term;
use goodsrank::profile::Profile;
use goodsrank::sales::SalesReader;
use goodsrank::shard::Parts;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::error::Result;
use crate::objects;
use crate::query;
use crate::sales::Sales;
use crate::shop::Shop;

/// How much of a sales file is in wasm memory at once, which never shrinks.
const PIECE: u32 = 1 << 20;

/// The core's engine, over a shard whose sections come when they are needed.
pub(crate) type Core = goodsrank::Engine<Parts>;

/// An open shard.
#[wasm_bindgen]
pub struct Engine {
    inner: Rc<Core>,
}

impl Engine {
    pub(crate) fn new(inner: Rc<Core>) -> Engine {
        Engine { inner }
    }

    pub(crate) fn core(&self) -> &Core {
        &self.inner
    }

    /// The engine for who has to outlive a call.
    #[cfg(feature = "full")]
    pub(crate) fn shared(&self) -> Rc<Core> {
        self.inner.clone()
    }

    /// A query and a profile after what the merchant said of goods.
    pub(crate) fn heard(&self, query: &JsValue, shop: &Shop) -> Result<Heard> {
        let (query, said) = query::query(query)?;
        Ok(self.inner.hear(shop.profile().clone(), query, &said)?)
    }
}

#[wasm_bindgen]
impl Engine {
    /// Start and length of what calls asked for since the last time and is not
    /// here, pair by pair.
    #[wasm_bindgen(js_name = takeMissing)]
    pub fn take_missing(&self) -> Vec<f64> {
        self.inner.shard().take_missing()
    }

    /// Brings what was missing, at its start.
    pub fn put(&self, start: f64, bytes: Vec<u8>) -> Result<()> {
        Ok(self.inner.shard().put(start as u64, bytes)?)
    }

    /// What the shard says of itself.
    pub fn info(&self) -> Result<JsValue> {
        Ok(objects::info(&self.inner.info()?))
    }

    /// Takes a good out of every ranking. For who has just opened the engine: it
    /// is theirs alone then, and once a file or users hold it too nothing happens.
    pub fn withdraw(&mut self, id: &str) -> Result<()> {
        if let Some(engine) = Rc::get_mut(&mut self.inner) {
            engine.withdraw(id)?;
        }
        Ok(())
    }

    /// The shop that a query names.
    pub fn shop(&self, query: &JsValue) -> Result<Shop> {
        Ok(Shop::new(query::profile(&self.inner, query)?))
    }

    /// The best goods for a shop.
    pub fn rank(&self, query: &JsValue, shop: &Shop) -> Result<JsValue> {
        let Heard { profile, query } = self.heard(query, shop)?;
        let ranking = self.inner.rank(&profile, &query)?;
        objects::ranking(&ranking, &profile, &query.policy)
    }

    /// The best public shops for a good.
    #[wasm_bindgen(js_name = shopsFor)]
    pub fn shops_for(&self, good: &str, options: &JsValue) -> Result<Array> {
        let limit = query::shops_limit(options)?;
        Ok(objects::ranked_shops(
            &self.inner.ranked_shops(good, limit)?,
        ))
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
        shop_mass: f64,
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
        let profile = profile.of_mass(shop_mass);
        let mut row = self.inner.ranked_good(&ranking, &profile, 0)?;
        row.rank = rank;
        Ok(objects::ranked_good(&row))
    }

    /// The good of this id, or null.
    pub fn good(&self, id: &str) -> Result<JsValue> {
        match self.inner.find(id)? {
            Some(row) => {
                let withdrawn = self.inner.is_withdrawn(row);
                Ok(objects::good(&self.inner.good(row as usize)?, withdrawn))
            }
            None => Ok(JsValue::NULL),
        }
    }

    /// Matches a CSV file of what a shop sells.
    #[wasm_bindgen(js_name = matchSales)]
    pub fn match_sales(&self, csv: &Uint8Array) -> Result<Sales> {
        let mut reader = SalesReader::new(self.inner.shard());
        each_piece(csv, &mut |piece| reader.push(piece))?;
        Ok(Sales::new(self, reader.finish()?))
    }
}

/// Hands a file over piece by piece.
pub(crate) fn each_piece(
    file: &Uint8Array,
    push: &mut dyn FnMut(&[u8]) -> goodsrank::Result<()>,
) -> goodsrank::Result<()> {
    for start in (0..file.length()).step_by(PIECE as usize) {
        push(&file.subarray(start, start.saturating_add(PIECE)).to_vec())?;
    }
    Ok(())
}
