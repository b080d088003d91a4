//! Ranking many shops from files, for `npx goodsrank rank`: bytes in, bytes
//! out, in pieces, so that neither file has to fit in memory.
//!
//! ```text
//! Queries ──finish(engine)──▶ Profiles ──finish(query)──▶ Rankings ──next()──▶ CSV
//! ```

use std::rc::Rc;
use std::vec::IntoIter;

use goodsrank::batch::{HEADER, ProfilesReader, QueriesReader, write_ranking};
use goodsrank::profile::Profile;
use goodsrank::{Engine as Core, Query};
use wasm_bindgen::prelude::*;

use crate::engine::Engine;
use crate::error::Result;
use crate::query;

/// A piece of output is handed over once it is this long.
const PIECE: usize = 64 << 10;

/// Which shops to rank.
#[wasm_bindgen]
#[derive(Default)]
pub struct Queries {
    reader: QueriesReader,
}

#[wasm_bindgen]
impl Queries {
    /// A reader at the start of the queries' file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Queries {
        Queries::default()
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.reader.push(bytes)?)
    }

    /// Ends the file; the profiles of its shops are next.
    pub fn finish(self, engine: &Engine) -> Result<Profiles> {
        let (engine, shops) = (engine.shared(), self.reader.finish()?);
        let reader = ProfilesReader::new(engine.clone(), &shops);
        Ok(Profiles { engine, reader })
    }
}

/// What the shops sell.
#[wasm_bindgen]
pub struct Profiles {
    engine: Rc<Core<Vec<u8>>>,
    reader: ProfilesReader<Rc<Core<Vec<u8>>>>,
}

#[wasm_bindgen]
impl Profiles {
    /// Reads the next bytes of the events' file.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.reader.push(bytes)?)
    }

    /// Ends the file; the rankings, by this query's rules, policy and limit,
    /// are next.
    pub fn finish(self, query: &JsValue) -> Result<Rankings> {
        let query = query::query(query)?;
        let profiles = self.reader.finish()?;
        Ok(Rankings {
            engine: self.engine,
            query,
            shops: profiles.by_shop.len(),
            skipped: profiles.skipped,
            left: profiles.by_shop.into_iter(),
            started: false,
        })
    }
}

/// Rankings, computed as they are asked for.
#[wasm_bindgen]
pub struct Rankings {
    engine: Rc<Core<Vec<u8>>>,
    query: Query,
    shops: usize,
    skipped: [u64; 3],
    left: IntoIter<(String, Profile)>,
    started: bool,
}

#[wasm_bindgen]
impl Rankings {
    /// Shops to rank.
    #[wasm_bindgen(getter)]
    pub fn shops(&self) -> usize {
        self.shops
    }

    /// Shops not yet ranked.
    #[wasm_bindgen(getter)]
    pub fn left(&self) -> usize {
        self.left.len()
    }

    /// Events left out, in the order of `Skip::ALL`.
    #[wasm_bindgen(getter)]
    pub fn skipped(&self) -> Vec<f64> {
        self.skipped.iter().map(|&n| n as f64).collect()
    }

    /// The next bytes of the rankings' file; nothing after its end.
    pub fn next(&mut self) -> Result<Option<Vec<u8>>> {
        let mut out = String::new();
        if !self.started {
            self.started = true;
            out.push_str(HEADER);
        }
        while out.len() < PIECE
            && let Some((shop, profile)) = self.left.next()
        {
            write_ranking(&self.engine, &shop, &profile, &self.query, &mut out)?;
        }
        Ok((!out.is_empty()).then(|| out.into_bytes()))
    }
}
