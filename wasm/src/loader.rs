//! A shard on its way in.

use std::rc::Rc;

use goodsrank::error::Kind;
use goodsrank::manifest::hex;
use goodsrank::shard::{Section, Shard, hash};
use goodsrank::{Error, Result as CoreResult};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;

/// Takes a shard's bytes as they arrive, each copied once, into wasm memory.
#[wasm_bindgen]
pub struct ShardLoader {
    bytes: Vec<u8>,
}

#[wasm_bindgen]
impl ShardLoader {
    /// A loader with room for `total` bytes, 0 when nobody knows how many.
    #[wasm_bindgen(js_name = withCapacity)]
    pub fn with_capacity(total: usize) -> Result<ShardLoader> {
        let mut bytes = Vec::new();
        reserve_exact(&mut bytes, total)?;
        Ok(ShardLoader { bytes })
    }

    /// Adds the next bytes.
    pub fn push(&mut self, chunk: &Uint8Array) -> Result<()> {
        let (start, more) = (self.bytes.len(), chunk.length() as usize);
        let grown = self.bytes.try_reserve(more);
        grown.map_err(|_| too_large(start.saturating_add(more)))?;
        self.bytes.resize(start + more, 0);
        chunk.copy_to(&mut self.bytes[start..]);
        Ok(())
    }

    /// Opens the shard. All that was downloaded is checked now and not at some
    /// later query; text blocks, each under a hash of its own, when they are
    /// shown. `expected` is the hash that a manifest gives the file.
    pub fn finish(self, expected: Option<String>) -> Result<Engine> {
        let engine = goodsrank::Engine::open(self.bytes)?;
        if let Some(expected) = expected {
            check_hash(engine.shard().as_bytes(), &expected)?;
        }
        check_sections(engine.shard())?;
        Ok(Engine::new(Rc::new(engine)))
    }
}

fn reserve_exact(bytes: &mut Vec<u8>, total: usize) -> CoreResult<()> {
    bytes.try_reserve_exact(total).map_err(|_| too_large(total))
}

fn too_large(found: usize) -> Error {
    Kind::Limit {
        what: "bytes of WebAssembly memory, or less where the host has less",
        limit: isize::MAX as u64,
        found: found as u64,
    }
    .into()
}

fn check_hash(bytes: &[u8], expected: &str) -> CoreResult<()> {
    let found = hex(&hash(bytes));
    if found == expected {
        return Ok(());
    }
    Err(Kind::Damaged {
        what: "file".into(),
        expected: format!("hash {expected}"),
        found: format!("hash {found}"),
    }
    .into())
}

fn check_sections(shard: &Shard<Vec<u8>>) -> CoreResult<()> {
    let check = |&section| shard.column(section).map(|_| ());
    Section::ALL.iter().try_for_each(check)
}
