//! What ships of a kernel: neighbour lists, factors, or both, as the shard
//! holds them.

use goodsrank::shard::Kernel as Form;
use rayon::prelude::*;

use super::dense::{Square, Thin, project, right_singular_vectors};

/// Bytes of the end and the scale of a good's neighbour list.
pub const LIST_BYTES: usize = 8;
/// Bytes of the scale of a row of factors.
pub const SCALE_BYTES: usize = 4;

/// Bytes of a neighbour among so many goods: a row of two or four, a weight of
/// one.
pub fn neighbour_bytes(goods: usize) -> usize {
    if goods <= 1 << 16 { 3 } else { 5 }
}

/// Goods of which [`Kernel::deviation`] is made.
const MOST_ASKED: usize = 8192;

/// A kernel as it ships.
#[derive(Clone, Debug, PartialEq)]
pub struct Kernel {
    /// Whether raw fit is the mean of what a profile's goods give, or the sum.
    pub form: Form,
    /// Single pairs.
    pub neighbours: Neighbours,
    /// All pairs, smoothed.
    pub factors: Option<Factors>,
}

impl Kernel {
    /// A kernel that says nothing of any good.
    pub fn silent(goods: usize) -> Kernel {
        Kernel {
            form: Form::Hybrid,
            neighbours: Neighbours::none(goods),
            factors: None,
        }
    }

    /// Bytes in the shard.
    pub fn bytes(&self) -> u64 {
        let goods = self.neighbours.rows.len();
        let matrices = self.factors.iter().flat_map(|f| {
            [Some(&f.given), Some(&f.taken), f.young.as_ref()]
                .into_iter()
                .flatten()
        });
        let factors: usize = matrices.map(|rows| rows.rank + SCALE_BYTES).sum();
        let lists = neighbour_bytes(goods) * self.neighbours.len();
        ((LIST_BYTES + factors) * goods + lists) as u64
    }

    /// Raw fit of every good for a profile, before any background.
    pub fn raw(&self, profile: &[(u32, f32)]) -> Vec<f64> {
        let mass: f64 = profile.iter().map(|&(_, w)| f64::from(w)).sum();
        let grown = 1.0 - self.factors.as_ref().map_or(0.0, |f| f.youth(mass));
        let mut raw = vec![0.0; self.neighbours.rows.len()];
        for &(row, weight) in profile {
            let weight = grown * f64::from(weight);
            self.neighbours.spread(row as usize, weight, &mut raw);
        }
        if let Some(factors) = &self.factors {
            let folded = factors.fold(profile, mass);
            for (good, raw) in raw.iter_mut().enumerate() {
                *raw += factors.taken.dot(good, &folded);
            }
        }
        if self.form == Form::Hybrid {
            let mass = mass.max(f64::MIN_POSITIVE);
            raw.iter_mut().for_each(|raw| *raw /= mass);
        }
        raw
    }

    /// The kernel in which a good takes `heat` times as much, by good.
    pub fn heated(mut self, heat: &[f64]) -> Kernel {
        let neighbours = &self.neighbours;
        let levels = if neighbours.is_signed() {
            LEVELS
        } else {
            UNSIGNED_LEVELS
        };
        let list = |good: usize| {
            let weights = neighbours.weights[good].iter().map(|&w| f64::from(w));
            let rows = neighbours.rows[good].iter().copied();
            rows.zip(weights)
                .map(|(row, weight)| {
                    let value = weight * f64::from(neighbours.scales[good]);
                    (row, value * heat[row as usize])
                })
                .collect()
        };
        let lists = (0..neighbours.rows.len()).map(list).collect();
        self.neighbours = Neighbours::quantise(lists, levels);
        if let Some(factors) = &mut self.factors {
            let scales = factors.taken.scales.iter_mut().zip(heat);
            scales.for_each(|(scale, &heat)| *scale = (f64::from(*scale) * heat) as f32);
        }
        self
    }

    /// How far apart the raw fits are that one good gives: the root mean square,
    /// over the goods that say something, of the standard deviation of what
    /// they give. Of very many goods some are asked, evenly.
    pub fn deviation(&self) -> f64 {
        let goods = self.neighbours.rows.len();
        let every = goods.div_ceil(MOST_ASKED).max(1);
        let speaks = |&good: &u32| {
            let row = good as usize;
            let given = |rows: &Rows| rows.scales[row] > 0.0;
            let by_factors =
                |f: &Factors| given(&f.given) || f.young.as_ref().is_some_and(given);
            !self.neighbours.rows[row].is_empty()
                || self.factors.as_ref().is_some_and(by_factors)
        };
        let variances: Vec<f64> = (0..goods as u32)
            .into_par_iter()
            .step_by(every)
            .filter(speaks)
            .map(|good| {
                let raw = self.raw(&[(good, 1.0)]);
                let mean = raw.iter().sum::<f64>() / goods as f64;
                raw.iter().map(|r| (r - mean) * (r - mean)).sum::<f64>() / goods as f64
            })
            .collect();
        let speaking = variances.iter().filter(|&&v| v > 0.0).count().max(1);
        libm::sqrt(variances.iter().sum::<f64>() / speaking as f64)
    }

    /// The same kernel among more goods: row i of this one is row `rows[i]`, and
    /// the others say nothing.
    pub fn among(self, rows: &[u32], goods: usize) -> Kernel {
        let mut neighbours = Neighbours::none(goods);
        let lists = self
            .neighbours
            .rows
            .into_iter()
            .zip(self.neighbours.weights);
        for ((&row, (list, weights)), scale) in
            rows.iter().zip(lists).zip(self.neighbours.scales)
        {
            let row = row as usize;
            neighbours.rows[row] = list.iter().map(|&r| rows[r as usize]).collect();
            neighbours.weights[row] = weights;
            neighbours.scales[row] = scale;
        }
        let spread = |factors: Factors| Factors {
            given: factors.given.among(rows, goods),
            young: factors.young.map(|young| young.among(rows, goods)),
            taken: factors.taken.among(rows, goods),
        };
        Kernel {
            form: self.form,
            neighbours,
            factors: self.factors.map(spread),
        }
    }

    /// Whether no good says anything of another.
    pub fn is_silent(&self) -> bool {
        self.neighbours.is_empty() && self.factors.is_none()
    }
}

/// The neighbours of every good, quantised.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// For each good its neighbours' rows, ascending.
    pub rows: Vec<Vec<u32>>,
    /// Likewise their weights: 1 to 255, or -127 to 127 where one is negative.
    pub weights: Vec<Vec<i16>>,
    /// What a weight of 1 is worth, by good.
    pub scales: Vec<f32>,
}

impl Neighbours {
    /// No neighbours, of so many goods.
    pub fn none(goods: usize) -> Neighbours {
        Neighbours {
            rows: vec![Vec::new(); goods],
            weights: vec![Vec::new(); goods],
            scales: vec![0.0; goods],
        }
    }

    /// Lists of (row, value), ascending by row, in `levels` steps to the
    /// greatest of each; those that round to 0 go.
    pub fn quantise(lists: Vec<Vec<(u32, f64)>>, levels: f64) -> Neighbours {
        let mut out = Neighbours::default();
        for list in lists {
            let greatest = list.iter().fold(0.0, |m: f64, &(_, v)| m.max(v.abs()));
            let scale = (greatest / levels) as f32;
            let scale = if scale.is_normal() { scale } else { 0.0 };
            let level = |v: f64| (v / f64::from(scale)).round_ties_even() as i16;
            let kept = list
                .into_iter()
                .filter(|_| scale > 0.0)
                .map(|(row, v)| (row, level(v)))
                .filter(|&(_, weight)| weight != 0);
            let (rows, weights) = kept.unzip();
            out.rows.push(rows);
            out.weights.push(weights);
            out.scales.push(scale);
        }
        out
    }

    /// Whether some weight is negative.
    pub fn is_signed(&self) -> bool {
        self.weights.iter().flatten().any(|&weight| weight < 0)
    }

    /// Adds `weight` times the list of `good` to `raw`.
    fn spread(&self, good: usize, weight: f64, raw: &mut [f64]) {
        let step = weight * f64::from(self.scales[good]);
        for (&row, &value) in self.rows[good].iter().zip(&self.weights[good]) {
            raw[row as usize] += step * f64::from(value);
        }
    }

    /// Mean of the lists over all pairs of goods: what a good of a profile gives
    /// a random good.
    pub fn mean(&self) -> f64 {
        let list = |good: usize| {
            let sum: f64 = self.weights[good].iter().map(|&w| f64::from(w)).sum();
            sum * f64::from(self.scales[good])
        };
        let goods = self.rows.len().max(1) as f64;
        (0..self.rows.len()).map(list).sum::<f64>() / (goods * goods)
    }

    /// Number of neighbours in all lists.
    pub fn len(&self) -> usize {
        self.rows.iter().map(Vec::len).sum()
    }

    /// Whether no good has a neighbour.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What goods give and take, in int8.
#[derive(Clone, Debug, PartialEq)]
pub struct Factors {
    /// What a good of a profile gives to each factor.
    pub given: Rows,
    /// Likewise of a short profile, where that is another.
    pub young: Option<Rows>,
    /// What a ranked good takes from each.
    pub taken: Rows,
}

/// A row of int8 for each good.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rows {
    /// Numbers in a row.
    pub rank: usize,
    /// Row by row, -127 to 127.
    pub values: Vec<i8>,
    /// What 1 is worth, by good.
    pub scales: Vec<f32>,
}

/// Products that are added up side by side.
const LANES: usize = 8;

/// Steps from 0 to the greatest number of a row, with a sign and without.
pub const LEVELS: f64 = 127.0;
pub const UNSIGNED_LEVELS: f64 = 255.0;

/// Numbers as multiples of a 127th of the greatest, and what 1 is worth.
fn quantised(row: impl Iterator<Item = f64> + Clone) -> (f32, impl Iterator<Item = i8>) {
    let greatest = row.clone().fold(0.0, |m: f64, v| m.max(v.abs()));
    let scale = (greatest / LEVELS) as f32;
    let scale = if scale.is_normal() { scale } else { 0.0 };
    let level = move |v: f64| {
        if scale > 0.0 {
            (v / f64::from(scale)).round_ties_even() as i8
        } else {
            0
        }
    };
    (scale, row.map(level))
}

impl Rows {
    /// The rows of a matrix.
    pub fn quantise(thin: &Thin) -> Rows {
        let mut out = Rows {
            rank: thin.columns,
            ..Rows::default()
        };
        for i in 0..thin.rows {
            let (scale, levels) = quantised((0..thin.columns).map(|j| thin.get(i, j)));
            out.values.extend(levels);
            out.scales.push(scale);
        }
        out
    }

    /// These rows alone.
    pub fn of(&self, rows: &[usize]) -> Rows {
        let row = |&row: &usize| &self.values[row * self.rank..(row + 1) * self.rank];
        Rows {
            rank: self.rank,
            values: rows.iter().flat_map(row).copied().collect(),
            scales: rows.iter().map(|&row| self.scales[row]).collect(),
        }
    }

    fn among(&self, rows: &[u32], goods: usize) -> Rows {
        let rank = self.rank;
        let mut out = Rows {
            rank,
            values: vec![0; goods * rank],
            scales: vec![0.0; goods],
        };
        for (i, &row) in rows.iter().enumerate() {
            let row = row as usize;
            out.values[row * rank..(row + 1) * rank]
                .copy_from_slice(&self.values[i * rank..(i + 1) * rank]);
            out.scales[row] = self.scales[i];
        }
        out
    }

    /// Gives the good in `row` the mean of other rows, by these weights.
    pub fn set_mean(&mut self, row: usize, of: &[(u32, f64)]) {
        let mut mean = vec![0.0; self.rank];
        for &(other, weight) in of {
            for (mean, value) in mean.iter_mut().zip(self.row(other as usize)) {
                *mean += weight * value;
            }
        }
        let (scale, levels) = quantised(mean.into_iter());
        self.values[row * self.rank..(row + 1) * self.rank]
            .iter_mut()
            .zip(levels)
            .for_each(|(value, level)| *value = level);
        self.scales[row] = scale;
    }

    /// A good's row, as the numbers that it stands for.
    pub fn row(&self, good: usize) -> impl Iterator<Item = f64> {
        let scale = f64::from(self.scales[good]);
        let values = &self.values[good * self.rank..(good + 1) * self.rank];
        values.iter().map(move |&v| scale * f64::from(v))
    }

    /// In lanes, which the compiler makes vectors of.
    fn dot(&self, good: usize, vector: &[f64]) -> f64 {
        let values = &self.values[good * self.rank..(good + 1) * self.rank];
        let (values, rest) = values.as_chunks::<LANES>();
        let (numbers, others) = vector.as_chunks::<LANES>();
        let mut lanes = [0.0; LANES];
        for (values, numbers) in values.iter().zip(numbers) {
            for i in 0..LANES {
                lanes[i] += f64::from(values[i]) * numbers[i];
            }
        }
        let rest: f64 = rest
            .iter()
            .zip(others)
            .map(|(&a, b)| f64::from(a) * b)
            .sum();
        f64::from(self.scales[good]) * (lanes.iter().sum::<f64>() + rest)
    }
}

impl Factors {
    /// The best `rank` factors of a kernel for shelves whose XᵀX, made up for what
    /// is hidden, is `gram`:
    /// V the right singular vectors of X·B, what a good gives B·V and what it
    /// takes V. `young` is another kernel for short profiles; then V is of the
    /// sum of the two, and serves both.
    pub fn of(
        kernel: &Square,
        young: Option<&Square>,
        gram: &Square,
        rank: usize,
    ) -> Factors {
        let taken = match young {
            Some(young) => right_singular_vectors(&kernel.plus(young), gram, rank),
            None => right_singular_vectors(kernel, gram, rank),
        };
        Factors {
            given: Rows::quantise(&project(kernel, &taken)),
            young: young.map(|young| Rows::quantise(&project(young, &taken))),
            taken: Rows::quantise(&taken),
        }
    }

    /// The share of the young factors in a profile of this mass.
    fn youth(&self, mass: f64) -> f64 {
        self.young.as_ref().map_or(0.0, |_| Form::youth(mass))
    }

    /// A profile as one vector.
    fn fold(&self, profile: &[(u32, f32)], mass: f64) -> Vec<f64> {
        let youth = self.youth(mass);
        let young = self.young.iter().map(|young| (young, youth));
        let mut sum = vec![0.0; self.given.rank];
        for (given, share) in std::iter::once((&self.given, 1.0 - youth)).chain(young) {
            for &(good, weight) in profile {
                for (sum, value) in sum.iter_mut().zip(given.row(good as usize)) {
                    *sum += share * f64::from(weight) * value;
                }
            }
        }
        sum
    }

    /// Of every good the `most` pairs that the factors miss by most, among
    /// those that `gram` shows.
    pub fn missed(&self, kernel: &Square, gram: &Square, most: usize) -> Neighbours {
        if most == 0 {
            return Neighbours::none(kernel.n());
        }
        let lists = (0..kernel.n())
            .into_par_iter()
            .map(|from| {
                let given: Vec<f64> = self.given.row(from).collect();
                let missed =
                    |to: usize| kernel.get(from, to) - self.taken.dot(to, &given);
                let shown =
                    (0..kernel.n()).filter(|&to| to != from && gram.get(from, to) > 0.0);
                strongest(shown.map(|to| (to as u32, missed(to))).collect(), most)
            })
            .collect();
        Neighbours::quantise(lists, LEVELS)
    }
}

/// The `most` greatest in size, of equals the smaller row, ascending by row.
pub fn strongest(mut list: Vec<(u32, f64)>, most: usize) -> Vec<(u32, f64)> {
    let order = |a: &(u32, f64), b: &(u32, f64)| {
        b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0))
    };
    if list.len() > most {
        list.select_nth_unstable_by(most, order);
        list.truncate(most);
    }
    list.sort_unstable_by_key(|&(row, _)| row);
    list
}

#[cfg(test)]
mod tests {
    use super::super::dense::tests::{square, thin};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_the_strongest_of_equals_the_smaller_row() {
        let list = vec![(0, 1.0), (1, -3.0), (2, 1.0), (3, 2.0)];
        assert_eq!(strongest(list, 3), [(0, 1.0), (1, -3.0), (3, 2.0)]);
    }

    #[test]
    fn a_value_too_small_for_eight_bits_goes() {
        let list = vec![(4, 1.0), (5, 0.6), (6, 0.001)];
        let neighbours = Neighbours::quantise(vec![list, Vec::new()], 255.0);
        assert_eq!(neighbours.rows, [vec![4, 5], vec![]]);
        assert_eq!(neighbours.weights, [vec![255, 153], vec![]]);
        assert_eq!(neighbours.scales[1], 0.0);
    }

    /// A kernel without pattern and shelves that foretell it, of five goods.
    fn dense() -> (Square, Square) {
        let kernel = square(5, |b, a| {
            if a == b {
                0.0
            } else {
                libm::sin((3 * b + 7 * a) as f64)
            }
        });
        let gram = square(5, |i, j| {
            if i == j {
                9.0
            } else {
                1.0 + (i * j % 3) as f64
            }
        });
        (kernel, gram)
    }

    fn linear(neighbours: Neighbours, factors: Factors) -> Kernel {
        Kernel {
            form: Form::Linear,
            neighbours,
            factors: Some(factors),
        }
    }

    #[test]
    fn factors_and_what_they_miss_are_the_kernel() {
        let (whole, gram) = dense();
        for rank in [1, 2, 5] {
            let factors = Factors::of(&whole, None, &gram, rank);
            let neighbours = factors.missed(&whole, &gram, 4);
            let scales = neighbours.scales.clone();
            let kernel = linear(neighbours, factors);
            for (from, &scale) in scales.iter().enumerate() {
                let raw = kernel.raw(&[(from as u32, 1.0)]);
                // What is missed is rounded to multiples of its scale.
                let most = 0.5001 * f64::from(scale);
                for to in (0..5).filter(|&to| to != from) {
                    let missed = (raw[to] - whole.get(from, to)).abs();
                    assert!(missed <= most, "rank {rank}, {from} to {to}: {missed}");
                }
            }
        }
    }

    #[test]
    fn as_many_factors_as_goods_are_the_kernel_but_for_eight_bits() {
        let (whole, gram) = dense();
        let factors = Factors::of(&whole, None, &gram, 5);
        let scale = |rows: &Rows| rows.scales.iter().copied().fold(0.0, f32::max);
        let (given, taken) = (
            f64::from(scale(&factors.given)),
            f64::from(scale(&factors.taken)),
        );
        // Each of five products errs by half a step of one side times the other.
        let most = 5.0 * (0.5 * given * 127.0 * taken * 2.0 + given * taken);
        let kernel = linear(Neighbours::none(5), factors);
        for from in 0..5 {
            let raw = kernel.raw(&[(from as u32, 1.0)]);
            for (to, raw) in raw.iter().enumerate() {
                assert!((raw - whole.get(from, to)).abs() < most, "{from} to {to}");
            }
        }
        assert!(most < 0.1, "or this says nothing: {most}");
    }

    #[test]
    fn what_is_missed_is_only_told_of_pairs_that_show() {
        let (whole, mut gram) = dense();
        (gram.column_mut(3)[1], gram.column_mut(1)[3]) = (0.0, 0.0);
        let factors = Factors::of(&whole, None, &gram, 1);
        let rows = factors.missed(&whole, &gram, 9).rows;
        assert!(!rows[1].contains(&3) && !rows[3].contains(&1));
        assert!(rows[1].contains(&2) && rows.iter().flatten().count() <= 18);
        assert!(factors.missed(&whole, &gram, 0).is_empty());
        let one = factors.missed(&whole, &gram, 1).rows;
        assert!(one.iter().all(|list| list.len() == 1));
    }

    #[test]
    fn short_profiles_are_folded_by_young_factors() {
        let rows = |values: [i8; 2]| Rows {
            rank: 1,
            values: values.to_vec(),
            scales: vec![0.5; 2],
        };
        let factors = Factors {
            given: rows([4, 0]),
            young: Some(rows([-8, 0])),
            taken: rows([0, 2]),
        };
        let neighbours = Neighbours::quantise(vec![vec![(1, 10.0)], vec![]], LEVELS);
        let kernel = linear(neighbours, factors);
        // Good 0 gives good 1 by factors 2 · 1, when young -4 · 1, and as a
        // neighbour 10. A mass of twenty is half young, of forty a fifth.
        for (mass, each) in [
            (20.0, 0.5 * 12.0 - 0.5 * 4.0),
            (40.0, 0.8 * 12.0 - 0.2 * 4.0),
        ] {
            let raw = kernel.raw(&[(0, mass)])[1];
            assert!((raw - f64::from(mass) * each).abs() < 1e-4, "{mass}: {raw}");
        }
    }

    #[test]
    fn a_hybrid_kernel_is_a_mean() {
        let kernel = Kernel {
            form: Form::Hybrid,
            neighbours: Neighbours::quantise(vec![vec![(1, 255.0)], vec![]], 255.0),
            factors: None,
        };
        assert_eq!(kernel.raw(&[(0, 1.0), (1, 3.0)]), [0.0, 255.0 / 4.0]);
        assert_eq!(kernel.raw(&[]), [0.0, 0.0], "not 0 / 0");
    }

    #[test]
    fn among_more_goods_a_kernel_says_the_same_of_its_own() {
        let (whole, gram) = dense();
        let factors = Factors::of(&whole, Some(&whole), &gram, 2);
        let small = linear(factors.missed(&whole, &gram, 2), factors);
        let rows = [1, 2, 4, 5, 8];
        let large = small.clone().among(&rows, 10);
        let profile = [(0, 1.0), (3, 2.0)];
        let moved = profile.map(|(row, w): (u32, f32)| (rows[row as usize], w));
        let (raw, of_all) = (small.raw(&profile), large.raw(&moved));
        for good in 0..10u32 {
            let place = rows.iter().position(|&row| row == good);
            let expected = place.map_or(0.0, |place| raw[place]);
            assert_eq!(of_all[good as usize], expected, "{good}");
        }
        assert_eq!(
            large.raw(&[(0, 1.0), (9, 1.0)]),
            [0.0; 10],
            "the others are silent"
        );
    }

    #[test]
    fn a_mean_of_rows_is_as_near_as_eight_bits_allow() {
        let mut rows = Rows {
            rank: 2,
            values: vec![127, 10, -50, 100, 7, 7],
            scales: vec![1.0, 2.0, 3.0],
        };
        rows.set_mean(2, &[(0, 0.5), (1, 0.25)]);
        // ½ · (127, 10) + ¼ · (-100, 200)
        let found: Vec<f64> = rows.row(2).collect();
        let half = 0.5001 * f64::from(rows.scales[2]);
        assert!((found[0] - 38.5).abs() <= half && (found[1] - 55.0).abs() <= half);
        assert_eq!(rows.scales[2], 55.0 / 127.0);
        assert_eq!(rows.values[..4], [127, 10, -50, 100], "the others stay");
        rows.set_mean(1, &[]);
        assert_eq!(rows.row(1).collect::<Vec<_>>(), [0.0, 0.0]);
        let two = rows.of(&[2, 0]);
        assert_eq!(
            (&two.values[2..], &two.scales[1..]),
            (&[127, 10][..], &[1.0][..])
        );
    }

    #[test]
    fn bytes_are_those_of_the_lists_and_matrices() {
        let (whole, gram) = dense();
        let factors = |young| Factors::of(&whole, young, &gram, 2);
        let bytes = |factors| linear(Neighbours::none(5), factors).bytes();
        // An end and a scale; two, or three, rows of two factors and a scale.
        assert_eq!(bytes(factors(None)), 5 * (8 + 2 * 6));
        assert_eq!(bytes(factors(Some(&whole))), 5 * (8 + 3 * 6));
        let beside = factors(None).missed(&whole, &gram, 4);
        let count = beside.len() as u64;
        assert_eq!(linear(beside, factors(None)).bytes(), 5 * 20 + 3 * count);
        assert!(count > 10);
    }

    #[test]
    fn deviation_is_of_the_goods_that_speak() {
        // Good 0 gives 255 to one of four: mean 63.75; the others are silent.
        let mut kernel = Kernel::silent(4);
        assert_eq!(kernel.deviation(), 0.0);
        let lists = vec![vec![(1, 255.0)], vec![], vec![], vec![]];
        kernel.neighbours = Neighbours::quantise(lists, 255.0);
        assert!((kernel.deviation() - 255.0 * libm::sqrt(0.25 * 0.75)).abs() < 1e-9);
    }

    proptest! {
        /// Half a step at most, and the greatest is met.
        #[test]
        fn rounding_to_eight_bits_is_bounded(
            values in prop::collection::vec(-1e3f64..1e3, 6),
            exponent in -50i32..30,
        ) {
            let unit = libm::exp10(f64::from(exponent));
            let value = |i: usize, j: usize| unit * values[3 * i + j];
            let rows = Rows::quantise(&thin(2, 3, value));
            for i in 0..2 {
                let half = 0.50001 * f64::from(rows.scales[i]);
                // Where f32 holds no scale, the row is nothing.
                let half = half.max(128.0 * f64::from(f32::MIN_POSITIVE));
                for (j, found) in rows.row(i).enumerate() {
                    prop_assert!((found - value(i, j)).abs() <= half);
                }
                let greatest = rows.values[3 * i..3 * i + 3].iter().map(|v| v.unsigned_abs()).max();
                prop_assert!(matches!(greatest, Some(0 | 127)));
            }
            let list: Vec<(u32, f64)> = (0u32..).zip(&values).map(|(j, v)| (j, unit * v)).collect();
            let lists = Neighbours::quantise(vec![list.clone()], LEVELS);
            let mut found = [0.0; 6];
            lists.spread(0, 1.0, &mut found);
            let half = 0.50001 * f64::from(lists.scales[0]);
            let half = half.max(128.0 * f64::from(f32::MIN_POSITIVE));
            for (&(row, value), found) in list.iter().zip(found) {
                prop_assert!((found - value).abs() <= half, "{}", row);
            }
            prop_assert!(lists.weights[0].iter().all(|w| (1..=127).contains(&w.abs())));
        }
    }
}
