//! A merchant's sales file, matched.

use goodsrank::profile::Profile;
use goodsrank::sales::SalesMatch;
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;
use crate::objects;
use crate::shop::Shop;

/// A matched sales file with the profile it makes.
#[wasm_bindgen]
pub struct Sales {
    matched: SalesMatch,
    profile: Profile,
}

impl Sales {
    pub(crate) fn new(engine: &Engine, matched: SalesMatch) -> Sales {
        let profile = matched.profile(engine.core());
        Sales { matched, profile }
    }

    #[cfg(feature = "full")]
    pub(crate) fn matched(&self) -> &SalesMatch {
        &self.matched
    }

    #[cfg(feature = "full")]
    pub(crate) fn settled(
        &mut self,
        engine: &Engine,
        goods: &std::collections::BTreeMap<u64, String>,
    ) -> Result<()> {
        self.matched.settle(engine.core().shard(), goods)?;
        self.profile = self.matched.profile(engine.core());
        Ok(())
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

    /// The shop whose file it is.
    pub fn shop(&self) -> Shop {
        Shop::new(self.profile.clone())
    }

    /// `rows`, `matched`, `unmatched`, `unmatchedTotal`, `goods`.
    pub fn report(&self) -> JsValue {
        objects::sales_report(&self.matched, self.profile.len())
    }
}
