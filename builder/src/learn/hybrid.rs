//! The hybrid heat-flow kernel, cut to what a shard ships.

use rayon::prelude::*;

use super::graph::{Graph, SharedShops};
use super::kernel::{Neighbours, UNSIGNED_LEVELS, strongest};

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
    let to = degree_powers(graph, 1.0 - lambda);
    let from = degree_powers(graph, lambda);
    let lists = (0..graph.goods())
        .into_par_iter()
        .map(|b| {
            let value =
                |&(a, c): &(u32, f32)| (a, f64::from(c) * to[a as usize] * from[b]);
            strongest(shared.rows[b].iter().map(value).collect(), most)
        })
        .collect();
    Neighbours::quantise(lists, UNSIGNED_LEVELS)
}

/// k^-exponent of every good, k how many shops have it, at least 1.
pub fn degree_powers(graph: &Graph, exponent: f64) -> Vec<f64> {
    (0..graph.goods())
        .map(|g| libm::pow(graph.degree(g).max(1) as f64, -exponent))
        .collect()
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
}
