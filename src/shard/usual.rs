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
    /// Mean ln of how far a shop's listing spreads, 0 to 10.
    pub spread: f64,
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
            spread: 0.0,
        }
    }
}

impl Usual {
    /// The seven numbers, in the order of the fields.
    pub fn to_bytes(&self) -> Vec<u8> {
        let numbers = [
            self.review_rate,
            self.return_rate,
            self.fill_rate,
            self.price,
            self.lead_time,
            self.sellers,
            self.spread,
        ];
        numbers.into_iter().flat_map(f64::to_le_bytes).collect()
    }

    /// Reads and checks what [`to_bytes`](Self::to_bytes) wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Usual> {
        let mut numbers = [0.0; 7];
        let (words, _) = bytes.as_chunks();
        let read = numbers.iter_mut().zip(words);
        read.for_each(|(number, &word)| *number = f64::from_le_bytes(word));
        let most = [1.0, 1.0, 1.0, 1e18, 1e6, 1e9, 10.0];
        let above = f64::MIN_POSITIVE;
        let least = [0.0, 0.0, 0.0, above, 0.0, above, 0.0];
        let wrong = (0..7).find(|&i| !(least[i]..=most[i]).contains(&numbers[i]));
        if let Some(i) = wrong {
            let rate = "a rate";
            let expected = [rate, rate, rate, "a price", "days", "sellers", "a spread"];
            return Err(Error::damaged(
                "usual supply",
                expected[i],
                number(numbers[i]),
            ));
        }
        if bytes.len() != 56 {
            let found = format!("{} bytes", bytes.len());
            return Err(Error::damaged("usual supply", "seven numbers", found));
        }
        let [
            review_rate,
            return_rate,
            fill_rate,
            price,
            lead_time,
            sellers,
            spread,
        ] = numbers;
        Ok(Usual {
            review_rate,
            return_rate,
            fill_rate,
            price,
            lead_time,
            sellers,
            spread,
        })
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
                "expected a rate, found 1.5",
            ),
            (
                Usual {
                    price: 0.0,
                    ..usual
                },
                "expected a price, found 0",
            ),
            (
                Usual {
                    sellers: f64::NAN,
                    ..usual
                },
                "expected sellers, found NaN",
            ),
            (
                Usual {
                    lead_time: -1.0,
                    ..usual
                },
                "expected days, found -1",
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
