//! A ranking as JSON, for who sends it on: a server that makes objects of the
//! rows first, and a text of them then, takes longer for that than for ranking.

use std::io::{Result as IoResult, Write};

use goodsrank::Ranking;
use goodsrank::feedback::Heard;
use goodsrank::good::RankedGood;
use goodsrank::policy::Policy;
use goodsrank::rules::Removed;
use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;
use crate::shop::Shop;

/// What a ranking says, in the order of its fields in JavaScript.
#[derive(Serialize)]
struct Answer<'a> {
    policy: &'a Policy,
    candidates: usize,
    known: usize,
    removed: &'a [Removed],
    relax: Option<Removed>,
    goods: &'a [RankedGood],
}

#[wasm_bindgen]
impl Engine {
    /// The best goods for a shop with all their rows: the bytes of what
    /// `JSON.stringify` makes of them.
    #[wasm_bindgen(js_name = rankJson)]
    pub fn rank_json(&self, query: &JsValue, shop: &Shop) -> Result<Vec<u8>> {
        let Heard { profile, query } = self.heard(query, shop)?;
        let ranking = self.core().rank(&profile, &query)?;
        let row = |i| self.core().ranked_good(&ranking, &profile, i);
        let goods = (0..ranking.len()).map(row);
        let goods = goods.collect::<goodsrank::Result<Vec<RankedGood>>>()?;
        Ok(json(&ranking, &query.policy, &goods))
    }

    /// Keeps so many bytes of inflated texts.
    #[wasm_bindgen(js_name = keepTexts)]
    pub fn keep_texts(&self, bytes: usize) {
        self.core().shard().keep_texts(bytes);
    }
}

fn json(ranking: &Ranking, policy: &Policy, goods: &[RankedGood]) -> Vec<u8> {
    let answer = Answer {
        policy,
        candidates: ranking.candidates,
        known: ranking.known,
        removed: &ranking.removed,
        relax: ranking.relax,
        goods,
    };
    let mut bytes = Vec::with_capacity(2048 * (1 + goods.len()));
    // To memory, of names that are texts: there is nothing that could fail.
    let _ = answer.serialize(&mut Serializer::with_formatter(&mut bytes, Numbers));
    bytes
}

/// Numbers as JavaScript writes them.
struct Numbers;

impl Formatter for Numbers {
    fn write_f64<W: Write + ?Sized>(&mut self, to: &mut W, value: f64) -> IoResult<()> {
        let size = value.abs();
        if size == 0.0 {
            to.write_all(b"0")
        } else if (1e-6..1e21).contains(&size) {
            write!(to, "{value}")
        } else {
            let text = format!("{value:e}");
            let sign = if size < 1.0 { "e" } else { "e+" };
            to.write_all(text.replace('e', sign).as_bytes())
        }
    }

    /// Above 2^53 the nearest that JavaScript can hold.
    fn write_u64<W: Write + ?Sized>(&mut self, to: &mut W, value: u64) -> IoResult<()> {
        match value {
            0..=0x20_0000_0000_0000 => write!(to, "{value}"),
            _ => self.write_f64(to, value as f64),
        }
    }
}
