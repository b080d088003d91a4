//! What would move a good up, for suppliers.

use goodsrank::feedback::Heard;
use goodsrank::what_if::{Move, WhatIf};
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;
use crate::objects::{Record, list};
use crate::shop::Shop;

#[wasm_bindgen]
impl Engine {
    /// What would bring a good among the first that are ranked for a shop.
    #[wasm_bindgen(js_name = whatIf)]
    pub fn what_if(&self, good: &str, query: &JsValue, shop: &Shop) -> Result<JsValue> {
        let Heard { profile, query } = self.heard(query, shop)?;
        let answer = self.core().what_if(&profile, &query, good)?;
        Ok(object(&answer))
    }
}

pub(crate) fn object(answer: &WhatIf) -> JsValue {
    let step = |step: &Move| {
        Record::new()
            .with("lever", step.lever)
            .with("from", step.from as f64)
            .with("to", step.to as f64)
            .with("place", step.place)
            .with("score", step.score as f64)
            .into()
    };
    Record::new()
        .with("place", answer.place)
        .with("goods", answer.goods)
        .with("score", answer.score as f64)
        .with("needed", answer.needed as f64)
        .with("blocked", list(&answer.blocked, |&rule| rule.into()))
        .with("moves", list(&answer.moves, step))
        .into()
}
