//! Opening shards from files, for the commands that read them.

use std::fs;
use std::path::{Path, PathBuf};

use goodsrank::Engine;
use goodsrank::manifest::{DeltaEntry, FILE_NAME, Manifest, SCHEMA, ShardEntry, hex};

use crate::error::{Error, Result};
use crate::output::file_names;
use crate::signature::FILE_NAME as SIGNATURE_NAME;

/// A shard's engine and where it came from.
pub struct Opened {
    /// The file.
    pub path: PathBuf,
    /// The engine over its bytes.
    pub engine: Engine<Vec<u8>>,
    /// The manifest that named it; `None` for a file that was given itself.
    pub manifest: Option<Manifest>,
}

/// Opens a `.grs` file, or the shard of a folder with a manifest.
pub fn open(shards: &Path) -> Result<Opened> {
    if !shards.is_dir() {
        let engine = Engine::open(read(shards)?).map_err(Error::file(shards))?;
        return Ok(Opened {
            path: shards.to_owned(),
            engine,
            manifest: None,
        });
    }
    let manifest = manifest(shards)?;
    let [entry] = &manifest.shards[..] else {
        let message = format!(
            "expected a manifest of one shard, found {}; name one of its .grs files",
            manifest.shards.len()
        );
        return Err(Error::catalog(shards, message));
    };
    let path = shards.join(&entry.file);
    let bytes = read_entry(shards, entry)?;
    let mut engine = Engine::open(bytes).map_err(Error::file(&path))?;
    for id in &manifest.withdrawn {
        engine.withdraw(id).map_err(Error::file(&path))?;
    }
    Ok(Opened {
        path,
        engine,
        manifest: Some(manifest),
    })
}

/// Reads a shard that a manifest names, and checks that it is the one.
pub fn read_entry(shards: &Path, entry: &ShardEntry) -> Result<Vec<u8>> {
    let path = shards.join(&entry.file);
    let bytes = read(&path)?;
    check_hash(&path, &entry.hash, entry.bytes, &bytes)?;
    Ok(bytes)
}

/// Likewise a delta.
pub fn read_delta(shards: &Path, entry: &DeltaEntry) -> Result<Vec<u8>> {
    let path = shards.join(&entry.file);
    let bytes = read(&path)?;
    check_hash(&path, &entry.hash, entry.bytes, &bytes)?;
    Ok(bytes)
}

/// Reads the manifest of a folder.
pub fn manifest(shards: &Path) -> Result<Manifest> {
    parsed(shards, &read(&shards.join(FILE_NAME))?)
}

/// The manifest that a folder's file of these bytes is.
pub fn parsed(shards: &Path, json: &[u8]) -> Result<Manifest> {
    let path = shards.join(FILE_NAME);
    let wrong = |found: String| {
        let message = format!(
            "expected a manifest of schema {SCHEMA}, found {found}; build the shards anew"
        );
        Error::catalog(&path, message)
    };
    let value: serde_json::Value =
        serde_json::from_slice(json).map_err(|e| wrong(e.to_string()))?;
    match value.get("schema").and_then(serde_json::Value::as_u64) {
        Some(schema) if schema == u64::from(SCHEMA) => {}
        Some(schema) => return Err(wrong(format!("schema {schema}"))),
        None => return Err(wrong("no schema".into())),
    }
    let manifest: Manifest =
        serde_json::from_value(value).map_err(|e| wrong(e.to_string()))?;
    match manifest.shards.iter().find(|entry| !entry.is_sound()) {
        None => Ok(manifest),
        Some(entry) => Err(wrong(format!(
            "file {:?} of hash {:?}",
            entry.file, entry.hash
        ))),
    }
}

/// Whether a folder holds what `build` writes and nothing else; if not, why.
pub fn is_build(folder: &Path) -> std::result::Result<(), String> {
    let names = file_names(folder)?;
    let ours = |name: &str| {
        let files = [FILE_NAME, SIGNATURE_NAME];
        files.contains(&name) || name.ends_with(".grs") || name.ends_with(".grd")
    };
    let other = names.iter().find(|name| !ours(name));
    match other {
        Some(other) => Err(format!("it has {other}")),
        None => manifest(folder)
            .map(|_| ())
            .map_err(|_| "it has no manifest of shards".into()),
    }
}

/// Checks that a file is the one that the manifest names.
fn check_hash(path: &Path, hash: &str, length: u64, bytes: &[u8]) -> Result<()> {
    let found = hex(&goodsrank::shard::hash(bytes));
    if found == hash {
        return Ok(());
    }
    let message = format!(
        "expected the {length} bytes of hash {}, which the manifest names, found {} of hash {}; copy or \
         build the shards anew",
        &hash[..16],
        bytes.len(),
        &found[..16]
    );
    Err(Error::catalog(path, message))
}

pub(crate) fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(Error::io("read", path))
}
