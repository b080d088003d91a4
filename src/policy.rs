//! What a ranking weighs: the score's terms and their weights.

use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::show::{number, quoted};

/// A term of the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Term {
    /// ln of the probability that the shop adopts the good.
    Fit,
    /// How hot the good is now.
    Temperature,
    /// How usual the good's price is for this shop in this category.
    PriceFit,
}

impl Term {
    /// Every term, in the order of weights, columns and sentences.
    pub const ALL: [Term; 3] = [Term::Fit, Term::Temperature, Term::PriceFit];

    /// The term's name in policies, columns and the page.
    pub fn name(self) -> &'static str {
        match self {
            Term::Fit => "fit",
            Term::Temperature => "temperature",
            Term::PriceFit => "priceFit",
        }
    }
}

/// Weights of the terms, each from 0 to 100; a weight left out is 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
pub struct Policy {
    /// Weight of [`Term::Fit`].
    pub fit: f64,
    /// Weight η of [`Term::Temperature`], heat within the kernel included.
    pub temperature: f64,
    /// Weight of [`Term::PriceFit`].
    pub price_fit: f64,
}

impl Policy {
    /// Fit alone, for measuring it.
    pub const FIT: Policy = Policy {
        fit: 1.0,
        temperature: 0.0,
        price_fit: 0.0,
    };
    /// Fit first, heat and price as a shopkeeper's second thoughts.
    pub const BALANCED: Policy = Policy {
        fit: 1.0,
        temperature: 0.25,
        price_fit: 0.25,
    };
    /// The presets by name.
    pub const PRESETS: [(&'static str, Policy); 2] =
        [("balanced", Policy::BALANCED), ("fit", Policy::FIT)];

    /// The preset of this name.
    pub fn preset(name: &str) -> Result<Policy> {
        let preset = Policy::PRESETS
            .into_iter()
            .find(|(preset, _)| *preset == name);
        preset.map(|(_, policy)| policy).ok_or_else(|| {
            Kind::BadQuery {
                field: "policy",
                expected: "balanced, fit or an object of weights",
                found: quoted(name),
            }
            .into()
        })
    }

    /// The weight of a term.
    pub fn weight(&self, term: Term) -> f64 {
        match term {
            Term::Fit => self.fit,
            Term::Temperature => self.temperature,
            Term::PriceFit => self.price_fit,
        }
    }

    /// Refuses weights that are not finite or not within 0 to 100.
    pub fn check(&self) -> Result<()> {
        for term in Term::ALL {
            let weight = self.weight(term);
            if !(0.0..=100.0).contains(&weight) {
                return Err(Kind::BadPolicy {
                    weight: term.name(),
                    found: number(weight),
                }
                .into());
            }
        }
        Ok(())
    }
}

impl Default for Policy {
    /// All weights 0: what an object of weights starts from.
    fn default() -> Policy {
        Policy {
            fit: 0.0,
            temperature: 0.0,
            price_fit: 0.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_weights_that_are_no_weights() {
        for (weight, shown) in [
            (f64::NAN, "NaN"),
            (-0.5, "-0.5"),
            (f64::INFINITY, "inf"),
            (101.0, "101"),
        ] {
            let policy = Policy {
                price_fit: weight,
                ..Policy::FIT
            };
            assert_eq!(
                policy.check().unwrap_err().to_string(),
                format!(
                    "bad policy: weight priceFit: expected a finite number from 0 to 100, \
                     found {shown}"
                )
            );
        }
    }

    #[test]
    fn names_the_presets_when_one_is_unknown() {
        assert_eq!(
            Policy::preset("cheap").unwrap_err().to_string(),
            "bad query: policy: expected balanced, fit or an object of weights, found \"cheap\""
        );
    }
}
