//! What a ranking weighs: the score's terms and their weights.

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use crate::error::{Kind, Result};
use crate::show::{number, quoted};

/// Declares the terms once: variant, name.
macro_rules! terms {
    ($($(#[$doc:meta])* $variant:ident = $name:literal;)*) => {
        /// A term of the score.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Term {
            $($(#[$doc])* $variant,)*
        }

        impl Term {
            /// Every term, in the order of weights, columns and sentences.
            pub const ALL: [Term; Term::COUNT] = [$(Term::$variant,)*];
            const NAMES: [&'static str; Term::COUNT] = [$($name,)*];
        }
    };
}

terms! {
    /// ln of the probability that the shop adopts the good.
    Fit = "fit";
    /// How hot the good is now.
    Temperature = "temperature";
    /// How usual the good's price is for this shop in this category.
    PriceFit = "priceFit";
    /// Whether the good is heating up or cooling.
    Trend = "trend";
    /// What is left of a sale, beside what is left of a usual one.
    Margin = "margin";
    /// How cheap the good is among goods that stand for it.
    PriceAdvantage = "priceAdvantage";
    /// How few others sell it.
    Rivals = "rivals";
    /// How soon the smallest order is sold.
    Moq = "moq";
    /// How soon it arrives.
    LeadTime = "leadTime";
    /// How certainly it is reviewed well.
    Reviews = "reviews";
    /// How certainly it is kept.
    Returns = "returns";
    /// How certainly the supplier delivers.
    FillRate = "fillRate";
    /// What could go wrong; 0 or less.
    Risk = "risk";
    /// How much of a published rule of selection the good meets.
    Selection = "selection";
    /// How many more shops a shop that lists it brings.
    Spread = "spread";
    /// How much of its category is bought in the coming month.
    Season = "season";
}

impl Term {
    /// How many terms there are.
    pub const COUNT: usize = 16;

    /// The term's name in policies, columns and the page.
    pub fn name(self) -> &'static str {
        Term::NAMES[self as usize]
    }

    /// The term of this name.
    pub fn from_name(name: &str) -> Option<Term> {
        Term::ALL.into_iter().find(|term| term.name() == name)
    }
}

impl Serialize for Term {
    fn serialize<S: Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// Weights of the terms, each from 0 to 100; a weight left out is 0. In JSON an
/// object by the terms' names.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Policy {
    weights: [f64; Term::COUNT],
}

impl Policy {
    /// Fit alone, for measuring it.
    pub const FIT: Policy = Policy::of(&[(Term::Fit, 1.0)]);
    /// Fit first; what is left of a sale, how sure it is, heat and price as a
    /// shopkeeper's second thoughts.
    pub const BALANCED: Policy = Policy::of(&[
        (Term::Fit, 1.0),
        (Term::Temperature, 0.25),
        (Term::PriceFit, 0.1),
        (Term::Trend, 0.1),
        (Term::Margin, 0.3),
        (Term::PriceAdvantage, 0.25),
        (Term::Rivals, 0.05),
        (Term::Moq, 0.1),
        (Term::LeadTime, 0.1),
        (Term::Reviews, 0.25),
        (Term::Returns, 0.25),
        (Term::FillRate, 0.1),
        (Term::Risk, 0.5),
    ]);
    /// Margin first. Were fit the truth, weight 1 would be ln of what the shop may
    /// expect to earn; fit is an estimate, and of the dearest goods those are on
    /// top where it errs most, so half of it earns more.
    pub const PROFIT: Policy = Policy::of(&[(Term::Fit, 1.0), (Term::Margin, 0.5)]);
    /// What is heating up.
    pub const TREND: Policy = Policy::of(&[
        (Term::Fit, 1.0),
        (Term::Temperature, 0.5),
        (Term::Trend, 1.0),
        (Term::Risk, 0.5),
        (Term::Spread, 0.25),
    ]);
    /// What fits and few others sell.
    pub const NICHE: Policy = Policy::of(&[
        (Term::Fit, 1.0),
        (Term::PriceFit, 0.25),
        (Term::Margin, 0.5),
        (Term::Rivals, 0.5),
        (Term::Risk, 0.5),
    ]);
    /// For a shop without sales: what sells, arrives, and is kept.
    pub const NEWCOMER: Policy = Policy::of(&[
        (Term::Fit, 1.0),
        (Term::Temperature, 0.5),
        (Term::Margin, 0.5),
        (Term::Moq, 0.5),
        (Term::LeadTime, 0.25),
        (Term::Reviews, 1.0),
        (Term::Returns, 1.0),
        (Term::FillRate, 0.5),
        (Term::Risk, 1.0),
    ]);
    /// The same for every shop: nothing of a profile enters.
    pub const PLAIN: Policy = Policy::of(&[
        (Term::Temperature, 1.0),
        (Term::Reviews, 0.5),
        (Term::Returns, 0.5),
        (Term::Risk, 1.0),
    ]);
    /// The selection rule that 1688 publishes, to compare with; heat orders what
    /// meets as much of it.
    pub const RULE_1688: Policy =
        Policy::of(&[(Term::Selection, 1.0), (Term::Temperature, 0.01)]);
    /// The presets by name.
    pub const PRESETS: [(&'static str, Policy); 8] = [
        ("balanced", Policy::BALANCED),
        ("profit", Policy::PROFIT),
        ("trend", Policy::TREND),
        ("niche", Policy::NICHE),
        ("newcomer", Policy::NEWCOMER),
        ("plain", Policy::PLAIN),
        ("1688", Policy::RULE_1688),
        ("fit", Policy::FIT),
    ];

    /// A policy of these weights; the others are 0.
    pub const fn of(weights: &[(Term, f64)]) -> Policy {
        let mut policy = Policy {
            weights: [0.0; Term::COUNT],
        };
        let mut i = 0;
        while i < weights.len() {
            policy.weights[weights[i].0 as usize] = weights[i].1;
            i += 1;
        }
        policy
    }

    /// The same with another weight for one term.
    pub const fn with(mut self, term: Term, weight: f64) -> Policy {
        self.weights[term as usize] = weight;
        self
    }

    /// The preset of this name.
    pub fn preset(name: &str) -> Result<Policy> {
        let preset = Policy::PRESETS
            .into_iter()
            .find(|(preset, _)| *preset == name);
        preset.map(|(_, policy)| policy).ok_or_else(|| {
            Kind::BadQuery {
                field: "policy",
                expected: POLICY_EXPECTED,
                found: quoted(name),
            }
            .into()
        })
    }

    /// A weight as the terms of supply count it.
    pub(crate) fn thousandths(&self, term: Term) -> i32 {
        (self.weight(term) * 1000.0).round_ties_even() as i32
    }

    /// The weight of a term.
    pub fn weight(&self, term: Term) -> f64 {
        self.weights[term as usize]
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

/// What a policy may be, as errors say it.
pub const POLICY_EXPECTED: &str = "balanced, profit, trend, niche, newcomer, plain, 1688, fit or an object of weights by term";

impl Serialize for Policy {
    fn serialize<S: Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(Term::ALL.map(|term| (term.name(), self.weight(term))))
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Policy, D::Error> {
        deserializer.deserialize_map(Weights)
    }
}

struct Weights;

impl<'de> Visitor<'de> for Weights {
    type Value = Policy;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an object of weights by term")
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Policy, A::Error> {
        let mut policy = Policy::default();
        while let Some(name) = map.next_key::<String>()? {
            let Some(term) = Term::from_name(&name) else {
                return Err(A::Error::unknown_field(&name, &Term::NAMES));
            };
            policy = policy.with(term, map.next_value()?);
        }
        Ok(policy)
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
            let policy = Policy::FIT.with(Term::PriceFit, weight);
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
            "bad query: policy: expected balanced, profit, trend, niche, newcomer, plain, \
             1688, fit or an object of weights by term, found \"cheap\""
        );
        assert!(Policy::PRESETS.iter().all(|(name, policy)| {
            POLICY_EXPECTED.contains(name) && policy.check().is_ok()
        }));
    }

    #[test]
    fn a_plain_policy_weighs_nothing_of_a_profile() {
        for term in [Term::Fit, Term::PriceFit] {
            assert_eq!(Policy::PLAIN.weight(term), 0.0);
        }
    }

    #[test]
    fn json_is_an_object_by_name_and_refuses_a_name_that_is_no_term() {
        let policy: Policy = serde_json::from_str(r#"{"margin": 2, "fit": 1}"#).unwrap();
        assert_eq!(policy, Policy::of(&[(Term::Fit, 1.0), (Term::Margin, 2.0)]));
        let back = serde_json::to_string(&policy).unwrap();
        assert_eq!(serde_json::from_str::<Policy>(&back).unwrap(), policy);
        let error = serde_json::from_str::<Policy>(r#"{"margn": 2}"#).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("unknown field `margn`, expected one of")
        );
    }
}
