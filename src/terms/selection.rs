//! The selection rule that 1688 publishes for shops that source there: a good is
//! worth listing if it meets three of five lines, and is risky by four others. It
//! looks at no shop, so every shop is told the same: a peer to compare with.

use crate::error::Result;
use crate::rate::Rate;
use crate::shard::{Bytes, Model, Section, Shard, Uints};

/// The columns that the rule reads.
pub(super) struct Selection<'a> {
    sales: Uints<'a>,
    reviews: [Uints<'a>; 2],
    sellers: Uints<'a>,
    repeats: Uints<'a>,
    pick_ups: [Uints<'a>; 2],
    price: Uints<'a>,
    /// Five yuan in minor units; 0 in other currencies.
    five_yuan: u64,
}

/// Five yuan in minor units; 0 in other currencies.
pub(crate) fn five_yuan(model: &Model) -> u64 {
    match model.currency.as_str() {
        "CNY" => 5 * 10u64.pow(model.exponent.into()),
        _ => 0,
    }
}

impl<'a> Selection<'a> {
    pub(super) fn new<B: Bytes>(shard: &'a Shard<B>) -> Result<Selection<'a>> {
        let column = |section: Section| shard.column(section);
        let model = shard.model()?;
        Ok(Selection {
            sales: column(Section::MonthSales)?,
            reviews: [column(Section::ReviewGood)?, column(Section::ReviewCount)?],
            sellers: column(Section::Sellers)?,
            repeats: column(Section::Repeats)?,
            pick_ups: [column(Section::PickedUp)?, column(Section::PickUpCount)?],
            price: column(Section::Price)?,
            five_yuan: five_yuan(&model),
        })
    }

    /// Lines met less risks, each a nat; NaN where none can be told.
    pub(super) fn nats(&self, row: usize) -> f64 {
        let reviews = Rate::at(&self.reviews[0], &self.reviews[1], row);
        let repeats = Rate::at(&self.repeats, &self.sellers, row);
        let pick_ups = Rate::at(&self.pick_ups[0], &self.pick_ups[1], row);
        let (sales, price) = (self.sales.get(row), self.price.get(row));
        let sellers = repeats.whole;
        let known = reviews.whole + sellers + pick_ups.whole + sales as f64;
        if known == 0.0 {
            return f64::NAN;
        }
        let at_least =
            |rate: Rate, share: f64| rate.whole > 0.0 && rate.part >= share * rate.whole;
        let met = [
            sales >= 500,
            at_least(reviews, 0.9),
            at_least(repeats, 0.1),
            sellers > 0.0 && sellers < 300.0,
            at_least(pick_ups, 0.9),
        ];
        let risks = [
            reviews.whole > 0.0 && !at_least(reviews, 0.85),
            reviews.whole > 0.0 && reviews.whole < 30.0,
            sellers > 500.0,
            (1..self.five_yuan).contains(&price),
        ];
        let count = |lines: &[bool]| lines.iter().filter(|&&line| line).count() as f64;
        count(&met) - count(&risks)
    }
}
