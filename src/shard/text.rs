//! Cold text: titles and further columns, fetched for the rows that are shown.

use std::ops::Range;

use super::bytes::{Bytes, Parts};
use super::layout::{u32_at, u64_at};
use super::varint::read_varint;
use super::{Section, Shard, hash, inflate};
use crate::error::{Error, Result};

const BLOCK_ENTRY_LEN: usize = 56;
pub(crate) const MAX_BLOCK_LEN: u32 = 1 << 20;

/// The texts of one good: field names and values, in the shard's field order.
/// A value of "" is unknown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoodText {
    fields: Vec<(String, String)>,
}

impl GoodText {
    /// The value of a field, `None` when it is absent or unknown.
    pub fn get(&self, field: &str) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(name, _)| name == field)?;
        (!value.is_empty()).then_some(value)
    }

    /// Known fields and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields
            .iter()
            .filter(|(_, v)| !v.is_empty())
            .map(|(k, v)| (k.as_str(), v.as_str()))
    }

    /// What to call the good where there is room for one title: `title`, else
    /// the first `title_…`, else "".
    pub fn title(&self) -> &str {
        self.get("title")
            .or_else(|| {
                self.iter()
                    .find(|(k, _)| k.starts_with("title_"))
                    .map(|(_, v)| v)
            })
            .unwrap_or_default()
    }
}

/// An entry of the block index.
#[derive(Clone, Copy, Debug)]
struct Block<'a> {
    first_row: u32,
    raw_len: u32,
    offset: u64,
    len: u32,
    hash: &'a [u8],
}

impl<'a> Block<'a> {
    fn read(entry: &'a [u8]) -> Block<'a> {
        Block {
            first_row: u32_at(entry, 0),
            raw_len: u32_at(entry, 4),
            offset: u64_at(entry, 8),
            len: u32_at(entry, 16),
            hash: &entry[24..56],
        }
    }
}

fn blocks(index: &[u8]) -> impl ExactSizeIterator<Item = Block<'_>> {
    index.chunks_exact(BLOCK_ENTRY_LEN).map(Block::read)
}

/// Checks that the blocks lie one after another in `text_len` bytes and start
/// at ascending rows below `goods`.
pub(crate) fn check_blocks(index: &[u8], goods: u32, text_len: usize) -> Result<()> {
    let wrong = |expected: String, found: String| {
        Err(Error::damaged("text blocks", expected, found))
    };
    if !index.len().is_multiple_of(BLOCK_ENTRY_LEN) {
        return wrong(
            format!("entries of {BLOCK_ENTRY_LEN} bytes"),
            format!("{} bytes", index.len()),
        );
    }
    let (mut end, mut last_row) = (0u64, None);
    for block in blocks(index) {
        let row_fits = match last_row {
            None => block.first_row == 0,
            Some(last) => block.first_row > last,
        };
        if !row_fits || block.first_row >= goods {
            let found = format!("{} out of turn", block.first_row);
            return wrong(
                format!("first rows that ascend from 0 below {goods}"),
                found,
            );
        }
        if block.offset != end {
            return wrong(format!("a block at {end}"), format!("at {}", block.offset));
        }
        if block.raw_len > MAX_BLOCK_LEN {
            let found = block.raw_len.to_string();
            return wrong(format!("at most {MAX_BLOCK_LEN} bytes inflated"), found);
        }
        end += u64::from(block.len);
        last_row = Some(block.first_row);
    }
    let rows_covered = goods == 0 || last_row.is_some();
    if end != text_len as u64 || !rows_covered {
        return wrong(
            format!("blocks of {text_len} bytes"),
            format!("{end} bytes"),
        );
    }
    Ok(())
}

impl<B: Bytes> Shard<B> {
    /// The texts of the good in `row`. Inflates and checks the row's block, unless
    /// it is kept.
    pub fn text(&self, row: usize) -> Result<GoodText> {
        let rows = self.texts(row..row + 1)?;
        Ok(rows.into_iter().next().unwrap_or_default())
    }

    /// Keeps so many bytes of inflated blocks from now on; 4 MiB until then.
    pub fn keep_texts(&self, bytes: usize) {
        self.inflated.set_room(bytes);
    }

    /// The texts of a range of goods, each block inflated once.
    pub fn texts(&self, rows: Range<usize>) -> Result<Vec<GoodText>> {
        let Some(table) = self.text_table()? else {
            return Ok(rows.map(|_| GoodText::default()).collect());
        };
        let mut out = Vec::with_capacity(rows.len());
        for i in table.holding(rows.start)..table.count() {
            let held = table.rows(i);
            if held.start >= rows.end {
                break;
            }
            if held.end <= rows.start {
                continue; // There is no such row.
            }
            let wanted = rows.start.max(held.start)..rows.end.min(held.end);
            let unpack = || {
                let block = table.block(i);
                match self.brought(self.start_of_block(&block)) {
                    Some(bytes) => table.unpack(i, &bytes),
                    None => table.unpack(i, self.block(&block)?),
                }
            };
            match self.inflated.get(i, unpack) {
                Ok(unpacked) => {
                    for row in wanted {
                        out.push(unpacked.text(i, row, &table.names)?);
                    }
                }
                // It is noted, and who asked sees it there: of many goods all that
                // is missing is known at once.
                Err(error) if error.is_not_loaded() => {
                    out.extend(wanted.map(|_| GoodText::default()));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(out)
    }

    /// What the shard says of its texts; `None` when it has none.
    fn text_table(&self) -> Result<Option<TextTable<'_>>> {
        let fields = self.checked(Section::TextFields)?;
        if fields.is_empty() {
            return Ok(None);
        }
        self.check_text()?;
        let names = std::str::from_utf8(fields).unwrap_or_default();
        Ok(Some(TextTable {
            names: names.split('\n').collect(),
            index: self.checked(Section::TextBlocks)?,
            goods: self.goods() as usize,
        }))
    }

    fn block(&self, block: &Block<'_>) -> Result<&[u8]> {
        self.part("texts", self.start_of_block(block), block.len.into())
    }

    fn start_of_block(&self, block: &Block<'_>) -> u64 {
        self.text_start() + block.offset
    }
}

impl Shard<Parts> {
    /// Checks the hash of each text block; all must be here.
    pub(super) fn check_hashes(&self) -> Result<()> {
        let mut blocks = blocks(self.checked(Section::TextBlocks)?).enumerate();
        blocks.try_for_each(|(i, block)| check_hash(i, &block, self.block(&block)?))
    }

    /// Takes the text block that starts here in the file; what is none is passed
    /// over.
    pub(super) fn put_block(&self, start: u64, bytes: Vec<u8>) -> Result<()> {
        let starts = |block: &Block<'_>| self.start_of_block(block) == start;
        let mut blocks = blocks(self.checked(Section::TextBlocks)?).enumerate();
        if let Some((i, block)) = blocks.find(|(_, block)| starts(block)) {
            check_hash(i, &block, &bytes)?;
            self.keep_brought(start, bytes);
        }
        Ok(())
    }
}

/// The names of the text fields, and which block holds which rows.
struct TextTable<'a> {
    names: Vec<&'a str>,
    index: &'a [u8],
    goods: usize,
}

impl<'a> TextTable<'a> {
    fn count(&self) -> usize {
        self.index.len() / BLOCK_ENTRY_LEN
    }

    fn block(&self, i: usize) -> Block<'a> {
        Block::read(&self.index[i * BLOCK_ENTRY_LEN..])
    }

    fn rows(&self, i: usize) -> Range<usize> {
        let end = match i + 1 < self.count() {
            true => self.block(i + 1).first_row as usize,
            false => self.goods,
        };
        self.block(i).first_row as usize..end
    }

    /// The last block that starts at this row or before.
    fn holding(&self, row: usize) -> usize {
        let (mut low, mut high) = (0, self.count());
        while low + 1 < high {
            let middle = (low + high) / 2;
            match self.block(middle).first_row as usize <= row {
                true => low = middle,
                false => high = middle,
            }
        }
        low
    }

    fn unpack(&self, i: usize, bytes: &[u8]) -> Result<Unpacked> {
        let raw = inflate(i, &self.block(i), bytes)?;
        Unpacked::new(i, raw, self.rows(i), &self.names)
    }
}

fn check_hash(number: usize, block: &Block<'_>, bytes: &[u8]) -> Result<()> {
    if hash(bytes) == block.hash {
        return Ok(());
    }
    Err(Error::damaged(
        format!("text block {number}"),
        "bytes that match their hash",
        "other bytes",
    ))
}

fn inflate(number: usize, block: &Block<'_>, bytes: &[u8]) -> Result<Vec<u8>> {
    check_hash(number, block, bytes)?;
    let name = || format!("text block {number}");
    let raw = inflate::inflate(bytes, block.raw_len as usize).map_err(|fault| {
        Error::damaged(
            name(),
            "a DEFLATE stream",
            format!("other bytes (status {})", fault as i32),
        )
    })?;
    if raw.len() != block.raw_len as usize {
        let expected = format!("{} bytes inflated", block.raw_len);
        return Err(Error::damaged(name(), expected, raw.len().to_string()));
    }
    Ok(raw)
}

/// An inflated block, and where each of its rows starts.
#[derive(Debug)]
pub(super) struct Unpacked {
    bytes: Vec<u8>,
    first: usize,
    starts: Vec<u32>,
}

impl Unpacked {
    pub(super) fn new(
        number: usize,
        bytes: Vec<u8>,
        rows: Range<usize>,
        names: &[&str],
    ) -> Result<Unpacked> {
        let mut starts = Vec::with_capacity(rows.len());
        let (mut rest, first) = (&bytes[..], rows.start);
        for row in rows {
            starts.push((bytes.len() - rest.len()) as u32);
            for name in names {
                next_value(&mut rest).ok_or_else(|| damaged(number, row, name))?;
            }
        }
        Ok(Unpacked {
            bytes,
            first,
            starts,
        })
    }

    /// How many bytes it takes.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() + size_of_val(&self.starts[..])
    }

    fn text(&self, number: usize, row: usize, names: &[&str]) -> Result<GoodText> {
        let mut rest = &self.bytes[self.starts[row - self.first] as usize..];
        let mut fields = Vec::with_capacity(names.len());
        for &name in names {
            let value = next_value(&mut rest);
            let value = value.and_then(|value| std::str::from_utf8(value).ok());
            let value = value.ok_or_else(|| damaged(number, row, name))?;
            fields.push((name.to_owned(), value.to_owned()));
        }
        Ok(GoodText { fields })
    }
}

fn damaged(number: usize, row: usize, name: &str) -> Error {
    let what = format!("text block {number}");
    Error::damaged(what, format!("{name} of row {row}"), "no UTF-8 value")
}

fn next_value<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let len = read_varint(rest)? as usize;
    let value = rest.get(..len)?;
    *rest = &rest[len..];
    Some(value)
}
