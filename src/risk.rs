//! Risks: what could go wrong with a good, each by its name.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::rate::Rate;
use crate::shard::{Bytes, Section, Shard, Uints, Usual};

/// What a risk may be, as errors say it.
pub const RISKS_EXPECTED: &str =
    "brand, outOfStock, returns, priceOutlier, cooling, thinEvidence or singleSource";

/// Declares the risks once: variant, name, severity in milli-nats.
macro_rules! risks {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $severity:literal;)*) => {
        /// Something that could go wrong with a good.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[repr(u8)]
        pub enum Risk {
            $($(#[$doc])* $variant,)*
        }

        impl Risk {
            /// Every risk, in the order of its bits.
            pub const ALL: &'static [Risk] = &[$(Risk::$variant,)*];

            const NAMES: &[&str] = &[$($name,)*];

            /// The name in JSON, in JavaScript and on the page.
            pub fn name(self) -> &'static str {
                Risk::NAMES[self as usize]
            }

            /// The risk of this name.
            pub fn from_name(name: &str) -> Option<Risk> {
                Risk::ALL.iter().copied().find(|risk| risk.name() == name)
            }

            /// What it takes from a score of weight 1, milli-nats.
            pub fn severity(self) -> i16 {
                match self { $(Risk::$variant => $severity,)* }
            }
        }
    };
}

risks! {
    /// The catalog suspects that a brand is infringed.
    Brand = "brand", 1500;
    /// None is in stock.
    OutOfStock = "outOfStock", 1000;
    /// Many come back: surely above twice the usual share, and a tenth.
    Returns = "returns", 400;
    /// The price is a third of its equivalents' or thrice it.
    PriceOutlier = "priceOutlier", 300;
    /// Demand falls: the fast temperature is below half of the slow one.
    Cooling = "cooling", 200;
    /// Fewer shops than the threshold sell it, and fewer than ten reviewed it.
    ThinEvidence = "thinEvidence", 200;
    /// No other supplier has an equivalent.
    SingleSource = "singleSource", 100;
}

/// Milli-nats below which a good is cooling fast: ln ½.
const COOLING: i32 = -693;
/// Reviews that are evidence.
const REVIEWS: f64 = 10.0;
/// How far from its equivalents' a price is an outlier, and a share of returns
/// that is high on any market.
const OUTLIER: f64 = 2.0;
const HIGH_RETURNS: f64 = 0.1;

/// A set of risks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RiskSet(u8);

impl RiskSet {
    /// These risks.
    pub fn of(risks: &[Risk]) -> RiskSet {
        let mut set = RiskSet::default();
        risks.iter().for_each(|&risk| set.add(risk, true));
        set
    }

    /// A bit for each risk, the first the lowest.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// The set of these bits.
    pub(crate) fn from_bits(bits: u8) -> RiskSet {
        RiskSet(bits)
    }

    /// This set, with a risk or without it.
    pub(crate) fn with(self, risk: Risk, there: bool) -> RiskSet {
        let mut set = RiskSet(self.0 & !(1 << risk as u8));
        set.add(risk, there);
        set
    }

    fn add(&mut self, risk: Risk, there: bool) {
        self.0 |= u8::from(there) << risk as u8;
    }

    /// The risks, gravest first.
    pub fn iter(self) -> impl Iterator<Item = Risk> {
        Risk::ALL
            .iter()
            .copied()
            .filter(move |&risk| self.0 & (1 << risk as u8) != 0)
    }

    /// What they take together, milli-nats.
    pub fn severity(self) -> i16 {
        self.iter().map(Risk::severity).sum()
    }
}

/// The risks of every good, as bits.
pub(crate) fn risks<B: Bytes>(shard: &Shard<B>) -> Result<Vec<u8>> {
    let risks = Risks::new(shard)?;
    Ok((0..shard.goods() as usize)
        .map(|row| risks.of(row).bits())
        .collect())
}

/// The columns that risks are read from, and what is made of groups.
struct Risks<'a> {
    usual: Usual,
    brand: Uints<'a>,
    stock: Uints<'a>,
    returned: Uints<'a>,
    return_count: Uints<'a>,
    price: Uints<'a>,
    equivalents: Uints<'a>,
    fast: &'a [[u8; 2]],
    slow: &'a [[u8; 2]],
    sellers: Uints<'a>,
    reviews: Uints<'a>,
    groups: Vec<Group>,
}

/// Of goods that stand for each other.
#[derive(Clone, Copy, Default)]
struct Group {
    supplier: u64,
    several: bool,
    prices: f64,
    priced: f64,
}

impl<'a> Risks<'a> {
    fn new<B: Bytes>(shard: &'a Shard<B>) -> Result<Risks<'a>> {
        let column = |section: Section| shard.column(section);
        let equivalents = column(Section::Equivalents)?;
        let (supplier, price) = (column(Section::Supplier)?, column(Section::Price)?);
        let mut groups = Vec::new();
        for (row, group) in equivalents.iter().enumerate() {
            let group = group as usize;
            if groups.len() <= group {
                groups.resize(group + 1, Group::default());
            }
            let (of, by) = (&mut groups[group], supplier.get(row));
            of.several |= of.supplier > 0 && by > 0 && of.supplier != by;
            of.supplier = of.supplier.max(by);
            if price.get(row) > 0 {
                of.prices += libm::log(price.get(row) as f64);
                of.priced += 1.0;
            }
        }
        Ok(Risks {
            usual: shard.usual()?,
            brand: column(Section::BrandFlag)?,
            stock: column(Section::Stock)?,
            returned: column(Section::Returned)?,
            return_count: column(Section::ReturnCount)?,
            price,
            equivalents,
            fast: shard.i16s(Section::TemperatureFast)?,
            slow: shard.i16s(Section::Temperature)?,
            sellers: column(Section::Sellers)?,
            reviews: column(Section::ReviewCount)?,
            groups,
        })
    }

    /// The risks of a good. Data that is missing is none.
    fn of(&self, row: usize) -> RiskSet {
        let mut risks = RiskSet::default();
        risks.add(Risk::Brand, self.brand.get(row) > 0);
        risks.add(Risk::OutOfStock, self.stock.get(row) == 1);
        risks.add(Risk::Returns, self.returns_much(row));
        risks.add(Risk::PriceOutlier, self.is_outlier(row));
        let trend = |column: &[[u8; 2]]| {
            column
                .get(row)
                .map_or(0, |&b| i32::from(i16::from_le_bytes(b)))
        };
        let cooling = trend(self.fast) - trend(self.slow) < COOLING;
        risks.add(Risk::Cooling, cooling);
        let thin = !self.sellers.is_empty()
            && self.sellers.get(row) == 0
            && (self.reviews.get(row) as f64) < REVIEWS;
        risks.add(Risk::ThinEvidence, thin);
        let sources = !self.equivalents.is_empty();
        risks.add(Risk::SingleSource, sources && !self.has_second_source(row));
        risks
    }

    fn returns_much(&self, row: usize) -> bool {
        let rate = Rate::at(&self.returned, &self.return_count, row);
        let high = (2.0 * self.usual.return_rate).max(HIGH_RETURNS);
        rate.whole > 0.0 && rate.lower() > high
    }

    fn group(&self, row: usize) -> Option<&Group> {
        let group = self.equivalents.row(row);
        self.groups.get(group).filter(|_| group > 0)
    }

    /// Beside the mean of the others of its group.
    fn is_outlier(&self, row: usize) -> bool {
        let price = self.price.get(row);
        let Some(group) = self.group(row).filter(|g| price > 0 && g.priced > 1.0) else {
            return false;
        };
        let ln = libm::log(price as f64);
        is_far(ln, (group.prices - ln) / (group.priced - 1.0))
    }

    fn has_second_source(&self, row: usize) -> bool {
        self.group(row).is_some_and(|group| group.several)
    }
}

/// Whether a price is an outlier among those of its equivalents.
pub(crate) fn is_outlier(price: u64, others: &[u64]) -> bool {
    let ln = |price: u64| libm::log(price as f64);
    let sum: f64 = others.iter().map(|&other| ln(other)).sum();
    !others.is_empty() && is_far(ln(price), sum / others.len() as f64)
}

fn is_far(ln: f64, others: f64) -> bool {
    // A price that is just so far is none, whichever way its logarithm was rounded.
    (ln - others).abs() > libm::log(OUTLIER) + 1e-9
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_names_its_risks_gravest_first_and_adds_them_up() {
        let mut set = RiskSet::default();
        set.add(Risk::SingleSource, true);
        set.add(Risk::Brand, true);
        set.add(Risk::Cooling, false);
        let names: Vec<&str> = set.iter().map(Risk::name).collect();
        assert_eq!(names, ["brand", "singleSource"]);
        assert_eq!(set.severity(), 1600);
        let severities = Risk::ALL.iter().map(|risk| risk.severity());
        assert!(severities.is_sorted_by(|a, b| a >= b));
    }
}
