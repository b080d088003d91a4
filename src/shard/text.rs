//! Cold text: titles and further columns, fetched for the rows that are shown.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

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

/// The blocks that were inflated last. Goods that are shown together, and the
/// shop's that speak for them, are asked for again and again.
#[derive(Debug, Default)]
pub(super) struct Inflated(Mutex<VecDeque<(usize, Arc<Vec<u8>>)>>);

/// How many blocks are kept: 4 MiB of those that the writer makes.
const KEPT: usize = 256;

impl Inflated {
    fn get(
        &self,
        number: usize,
        inflate: impl FnOnce() -> Result<Vec<u8>>,
    ) -> Result<Arc<Vec<u8>>> {
        // What another thread left when it panicked is whole blocks.
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, block)) = kept.iter().find(|(kept, _)| *kept == number) {
            return Ok(block.clone());
        }
        let block = Arc::new(inflate()?);
        if kept.len() == KEPT {
            kept.pop_front();
        }
        kept.push_back((number, block.clone()));
        Ok(block)
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

    /// The texts of a range of goods, each block inflated once.
    pub fn texts(&self, rows: Range<usize>) -> Result<Vec<GoodText>> {
        let fields = self.checked(Section::TextFields)?;
        if fields.is_empty() {
            return Ok(rows.map(|_| GoodText::default()).collect());
        }
        let fields = String::from_utf8_lossy(fields);
        let names: Vec<&str> = fields.split('\n').collect();
        let index = self.checked(Section::TextBlocks)?;
        self.check_text()?;
        let block = |i: usize| Block::read(&index[i * BLOCK_ENTRY_LEN..]);
        let count = index.len() / BLOCK_ENTRY_LEN;
        // The last block that starts at the first row or before.
        let (mut low, mut high) = (0, count);
        while low + 1 < high {
            let middle = (low + high) / 2;
            match block(middle).first_row as usize <= rows.start {
                true => low = middle,
                false => high = middle,
            }
        }
        let mut out = Vec::with_capacity(rows.len());
        for i in low..count {
            let first = block(i).first_row as usize;
            if first >= rows.end {
                break;
            }
            let end = match i + 1 < count {
                true => block(i + 1).first_row as usize,
                false => self.goods() as usize,
            };
            if end <= rows.start {
                continue; // There is no such row.
            }
            let wanted = rows.start.max(first)..rows.end.min(end);
            match self.inflated.get(i, || self.inflate(i, &block(i))) {
                Ok(raw) => out.extend(rows_of(i, &raw, &names, first..end, wanted)?),
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
}

impl<B: Bytes> Shard<B> {
    fn inflate(&self, number: usize, block: &Block<'_>) -> Result<Vec<u8>> {
        inflate(number, block, self.block(block)?)
    }

    fn block(&self, block: &Block<'_>) -> Result<&[u8]> {
        let start = self.text_start() + block.offset;
        self.part("texts", start, block.len.into())
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
    pub(super) fn put_block(&self, start: u64, bytes: &[u8]) -> Result<()> {
        let first = self.text_start();
        let mut blocks = blocks(self.checked(Section::TextBlocks)?).enumerate();
        if let Some((i, block)) = blocks.find(|(_, block)| first + block.offset == start)
        {
            self.inflated.get(i, || inflate(i, &block, bytes))?;
        }
        Ok(())
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

/// Cuts an inflated block into rows, keeping those that are wanted.
fn rows_of(
    number: usize,
    raw: &[u8],
    names: &[&str],
    rows: Range<usize>,
    wanted: Range<usize>,
) -> Result<Vec<GoodText>> {
    let mut rest = raw;
    let mut out = Vec::with_capacity(wanted.len());
    for row in rows.start..wanted.end {
        let mut fields = Vec::new();
        for &name in names {
            let value = next_value(&mut rest).ok_or_else(|| {
                let what = format!("text block {number}");
                Error::damaged(what, format!("{name} of row {row}"), "no UTF-8 value")
            })?;
            if wanted.contains(&row) {
                fields.push((name.to_owned(), value.to_owned()));
            }
        }
        if wanted.contains(&row) {
            out.push(GoodText { fields });
        }
    }
    Ok(out)
}

fn next_value<'a>(rest: &mut &'a [u8]) -> Option<&'a str> {
    let len = read_varint(rest)? as usize;
    let value = rest.get(..len)?;
    *rest = &rest[len..];
    std::str::from_utf8(value).ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod tests {
    use super::*;

    #[test]
    fn what_was_inflated_last_is_kept() {
        let inflated = Inflated::default();
        let get = |number: usize| {
            let mut made = false;
            let block = inflated.get(number, || {
                made = true;
                Ok(vec![number as u8])
            });
            assert_eq!(*block.unwrap(), [number as u8]);
            made
        };
        assert!((0..=KEPT).all(get), "each is new");
        assert!(!get(KEPT) && !get(1), "the last are kept");
        assert!(get(0), "and the first went");
        let error = inflated.get(999, || Err(Error::damaged("text", "a", "b")));
        assert!(error.is_err() && get(999), "an error is not kept");
    }
}
