//! Opening shards from files, for the commands that read them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use goodsrank::Engine;
use goodsrank::manifest::{DeltaEntry, FILE_NAME, Manifest, SCHEMA, ShardEntry, hex};
use goodsrank::many::Many;

use crate::error::{Error, Result};
use crate::output::file_names;
use crate::signature::FILE_NAME as SIGNATURE_NAME;

/// A shard's engine.
pub type Shard = Arc<Engine<Vec<u8>>>;

/// The shards of a catalog and where they came from.
pub struct Opened {
    /// The files.
    pub paths: Vec<PathBuf>,
    /// What ranks over them.
    pub many: Many<Shard>,
    /// The manifest that named them; `None` for a file that was given itself.
    pub manifest: Option<Manifest>,
}

impl Opened {
    /// The shards, with their files.
    pub fn shards(&self) -> impl Iterator<Item = (&Path, &Shard)> {
        let paths = self.paths.iter().map(PathBuf::as_path);
        paths.zip(self.many.engines())
    }

    /// The one shard, for what cannot be done over several.
    pub fn only(&self, what: &str) -> Result<&Shard> {
        match self.many.engines() {
            [only] => Ok(only),
            several => {
                let message = format!(
                    "{what} needs a catalog of one shard, found {}; name one of its .grs \
                     files, or build with a greater --shard-goods",
                    several.len()
                );
                Err(Error::catalog(self.folder(), message))
            }
        }
    }

    fn folder(&self) -> &Path {
        let first = self.paths.first().and_then(|path| path.parent());
        first.unwrap_or(Path::new("."))
    }
}

/// Opens a `.grs` file, or the shards of a folder with a manifest.
pub fn open(shards: &Path) -> Result<Opened> {
    if !shards.is_dir() {
        let engine = Engine::open(read(shards)?).map_err(Error::file(shards))?;
        return Ok(Opened {
            paths: vec![shards.to_owned()],
            many: Many::new([(Arc::new(engine), Vec::new())]),
            manifest: None,
        });
    }
    let manifest = manifest(shards)?;
    let (mut paths, mut opened) = (Vec::new(), Vec::new());
    for entry in &manifest.shards {
        let path = shards.join(&entry.file);
        let bytes = read_entry(shards, entry)?;
        let mut engine = Engine::open(bytes).map_err(Error::file(&path))?;
        for id in &manifest.withdrawn {
            engine.withdraw(id).map_err(Error::file(&path))?;
        }
        opened.push((Arc::new(engine), entry.categories.clone()));
        paths.push(path);
    }
    Ok(Opened {
        paths,
        many: Many::new(opened),
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
    if let Some(entry) = manifest.shards.iter().find(|entry| !entry.is_sound()) {
        let found = format!("file {:?} of hash {:?}", entry.file, entry.hash);
        return Err(wrong(found));
    }
    let several = manifest.shards.len() > 1;
    let apart = |entry: &&ShardEntry| entry.categories.is_empty();
    match manifest.shards.iter().find(apart) {
        _ if manifest.shards.is_empty() => Err(wrong("no shards".into())),
        Some(entry) if several => Err(wrong(format!("no categories of {}", entry.file))),
        _ => Ok(manifest),
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
