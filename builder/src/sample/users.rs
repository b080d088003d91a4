//! Users of the first shop: made-up customers and what they ordered, as a merchant
//! would export them. Ids are `u00001`; addresses are of example.com, which is kept
//! for examples.
//!
//! A customer comes by one source, has one favourite among the shop's goods and
//! buys it, or goods of its category, more often than others. Who came by WeChat
//! comes back more often, and one in eight says nothing of consent.

use super::World;
use super::calendar::{DAY, SAMPLE_END};
use super::plan::Plan;
use super::random::{Dice, Stream};
use super::tables::{Table, good_id};
use crate::error::Result;
use std::path::Path;

/// How many customers there are.
const USERS: usize = 300;

/// Days over which they ordered.
const DAYS: f64 = 360.0;

/// Where they came from, how many of a hundred, and orders each beyond the first.
const SOURCES: [(&str, usize, f64); 4] = [
    ("kol", 15, 0.9),
    ("wechat", 25, 3.0),
    ("xiaohongshu", 30, 0.7),
    ("taobao", 30, 0.5),
];

/// The columns of orders.csv.
const ORDERS: &str = "order_id,customer_id,at,good_id,quantity,source";

/// The columns of customers.csv.
const CUSTOMERS: &str = "customer_id,email,accepts_email";

/// Writes orders.csv and customers.csv of the shop with this plan.
pub(super) fn write_users(folder: &Path, world: &World, plan: &Plan) -> Result<()> {
    let mut dice = Dice::new(world.seed, Stream::Users);
    let mut customers = Table::create(folder, "customers.csv", CUSTOMERS)?;
    let mut orders = Vec::new();
    for user in 0..USERS {
        let id = format!("u{:05}", user + 1);
        let accepts = match dice.below(8) {
            0 => "",
            1 | 2 => "no",
            _ => "yes",
        };
        customers.row([&id, &format!("{id}@example.com"), accepts])?;
        orders.extend(orders_of(&mut dice, world, plan, &id));
    }
    customers.finish()?;
    orders.sort_unstable();
    let mut table = Table::create(folder, "orders.csv", ORDERS)?;
    for (i, (at, id, good, quantity, source)) in orders.iter().enumerate() {
        let (order, quantity) = (format!("o{:05}", i + 1), quantity.to_string());
        let (at, good) = (at.to_string(), good_id(*good as usize));
        table.row([&order, id, &at, &good, &quantity, *source])?;
    }
    table.finish()
}

/// When, who, what, how many, by which source.
type Order = (i64, String, u32, usize, &'static str);

fn orders_of(dice: &mut Dice, world: &World, plan: &Plan, id: &str) -> Vec<Order> {
    let mut lot = dice.below(100);
    let came = SOURCES.iter().find(|&&(_, share, _)| {
        let here = lot < share;
        lot = lot.saturating_sub(share);
        here
    });
    let &(source, _, more) = came.unwrap_or(&SOURCES[0]);
    let goods = &plan.taken;
    if goods.is_empty() {
        return Vec::new();
    }
    let favourite = dice.below(goods.len());
    let category = |i: usize| world.goods[goods[i].good as usize].category;
    let alike: Vec<usize> = (0..goods.len())
        .filter(|&i| category(i) == category(favourite))
        .collect();
    let count = 1 + (dice.exponential() * more).round_ties_even() as usize;
    let order = |_| {
        let good = match dice.chance(0.8) {
            true => alike[dice.below(alike.len())],
            false => dice.below(goods.len()),
        };
        let at = SAMPLE_END - (dice.unit() * DAYS * DAY as f64) as i64;
        let quantity = 1 + dice.below(3);
        (at, id.to_owned(), goods[good].good, quantity, source)
    };
    (0..count.min(40)).map(order).collect()
}
