//! Seeded draws that are the same on every machine.
//!
//! The generator is ChaCha8 of the `rand` crate, which is specified to the
//! byte, and every part of the sample has its own stream, so that one more
//! draw in one part leaves the others as they were. Transcendentals come
//! from `libm`.

use rand::rngs::ChaCha8Rng;
use rand::{RngExt, SeedableRng};

/// The parts of the sample that draw.
#[derive(Clone, Copy)]
pub(super) enum Stream {
    /// Suppliers.
    Supply,
    /// What makes, packs and leaves mean to a taste.
    Meaning,
    /// Goods.
    Goods,
    /// Which cells of goods.csv stay empty.
    Blanks,
    /// Shops and their tastes.
    Shops,
    /// What a shop takes up; one stream a shop.
    Plan(usize),
    /// What happens day by day.
    Events,
    /// Parcels, endorsements and brand flags of goods.
    Signals,
    /// Which events others brought about.
    Causes,
    /// The first shop's customers and their orders.
    Users,
}

impl Stream {
    fn number(self) -> u64 {
        match self {
            Stream::Supply => 0,
            Stream::Meaning => 1,
            Stream::Goods => 2,
            Stream::Blanks => 3,
            Stream::Shops => 4,
            Stream::Events => 5,
            Stream::Signals => 6,
            Stream::Causes => 7,
            Stream::Users => 8,
            Stream::Plan(shop) => 16 + shop as u64,
        }
    }
}

/// A stream of draws.
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The stream of `seed` for one part of the sample.
    pub fn new(seed: u64, stream: Stream) -> Dice {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream.number());
        Dice(rng)
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Uniform in [low, high).
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in 0..n; 0 if n is 0.
    pub fn below(&mut self, n: usize) -> usize {
        let n = u32::try_from(n).unwrap_or(u32::MAX);
        if n == 0 {
            0
        } else {
            self.0.random_range(0..n) as usize
        }
    }

    /// True with probability p.
    pub fn chance(&mut self, p: f64) -> bool {
        self.unit() < p
    }

    /// Standard normal (Box and Muller 1958; the sine half is not used).
    pub fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * libm::cos(std::f64::consts::TAU * self.unit())
    }

    /// Log-normal with this median and standard deviation of the logarithm.
    pub fn lognormal(&mut self, median: f64, sigma: f64) -> f64 {
        median * libm::exp(sigma * self.normal())
    }

    /// Exponential with mean 1.
    pub fn exponential(&mut self) -> f64 {
        -libm::log(1.0 - self.unit())
    }

    /// Standard Gumbel: the largest of ln weight + Gumbel is a draw in
    /// proportion to the weights, and the n largest one without replacement.
    pub fn gumbel(&mut self) -> f64 {
        -libm::log(self.exponential().max(f64::MIN_POSITIVE))
    }

    /// Successes in n trials with probability p, by the normal approximation.
    pub fn successes(&mut self, n: u32, p: f64) -> u32 {
        let n = f64::from(n);
        let draw = n * p + self.normal() * (n * p * (1.0 - p)).sqrt();
        draw.round().clamp(0.0, n) as u32
    }

    /// A random order of 0..n (Fisher and Yates).
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i + 1));
        }
        order
    }
}

/// Draws an index in proportion to fixed weights.
pub(super) struct Wheel(Vec<f64>);

impl Wheel {
    /// A wheel with these weights, each at least 0.
    pub fn new(weights: impl IntoIterator<Item = f64>) -> Wheel {
        let mut sum = 0.0;
        let add = |weight| {
            sum += weight;
            sum
        };
        Wheel(weights.into_iter().map(add).collect())
    }

    /// An index; 0 if there is none.
    pub fn spin(&self, dice: &mut Dice) -> usize {
        let at = dice.unit() * self.0.last().copied().unwrap_or(0.0);
        let index = self.0.partition_point(|&sum| sum <= at);
        index.min(self.0.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(n: u32, mut draw: impl FnMut() -> f64) -> f64 {
        (0..n).map(|_| draw()).sum::<f64>() / f64::from(n)
    }

    #[test]
    fn streams_differ_and_repeat() {
        let first = |seed, stream| Dice::new(seed, stream).unit();
        assert_eq!(first(1, Stream::Goods), first(1, Stream::Goods));
        assert_ne!(first(1, Stream::Goods), first(2, Stream::Goods));
        assert_ne!(first(1, Stream::Goods), first(1, Stream::Shops));
        assert_ne!(first(1, Stream::Plan(0)), first(1, Stream::Plan(1)));
    }

    #[test]
    fn draws_have_their_means() {
        let mut dice = Dice::new(7, Stream::Supply);
        assert!(mean(20_000, || dice.normal()).abs() < 0.03);
        assert!((mean(20_000, || dice.exponential()) - 1.0).abs() < 0.03);
        assert!((mean(20_000, || dice.gumbel()) - 0.5772).abs() < 0.03);
        let k = mean(2_000, || f64::from(dice.successes(100, 0.2)));
        assert!((k - 20.0).abs() < 0.4, "{k}");
        assert!((0..100).all(|_| dice.below(3) < 3) && dice.below(0) == 0);
    }

    #[test]
    fn an_order_has_every_index_once() {
        let mut order = Dice::new(3, Stream::Supply).order(50);
        assert_ne!(order, (0..50).collect::<Vec<_>>());
        order.sort_unstable();
        assert_eq!(order, (0..50).collect::<Vec<_>>());
    }

    #[test]
    fn a_wheel_follows_its_weights() {
        let mut dice = Dice::new(5, Stream::Supply);
        let wheel = Wheel::new([1.0, 0.0, 3.0]);
        let mut seen = [0; 3];
        (0..4_000).for_each(|_| seen[wheel.spin(&mut dice)] += 1);
        assert_eq!(seen[1], 0);
        assert!((900..1_100).contains(&seen[0]), "{seen:?}");
        assert_eq!(Wheel::new([]).spin(&mut dice), 0);
    }
}
