//! A merchant's sales file, matched.

use goodsrank::profile::Profile;
use goodsrank::sales::{MatchCounts, SalesMatch, UnmatchedRow};
use serde::Serialize;
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::{Result, to_js};

/// The most unmatched rows that are named.
const MAX_UNMATCHED: usize = 1000;

/// A matched sales file with the profile it makes.
#[wasm_bindgen]
pub struct Sales {
    matched: SalesMatch,
    profile: Profile,
}

/// What a page shows of the match.
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
        to_js(&Report {
            rows: self.matched.rows(),
            matched: self.matched.matched(),
            unmatched: &unmatched[..unmatched.len().min(MAX_UNMATCHED)],
            unmatched_total: unmatched.len(),
            goods: self.profile.len(),
        })
    }
}
