//! Factors: a kernel over all pairs of goods as the product of two thin
//! matrices, in eight bits.
//!
//! Good b of a profile gives `in_b`, a ranked good a takes `out_a`, and what b
//! says of a is their dot product. A profile is folded once into one vector,
//! `Σ w_b · in_b`, as multiples of a 32767th of its greatest entry; from there
//! on products are whole numbers, so every runtime adds up the same.
//!
//! A market that moves fast may hold a second `young_b`, for shops that have
//! told little: of a profile of mass m, it counts 1 / (1 + (m / 20)²) and `in`
//! the rest.

use crate::error::Result;
use crate::shard::{Bytes, Kernel, Section, Shard, f32_at};

/// The factors of a shard.
pub(super) struct Factors<'a> {
    /// Factors of a good.
    rank: usize,
    given: Matrix<'a>,
    young: Option<Matrix<'a>>,
    taken: Matrix<'a>,
}

/// A row of i8 for each good, or shop, in multiples of the row's scale.
#[derive(Clone, Copy)]
struct Matrix<'a> {
    bytes: &'a [u8],
    scales: &'a [[u8; 4]],
}

impl<'a> Matrix<'a> {
    #[inline(always)]
    fn row(&self, good: usize, rank: usize) -> &'a [u8] {
        self.bytes
            .get(good * rank..(good + 1) * rank)
            .unwrap_or_default()
    }

    #[inline(always)]
    fn scale(&self, good: usize) -> f64 {
        f32_at(self.scales, good)
    }
}

impl<'a> Factors<'a> {
    /// The factors of goods, or `None` when the shard has none.
    pub(super) fn of_goods<B: Bytes>(shard: &'a Shard<B>) -> Result<Option<Factors<'a>>> {
        Factors::new(
            shard,
            [Section::FactorsIn, Section::FactorInScales],
            Some([Section::YoungFactorsIn, Section::YoungFactorInScales]),
            [Section::FactorsOut, Section::FactorOutScales],
        )
    }

    /// The factors of public shops, likewise.
    pub(super) fn of_shops<B: Bytes>(shard: &'a Shard<B>) -> Result<Option<Factors<'a>>> {
        let given = [Section::ShopFactorsIn, Section::ShopFactorInScales];
        let taken = [Section::ShopFactorsOut, Section::ShopFactorOutScales];
        Factors::new(shard, given, None, taken)
    }

    fn new<B: Bytes>(
        shard: &'a Shard<B>,
        given: [Section; 2],
        young: Option<[Section; 2]>,
        taken: [Section; 2],
    ) -> Result<Option<Factors<'a>>> {
        let matrix = |[bytes, scales]: [Section; 2]| -> Result<Matrix<'a>> {
            Ok(Matrix {
                bytes: shard.checked(bytes)?,
                scales: shard.words(scales)?,
            })
        };
        let (given, taken) = (matrix(given)?, matrix(taken)?);
        let young = young.map(matrix).transpose()?;
        let rank = given.bytes.len() / given.scales.len().max(1);
        Ok((rank > 0).then_some(Factors {
            rank,
            given,
            young: young.filter(|young| !young.bytes.is_empty()),
            taken,
        }))
    }

    /// The share of the young factors in a profile of this mass.
    pub(super) fn youth(&self, mass: f64) -> f64 {
        match self.young {
            Some(_) => Kernel::youth(mass),
            None => 0.0,
        }
    }

    /// What goods give, in parts, when the profile's mass is this.
    fn parts(&self, mass: f64) -> impl Iterator<Item = (Matrix<'a>, f64)> {
        let youth = self.youth(mass);
        let young = self.young.map(|young| (young, youth));
        std::iter::once((self.given, 1.0 - youth)).chain(young)
    }

    /// A profile of this mass, rows and weights, as one vector.
    pub(super) fn fold(&self, profile: &[(u32, f32)], mass: f64) -> Folded<'a> {
        let mut sum = vec![0.0; self.rank];
        for (given, share) in self.parts(mass) {
            for &(good, weight) in profile {
                let good = good as usize;
                let step = share * f64::from(weight) * given.scale(good);
                for (sum, &byte) in sum.iter_mut().zip(given.row(good, self.rank)) {
                    *sum += step * f64::from(byte.cast_signed());
                }
            }
        }
        let greatest = sum.iter().fold(0.0, |m: f64, x| m.max(x.abs()));
        let step = greatest / f64::from(i16::MAX);
        let level = |x: &f64| (x / step).round_ties_even() as i16;
        Folded {
            vector: sum.iter().map(level).collect(),
            step,
            taken: self.taken,
        }
    }

    /// The value that `good`, of a profile of this mass, gives `to`.
    pub(super) fn value(&self, good: usize, to: usize, mass: f64) -> f64 {
        let taken = self.taken.row(to, self.rank);
        let value = |(given, share): (Matrix<'a>, f64)| {
            let row = given.row(good, self.rank).iter();
            let dot = dot(row.map(|&byte| i32::from(byte.cast_signed())), taken);
            share * f64::from(dot) * given.scale(good) * self.taken.scale(to)
        };
        self.parts(mass).map(value).sum()
    }
}

/// A profile as one vector over the factors.
pub(super) struct Folded<'a> {
    vector: Vec<i16>,
    step: f64,
    taken: Matrix<'a>,
}

impl Folded<'_> {
    /// What the profile's goods give the good in `row`.
    #[inline(always)]
    pub(super) fn raw(&self, row: usize) -> f64 {
        let vector = self.vector.iter().map(|&x| i32::from(x));
        let sum = dot(vector, self.taken.row(row, self.vector.len()));
        f64::from(sum) * (self.step * self.taken.scale(row))
    }
}

/// At most 256 · 32767 · 128 in size, so i32 holds it.
#[inline(always)]
fn dot(a: impl Iterator<Item = i32>, b: &[u8]) -> i32 {
    a.zip(b).map(|(a, &b)| a * i32::from(b.cast_signed())).sum()
}
