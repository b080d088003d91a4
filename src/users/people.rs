//! Who is who: rows that name the same person, in one file or two.
//!
//! A row with a customer's id is that customer's; one without goes by its email,
//! then phone, then WeChat. An id that is new takes the contacts of a person
//! without any, and no one else's: two ids that share a phone stay two people.

use super::columns::{Columns, Field, consent, is_email, phone};
use crate::csv::{CsvReader, EMPTY, Row, bad};
use crate::error::{Error, Kind, Result};
use crate::shard::key;

/// Ways to reach somebody, as bits of what is known of a person.
pub(super) const CHANNELS: u8 = 7;
const EMAIL: u8 = 1;
const PHONE: u8 = 2;
const WECHAT: u8 = 4;
/// What else may be known.
pub(super) const TIME: u8 = 8;
pub(super) const SOURCE: u8 = 16;
pub(super) const GOOD: u8 = 32;
pub(super) const CONSENT: u8 = 64;
/// Whether the person has an id; no part of what may be known.
const NAMED: u8 = 128;

/// The channels with their columns and consents.
const CONTACTS: [(u8, Field, Field); 3] = [
    (EMAIL, Field::Email, Field::AcceptsEmail),
    (PHONE, Field::Phone, Field::AcceptsSms),
    (WECHAT, Field::Wechat, Field::AcceptsWechat),
];

/// What is known of a person, in bits.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Person {
    pub(super) known: u8,
    /// Channels that the customers' file speaks of: what orders say is older.
    settled: u8,
    yes: u8,
    no: u8,
}

impl Person {
    /// Share of the channels by which the person can be written to and agreed
    /// to be; `None` where nothing is said of consent. A no outweighs a yes.
    pub(super) fn reach(self, columns: u8) -> Option<f64> {
        let channels = columns & CHANNELS;
        if (self.yes | self.no) & channels == 0 {
            return None;
        }
        let reached = self.yes & !self.no & self.known & channels;
        Some(f64::from(reached.count_ones()) / f64::from(channels.count_ones()))
    }
}

/// People by what names them.
#[derive(Default)]
pub(super) struct People {
    /// Keys and people, open addressing; half is free at least.
    slots: Vec<(u64, u32)>,
    keys: usize,
    pub(super) people: Vec<Person>,
    names: String,
    ends: Vec<usize>,
    /// Which columns the files have, as bits of what may be known.
    pub(super) columns: u8,
}

const FREE: u32 = u32::MAX;

impl People {
    /// What the file calls a person.
    pub(super) fn name(&self, person: usize) -> &str {
        let start = person.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.names.get(start..self.ends[person]).unwrap_or_default()
    }

    /// Notes what can be known from a file of these columns.
    pub(super) fn expect(&mut self, columns: &Columns) {
        for (channel, contact, accepts) in CONTACTS {
            if columns.has(contact) {
                self.columns |= channel;
            }
            if columns.has(accepts) {
                self.columns |= CONSENT;
            }
        }
    }

    /// The person of a row, added if new; `None` where the row names nobody.
    /// `settle` is for the customers' file, whose consents are the last word.
    pub(super) fn find_or_add<'t>(
        &mut self,
        get: &dyn Fn(Field) -> &'t str,
        settle: bool,
    ) -> Option<u32> {
        // Shopify and Taobao put an apostrophe before numbers.
        let get = |field| {
            let text = get(field);
            text.strip_prefix('\'').unwrap_or(text)
        };
        let mut said = Person::default();
        let mut keys = [0; 4];
        for (i, (channel, contact, accepts)) in CONTACTS.into_iter().enumerate() {
            let address = match contact {
                Field::Email if is_email(get(contact)) => {
                    Some(get(contact).to_ascii_lowercase())
                }
                Field::Phone => phone(get(contact)),
                Field::Wechat if !get(contact).is_empty() => {
                    Some(get(contact).to_owned())
                }
                _ => None,
            };
            if let Some(address) = address {
                said.known |= channel;
                keys[i + 1] = key(format!("{channel}{address}").as_bytes());
            }
            match consent(get(accepts)) {
                Some(true) => said.yes |= channel,
                Some(false) => said.no |= channel,
                None => {}
            }
        }
        if said.yes | said.no != 0 {
            said.known |= CONSENT;
        }
        let names = [Field::Id, Field::Email, Field::Phone, Field::Wechat];
        let name = names.map(get).into_iter().find(|name| !name.is_empty())?;
        if !get(Field::Id).is_empty() || said.known & CHANNELS == 0 {
            // A masked address still tells one customer from another.
            keys[0] = key(format!("0{name}").as_bytes());
            said.known |= NAMED;
        }
        let person = match self.find(&keys, said.known & NAMED != 0) {
            Some(person) => person,
            None => {
                self.people.push(Person::default());
                self.names.push_str(name);
                self.ends.push(self.names.len());
                self.people.len() as u32 - 1
            }
        };
        for key in keys.into_iter().filter(|&key| key != 0) {
            self.insert(key, person);
        }
        self.people[person as usize].learn(said, settle);
        Some(person)
    }

    fn find(&self, keys: &[u64; 4], named: bool) -> Option<u32> {
        let of = |&key: &u64| match self.slots.get(self.slot(key)) {
            Some(&(_, person)) if key != 0 && person != FREE => Some(person),
            _ => None,
        };
        let nameless = |&person: &u32| self.people[person as usize].known & NAMED == 0;
        let by_contact = || keys[1..].iter().filter_map(of);
        match named {
            true => of(&keys[0]).or_else(|| by_contact().find(nameless)),
            false => by_contact().next(),
        }
    }

    /// Where a key is, or would be.
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len().wrapping_sub(1);
        let mut slot = key as usize & mask;
        while let Some(&(other, person)) = self.slots.get(slot) {
            if person == FREE || other == key {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }

    /// Gives a key to a person unless it is somebody's.
    fn insert(&mut self, key: u64, person: u32) {
        if 2 * self.keys >= self.slots.len() {
            let grown = (2 * self.slots.len()).max(64);
            let old = std::mem::replace(&mut self.slots, vec![(0, FREE); grown]);
            self.keys = 0;
            for (key, person) in old.into_iter().filter(|&(_, person)| person != FREE) {
                self.insert(key, person);
            }
        }
        let slot = self.slot(key);
        if self.slots[slot].1 == FREE {
            self.slots[slot] = (key, person);
            self.keys += 1;
        }
    }
}

impl Person {
    fn learn(&mut self, said: Person, settle: bool) {
        self.known |= said.known;
        let open = if settle { u8::MAX } else { !self.settled };
        self.yes |= said.yes & open;
        self.no |= said.no & open;
        if settle {
            self.settled |= said.yes | said.no;
        }
    }
}

/// A merchant's customers, whom orders will name. Nothing of them leaves the
/// machine.
#[derive(Default)]
pub struct Customers {
    pub(super) people: People,
    /// Rows that name somebody.
    pub(super) rows: usize,
}

/// Reads a customers' file that is pushed in pieces.
#[derive(Default)]
pub struct CustomersReader {
    csv: CsvReader,
    columns: Option<Columns>,
    out: Customers,
}

impl CustomersReader {
    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (columns, out) = (&mut self.columns, &mut self.out);
        let read = self.csv.push(bytes, |row| read_row(columns, out, &row));
        read.map_err(unquoted)
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Customers> {
        let (columns, out) = (&mut self.columns, &mut self.out);
        let read = self.csv.finish(|row| read_row(columns, out, &row));
        read.map_err(unquoted)?;
        Ok(self.out)
    }
}

/// An error without what stands in the first line, which is a customer where a
/// file has no header.
pub(super) fn unquoted(error: Error) -> Error {
    match error.kind() {
        Kind::BadCsv {
            line: 1,
            expected,
            found,
            ..
        } if found != EMPTY => bad(1, "the header", expected.as_str(), "others"),
        _ => error,
    }
}

/// What a file must have to tell users apart, as errors say it.
pub(super) const WHO_EXPECTED: &str = "a column customer_id, email or phone";

fn read_row(
    columns: &mut Option<Columns>,
    out: &mut Customers,
    row: &Row<'_>,
) -> Result<()> {
    let columns = match columns {
        Some(columns) => columns,
        None => {
            let mut new = Columns::new(row.header());
            let id = &mut new.0[Field::Id as usize];
            *id = id.or_else(|| row.header().place("id|username"));
            if new.nobody() {
                return Err(row.header().lacks(WHO_EXPECTED));
            }
            out.people.expect(&new);
            columns.insert(new)
        }
    };
    let get = |field: Field| row.get(columns.0[field as usize]);
    if out.people.find_or_add(&get, true).is_some() {
        out.rows += 1;
    }
    Ok(())
}
