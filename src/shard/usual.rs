//! What is usual in a catalog: what one good's supply is measured against.

use crate::error::{Error, Result};
use crate::show::number;

/// Means over the catalog's goods, the same in each of its shards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usual {
    /// Share of good reviews, 0 to 1.
    pub review_rate: f64,
    /// Share of pieces that are sent back, 0 to 1.
    pub return_rate: f64,
    /// Share of orders that are filled, 0 to 1.
    pub fill_rate: f64,
    /// Geometric mean of prices, minor units, above 0.
    pub price: f64,
    /// Mean lead time, days.
    pub lead_time: f64,
    /// Mean number of shops that sell a good, above 0.
    pub sellers: f64,
}

impl Default for Usual {
    /// For a shard that does not say.
    fn default() -> Usual {
        Usual {
            review_rate: 0.9,
            return_rate: 0.05,
            fill_rate: 0.95,
            price: 1.0,
            lead_time: 7.0,
            sellers: 1.0,
        }
    }
}

impl Usual {
    /// The six numbers, in the order of the fields.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = [
            self.review_rate,
            self.return_rate,
            self.fill_rate,
            self.price,
            self.lead_time,
            self.sellers,
        ];
        numbers.into_iter().flat_map(f64::to_le_bytes).collect()
    }

    /// Reads and checks what [`to_bytes`](Self::to_bytes) wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Usual> {
        let damaged = |expected: &str, found: String| {
            Error::damaged("usual supply", expected.to_owned(), found)
        };
        let (numbers, rest) = bytes.as_chunks();
        let &[
            review_rate,
            return_rate,
            fill_rate,
            price,
            lead_time,
            sellers,
        ] = numbers
        else {
            return Err(damaged("six numbers", format!("{} bytes", bytes.len())));
        };
        if !rest.is_empty() {
            return Err(damaged("six numbers", format!("{} bytes", bytes.len())));
        }
        let usual = Usual {
            review_rate: f64::from_le_bytes(review_rate),
            return_rate: f64::from_le_bytes(return_rate),
            fill_rate: f64::from_le_bytes(fill_rate),
            price: f64::from_le_bytes(price),
            lead_time: f64::from_le_bytes(lead_time),
            sellers: f64::from_le_bytes(sellers),
        };
        for rate in [usual.review_rate, usual.return_rate, usual.fill_rate] {
            if !(0.0..=1.0).contains(&rate) {
                return Err(damaged("rates from 0 to 1", number(rate)));
            }
        }
        for amount in [usual.price, usual.sellers] {
            if !(f64::MIN_POSITIVE..1e18).contains(&amount) {
                return Err(damaged("amounts above 0", number(amount)));
            }
        }
        if !(0.0..1e6).contains(&usual.lead_time) {
            return Err(damaged("days, 0 or more", number(usual.lead_time)));
        }
        Ok(usual)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote_and_refuses_what_is_no_rate() {
        let usual = Usual::default();
        assert_eq!(Usual::from_bytes(&usual.to_bytes()), Ok(usual));
        for (wrong, text) in [
            (
                Usual {
                    fill_rate: 1.5,
                    ..usual
                },
                "expected rates from 0 to 1, found 1.5",
            ),
            (
                Usual {
                    price: 0.0,
                    ..usual
                },
                "expected amounts above 0, found 0",
            ),
            (
                Usual {
                    sellers: f64::NAN,
                    ..usual
                },
                "expected amounts above 0, found NaN",
            ),
            (
                Usual {
                    lead_time: -1.0,
                    ..usual
                },
                "expected days, 0 or more, found -1",
            ),
        ] {
            let error = Usual::from_bytes(&wrong.to_bytes())
                .unwrap_err()
                .to_string();
            assert!(error.contains(text), "{error}");
        }
        assert!(Usual::from_bytes(&usual.to_bytes()[1..]).is_err());
    }
}
