//! A shard on its way in.

use std::rc::Rc;

use goodsrank::Error;
use goodsrank::error::Kind;
use goodsrank::manifest::hex;
use goodsrank::shard::Arrival;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;

/// Bytes that are copied at once.
const PIECE: u32 = 1 << 14;

/// Takes a shard's bytes as they arrive, each copied once, into wasm memory, and
/// checks each section as soon as it is whole.
#[wasm_bindgen]
pub struct ShardLoader {
    arrival: Arrival,
}

#[wasm_bindgen]
impl ShardLoader {
    /// A loader that has nothing yet.
    #[wasm_bindgen(constructor)]
    pub fn new() -> ShardLoader {
        ShardLoader {
            arrival: Arrival::default(),
        }
    }

    /// Adds the next bytes.
    pub fn push(&mut self, chunk: &Uint8Array) -> Result<()> {
        // By the stack: where a host has no memory left, a copy on the heap would trap.
        let mut piece = [0; PIECE as usize];
        for start in (0..chunk.length()).step_by(PIECE as usize) {
            let part = chunk.subarray(start, start.saturating_add(PIECE));
            let piece = &mut piece[..part.length() as usize];
            part.copy_to(piece);
            self.arrival.push(piece)?;
        }
        Ok(())
    }

    /// Opens the shard. `head` is the hash that a manifest gives its header, and
    /// `total` the bytes that there are elsewhere, which are put when a call misses
    /// them; without it all must have arrived.
    pub fn finish(self, head: Option<String>, total: Option<f64>) -> Result<Engine> {
        let shard = self.arrival.finish(total.map(|total| total as u64))?;
        if let Some(head) = head {
            check_head(&hex(&shard.head_hash()), head)?;
        }
        Ok(Engine::new(Rc::new(goodsrank::Engine::of_shard(shard)?)))
    }
}

fn check_head(found: &str, expected: String) -> std::result::Result<(), Error> {
    if found == expected {
        return Ok(());
    }
    Err(Kind::Damaged {
        what: "header".into(),
        expected: format!("hash {expected}"),
        found: format!("hash {found}"),
    }
    .into())
}
