//! `goodsrank build`: a catalog becomes shards.

use std::path::PathBuf;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clap::Args;
use goodsrank::events::{DAY, TIME_EXPECTED, parse_time};
use goodsrank::manifest::Manifest;
use serde::Serialize;

use super::{grouped, print_json};
use crate::error::{Error, Result};
use crate::ingest::{self, CAUSE_EXPECTED, IngestOptions, Skipped, why};
use crate::learn::{
    self, DENSE_GOODS, Effort, KERNEL_BYTES, LearnOptions, LearnReport, SeasonReport,
};
use crate::manifest::notes_on;
use crate::open::is_build;
use crate::output::write_folder;
use crate::pack::{PackOptions, PublishShops, SHARD_GOODS, pack};

/// Build shards from a catalog of goods, events and, optionally, suppliers and shops.
#[derive(Args, Debug)]
pub struct BuildArgs {
    /// Folder with goods and events as CSV, Parquet or JSON Lines
    catalog: PathBuf,
    /// Folder to write; an earlier build in it is replaced
    #[arg(long)]
    out: PathBuf,
    /// Shops that must stand behind each pair of goods and each single figure; 1 marks the shard
    /// as not for publication
    #[arg(long, value_name = "K", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    min_shops: u32,
    /// Whose profiles the shard holds
    #[arg(long, value_enum, default_value_t)]
    publish_shops: PublishShops,
    /// Bytes that the kernel may take of each good
    #[arg(long, value_name = "BYTES", default_value_t = KERNEL_BYTES as u32, value_parser = clap::value_parser!(u32).range(44..=65536))]
    kernel_bytes: u32,
    /// How long to look for the best kernel
    #[arg(long, value_enum, default_value_t)]
    effort: Effort,
    /// Days that the shards are to serve; a quarter of the history if left out
    #[arg(long, value_name = "DAYS", value_parser = days)]
    horizon: Option<f64>,
    /// Print how every kernel answered held-out history
    #[arg(long)]
    explain: bool,
    /// Currency of the shard; the catalog's most frequent one if left out
    #[arg(long, value_name = "CODE")]
    currency: Option<String>,
    /// The most goods of a shard; a larger catalog becomes several
    #[arg(long, value_name = "N", default_value_t = SHARD_GOODS, value_parser = clap::value_parser!(u32).range(1..=16_777_216))]
    shard_goods: u32,
    /// Leave out the search postings that the text rule needs
    #[arg(long)]
    no_search: bool,
    /// Skip events after this time, as 2026-06-30; a day from now if left out
    #[arg(long, value_name = "TIME", value_parser = time)]
    until: Option<i64>,
    /// Refuse a catalog with events that would be skipped
    #[arg(long)]
    strict: bool,
    /// Threads; as many as there are processors if left out
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    threads: usize,
    /// Print a report for machines
    #[arg(long)]
    json: bool,
}

/// Per cent hidden from which a build warns. Most pairs of a sparse catalog are
/// single shops' anyway; beyond this hardly a neighbour is left.
const NEARLY_ALL: f64 = 98.0;

/// What a build made, left out and hid.
#[derive(Serialize)]
struct Report {
    seconds: f64,
    out: PathBuf,
    goods: u64,
    shops: u64,
    events: u64,
    public_shops: u64,
    bytes: u64,
    bytes_per_good: f64,
    skipped: Skipped,
    learned: LearnReport,
    manifest: Manifest,
}

/// Runs `goodsrank build`.
pub fn run(args: &BuildArgs) -> Result<()> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(args.threads)
        .build();
    let pool =
        pool.map_err(|e| Error::catalog(&args.catalog, format!("no threads: {e}")))?;
    let report = pool.install(|| build(args))?;
    if args.json {
        print_json(&report);
    } else {
        print(&report);
        if args.explain {
            explain(&report.learned);
            explain_seasons(&report.learned.seasons);
        }
    }
    Ok(())
}

fn build(args: &BuildArgs) -> Result<Report> {
    let started = Instant::now();
    let options = IngestOptions {
        strict: args.strict,
        currency: args.currency.clone(),
        until: args.until.unwrap_or_else(tomorrow),
    };
    let catalog = ingest::read(&args.catalog, &options)?;
    let options = LearnOptions {
        min_shops: args.min_shops,
        kernel_bytes: args.kernel_bytes as usize,
        effort: args.effort,
        horizon: args.horizon,
        publish_shops: args.publish_shops,
        ..LearnOptions::default()
    };
    let learned = learn::learn(&catalog, &options);
    let options = PackOptions {
        publish_shops: args.publish_shops,
        search: !args.no_search,
        shard_goods: args.shard_goods as usize,
    };
    let notes = notes_on(&args.out);
    let manifest = write_folder(&args.out, "build", is_build, |aside| {
        pack(&catalog, &learned, options, aside)
    })?;
    notes.iter().for_each(|note| eprintln!("{note}"));
    let bytes = manifest.shards.iter().map(|s| s.bytes).sum();
    let shops = &catalog.events.shops;
    let ships = |&(shop, _): &(u32, _)| args.publish_shops.ships(&shops[shop as usize]);
    let shipped = catalog.events.by_shop().filter(ships).count();
    Ok(Report {
        seconds: started.elapsed().as_secs_f64(),
        out: args.out.clone(),
        goods: manifest.goods,
        shops: learned.model.shops,
        events: learned.model.events,
        public_shops: shipped as u64,
        bytes,
        bytes_per_good: bytes as f64 / manifest.goods.max(1) as f64,
        skipped: catalog.skipped,
        learned: learned.report,
        manifest,
    })
}

fn print(report: &Report) {
    println!(
        "built {} from {} events of {} shops in {:.1} s",
        report.out.display(),
        grouped(report.events),
        grouped(report.shops),
        report.seconds
    );
    println!(
        "  {} goods, {} bytes, {:.0} a good; profiles of {} shops",
        grouped(report.goods),
        grouped(report.bytes),
        report.bytes_per_good,
        grouped(report.public_shops)
    );
    print_model(report);
    print_hidden(report);
    print_skipped(&report.skipped);
}

fn print_model(report: &Report) {
    let learned = &report.learned;
    let bytes = learned.kernel_bytes as f64 / report.goods.max(1) as f64;
    let heat = match learned.heat {
        0.0 => String::new(),
        heat => format!(", heat to the {heat}"),
    };
    println!(
        "  kernel: {}{heat}; {bytes:.0} bytes a good",
        learned.recipe
    );
    if learned.too_many_goods > 0 {
        println!(
            "  {} goods are too many for regression, whose limit is {}: heat flow and its filters were tried",
            grouped(learned.too_many_goods as u64),
            grouped(DENSE_GOODS as u64)
        );
    }
    if learned.queries.is_empty() {
        println!("  too little history to choose by");
        return;
    }
    println!(
        "  chosen on held-out history, cut {} times; the latest: NDCG@20 {:.4} over {} shops",
        learned.queries.len(),
        learned.ndcg,
        grouped(learned.queries[0] as u64)
    );
    if learned.too_many_shops > 0 {
        println!(
            "  {} public shops are too many to learn from: goods rank shops by their own fit",
            grouped(learned.too_many_shops as u64)
        );
    }
    if let Some(shops) = &learned.shops {
        println!(
            "  shops for a good: {}; NDCG@20 {:.4}",
            shops.recipe, shops.ndcg
        );
    }
}

/// How every recipe answered every cut, and what came of what was chosen.
fn explain(learned: &LearnReport) {
    if learned.queries.is_empty() {
        return;
    }
    println!("\nNDCG@20 by cut of the history, latest first, and their geometric mean");
    for (i, trial) in learned.trials.iter().enumerate() {
        let mark = if learned.chosen == Some(i) {
            "→"
        } else {
            " "
        };
        if trial.is_possible() {
            let cuts: Vec<String> =
                trial.ndcg.iter().map(|x| format!("{x:.4}")).collect();
            println!(
                "{mark} {}  {:.4}  {}",
                cuts.join("  "),
                trial.score(),
                trial.recipe
            );
        } else {
            println!("{mark} not possible here: {}", trial.recipe);
        }
    }
    for heat in &learned.heats {
        let mark = if learned.heat == heat.exponent {
            "→"
        } else {
            " "
        };
        let cuts: Vec<String> = heat.ndcg.iter().map(|x| format!("{x:.4}")).collect();
        println!(
            "{mark} {}  with heat to the {}",
            cuts.join("  "),
            heat.exponent
        );
    }
    if !learned.heats.is_empty() && learned.heat == 0.0 {
        println!("  heat stays out: it has to be better by 1 % on every cut");
    }
    for (goods, ndcg) in &learned.ndcg_young {
        println!("NDCG@20 of shops of which {goods} goods are known: {ndcg:.4}");
    }
    println!("\nhow often P came true, in shops that the calibration was not made from");
    println!("{:>10}  {:>10}  {:>12}", "P said", "adopted", "times");
    for row in &learned.reliability {
        println!(
            "{:>10.5}  {:>10.5}  {:>12}",
            row.said,
            row.adopted,
            grouped(row.seen)
        );
    }
}

/// Whether the seasons foretold months that they had not seen.
fn explain_seasons(seasons: &SeasonReport) {
    let SeasonReport {
        cuts, better, gain, ..
    } = seasons;
    if *cuts == 0 {
        println!("\nseasons: none, for want of a year and a month of purchases");
        return;
    }
    println!(
        "\nseasons: {gain:+.5} nats a purchase beside none, better on {better} of {cuts} months \
         not seen{}",
        if seasons.ship() {
            ""
        } else {
            ": they stay out"
        }
    );
}

fn time(text: &str) -> std::result::Result<i64, String> {
    parse_time(text).ok_or_else(|| format!("expected {TIME_EXPECTED}"))
}

/// A day from now: of two clocks one may be ahead, but an event of next year
/// would make all others look old.
fn tomorrow() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(i64::MAX, |since| since.as_secs() as i64 + DAY)
}

fn days(text: &str) -> std::result::Result<f64, String> {
    match text.parse() {
        Ok(days) if (1.0..=3660.0).contains(&days) => Ok(days),
        _ => Err("expected days, 1 to 3660".to_owned()),
    }
}

fn print_hidden(report: &Report) {
    let (learned, k) = (&report.learned, report.manifest.model.min_shops);
    let share = |part: u64, whole: u64| 100.0 * part as f64 / whole.max(1) as f64;
    let pairs = share(learned.hidden_pairs, learned.pairs);
    let goods = share(learned.hidden_goods as u64, report.goods);
    println!(
        "  hidden, fewer than {k} shops: {} of {} pairs of goods ({pairs:.0} %), the figures of {} \
         goods ({goods:.0} %)",
        grouped(learned.hidden_pairs),
        grouped(learned.pairs),
        grouped(learned.hidden_goods as u64)
    );
    if pairs > NEARLY_ALL || goods > NEARLY_ALL {
        eprintln!(
            "warning: nearly everything is hidden; more shops, or a smaller --min-shops where \
             their owners agree, would show more"
        );
    }
    if !report.manifest.publishable {
        eprintln!(
            "warning: built with --min-shops 1, which shows single shops: not for publication"
        );
    }
}

fn print_skipped(skipped: &Skipped) {
    if skipped.events() > 0 {
        println!(
            "  skipped {} events: {}",
            grouped(skipped.events()),
            why(skipped)
        );
    }
    if skipped.unknown_cause > 0 {
        println!(
            "  skipped {} causes: {CAUSE_EXPECTED}",
            grouped(skipped.unknown_cause)
        );
    }
    if !skipped.unused_columns.is_empty() {
        println!("  columns not used: {}", skipped.unused_columns.join(", "));
    }
}
