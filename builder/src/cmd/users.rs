//! `goodsrank users`: a merchant's own users, and who of them would want a good.

use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::sales::UnmatchedRow;
use goodsrank::users::{
    Customers, CustomersReader, UserOptions, Users, UsersReader, hot_csv, users_table,
    wants_table,
};
use goodsrank::{Engine, Result as CoreResult};
use serde_json::{Value, json};

use super::print_json;
use super::rank::{chunks, from_json};
use crate::error::{Error, Result};
use crate::open::open;
use crate::output::write_file;

/// Unmatched rows that are named on the terminal.
const NAMED: usize = 10;

/// Measure a merchant's own users from orders, or say who would want a good.
#[derive(Args, Debug)]
pub struct UsersArgs {
    /// CSV of orders, as a shop exports them
    orders: PathBuf,
    /// Folder with a manifest, or a .grs file
    #[arg(long, value_name = "FOLDER")]
    shards: PathBuf,
    /// CSV of customers, whose word on consent is the last
    #[arg(long, value_name = "FILE")]
    customers: Option<PathBuf>,
    /// A good's id, to rank users for it
    #[arg(long, value_name = "ID")]
    good: Option<String>,
    /// Rows, 1 to 10000
    #[arg(long, default_value_t = 20)]
    limit: usize,
    /// As {"tRef":1782777600,"thresholds":{"clarity":0.3},"layers":{"kol":{"visits":900,"cost":0.2}}}
    #[arg(long, value_name = "JSON")]
    options: Option<String>,
    /// File to write all hot users to, as CSV
    #[arg(long, value_name = "FILE")]
    hot: Option<PathBuf>,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank users`.
pub fn run(args: &UsersArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    let engine = &**opened.only("users")?;
    let users = read(args, engine)?;
    if let Some(path) = &args.hot {
        let csv = hot_csv(&users, engine);
        write_file(path, |out| {
            out.write_all(csv.as_bytes())
                .map_err(Error::io("write", path))
        })?;
    }
    match (&args.good, args.json) {
        (good, true) => print_json(&answer(&users, engine, good.as_deref(), args.limit)?),
        (Some(good), false) => {
            print!("{}", wants_table(&users.wants(engine, good, args.limit)?));
        }
        (None, false) => {
            tell(users.rows().unmatched.iter(), users.rows().unmatched_total);
            print!("{}", users_table(&users, engine, args.limit)?);
        }
    }
    Ok(())
}

fn read(args: &UsersArgs, engine: &Engine<Vec<u8>>) -> Result<Users> {
    let options = match &args.options {
        Some(json) => from_json(json, "options", "a JSON object of options")?,
        None => UserOptions::default(),
    };
    let customers = match &args.customers {
        Some(path) => customers(path)?,
        None => Customers::default(),
    };
    let mut reader = UsersReader::new(engine, customers, options)?;
    let push = |chunk: &[u8]| reader.push(chunk);
    chunks(&args.orders, "reading orders", push)?;
    reader.finish().map_err(Error::file(&args.orders))
}

fn customers(path: &Path) -> Result<Customers> {
    let mut reader = CustomersReader::default();
    chunks(path, "reading customers", |chunk| reader.push(chunk))?;
    reader.finish().map_err(Error::file(path))
}

/// Rows to mend, by their line.
fn tell<'r>(rows: impl Iterator<Item = &'r UnmatchedRow>, total: usize) {
    for row in rows.take(NAMED) {
        let status = row.status.name();
        eprintln!("line {}: {:?} {status} {}", row.line, row.label, row.reason);
    }
    if total > NAMED {
        eprintln!("and {} more", total - NAMED);
    }
}

/// What `--json` prints: the report of `Users` in JavaScript, with the rows.
fn answer(
    users: &Users,
    engine: &Engine<Vec<u8>>,
    good: Option<&str>,
    limit: usize,
) -> CoreResult<Value> {
    let (rows, (asset, unknown)) = (users.rows(), users.asset());
    let report = json!({
        "rows": rows.rows,
        "matched": rows.matched,
        "unmatched": rows.unmatched,
        "unmatchedTotal": rows.unmatched_total,
        "refused": rows.refused,
        "calledOff": rows.called_off,
        "nameless": rows.nameless,
        "undated": rows.undated,
        "customers": users.customers(),
        "users": users.len(),
        "hotUsers": users.hot_len(),
        "tRef": users.t_ref(),
        "consentKnown": users.consent_known(),
        "asset": asset,
        "assetUnknown": unknown,
        "profileOf": users.profile_of(),
        "goods": users.profile().len(),
        "layers": users.layers(),
    });
    Ok(match good {
        Some(good) => json!({
            "report": report, "good": good, "wants": users.wants(engine, good, limit)?,
        }),
        None => json!({ "report": report, "hot": users.hot(engine, limit)? }),
    })
}
