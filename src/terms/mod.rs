//! The terms of the score, each a pure function of a good and a shop.
//!
//! A term is computed in f64 nats and rounded once, weight included, to an
//! integer number of micro-nats. Scores are sums of these integers, so what a
//! page shows adds up, ties are ties, and native, wasm and SIMD agree to the
//! last digit.

mod audience;
mod column;
mod factors;
mod fit;
mod neighbours;
mod price;
mod selection;
mod supply;
mod temperature;

pub(crate) use audience::Audience;
pub(crate) use column::Column;
pub(crate) use fit::{Contribution, Fit, base_fit};
pub(crate) use price::{PriceFit, PriceLevels};
pub(crate) use selection::five_yuan;
pub(crate) use supply::{
    Margins, Supply, SupplyColumns, advantage, lead_time, margin, micro_of, moq,
};
pub(crate) use temperature::Temperature;

/// Micro-nats in a nat.
pub const MICRO: f64 = 1e6;

/// `nats · weight` as whole micro-nats; half-way cases to the even neighbour.
/// Beyond the range of i32 the nearest end of it.
#[inline(always)]
pub(crate) fn micro(weight: f64, nats: f64) -> i32 {
    (weight * nats * MICRO).round_ties_even() as i32
}

#[cfg(test)]
mod tests {
    use super::micro;

    #[test]
    fn rounds_once_and_saturates() {
        assert_eq!(micro(1.0, -1.234_567_4), -1_234_567);
        assert_eq!(micro(0.5, 1e-6), 0, "a tie goes to the even neighbour");
        assert_eq!(micro(100.0, -1e9), i32::MIN);
    }
}
