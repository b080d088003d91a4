//! A sample catalog: a made-up market in the catalog's own format, with a
//! truth that rankings can be held against.
//!
//! # What is written
//! CSV in UTF-8 with LF; empty means unknown. Ids are `G0000001` (goods),
//! `S0000001` (shops) and `P00001` (suppliers).
//!
//! | File | Rows |
//! |---|---|
//! | goods.csv | goods of 75 categories under 12 top ones, priced in CNY |
//! | suppliers.csv | producers and suppliers, one for about 25 goods |
//! | shops.csv | shops with province and place; one in ten is public |
//! | events.csv | two years of purchases, views and so on, sorted by time, shop, good |
//! | truth.csv | for each shop, best first, the 20 goods with the highest true affinity that it never bought |
//! | truth-shops.csv | the hidden taste of each shop |
//! | truth-trends.csv | the hidden traits of each good |
//! | orders.csv | orders of the first shop's customers, by time |
//! | customers.csv | those customers, with their consent |
//!
//! Titles, names and brands are in Chinese with English beside them; keys
//! (category, region, kind, attributes) are ASCII. No brand, person or company
//! is real: brands are `示例牌` (sample brand) with a number, names of shops and
//! suppliers are place, trade and number, and the GTINs are of the range that
//! is kept for use within a company.
//!
//! # How the market works
//! ```text
//!   words ──→ goods ─────┐              ┌─→ truth.csv
//!   places ─→ suppliers ─┼─→ affinity ──┤
//!   tastes ─→ shops ─────┘              └─→ plans ─→ queue ─→ events.csv
//! ```
//! `truth-shops.csv` has the price level (the logarithm over the usual), four
//! coordinates of style, and `shares` as `category:share;…`, largest first.
//! `truth-trends.csv` has when a good appeared (`born`, UTC seconds), how much
//! its logarithmic demand rises in a year (`trend`; over .7 it heats up, under
//! -.7 it cools down), its `appeal` to everyone, its `premium` (logarithm of
//! the price over the usual) and its style. The affinity made from them is
//! written out at the head of `shops.rs`. Season is not part of it; stock
//! neither, and a good that is out of stock may be in the truth, as may one
//! that the shop viewed or saved and did not buy.
//!
//! The same options give the same bytes on every machine: draws come from
//! ChaCha8, transcendentals from `libm`, and nothing depends on the order of a
//! hash map or on the clock. Memory grows with goods and with the goods that
//! shops hold, not with events.

mod calendar;
mod causes;
mod events;
mod files;
mod goods;
mod places;
mod plan;
mod random;
mod shops;
mod supply;
mod tables;
mod traits;
mod users;
mod vocabulary;

pub use calendar::SAMPLE_END;

use crate::error::{Error, Result};
use crate::output::write_folder;
use calendar::Calendar;
use causes::Causes;
use events::{Kind, Market};
use files::is_sample;
use goods::Good;
use shops::Shop;
use std::path::Path;
use supply::Supplier;
use traits::Offer;
use vocabulary::Category;

/// Events of a shop in a month, if no number is asked for.
const EVENTS_PER_SHOP_MONTH: u64 = 13;

/// Events for each good that a shop takes up, on average.
const EVENTS_PER_PAIR: f64 = 5.2;

/// What to make; the default is a market of 5,000 goods and 800 shops with
/// about 250,000 events in 24 months, made in about a second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// The number of goods, 1 to 1,000,000; 5,000 by default.
    pub goods: u32,
    /// The number of shops, 1 to 1,000,000; 800 by default.
    pub shops: u32,
    /// The months of 365/12 days before [`SAMPLE_END`], 1 to 60; 24 by default.
    pub months: u32,
    /// What the draws start from; 1 by default.
    pub seed: u64,
    /// About how many events, 1 to 1,000,000,000; 13 for each shop and month by
    /// default. The usual is met within a tenth; every shop buys something and
    /// none buys without end, so that far too small or large a number is not.
    pub events: Option<u64>,
}

impl Default for SampleOptions {
    fn default() -> SampleOptions {
        SampleOptions {
            goods: 5_000,
            shops: 800,
            months: 24,
            seed: 1,
            events: None,
        }
    }
}

impl SampleOptions {
    /// Ok if every option is in its range, otherwise the first that is not.
    pub fn check(&self) -> Result<()> {
        let ranges = [
            ("--goods", u64::from(self.goods), 1_000_000),
            ("--shops", u64::from(self.shops), 1_000_000),
            ("--months", u64::from(self.months), 60),
            ("--events", self.target(), 1_000_000_000),
        ];
        let wrong = ranges
            .into_iter()
            .find(|&(_, value, most)| !(1..=most).contains(&value));
        match wrong {
            Some((flag, value, most)) => Err(Error::Option {
                flag,
                value,
                least: 1,
                most,
            }),
            None => Ok(()),
        }
    }

    /// About how many events are wanted.
    fn target(&self) -> u64 {
        let usual =
            u64::from(self.shops) * u64::from(self.months) * EVENTS_PER_SHOP_MONTH;
        self.events.unwrap_or(usual)
    }
}

/// What was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SampleSummary {
    /// Rows of goods.csv.
    pub goods: u64,
    /// Rows of suppliers.csv.
    pub suppliers: u64,
    /// Rows of shops.csv.
    pub shops: u64,
    /// Rows of events.csv.
    pub events: u64,
    /// Rows of events.csv that are purchases.
    pub purchases: u64,
    /// Different goods that each shop bought, summed over the shops.
    pub pairs: u64,
    /// Rows of truth.csv.
    pub truth: u64,
}

/// The market before anything happens in it.
struct World {
    seed: u64,
    mean_goods: f64,
    calendar: Calendar,
    categories: Vec<Category>,
    suppliers: Vec<Supplier>,
    goods: Vec<Good>,
    /// The goods of each category.
    offers: Vec<Vec<Offer>>,
    shops: Vec<Shop>,
}

impl World {
    fn new(options: &SampleOptions) -> World {
        let seed = options.seed;
        let calendar = Calendar::new(options.months);
        let categories = vocabulary::categories();
        let suppliers = supply::suppliers(seed, options.goods, &categories);
        let goods = goods::goods(seed, options.goods, &calendar, &categories, &suppliers);
        let offers = traits::offers(&goods, categories.len(), &calendar);
        let wanted = options.target() as f64 / f64::from(options.shops);
        let mean_goods = (wanted / EVENTS_PER_PAIR).max(1.0);
        let shops = shops::shops(
            seed,
            options.shops,
            mean_goods,
            &calendar,
            &categories,
            &offers,
        );
        World {
            seed,
            mean_goods,
            calendar,
            categories,
            suppliers,
            goods,
            offers,
            shops,
        }
    }
}

/// Writes a sample to the folder `out` and tells what is in it.
///
/// The folder is written aside, as `out.partial-…`, and moved into place at the
/// end. It is refused if it exists and holds anything but an earlier sample,
/// which is replaced. `progress` is told how much is done of how much, in rows;
/// the whole is estimated, and reached at the end only.
///
/// # Errors
/// An option out of range, a path that is taken, or a failure to write; in
/// each case `out` is as it was.
pub fn write_sample(
    out: &Path,
    options: &SampleOptions,
    progress: &dyn Fn(u64, u64),
) -> Result<SampleSummary> {
    options.check()?;
    let rows = u64::from(options.goods) + u64::from(options.shops) + options.target();
    let step = |done: u64| progress(done.min(rows - 1), rows);
    step(0);
    let summary = write_folder(out, "sample", is_sample, |folder| {
        write_market(folder, options, &step)
    })?;
    progress(rows, rows);
    Ok(summary)
}

fn write_market(
    folder: &Path,
    options: &SampleOptions,
    step: &dyn Fn(u64),
) -> Result<SampleSummary> {
    let world = World::new(options);
    write_world(folder, &world, step)?;
    let mut summary = SampleSummary {
        goods: world.goods.len() as u64,
        suppliers: world.suppliers.len() as u64,
        shops: world.shops.len() as u64,
        ..SampleSummary::default()
    };
    let mut market = Market::new(&world);
    write_plans(folder, &world, &mut market, &mut summary, step)?;
    market.aim(options.target());
    write_events(folder, &world, market, &mut summary, step)?;
    Ok(summary)
}

fn write_world(folder: &Path, world: &World, step: &dyn Fn(u64)) -> Result<()> {
    tables::write_suppliers(folder, world)?;
    tables::write_shops(folder, world)?;
    tables::write_tastes(folder, world)?;
    tables::write_trends(folder, world)?;
    tables::write_goods(folder, world, step)
}

fn write_plans(
    folder: &Path,
    world: &World,
    market: &mut Market,
    summary: &mut SampleSummary,
    step: &dyn Fn(u64),
) -> Result<()> {
    let mut table = tables::truth(folder)?;
    for shop in 0..world.shops.len() {
        let plan = plan::plan(world, shop);
        tables::write_truth(&mut table, shop, &plan)?;
        market.add(shop, &plan);
        if shop == 0 {
            users::write_users(folder, world, &plan)?;
        }
        summary.pairs += plan.taken.len() as u64;
        summary.truth += plan.truth.len() as u64;
        step(summary.goods + shop as u64);
    }
    table.finish()
}

fn write_events(
    folder: &Path,
    world: &World,
    market: Market,
    summary: &mut SampleSummary,
    step: &dyn Fn(u64),
) -> Result<()> {
    let mut table = tables::events(folder)?;
    let mut causes = Causes::new(world);
    for event in market {
        tables::write_event(&mut table, &event, causes.of(&event))?;
        summary.events += 1;
        summary.purchases += u64::from(event.kind == Kind::Purchase);
        if summary.events.is_multiple_of(4_096) {
            step(summary.goods + summary.shops + summary.events);
        }
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_about_250_000_events() {
        let options = SampleOptions::default();
        assert_eq!(options.target(), 249_600);
        assert!(options.check().is_ok());
    }

    #[test]
    fn options_out_of_range_are_named() {
        let wrong = |options: SampleOptions| options.check().unwrap_err().to_string();
        let options = SampleOptions::default();
        assert_eq!(
            wrong(SampleOptions {
                goods: 0,
                ..options.clone()
            }),
            "--goods must be from 1 to 1000000, got 0"
        );
        assert_eq!(
            wrong(SampleOptions {
                shops: 1_000_001,
                ..options.clone()
            }),
            "--shops must be from 1 to 1000000, got 1000001"
        );
        assert_eq!(
            wrong(SampleOptions {
                months: 61,
                ..options.clone()
            }),
            "--months must be from 1 to 60, got 61"
        );
        assert_eq!(
            wrong(SampleOptions {
                events: Some(0),
                ..options
            }),
            "--events must be from 1 to 1000000000, got 0"
        );
    }
}
