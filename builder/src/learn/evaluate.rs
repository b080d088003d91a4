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
        let prior = self.kernel.form.prior(profile.mass());
        raw.iter_mut()
            .zip(self.background)
            .for_each(|(r, b)| *r += prior * b);
        raw
    }

    /// Mean NDCG@20 over the held-out queries, 0 when there are none.
    pub fn ndcg(&self, holdout: &Holdout) -> f64 {
        self.ndcg_of(holdout, &holdout.queries)
    }

    /// Likewise over these queries of the same history. They run in parallel
    /// and are added up in order.
    pub fn ndcg_of(&self, holdout: &Holdout, queries: &[HoldoutQuery]) -> f64 {
        let gains: Vec<f64> = queries
            .par_iter()
            .map(|query| {
                let raw = self.raw(&self.profile(holdout, query));
                let known = |good: u32| holdout.graph.degree(good as usize) > 0;
                ndcg(&top(&raw, &query.shelf, known), &query.truth)
            })
            .collect();
        gains.iter().sum::<f64>() / gains.len().max(1) as f64
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
    fn the_shelf_is_not_ranked_and_ties_go_to_the_smaller_row() {
        let top = top(&[1.0, 5.0, 1.0, 2.0, 9.0], &[1], |good| good < 4);
        assert_eq!(top, [3, 0, 2], "good 4 is unknown");
    }
}
