//! Ranking for many from files: what `goodsrank rank --queries` does, native
//! and in Node, with the same bytes.
//!
//! The queries' file says in its first column whom to rank for: shops, whose
//! profiles' file holds events, of which those of other shops are passed over;
//! or goods, for which the shard's public shops are ranked. Files are pushed in
//! pieces.

use std::collections::BinaryHeap;
use std::ops::Deref;

use crate::csv::{CsvReader, Header, Row, bad};
use crate::engine::Engine;
use crate::error::Result;
use crate::events::{EventColumns, Skip};
use crate::profile::{Event, Profile, ProfileBuilder};
use crate::shard::Bytes;
use crate::terms::MICRO;

/// The header of a rankings file.
pub const HEADER: &str = "query_id,rank,item_id,score\n";

/// What the ids of a queries' file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Shops, which want goods.
    Shops,
    /// Goods, which want shops.
    Goods,
}

/// The distinct ids in the first column of a file, ascending in byte order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// What they are: the column is headed `shop_id` or `good_id`.
    pub of: Subject,
    /// The ids.
    pub ids: Vec<String>,
}

impl Ids {
    /// The ids, where they have to be those of goods.
    pub fn goods(self) -> Result<Vec<String>> {
        match self.of {
            Subject::Goods => Ok(self.ids),
            Subject::Shops => Err(bad(
                1,
                "the header",
                "good_id as the first column",
                "shop_id",
            )),
        }
    }
}

/// Reads a file whose first column is ids.
#[derive(Debug, Default)]
pub struct IdsReader {
    csv: CsvReader,
    ids: BinaryHeap<String>,
}

impl IdsReader {
    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let ids = &mut self.ids;
        self.csv.push(bytes, |row| add_id(ids, &row))
    }

    /// The ids; none where the file is but a header.
    pub fn finish(mut self) -> Result<Ids> {
        let ids = &mut self.ids;
        self.csv.finish(|row| add_id(ids, &row))?;
        let of = subject(self.csv.header().map_or("", first_name))?;
        let mut ids = self.ids.into_sorted_vec();
        ids.dedup();
        Ok(Ids { of, ids })
    }
}

fn add_id(ids: &mut BinaryHeap<String>, row: &Row<'_>) -> Result<()> {
    let heading = first_name(row.header());
    subject(heading)?;
    let id = row.get(Some(0));
    if id.is_empty() {
        return Err(row.error(heading, "an id", id));
    }
    ids.push(id.to_owned());
    Ok(())
}

fn first_name(header: &Header) -> &str {
    header.names().first().map_or("", String::as_str)
}

fn subject(heading: &str) -> Result<Subject> {
    match heading {
        "shop_id" => Ok(Subject::Shops),
        "good_id" => Ok(Subject::Goods),
        _ => {
            let expected = "shop_id or good_id as the first column";
            Err(bad(1, "the header", expected, heading))
        }
    }
}

/// Profiles of the shops that were asked for, from a file of events. `E` is
/// whatever leads to the engine: a reference, or an `Rc` where the reader has
/// to outlive the function that made it, as it does between calls from JS.
pub struct ProfilesReader<E> {
    engines: Vec<E>,
    csv: CsvReader,
    gathered: Gathered,
}

/// What the rows read so far come to.
struct Gathered {
    columns: Option<EventColumns>,
    /// By shop id, ascending.
    builders: Vec<(String, Vec<ProfileBuilder>)>,
    skipped: [u64; 3],
}

/// Profiles by shop id, and how many events were left out.
#[derive(Debug, Default)]
pub struct Profiles {
    /// By shop id, ascending; every shop that was asked for, with or without
    /// events. A profile for each shard.
    pub by_shop: Vec<(String, Vec<Profile>)>,
    /// Events left out, in the order of [`Skip::ALL`].
    pub skipped: [u64; 3],
}

impl<E, B> ProfilesReader<E>
where
    E: Deref<Target = Engine<B>>,
    B: Bytes,
{
    /// A reader of the profiles of these shops, ids ascending, in each shard of a
    /// catalog.
    pub fn new(engines: Vec<E>, shops: &[String]) -> ProfilesReader<E> {
        let builders = || engines.iter().map(|engine| engine.profile_builder(None));
        let builder = |shop: &String| (shop.clone(), builders().collect());
        let gathered = Gathered {
            columns: None,
            builders: shops.iter().map(builder).collect(),
            skipped: [0; 3],
        };
        ProfilesReader {
            engines,
            csv: CsvReader::new(),
            gathered,
        }
    }

    /// Adds another shard of the catalog, before anything is read.
    pub fn beside(&mut self, engine: E) {
        for (_, builders) in &mut self.gathered.builders {
            builders.push(engine.profile_builder(None));
        }
        self.engines.push(engine);
    }

    /// The shards.
    pub fn engines(&self) -> &[E] {
        &self.engines
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (engines, gathered) = (&self.engines, &mut self.gathered);
        self.csv.push(bytes, |row| gathered.add(engines, &row))
    }

    /// The profiles.
    pub fn finish(mut self) -> Result<Profiles> {
        let (engines, gathered) = (&self.engines, &mut self.gathered);
        self.csv.finish(|row| gathered.add(engines, &row))?;
        let Gathered {
            builders, skipped, ..
        } = self.gathered;
        let by_shop = builders
            .into_iter()
            .map(|(shop, of)| (shop, of.into_iter().map(|b| b.finish()).collect()))
            .collect();
        Ok(Profiles { by_shop, skipped })
    }
}

impl Gathered {
    /// Adds the event of a row wherever its good is known, or counts why it is left
    /// out.
    fn add<E, B>(&mut self, engines: &[E], row: &Row<'_>) -> Result<()>
    where
        E: Deref<Target = Engine<B>>,
        B: Bytes,
    {
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
        let mut known = false;
        for (engine, builder) in engines.iter().zip(&mut self.builders[at].1) {
            if let Some(good) = engine.shard().ids()?.find(event.good_id) {
                known = true;
                builder.add(Event {
                    row: good as u32,
                    kind: event.kind,
                    quantity: event.quantity,
                    at: event.at,
                });
            }
        }
        if !known {
            self.skipped[Skip::UnknownGood as usize] += 1;
        }
        Ok(())
    }
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

    fn ids(file: &str) -> Result<Ids> {
        let mut reader = IdsReader::default();
        reader.push(file.as_bytes())?;
        reader.finish()
    }

    #[test]
    fn ids_are_the_distinct_values_of_the_first_column() {
        let shops = ids("shop_id,good_id\nb,1\na,1\nb,2\n").unwrap();
        assert_eq!(shops.of, Subject::Shops);
        assert_eq!(shops.ids, ["a", "b"]);
        assert_eq!(
            ids("good_id,shop_id\n1,a\n").unwrap().goods().unwrap(),
            ["1"]
        );
        assert_eq!(
            ids("id\n1\n").unwrap_err().to_string(),
            "bad CSV: line 1, the header: expected shop_id or good_id as the first column, found id"
        );
        assert_eq!(
            ids("good_id,x\n,1\n").unwrap_err().to_string(),
            "bad CSV: line 2, column good_id: expected an id, found \"\""
        );
    }

    #[test]
    fn a_header_alone_says_what_the_ids_would_be() {
        assert!(ids("good_id\n").unwrap().goods().unwrap().is_empty());
        assert_eq!(
            ids("shop_id").unwrap().goods().unwrap_err().to_string(),
            "bad CSV: line 1, the header: expected good_id as the first column, found shop_id"
        );
        assert_eq!(
            ids("id\n").unwrap_err().to_string(),
            "bad CSV: line 1, the header: expected shop_id or good_id as the first column, found id"
        );
    }
}
