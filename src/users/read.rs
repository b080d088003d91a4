//! Reading orders: who bought what, when, and where they came from.

use super::columns::{Columns, FIELDS, Field, called_off};
use super::layers::Layer;
use super::people::{GOOD, People, SOURCE, TIME, WHO_EXPECTED, unquoted};
use super::{Customers, MAX_NAMED, UserOptions, Users};
use crate::csv::{CsvReader, Header, Row};
use crate::engine::Engine;
use crate::error::Result;
use crate::profile::Event;
use crate::sales::{self, MatchCounts, RowStatus, UnmatchedRow};
use crate::shard::{Bytes, key};

/// A line of an order. Its event's row is [`NO_GOOD`] where no good was matched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    pub(super) event: Event,
    /// What tells the user's orders apart.
    pub(super) order: u64,
    pub(super) user: u32,
    pub(super) layer: Layer,
}

pub(super) const NO_GOOD: u32 = u32::MAX;

/// What reading came to, but for who is hot.
#[derive(Clone, Debug, Default)]
pub struct UserRows {
    /// Data rows of the orders' file.
    pub rows: usize,
    /// Rows whose good was matched, by what matched it.
    pub matched: MatchCounts,
    /// Rows that were left out, and rows without a good, in the order of the
    /// file; the first thousand.
    pub unmatched: Vec<UnmatchedRow>,
    /// How many of both there are.
    pub unmatched_total: usize,
    /// Of those, rows that were left out: they cannot be read, or lie past the
    /// time of reference.
    pub refused: usize,
    /// Rows of orders that were called off or paid back.
    pub called_off: usize,
    /// Rows that name no customer.
    pub nameless: usize,
    /// Rows without a time: they heat nobody.
    pub undated: usize,
}

/// Reads an orders' file that is pushed in pieces.
pub struct UsersReader<'a, B> {
    engine: &'a Engine<B>,
    options: UserOptions,
    csv: CsvReader,
    orders: Orders,
}

/// What was read so far.
pub(super) struct Orders {
    t_ref: Option<i64>,
    columns: Option<(sales::Columns, Columns)>,
    /// The order that the last row was of, and what it said: exports repeat an
    /// order for each of its goods, and say the rest once.
    last: [String; FIELDS],
    last_at: i64,
    last_called_off: bool,
    last_layer: Layer,
    pub(super) customers: usize,
    pub(super) people: People,
    pub(super) lines: Vec<Line>,
    pub(super) rows: UserRows,
}

impl<'a, B: Bytes> UsersReader<'a, B> {
    /// A reader at the start of the orders of these customers.
    pub fn new(
        engine: &'a Engine<B>,
        customers: Customers,
        options: UserOptions,
    ) -> Result<UsersReader<'a, B>> {
        options.check()?;
        let orders = Orders {
            t_ref: options.t_ref,
            columns: None,
            last: Default::default(),
            last_at: 0,
            last_called_off: false,
            last_layer: Layer::Unknown,
            customers: customers.rows,
            people: customers.people,
            lines: Vec::new(),
            rows: UserRows::default(),
        };
        Ok(UsersReader {
            engine,
            options,
            csv: CsvReader::new(),
            orders,
        })
    }

    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let (engine, orders) = (self.engine, &mut self.orders);
        let read = self.csv.push(bytes, |row| orders.add(engine, &row));
        read.map_err(unquoted)
    }

    /// Ends the file.
    pub fn finish(mut self) -> Result<Users> {
        let (engine, orders) = (self.engine, &mut self.orders);
        let read = self.csv.finish(|row| orders.add(engine, &row));
        read.map_err(unquoted)?;
        if let (None, Some(header)) = (&orders.columns, self.csv.header()) {
            orders.start(header).map_err(unquoted)?; // A file without rows has its columns all the same.
        }
        Users::new(engine, self.orders, &self.options)
    }
}

impl Orders {
    fn start(&mut self, header: &Header) -> Result<()> {
        let (mut goods, mut users) = (sales::Columns::new(header)?, Columns::new(header));
        if users.nobody() {
            return Err(header.lacks(WHO_EXPECTED));
        }
        let order = &mut users.0[Field::Order as usize];
        if *order == goods.place(sales::Field::Title) {
            *order = None; // "name" is the good's, but beside "lineitem name"
        }
        // Beside customers an "id" is the order's, or theirs, and so is a "name".
        for (field, ambiguous) in
            [(sales::Field::GoodId, "id"), (sales::Field::Title, "name")]
        {
            if goods.place(field) == header.place(ambiguous) {
                goods.forget(field);
            }
        }
        self.people.expect(&users);
        self.people.columns |= GOOD;
        if goods.place(sales::Field::At).is_some() {
            self.people.columns |= TIME;
        }
        if users.has(Field::Source) || users.has(Field::Referrer) {
            self.people.columns |= SOURCE;
        }
        self.columns = Some((goods, users));
        Ok(())
    }

    fn add<B: Bytes>(&mut self, engine: &Engine<B>, row: &Row<'_>) -> Result<()> {
        if self.columns.is_none() {
            self.start(row.header())?;
        }
        let Some((goods, users)) = &self.columns else {
            return Ok(());
        };
        self.rows.rows += 1;
        let sale = sales::read_sale(&engine.shard().categories()?, goods, row);
        let order = row.get(users.0[Field::Order as usize]);
        let goes_on = !order.is_empty() && self.last[Field::Order as usize] == order;
        let mut news = false;
        for (i, last) in self.last.iter_mut().enumerate() {
            let text = row.get(users.0[i]);
            if (!goes_on || !text.is_empty()) && last != text {
                last.clear();
                last.push_str(text);
                news |= i >= Field::Status as usize;
            }
        }
        if news {
            self.last_called_off = called_off(&self.last[Field::Status as usize]);
            self.last_layer = match Layer::of(&self.last[Field::Source as usize]) {
                Layer::Unknown => Layer::of(&self.last[Field::Referrer as usize]),
                layer => layer,
            };
        }
        if !goes_on {
            self.last_at = 0; // also where its own first line cannot be read
        }
        let mut sale = match sale {
            Ok(sale) => sale,
            Err(reason) => {
                // Without what was found, which may be anybody's address.
                let expected = reason.split([',', '"']).next().unwrap_or_default();
                return self.refuse(row.line, expected);
            }
        };
        if goes_on && sale.at == 0 {
            sale.at = self.last_at;
        }
        self.last_at = sale.at;
        if self.t_ref.is_some_and(|t_ref| sale.at > t_ref) {
            return self.refuse(row.line, "at: it is after the time of reference");
        }
        let last = &self.last;
        let get = |field: Field| last[field as usize].as_str();
        if self.last_called_off {
            self.rows.called_off += 1;
            return Ok(());
        }
        let Some(user) = self.people.find_or_add(&get, false) else {
            self.rows.nameless += 1;
            return Ok(());
        };
        let layer = self.last_layer;
        let (good, unmatched) = sales::match_row(engine.shard(), goods, row)?;
        match good {
            Some((_, by)) => self.rows.matched.count(by),
            None => self.rows.note(unmatched),
        }
        let mut known = 0;
        for (bit, is_known) in [
            (TIME, sale.at > 0),
            (SOURCE, layer != Layer::Unknown),
            (GOOD, good.is_some()),
        ] {
            known |= if is_known { bit } else { 0 };
        }
        self.people.people[user as usize].known |= known;
        self.rows.undated += usize::from(sale.at == 0);
        self.lines.push(Line {
            event: Event {
                row: good.map_or(NO_GOOD, |(row, _)| row),
                kind: sale.kind,
                quantity: sale.quantity,
                at: sale.at,
            },
            order: match order {
                "" => sale.at as u64,
                order => key(order.as_bytes()),
            },
            user,
            layer,
        });
        Ok(())
    }

    /// Leaves a row out. By its line alone: what it says may be personal.
    fn refuse(&mut self, line: u64, reason: &str) -> Result<()> {
        self.rows.refused += 1;
        self.rows.note(UnmatchedRow {
            line,
            label: String::new(),
            status: RowStatus::Invalid,
            candidates: Vec::new(),
            reason: reason.to_owned(),
        });
        Ok(())
    }
}

impl UserRows {
    fn note(&mut self, row: UnmatchedRow) {
        self.unmatched_total += 1;
        if self.unmatched.len() < MAX_NAMED {
            self.unmatched.push(row);
        }
    }
}
