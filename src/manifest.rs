//! The manifest: which shards make up a catalog, and what is global to them.

use serde::{Deserialize, Serialize};

use crate::shard::Model;

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
}

fn is_none(count: &u64) -> bool {
    *count == 0
}

impl ShardEntry {
    /// Whether file and hash are what a builder writes: a manifest comes from
    /// the network, and its file names are joined to a path.
    pub fn is_sound(&self) -> bool {
        let hex = |text: &str| {
            text.bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        };
        let stem = self.hash.get(..16).unwrap_or_default();
        self.hash.len() == 64 && hex(&self.hash) && self.file == format!("{stem}.grs")
    }

    /// The entry of a shard's bytes.
    pub fn new(bytes: &[u8], first_id: &str, last_id: &str, goods: u64) -> ShardEntry {
        let hash = hex(&crate::shard::hash(bytes));
        ShardEntry {
            file: format!("{}.grs", &hash[..16]),
            bytes: bytes.len() as u64,
            hash,
            goods,
            first_id: first_id.to_owned(),
            last_id: last_id.to_owned(),
            categories: Vec::new(),
            speakers: 0,
        }
    }
}

/// Bytes as hex digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
