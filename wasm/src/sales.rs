//! A merchant's sales file, matched.

use goodsrank::profile::Profile;
use goodsrank::sales::{MatchCounts, SalesMatch, UnmatchedRow};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::{Result, Thrown};

/// The most unmatched rows that are named.
const MAX_UNMATCHED: usize = 1000;

/// A matched sales file with the profile it makes.
#[wasm_bindgen]
pub struct Sales {
    matched: SalesMatch,
    profile: Profile,
}

/// What a page shows of the match: types within types, asked for once a file,
/// which serde-wasm-bindgen turns into objects. Rows, asked for at every move of
/// a slider, are put together by [`objects`](crate::objects).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    rows: usize,
    matched: MatchCounts,
    unmatched: &'a [UnmatchedRow],
    unmatched_total: usize,
    goods: usize,
}

impl Sales {
    pub(crate) fn new(engine: &Engine, matched: SalesMatch) -> Sales {
        let profile = matched.profile(engine.core());
        Sales { matched, profile }
    }

    pub(crate) fn profile(&self) -> &Profile {
        &self.profile
    }
}

#[wasm_bindgen]
impl Sales {
    /// Says which good a row means.
    pub fn assign(&mut self, engine: &Engine, line: f64, good: &str) -> Result<()> {
        let shard = engine.core().shard();
        self.matched.assign(shard, line as u64, good)?;
        self.profile = self.matched.profile(engine.core());
        Ok(())
    }

    /// `rows`, `matched`, `unmatched`, `unmatchedTotal`, `goods`.
    pub fn report(&self) -> Result<JsValue> {
        let unmatched = self.matched.unmatched();
        let report = Report {
            rows: self.matched.rows(),
            matched: self.matched.matched(),
            unmatched: &unmatched[..unmatched.len().min(MAX_UNMATCHED)],
            unmatched_total: unmatched.len(),
            goods: self.profile.len(),
        };
        let report = report.serialize(&Serializer::json_compatible());
        report.map_err(|error| Thrown::Js(error.into()))
    }
}
