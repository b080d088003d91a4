//! `goodsrank rank`: for one shop or good a table, for many a file.
//!
//! `npx goodsrank rank` takes the same arguments and gives the same bytes; a
//! test holds the two lists of arguments side by side.

use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::batch::{HEADER, Ids, IdsReader, Profiles, ProfilesReader, Subject};
use goodsrank::channel::{CHANNEL_EXPECTED, Channel};
use goodsrank::diversity::Diversity;
use goodsrank::events::Skip;
use goodsrank::feedback::{Feedback, FeedbackReader, Heard};
use goodsrank::good::RankedGood;
use goodsrank::info::CatalogInfo;
use goodsrank::many::{Many, Parts};
use goodsrank::policy::{POLICY_EXPECTED, Policy};
use goodsrank::profile::Profile;
use goodsrank::report::table;
use goodsrank::rules::{Removed, Rule, Rules};
use goodsrank::sales::{SalesMatch, SalesReader, UnmatchedRow};
use goodsrank::shops::{RankedShop, shop_table};
use goodsrank::{Engine, Query};
use rayon::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{as_json, print_json};
use crate::error::{Error, Result};
use crate::input;
use crate::open::{Opened, Shard, open};
use crate::output::write_file;
use crate::progress::Step;

/// Queries ranked between two writes.
const ROUND: usize = 256;

/// Rank goods for a shop, shops for a good, or either for each of a file.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("who").required(true).args(["shop", "sales", "good", "queries"]))]
pub struct RankArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// A public shop's id
    #[arg(long, value_name = "ID")]
    shop: Option<String>,
    /// CSV of what a shop sells, matched by good_id, gtin, sku or title
    #[arg(long, value_name = "FILE")]
    sales: Option<PathBuf>,
    /// A good's id, to rank public shops for it
    #[arg(long, value_name = "ID")]
    good: Option<String>,
    /// CSV whose first column, shop_id or good_id, says whom to rank for
    #[arg(long, value_name = "FILE")]
    queries: Option<PathBuf>,
    /// CSV of events that the queries' shops are ranked from
    #[arg(long, value_name = "FILE", requires = "queries")]
    profiles: Option<PathBuf>,
    /// CSV whose first column, good_id, says which goods may be ranked
    #[arg(long, value_name = "FILE", conflicts_with = "good")]
    only: Option<PathBuf>,
    /// CSV of good_id, action (listed, saved, notForMe) and reason, which moves the policy
    #[arg(long, value_name = "FILE", conflicts_with_all = ["good", "queries"])]
    feedback: Option<PathBuf>,
    /// Rows for each, 1 to 10000
    #[arg(long, default_value_t = 20)]
    limit: usize,
    #[command(flatten)]
    weighing: Weighing,
    /// What is shown of the best, as {"collapse":true,"perSupplier":3,"explore":0.1}
    #[arg(long, value_name = "JSON")]
    diversity: Option<String>,
    /// File to write; standard output if left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// What a ranking weighs and leaves out, in the words of the command line.
#[derive(Args, Debug)]
pub(super) struct Weighing {
    /// A preset, as profit, or weights as JSON, as {"fit":1,"margin":0.5}
    #[arg(long, default_value = "balanced")]
    policy: String,
    /// Where the shop sells: own, marketplace, live, or costs as JSON
    #[arg(long, default_value = "own")]
    channel: String,
    /// Rules as JSON, as {"categories":["food"],"priceMax":5000}
    #[arg(long, value_name = "JSON")]
    rules: Option<String>,
}

impl Weighing {
    pub(super) fn rules(&self) -> Result<Rules> {
        match &self.rules {
            Some(json) => from_json(json, "rules", "a JSON object of rules"),
            None => Ok(Rules::default()),
        }
    }

    /// A preset, or an object of weights.
    pub(super) fn policy(&self) -> Result<Policy> {
        match self.policy.starts_with('{') {
            true => from_json(&self.policy, "policy", POLICY_EXPECTED),
            false => Ok(Policy::preset(&self.policy)?),
        }
    }

    /// Likewise of costs.
    pub(super) fn channel(&self) -> Result<Channel> {
        match self.channel.starts_with('{') {
            true => from_json(&self.channel, "channel", CHANNEL_EXPECTED),
            false => Ok(Channel::preset(&self.channel)?),
        }
    }
}

/// What `--json` prints for one shop.
#[derive(Serialize)]
struct Answer<'a> {
    catalog: Option<CatalogInfo<'a>>,
    policy: Policy,
    candidates: usize,
    known: usize,
    removed: Vec<Removed>,
    relax: Option<Removed>,
    ranking: Vec<RankedGood>,
}

/// What `--json` prints for one good.
#[derive(Serialize)]
struct ShopsAnswer<'a> {
    catalog: Option<CatalogInfo<'a>>,
    good: &'a str,
    ranking: Vec<RankedShop>,
}

/// Runs `goodsrank rank`.
pub fn run(args: &RankArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    if let Some(good) = &args.good {
        return shops(args, &opened, good);
    }
    let mut rules = args.weighing.rules()?;
    if let Some(path) = &args.only {
        let goods = goods_of(path, "reading the allow-list")?;
        rules.set(Rule::Only, goods.into())?;
    }
    let query = Query {
        rules,
        policy: args.weighing.policy()?,
        channel: args.weighing.channel()?,
        diversity: diversity(args.diversity.as_deref())?,
        limit: args.limit,
    };
    match &args.queries {
        Some(queries) => many(args, &opened, queries, &query),
        None => one(args, &opened, query),
    }
}

/// The goods that a file lists.
pub(super) fn goods_of(path: &Path, name: &str) -> Result<Vec<String>> {
    ids(path, name)?.goods().map_err(Error::file(path))
}

fn ids(path: &Path, name: &str) -> Result<Ids> {
    let mut reader = IdsReader::default();
    chunks(path, name, |chunk| reader.push(chunk))?;
    reader.finish().map_err(Error::file(path))
}

/// What the merchant said of goods.
fn feedback(path: &Path) -> Result<Vec<Feedback>> {
    let mut reader = FeedbackReader::default();
    chunks(path, "reading feedback", |chunk| reader.push(chunk))?;
    reader.finish().map_err(Error::file(path))
}

/// One good: the shops for it.
fn shops(args: &RankArgs, opened: &Opened, good: &str) -> Result<()> {
    let ranking = opened.many.ranked_shops(good, args.limit)?;
    let text = if args.json {
        as_json(&ShopsAnswer {
            catalog: opened.many.info()?,
            good,
            ranking,
        })
    } else {
        shop_table(&ranking)
    };
    print_text(args, &text)
}

fn diversity(json: Option<&str>) -> Result<Diversity> {
    match json {
        Some(json) => from_json(json, "diversity", "a JSON object of limits"),
        None => Ok(Diversity::default()),
    }
}

/// A value that an argument gives as JSON.
pub(super) fn from_json<T: DeserializeOwned>(
    json: &str,
    field: &'static str,
    expected: &'static str,
) -> Result<T> {
    serde_json::from_str(json).map_err(|e| {
        let found = e.to_string();
        let kind = goodsrank::error::Kind::BadQuery {
            field,
            expected,
            found,
        };
        Error::Query(kind.into())
    })
}

/// One shop: a table, or its rows as JSON.
fn one(args: &RankArgs, opened: &Opened, query: Query) -> Result<()> {
    let many = &opened.many;
    let (shop, query) = match &args.feedback {
        None => (
            shop_of(many, args.shop.as_deref(), args.sales.as_deref())?,
            query,
        ),
        Some(said) => {
            let engine = opened.only("feedback")?;
            let profile =
                profile_of(engine, args.shop.as_deref(), args.sales.as_deref())?;
            let Heard { profile, query } =
                engine.hear(profile, query, &feedback(said)?)?;
            (many.unite(vec![profile])?, query)
        }
    };
    let ranking = many.rank(&shop, &query)?;
    let rows = (0..ranking.len()).map(|i| many.ranked_good(&ranking, &shop, i));
    let rows = rows.collect::<goodsrank::Result<Vec<_>>>()?;
    let text = if args.json {
        as_json(&Answer {
            catalog: many.info()?,
            policy: query.policy,
            candidates: ranking.candidates,
            known: ranking.known,
            removed: ranking.removed,
            relax: ranking.relax,
            ranking: rows,
        })
    } else {
        table(&rows, &ranking, many.engines()[0].model())
    };
    print_text(args, &text)
}

fn print_text(args: &RankArgs, text: &str) -> Result<()> {
    deliver(args, |out| {
        out.write_all(text.as_bytes())
            .map_err(Error::io("write", Path::new("the ranking")))
    })
}

/// The same over all shards.
pub(super) fn shop_of(
    many: &Many<Shard>,
    shop: Option<&str>,
    sales: Option<&Path>,
) -> Result<Parts> {
    if let Some(id) = shop {
        return Ok(many.public_shop(id)?);
    }
    let Some(path) = sales else {
        return Ok(
            many.unite(many.engines().iter().map(|_| Profile::default()).collect())?
        );
    };
    let sales = many.engines().iter().map(|engine| matched(engine, path));
    let (shop, unmatched) = many.match_sales(sales.collect::<Result<_>>()?)?;
    report_unmatched(&unmatched);
    Ok(shop)
}

/// The profile of a public shop, or of a sales file; an empty one of neither.
fn profile_of(
    engine: &Engine<Vec<u8>>,
    shop: Option<&str>,
    sales: Option<&Path>,
) -> Result<Profile> {
    match (shop, sales) {
        (Some(id), _) => Ok(engine.public_profile(id)?),
        (None, Some(file)) => sales_profile(engine, file),
        (None, None) => Ok(Profile::default()),
    }
}

fn sales_profile(engine: &Engine<Vec<u8>>, path: &Path) -> Result<Profile> {
    let matched = matched(engine, path)?;
    report_unmatched(matched.unmatched());
    Ok(matched.profile(engine))
}

fn matched(engine: &Engine<Vec<u8>>, path: &Path) -> Result<SalesMatch> {
    let mut reader = SalesReader::new(engine.shard());
    chunks(path, "reading sales", |chunk| reader.push(chunk))?;
    reader.finish().map_err(Error::file(path))
}

fn report_unmatched(rows: &[UnmatchedRow]) {
    for row in rows {
        eprintln!(
            "line {}: {:?} {:?} {}",
            row.line, row.label, row.status, row.reason
        );
    }
}

/// Many shops, or goods: a rankings file.
fn many(args: &RankArgs, opened: &Opened, queries: &Path, query: &Query) -> Result<()> {
    let many = &opened.many;
    let Ids { of, ids } = ids(queries, "reading queries")?;
    match (of, &args.profiles) {
        (Subject::Goods, profiles) => {
            if profiles.is_some() {
                eprintln!(
                    "--profiles is not used: goods are ranked by the shard's public shops"
                );
            }
            rank_all(args, &ids, |good, text| {
                many.write_shops(good, query.limit, text)
            })?;
            report(args, ids.len(), [0; 3]);
        }
        (Subject::Shops, Some(profiles)) => {
            let mut reader = ProfilesReader::new(many.engines().to_vec(), &ids);
            chunks(profiles, "reading profiles", |chunk| reader.push(chunk))?;
            let profiles = reader.finish().map_err(Error::file(profiles))?;
            report_skipped(&profiles);
            rank_all(args, &profiles.by_shop, |(shop, profiles), text| {
                many.write_ranking(shop, profiles, query, text)
            })?;
            report(args, ids.len(), profiles.skipped);
        }
        (Subject::Shops, None) => {
            let kind = goodsrank::error::Kind::BadQuery {
                field: "--profiles",
                expected: "a CSV of events that the queries' shops are ranked from",
                found: "none".into(),
            };
            return Err(Error::Query(kind.into()));
        }
    }
    Ok(())
}

/// Ranks for each, some at a time in parallel, and writes in their order.
fn rank_all<Q: Sync>(
    args: &RankArgs,
    queries: &[Q],
    rank: impl Fn(&Q, &mut String) -> goodsrank::Result<()> + Sync,
) -> Result<()> {
    deliver(args, |out| {
        let step = Step::new("ranking", queries.len() as u64);
        let mut write = |text: &str| {
            out.write_all(text.as_bytes())
                .map_err(Error::io("write", Path::new("the rankings")))
        };
        write(HEADER)?;
        for (round, queries) in queries.chunks(ROUND).enumerate() {
            let lines = |query: &Q| {
                let mut text = String::new();
                rank(query, &mut text).map(|()| text)
            };
            let texts: Vec<goodsrank::Result<String>> =
                queries.par_iter().map(lines).collect();
            for text in texts {
                write(&text?)?;
            }
            step.at((round * ROUND) as u64);
        }
        Ok(())
    })
}

fn report(args: &RankArgs, queries: usize, skipped: [u64; 3]) {
    if args.json && args.out.is_some() {
        print_json(&serde_json::json!({ "queries": queries, "skipped": skipped }));
    }
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
pub(super) fn chunks(
    path: &Path,
    name: &str,
    each: impl FnMut(&[u8]) -> goodsrank::Result<()>,
) -> Result<()> {
    let (file, step) = input::open(path, name)?;
    input::each_chunk(path, file, &step, each)
}
