//! Rules: hard limits on what may be ranked, as a bit for each good.

mod apply;

use serde::de::{Deserializer, Error as _, MapAccess, Visitor};
use serde::{Deserialize, Serialize};

use crate::error::{Kind, Result};
use crate::show::{number, quoted};

pub(crate) use apply::{Allowed, Asked, RuleSets, Ruled, WITHDRAWN};

/// Declares the rules once: variant, name, what it takes.
macro_rules! rules {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $takes:ident;)*) => {
        /// A hard limit. A good that breaks one is not ranked.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Rule {
            $($(#[$doc])* $variant,)*
        }

        impl Rule {
            /// Every rule, in the order of reports.
            pub const ALL: &[Rule] = &[$(Rule::$variant,)*];
            const NAMES: &[&str] = &[$($name,)*];
            const FIELDS: &[&str] = &[$(concat!("rules.", $name),)*];
            const TAKES: &[Takes] = &[$(Takes::$takes,)*];
            /// What rules may be, as errors say it.
            pub const EXPECTED: &str =
                concat!("an object with at most the fields", $(" ", $name,)*);
        }
    };
}

rules! {
    /// Category paths; each takes in what lies below it.
    Categories = "categories", List;
    /// Category paths to leave out, with what lies below each.
    NotCategories = "notCategories", List;
    /// Supplier ids.
    Suppliers = "suppliers", List;
    /// Supplier ids to leave out.
    NotSuppliers = "notSuppliers", List;
    /// Brands, as the catalog writes them.
    Brands = "brands", List;
    /// Brands to leave out.
    NotBrands = "notBrands", List;
    /// Where goods must ship to, as CN or US-CA; leaves out what does not say.
    ShipsTo = "shipsTo", Text;
    /// Lowest price, minor units, inclusive; leaves out unknown prices.
    PriceMin = "priceMin", Number;
    /// Highest price, minor units, inclusive; leaves out unknown prices.
    PriceMax = "priceMax", Number;
    /// Least share of the retail price that a sale leaves, below 1; leaves out
    /// unknown prices.
    MarginMin = "marginMin", Number;
    /// Greatest minimum order, pieces; leaves out unknown ones.
    MoqMax = "moqMax", Number;
    /// Longest lead time, days; leaves out unknown ones.
    LeadTimeMax = "leadTimeMax", Number;
    /// Least number of reviews.
    ReviewsMin = "reviewsMin", Number;
    /// First sold within so many days before the catalog's last event; leaves
    /// out what is not known.
    NewWithinDays = "newWithinDays", Number;
    /// Only what is known to be in stock.
    InStock = "inStock", Flag;
    /// Risks to leave out, by name.
    WithoutRisks = "withoutRisks", List;
    /// Words that the titles must hold, all of them; each may be half typed.
    Text = "text", Text;
    /// Only these goods, by id; ids that the shard does not know are passed over.
    Only = "only", List;
    /// Without these goods, by id; likewise.
    Exclude = "exclude", List;
    /// Leave in what the shop already sells.
    IncludeSold = "includeSold", Flag;
}

/// What a rule takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Takes {
    List,
    Number,
    Flag,
    Text,
}

impl Rule {
    /// The rule's name in queries and reports.
    pub fn name(self) -> &'static str {
        Rule::NAMES[self as usize]
    }

    /// The rule's name in errors.
    pub fn field(self) -> &'static str {
        Rule::FIELDS[self as usize]
    }

    /// What the rule takes, as errors say it.
    pub fn expected(self) -> &'static str {
        match Rule::TAKES[self as usize] {
            Takes::List => "a list of strings",
            Takes::Number => "a number",
            Takes::Flag => "true or false",
            Takes::Text => "a text",
        }
    }

    /// The rule of this name.
    pub fn from_name(name: &str) -> Result<Rule> {
        let named = |rule: &&Rule| rule.name() == name;
        Rule::ALL
            .iter()
            .find(named)
            .copied()
            .ok_or_else(|| bad("rules", Rule::EXPECTED, format!("the field {name}")))
    }
}

/// What a rule is given.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected a list of strings, a number, a text or a flag"
)]
pub enum Limit {
    /// As the rules of lists take it.
    List(Vec<String>),
    /// As bounds take it.
    Number(f64),
    /// As the rules that are on or off take it.
    Flag(bool),
    /// As the rule of words takes it.
    Text(String),
}

impl Limit {
    fn takes(&self) -> Takes {
        match self {
            Limit::List(_) => Takes::List,
            Limit::Number(_) => Takes::Number,
            Limit::Flag(_) => Takes::Flag,
            Limit::Text(_) => Takes::Text,
        }
    }
}

impl From<f64> for Limit {
    fn from(number: f64) -> Limit {
        Limit::Number(number)
    }
}

impl From<bool> for Limit {
    fn from(flag: bool) -> Limit {
        Limit::Flag(flag)
    }
}

impl From<&str> for Limit {
    fn from(text: &str) -> Limit {
        Limit::Text(text.into())
    }
}

impl<const N: usize> From<[&str; N]> for Limit {
    fn from(list: [&str; N]) -> Limit {
        Limit::List(list.map(String::from).into())
    }
}

impl From<Vec<String>> for Limit {
    fn from(list: Vec<String>) -> Limit {
        Limit::List(list)
    }
}

impl std::fmt::Display for Limit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&match self {
            Limit::List(_) => "a list".into(),
            Limit::Number(value) => number(*value),
            Limit::Flag(true) => "true".into(),
            Limit::Flag(false) => "false".into(),
            Limit::Text(text) => quoted(text),
        })
    }
}

/// Hard limits, all of them optional.
///
/// ```
/// use goodsrank::rules::{Rule, Rules};
///
/// let rules = Rules::default()
///     .with(Rule::Categories, ["food"])?
///     .with(Rule::PriceMax, 50_00.0)?
///     .with(Rule::InStock, true)?;
/// # Ok::<(), goodsrank::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// In the order of [`Rule::ALL`], each once.
    asked: Vec<(Rule, Limit)>,
}

impl Rules {
    /// These rules and one more, in place of an earlier one of its name. An
    /// error where the rule takes something else.
    pub fn with(mut self, rule: Rule, limit: impl Into<Limit>) -> Result<Rules> {
        self.set(rule, limit.into())?;
        Ok(self)
    }

    /// Likewise, in place.
    pub fn set(&mut self, rule: Rule, limit: Limit) -> Result<()> {
        if limit.takes() != Rule::TAKES[rule as usize] {
            return Err(bad(rule.field(), rule.expected(), limit.to_string()));
        }
        let place = self.asked.iter().position(|(asked, _)| *asked >= rule);
        let place = place.unwrap_or(self.asked.len());
        self.asked.retain(|(asked, _)| *asked != rule);
        self.asked.insert(place, (rule, limit));
        Ok(())
    }

    /// These rules but one, as [`Removed::rule`] names it; `includeSold` is one
    /// that keeps what the shop sells out.
    #[cfg(feature = "several")]
    pub(crate) fn without(&self, name: &str) -> Rules {
        let mut rules = self.clone();
        rules.asked.retain(|(rule, _)| match rule {
            Rule::PriceMin | Rule::PriceMax => name != "price",
            _ => name != rule.name(),
        });
        if name == Rule::IncludeSold.name() {
            // Cannot fail: the rule takes a flag.
            let _ = rules.set(Rule::IncludeSold, true.into());
        }
        rules
    }

    /// What a rule was given.
    pub fn get(&self, rule: Rule) -> Option<&Limit> {
        let asked = self.asked.iter().find(|(asked, _)| *asked == rule);
        asked.map(|(_, limit)| limit)
    }

    /// Whether no rule is asked for.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Whether what the shop sells is left in.
    pub(crate) fn include_sold(&self) -> bool {
        self.get(Rule::IncludeSold) == Some(&Limit::Flag(true))
    }

    fn number(&self, rule: Rule) -> Option<f64> {
        match self.get(rule) {
            Some(Limit::Number(number)) => Some(*number),
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Rules {
    fn deserialize<D: Deserializer<'de>>(
        deserializer: D,
    ) -> std::result::Result<Rules, D::Error> {
        deserializer.deserialize_map(RulesVisitor)
    }
}

struct RulesVisitor;

impl<'de> Visitor<'de> for RulesVisitor {
    type Value = Rules;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(Rule::EXPECTED)
    }

    fn visit_map<A: MapAccess<'de>>(
        self,
        mut map: A,
    ) -> std::result::Result<Rules, A::Error> {
        let mut rules = Rules::default();
        while let Some(name) = map.next_key::<String>()? {
            let rule = Rule::from_name(&name).map_err(A::Error::custom)?;
            if let Some(limit) = map.next_value::<Option<Limit>>()? {
                rules.set(rule, limit).map_err(A::Error::custom)?;
            }
        }
        Ok(rules)
    }
}

/// A rule, and a number of goods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Removed {
    /// The rule's name; `price` for both bounds of it.
    pub rule: &'static str,
    /// How many goods.
    pub goods: usize,
}

fn bad(field: &'static str, expected: &'static str, found: String) -> crate::Error {
    Kind::BadQuery {
        field,
        expected,
        found,
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_kept_in_one_order_and_once() {
        let rules = Rules::default().with(Rule::Text, "tea").unwrap();
        let rules = rules.with(Rule::PriceMax, 5.0).unwrap();
        let rules = rules.with(Rule::Text, "milk").unwrap();
        let rules = rules.with(Rule::PriceMin, 1.0).unwrap();
        let other = Rules::default().with(Rule::PriceMin, 1.0).unwrap();
        let other = other.with(Rule::Text, "milk").unwrap();
        assert_eq!(rules, other.with(Rule::PriceMax, 5.0).unwrap());
        assert_eq!(rules.asked.len(), 3);
    }

    #[test]
    fn a_rule_that_is_given_something_else_says_what_it_takes() {
        for (rule, limit, message) in [
            (
                Rule::MoqMax,
                Limit::from("1"),
                "bad query: rules.moqMax: expected a number, found \"1\"",
            ),
            (
                Rule::InStock,
                Limit::from(1.0),
                "bad query: rules.inStock: expected true or false, found 1",
            ),
            (
                Rule::Text,
                Limit::from(["tea"]),
                "bad query: rules.text: expected a text, found a list",
            ),
            (
                Rule::Only,
                Limit::from(false),
                "bad query: rules.only: expected a list of strings, found false",
            ),
        ] {
            let error = Rules::default().with(rule, limit).unwrap_err();
            assert_eq!(error.to_string(), message);
        }
    }

    #[test]
    fn json_is_read_whole_or_refused() {
        let read = |json: &str| serde_json::from_str::<Rules>(json);
        let rules = read(r#"{"text":null,"priceMax":5,"only":["g1"]}"#).unwrap();
        let same = Rules::default().with(Rule::Only, ["g1"]).unwrap();
        assert_eq!(rules, same.with(Rule::PriceMax, 5.0).unwrap());
        let error = read(r#"{"prizeMax":5}"#).unwrap_err().to_string();
        assert!(error.contains("found the field prizeMax"), "{error}");
        let error = read(r#"{"moqMax":[1]}"#).unwrap_err().to_string();
        assert!(
            error.contains("expected a list of strings, a number"),
            "{error}"
        );
    }
}
