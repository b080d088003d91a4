//! The other direction: which shops a good should go to.

use std::fmt::Write;

use serde::Serialize;

use crate::SEVERAL;
use crate::batch::Nats;
use crate::engine::{Engine, best, check_limit};
use crate::error::{Kind, Result};
use crate::shard::Bytes;
use crate::terms::Audience;

/// The best public shops for a good, best first, as columns of equal length.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShopRanking {
    /// Rows in the shard's table of public shops.
    pub shops: Vec<u32>,
    /// Fit, micro-nats.
    pub scores: Vec<i64>,
    /// Public shops that do not have the good.
    pub candidates: usize,
}

/// A shop at its place in a ranking for a good.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RankedShop {
    /// 1 for the best.
    pub rank: usize,
    /// The id.
    pub id: String,
    /// The name; "" when unknown.
    pub name: String,
    /// Fit, micro-nats.
    pub score: i64,
}

/// The shops for a good as a table for a terminal, names last because their
/// width is not known.
pub fn shop_table(shops: &[RankedShop]) -> String {
    let widths = shops.iter().map(|shop| shop.id.chars().count());
    let width = widths.max().unwrap_or(0).max(4);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:>4}  {:<width$}  {:>10}  name",
        "rank", "shop", "fit"
    );
    for shop in shops {
        let fit = Nats(shop.score);
        let RankedShop { rank, id, name, .. } = shop;
        let _ = writeln!(out, "{rank:>4}  {id:<width$}  {fit:>10}  {name}");
    }
    if shops.is_empty() {
        out.push_str("every public shop has the good, or it was withdrawn\n");
    }
    out
}

impl<B: Bytes> Engine<B> {
    /// The best public shops for a good, as they are shown.
    pub fn ranked_shops(&self, good_id: &str, limit: usize) -> Result<Vec<RankedShop>> {
        let ranking = self.rank_shops(self.row_of(good_id)?, limit)?;
        let (ids, names) = (self.shard().shop_ids()?, self.shard().shop_names()?);
        let shop = |(i, (&row, &score)): (usize, (&u32, &i64))| RankedShop {
            rank: i + 1,
            id: ids.get(row as usize).to_owned(),
            name: names.get(row as usize).to_owned(),
            score,
        };
        let rows = ranking.shops.iter().zip(&ranking.scores);
        Ok(rows.enumerate().map(shop).collect())
    }

    /// The row of the good with this id, not of one that only speaks.
    pub fn row_of(&self, good_id: &str) -> Result<u32> {
        let unknown = || Kind::UnknownGood {
            id: good_id.to_owned(),
        };
        Ok(self.find(good_id)?.ok_or_else(unknown)?)
    }

    /// Likewise, or `None`.
    pub fn find(&self, good_id: &str) -> Result<Option<u32>> {
        let row = self.shard().ids()?.find(good_id).map(|row| row as u32);
        match row {
            Some(row) if SEVERAL && !self.own()?.has(row) => Ok(None),
            row => Ok(row),
        }
    }

    /// The public shops that do not have the good in `row`, by the probability
    /// that they adopt it; ties go to the smaller id. None for a good that was
    /// withdrawn. `limit` is 1 to [`MAX_LIMIT`](crate::engine::MAX_LIMIT).
    ///
    /// Errors when the shard has no public shops.
    pub fn rank_shops(&self, row: u32, limit: usize) -> Result<ShopRanking> {
        check_limit(limit)?;
        if self.shard().shop_ids()?.is_empty() {
            return Err(Kind::BadQuery {
                field: "good",
                expected: "a shard with public shops, as build --publish-shops makes",
                found: "none".into(),
            }
            .into());
        }
        let goods = self.shard().goods();
        if row >= goods {
            return Err(Kind::Limit {
                what: "as the row of a good",
                limit: u64::from(goods.saturating_sub(1)),
                found: u64::from(row),
            }
            .into());
        }
        if self.is_withdrawn(row) {
            return Ok(ShopRanking::default());
        }
        let audience = Audience::new(self.shard(), self.model(), row)?;
        let scored = || {
            let free = (0u32..).zip(&audience.sells).filter(|&(_, &sells)| !sells);
            free.map(|(shop, _)| (i64::from(audience.term(shop)), shop))
        };
        let shops = best(scored(), limit);
        Ok(ShopRanking {
            scores: shops.iter().map(|&s| audience.term(s).into()).collect(),
            candidates: audience.sells.iter().filter(|&&sells| !sells).count(),
            shops,
        })
    }
}
