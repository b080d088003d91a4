//! Ranking many shops from files: what `goodsrank rank --queries` does, native
//! and in Node, with the same bytes.
//!
//! The queries' file says in its first column, headed `shop_id`, which shops to
//! rank; the profiles' file holds events, of which those of other shops are
//! passed over. Both are pushed in pieces.

use std::collections::BinaryHeap;
use std::fmt::Write;
use std::ops::Deref;

use crate::csv::{CsvReader, Row, bad, write_field};
use crate::engine::{Engine, Query};
use crate::error::Result;
use crate::events::{EventColumns, Skip};
use crate::profile::{Event, Profile, ProfileBuilder};
use crate::terms::MICRO;

/// The header of a rankings file.
pub const HEADER: &str = "query_id,rank,item_id,score\n";

/// The shops that a queries' file names.
#[derive(Debug, Default)]
pub struct QueriesReader {
    csv: CsvReader,
    shops: BinaryHeap<String>,
}

impl QueriesReader {
    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let shops = &mut self.shops;
        self.csv.push(bytes, |row| add_query(shops, &row))
    }

    /// The distinct values of the first column, ascending in byte order.
    pub fn finish(mut self) -> Result<Vec<String>> {
        let shops = &mut self.shops;
        self.csv.finish(|row| add_query(shops, &row))?;
        let mut shops = self.shops.into_sorted_vec();
        shops.dedup();
        Ok(shops)
    }
}

fn add_query(shops: &mut BinaryHeap<String>, row: &Row<'_>) -> Result<()> {
    if row.header().require("shop_id")? != 0 {
        let found = row.header().names()[0].clone();
        let expected = "shop_id as the first column";
        return Err(bad(1, "the header", expected, found));
    }
    let id = row.get(Some(0));
    if id.is_empty() {
        return Err(row.error("shop_id", "an id", id));
    }
    shops.push(id.to_owned());
    Ok(())
}

/// Profiles of the shops that were asked for, from a file of events. `E` is
/// whatever leads to the engine: a reference, or an `Rc` where the reader has
/// to outlive the function that made it, as it does between calls from JS.
pub struct ProfilesReader<E> {
    engine: E,
    csv: CsvReader,
    gathered: Gathered,
}

/// What the rows read so far come to.
struct Gathered {
    columns: Option<EventColumns>,
    /// By shop id, ascending.
    builders: Vec<(String, ProfileBuilder)>,
    skipped: [u64; 3],
}

/// Profiles by shop id, and how many events were left out.
#[derive(Debug, Default)]
pub struct Profiles {
    /// By shop id, ascending; every shop that was asked for, with or without
    /// events.
    pub by_shop: Vec<(String, Profile)>,
    /// Events left out, in the order of [`Skip::ALL`].
    pub skipped: [u64; 3],
}

impl<E, B> ProfilesReader<E>
where
    E: Deref<Target = Engine<B>>,
    B: AsRef<[u8]>,
{
    /// A reader of the profiles of these shops, ids ascending.
    pub fn new(engine: E, shops: &[String]) -> ProfilesReader<E> {
        let builder = |shop: &String| (shop.clone(), engine.profile_builder(None));
        let gathered = Gathered {
            columns: None,
            builders: shops.iter().map(builder).collect(),
            skipped: [0; 3],
        };
        ProfilesReader {
            engine,
            csv: CsvReader::new(),
            gathered,
        }
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (engine, gathered) = (&*self.engine, &mut self.gathered);
        self.csv.push(bytes, |row| gathered.add(engine, &row))
    }

    /// The profiles.
    pub fn finish(mut self) -> Result<Profiles> {
        let (engine, gathered) = (&*self.engine, &mut self.gathered);
        self.csv.finish(|row| gathered.add(engine, &row))?;
        let Gathered {
            builders, skipped, ..
        } = self.gathered;
        let by_shop = builders
            .into_iter()
            .map(|(shop, b)| (shop, b.finish()))
            .collect();
        Ok(Profiles { by_shop, skipped })
    }
}

impl Gathered {
    /// Adds the event of a row, or counts why it is left out.
    fn add<B: AsRef<[u8]>>(&mut self, engine: &Engine<B>, row: &Row<'_>) -> Result<()> {
        let columns = match &self.columns {
            Some(columns) => columns,
            None => self.columns.insert(EventColumns::new(row.header())?),
        };
        let event = match columns.read(row)? {
            Ok(event) => event,
            Err(skip) => {
                self.skipped[skip as usize] += 1;
                return Ok(());
            }
        };
        let Ok(at) = self
            .builders
            .binary_search_by(|(shop, _)| shop.as_str().cmp(event.shop_id))
        else {
            return Ok(());
        };
        match engine.shard().ids()?.find(event.good_id) {
            Some(good) => self.builders[at].1.add(Event {
                row: good as u32,
                kind: event.kind,
                quantity: event.quantity,
                at: event.at,
            }),
            None => self.skipped[Skip::UnknownGood as usize] += 1,
        }
        Ok(())
    }
}

/// Ranks one shop and appends its lines of a rankings file.
pub fn write_ranking<B: AsRef<[u8]>>(
    engine: &Engine<B>,
    shop_id: &str,
    profile: &Profile,
    query: &Query,
    out: &mut String,
) -> Result<()> {
    let ranking = engine.rank(profile, query)?;
    let ids = engine.shard().ids()?;
    for (i, (&good, &score)) in ranking.goods.iter().zip(&ranking.scores).enumerate() {
        write_field(out, shop_id);
        let _ = write!(out, ",{},", i + 1);
        write_field(out, ids.get(good as usize));
        let _ = writeln!(out, ",{}", Nats(score));
    }
    Ok(())
}

/// Micro-nats written as nats, all six digits, without a float in between.
#[derive(Clone, Copy, Debug)]
pub struct Nats(pub i64);

impl std::fmt::Display for Nats {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let micro = MICRO as u64;
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        f.pad(&format!("{sign}{}.{:06}", size / micro, size % micro))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nats_show_every_digit() {
        assert_eq!(Nats(-1_234_567).to_string(), "-1.234567");
        assert_eq!(Nats(-7).to_string(), "-0.000007");
        assert_eq!(Nats(2_000_000).to_string(), "2.000000");
    }

    fn queries(file: &str) -> Result<Vec<String>> {
        let mut reader = QueriesReader::default();
        reader.push(file.as_bytes())?;
        reader.finish()
    }

    #[test]
    fn queries_are_the_distinct_values_of_the_first_column() {
        assert_eq!(
            queries("shop_id,good_id\nb,1\na,1\nb,2\n").unwrap(),
            ["a", "b"]
        );
        assert_eq!(
            queries("good_id,shop_id\n1,a\n").unwrap_err().to_string(),
            "bad CSV: line 1, the header: expected shop_id as the first column, found good_id"
        );
    }
}
