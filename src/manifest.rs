//! The manifest: which shards make up a catalog, and what is global to them.

use serde::{Deserialize, Serialize};

use crate::error::Result;
use crate::shard::{Model, Shard};

/// Schema that is written and read.
pub const SCHEMA: u32 = 1;
/// The manifest's file name.
pub const FILE_NAME: &str = "manifest.json";

/// `manifest.json`; `docs/shard-format.md`, section 6.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`SCHEMA`].
    pub schema: u32,
    /// What wrote it, as `goodsrank 0.1.0`.
    pub generator: String,
    /// Goods in all shards.
    pub goods: u64,
    /// False when built with `k = 1`.
    pub publishable: bool,
    /// As every shard's section 1.
    pub model: Model,
    /// The shards, in the order of their first ids.
    pub shards: Vec<ShardEntry>,
    /// Ids of goods that are never recommended, ascending, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub withdrawn: Vec<String>,
}

/// A shard of a catalog.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShardEntry {
    /// File name beside the manifest: the first 16 digits of `hash`, `.grs`.
    pub file: String,
    /// Length of the file.
    pub bytes: u64,
    /// BLAKE3 of the file, 64 hex digits.
    pub hash: String,
    /// The hash in its header, 64 hex digits: it vouches for the directory, whose
    /// hashes vouch for each section, so a shard can be checked part by part.
    pub head: String,
    /// Where its texts start, bytes from the start of the file: what lies before
    /// them is all that a ranking needs.
    pub text_start: u64,
    /// Goods in the shard.
    pub goods: u64,
    /// Smallest id; "" for a shard without goods.
    pub first_id: String,
    /// Greatest id; "" for a shard without goods.
    pub last_id: String,
    /// Where a catalog has several: the categories whose goods it may have, each
    /// with what lies below it; "" for goods without one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<String>,
    /// Goods of other shards that it holds for what they say of its own.
    #[serde(default, skip_serializing_if = "is_none")]
    pub speakers: u64,
    /// Shorter ways to the shard, for who has an earlier one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deltas: Vec<DeltaEntry>,
}

/// What makes one shard of another; `docs/shard-format.md`, section 7.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeltaEntry {
    /// Hash of the shard that it starts from.
    pub from: String,
    /// File name beside the manifest: the first 16 digits of `hash`, `.grd`.
    pub file: String,
    /// Length of the file.
    pub bytes: u64,
    /// BLAKE3 of the file, 64 hex digits.
    pub hash: String,
}

impl DeltaEntry {
    /// The entry of a delta's bytes.
    pub fn new(bytes: &[u8], from: &str) -> DeltaEntry {
        let hash = hex(&crate::shard::hash(bytes));
        DeltaEntry {
            from: from.to_owned(),
            file: format!("{}.grd", &hash[..16]),
            bytes: bytes.len() as u64,
            hash,
        }
    }

    fn is_sound(&self) -> bool {
        is_hash(&self.from) && is_named(&self.file, &self.hash, "grd")
    }
}

/// Whether a file's name is what a builder gives a file of this hash.
fn is_named(file: &str, hash: &str, extension: &str) -> bool {
    let stem = hash.get(..16).unwrap_or_default();
    is_hash(hash) && file == format!("{stem}.{extension}")
}

fn is_hash(text: &str) -> bool {
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    text.len() == 64 && text.bytes().all(is_digit)
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl ShardEntry {
    /// Whether files and hashes are what a builder writes: a manifest comes from
    /// the network, and its file names are joined to a path.
    pub fn is_sound(&self) -> bool {
        is_named(&self.file, &self.hash, "grs")
            && self.deltas.iter().all(DeltaEntry::is_sound)
    }

    /// The entry of a shard's bytes.
    pub fn new(bytes: &[u8], first_id: &str, last_id: &str) -> Result<ShardEntry> {
        let shard = Shard::open(bytes)?;
        let hash = hex(&crate::shard::hash(bytes));
        Ok(ShardEntry {
            file: format!("{}.grs", &hash[..16]),
            bytes: bytes.len() as u64,
            hash,
            head: hex(&shard.head_hash()),
            text_start: shard.text_start(),
            goods: shard.goods().into(),
            first_id: first_id.to_owned(),
            last_id: last_id.to_owned(),
            categories: Vec::new(),
            speakers: 0,
            deltas: Vec::new(),
        })
    }
}

/// Bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
