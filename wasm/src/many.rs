//! What one of several shards tells of a shop and is told of it; `pkg/lib/many.js`
//! has them rank as one.

use std::collections::BTreeMap;

use goodsrank::engine::Rival;
use goodsrank::feedback::Heard;
use goodsrank::profile::{Priced, Whole};
use goodsrank::shard::Section;
use js_sys::{Array, Float64Array, Uint32Array};
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;
use crate::objects::{list, rows_read};
use crate::sales::Sales;
use crate::shop::Shop;
use crate::what_if::object;

#[wasm_bindgen]
impl Engine {
    /// What a shop comes to here: its goods' ids; then, of each good and of each
    /// price of something unknown, category, weight and distance from the
    /// category's mean.
    pub fn told(&self, shop: &Shop) -> Result<Array> {
        let (ids, profile) = (self.core().shard().ids()?, shop.profile());
        let told = self.core().priced(profile)?;
        let column = |of: fn(&Priced) -> f64| -> Float64Array {
            let column: Vec<f64> = told.iter().map(of).collect();
            Float64Array::from(&column[..])
        };
        Ok(Array::of4(
            &list(profile.weights(), |&(row, _)| ids.get(row as usize).into()),
            &column(|told| told.category.into()),
            &column(|told| told.weight),
            &column(|told| told.distance),
        ))
    }

    /// The scores of the goods that the rules leave, for what-if of another shard's
    /// good, which 1 in the second column go before where both have the same.
    pub fn rivals(&self, good: &str, query: &JsValue, shop: &Shop) -> Result<Array> {
        let Heard { profile, query } = self.heard(query, shop)?;
        let rivals = self.core().rivals(&profile, &query, good)?;
        let column = |of: fn(&Rival) -> f64| -> Float64Array {
            let column: Vec<f64> = rivals.iter().map(of).collect();
            Float64Array::from(&column[..])
        };
        Ok(Array::of2(
            &column(|rival| rival.parts().0 as f64),
            &column(|rival| f64::from(u8::from(rival.parts().1))),
        ))
    }

    /// As `whatIf`, among those of other shards too.
    #[wasm_bindgen(js_name = whatIfAmong)]
    pub fn what_if_among(
        &self,
        good: &str,
        query: &JsValue,
        shop: &Shop,
        scores: &[f64],
        first: &[f64],
    ) -> Result<JsValue> {
        let Heard { profile, query } = self.heard(query, shop)?;
        let rivals = scores.iter().zip(first);
        let rivals: Vec<Rival> = rivals
            .map(|(&score, &first)| Rival::new(score as i64, first > 0.0))
            .collect();
        let core = self.core();
        Ok(object(
            &core.what_if_among(&profile, &query, good, &rivals)?,
        ))
    }

    /// Of some rows the ids, and rows in the tables of categories and suppliers.
    pub fn about(&self, rows: &[u32]) -> Result<Array> {
        let shard = self.core().shard();
        let ids = shard.ids()?;
        let column = |section: Section| -> Result<Uint32Array> {
            let column = shard.column(section)?;
            let column: Vec<u32> = rows
                .iter()
                .map(|&row| column.row(row as usize) as u32)
                .collect();
            Ok(Uint32Array::from(&column[..]))
        };
        Ok(Array::of3(
            &list(rows, |&row| ids.get(row as usize).into()),
            &column(Section::Category)?.into(),
            &column(Section::Supplier)?.into(),
        ))
    }
}

#[wasm_bindgen]
impl Shop {
    /// Says what the shop comes to in all shards: the mass, and where its prices
    /// lie.
    pub fn within(
        &mut self,
        mass: f64,
        categories: &[f64],
        weights: &[f64],
        distances: &[f64],
    ) {
        let told = categories.iter().zip(weights).zip(distances);
        let priced = told.map(|((&category, &weight), &distance)| Priced {
            category: category as u32,
            weight,
            distance,
        });
        let priced = priced.collect();
        *self = Shop::new(self.profile().clone().within(Whole { mass, priced }));
    }
}

#[wasm_bindgen]
impl Sales {
    /// What was found for each row, as its line, what it calls the good, by which
    /// column and which ids; and the report with every row that has no good.
    pub fn found(&self, engine: &Engine) -> Result<Array> {
        let ids = engine.core().shard().ids()?;
        let findings = list(self.matched().findings(), |found| {
            let goods = list(&found.goods, |&good| ids.get(good as usize).into());
            let (line, by) = (found.line as f64, found.by as u32);
            let label = found.label.as_str();
            Array::of4(&line.into(), &label.into(), &by.into(), &goods).into()
        });
        let (matched, all) = (self.matched(), self.matched().unmatched());
        let report = rows_read(matched.rows(), matched.matched(), all, all.len());
        Ok(Array::of2(&findings, &report.into()))
    }

    /// Says which goods rows mean in all shards; those not named mean none.
    pub fn settle(
        &mut self,
        engine: &Engine,
        lines: &[f64],
        goods: &Array,
    ) -> Result<()> {
        let lines = lines.iter().map(|&line| line as u64);
        let goods = goods.iter().filter_map(|good| good.as_string());
        let goods: BTreeMap<u64, String> = lines.zip(goods).collect();
        self.settled(engine, &goods)
    }
}
