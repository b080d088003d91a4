//! The hybrid heat-flow kernel, cut to what a shard ships.

use rayon::prelude::*;

use super::graph::{Graph, SharedShops};

/// The strongest neighbours of every good, quantised as the shard holds them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Neighbours {
    /// For each good its neighbours' rows, ascending.
    pub rows: Vec<Vec<u32>>,
    /// Likewise their weights, 1 to 255.
    pub weights: Vec<Vec<u8>>,
    /// What a weight of 1 is worth, by good.
    pub scales: Vec<f32>,
}

impl Neighbours {
    /// Adds `weight` times the list of `good` to `raw`.
    pub fn spread(&self, good: usize, weight: f64, raw: &mut [f64]) {
        let step = weight * f64::from(self.scales[good]);
        for (&row, &value) in self.rows[good].iter().zip(&self.weights[good]) {
            raw[row as usize] += step * f64::from(value);
        }
    }

    /// Mean of the kernel over all pairs of goods: what a good of a profile
    /// gives a random good.
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

/// `W_ba = C_ba / (k_a^(1-λ) · k_b^λ)` (Zhou et al., PNAS 107 (2010), eq. 5),
/// of each good b the `most` strongest, in eight bits.
///
/// Lists are cut at their source, the shop's good: on the public data this is
/// as good as the whole kernel at 64 neighbours, `docs/model.md` has the table.
pub fn hybrid(
    graph: &Graph,
    shared: &SharedShops,
    lambda: f64,
    most: usize,
) -> Neighbours {
    let power = |exponent: f64| -> Vec<f64> {
        (0..graph.goods())
            .map(|g| libm::pow(graph.degree(g).max(1) as f64, -exponent))
            .collect()
    };
    let (to, from) = (power(1.0 - lambda), power(lambda));
    let lists: Vec<(Vec<u32>, Vec<u8>, f32)> = (0..graph.goods())
        .into_par_iter()
        .map(|b| {
            let value =
                |&(a, c): &(u32, f32)| (a, f64::from(c) * to[a as usize] * from[b]);
            quantise(strongest(shared.rows[b].iter().map(value).collect(), most))
        })
        .collect();
    let mut out = Neighbours::default();
    for (rows, weights, scale) in lists {
        out.rows.push(rows);
        out.weights.push(weights);
        out.scales.push(scale);
    }
    out
}

/// The `most` greatest values, of equals the smaller row, ascending by row.
fn strongest(mut list: Vec<(u32, f64)>, most: usize) -> Vec<(u32, f64)> {
    let order = |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
    if list.len() > most {
        list.select_nth_unstable_by(most, order);
        list.truncate(most);
    }
    list.sort_unstable_by_key(|&(row, _)| row);
    list
}

/// Values as multiples of a 255th of the greatest; those that round to 0 go.
fn quantise(list: Vec<(u32, f64)>) -> (Vec<u32>, Vec<u8>, f32) {
    let max = list.iter().map(|&(_, v)| v).fold(0.0, f64::max);
    let scale = (max / 255.0) as f32;
    if !scale.is_normal() {
        return (Vec::new(), Vec::new(), 0.0);
    }
    let level = |v: f64| (v / f64::from(scale)).round_ties_even().clamp(0.0, 255.0) as u8;
    let kept = list
        .into_iter()
        .map(|(row, v)| (row, level(v)))
        .filter(|&(_, w)| w > 0);
    let (rows, weights) = kept.unzip();
    (rows, weights, scale)
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;

    fn graph() -> Graph {
        // Shop 0 sells 0, 1, 2; shop 1 sells 0, 1; shop 2 sells 0.
        let events: Vec<_> = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (2, 0)]
            .iter()
            .map(|&(s, g)| purchase(s, g, 0))
            .collect();
        Graph::new(&[false; 3], 3, &events)
    }

    fn value(lambda: f64, from: usize, to: u32) -> f64 {
        let graph = graph();
        let n = hybrid(&graph, &SharedShops::new(&graph, 1), lambda, 9);
        let i = n.rows[from].iter().position(|&r| r == to).unwrap();
        f64::from(n.weights[from][i]) * f64::from(n.scales[from])
    }

    #[test]
    fn lambda_goes_from_heat_conduction_to_mass_diffusion() {
        let c = 1.0 / 3.0 + 1.0 / 2.0;
        let near = |a: f64, b: f64| assert!((a - b).abs() < 0.003, "{a} {b}");
        near(value(0.0, 0, 1), c / 2.0); // divided by the target's degree
        near(value(1.0, 0, 1), c / 3.0); // divided by the source's
        near(value(0.5, 0, 1), c / libm::sqrt(6.0));
    }

    #[test]
    fn keeps_the_strongest_of_equals_the_smaller_row() {
        let list = vec![(0, 1.0), (1, 3.0), (2, 1.0), (3, 2.0)];
        assert_eq!(strongest(list, 3), [(0, 1.0), (1, 3.0), (3, 2.0)]);
    }

    #[test]
    fn a_value_too_small_for_eight_bits_goes() {
        let (rows, weights, _) = quantise(vec![(4, 1.0), (5, 0.6), (6, 0.001)]);
        assert_eq!((rows, weights), (vec![4, 5], vec![255, 153]));
        assert_eq!(quantise(Vec::new()).2, 0.0);
    }
}
