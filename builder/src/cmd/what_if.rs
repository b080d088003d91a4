//! `goodsrank what-if`: what would move a good up in a shop's ranking?

use std::path::PathBuf;

use clap::Args;
use goodsrank::Query;
use goodsrank::batch::Nats;
use goodsrank::what_if::{Move, WhatIf};

use super::rank::{Weighing, shop_of};
use super::{grouped, print_json};
use crate::error::Result;
use crate::open::open;

/// What a supplier could change of a good so that a shop sees it higher up.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("who").required(true).args(["shop", "sales"]))]
pub struct WhatIfArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// The good's id
    #[arg(long, value_name = "ID")]
    good: String,
    /// A public shop's id
    #[arg(long, value_name = "ID")]
    shop: Option<String>,
    /// CSV of what a shop sells, matched by good_id, gtin, sku or title
    #[arg(long, value_name = "FILE")]
    sales: Option<PathBuf>,
    /// The good is to be among so many, 1 to 10000
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    weighing: Weighing,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank what-if`.
pub fn run(args: &WhatIfArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    let (who, sales) = (args.shop.as_deref(), args.sales.as_deref());
    let shop = shop_of(&opened.many, who, sales)?;
    let query = Query {
        rules: args.weighing.rules()?,
        policy: args.weighing.policy()?,
        channel: args.weighing.channel()?,
        limit: args.limit,
        ..Query::default()
    };
    let answer = opened.many.what_if(&shop, &query, &args.good)?;
    if args.json {
        print_json(&answer);
    } else {
        print!("{}", text(&answer, &args.good, args.limit));
    }
    Ok(())
}

fn text(answer: &WhatIf, good: &str, limit: usize) -> String {
    let count = |n: usize| grouped(n as u64);
    let mut out = format!(
        "{good} is number {} of {} for this shop, with {} nats\n",
        count(answer.place),
        count(answer.goods),
        Nats(answer.score)
    );
    for rule in &answer.blocked {
        out += &format!("the shop's rule {rule} keeps it out, whatever its score\n");
    }
    if answer.place <= limit {
        return out + &format!("it is among the first {} already\n", count(limit));
    }
    let needed = Nats(answer.needed);
    out += &format!("the first {} need {needed}; each alone:\n", count(limit));
    if answer.moves.is_empty() {
        return out + "  no price, lead time or minimum order moves it up\n";
    }
    let line = |step: &Move| {
        let from = grouped(step.from);
        format!(
            "  {:<9} {from:>9} -> {:>9}  number {}\n",
            step.lever,
            grouped(step.to),
            count(step.place)
        )
    };
    answer
        .moves
        .iter()
        .map(line)
        .fold(out, |out, line| out + &line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_is_read_in_a_glance() {
        let step = |lever, from, to, place| Move {
            lever,
            from,
            to,
            place,
            score: 0,
        };
        let mut answer = WhatIf {
            place: 1_204,
            goods: 2_000,
            score: -3_500_000,
            needed: -1_250_000,
            blocked: vec!["moqMax"],
            moves: vec![
                step("price", 12_000, 10_800, 20),
                step("leadTime", 30, 3, 145),
            ],
        };
        assert_eq!(
            text(&answer, "G1", 20),
            "G1 is number 1,204 of 2,000 for this shop, with -3.500000 nats\n\
             the shop's rule moqMax keeps it out, whatever its score\n\
             the first 20 need -1.250000; each alone:\n  \
             price        12,000 ->    10,800  number 20\n  \
             leadTime         30 ->         3  number 145\n"
        );
        (answer.place, answer.blocked) = (7, Vec::new());
        assert_eq!(
            text(&answer, "G1", 20),
            "G1 is number 7 of 2,000 for this shop, with -3.500000 nats\n\
             it is among the first 20 already\n"
        );
    }
}
