//! `events`: what shops did, with ids made numbers.

use std::collections::HashMap;
use std::path::Path;

use goodsrank::events::{EventColumns, EventRow, Skip};
use goodsrank::profile::Event;
use goodsrank::shard::{EventKind, MAX_ID_LEN};

use super::causes::{Named, caused};
use super::{Good, Shop, Skipped, table};
use crate::error::Result;

/// Columns that are read.
const USED: [&str; 7] = [
    "at",
    "shop_id",
    "good_id",
    "kind",
    "quantity",
    "amount_minor",
    CAUSED_BY,
];
/// The shop whose share or referral brought an event about.
const CAUSED_BY: &str = "caused_by";

/// An event between shop and good number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CatalogEvent {
    /// Place in [`Events::shops`].
    pub shop: u32,
    /// Place in the catalog's goods.
    pub good: u32,
    /// What was done.
    pub kind: EventKind,
    /// Above 0.
    pub quantity: f64,
    /// Seconds since 1970 UTC; 0 when unknown.
    pub at: i64,
}

impl CatalogEvent {
    /// The event as the core's profiles take it.
    pub fn for_profile(&self) -> Event {
        Event {
            row: self.good,
            kind: self.kind,
            quantity: self.quantity,
            at: self.at,
        }
    }
}

/// What shops did. Sorted by shop, good, time, kind and quantity, so that the
/// order of the file changes nothing.
#[derive(Clone, Debug, Default)]
pub struct Events {
    /// Shops of the shops file and of the events, in the byte order of ids.
    pub shops: Vec<Shop>,
    /// The events.
    pub list: Vec<CatalogEvent>,
    /// Shops and goods, ascending, whose first event another shop caused.
    pub caused: Vec<(u32, u32)>,
}

impl Events {
    /// Time of the last event; 0 when none has a time.
    pub fn t_ref(&self) -> i64 {
        self.list.iter().map(|e| e.at).max().unwrap_or(0)
    }

    /// Time of the first event that has one; 0 when none has.
    pub fn first_at(&self) -> i64 {
        self.list
            .iter()
            .map(|e| e.at)
            .filter(|&at| at > 0)
            .min()
            .unwrap_or(0)
    }

    /// The events of each shop that has any, with the shop's number.
    pub fn by_shop(&self) -> impl Iterator<Item = (u32, &[CatalogEvent])> {
        self.list
            .chunk_by(|a, b| a.shop == b.shop)
            .map(|events| (events[0].shop, events))
    }
}

/// Numbers for shop ids, in the order they come.
#[derive(Default)]
struct Interner {
    numbers: HashMap<String, u32>,
    ids: Vec<String>,
}

impl Interner {
    fn number(&mut self, id: &str) -> u32 {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = self.ids.len() as u32;
        self.numbers.insert(id.to_owned(), number);
        self.ids.push(id.to_owned());
        number
    }
}

/// Reads the events of a catalog.
pub(super) fn read(
    path: &Path,
    goods: &[Good],
    shops: Vec<Shop>,
    until: i64,
    skipped: &mut Skipped,
) -> Result<Events> {
    let rows: HashMap<&str, u32> = goods
        .iter()
        .zip(0..)
        .map(|(g, row)| (g.id.as_str(), row))
        .collect();
    let (mut ids, mut cause_ids) = (Interner::default(), Interner::default());
    let (mut list, mut named) = (Vec::new(), Vec::new());
    let mut columns = None;
    table::read(path, &mut |row| {
        let columns = match &columns {
            Some(columns) => columns,
            None => {
                let used = |name: &str| USED.contains(&name);
                skipped.report_unused(path, row.header(), used);
                let causes = row.header().find(CAUSED_BY);
                columns.insert((EventColumns::new(row.header())?, causes))
            }
        };
        let (columns, causes) = columns;
        let cause = row.get(*causes);
        if cause.len() > MAX_ID_LEN {
            return Err(row.error(
                CAUSED_BY,
                "an id of at most 64 bytes, or none",
                cause,
            ));
        }
        match columns.read(&row)? {
            Err(skip) => skipped.count(skip),
            Ok(event) if event.at > until => skipped.too_late += 1,
            Ok(event) => match rows.get(event.good_id) {
                None => skipped.count(Skip::UnknownGood),
                Some(&good) => {
                    let event = numbered(&event, ids.number(event.shop_id), good);
                    list.push(event);
                    if !cause.is_empty() {
                        named.push((event, cause_ids.number(cause)));
                    }
                }
            },
        }
        Ok(())
    })?;
    let (shops, numbers) = renumber(&ids.ids, shops);
    let events = list
        .iter_mut()
        .chain(named.iter_mut().map(|(event, _)| event));
    events.for_each(|event| event.shop = numbers[event.shop as usize]);
    let place = |id: &String| shops.binary_search_by(|s| s.id.cmp(id)).ok();
    let causes: Vec<Option<usize>> = cause_ids.ids.iter().map(place).collect();
    let named: Vec<Named> = named
        .into_iter()
        .map(|(event, by)| Named {
            event,
            by: causes[by as usize].map(|shop| shop as u32),
        })
        .collect();
    list.sort_unstable_by(|a, b| {
        (a.shop, a.good, a.at, a.kind)
            .cmp(&(b.shop, b.good, b.at, b.kind))
            .then(a.quantity.total_cmp(&b.quantity))
    });
    let (caused, wrong) = caused(&list, &named);
    skipped.unknown_cause = wrong;
    Ok(Events {
        shops,
        list,
        caused,
    })
}

fn numbered(event: &EventRow<'_>, shop: u32, good: u32) -> CatalogEvent {
    CatalogEvent {
        shop,
        good,
        kind: event.kind,
        quantity: event.quantity,
        at: event.at,
    }
}

/// Joins the shops of both files and sorts them; and the new number of each id.
fn renumber(ids: &[String], known: Vec<Shop>) -> (Vec<Shop>, Vec<u32>) {
    let mut shops = known;
    let listed: HashMap<String, ()> = shops.iter().map(|s| (s.id.clone(), ())).collect();
    let unlisted = ids.iter().filter(|id| !listed.contains_key(*id));
    shops.extend(unlisted.map(|id| Shop {
        id: id.clone(),
        ..Shop::default()
    }));
    shops.sort_by(|a, b| a.id.cmp(&b.id));
    let place: HashMap<&str, u32> = shops
        .iter()
        .zip(0..)
        .map(|(s, n)| (s.id.as_str(), n))
        .collect();
    let numbers: Vec<u32> = ids.iter().map(|id| place[id.as_str()]).collect();
    (shops, numbers)
}
