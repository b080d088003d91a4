//! What a shop sells, as weights over goods.

use std::collections::BinaryHeap;

use crate::SEVERAL;
use crate::exp2::exp2;
use crate::shard::{EventKind, ProfileWeights};

const SECONDS_PER_DAY: f64 = 86_400.0;

/// What a shop sells: the ground of every ranking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Rows and weights, ascending by row; weights finite and above 0.
    pub(crate) weights: Vec<(u32, f32)>,
    /// Rows the shop sells or sold, in any order and with repeats: purchased,
    /// listed or sent back. What it only viewed, saved or shared is not among them.
    pub(crate) sold: Vec<u32>,
    /// Prices the shop asks for goods that the shard does not know.
    pub(crate) prices: Vec<PricePoint>,
    /// What it comes to in all shards; `None` where this one is all there is.
    pub(crate) whole: Option<Whole>,
}

/// What the profiles of one shop in all shards of a catalog come to together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Whole {
    /// Sum of the weights, each good counted once.
    pub mass: f64,
    /// Where the shop's prices lie.
    pub priced: Vec<Priced>,
}

/// How far a price lies from its category's mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priced {
    /// Row of the category table.
    pub category: u32,
    /// As a good's weight in the profile.
    pub weight: f64,
    /// Difference of ln price; NaN where either is unknown.
    pub distance: f64,
}

/// A price at which the shop sells something in a category.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PricePoint {
    /// Row of the category table.
    pub category: u32,
    /// Minor units, above 0.
    pub price: u64,
    /// As a good's weight in the profile.
    pub weight: f32,
}

impl Profile {
    /// The profile with these weights, rows ascending; others are left out.
    pub fn from_weights(weights: Vec<(u32, f32)>) -> Profile {
        let sold = weights.iter().map(|&(row, _)| row).collect();
        Profile {
            weights,
            sold,
            ..Profile::default()
        }
    }

    /// The profile as part of what it comes to in all shards.
    pub fn within(self, whole: Whole) -> Profile {
        Profile {
            whole: Some(whole),
            ..self
        }
    }

    /// The profile as part of one of this mass.
    pub fn of_mass(self, mass: f64) -> Profile {
        if !SEVERAL {
            return self;
        }
        let priced = Vec::new();
        self.within(Whole { mass, priced })
    }

    /// Number of goods that speak for others.
    pub fn len(&self) -> usize {
        self.weights.len()
    }

    /// Whether no good speaks.
    pub fn is_empty(&self) -> bool {
        self.weights.is_empty()
    }

    /// Rows and weights, ascending by row.
    pub fn weights(&self) -> &[(u32, f32)] {
        &self.weights
    }

    /// Adds an event of one piece, at an unknown time, to what was finished.
    pub(crate) fn add(&mut self, weights: &ProfileWeights, row: u32, kind: EventKind) {
        let event = Event {
            row,
            kind,
            quantity: 1.0,
            at: 0,
        };
        let place = self.weights.binary_search_by_key(&row, |&(row, _)| row);
        let before = place.map_or(0.0, |i| f64::from(self.weights[i].1));
        let sum = before + event_weight(weights, 0, &event);
        match (place, good_weight(weights, sum)) {
            (Ok(i), Some(weight)) => self.weights[i].1 = weight,
            (Err(i), Some(weight)) => self.weights.insert(i, (row, weight)),
            (_, None) => {}
        }
        if kind.is_sale() {
            self.sold.push(row);
        }
    }

    /// Sum of the weights, in all shards.
    pub fn mass(&self) -> f64 {
        match &self.whole {
            Some(whole) if SEVERAL => whole.mass,
            _ => self.weights.iter().map(|&(_, w)| f64::from(w)).sum(),
        }
    }
}

/// Something a shop did with a good of the shard.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Event {
    /// The good's row.
    pub row: u32,
    /// What the shop did.
    pub kind: EventKind,
    /// Above 0.
    pub quantity: f64,
    /// Seconds since 1970 UTC; 0 when unknown.
    pub at: i64,
}

/// Adds events up to a profile.
///
/// A good's weight is `sum of kind · f(quantity) · 2^(-(t_ref - t) / half-life)`,
/// as the shard's [`ProfileWeights`] say, or 1 where the sum is positive and the
/// weights are binary. An event after `t_ref` counts as one at it, and so does
/// one of unknown time.
#[derive(Clone, Debug)]
pub struct ProfileBuilder {
    weights: ProfileWeights,
    t_ref: i64,
    /// Rows of the events, each with its place in `adds`. A heap: a sort would
    /// be in the wasm module for this alone.
    rows: BinaryHeap<(u32, u32)>,
    /// What each event adds to its good's weight, in their order.
    adds: Vec<f64>,
    /// Rows with an event that puts a good on the shelf, or took it off again.
    sold: Vec<u32>,
}

impl ProfileBuilder {
    /// A builder for events up to `t_ref`, seconds since 1970 UTC.
    pub fn new(weights: &ProfileWeights, t_ref: i64) -> ProfileBuilder {
        ProfileBuilder {
            weights: weights.clone(),
            t_ref,
            rows: BinaryHeap::new(),
            adds: Vec::new(),
            sold: Vec::new(),
        }
    }

    /// Adds an event.
    pub fn add(&mut self, event: Event) {
        let weight = event_weight(&self.weights, self.t_ref, &event);
        self.rows.push((event.row, self.adds.len() as u32));
        self.adds.push(weight);
        if event.kind.is_sale() {
            self.sold.push(event.row);
        }
    }

    /// The profile. Weights of a good are added in the order of its events.
    pub fn finish(self) -> Profile {
        let rows = self.rows.into_sorted_vec();
        let mut profile = Profile {
            sold: self.sold,
            ..Profile::default()
        };
        for of_one in rows.chunk_by(|a, b| a.0 == b.0) {
            let row = of_one[0].0;
            let sum: f64 = of_one.iter().map(|&(_, i)| self.adds[i as usize]).sum();
            if let Some(weight) = good_weight(&self.weights, sum) {
                profile.weights.push((row, weight));
            }
        }
        profile
    }
}

/// What one event adds to its good's weight, before [`good_weight`].
pub fn event_weight(weights: &ProfileWeights, t_ref: i64, event: &Event) -> f64 {
    let kind = weights.kinds[event.kind as usize];
    let quantity = if weights.log_quantity {
        libm::log1p(event.quantity) / std::f64::consts::LN_2
    } else {
        1.0
    };
    kind * quantity * fading(weights.half_life, t_ref, event.at)
}

/// The weight of a good whose events add up to `sum`; none unless above 0.
pub fn good_weight(weights: &ProfileWeights, sum: f64) -> Option<f32> {
    if sum <= 0.0 || !sum.is_finite() {
        return None;
    }
    let weight = if weights.binary { 1.0 } else { sum as f32 };
    (weight.is_normal()).then_some(weight)
}

fn fading(half_life: f64, t_ref: i64, at: i64) -> f64 {
    if half_life == 0.0 || at == 0 || at >= t_ref {
        return 1.0;
    }
    exp2(-((t_ref - at) as f64) / (SECONDS_PER_DAY * half_life))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DAY: i64 = 86_400;

    fn weights() -> ProfileWeights {
        ProfileWeights {
            kinds: [1.0, -1.0, 0.0, 0.5, 1.0, 0.0, 0.0],
            log_quantity: true,
            half_life: 10.0,
            binary: false,
        }
    }

    fn event(row: u32, kind: EventKind, quantity: f64, at: i64) -> Event {
        Event {
            row,
            kind,
            quantity,
            at,
        }
    }

    fn profile(weights: &ProfileWeights, events: &[Event]) -> Profile {
        let mut builder = ProfileBuilder::new(weights, 100 * DAY);
        events.iter().for_each(|&e| builder.add(e));
        builder.finish()
    }

    #[test]
    fn weighs_kind_quantity_and_age() {
        let events = [
            event(7, EventKind::Purchase, 3.0, 100 * DAY),
            event(2, EventKind::Save, 1.0, 90 * DAY),
        ];
        assert_eq!(
            profile(&weights(), &events).weights(),
            [(2, 0.25), (7, 2.0)]
        );
    }

    #[test]
    fn what_was_all_sent_back_is_sold_but_does_not_speak() {
        let events = [
            event(1, EventKind::Purchase, 1.0, 0),
            event(1, EventKind::Return, 1.0, 0),
        ];
        let profile = profile(&weights(), &events);
        assert_eq!(
            (profile.weights(), &profile.sold[..]),
            (&[][..], &[1, 1][..])
        );
    }

    #[test]
    fn what_was_only_looked_at_is_not_sold() {
        let events = [
            event(1, EventKind::View, 1.0, 0),
            event(2, EventKind::List, 1.0, 0),
        ];
        assert_eq!(profile(&weights(), &events).sold, [2]);
    }

    #[test]
    fn binary_weights_count_a_good_once() {
        let weights = ProfileWeights {
            binary: true,
            ..weights()
        };
        let events = [
            event(1, EventKind::Purchase, 9.0, 0),
            event(1, EventKind::List, 2.0, 5),
        ];
        assert_eq!(profile(&weights, &events).weights(), [(1, 1.0)]);
    }

    proptest! {
        /// Whatever a file holds, weights stay finite, positive and in order.
        #[test]
        fn any_events_give_a_sound_profile(
            list in prop::collection::vec((0u32..9, 0usize..7, 1e-9f64..1e300, any::<i32>()), 0..30)
        ) {
            let events: Vec<Event> = list
                .iter()
                .map(|&(row, kind, q, at)| event(row, EventKind::ALL[kind], q, i64::from(at)))
                .collect();
            let profile = profile(&weights(), &events);
            prop_assert!(profile.weights().iter().all(|&(_, w)| w.is_finite() && w > 0.0));
            prop_assert!(profile.weights().windows(2).all(|w| w[0].0 < w[1].0));
        }
    }
}
