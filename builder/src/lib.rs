//! What the `goodsrank` command is made of: reading a catalog, learning from
//! it, packing shards. The binary only parses arguments and calls.

pub mod cmd;
pub mod delta;
pub mod error;
pub mod ingest;
pub mod input;
pub mod learn;
pub mod manifest;
pub mod open;
pub mod output;
pub mod pack;
pub mod partition;
pub mod progress;
pub mod sample;
pub mod signature;
