//! `goodsrank sample`: a catalog to try things with.

use std::cell::RefCell;
use std::path::PathBuf;

use clap::Args;

use super::{grouped, print_json};
use crate::error::Result;
use crate::progress::Step;
use crate::sample::{SampleOptions, write_sample};

/// Make a realistic catalog whose truth is known.
#[derive(Args, Debug)]
pub struct SampleArgs {
    /// Folder to write; an earlier sample in it is replaced
    out: PathBuf,
    /// Goods, 1 to 1,000,000
    #[arg(long, default_value_t = SampleOptions::default().goods)]
    goods: u32,
    /// Shops, 1 to 1,000,000
    #[arg(long, default_value_t = SampleOptions::default().shops)]
    shops: u32,
    /// Months of history, 1 to 60
    #[arg(long, default_value_t = SampleOptions::default().months)]
    months: u32,
    /// About how many events; 13 for each shop and month if left out
    #[arg(long)]
    events: Option<u64>,
    /// Another seed, another market
    #[arg(long, default_value_t = SampleOptions::default().seed)]
    seed: u64,
    /// Print a report for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank sample`.
pub fn run(args: &SampleArgs) -> Result<()> {
    let options = SampleOptions {
        goods: args.goods,
        shops: args.shops,
        months: args.months,
        seed: args.seed,
        events: args.events,
    };
    let step: RefCell<Option<Step>> = RefCell::new(None);
    let progress = |done: u64, total: u64| {
        step.borrow_mut()
            .get_or_insert_with(|| Step::new("making events", total))
            .at(done);
    };
    let summary = write_sample(&args.out, &options, &progress)?;
    drop(step);
    if args.json {
        print_json(&serde_json::json!({
            "out": args.out, "goods": summary.goods, "shops": summary.shops,
            "events": summary.events, "suppliers": summary.suppliers,
        }));
    } else {
        println!(
            "made {}: {} goods, {} shops, {} events",
            args.out.display(),
            grouped(summary.goods),
            grouped(summary.shops),
            grouped(summary.events)
        );
    }
    Ok(())
}
