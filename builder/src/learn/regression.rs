//! The dense route: what a shop has, regressed on what it has.
//!
//! EASE (Steck, "Embarrassingly shallow autoencoders for sparse data", WWW
//! 2019, eq. 8) asks of every good how well the others of a shop's shelf
//! foretell it: with G = XᵀX and P = (G + D)⁻¹,
//!
//! ```text
//! E_ba = -P_ba / P_aa                     b ≠ a, zero diagonal
//! ```
//!
//! A second target asks what shops *newly* adopt: F_sa is X_sa weighted by how
//! recently shop s first adopted a. With A = XᵀF the same P gives
//!
//! ```text
//! N = P·A - P·diag((P·A)_aa / P_aa)       zero diagonal likewise
//! ```
//!
//! A shop of many goods speaks more softly in both: G is XᵀWX and A XᵀWF, W the
//! diagonal of k_s^-¼ over the goods that show.
//!
//! Pairs that too few shops stand behind are zero in G and in A before
//! anything is computed. That alone would leave G indefinite, and P
//! meaningless; so half of what was taken out of a row is put on its diagonal,
//! D_aa = λ + ½ · Σ hidden G_ab. The whole of it would make what is missing
//! diagonally dominant, and so G + D positive definite for certain; half was
//! enough on every catalog measured, and better.

use goodsrank::events::DAY;
use rayon::prelude::*;

use super::backing::Backing;
use super::dense::Square;
use super::graph::Graph;

/// λ, in shops.
const RIDGE: f64 = 300.0;
/// A shop of k goods weighs k to the minus this.
const SOFTENING: f64 = 0.25;
/// Shares of what the threshold took that are put on the diagonal: the first
/// that leaves it positive definite.
const COMPENSATIONS: [f64; 2] = [0.5, 1.0];

/// The normal equations of a graph, thresholded and solved.
pub struct Regression {
    graph: Graph,
    /// Of each shop.
    softness: Vec<f64>,
    /// XᵀX, and on the diagonal what stands for the pairs left out.
    pub gram: Square,
    /// (G + D)⁻¹
    inverse: Square,
}

/// How recently shops first adopted what they have.
#[derive(Clone, Debug, PartialEq)]
pub struct Newness {
    /// The newest moment, seconds since 1970 UTC.
    pub now: i64,
    /// Days after which an adoption counts half; each speaks alike.
    pub half_lives: Vec<f64>,
}

impl Newness {
    /// F of an adoption at this time, 0 to 1; 0 for an unknown time.
    fn of(&self, at: i64) -> f64 {
        if at == 0 {
            return 0.0;
        }
        let days = (self.now - at).max(0) as f64 / DAY as f64;
        let each = self.half_lives.iter().map(|h| libm::exp2(-days / h));
        each.sum::<f64>() / self.half_lives.len().max(1) as f64
    }
}

impl Regression {
    /// O(Σ k_s² + n³) time, three matrices of n² numbers. `None` when the
    /// normal equations have no sound solution.
    pub fn new(graph: Graph, min_shops: u32) -> Option<Regression> {
        let n = graph.goods();
        let size = |shelf: &Vec<u32>| shelf.len().max(1) as f64;
        let soften = |shelf| libm::pow(size(shelf), -SOFTENING);
        let softness: Vec<f64> = graph.goods_of.iter().map(soften).collect();
        let mut gram = Square::zeros(n);
        let hidden: Vec<f64> = gram
            .par_columns_mut()
            .enumerate()
            .map_init(
                || vec![Backing::default(); n],
                |shops, (good, column)| {
                    shared(&graph, good, &softness, shops, column);
                    hide(good, min_shops, shops, column)
                },
            )
            .collect();
        let mut added = 0.0;
        for share in COMPENSATIONS {
            for (good, hidden) in hidden.iter().enumerate() {
                gram.column_mut(good)[good] += (share - added) * hidden;
            }
            added = share;
            if let Some(inverse) = gram.ridged(RIDGE).inverse() {
                return Some(Regression {
                    graph,
                    softness,
                    gram,
                    inverse,
                });
            }
        }
        None
    }

    /// E, what a shelf foretells of itself.
    pub fn held(&self) -> Square {
        let mut kernel = self.inverse.clone();
        kernel
            .par_columns_mut()
            .enumerate()
            .for_each(|(good, column)| {
                let own = column[good];
                column.iter_mut().for_each(|value| *value /= -own);
                column[good] = 0.0;
            });
        kernel
    }

    /// N, what a shelf foretells of what its shop newly adopts.
    pub fn adopted(&self, newness: &Newness) -> Square {
        let mut newly = Square::zeros(self.gram.n());
        newly
            .par_columns_mut()
            .enumerate()
            .for_each(|(good, column)| {
                self.newly(good, newness, column);
            });
        let mut kernel = self.inverse.times(&newly);
        kernel
            .par_columns_mut()
            .enumerate()
            .for_each(|(good, column)| {
                let inverse = self.inverse.column(good);
                let step = column[good] / inverse[good];
                for (value, p) in column.iter_mut().zip(inverse) {
                    *value -= step * p;
                }
                column[good] = 0.0;
            });
        kernel
    }

    /// A column of A = XᵀF, of the pairs that show.
    fn newly(&self, good: usize, newness: &Newness, column: &mut [f64]) {
        let graph = &self.graph;
        for (&shop, &first) in graph.shops_of[good].iter().zip(&graph.first_of[good]) {
            let new = self.softness[shop as usize] * newness.of(first);
            for &other in &graph.goods_of[shop as usize] {
                column[other as usize] += new;
            }
        }
        for (value, &shown) in column.iter_mut().zip(self.gram.column(good)) {
            if shown == 0.0 {
                *value = 0.0;
            }
        }
    }
}

/// A column of XᵀX, and who stands behind each of its pairs.
fn shared(
    graph: &Graph,
    good: usize,
    softness: &[f64],
    shops: &mut [Backing],
    column: &mut [f64],
) {
    for &shop in &graph.shops_of[good] {
        let (public, soft) = (graph.is_public(shop), softness[shop as usize]);
        for &other in &graph.goods_of[shop as usize] {
            shops[other as usize].add(public);
            column[other as usize] += soft;
        }
    }
}

/// Takes out the pairs that too few shops stand behind, and gives their sum.
/// Leaves `shops` as it was before.
fn hide(good: usize, min_shops: u32, shops: &mut [Backing], column: &mut [f64]) -> f64 {
    let mut hidden = 0.0;
    for (other, (shops, value)) in shops.iter_mut().zip(column).enumerate() {
        if other != good && !shops.shows(min_shops) {
            hidden += std::mem::take(value);
        }
        *shops = Backing::default();
    }
    hidden
}

/// `held + share · adopted`, the two brought to the same deviation.
pub fn blend(held: &Square, adopted: &Square, share: f64) -> Square {
    let (a, b) = (held.deviation(), adopted.deviation());
    let weight = if b > 0.0 { share * a / b } else { 0.0 };
    let mut out = held.clone();
    out.par_columns_mut()
        .enumerate()
        .for_each(|(good, column)| {
            for (value, new) in column.iter_mut().zip(adopted.column(good)) {
                *value += weight * new;
            }
        });
    out
}

#[cfg(test)]
mod tests {
    use super::super::dense::tests::square;
    use super::super::graph::tests::purchase;
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 86_400;
    const GOODS: usize = 6;
    const SHOPS: usize = 9;

    /// A history: (shop, good) and the day, 0 unknown.
    type Pairs = std::collections::BTreeMap<(u32, u32), i64>;
    type Matrix = Vec<Vec<f64>>;

    fn graph(pairs: &Pairs, public: &[bool], goods: usize) -> Graph {
        let events: Vec<_> = pairs
            .iter()
            .map(|(&(shop, good), &day)| purchase(shop, good, day * DAY))
            .collect();
        Graph::new(public, goods, &events)
    }

    fn newness() -> Newness {
        Newness {
            now: 100 * DAY,
            half_lives: vec![10.0, 40.0],
        }
    }

    /// Rows and columns by name, Gauss–Jordan, one sum after another: the
    /// formulas of this module's text.
    struct Naive {
        gram: Matrix,
        held: Matrix,
        adopted: Matrix,
    }

    fn naive(
        pairs: &Pairs,
        public: &[bool],
        goods: usize,
        min_shops: u32,
        share: f64,
    ) -> Naive {
        let has = |s: usize, g: usize| pairs.contains_key(&(s as u32, g as u32));
        let shops = || 0..public.len();
        let soft = |s: usize| {
            let k = (0..goods).filter(|&g| has(s, g)).count();
            1.0 / libm::sqrt(libm::sqrt(k.max(1) as f64))
        };
        let shows = |a: usize, b: usize| {
            let with = |wanted: bool| {
                shops()
                    .filter(|&s| public[s] == wanted && has(s, a) && has(s, b))
                    .count() as u32
            };
            with(false) >= min_shops || with(false) == 0 && with(true) >= min_shops
        };
        let whole = |a: usize, b: usize| -> f64 {
            shops().filter(|&s| has(s, a) && has(s, b)).map(soft).sum()
        };
        let hidden = |a: usize| -> f64 {
            (0..goods)
                .filter(|&b| b != a && !shows(a, b))
                .map(|b| whole(a, b))
                .sum()
        };
        let gram = matrix(goods, |b, a| match (a == b, shows(a, b)) {
            (true, _) => whole(a, a) + share * hidden(a),
            (false, true) => whole(a, b),
            (false, false) => 0.0,
        });
        let p = inverse(&matrix(goods, |i, j| {
            gram[i][j] + if i == j { 300.0 } else { 0.0 }
        }));
        let age = |s: usize, a: usize| (100 - pairs[&(s as u32, a as u32)]) as f64;
        let f = |s: usize, a: usize| match pairs[&(s as u32, a as u32)] {
            0 => 0.0,
            _ => 0.5 * (libm::exp2(-age(s, a) / 10.0) + libm::exp2(-age(s, a) / 40.0)),
        };
        let newly = matrix(goods, |b, a| {
            let both = shops().filter(|&s| has(s, a) && has(s, b));
            let sum = both.map(|s| soft(s) * f(s, a)).sum();
            if a == b || shows(a, b) { sum } else { 0.0 }
        });
        let pa = matrix(goods, |b, a| {
            (0..goods).map(|c| p[b][c] * newly[c][a]).sum()
        });
        Naive {
            held: matrix(goods, |b, a| if a == b { 0.0 } else { -p[b][a] / p[a][a] }),
            adopted: matrix(goods, |b, a| pa[b][a] - p[b][a] * pa[a][a] / p[a][a]),
            gram,
        }
    }

    fn matrix(n: usize, entry: impl Fn(usize, usize) -> f64) -> Matrix {
        (0..n)
            .map(|i| (0..n).map(|j| entry(i, j)).collect())
            .collect()
    }

    fn inverse(of: &Matrix) -> Matrix {
        let n = of.len();
        let mut left = of.clone();
        let mut right = matrix(n, |i, j| f64::from(u8::from(i == j)));
        for i in 0..n {
            let pivot = left[i][i];
            for row in [&mut left, &mut right] {
                row[i].iter_mut().for_each(|x| *x /= pivot);
            }
            for other in (0..n).filter(|&other| other != i) {
                let factor = left[other][i];
                for side in [&mut left, &mut right] {
                    let row = side[i].clone();
                    side[other]
                        .iter_mut()
                        .zip(row)
                        .for_each(|(x, r)| *x -= factor * r);
                }
            }
        }
        right
    }

    fn difference(found: &Square, expected: &Matrix) -> f64 {
        let n = found.n();
        let all = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
        all.fold(0.0, |most: f64, (i, j)| {
            most.max((found.get(i, j) - expected[i][j]).abs())
        })
    }

    fn any_pairs() -> impl Strategy<Value = Pairs> {
        let pair = (0u32..SHOPS as u32, 0u32..GOODS as u32);
        prop::collection::btree_map(pair, 0i64..=100, 0..40)
    }

    proptest! {
        #[test]
        fn kernels_meet_their_formulas(
            pairs in any_pairs(),
            public in prop::collection::vec(any::<bool>(), SHOPS),
            min_shops in 1u32..4,
        ) {
            let regression = Regression::new(graph(&pairs, &public, GOODS), min_shops).unwrap();
            let naive = naive(&pairs, &public, GOODS, min_shops, 0.5);
            prop_assert!(difference(&regression.gram, &naive.gram) < 1e-12);
            prop_assert!(difference(&regression.held(), &naive.held) < 1e-12);
            prop_assert!(difference(&regression.adopted(&newness()), &naive.adopted) < 1e-12);
            prop_assert!(regression.held().diagonal().iter().all(|&own| own == 0.0));
            prop_assert!(regression.adopted(&newness()).diagonal().iter().all(|&own| own == 0.0));
        }
    }

    #[test]
    fn a_pair_that_too_few_shops_have_is_zero_and_half_of_it_on_the_diagonal() {
        // Two shops have goods 0 and 1, one of them good 2 as well.
        let pairs = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)].map(|pair| (pair, 1));
        let graph = graph(&Pairs::from(pairs), &[false; 2], 3);
        let gram = Regression::new(graph, 2).unwrap().gram;
        let (three, two) = (libm::pow(3.0, -0.25), libm::pow(2.0, -0.25));
        assert_eq!([gram.get(0, 2), gram.get(2, 0), gram.get(1, 2)], [0.0; 3]);
        assert_eq!(gram.get(0, 1), three + two);
        assert_eq!(
            gram.diagonal(),
            [1.5 * three + two, 1.5 * three + two, 2.0 * three]
        );
    }

    #[test]
    fn where_half_of_what_is_hidden_is_too_little_all_of_it_is_added() {
        // 4,999 shops have goods 0, 1 and 2, one has 0 and 1, one 1 and 2. So
        // 0 and 2 are one shop short of 5,000, and with half of them on the
        // diagonal the matrix, in thousands about [[5.9, 3.8, 0], [3.8, 4.1,
        // 3.8], [0, 3.8, 5.9]], is not positive definite.
        let most = (0..4999).flat_map(|shop| [(shop, 0), (shop, 1), (shop, 2)]);
        let pairs = most.chain([(4999, 0), (4999, 1), (5000, 1), (5000, 2)]);
        let pairs: Pairs = pairs.map(|pair| (pair, 50)).collect();
        let public = vec![false; 5001];
        let regression = Regression::new(graph(&pairs, &public, 3), 5000).unwrap();
        let expected = naive(&pairs, &public, 3, 5000, 1.0);
        assert!(difference(&regression.gram, &expected.gram) < 1e-6);
        assert!(difference(&regression.held(), &expected.held) < 1e-9);
        assert!(difference(&regression.adopted(&newness()), &expected.adopted) < 1e-9);
    }

    #[test]
    fn newness_halves_with_each_half_life_and_is_nothing_where_times_are_unknown() {
        let newness = newness();
        assert_eq!(newness.of(100 * DAY), 1.0);
        assert_eq!(newness.of(60 * DAY), 0.5 * (0.0625 + 0.5));
        assert_eq!(newness.of(200 * DAY), 1.0, "after now is now");
        assert_eq!(newness.of(0), 0.0);
    }

    #[test]
    fn a_blend_brings_both_to_the_same_deviation() {
        let held = square(2, |i, j| [[0.0, 4.0], [4.0, 0.0]][i][j]);
        let adopted = square(2, |i, j| [[0.0, 1.0], [-1.0, 0.0]][i][j]);
        // Deviations 2 and 1/√2.
        let weight = 3.0 * 2.0 * libm::sqrt(2.0);
        let blended = blend(&held, &adopted, 3.0);
        assert!((blended.get(0, 1) - (4.0 + weight)).abs() < 1e-12);
        assert!((blended.get(1, 0) - (4.0 - weight)).abs() < 1e-12);
        // Nothing newly adopted says nothing, whatever its share.
        assert_eq!(blend(&held, &Square::zeros(2), 3.0), held);
    }

    #[test]
    fn one_thread_and_two_give_the_same_bits() {
        let shop_has = |s: u32, g: u32| (s * s + 7 * g * (s % 11) + g) % 13 < 3;
        let all = (0..80).flat_map(|s| (0..150).map(move |g| (s, g)));
        let pairs: Pairs = all
            .filter(|&(s, g)| shop_has(s, g))
            .map(|(s, g)| ((s, g), i64::from((s + 3 * g) % 100) + 1))
            .collect();
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().unwrap().install(|| {
                let graph = graph(&pairs, &[false; 80], 150);
                let regression = Regression::new(graph, 3).unwrap();
                let adopted = regression.adopted(&newness());
                (regression.held(), adopted, regression.gram)
            })
        };
        let (one, two) = (on(1), on(2));
        assert!(one.0.deviation() > 0.0 && one.1.deviation() > 0.0);
        assert!(one == two);
    }
}
