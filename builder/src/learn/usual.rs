//! What is usual in a catalog: means that one good's supply is measured against.

use goodsrank::shard::Usual;

use super::Supply;
use crate::ingest::{Good, Share};

/// A mean lead time stays below what the format takes, whatever a file says.
const LONGEST: f64 = 999_999.0;

/// The means over a catalog's goods; round figures where nothing is known.
pub fn usual(goods: &[Good], supply: &Supply, spread: &[u8]) -> Usual {
    let unknown = Usual::default();
    let pooled = |of: fn(&Good) -> Share| {
        let sum = |part: fn(Share) -> u64| goods.iter().map(|g| part(of(g)) as f64).sum();
        let (k, n): (f64, f64) = (sum(|share| share.k), sum(|share| share.n));
        (n > 0.0).then_some(k / n)
    };
    let prices = goods.iter().filter(|g| g.price > 0);
    let ln_price = mean(prices.map(|g| libm::log(g.price as f64)));
    let lead_time = mean(goods.iter().filter_map(|g| Some(g.lead_time? as f64)));
    let shown = supply.sellers.iter().filter(|&&shops| shops > 0);
    let known = spread.iter().filter(|&&spread| spread > 0);
    // One more than the branching ratio in 255ths.
    let ln_spread = known.map(|&spread| libm::log(255.0 / (256.0 - f64::from(spread))));
    Usual {
        review_rate: pooled(|g| g.reviews).unwrap_or(unknown.review_rate),
        return_rate: pooled(|g| g.returns).unwrap_or(unknown.return_rate),
        fill_rate: pooled(|g| g.fills).unwrap_or(unknown.fill_rate),
        price: ln_price.map_or(unknown.price, libm::exp),
        lead_time: lead_time.map_or(unknown.lead_time, |days| days.min(LONGEST)),
        sellers: mean(shown.map(|&shops| shops as f64)).unwrap_or(unknown.sellers),
        spread: mean(ln_spread).unwrap_or(unknown.spread),
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut count) = (0.0, 0);
    for value in values {
        (sum, count) = (sum + value, count + 1);
    }
    (count > 0).then(|| sum / f64::from(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_pooled_and_the_rest_is_the_mean_of_what_is_known() {
        let good = |price, lead_time, reviews| Good {
            price,
            lead_time,
            reviews,
            ..Good::default()
        };
        let goods = [
            good(100, Some(2), Share { k: 1, n: 1 }),
            good(400, Some(5), Share { k: 2, n: 9 }),
            good(0, None, Share::default()),
        ];
        let supply = Supply {
            sellers: vec![4, 0, 8],
            ..Supply::default()
        };
        let usual = usual(&goods, &supply, &[0, 1, 1]);
        assert_eq!((usual.review_rate, usual.lead_time), (0.3, 3.5));
        assert!((usual.price - 200.0).abs() < 1e-9, "{}", usual.price);
        assert_eq!(usual.sellers, 6.0, "the mean of what shows");
        let unknown = Usual::default();
        assert_eq!(
            (usual.return_rate, usual.fill_rate),
            (unknown.return_rate, unknown.fill_rate)
        );
    }

    #[test]
    fn a_catalog_that_says_nothing_has_the_usual_of_any() {
        assert_eq!(usual(&[], &Supply::default(), &[]), Usual::default());
        let endless = Good {
            lead_time: Some(1 << 50),
            ..Good::default()
        };
        let usual = usual(&[endless], &Supply::default(), &[]);
        assert_eq!(usual.lead_time, LONGEST);
    }
}
