//! Powers of two.

use std::f64::consts::LN_2;

/// The least exponent of a normal number, and the greatest.
const LEAST: f64 = -1022.0;
const GREATEST: f64 = 1023.0;

/// 2^x, exact where x is whole; 0 below the least normal number, and infinite from
/// 2^1023.5 on. Not `libm::exp2`, whose table takes 3,500 bytes of the WebAssembly
/// module as it is downloaded: 2^(n + f) = 2^n · e^(f · ln 2).
pub(crate) fn exp2(x: f64) -> f64 {
    let whole = x.round_ties_even();
    if whole < LEAST {
        return 0.0;
    }
    if whole > GREATEST {
        return f64::INFINITY;
    }
    let power = f64::from_bits(((whole + GREATEST) as u64) << 52);
    power * libm::exp((x - whole) * LN_2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn is_twos_power_to_fifteen_digits(x in -1021.0f64..1023.0) {
            let (found, expected) = (exp2(x), libm::exp2(x));
            prop_assert!((found / expected - 1.0).abs() < 1e-15, "{found} {expected}");
        }
    }

    #[test]
    fn whole_powers_are_exact_and_the_smallest_are_none() {
        assert_eq!(
            [-1022.0, -1.0, 0.0, 10.0].map(exp2),
            [f64::MIN_POSITIVE, 0.5, 1.0, 1024.0]
        );
        assert_eq!([-1023.0, -1e300, f64::NEG_INFINITY].map(exp2), [0.0; 3]);
        assert_eq!([1024.0, 1e300].map(exp2), [f64::INFINITY; 2]);
    }
}
