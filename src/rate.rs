//! Rates: so many of so many, and how sure they are.

use crate::exp2::exp2;
use crate::shard::Uints;

/// Pieces of prior evidence, at the usual rate.
const PRIOR: f64 = 10.0;
/// 95 % of a normal distribution lie within so many deviations.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rate {
    pub(crate) part: f64,
    pub(crate) whole: f64,
}

impl Rate {
    pub(crate) fn at(part: &Uints<'_>, whole: &Uints<'_>, row: usize) -> Rate {
        Rate {
            part: part.get(row) as f64,
            whole: whole.get(row) as f64,
        }
    }

    /// What is not of the part.
    pub(crate) fn complement(self) -> Rate {
        Rate {
            part: self.whole - self.part,
            ..self
        }
    }

    /// Of evidence so many half-lives old: as much of it as is left. Of evidence
    /// of the future, all.
    pub(crate) fn aged(self, half_lives: f64) -> Rate {
        // Most goods' is of today, or nobody says when it is of.
        if half_lives <= 0.0 {
            return self;
        }
        let left = exp2(-half_lives);
        Rate {
            part: left * self.part,
            whole: left * self.whole,
        }
    }

    /// With prior evidence at the usual rate, and some more that is good.
    pub(crate) fn with_prior(self, usual: f64, badges: f64) -> Rate {
        Rate {
            part: self.part + PRIOR * usual + badges,
            whole: self.whole + PRIOR + badges,
        }
    }

    /// The rate to expect, shrunk to the usual one.
    pub(crate) fn expected(self, usual: f64) -> f64 {
        let rate = self.with_prior(usual, 0.0);
        rate.part / rate.whole
    }

    /// The lower end of Wilson's interval (Journal of the American Statistical
    /// Association 22 (1927)) at 95 %.
    pub(crate) fn lower(self) -> f64 {
        let (n, z2) = (self.whole, Z * Z);
        let p = self.part / n;
        // std's root is exact everywhere, and one instruction of WebAssembly.
        let spread = Z * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
        (p + z2 / (2.0 * n) - spread) / (1.0 + z2 / n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lower_end_is_wilsons() {
        // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263.
        let rate = Rate {
            part: 81.0,
            whole: 263.0,
        };
        assert!((rate.lower() - 0.2553).abs() < 5e-5);
        // The upper end is what is left of the others' lower end.
        assert!((1.0 - rate.complement().lower() - 0.3662).abs() < 5e-5);
    }

    #[test]
    fn without_evidence_the_usual_rate_is_expected() {
        let nothing = Rate {
            part: 0.0,
            whole: 0.0,
        };
        assert_eq!(nothing.expected(0.3), 0.3);
        assert_eq!(
            Rate {
                part: 10.0,
                whole: 10.0
            }
            .expected(0.3),
            0.65
        );
    }
}
