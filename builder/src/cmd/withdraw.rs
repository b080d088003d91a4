//! `goodsrank withdraw`: goods that are never recommended again.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::error::Kind;
use goodsrank::manifest::{FILE_NAME, Manifest};
use goodsrank::shard::Shard;

use super::{grouped, print_json, rank::goods_of};
use crate::error::{Error, Result};
use crate::manifest::edit;
use crate::open::read_entry;

/// Withdraw goods from a catalog without building it anew.
#[derive(Args, Debug)]
#[command(group = clap::ArgGroup::new("goods").required(true).multiple(true).args(["ids", "file"]))]
pub struct WithdrawArgs {
    /// Folder with a manifest
    shards: PathBuf,
    /// Ids of the goods
    #[arg(value_name = "GOOD_ID")]
    ids: Vec<String>,
    /// CSV whose first column, good_id, says which goods
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Take them back: recommend them again
    #[arg(long)]
    undo: bool,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank withdraw`.
pub fn run(args: &WithdrawArgs) -> Result<()> {
    let mut ids: BTreeSet<String> = args.ids.iter().cloned().collect();
    if let Some(path) = &args.file {
        ids.extend(goods_of(path, "reading the goods")?);
    }
    let (changed, all) = edit(&args.shards, |manifest| {
        match args.undo {
            true => check_withdrawn(&args.shards, manifest, &ids)?,
            false => check_known(&args.shards, manifest, &ids)?,
        }
        let mut list: BTreeSet<String> = manifest.withdrawn.drain(..).collect();
        let before = list.len();
        match args.undo {
            true => list.retain(|id| !ids.contains(id)),
            false => list.extend(ids),
        }
        let changed = before.abs_diff(list.len()) as u64;
        manifest.withdrawn = list.into_iter().collect();
        Ok((changed, manifest.withdrawn.len() as u64))
    })?;
    if args.json {
        print_json(&serde_json::json!({ "changed": changed, "withdrawn": all }));
        return Ok(());
    }
    let what = match args.undo {
        true => "taken back",
        false => "withdrawn",
    };
    println!(
        "{} {what}, {} withdrawn in all",
        grouped(changed),
        grouped(all)
    );
    Ok(())
}

/// Refuses a good that is in no shard.
fn check_known(shards: &Path, manifest: &Manifest, ids: &BTreeSet<String>) -> Result<()> {
    let mut unknown: BTreeSet<&String> = ids.iter().collect();
    for entry in &manifest.shards {
        let path = shards.join(&entry.file);
        let shard = Shard::open(read_entry(shards, entry)?);
        let known = shard.and_then(|shard| {
            let table = shard.ids()?;
            Ok(unknown
                .iter()
                .copied()
                .filter(|id| table.find(id).is_some())
                .collect())
        });
        let known: Vec<&String> = known.map_err(Error::file(&path))?;
        known.into_iter().for_each(|id| {
            unknown.remove(id);
        });
    }
    match unknown.first() {
        None => Ok(()),
        Some(&id) => Err(Error::Query(Kind::UnknownGood { id: id.clone() }.into())),
    }
}

/// Refuses a good that is not withdrawn.
fn check_withdrawn(
    shards: &Path,
    manifest: &Manifest,
    ids: &BTreeSet<String>,
) -> Result<()> {
    match ids.iter().find(|id| !manifest.withdrawn.contains(id)) {
        None => Ok(()),
        Some(id) => {
            let message = format!("expected goods that are withdrawn, found {id:?}");
            Err(Error::catalog(&shards.join(FILE_NAME), message))
        }
    }
}
