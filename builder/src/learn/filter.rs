//! Filters of the item graph: what spreads over it at low frequencies is
//! weighed anew.
//!
//! With S = D^-½ C D^-½ the goods' graph (D the goods' degrees), heat flow is
//! `D^(½-λ) · S · D^(λ-½)`. A filter puts f(S) in place of S:
//!
//! ```text
//! f(w) = w / (w + ρ)
//! ```
//!
//! for each eigenvalue w. ρ → ∞ is heat flow again; about 1 it is heat flow that
//! is sharpened, w - w²/ρ (heat run backwards: Choi et al., "Blurring-Sharpening
//! Process Models", SIGIR 2023; two steps taken off one: Zhou et al., New Journal
//! of Physics 11 (2009)); small it is a regression's ridge; ρ → 0 lets every kept
//! direction through alike (the ideal low pass of Shen et al., "How Powerful is
//! Graph Convolution for Recommendation?", CIKM 2021). One number thus runs
//! through what is published as several methods. The greatest eigenvalues are
//! found, so that f is exact there and needs no polynomial (as in Kim et al.,
//! "Graph Spectral Filtering with Chebyshev Interpolation", SIGIR 2025); for
//! the others f is the line through the least that was kept, which single
//! neighbours carry. No matrix of all pairs is held.

use goodsrank::shard::Kernel as Form;
use rayon::prelude::*;

use super::dense::{Thin, greatest_eigenvectors};
use super::graph::{Graph, SharedShops};
use super::hybrid::degree_powers;
use super::kernel::{Factors, Kernel, LEVELS, Neighbours, Rows, strongest};

/// S, by rows.
pub struct Flow<'a> {
    graph: &'a Graph,
    shared: &'a SharedShops,
    /// D^-½.
    root: Vec<f64>,
}

/// The eigenvectors of the greatest eigenvalues of S.
pub struct Filter {
    vectors: Thin,
    values: Vec<f64>,
}

impl Filter {
    /// `rank` eigenvectors; `None` where no pair of goods shows.
    pub fn new(flow: &Flow<'_>, min_shops: u32, rank: usize) -> Option<Filter> {
        if flow.shared.rows.iter().all(Vec::is_empty) {
            return None;
        }
        let own = flow.diagonal(min_shops);
        let apply = |thin: &Thin| flow.times(&own, thin);
        let (values, vectors) = greatest_eigenvectors(own.len(), rank, apply);
        Some(Filter { vectors, values })
    }

    /// The filter of this λ and ρ: as many factors as there are eigenvectors,
    /// and of every good the `beside` pairs that show where they miss most.
    pub fn kernel(
        &self,
        flow: &Flow<'_>,
        lambda: f64,
        ridge: f64,
        beside: usize,
    ) -> Kernel {
        let response = |w: f64| w / (w + ridge);
        let kept: Vec<f64> = self.values.iter().map(|&w| w.max(0.0)).collect();
        let passed: Vec<f64> = kept.iter().map(|&w| response(w)).collect();
        // Past the least that is kept f is a line from 0.
        let slope = 1.0 / (kept.first().copied().unwrap_or(0.0) + ridge);
        let given_by = degree_powers(flow.graph, lambda - 0.5);
        let taken_by = degree_powers(flow.graph, 0.5 - lambda);
        let rows = |by: &[f64], factor: &dyn Fn(usize) -> f64| {
            Rows::quantise(&self.vectors.scaled(by, factor))
        };
        let list = |from: usize| {
            let kept: Vec<f64> = (0..self.vectors.columns)
                .map(|j| self.vectors.get(from, j) * self.values[j])
                .collect();
            let missed = |&(to, shared): &(u32, f32)| {
                let to_row = to as usize;
                let flow = flow.entry(from, to_row, shared);
                let kept: f64 = (0..kept.len())
                    .map(|j| kept[j] * self.vectors.get(to_row, j))
                    .sum();
                let past = slope * (flow - kept);
                (to, past * given_by[from] * taken_by[to_row])
            };
            strongest(flow.shared.rows[from].iter().map(missed).collect(), beside)
        };
        let lists = (0..flow.graph.goods()).into_par_iter().map(list).collect();
        Kernel {
            form: Form::Linear,
            neighbours: Neighbours::quantise(lists, LEVELS),
            factors: Some(Factors {
                given: rows(&given_by, &|j| passed[j]),
                young: None,
                taken: rows(&taken_by, &|_| 1.0),
            }),
        }
    }
}

impl<'a> Flow<'a> {
    /// The goods' graph of a history.
    pub fn new(graph: &'a Graph, shared: &'a SharedShops) -> Flow<'a> {
        let root = degree_powers(graph, 0.5);
        Flow {
            graph,
            shared,
            root,
        }
    }

    /// The diagonal of S; 0 for goods whose own figures may not show.
    fn diagonal(&self, min_shops: u32) -> Vec<f64> {
        let mut own = vec![0.0; self.graph.goods()];
        for good in self.graph.shown_goods(min_shops) {
            let good = good as usize;
            let root = self.root[good];
            own[good] = self.graph.own_share(good) * root * root;
        }
        own
    }

    fn entry(&self, from: usize, to: usize, shared: f32) -> f64 {
        f64::from(shared) * self.root[from] * self.root[to]
    }

    /// The product with a thin matrix; each row is added up by one worker, in
    /// the goods' order.
    fn times(&self, own: &[f64], thin: &Thin) -> Thin {
        let rows = thin.to_rows();
        let columns = thin.columns;
        let row = |good: usize| {
            let mut sum: Vec<f64> = rows[good * columns..(good + 1) * columns]
                .iter()
                .map(|x| own[good] * x)
                .collect();
            for &(other, shared) in &self.shared.rows[good] {
                let other = other as usize;
                let entry = self.entry(good, other, shared);
                let values = &rows[other * columns..(other + 1) * columns];
                sum.iter_mut()
                    .zip(values)
                    .for_each(|(s, x)| *s += entry * x);
            }
            sum
        };
        let product: Vec<Vec<f64>> = (0..thin.rows).into_par_iter().map(row).collect();
        Thin::from_rows(columns, &product)
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;

    /// Twelve shops of two tastes, seven goods.
    fn graph() -> Graph {
        let events: Vec<_> = (0..12u32)
            .flat_map(|shop| {
                let likes = move |good: &u32| (good * 5 + shop * 3) % 7 < 3 + shop % 2;
                (0..7)
                    .filter(likes)
                    .map(move |good| purchase(shop, good, 0))
            })
            .collect();
        Graph::new(&[false; 12], 7, &events)
    }

    /// f(S) by its definition: S (S + ρ)⁻¹, S from the shelves.
    fn naive(graph: &Graph, lambda: f64, ridge: f64) -> Vec<Vec<f64>> {
        use faer::Mat;
        use faer::linalg::solvers::DenseSolveCore;
        let n = graph.goods();
        let degree = |a: usize| graph.degree(a) as f64;
        let mut flow: Mat<f64> = Mat::zeros(n, n);
        for shelf in &graph.goods_of {
            for &a in shelf {
                for &b in shelf {
                    let (a, b) = (a as usize, b as usize);
                    flow[(a, b)] +=
                        1.0 / shelf.len() as f64 / libm::sqrt(degree(a) * degree(b));
                }
            }
        }
        let ridged =
            Mat::from_fn(n, n, |i, j| flow[(i, j)] + if i == j { ridge } else { 0.0 });
        let filtered = &flow * ridged.partial_piv_lu().inverse();
        let scaled = |b: usize, a: usize| {
            filtered[(b, a)]
                * libm::pow(degree(b), 0.5 - lambda)
                * libm::pow(degree(a), lambda - 0.5)
        };
        (0..n)
            .map(|b| (0..n).map(|a| scaled(b, a)).collect())
            .collect()
    }

    /// Of the pairs that are expected: NaN is none.
    fn near(kernel: &Kernel, expected: &[Vec<f64>], most: f64) {
        for (from, row) in expected.iter().enumerate() {
            let raw = kernel.raw(&[(from as u32, 1.0)]);
            let pairs = raw.iter().zip(row).enumerate();
            let told = pairs.filter(|&(to, (_, e))| to != from && !e.is_nan());
            for (to, (found, expected)) in told {
                let missed = (found - expected).abs();
                assert!(missed < most, "{from} to {to}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn all_eigenvectors_are_the_filter_by_its_definition() {
        let graph = graph();
        let shared = SharedShops::new(&graph, 1);
        let flow = Flow::new(&graph, &shared);
        let filter = Filter::new(&flow, 1, 7).unwrap();
        for (lambda, ridge) in [(0.5, 0.01), (0.5, 1.0), (0.9, 0.1)] {
            let expected = naive(&graph, lambda, ridge);
            near(&filter.kernel(&flow, lambda, ridge, 0), &expected, 0.03);
        }
    }

    #[test]
    fn a_great_ridge_is_heat_flow_whatever_is_kept() {
        let graph = graph();
        let shared = SharedShops::new(&graph, 1);
        let spread = |b: usize, a: u32, c: f32| {
            let degrees = [b, a as usize].map(|g| graph.degree(g) as f64);
            f64::from(c) / libm::pow(degrees[0], 0.8) / libm::pow(degrees[1], 0.2)
        };
        let expected: Vec<Vec<f64>> = (0..7)
            .map(|b| {
                let mut row = vec![f64::NAN; 7];
                for &(a, c) in &shared.rows[b] {
                    row[a as usize] = spread(b, a, c);
                }
                row
            })
            .collect();
        for rank in [1, 3] {
            let filter = Filter::new(&Flow::new(&graph, &shared), 1, rank).unwrap();
            let mut kernel = filter.kernel(&Flow::new(&graph, &shared), 0.8, 1e6, 7);
            let factors = kernel.factors.as_mut().unwrap();
            for scale in factors
                .given
                .scales
                .iter_mut()
                .chain(&mut kernel.neighbours.scales)
            {
                *scale *= 1e6;
            }
            near(&kernel, &expected, 0.01);
        }
    }

    #[test]
    fn only_pairs_that_show_are_single_neighbours() {
        let graph = graph();
        let shared = SharedShops::new(&graph, 3);
        let flow = Flow::new(&graph, &shared);
        let filter = Filter::new(&flow, 3, 2).unwrap();
        let kernel = filter.kernel(&flow, 0.5, 0.1, 7);
        for (list, shown) in kernel.neighbours.rows.iter().zip(&shared.rows) {
            let shown: Vec<u32> = shown.iter().map(|&(row, _)| row).collect();
            assert!(list.iter().all(|row| shown.contains(row)));
        }
    }

    #[test]
    fn where_no_pair_shows_there_is_no_filter() {
        let graph = graph();
        let shared = SharedShops::new(&graph, 100);
        assert!(Filter::new(&Flow::new(&graph, &shared), 100, 2).is_none());
    }
}
