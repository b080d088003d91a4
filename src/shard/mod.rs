//! The shard format: what a `.grs` file is, how it is read and written.
//!
//! [`Shard`] reads, [`ShardWriter`] writes; `docs/shard-format.md` specifies the
//! bytes. A shard comes from the network, so reading is in three steps, each
//! of which either succeeds or says what is wrong:
//!
//! ```text
//! bytes ──open──▶ structure      magic, version, directory, its hash: O(sections)
//!       ──first use──▶ section   hash, then the range of what it holds, once
//!       ──accessor──▶ column     a view; nothing is left that could fail
//! ```
//!
//! Not all of it need be in memory: [`Arrival`] makes a shard of [`Parts`], of
//! which what a query needs may be brought when it is asked for.

mod arrival;
mod bytes;
mod check;
mod column;
mod inflate;
mod inflated;
mod layout;
mod model;
mod postings;
mod reader;
mod strings;
mod text;
mod usual;
mod varint;
mod writer;

pub use arrival::Arrival;
pub use bytes::{Bytes, Parts};
pub use check::category_order;
pub use column::Uints;
pub(crate) use column::{f32_at, f64s, range};
pub use layout::{MAGIC, MAX_GOODS, MAX_ID_LEN, Section, VERSION};
pub use model::{Calibration, EventKind, Kernel, MAX_TIME, Model, ProfileWeights};
pub(crate) use postings::postings_rows;
pub use reader::{SectionInfo, Shard};
pub use strings::Strings;
pub use text::GoodText;
pub use usual::Usual;
pub use writer::{ShardWriter, TextWriter};

/// The one hash of the format: BLAKE3.
pub fn hash(bytes: &[u8]) -> [u8; 32] {
    *blake3::hash(bytes).as_bytes()
}

/// The key of a text in the GTIN, SKU and title tables: the first eight bytes
/// of its hash.
pub fn key(text: &[u8]) -> u64 {
    let hash = blake3::hash(text);
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    u64::from_le_bytes(first)
}
