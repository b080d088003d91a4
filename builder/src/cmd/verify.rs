//! `goodsrank verify`: is a shard whole, sound and the one that was built?

use std::path::{Path, PathBuf};

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
    let (mut goods, mut bytes) = (0, 0);
    for (path, engine) in opened.shards() {
        engine.shard().verify().map_err(Error::file(path))?;
        if let Some(manifest) = &opened.manifest
            && &manifest.model != engine.model()
        {
            return Err(another(path));
        }
        goods += u64::from(engine.info()?.goods);
        bytes += engine.shard().as_bytes().len() as u64;
    }
    let path = &opened.paths[0];
    if let Some(manifest) = &opened.manifest
        && manifest.goods != goods
    {
        return Err(another(path));
    }
    if args.json {
        print_json(&serde_json::json!({ "ok": true, "goods": goods, "bytes": bytes }));
    } else {
        let path = match &opened.paths[..] {
            [path] => path.display(),
            _ => args.shards.display(),
        };
        println!(
            "{path}: sound, {} goods in {} bytes",
            grouped(goods),
            grouped(bytes)
        );
    }
    Ok(())
}

fn another(path: &Path) -> Error {
    let message =
        "expected the model of its manifest, found another; build the shards anew";
    Error::catalog(path, message)
}
