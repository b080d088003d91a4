//! How well a candidate answers the held-out queries: NDCG@20.

use rayon::prelude::*;

use super::choose::plain_weights;
use super::holdout::{Holdout, HoldoutQuery};
use super::kernel::Kernel;
use goodsrank::profile::{Profile, ProfileBuilder};
use goodsrank::shard::ProfileWeights;

const K: usize = 20;

/// Something that scores goods for a profile, as a shard would.
pub struct Candidate<'a> {
    /// The kernel.
    pub kernel: &'a Kernel,
    /// Raw fit before any good speaks, by good.
    pub background: &'a [f64],
    /// How a profile is weighed.
    pub weights: &'a ProfileWeights,
}

impl Candidate<'_> {
    /// The profile of a held-out query's shop.
    pub fn profile(&self, holdout: &Holdout, query: &HoldoutQuery) -> Profile {
        if *self.weights == plain_weights() {
            // Each adopted good once: that is the shelf.
            let once = query.shelf.iter().map(|&good| (good, 1.0));
            return Profile::from_weights(once.collect());
        }
        let mut builder = ProfileBuilder::new(self.weights, holdout.cut.time());
        holdout
            .events_of(query)
            .for_each(|e| builder.add(e.for_profile()));
        builder.finish()
    }

    /// Raw fit of every good.
    pub fn raw(&self, profile: &Profile) -> Vec<f64> {
        let mut raw = self.kernel.raw(profile.weights());
        self.add_background(&mut raw, 1.0, profile);
        raw
    }

    fn add_background(&self, raw: &mut [f64], strength: f64, profile: &Profile) {
        let prior = strength * self.kernel.form.prior(profile.mass());
        raw.iter_mut()
            .zip(self.background)
            .for_each(|(r, b)| *r += prior * b);
    }

    /// Mean NDCG@20 over the held-out queries, 0 when there are none.
    pub fn ndcg(&self, holdout: &Holdout) -> f64 {
        self.ndcg_of(holdout, &holdout.queries)
    }

    /// Likewise over these queries of the same history. They run in parallel
    /// and are added up in order.
    pub fn ndcg_of(&self, holdout: &Holdout, queries: &[HoldoutQuery]) -> f64 {
        self.ndcg_by_strength(holdout, queries, &[1.0])[0]
    }

    /// Likewise with the background so many times as strong, by strength.
    pub fn ndcg_by_strength(
        &self,
        holdout: &Holdout,
        queries: &[HoldoutQuery],
        strengths: &[f64],
    ) -> Vec<f64> {
        let known = |good: u32| holdout.graph.degree(good as usize) > 0;
        let gains: Vec<Vec<f64>> = queries
            .par_iter()
            .map(|query| {
                let profile = self.profile(holdout, query);
                let plain = self.kernel.raw(profile.weights());
                let gain = |&strength: &f64| {
                    let mut raw = plain.clone();
                    self.add_background(&mut raw, strength, &profile);
                    ndcg(&top(&raw, &query.shelf, known), &query.truth)
                };
                strengths.iter().map(gain).collect()
            })
            .collect();
        let mean = |i: usize| {
            gains.iter().map(|g| g[i]).sum::<f64>() / gains.len().max(1) as f64
        };
        (0..strengths.len()).map(mean).collect()
    }
}

/// The best goods that are known and not on the shelf; of equals the smaller
/// row. A good that nobody had before the cut is unknown: that it is in the
/// catalog at all tells what came later.
fn top(raw: &[f64], shelf: &[u32], known: impl Fn(u32) -> bool) -> Vec<u32> {
    let mut left: Vec<u32> = (0..raw.len() as u32).filter(|&g| known(g)).collect();
    left.retain(|g| shelf.binary_search(g).is_err());
    let order =
        |a: &u32, b: &u32| raw[*b as usize].total_cmp(&raw[*a as usize]).then(a.cmp(b));
    if left.len() > K {
        left.select_nth_unstable_by(K, order);
        left.truncate(K);
    }
    left.sort_unstable_by(order);
    left
}

/// Binary relevance, ideal over min(K, relevant) (Järvelin & Kekäläinen 2002).
fn ndcg(ranked: &[u32], truth: &[u32]) -> f64 {
    let discount = |place: usize| 1.0 / libm::log2(place as f64 + 2.0);
    let hits = ranked
        .iter()
        .enumerate()
        .filter(|(_, g)| truth.binary_search(g).is_ok());
    let gain: f64 = hits.map(|(place, _)| discount(place)).sum();
    gain / (0..truth.len().min(K)).map(discount).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ndcg_is_one_for_the_ideal_order_and_less_for_later_hits() {
        assert_eq!(ndcg(&[3, 1], &[1, 3]), 1.0);
        assert_eq!(ndcg(&[0, 1], &[1]), 1.0 / libm::log2(3.0));
        assert_eq!(ndcg(&[0], &[1]), 0.0);
    }

    #[test]
    fn a_background_of_some_strength_is_so_many_times_the_background() {
        use super::super::graph::Graph;
        use super::super::graph::tests::purchase;
        use super::super::holdout::Cut;
        use goodsrank::shard::Kernel as Form;
        // Shop 0 sells good 0, and each of goods 1 to 3 has a shop.
        let before: Vec<_> = (0..4).map(|i| purchase(i, i, 0)).collect();
        let holdout = Holdout {
            graph: Graph::new(&[false; 4], 4, &before),
            before,
            cut: Cut::Fold(0),
            queries: vec![HoldoutQuery {
                shop: 0,
                shelf: vec![0],
                truth: vec![1],
            }],
        };
        // Good 0 speaks for 2; the background is for 1, and a little for 2.
        let lists = vec![vec![(2, 1.0)], vec![], vec![], vec![]];
        let kernel = Kernel {
            form: Form::Linear,
            neighbours: super::super::kernel::Neighbours::quantise(lists, 127.0),
            factors: None,
        };
        let of = |background: [f64; 4]| {
            let candidate = Candidate {
                kernel: &kernel,
                background: &background,
                weights: &plain_weights(),
            };
            candidate.ndcg_by_strength(&holdout, &holdout.queries, &[0.0, 1.0, 9.0])
        };
        let second = 1.0 / libm::log2(3.0);
        assert_eq!(of([0.0, 0.5, 0.1, 0.0]), [second, second, 1.0]);
        let strong = of([0.0, 4.5, 0.9, 0.0]);
        assert_eq!(strong[1], 1.0, "nine times as strong, once");
    }

    #[test]
    fn the_shelf_is_not_ranked_and_ties_go_to_the_smaller_row() {
        let top = top(&[1.0, 5.0, 1.0, 2.0, 9.0], &[1], |good| good < 4);
        assert_eq!(top, [3, 0, 2], "good 4 is unknown");
    }
}
