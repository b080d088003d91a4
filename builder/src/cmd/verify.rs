//! `goodsrank verify`: is a shard whole, sound and the one that was built?

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::manifest::{FILE_NAME as MANIFEST_NAME, Manifest, hex};

use super::{grouped, print_json};
use crate::delta::hashes;
use crate::error::{Error, Result};
use crate::open::{open, read, read_delta};
use crate::signature::{self, FILE_NAME, public_key};

/// Check every hash and every section of a shard, its manifest, and who signed it.
#[derive(Args, Debug)]
pub struct VerifyArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// Public key that the manifest must be signed by: its file, or its 32 bytes in base64
    #[arg(long, value_name = "KEY")]
    public_key: Option<String>,
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
    if let Some(manifest) = &opened.manifest {
        check_deltas(&args.shards, manifest)?;
    }
    let signature = check_signature(args, opened.manifest.is_some())?;
    if args.json {
        print_json(&serde_json::json!({
            "ok": true, "goods": goods, "bytes": bytes, "signature": signature,
        }));
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
        match signature {
            Some("checked") => println!("{FILE_NAME}: by the given key"),
            Some(_) => println!("{FILE_NAME}: not checked, for want of a --public-key"),
            None => {}
        }
    }
    Ok(())
}

/// Checks what can be checked of deltas without the shards that they start from.
fn check_deltas(shards: &Path, manifest: &Manifest) -> Result<()> {
    for entry in &manifest.shards {
        for delta in &entry.deltas {
            let found = hashes(&read_delta(shards, delta)?);
            let found = found.map(|(from, to)| (hex(&from), hex(&to)));
            if found.as_ref() != Ok(&(delta.from.clone(), entry.hash.clone())) {
                let message = "expected the delta that its manifest names, found one of other \
                               shards; write it anew with `goodsrank delta`";
                return Err(Error::catalog(&shards.join(&delta.file), message));
            }
        }
    }
    Ok(())
}

/// Checks the signature, if a key is given; what is known of it.
fn check_signature(args: &VerifyArgs, manifest: bool) -> Result<Option<&'static str>> {
    let path = args.shards.join(FILE_NAME);
    let Some(key) = &args.public_key else {
        return Ok((manifest && path.exists()).then_some("unchecked"));
    };
    let key = key_of(key)?;
    let none = |message: &str| Error::Signature {
        path: path.clone(),
        message: message.into(),
    };
    if !manifest {
        return Err(none(
            "expected a folder with a manifest, found a single shard: a signature is of the \
             manifest, which vouches for its shards",
        ));
    }
    if !path.exists() {
        return Err(none(
            "expected a signature, found none; sign the catalog with `goodsrank sign`",
        ));
    }
    let text = fs::read(&path).map_err(Error::io("read", &path))?;
    let bytes = read(&args.shards.join(MANIFEST_NAME))?;
    signature::verify(&path, &String::from_utf8_lossy(&text), &bytes, &key)?;
    Ok(Some("checked"))
}

/// The key of a file, or of its bytes in base64.
fn key_of(given: &str) -> Result<ed25519_dalek::VerifyingKey> {
    let path = Path::new(given);
    match path.exists() {
        true => {
            let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
            public_key(path, &text)
        }
        false => public_key(path, given),
    }
}

fn another(path: &Path) -> Error {
    let message =
        "expected the model of its manifest, found another; build the shards anew";
    Error::catalog(path, message)
}
