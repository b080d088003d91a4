//! `goodsrank sign`: a catalog's manifest, and by its hashes the catalog.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::manifest::FILE_NAME as MANIFEST_NAME;

use super::print_json;
use crate::error::{Error, Result};
use crate::open::{parsed, read, read_delta, read_entry};
use crate::output::write_file;
use crate::signature::{self, FILE_NAME, MAX_LINES, private_key, public_base64};

/// Sign a catalog, so that readers who have the public key take no other.
#[derive(Args, Debug)]
pub struct SignArgs {
    /// Folder with a manifest
    shards: PathBuf,
    /// Private key that `keygen` wrote
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Add the signature to those that are there, as when one key follows another
    #[arg(long)]
    add: bool,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank sign`.
pub fn run(args: &SignArgs) -> Result<()> {
    check_apart(args)?;
    let pem = fs::read_to_string(&args.key).map_err(Error::io("read", &args.key))?;
    let key = private_key(&args.key, &pem)?;
    let bytes = read(&args.shards.join(MANIFEST_NAME))?;
    let manifest = parsed(&args.shards, &bytes)?;
    // A signature vouches for what the manifest names: see that it is there.
    for entry in &manifest.shards {
        read_entry(&args.shards, entry)?;
        for delta in &entry.deltas {
            read_delta(&args.shards, delta)?;
        }
    }
    let path = args.shards.join(FILE_NAME);
    let mut lines: Vec<String> = Vec::new();
    if args.add && path.exists() {
        let text = fs::read_to_string(&path).map_err(Error::io("read", &path))?;
        lines.extend(
            text.lines()
                .filter(|line| !line.is_empty())
                .map(str::to_owned),
        );
    }
    let line = signature::sign(&bytes, &key);
    lines.retain(|other| *other != line);
    lines.push(line);
    if lines.len() > MAX_LINES {
        let message = format!(
            "expected at most {MAX_LINES} signatures, found {}; sign without --add",
            lines.len()
        );
        return Err(Error::Signature { path, message });
    }
    write_file(&path, |out| {
        out.write_all((lines.join("\n") + "\n").as_bytes())
            .map_err(Error::io("write", &path))
    })?;
    let public = public_base64(&key.verifying_key());
    if args.json {
        print_json(&serde_json::json!({ "signature": path, "publicKey": public }));
    } else {
        println!(
            "{}: signed, for readers with the public key {public}",
            path.display()
        );
    }
    Ok(())
}

/// Refuses a private key that would be published with the catalog.
fn check_apart(args: &SignArgs) -> Result<()> {
    let resolved = |path: &Path| path.canonicalize().ok();
    let folder = resolved(&args.shards);
    let key = resolved(&args.key);
    match key.zip(folder) {
        Some((key, folder)) if key.starts_with(&folder) => Err(Error::Key {
            path: args.key.clone(),
            message: "expected the private key outside of the folder that is published, found it \
                      inside; move it, and if it was published make another with `goodsrank keygen`"
                .into(),
        }),
        _ => Ok(()),
    }
}
