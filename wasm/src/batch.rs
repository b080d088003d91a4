//! Ranking for many from files, for `npx goodsrank rank`: bytes in, bytes out,
//! in pieces, so that neither events nor rankings have to fit in memory.
//!
//! ```text
//! IdsReader ──finish()──▶ Ids ──profiles(engine)──▶ Profiles ──finish(query)──▶ Rankings
//!                         Ids ──shops(engine, query)──▶ Rankings ──next()──▶ CSV
//! ```

use std::rc::Rc;
use std::vec::IntoIter;

use goodsrank::Query;
use goodsrank::batch::{self, HEADER, ProfilesReader, Subject};
use goodsrank::many::Many;
use goodsrank::profile::Profile;
use wasm_bindgen::prelude::*;

use crate::engine::{Core, Engine};
use crate::error::Result;
use crate::query;

/// A piece of output is handed over once it is this long.
const PIECE: usize = 64 << 10;

/// Reads a file whose first column is ids.
#[wasm_bindgen]
#[derive(Default)]
pub struct IdsReader {
    inner: batch::IdsReader,
}

#[wasm_bindgen]
impl IdsReader {
    /// A reader at the start of the file.
    #[wasm_bindgen(constructor)]
    pub fn new() -> IdsReader {
        IdsReader::default()
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.inner.push(bytes)?)
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Ids> {
        let inner = self.inner.finish()?;
        Ok(Ids { inner })
    }
}

/// Whom to rank for, or which goods may be ranked.
#[wasm_bindgen]
pub struct Ids {
    inner: batch::Ids,
}

#[wasm_bindgen]
impl Ids {
    /// Whether they are goods' and not shops'.
    #[wasm_bindgen(getter, js_name = ofGoods)]
    pub fn of_goods(&self) -> bool {
        self.inner.of == Subject::Goods
    }

    /// The ids, where they have to be those of goods.
    pub fn goods(self) -> Result<Vec<String>> {
        Ok(self.inner.goods()?)
    }

    /// The profiles of these shops are next.
    pub fn profiles(self, engine: &Engine) -> Profiles {
        let reader = ProfilesReader::new(vec![engine.shared()], &self.inner.ids);
        Profiles { reader }
    }

    /// The rankings of shops for these goods, by this query's limit, are next.
    pub fn shops(self, engine: &Engine, query: &JsValue) -> Result<Rankings> {
        let left = Left::Goods(self.inner.ids.into_iter());
        let (query, _) = query::query(query)?;
        Ok(Rankings::new(vec![engine.shared()], query, left, [0; 3]))
    }
}

type Shared = Rc<Core>;

/// What the shops sell.
#[wasm_bindgen]
pub struct Profiles {
    reader: ProfilesReader<Shared>,
}

#[wasm_bindgen]
impl Profiles {
    /// Adds another shard of the catalog, before anything is read.
    pub fn beside(&mut self, engine: &Engine) {
        self.reader.beside(engine.shared());
    }

    /// Reads the next bytes of the events' file.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        Ok(self.reader.push(bytes)?)
    }

    /// Ends the file; the rankings, by this query's rules, policy and limit,
    /// are next.
    pub fn finish(self, query: &JsValue) -> Result<Rankings> {
        let (query, _) = query::query(query)?;
        let engines = self.reader.engines().to_vec();
        let profiles = self.reader.finish()?;
        let left = Left::Shops(profiles.by_shop.into_iter());
        Ok(Rankings::new(engines, query, left, profiles.skipped))
    }
}

/// Whom there is still to rank for.
enum Left {
    Shops(IntoIter<(String, Vec<Profile>)>),
    Goods(IntoIter<String>),
}

impl Left {
    fn len(&self) -> usize {
        match self {
            Left::Shops(shops) => shops.len(),
            Left::Goods(goods) => goods.len(),
        }
    }
}

/// Rankings, computed as they are asked for.
#[wasm_bindgen]
pub struct Rankings {
    many: Many<Shared>,
    query: Query,
    queries: usize,
    skipped: [u64; 3],
    left: Left,
    started: bool,
}

impl Rankings {
    fn new(
        engines: Vec<Shared>,
        query: Query,
        left: Left,
        skipped: [u64; 3],
    ) -> Rankings {
        Rankings {
            many: Many::new(engines.into_iter().map(|engine| (engine, Vec::new()))),
            query,
            queries: left.len(),
            skipped,
            left,
            started: false,
        }
    }

    /// Ranks for the next one; false where none is left.
    fn write_next(&mut self, out: &mut String) -> Result<bool> {
        let (many, query) = (&self.many, &self.query);
        match &mut self.left {
            Left::Shops(shops) => match shops.next() {
                Some((shop, profiles)) => {
                    many.write_ranking(&shop, &profiles, query, out)?
                }
                None => return Ok(false),
            },
            Left::Goods(goods) => match goods.next() {
                Some(good) => many.write_shops(&good, query.limit, out)?,
                None => return Ok(false),
            },
        }
        Ok(true)
    }
}

#[wasm_bindgen]
impl Rankings {
    /// Adds another shard of the catalog, before the first bytes are asked for.
    pub fn beside(&mut self, engine: &Engine) {
        self.many.push(engine.shared(), Vec::new());
    }

    /// Shops, or goods, to rank for.
    #[wasm_bindgen(getter)]
    pub fn queries(&self) -> usize {
        self.queries
    }

    /// Those not yet ranked for.
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
        while out.len() < PIECE && self.write_next(&mut out)? {}
        Ok((!out.is_empty()).then(|| out.into_bytes()))
    }
}
