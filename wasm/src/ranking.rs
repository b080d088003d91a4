//! A ranking on its way out: columns, each copied once.
//!
//! Copies, because a view into wasm memory detaches when the memory grows. And
//! all at once, so that nothing of a ranking stays behind here: JavaScript's
//! garbage collector does not know how much wasm memory a handle holds, and a
//! page that ranks at every move of a slider would fill it.

use goodsrank::feedback::Heard;
use goodsrank::policy::Term;
use wasm_bindgen::prelude::*;

use crate::objects;

/// Columns of equal length, best good first, and the shop's profile, which
/// [`Engine::row`](crate::engine::Engine::row) needs again to say why.
#[wasm_bindgen]
pub struct Ranking {
    inner: goodsrank::Ranking,
    heard: Heard,
}

impl Ranking {
    pub(crate) fn new(inner: goodsrank::Ranking, heard: Heard) -> Ranking {
        Ranking { inner, heard }
    }
}

#[wasm_bindgen]
impl Ranking {
    /// Rows in the shard.
    #[wasm_bindgen(getter)]
    pub fn goods(&self) -> Vec<u32> {
        self.inner.goods.clone()
    }

    /// Micro-nats: whole numbers far below 2^53.
    #[wasm_bindgen(getter)]
    pub fn scores(&self) -> Vec<f64> {
        self.inner
            .scores
            .iter()
            .map(|&score| score as f64)
            .collect()
    }

    /// Micro-nats of the term at this place of `Term::ALL`.
    pub fn term(&self, term: usize) -> Vec<i32> {
        self.inner.terms.get(term).cloned().unwrap_or_default()
    }

    /// Bits of the terms that are 0 because data is missing.
    #[wasm_bindgen(getter)]
    pub fn unknown(&self) -> Vec<u16> {
        self.inner.unknown.clone()
    }

    /// Goods that the rules left.
    #[wasm_bindgen(getter)]
    pub fn candidates(&self) -> usize {
        self.inner.candidates
    }

    /// Goods of the shop's that the shard knows.
    #[wasm_bindgen(getter)]
    pub fn known(&self) -> usize {
        self.inner.known
    }

    /// Rows of the goods that each row stands for; empty where none was collapsed.
    #[wasm_bindgen(getter)]
    pub fn behind(&self) -> js_sys::Array {
        objects::list(&self.inner.behind, |rows| {
            js_sys::Uint32Array::from(rows.as_slice()).into()
        })
    }

    /// How probable it was that each row would be shown; likewise.
    #[wasm_bindgen(getter)]
    pub fn probabilities(&self) -> Vec<f64> {
        self.inner.probabilities.clone()
    }

    /// What each rule took out, as objects.
    #[wasm_bindgen(getter)]
    pub fn removed(&self) -> js_sys::Array {
        objects::list(&self.inner.removed, objects::removed)
    }

    /// The rule to relax, or null.
    #[wasm_bindgen(getter)]
    pub fn relax(&self) -> JsValue {
        objects::or_null(self.inner.relax.as_ref().map(objects::removed))
    }

    /// What it was weighed by, in the order of `Term::ALL`.
    #[wasm_bindgen(getter)]
    pub fn policy(&self) -> Vec<f64> {
        Term::ALL
            .map(|term| self.heard.query.policy.weight(term))
            .to_vec()
    }

    /// Rows of the shop's goods.
    #[wasm_bindgen(getter, js_name = shopGoods)]
    pub fn shop_goods(&self) -> Vec<u32> {
        self.heard
            .profile
            .weights()
            .iter()
            .map(|&(row, _)| row)
            .collect()
    }

    /// Weights of the shop's goods.
    #[wasm_bindgen(getter, js_name = shopWeights)]
    pub fn shop_weights(&self) -> Vec<f32> {
        self.heard
            .profile
            .weights()
            .iter()
            .map(|&(_, w)| w)
            .collect()
    }
}
