//! The writer: sections in, bytes out, the same bytes for the same sections.

use std::collections::BTreeMap;

use super::column::narrowest;
use super::layout::{
    ALIGN, CRITICAL, ENTRY_LEN, Element, Entry, HEADER_LEN, MAGIC, MAX_FILE_LEN,
    MAX_GOODS, NOT_FOR_PUBLICATION, Section, VERSION, header_hash,
};
use super::text::MAX_BLOCK_LEN;
use super::varint::write_varint;
use super::{Calibration, Kernel, Model, Shard, Usual, hash};
use crate::error::{Kind, Result};

/// Target length of a text block before compression: a row that is shown inflates
/// a block, so four times as long would take four times as long, for a tenth less
/// of text.
const BLOCK_LEN: usize = 16 << 10;

/// Gathers sections and writes a shard.
///
/// Sections may be added in any order. Nothing is checked until
/// [`finish`](Self::finish), which reads back what it wrote: a shard that is
/// returned is one that [`Shard::verify`] accepts.
#[derive(Debug)]
pub struct ShardWriter {
    goods: usize,
    publishable: bool,
    kernel: Kernel,
    sections: BTreeMap<Section, (Element, Vec<u8>)>,
}

impl ShardWriter {
    /// A writer for the goods with these ids, which must ascend in byte order.
    pub fn new<S: AsRef<str>>(model: &Model, ids: &[S]) -> Result<ShardWriter> {
        if ids.len() > MAX_GOODS as usize {
            let (limit, found) = (u64::from(MAX_GOODS), ids.len() as u64);
            return Err(Kind::Limit {
                what: "goods in a shard",
                limit,
                found,
            }
            .into());
        }
        let mut writer = ShardWriter {
            goods: ids.len(),
            publishable: model.min_shops > 1,
            kernel: model.kernel,
            sections: BTreeMap::new(),
        };
        writer.put(Section::Model, Element::Bytes, model.to_bytes()?);
        writer.strings(Section::IdEnds, Section::Ids, ids);
        Ok(writer)
    }

    /// Adds a column, or list members, of unsigned numbers in the narrowest type.
    pub fn uints(&mut self, section: Section, values: &[u64]) -> &mut Self {
        let (element, bytes) = narrowest(values);
        self.put(section, element, bytes)
    }

    /// Adds u8 numbers.
    pub fn u8s(&mut self, section: Section, values: Vec<u8>) -> &mut Self {
        self.put(section, Element::U8, values)
    }

    /// Adds i8 numbers.
    pub fn i8s(&mut self, section: Section, values: &[i8]) -> &mut Self {
        let bytes = values.iter().map(|v| v.cast_unsigned()).collect();
        self.put(section, Element::I8, bytes)
    }

    /// Adds i16 numbers.
    pub fn i16s(&mut self, section: Section, values: &[i16]) -> &mut Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.put(section, Element::I16, bytes)
    }

    /// Adds f32 numbers.
    pub fn f32s(&mut self, section: Section, values: &[f32]) -> &mut Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.put(section, Element::F32, bytes)
    }

    /// Adds f64 numbers.
    pub fn f64s(&mut self, section: Section, values: &[f64]) -> &mut Self {
        let bytes = values.iter().flat_map(|v| v.to_le_bytes()).collect();
        self.put(section, Element::F64, bytes)
    }

    /// Adds what is usual in the catalog.
    pub fn usual(&mut self, usual: &Usual) -> &mut Self {
        self.put(Section::Usual, Element::F64, usual.to_bytes())
    }

    /// Adds the calibration of the shops' raw fit.
    pub fn shop_calibration(&mut self, calibration: &Calibration) -> &mut Self {
        let bytes = calibration.to_bytes();
        self.put(Section::ShopCalibration, Element::F64, bytes)
    }

    /// Adds the ends of lists, given the lists' lengths.
    pub fn ends(
        &mut self,
        section: Section,
        lengths: impl IntoIterator<Item = usize>,
    ) -> &mut Self {
        let mut end = 0u32;
        let mut bytes = end.to_le_bytes().to_vec();
        for length in lengths {
            // A sum past u32 makes the ends descend, which `finish` refuses.
            end = end.wrapping_add(length as u32);
            bytes.extend(end.to_le_bytes());
        }
        self.put(section, Element::U32, bytes)
    }

    /// Adds a table of strings.
    pub fn strings<S: AsRef<str>>(
        &mut self,
        ends: Section,
        bytes: Section,
        texts: &[S],
    ) -> &mut Self {
        self.ends(ends, texts.iter().map(|t| t.as_ref().len()));
        let text = texts.iter().flat_map(|t| t.as_ref().bytes()).collect();
        self.put(bytes, Element::Bytes, text)
    }

    /// Adds a key table. The pairs are sorted here, by key and then row.
    pub fn keys(
        &mut self,
        keys: Section,
        rows: Section,
        mut pairs: Vec<(u64, u64)>,
    ) -> &mut Self {
        pairs.sort_unstable();
        let bytes = pairs
            .iter()
            .flat_map(|(key, _)| key.to_le_bytes())
            .collect();
        self.put(keys, Element::U64, bytes);
        let goods: Vec<u64> = pairs.iter().map(|&(_, row)| row).collect();
        self.uints(rows, &goods)
    }

    /// Adds search postings: tokens in ascending order, each with its rows in
    /// ascending order.
    pub fn postings(&mut self, postings: &BTreeMap<String, Vec<u32>>) -> &mut Self {
        let tokens: Vec<&str> = postings.keys().map(String::as_str).collect();
        self.strings(Section::TokenEnds, Section::Tokens, &tokens);
        let mut bytes = Vec::new();
        let mut lengths = Vec::with_capacity(postings.len());
        for rows in postings.values() {
            let start = bytes.len();
            let mut last = 0;
            for &row in rows {
                write_varint(&mut bytes, row - last);
                last = row;
            }
            lengths.push(bytes.len() - start);
        }
        self.ends(Section::PostingEnds, lengths);
        self.put(Section::Postings, Element::Bytes, bytes)
    }

    /// Adds the cold text of every good.
    pub fn text(&mut self, text: TextWriter) -> &mut Self {
        let (fields, index, blocks) = text.finish();
        self.put(Section::TextFields, Element::Bytes, fields);
        self.put(Section::TextBlocks, Element::Bytes, index);
        self.put(Section::Text, Element::Bytes, blocks)
    }

    /// The shard's bytes, verified.
    pub fn finish(self) -> Result<Vec<u8>> {
        let entries = self.entries();
        let length = entries.last().map_or(0, |e| e.offset + e.length);
        if length > MAX_FILE_LEN {
            return Err(Kind::Limit {
                what: "bytes in a shard",
                limit: MAX_FILE_LEN,
                found: length,
            }
            .into());
        }
        let directory: Vec<u8> = entries.iter().flat_map(Entry::to_bytes).collect();
        let mut out = Vec::with_capacity(length as usize);
        out.extend(self.header(length, &directory));
        out.extend(directory);
        for (entry, (_, bytes)) in entries.iter().zip(self.sections.values()) {
            out.resize(entry.offset as usize, 0);
            out.extend(bytes);
        }
        Shard::open(&out)?.verify()?;
        Ok(out)
    }

    fn put(&mut self, section: Section, element: Element, bytes: Vec<u8>) -> &mut Self {
        self.sections.insert(section, (element, bytes));
        self
    }

    fn entries(&self) -> Vec<Entry> {
        let mut offset = (HEADER_LEN + ENTRY_LEN * self.sections.len()) as u64;
        let index = self.sections.get(&Section::TextBlocks);
        let place = |(&section, (element, bytes)): (&Section, &(Element, Vec<u8>))| {
            offset = offset.next_multiple_of(ALIGN);
            // The text's index hashes each block, so it stands for the text.
            let hashed = match (section, index) {
                (Section::Text, Some((_, index))) => index,
                _ => bytes,
            };
            let entry = Entry {
                number: section as u16,
                flags: if section.is_critical() { CRITICAL } else { 0 },
                element: *element as u8,
                offset,
                length: bytes.len() as u64,
                hash: hash(hashed),
            };
            offset += entry.length;
            entry
        };
        self.sections.iter().map(place).collect()
    }

    /// The least minor version that has what the shard uses.
    fn minor(&self) -> u16 {
        let is_signed = |&(element, _): &(Element, Vec<u8>)| element == Element::I8;
        let linear =
            self.kernel == Kernel::Linear || self.sections.values().any(is_signed);
        let sections = self.sections.keys().map(|section| section.since());
        sections.max().unwrap_or(0).max(u16::from(linear))
    }

    fn header(&self, length: u64, directory: &[u8]) -> [u8; HEADER_LEN] {
        let mut header = [0; HEADER_LEN];
        let features = if self.publishable {
            0
        } else {
            NOT_FOR_PUBLICATION
        };
        header[0..8].copy_from_slice(&MAGIC);
        header[8..10].copy_from_slice(&VERSION.0.to_le_bytes());
        header[10..12].copy_from_slice(&self.minor().to_le_bytes());
        header[16..20].copy_from_slice(&features.to_le_bytes());
        header[20..24].copy_from_slice(&(self.sections.len() as u32).to_le_bytes());
        header[24..32].copy_from_slice(&length.to_le_bytes());
        header[32..36].copy_from_slice(&(self.goods as u32).to_le_bytes());
        let hash = header_hash(&header, directory);
        header[64..96].copy_from_slice(&hash);
        header
    }
}

/// Packs rows of text into compressed blocks, row by row.
#[derive(Debug)]
pub struct TextWriter {
    fields: Vec<String>,
    row: u32,
    first_row: u32,
    block: Vec<u8>,
    index: Vec<u8>,
    text: Vec<u8>,
}

impl TextWriter {
    /// A writer of rows with these fields.
    pub fn new<S: AsRef<str>>(fields: &[S]) -> TextWriter {
        TextWriter {
            fields: fields.iter().map(|f| f.as_ref().to_owned()).collect(),
            row: 0,
            first_row: 0,
            block: Vec::new(),
            index: Vec::new(),
            text: Vec::new(),
        }
    }

    /// Adds the next good's values, one for each field; missing ones are "".
    pub fn push<S: AsRef<str>>(&mut self, values: &[S]) {
        let row: usize = values.iter().map(|v| v.as_ref().len() + 5).sum();
        if !self.block.is_empty() && self.block.len() + row > MAX_BLOCK_LEN as usize {
            self.close_block();
        }
        for i in 0..self.fields.len() {
            let value = values.get(i).map_or("", AsRef::as_ref);
            write_varint(&mut self.block, value.len() as u32);
            self.block.extend(value.as_bytes());
        }
        self.row += 1;
        if self.block.len() >= BLOCK_LEN {
            self.close_block();
        }
    }

    fn close_block(&mut self) {
        let packed = miniz_oxide::deflate::compress_to_vec(&self.block, 9);
        self.index.extend(self.first_row.to_le_bytes());
        self.index.extend((self.block.len() as u32).to_le_bytes());
        self.index.extend((self.text.len() as u64).to_le_bytes());
        self.index.extend((packed.len() as u32).to_le_bytes());
        self.index.extend([0; 4]);
        self.index.extend(hash(&packed));
        self.text.extend(packed);
        self.block.clear();
        self.first_row = self.row;
    }

    /// Field names, block index, blocks.
    fn finish(mut self) -> (Vec<u8>, Vec<u8>, Vec<u8>) {
        if !self.block.is_empty() || (self.row > 0 && self.index.is_empty()) {
            self.close_block();
        }
        (self.fields.join("\n").into_bytes(), self.index, self.text)
    }
}
