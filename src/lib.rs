//! # GoodsRank
//!
//! Which supply-chain goods should this shop sell? Bytes in, rankings out: a
//! catalog shard is opened in place, a shop's sales become a profile, and every
//! good that the rules leave is scored in micro-nats that add up exactly.
//!
//! ```text
//! shard bytes ──▶ columns ──▶ terms ──▶ rank ──▶ ranking
//!                               ▲
//!        sales, events ──▶ profile
//! ```
//!
//! The crate has no I/O, clock, randomness or threads, and the same shard and
//! query give the same bytes in every build: transcendentals come from `libm`,
//! sums run in a fixed order, scores are integers.

pub mod batch;
pub mod channel;
pub mod csv;
pub mod diversity;
pub mod engine;
pub mod error;
pub mod events;
mod exp2;
pub mod feedback;
pub mod good;
pub mod heat;
pub mod info;
mod lowercase;
pub mod manifest;
#[cfg(feature = "several")]
pub mod many;
mod memo;
pub mod policy;
pub mod profile;
pub mod ranking;
mod rate;
pub mod report;
pub mod risk;
pub mod rules;
pub mod sales;
pub mod search;
pub mod season;
pub mod shard;
pub mod shops;
pub mod show;
mod terms;
pub mod users;
pub mod what_if;

/// Whether several shards can be ranked as one. A constant and no condition around
/// each line: what it forbids, the compiler leaves out.
const SEVERAL: bool = cfg!(feature = "several");

pub use engine::{Engine, Query};
pub use error::{Error, Result};
pub use ranking::Ranking;
