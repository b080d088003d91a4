//! Which touches were caused: whose first event with a good names another shop
//! that had touched the good before.

use super::CatalogEvent;

/// An event that names a shop as its cause.
#[derive(Clone, Copy, Debug)]
pub struct Named {
    /// The event.
    pub event: CatalogEvent,
    /// The cause's place among the shops; `None` where it is no shop of theirs.
    pub by: Option<u32>,
}

/// Shops and goods between which the first event was caused, ascending, and how
/// many events name a cause that is none: an unknown shop, the shop itself, or
/// one that touched the good no earlier. `list` is sorted as a catalog's events;
/// an event without a time is neither first nor caused.
pub fn caused(list: &[CatalogEvent], named: &[Named]) -> (Vec<(u32, u32)>, u64) {
    let (mut pairs, mut wrong) = (Vec::new(), 0);
    for Named { event, by } in named {
        let earlier = |&by: &u32| {
            let touched = first_at(list, by, event.good);
            by != event.shop && touched.is_some_and(|at| at < event.at)
        };
        match by.filter(earlier) {
            None => wrong += 1,
            Some(_) if first_at(list, event.shop, event.good) == Some(event.at) => {
                pairs.push((event.shop, event.good));
            }
            Some(_) => {}
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    (pairs, wrong)
}

/// When a shop first touched a good, of the events that have a time.
fn first_at(list: &[CatalogEvent], shop: u32, good: u32) -> Option<i64> {
    let start = list.partition_point(|e| (e.shop, e.good, e.at) < (shop, good, 1));
    let first = list
        .get(start)
        .filter(|e| (e.shop, e.good) == (shop, good))?;
    Some(first.at)
}
