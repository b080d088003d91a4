//! Square matrices over all goods, and the little linear algebra that kernels
//! need of them.
//!
//! faer does the arithmetic, one thread at a time: products are cut into fixed
//! blocks of columns, so the same binary gives the same bits on any number of
//! threads.

use faer::linalg::matmul::matmul;
use faer::linalg::solvers::DenseSolveCore;
use faer::{Accum, Mat, MatMut, MatRef, Par, Side};
use rayon::prelude::*;

/// Columns of a product that one thread computes.
const BLOCK: usize = 64;

/// A matrix of n rows and columns, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Square {
    n: usize,
    values: Vec<f64>,
}

impl Square {
    /// All zeros.
    pub fn zeros(n: usize) -> Square {
        Square {
            n,
            values: vec![0.0; n * n],
        }
    }

    /// Rows, and columns.
    pub fn n(&self) -> usize {
        self.n
    }

    /// A column.
    pub fn column(&self, j: usize) -> &[f64] {
        &self.values[j * self.n..(j + 1) * self.n]
    }

    /// A column, to change.
    pub fn column_mut(&mut self, j: usize) -> &mut [f64] {
        &mut self.values[j * self.n..(j + 1) * self.n]
    }

    /// All columns, to change in parallel.
    pub fn par_columns_mut(&mut self) -> impl IndexedParallelIterator<Item = &mut [f64]> {
        self.values.par_chunks_mut(self.n.max(1))
    }

    /// An entry.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.values[j * self.n + i]
    }

    /// The diagonal.
    pub fn diagonal(&self) -> Vec<f64> {
        (0..self.n).map(|i| self.get(i, i)).collect()
    }

    /// Standard deviation of the entries.
    pub fn deviation(&self) -> f64 {
        let sums = |of: fn(f64) -> f64| -> f64 {
            let columns =
                (0..self.n).map(|j| self.column(j).iter().copied().map(of).sum::<f64>());
            columns.sum::<f64>() / self.values.len().max(1) as f64
        };
        let mean = sums(|x| x);
        libm::sqrt((sums(|x| x * x) - mean * mean).max(0.0))
    }

    /// With `ridge` added on the diagonal.
    pub fn ridged(&self, ridge: f64) -> Square {
        let mut out = self.clone();
        (0..self.n).for_each(|i| out.values[i * self.n + i] += ridge);
        out
    }

    /// The sum with another.
    pub fn plus(&self, other: &Square) -> Square {
        let mut out = self.clone();
        out.values
            .iter_mut()
            .zip(&other.values)
            .for_each(|(a, b)| *a += b);
        out
    }

    /// The inverse of a symmetric matrix, or `None` when it is not positive
    /// definite.
    pub fn inverse(&self) -> Option<Square> {
        let inverse = self.view().llt(Side::Lower).ok()?.inverse();
        let mut out = Square::zeros(self.n);
        for j in 0..self.n {
            (0..self.n).for_each(|i| out.values[j * self.n + i] = inverse[(i, j)]);
        }
        Some(out)
    }

    /// The product with another.
    pub fn times(&self, other: &Square) -> Square {
        let mut out = Square::zeros(self.n);
        multiply(self.view(), &other.values, &mut out.values);
        out
    }

    /// The product with a thin matrix.
    fn times_thin(&self, thin: &Thin) -> Thin {
        let mut out = Thin::zeros(thin.rows, thin.columns);
        multiply(self.view(), &thin.values, &mut out.values);
        out
    }

    /// The product of its transpose with a thin matrix.
    fn transposed_times_thin(&self, thin: &Thin) -> Thin {
        let mut out = Thin::zeros(thin.rows, thin.columns);
        multiply(self.view().transpose(), &thin.values, &mut out.values);
        out
    }

    fn view(&self) -> MatRef<'_, f64> {
        MatRef::from_column_major_slice(&self.values, self.n, self.n)
    }
}

/// `out = left · right`, in blocks of columns.
fn multiply(left: MatRef<'_, f64>, right: &[f64], out: &mut [f64]) {
    let n = left.nrows();
    let block = (BLOCK * n).max(1);
    out.par_chunks_mut(block)
        .zip(right.par_chunks(block))
        .for_each(|(out, right)| {
            let columns = right.len() / n;
            let right = MatRef::from_column_major_slice(right, n, columns);
            let out = MatMut::from_column_major_slice_mut(out, n, columns);
            matmul(out, Accum::Replace, left, right, 1.0, Par::Seq);
        });
}

/// A matrix of many rows and few columns, column by column.
#[derive(Clone, Debug, PartialEq)]
pub struct Thin {
    /// Rows.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
    values: Vec<f64>,
}

impl Thin {
    fn zeros(rows: usize, columns: usize) -> Thin {
        Thin {
            rows,
            columns,
            values: vec![0.0; rows * columns],
        }
    }

    /// An entry.
    pub fn get(&self, i: usize, j: usize) -> f64 {
        self.values[j * self.rows + i]
    }

    fn view(&self) -> MatRef<'_, f64> {
        MatRef::from_column_major_slice(&self.values, self.rows, self.columns)
    }

    fn from_mat(mat: MatRef<'_, f64>) -> Thin {
        let mut out = Thin::zeros(mat.nrows(), mat.ncols());
        for j in 0..mat.ncols() {
            for i in 0..mat.nrows() {
                out.values[j * out.rows + i] = mat[(i, j)];
            }
        }
        out
    }

    /// Row by row.
    pub fn to_rows(&self) -> Vec<f64> {
        let row = |i: usize| (0..self.columns).map(move |j| self.get(i, j));
        (0..self.rows).flat_map(row).collect()
    }

    /// From rows of so many columns.
    pub fn from_rows(columns: usize, rows: &[Vec<f64>]) -> Thin {
        Thin {
            rows: rows.len(),
            columns,
            values: (0..columns)
                .flat_map(|j| rows.iter().map(move |row| row[j]))
                .collect(),
        }
    }

    /// Each row times its number, each column times its own.
    pub fn scaled(&self, rows: &[f64], column: impl Fn(usize) -> f64) -> Thin {
        let mut out = self.clone();
        for (j, values) in out.values.chunks_mut(self.rows.max(1)).enumerate() {
            let column = column(j);
            let pairs = values.iter_mut().zip(rows);
            pairs.for_each(|(value, row)| *value *= row * column);
        }
        out
    }

    /// Orthonormal columns of the same span.
    fn orthonormal(&self) -> Thin {
        Thin::from_mat(self.view().qr().compute_thin_Q().as_ref())
    }

    /// The product with a small matrix.
    fn times_small(&self, small: MatRef<'_, f64>) -> Thin {
        let product: Mat<f64> = self.view() * small;
        Thin::from_mat(product.as_ref())
    }
}

/// Directions beyond those that are asked for, and rounds of the iteration:
/// after them the kept ones no longer move by what eight bits can show.
const SPARE: usize = 16;
const ROUNDS: usize = 12;

/// The `rank` right singular vectors of `x · kernel` with the greatest singular
/// values, given `gram`, which is `xᵀx`; by subspace iteration (Halko,
/// Martinsson & Tropp, SIAM Review 53 (2011), algorithm 4.4).
pub fn right_singular_vectors(kernel: &Square, gram: &Square, rank: usize) -> Thin {
    let apply = |z: &Thin| {
        let heat = gram.times_thin(&kernel.times_thin(z));
        kernel.transposed_times_thin(&heat)
    };
    greatest_eigenvectors(kernel.n(), rank, apply).1
}

/// The `rank` greatest eigenvalues, ascending, of a symmetric matrix of `n` rows
/// that is known by its products, and their eigenvectors; likewise. Its negative
/// eigenvalues must be smaller in size than those that are kept.
pub fn greatest_eigenvectors(
    n: usize,
    rank: usize,
    apply: impl Fn(&Thin) -> Thin,
) -> (Vec<f64>, Thin) {
    let columns = (rank + SPARE).min(n);
    let mut basis = start(n, columns).orthonormal();
    for _ in 0..ROUNDS {
        basis = apply(&basis).orthonormal();
    }
    let small: Mat<f64> = basis.view().transpose() * apply(&basis).view();
    let symmetric = Mat::from_fn(columns, columns, |i, j| {
        0.5 * (small[(i, j)] + small[(j, i)])
    });
    let rank = rank.min(columns);
    match symmetric.self_adjoint_eigen(Side::Lower) {
        // Eigenvalues ascend.
        Ok(eigen) => {
            let values = (columns - rank..columns).map(|i| eigen.S()[i]);
            let kept = eigen.U().subcols(columns - rank, rank);
            (values.collect(), basis.times_small(kept))
        }
        Err(_) => (vec![0.0; rank], Thin::zeros(n, rank)),
    }
}

/// `kernel · vectors`.
pub fn project(kernel: &Square, vectors: &Thin) -> Thin {
    kernel.times_thin(vectors)
}

/// Where the iteration starts: numbers without pattern, always the same.
fn start(rows: usize, columns: usize) -> Thin {
    let mut out = Thin::zeros(rows, columns);
    for (value, i) in out.values.iter_mut().zip(0u64..) {
        // Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
        let mut z = i.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        *value = ((z ^ (z >> 31)) >> 11) as f64 / (1u64 << 52) as f64 - 1.0;
    }
    out
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A matrix by its entries.
    pub(crate) fn square(n: usize, entry: impl Fn(usize, usize) -> f64) -> Square {
        let mut out = Square::zeros(n);
        for j in 0..n {
            (0..n).for_each(|i| out.column_mut(j)[i] = entry(i, j));
        }
        out
    }

    /// Likewise a thin one.
    pub(crate) fn thin(
        rows: usize,
        columns: usize,
        entry: impl Fn(usize, usize) -> f64,
    ) -> Thin {
        let mut out = Thin::zeros(rows, columns);
        for j in 0..columns {
            (0..rows).for_each(|i| out.values[j * rows + i] = entry(i, j));
        }
        out
    }

    /// The definition.
    fn product(a: &Square, b: &Square) -> Square {
        let n = a.n();
        square(n, |i, j| (0..n).map(|k| a.get(i, k) * b.get(k, j)).sum())
    }

    fn transposed(a: &Square) -> Square {
        square(a.n(), |i, j| a.get(j, i))
    }

    fn difference(a: &Square, b: &Square) -> f64 {
        let pairs = a.values.iter().zip(&b.values);
        pairs.fold(0.0, |most, (a, b)| most.max((a - b).abs()))
    }

    fn identity(n: usize) -> Square {
        square(n, |i, j| f64::from(u8::from(i == j)))
    }

    #[test]
    fn inverts_two_by_two_as_by_hand() {
        let [a, b, c] = [4.0, 2.0, 3.0];
        let matrix = square(2, |i, j| [[a, b], [b, c]][i][j]);
        // The determinant is 8.
        let expected = square(2, |i, j| [[c, -b], [-b, a]][i][j] / 8.0);
        assert!(difference(&matrix.inverse().unwrap(), &expected) < 1e-15);
    }

    #[test]
    fn what_is_not_positive_definite_has_no_inverse() {
        // Eigenvalues 3 and -1; then 2 and 0.
        assert_eq!(
            square(2, |i, j| [[1.0, 2.0], [2.0, 1.0]][i][j]).inverse(),
            None
        );
        assert_eq!(square(2, |_, _| 1.0).inverse(), None);
        let ridged = square(2, |i, j| [[1.0, 2.0], [2.0, 1.0]][i][j]).ridged(2.0);
        assert!(ridged.inverse().is_some(), "eigenvalues 5 and 1");
    }

    #[test]
    fn deviation_is_that_of_all_entries() {
        let matrix = square(2, |i, j| [[1.0, 3.0], [5.0, 7.0]][i][j]);
        assert_eq!(matrix.deviation(), libm::sqrt(5.0)); // (9 + 1 + 1 + 9) / 4
        assert_eq!(square(3, |_, _| 0.1).deviation(), 0.0);
        assert_eq!(Square::zeros(0).deviation(), 0.0);
    }

    /// Numbers without pattern, of more columns than a block holds.
    fn large() -> Square {
        let n = 2 * BLOCK + 3;
        let values = start(n, n).values;
        Square { n, values }
    }

    #[test]
    fn products_of_several_blocks_are_products() {
        let matrix = large();
        let twice = matrix.times(&matrix);
        assert!(difference(&twice, &product(&matrix, &matrix)) < 1e-12);
    }

    #[test]
    fn one_thread_and_two_give_the_same_bits() {
        let on = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
            pool.build().unwrap().install(|| {
                let matrix = large();
                let gram = transposed(&matrix).times(&matrix).ridged(1.0);
                let vectors = right_singular_vectors(&matrix, &gram, 5);
                let projected = project(&matrix, &vectors);
                (gram.inverse(), matrix.times(&gram), vectors, projected)
            })
        };
        assert!(on(1) == on(2));
    }

    #[test]
    fn singular_vectors_of_a_shear_are_in_the_golden_ratio() {
        // KᵀK = [[1, 1], [1, 2]], whose greatest eigenvalue has (1, φ).
        let kernel = square(2, |i, j| [[1.0, 1.0], [0.0, 1.0]][i][j]);
        let vectors = right_singular_vectors(&kernel, &identity(2), 1);
        assert_eq!((vectors.rows, vectors.columns), (2, 1));
        let ratio = vectors.get(1, 0) / vectors.get(0, 0);
        assert!(
            (ratio - 0.5 * (1.0 + libm::sqrt(5.0))).abs() < 1e-12,
            "{ratio}"
        );
    }

    #[test]
    fn more_factors_than_goods_are_as_many_as_goods() {
        let vectors = right_singular_vectors(&identity(3), &identity(3), 8);
        assert_eq!((vectors.rows, vectors.columns), (3, 3));
    }

    #[test]
    fn the_iteration_finds_the_greatest_of_many() {
        // Shelves of one good each, of good i (i + 1)²: the last two are the
        // greatest, and the iteration has to find them among forty.
        let count = |i: usize| ((i + 1) * (i + 1)) as f64;
        let gram = square(40, |i, j| if i == j { count(i) } else { 0.0 });
        let vectors = right_singular_vectors(&identity(40), &gram, 2);
        for (column, good) in [(0, 38), (1, 39)] {
            let size = vectors.get(good, column).abs();
            assert!((size - 1.0).abs() < 1e-6, "{good}: {size}");
        }
    }

    fn any_square(n: usize) -> impl Strategy<Value = Square> {
        prop::collection::vec(-1.0f64..1.0, n * n)
            .prop_map(move |values| Square { n, values })
    }

    fn any_pair() -> impl Strategy<Value = (Square, Square)> {
        (1usize..8).prop_flat_map(|n| (any_square(n), any_square(n)))
    }

    proptest! {
        #[test]
        fn times_is_the_product((a, b) in any_pair()) {
            prop_assert!(difference(&a.times(&b), &product(&a, &b)) < 1e-13);
        }

        #[test]
        fn an_inverse_times_its_matrix_is_one((a, _) in any_pair()) {
            let matrix = product(&transposed(&a), &a).ridged(0.5);
            let inverse = matrix.inverse().unwrap();
            prop_assert!(difference(&product(&inverse, &matrix), &identity(a.n())) < 1e-11);
        }

        /// Orthonormal, eigenvectors of BᵀGB, and none of what they leave out is
        /// greater than what they hold.
        #[test]
        fn singular_vectors_meet_their_definition((kernel, x) in any_pair(), rank in 1usize..4) {
            let n = kernel.n();
            let gram = product(&transposed(&x), &x);
            let heat = product(&transposed(&kernel), &product(&gram, &kernel));
            let vectors = right_singular_vectors(&kernel, &gram, rank);
            prop_assert_eq!(vectors.columns, rank.min(n));
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
            let apply = |v: &[f64]| -> Vec<f64> {
                (0..n).map(|i| (0..n).map(|j| heat.get(i, j) * v[j]).sum()).collect()
            };
            let columns: Vec<Vec<f64>> = (0..vectors.columns)
                .map(|j| (0..n).map(|i| vectors.get(i, j)).collect())
                .collect();
            let mut held = 0.0;
            for (j, v) in columns.iter().enumerate() {
                for (k, other) in columns.iter().enumerate() {
                    let expected = f64::from(u8::from(j == k));
                    prop_assert!((dot(v, other) - expected).abs() < 1e-10);
                }
                let (image, value) = (apply(v), dot(v, &apply(v)));
                let missed: Vec<f64> = image.iter().zip(v).map(|(y, x)| y - value * x).collect();
                prop_assert!(libm::sqrt(dot(&missed, &missed)) < 1e-9);
                held += value;
            }
            // Ky Fan: no other orthonormal set holds more; the unit vectors are one.
            let mut diagonal = heat.diagonal();
            diagonal.sort_by(|a, b| b.total_cmp(a));
            prop_assert!(held > diagonal[..vectors.columns].iter().sum::<f64>() - 1e-9);
        }
    }
}
