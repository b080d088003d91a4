//! `goodsrank verify`: is a shard whole, sound and the one that was built?

use std::path::PathBuf;

use clap::Args;

use super::{grouped, print_json};
use crate::error::{Error, Result};
use crate::open::open;

/// Check every hash and every section of a shard, and its manifest.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// Print a report for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank verify`.
pub fn run(args: &VerifyArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    let shard = opened.engine.shard();
    shard.verify().map_err(Error::file(&opened.path))?;
    if let Some(manifest) = &opened.manifest
        && (&manifest.model != opened.engine.model()
            || manifest.goods != u64::from(shard.goods()))
    {
        let message =
            "expected the model of its manifest, found another; build the shards anew";
        return Err(Error::catalog(&opened.path, message));
    }
    let (goods, bytes) = (u64::from(shard.goods()), shard.as_bytes().len() as u64);
    if args.json {
        print_json(&serde_json::json!({ "ok": true, "goods": goods, "bytes": bytes }));
    } else {
        let path = opened.path.display();
        println!(
            "{path}: sound, {} goods in {} bytes",
            grouped(goods),
            grouped(bytes)
        );
    }
    Ok(())
}
