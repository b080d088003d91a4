//! What was learned that is global to a catalog: section 1 of the format.

use serde::{Deserialize, Serialize};

use super::layout::{f64_at, u32_at, u64_at};
use crate::error::{Error, Kind, Result};
use crate::show::number;

/// The end of the year 9999, seconds since 1970 UTC.
pub const MAX_TIME: i64 = 253_402_300_799;
const FIXED_LEN: usize = 160;
const MAX_KNOTS: usize = 256;
/// Goods that the background of a linear kernel is worth.
const PRIOR_GOODS: f64 = 10.0;
/// Goods of a profile that is half young.
const YOUNG_GOODS: f64 = 20.0;

/// Something a shop did with a good.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum EventKind {
    /// The shop bought the good.
    Purchase,
    /// The shop sent the good back.
    Return,
    /// The shop looked at the good.
    View,
    /// The shop saved the good for later.
    Save,
    /// The shop put the good on its shelf.
    List,
    /// The shop passed the good on.
    Share,
    /// Somebody came to the good through the shop.
    Referral,
}

impl EventKind {
    /// Every kind, in the order of its weights.
    pub const ALL: [EventKind; 7] = [
        EventKind::Purchase,
        EventKind::Return,
        EventKind::View,
        EventKind::Save,
        EventKind::List,
        EventKind::Share,
        EventKind::Referral,
    ];

    /// The kind as files write it.
    pub fn name(self) -> &'static str {
        match self {
            EventKind::Purchase => "purchase",
            EventKind::Return => "return",
            EventKind::View => "view",
            EventKind::Save => "save",
            EventKind::List => "list",
            EventKind::Share => "share",
            EventKind::Referral => "referral",
        }
    }

    /// Whether the shop sells the good, or did: purchased, listed or sent back.
    pub fn is_sale(self) -> bool {
        matches!(
            self,
            EventKind::Purchase | EventKind::Return | EventKind::List
        )
    }

    /// The kind of this name, or `None` for a name that is no kind.
    pub fn from_name(name: &str) -> Option<EventKind> {
        EventKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// How fit was learned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kernel {
    /// Hybrid of heat conduction and mass diffusion on the shop-goods graph: raw
    /// fit is the mean of what the profile's goods give.
    Hybrid,
    /// Any linear kernel, as factors and neighbours: raw fit is the sum of what
    /// the profile's goods give.
    Linear,
}

impl Kernel {
    fn number(self) -> u32 {
        match self {
            Kernel::Hybrid => 1,
            Kernel::Linear => 2,
        }
    }

    fn from_number(number: u32) -> Option<Kernel> {
        [Kernel::Hybrid, Kernel::Linear]
            .into_iter()
            .find(|kernel| kernel.number() == number)
    }

    /// What the background counts beside a profile of this mass.
    pub fn prior(self, mass: f64) -> f64 {
        match self {
            Kernel::Hybrid => 1.0,
            Kernel::Linear => PRIOR_GOODS / (PRIOR_GOODS + mass),
        }
    }

    /// What the sum over a profile of this mass is divided by.
    pub fn divisor(self, mass: f64) -> f64 {
        match self {
            Kernel::Hybrid => mass,
            Kernel::Linear => 1.0,
        }
    }

    /// The share of the young factors in a profile of this mass.
    pub fn youth(mass: f64) -> f64 {
        let age = mass / YOUNG_GOODS;
        1.0 / (1.0 + age * age)
    }

    /// The kernel's name in manifests and messages.
    pub fn name(self) -> &'static str {
        match self {
            Kernel::Hybrid => "hybrid",
            Kernel::Linear => "linear",
        }
    }
}

/// How events become the weights of a shop's profile:
/// `sum of kind · f(quantity) · 2^(-(t_ref - t) / half-life)`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProfileWeights {
    /// Weight of each [`EventKind`], in the order of [`EventKind::ALL`].
    pub kinds: [f64; 7],
    /// f is ln(1 + quantity) / ln 2 when true, 1 when false.
    pub log_quantity: bool,
    /// Days; 0 when events do not fade.
    pub half_life: f64,
    /// Whether a good counts once, with weight 1, however often it was bought.
    pub binary: bool,
}

/// The monotone map from raw fit per unit of profile mass to ln P of adoption.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Calibration {
    /// Lowest ln P, nats, below 0: what fit tends to as the raw score falls.
    pub floor: f64,
    /// (raw per mass, ln P), both strictly ascending, ln P in (floor, 0).
    pub knots: Vec<(f64, f64)>,
}

impl Calibration {
    /// ln P in nats, strictly increasing in `raw`, within (floor, 0).
    ///
    /// Linear between knots. Beyond the last knot ln P shrinks towards 0 as
    /// 1/raw; before the first it sinks towards the floor, likewise as 1/raw.
    /// So a score outside what the builder saw still has its place in order.
    pub fn ln_p(&self, raw: f64) -> f64 {
        let knots = self.knots.as_slice();
        let next = knots.partition_point(|&(r, _)| r <= raw);
        let (first, last) = (knots[0], knots[knots.len() - 1]);
        let span = last.0 - first.0;
        if next == 0 {
            self.floor + (first.1 - self.floor) / (1.0 + (first.0 - raw) / span)
        } else if next == knots.len() {
            last.1 / (1.0 + (raw - last.0) / span)
        } else {
            let ((r0, l0), (r1, l1)) = (knots[next - 1], knots[next]);
            l0 + (l1 - l0) * ((raw - r0) / (r1 - r0))
        }
    }

    /// The floor, then the knots, as f64.
    pub fn to_bytes(&self) -> Vec<u8> {
        let knots = self.knots.iter().flat_map(|&(raw, ln_p)| [raw, ln_p]);
        let numbers = std::iter::once(self.floor).chain(knots);
        numbers.flat_map(f64::to_le_bytes).collect()
    }

    /// Reads and checks what [`to_bytes`](Self::to_bytes) wrote.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Calibration> {
        let number = |at: usize| {
            let bytes = bytes.as_chunks().0.get(at);
            bytes.map_or(f64::NAN, |&b| f64::from_le_bytes(b))
        };
        let knots = (bytes.len() / 8).saturating_sub(1) / 2;
        let calibration = Calibration {
            floor: number(0),
            knots: (0..knots)
                .map(|i| (number(1 + 2 * i), number(2 + 2 * i)))
                .collect(),
        };
        calibration.check()?;
        if bytes.len() != 8 * (1 + 2 * knots) {
            let found = format!("{} bytes", bytes.len());
            return Err(Error::damaged(
                "calibration",
                "a floor and whole knots",
                found,
            ));
        }
        Ok(calibration)
    }

    fn check(&self) -> Result<()> {
        let ascending = |a: f64, b: f64| a < b;
        let ordered = self
            .knots
            .windows(2)
            .all(|w| ascending(w[0].0, w[1].0) && ascending(w[0].1, w[1].1));
        let finite = self
            .knots
            .iter()
            .all(|k| k.0.is_finite() && k.1.is_finite());
        let enough = (2..=MAX_KNOTS).contains(&self.knots.len());
        let bounded = self.floor.is_finite()
            && self.knots.first().is_some_and(|k| self.floor < k.1)
            && self.knots.last().is_some_and(|k| k.1 < 0.0);
        if ordered && finite && bounded && enough {
            return Ok(());
        }
        Err(Error::damaged(
            "calibration",
            "2 to 256 finite knots that ascend between the floor and 0",
            "others",
        ))
    }
}

/// What was learned that is global to a catalog.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Seconds since 1970 UTC of the last event; 0 where events have no times.
    pub t_ref: i64,
    /// ISO 4217 code; "" where the catalog has no prices.
    pub currency: String,
    /// Decimal digits of a minor unit, 0 to 4.
    pub exponent: u8,
    /// Shops that stand behind each learned figure, at least 1.
    pub min_shops: u32,
    /// How fit was learned.
    pub kernel: Kernel,
    /// Version of the search tokeniser; 0 without postings.
    pub tokeniser: u32,
    /// 0 heat conduction to 1 mass diffusion.
    pub lambda: f64,
    /// Exponent of heat within the kernel, 0 to .5.
    pub heat: f64,
    /// Slow half-life of temperature, days.
    pub half_life_slow: f64,
    /// Fast half-life of temperature, days.
    pub half_life_fast: f64,
    /// How a profile is weighed.
    pub profile: ProfileWeights,
    /// From raw fit to probability.
    pub calibration: Calibration,
    /// Standard deviation of ln price within a category: the prior of price fit.
    pub price_sd: f64,
    /// Events the model was learned from.
    pub events: u64,
    /// Shops the model was learned from.
    pub shops: u64,
}

impl Model {
    /// The bytes of section 1. Errors when a field is out of its range.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        self.check()?;
        let mut out = Vec::with_capacity(FIXED_LEN + 16 * self.calibration.knots.len());
        out.extend(self.t_ref.to_le_bytes());
        out.extend(self.currency_bytes());
        out.push(self.exponent);
        let shape =
            u32::from(self.profile.log_quantity) | u32::from(self.profile.binary) << 1;
        for n in [self.min_shops, self.kernel.number(), self.tokeniser] {
            out.extend(n.to_le_bytes());
        }
        let half_lives = [
            self.half_life_slow,
            self.half_life_fast,
            self.profile.half_life,
        ];
        for x in [self.lambda, self.heat].into_iter().chain(half_lives) {
            out.extend(x.to_le_bytes());
        }
        out.extend(shape.to_le_bytes());
        out.extend((self.calibration.knots.len() as u32).to_le_bytes());
        for x in self
            .profile
            .kinds
            .into_iter()
            .chain([self.calibration.floor, self.price_sd])
        {
            out.extend(x.to_le_bytes());
        }
        out.extend(self.events.to_le_bytes());
        out.extend(self.shops.to_le_bytes());
        for &(raw, ln_p) in &self.calibration.knots {
            out.extend(raw.to_le_bytes());
            out.extend(ln_p.to_le_bytes());
        }
        Ok(out)
    }

    /// Reads and checks section 1.
    pub(crate) fn from_bytes(b: &[u8]) -> Result<Model> {
        let knots = if b.len() >= FIXED_LEN {
            u32_at(b, 68) as usize
        } else {
            0
        };
        let wanted = FIXED_LEN + 16 * knots.clamp(2, MAX_KNOTS);
        if b.len() != wanted {
            let found = format!("{} bytes and {knots} knots", b.len());
            return Err(Error::damaged("model", format!("{wanted} bytes"), found));
        }
        let kernel =
            Kernel::from_number(u32_at(b, 16)).ok_or_else(|| Kind::Unsupported {
                what: "kernel".into(),
                expected: "kernel 1 (hybrid) or 2 (linear)".into(),
                found: format!("kernel {}", u32_at(b, 16)),
            })?;
        let mut kinds = [0.0; 7];
        for (i, weight) in kinds.iter_mut().enumerate() {
            *weight = f64_at(b, 72 + 8 * i);
        }
        let model = Model {
            t_ref: u64_at(b, 0) as i64,
            currency: currency(&b[8..11])?,
            exponent: b[11],
            min_shops: u32_at(b, 12),
            kernel,
            tokeniser: u32_at(b, 20),
            lambda: f64_at(b, 24),
            heat: f64_at(b, 32),
            half_life_slow: f64_at(b, 40),
            half_life_fast: f64_at(b, 48),
            profile: ProfileWeights {
                kinds,
                log_quantity: u32_at(b, 64) & 1 != 0,
                half_life: f64_at(b, 56),
                binary: u32_at(b, 64) & 2 != 0,
            },
            calibration: Calibration {
                floor: f64_at(b, 128),
                knots: (0..knots)
                    .map(|i| FIXED_LEN + 16 * i)
                    .map(|at| (f64_at(b, at), f64_at(b, at + 8)))
                    .collect(),
            },
            price_sd: f64_at(b, 136),
            events: u64_at(b, 144),
            shops: u64_at(b, 152),
        };
        model.check()?;
        Ok(model)
    }

    fn currency_bytes(&self) -> [u8; 3] {
        match self.currency.as_bytes() {
            &[a, b, c] => [a, b, c],
            _ => [0; 3],
        }
    }

    fn check(&self) -> Result<()> {
        let within = |what: &str, x: f64, low: f64, high: f64| {
            if (low..=high).contains(&x) {
                return Ok(());
            }
            Err(Error::damaged(
                what,
                format!("a number from {} to {}", number(low), number(high)),
                number(x),
            ))
        };
        within("t_ref", self.t_ref as f64, 0.0, MAX_TIME as f64)?;
        within("currency exponent", f64::from(self.exponent), 0.0, 4.0)?;
        within(
            "min shops",
            f64::from(self.min_shops),
            1.0,
            f64::from(u32::MAX),
        )?;
        within("lambda", self.lambda, 0.0, 1.0)?;
        within("heat exponent", self.heat, 0.0, 0.5)?;
        within("slow half-life", self.half_life_slow, 1e-3, 1e6)?;
        within("fast half-life", self.half_life_fast, 1e-3, 1e6)?;
        within("profile half-life", self.profile.half_life, 0.0, 1e6)?;
        within("price sd", self.price_sd, 1e-3, 1e3)?;
        for (kind, weight) in EventKind::ALL.iter().zip(self.profile.kinds) {
            let low = if *kind == EventKind::Return {
                -1e9
            } else {
                0.0
            };
            within(kind.name(), weight, low, 1e9)?;
        }
        self.calibration.check()
    }
}

fn currency(code: &[u8]) -> Result<String> {
    if code == [0; 3] {
        return Ok(String::new());
    }
    if code.iter().all(u8::is_ascii_uppercase) {
        return Ok(code.iter().map(|&b| char::from(b)).collect());
    }
    Err(Error::damaged(
        "currency",
        "three capital letters or three zeros",
        "other bytes",
    ))
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A small model that is valid; tests change what they are about.
    pub(crate) fn model() -> Model {
        Model {
            t_ref: 1_782_777_600,
            currency: "CNY".into(),
            exponent: 2,
            min_shops: 5,
            kernel: Kernel::Hybrid,
            tokeniser: 1,
            lambda: 0.5,
            heat: 0.0,
            half_life_slow: 90.0,
            half_life_fast: 14.0,
            profile: ProfileWeights {
                kinds: [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
                log_quantity: false,
                half_life: 0.0,
                binary: true,
            },
            calibration: Calibration {
                floor: -12.0,
                knots: vec![(0.0, -8.0), (0.5, -2.0)],
            },
            price_sd: 0.8,
            events: 10,
            shops: 5,
        }
    }

    #[test]
    fn reads_back_what_was_written() {
        let model = model();
        assert_eq!(
            Model::from_bytes(&model.to_bytes().unwrap()).unwrap(),
            model
        );
    }

    #[test]
    fn every_truncation_is_an_error() {
        let bytes = model().to_bytes().unwrap();
        for len in 0..bytes.len() {
            assert!(Model::from_bytes(&bytes[..len]).is_err(), "{len}");
        }
    }

    #[test]
    fn a_calibration_is_a_floor_and_whole_knots() {
        let calibration = model().calibration;
        let mut bytes = calibration.to_bytes();
        assert_eq!(Calibration::from_bytes(&bytes).unwrap(), calibration);
        for len in 0..bytes.len() {
            assert!(Calibration::from_bytes(&bytes[..len]).is_err(), "{len}");
        }
        bytes.extend(1f64.to_le_bytes()); // half of a third knot
        assert_eq!(
            Calibration::from_bytes(&bytes).unwrap_err().to_string(),
            "damaged shard: calibration: expected a floor and whole knots, found 48 bytes; \
             download the shard again, or build it anew"
        );
    }

    #[test]
    fn reads_the_kernels_that_there_are() {
        let mut linear = model();
        linear.kernel = Kernel::Linear;
        let mut bytes = linear.to_bytes().unwrap();
        assert_eq!(Model::from_bytes(&bytes).unwrap(), linear);
        bytes[16] = 3;
        assert_eq!(
            Model::from_bytes(&bytes).unwrap_err().to_string(),
            "unsupported shard: kernel: this version reads kernel 1 (hybrid) or 2 (linear), \
             found kernel 3; update goodsrank, or build the shard with this version"
        );
    }

    #[test]
    fn the_background_is_worth_ten_goods_and_youth_is_half_gone_at_twenty() {
        let linear = |mass| Kernel::Linear.prior(mass);
        assert_eq!((linear(0.0), linear(10.0), linear(30.0)), (1.0, 0.5, 0.25));
        assert_eq!(Kernel::Hybrid.prior(30.0), 1.0, "a mean needs no weighing");
        let youth = Kernel::youth;
        assert_eq!((youth(0.0), youth(20.0), youth(40.0)), (1.0, 0.5, 0.2));
    }

    #[test]
    fn says_which_field_is_out_of_range() {
        let mut model = model();
        model.lambda = f64::NAN;
        assert_eq!(
            model.to_bytes().unwrap_err().to_string(),
            "damaged shard: lambda: expected a number from 0 to 1, found NaN; download the \
             shard again, or build it anew"
        );
    }

    proptest! {
        /// Order is what a ranking is made of: a greater raw score never has a
        /// smaller P, and P stays between the floor and 1 whatever the score.
        #[test]
        fn calibration_is_monotone_and_bounded(a in -1e6f64..1e6, b in -1e6f64..1e6) {
            let c = model().calibration;
            let (low, high) = if a <= b { (a, b) } else { (b, a) };
            prop_assert!(c.ln_p(low) <= c.ln_p(high));
            prop_assert!(c.ln_p(low) >= c.floor && c.ln_p(high) <= 0.0);
        }

        #[test]
        fn any_bytes_are_a_model_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            let _ = Model::from_bytes(&bytes);
        }
    }

    #[test]
    fn calibration_meets_its_knots() {
        let c = model().calibration;
        assert_eq!((c.ln_p(0.0), c.ln_p(0.25), c.ln_p(0.5)), (-8.0, -5.0, -2.0));
        assert_eq!(
            c.ln_p(1.0),
            -1.0,
            "one span beyond the last knot halves ln P"
        );
        assert_eq!(
            c.ln_p(-0.5),
            -10.0,
            "one span before the first is half way to the floor"
        );
    }
}
