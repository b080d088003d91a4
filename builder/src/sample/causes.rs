//! Which events another shop brought about: a shop that shares a good is named by
//! some of those that touch it for the first time soon after.

use std::collections::HashSet;

use super::World;
use super::calendar::DAY;
use super::events::{Event, Kind};
use super::goods::logistic;
use super::random::{Dice, Stream};

/// Most of the first touches right after a share are the share's, for a good that
/// everybody likes.
const MOST: f64 = 0.7;
/// A share is forgotten by half in so many days.
const HALF_LIFE: f64 = 60.0;

/// The latest share of each good, and who has touched what.
pub(super) struct Causes<'a> {
    world: &'a World,
    dice: Dice,
    shared: Vec<Option<Event>>,
    touched: HashSet<(u32, u32)>,
}

impl<'a> Causes<'a> {
    /// Nothing has happened yet.
    pub fn new(world: &'a World) -> Causes<'a> {
        Causes {
            world,
            dice: Dice::new(world.seed, Stream::Causes),
            shared: vec![None; world.goods.len()],
            touched: HashSet::new(),
        }
    }

    /// The index of the shop that brought an event about, if one did. Events come
    /// in the order of time.
    pub fn of(&mut self, event: &Event) -> Option<u32> {
        let is_first = self.touched.insert((event.shop, event.good));
        let shared = &mut self.shared[event.good as usize];
        let cause = shared.filter(|shared| is_first && shared.at < event.at);
        if matches!(event.kind, Kind::Share | Kind::Referral) {
            *shared = Some(*event);
        }
        let cause = cause?;
        let days = (event.at - cause.at) as f64 / DAY as f64;
        let appeal = self.world.goods[event.good as usize].traits.appeal;
        let chance = MOST * logistic(2.0 * appeal) * libm::exp2(-days / HALF_LIFE);
        self.dice.chance(chance).then_some(cause.shop)
    }
}
