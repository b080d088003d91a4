//! What happens: a queue of steps in time, each of which is written and may
//! bring on others.
//!
//! ```text
//!   view ─ save ─ purchase ─┬─ purchase ─┬─ purchase …   until the pair ends
//!                 │         └─ return    └─ return
//!                 └─ list ─ share ─ referral             after the first one
//! ```
//!
//! The queue holds one step for each good of a shop, and no past: memory
//! grows with the shops' goods, not with the number of events.

use super::World;
use super::calendar::{DAY, SAMPLE_END, working_hour};
use super::plan::{Pair, Plan};
use super::random::{Dice, Stream};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Kinds of events, in the order in which they lead to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    View,
    Save,
    Purchase,
    Return,
    List,
    Share,
    Referral,
}

impl Kind {
    /// The kind's name in events.csv.
    pub fn name(self) -> &'static str {
        match self {
            Kind::View => "view",
            Kind::Save => "save",
            Kind::Purchase => "purchase",
            Kind::Return => "return",
            Kind::List => "list",
            Kind::Share => "share",
            Kind::Referral => "referral",
        }
    }
}

/// How often a first purchase is preceded by a view and by a save.
const BEFORE: [(Kind, f64); 2] = [(Kind::View, 0.5), (Kind::Save, 0.15)];

/// How often a later purchase is preceded by a view.
const VIEW_AGAIN: f64 = 0.12;

/// How often a good that was only looked at was also saved.
const SAVE_ONLY: f64 = 0.2;

/// How often a first purchase leads to a listing, that to a share, and that
/// to a referral.
const AFTER: [f64; 3] = [0.32, 0.25, 0.4];

/// Seldom does a shop order the same good again sooner, in days.
const SHORTEST: f64 = 3.0;

/// σ of the logarithm of the days between two orders.
const GAP_SPREAD: f64 = 0.45;

/// An event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Event {
    /// Seconds since 1970.
    pub at: i64,
    /// The shop's index.
    pub shop: u32,
    /// The good's index.
    pub good: u32,
    /// What happened.
    pub kind: Kind,
    /// Units, at least 1.
    pub quantity: u32,
    /// Minor units in all, if money changed hands.
    pub amount: Option<i64>,
    pair: u32,
}

/// A pair with what its shop still has to do.
struct Open {
    last: i64,
    gap: f64,
    new: bool,
}

/// The events of a world in the order of events.csv.
pub(super) struct Market<'a> {
    world: &'a World,
    dice: Dice,
    queue: BinaryHeap<Reverse<Event>>,
    pairs: Vec<Open>,
    first: f64,
    again: f64,
}

impl<'a> Market<'a> {
    /// A market in which nothing is planned.
    pub fn new(world: &'a World) -> Market<'a> {
        Market {
            world,
            dice: Dice::new(world.seed, Stream::Events),
            queue: BinaryHeap::new(),
            pairs: Vec::new(),
            first: 0.0,
            again: 0.0,
        }
    }

    /// Adds what a shop is going to do.
    pub fn add(&mut self, shop: usize, plan: &Plan) {
        for &(good, at) in &plan.looked {
            self.only_look(shop as u32, good, at);
        }
        for pair in &plan.taken {
            self.open(shop as u32, pair);
        }
    }

    /// Sets how often shops order again, so that about `target` events happen
    /// in all: between a twentieth of and twenty times the usual.
    pub fn aim(&mut self, target: u64) {
        let planned = self.queue.len() as f64 + self.first;
        let wanted = (target as f64 - planned) / self.again.max(1.0);
        let pace = wanted.clamp(0.05, 20.0);
        self.pairs.iter_mut().for_each(|pair| pair.gap /= pace);
    }

    fn only_look(&mut self, shop: u32, good: u32, at: i64) {
        for (kind, chance) in [(Kind::View, 1.0), (Kind::Save, SAVE_ONLY)] {
            let at = working_hour(&mut self.dice, at);
            if self.dice.chance(chance) {
                self.push(quiet(at, shop, good, kind));
            }
        }
    }

    fn open(&mut self, shop: u32, pair: &Pair) {
        let world = self.world;
        let good = &world.goods[pair.good as usize];
        let leaf = world.categories[good.category].leaf;
        let at = working_hour(&mut self.dice, pair.first);
        let first = quiet(at, shop, pair.good, Kind::Purchase);
        let index = self.pairs.len() as u32;
        self.push(Event {
            pair: index,
            ..first
        });
        if !pair.standing {
            self.before(shop, pair.good, at);
        }
        let (gap, new) = (f64::from(leaf.repeat), !pair.standing);
        self.pairs.push(Open {
            last: pair.last,
            gap,
            new,
        });
        let days = world
            .calendar
            .usual_days(leaf.season, pair.first, pair.last);
        self.expect(good.rates[0], days / gap, new);
    }

    /// Counts what a pair is going to bring on, on average.
    fn expect(&mut self, returns: f64, again: f64, new: bool) {
        let [list, share, referral] = AFTER;
        let after = list * (1.0 + share * (1.0 + referral));
        self.first += returns + if new { after } else { 0.0 };
        self.again += again * (1.0 + VIEW_AGAIN + returns);
    }

    /// A view and a save up to three weeks before a first purchase.
    fn before(&mut self, shop: u32, good: u32, at: i64) {
        let born = self.world.goods[good as usize].traits.born;
        for (kind, chance) in BEFORE {
            let days = self.dice.between(0.1, 21.0);
            let then = working_hour(&mut self.dice, at - (days * DAY as f64) as i64);
            let start = born.max(self.world.shops[shop as usize].start);
            if self.dice.chance(chance) && then >= start && then < at {
                self.push(quiet(then, shop, good, kind));
            }
        }
    }

    /// Queues an event, unless the sample is over by then.
    fn push(&mut self, event: Event) {
        if event.at < SAMPLE_END {
            self.queue.push(Reverse(event));
        }
    }

    /// Prices a purchase and queues what comes of it.
    fn buy(&mut self, event: Event) -> Event {
        let good = &self.world.goods[event.good as usize];
        let quantity = self.quantity(&event);
        let amount = Some(amount(good.price, good.moq, quantity, event.at));
        let bought = Event {
            quantity,
            amount,
            ..event
        };
        self.give_back(bought, good.rates[0]);
        let pair = &mut self.pairs[event.pair as usize];
        if std::mem::take(&mut pair.new) {
            self.after(bought);
        }
        self.buy_again(bought);
        bought
    }

    /// Least orders, more of them in season and for a larger shop.
    fn quantity(&mut self, event: &Event) -> u32 {
        let world = self.world;
        let good = &world.goods[event.good as usize];
        let season = world.categories[good.category].leaf.season;
        let size = world.shops[event.shop as usize].size / world.mean_goods;
        let scale = libm::pow(size, 0.3) * world.calendar.demand(season, event.at).sqrt();
        let lots = 1.0 + 0.9 * self.dice.exponential() * scale;
        good.moq.saturating_mul(lots.min(200.0) as u32)
    }

    fn give_back(&mut self, bought: Event, rate: f64) {
        if self.dice.chance(rate) {
            let part = self.dice.unit();
            let quantity = ((f64::from(bought.quantity) * part).ceil() as u32).max(1);
            let amount = bought
                .amount
                .map(|a| a * i64::from(quantity) / i64::from(bought.quantity));
            let back = Event {
                kind: Kind::Return,
                quantity,
                amount,
                ..bought
            };
            let days = self.dice.between(3.0, 25.0);
            self.later(bought.at, back, days);
        }
    }

    fn after(&mut self, bought: Event) {
        let Event { at, shop, good, .. } = bought;
        let mut days = 0.0;
        for (kind, chance) in [Kind::List, Kind::Share, Kind::Referral]
            .into_iter()
            .zip(AFTER)
        {
            if !self.dice.chance(chance) {
                break;
            }
            days += self.dice.between(1.0, 12.0);
            self.later(at, quiet(at, shop, good, kind), days);
        }
    }

    /// Queues the next purchase, sooner in season and while the good is hot.
    fn buy_again(&mut self, bought: Event) {
        let good = &self.world.goods[bought.good as usize];
        let leaf = self.world.categories[good.category].leaf;
        let calendar = &self.world.calendar;
        let heat = libm::exp(good.traits.heat(calendar, bought.at)).clamp(0.4, 2.5);
        let pair = &self.pairs[bought.pair as usize];
        let (gap, last) = ((pair.gap / heat).max(SHORTEST), pair.last);
        let median = gap * libm::exp(-0.5 * GAP_SPREAD * GAP_SPREAD);
        let days = self.dice.lognormal(median, GAP_SPREAD);
        let next = calendar
            .after(leaf.season, bought.at, days)
            .max(bought.at + DAY);
        if next < last {
            let viewed = self.dice.chance(VIEW_AGAIN);
            let Event {
                shop, good, pair, ..
            } = bought;
            let again = Event {
                pair,
                ..quiet(next, shop, good, Kind::Purchase)
            };
            self.later(bought.at, again, 0.0);
            if viewed {
                let early = self.dice.between(0.1, SHORTEST);
                self.later(bought.at, quiet(next, shop, good, Kind::View), -early);
            }
        }
    }

    /// Queues an event in the working hours this many days off, but after `now`.
    fn later(&mut self, now: i64, event: Event, days: f64) {
        let at = working_hour(&mut self.dice, event.at + (days * DAY as f64) as i64);
        self.push(Event {
            at: at.max(now + 60),
            ..event
        });
    }
}

impl Iterator for Market<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        let Reverse(event) = self.queue.pop()?;
        Some(if event.kind == Kind::Purchase {
            self.buy(event)
        } else {
            event
        })
    }
}

/// An event of one unit without money.
fn quiet(at: i64, shop: u32, good: u32, kind: Kind) -> Event {
    Event {
        at,
        shop,
        good,
        kind,
        quantity: 1,
        amount: None,
        pair: 0,
    }
}

/// What a purchase costs: prices rise by 2 % a year up to the list price at
/// the end, and five least orders are 3 % cheaper, ten 6 %.
fn amount(price: i64, moq: u32, quantity: u32, at: i64) -> i64 {
    let years = (SAMPLE_END - at) as f64 / super::traits::YEAR;
    let discount = match quantity / moq.max(1) {
        0..5 => 0.0,
        5..10 => 0.03,
        _ => 0.06,
    };
    let unit = price as f64 * (1.0 - 0.02 * years) * (1.0 - discount);
    ((unit * f64::from(quantity)).round() as i64).max(1)
}
