//! A channel: where a shop sells, and what of a sale is left there.

use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::show::{number, quoted};

/// What a channel may be, as errors say it.
pub const CHANNEL_EXPECTED: &str = "own, marketplace, live or an object with the fields markup, \
    commission, payment, landing, shipping, insurance and returnCost at most";

/// What selling costs. Shares are of the price that the customer pays; amounts
/// are minor units of the shard's currency, for each piece sold.
///
/// With p the supply price, retail price r = p · (1 + markup) and ρ the share of
/// sales that come back,
///
/// ```text
/// net = (1 - ρ) · (r · (1 - commission - payment) - p · (1 + landing))
///       - shipping - insurance - ρ · return_cost
/// ```
///
/// A good that comes back can be sold again, so it costs its way and not
/// itself. The composite is ours.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Channel {
    /// What is added to the supply price, 0 to 100.
    pub markup: f64,
    /// The platform's share, 0 to 1.
    pub commission: f64,
    /// What taking the money costs, 0 to 1.
    pub payment: f64,
    /// What bringing the good in costs (freight, duty), as a share of the
    /// supply price, 0 to 100.
    pub landing: f64,
    /// Sending a piece to the customer.
    pub shipping: f64,
    /// Insuring the way back.
    pub insurance: f64,
    /// What a piece that comes back costs: both ways, and looking after it.
    pub return_cost: f64,
}

impl Default for Channel {
    /// A shop of one's own: no platform, cards at 3 %. Round figures, to be
    /// replaced by the merchant's.
    fn default() -> Channel {
        Channel {
            markup: 1.0,
            commission: 0.0,
            payment: 0.03,
            landing: 0.05,
            shipping: 0.0,
            insurance: 0.0,
            return_cost: 0.0,
        }
    }
}

impl Channel {
    /// The presets by name, round figures to start from.
    pub fn preset(name: &str) -> Result<Channel> {
        let own = Channel::default();
        let platform = |commission: f64| Channel {
            commission,
            payment: 0.006,
            ..own
        };
        match name {
            "own" => Ok(own),
            "marketplace" => Ok(platform(0.05)),
            "live" => Ok(platform(0.2)),
            _ => Err(Kind::BadQuery {
                field: "channel",
                expected: CHANNEL_EXPECTED,
                found: quoted(name),
            }
            .into()),
        }
    }

    /// What the customer pays, minor units.
    pub fn retail(&self, price: f64) -> f64 {
        price * (1.0 + self.markup)
    }

    /// What is left of a sale, minor units; NaN where the price is.
    pub fn net(&self, price: f64, return_rate: f64) -> f64 {
        self.net_of(self.retail(price), price, return_rate)
    }

    /// Likewise where the customer pays `retail`.
    pub fn net_of(&self, retail: f64, price: f64, return_rate: f64) -> f64 {
        let kept = retail * (1.0 - self.commission - self.payment)
            - price * (1.0 + self.landing);
        (1.0 - return_rate) * kept
            - self.shipping
            - self.insurance
            - return_rate * self.return_cost
    }

    /// Refuses costs that are none.
    pub fn check(&self) -> Result<()> {
        let shares = [
            ("channel.commission", self.commission, 1.0),
            ("channel.payment", self.payment, 1.0),
            ("channel.markup", self.markup, 100.0),
            ("channel.landing", self.landing, 100.0),
            ("channel.shipping", self.shipping, 1e12),
            ("channel.insurance", self.insurance, 1e12),
            ("channel.returnCost", self.return_cost, 1e12),
        ];
        for (field, found, most) in shares {
            if !(0.0..=most).contains(&found) {
                return Err(Kind::BadQuery {
                    field,
                    expected: match most {
                        1.0 => "a share from 0 to 1",
                        100.0 => "a share of the supply price from 0 to 100",
                        _ => "minor units, 0 or more",
                    },
                    found: number(found),
                }
                .into());
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_counted_as_by_hand() {
        let channel = Channel {
            markup: 1.0,
            commission: 0.1,
            payment: 0.02,
            landing: 0.05,
            shipping: 100.0,
            insurance: 20.0,
            return_cost: 500.0,
        };
        // 1,000 sells at 2,000: 240 of fees, 1,050 landed, so 710 of a sale that
        // stays; nine of ten do, each is sent and insured, one costs 500.
        let net = channel.net(1000.0, 0.1);
        assert!((net - (0.9 * 710.0 - 120.0 - 50.0)).abs() < 1e-9, "{net}");
    }

    #[test]
    fn costs_that_are_none_are_refused() {
        let own = Channel::default();
        for (channel, text) in [
            (
                Channel {
                    commission: 1.5,
                    ..own
                },
                "bad query: channel.commission: expected a share from 0 to 1, found 1.5",
            ),
            (
                Channel {
                    shipping: -1.0,
                    ..own
                },
                "bad query: channel.shipping: expected minor units, 0 or more, found -1",
            ),
            (
                Channel {
                    markup: f64::NAN,
                    ..own
                },
                "bad query: channel.markup: expected a share of the supply price from 0 to 100, \
                 found NaN",
            ),
        ] {
            assert_eq!(channel.check().unwrap_err().to_string(), text);
        }
        for name in ["own", "marketplace", "live"] {
            assert_eq!(Channel::preset(name).unwrap().check(), Ok(()));
        }
        assert_eq!(
            Channel::preset("moon").unwrap_err().to_string(),
            "bad query: channel: expected own, marketplace, live or an object with the fields \
             markup, commission, payment, landing, shipping, insurance and returnCost at most, \
             found \"moon\""
        );
    }
}
