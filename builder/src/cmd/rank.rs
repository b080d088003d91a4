//! `goodsrank rank`: for one shop a table, for many a file.
//!
//! `npx goodsrank rank` takes the same arguments and gives the same bytes; a
//! test holds the two lists of arguments side by side.

use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::batch::{HEADER, Profiles, ProfilesReader, QueriesReader, write_ranking};
use goodsrank::events::Skip;
use goodsrank::good::RankedGood;
use goodsrank::info::CatalogInfo;
use goodsrank::policy::Policy;
use goodsrank::profile::Profile;
use goodsrank::report::table;
use goodsrank::rules::Rules;
use goodsrank::sales::SalesReader;
use goodsrank::{Engine, Query};
use rayon::prelude::*;
use serde::Serialize;

use super::{as_json, print_json};
use crate::error::{Error, Result};
use crate::input;
use crate::open::{Opened, open};
use crate::output::write_file;
use crate::progress::Step;

/// Shops ranked between two writes.
const ROUND: usize = 256;

/// Rank goods for one shop, or for every shop of a file.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("who").required(true).args(["shop", "sales", "queries"]))]
pub struct RankArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// A public shop's id
    #[arg(long, value_name = "ID")]
    shop: Option<String>,
    /// CSV of what a shop sells, matched by good_id, gtin, sku or title
    #[arg(long, value_name = "FILE")]
    sales: Option<PathBuf>,
    /// CSV whose first column, shop_id, says whom to rank for
    #[arg(long, value_name = "FILE", requires = "profiles")]
    queries: Option<PathBuf>,
    /// CSV of events that the queries' shops are ranked from
    #[arg(long, value_name = "FILE", requires = "queries", conflicts_with_all = ["shop", "sales"])]
    profiles: Option<PathBuf>,
    /// Goods for each shop, 1 to 10000
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// balanced or fit
    #[arg(long, default_value = "balanced")]
    policy: String,
    /// Rules as JSON, as {"categories":["food"],"priceMax":5000}
    #[arg(long, value_name = "JSON")]
    rules: Option<String>,
    /// File to write; standard output if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// What `--json` prints for one shop.
#[derive(Serialize)]
struct Answer {
    catalog: CatalogInfo,
    candidates: usize,
    known: usize,
    ranking: Vec<RankedGood>,
}

/// Runs `goodsrank rank`.
pub fn run(args: &RankArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    let query = Query {
        rules: rules(args.rules.as_deref())?,
        policy: Policy::preset(&args.policy)?,
        limit: args.limit,
    };
    match (&args.queries, &args.profiles) {
        (Some(queries), Some(profiles)) => many(args, &opened, queries, profiles, &query),
        _ => one(args, &opened, &query),
    }
}

fn rules(json: Option<&str>) -> Result<Rules> {
    let Some(json) = json else {
        return Ok(Rules::default());
    };
    serde_json::from_str(json).map_err(|e| {
        Error::Query(
            goodsrank::error::Kind::BadQuery {
                field: "rules",
                expected: "a JSON object of rules",
                found: e.to_string(),
            }
            .into(),
        )
    })
}

/// One shop: a table, or its rows as JSON.
fn one(args: &RankArgs, opened: &Opened, query: &Query) -> Result<()> {
    let engine = &opened.engine;
    let profile = match (&args.shop, &args.sales) {
        (Some(id), _) => engine.public_profile(id)?,
        (None, Some(file)) => sales_profile(engine, file)?,
        (None, None) => Profile::default(),
    };
    let ranking = engine.rank(&profile, query)?;
    let text = if args.json {
        let rows = (0..ranking.len()).map(|i| engine.ranked_good(&ranking, &profile, i));
        let rows = rows.collect::<goodsrank::Result<Vec<_>>>()?;
        as_json(&Answer {
            catalog: engine.info()?,
            candidates: ranking.candidates,
            known: ranking.known,
            ranking: rows,
        })
    } else {
        table(engine, &ranking, &profile)?
    };
    deliver(args, |out| {
        out.write_all(text.as_bytes())
            .map_err(Error::io("write", Path::new("the ranking")))
    })
}

fn sales_profile(engine: &Engine<Vec<u8>>, path: &Path) -> Result<Profile> {
    let mut reader = SalesReader::new(engine.shard());
    chunks(path, "reading sales", |chunk| reader.push(chunk))?;
    let matched = reader.finish().map_err(Error::file(path))?;
    for row in matched.unmatched() {
        eprintln!(
            "line {}: {:?} {:?} {}",
            row.line, row.label, row.status, row.reason
        );
    }
    Ok(matched.profile(engine))
}

/// Many shops: a rankings file.
fn many(
    args: &RankArgs,
    opened: &Opened,
    queries: &Path,
    profiles: &Path,
    query: &Query,
) -> Result<()> {
    let engine = &opened.engine;
    let mut reader = QueriesReader::default();
    chunks(queries, "reading queries", |chunk| reader.push(chunk))?;
    let shops = reader.finish().map_err(Error::file(queries))?;
    let mut reader = ProfilesReader::new(engine, &shops);
    chunks(profiles, "reading profiles", |chunk| reader.push(chunk))?;
    let profiles = reader.finish().map_err(Error::file(profiles))?;
    report_skipped(&profiles);
    deliver(args, |out| {
        let step = Step::new("ranking", shops.len() as u64);
        let mut write = |text: &str| {
            out.write_all(text.as_bytes())
                .map_err(Error::io("write", Path::new("the rankings")))
        };
        write(HEADER)?;
        for (round, shops) in profiles.by_shop.chunks(ROUND).enumerate() {
            for text in rank_round(engine, shops, query)? {
                write(&text)?;
            }
            step.at((round * ROUND) as u64);
        }
        Ok(())
    })?;
    if args.json && args.out.is_some() {
        print_json(
            &serde_json::json!({ "queries": shops.len(), "skipped": profiles.skipped }),
        );
    }
    Ok(())
}

/// Ranks some shops in parallel, their lines in the shops' order.
fn rank_round(
    engine: &Engine<Vec<u8>>,
    shops: &[(String, Profile)],
    query: &Query,
) -> Result<Vec<String>> {
    let rank = |(shop, profile): &(String, Profile)| {
        let mut text = String::new();
        write_ranking(engine, shop, profile, query, &mut text)?;
        Ok(text)
    };
    shops.par_iter().map(rank).collect()
}

fn report_skipped(profiles: &Profiles) {
    for (skip, count) in Skip::ALL
        .iter()
        .zip(profiles.skipped)
        .filter(|&(_, count)| count > 0)
    {
        eprintln!("skipped {count} events: {}", skip.name());
    }
}

fn deliver(
    args: &RankArgs,
    fill: impl FnOnce(&mut dyn std::io::Write) -> Result<()>,
) -> Result<()> {
    match &args.out {
        Some(path) => write_file(path, fill),
        None => fill(&mut std::io::stdout().lock()),
    }
}

/// Reads a file in pieces.
fn chunks(
    path: &Path,
    name: &str,
    each: impl FnMut(&[u8]) -> goodsrank::Result<()>,
) -> Result<()> {
    let (file, step) = input::open(path, name)?;
    input::each_chunk(path, file, &step, each)
}
