//! The reader: any bytes become a shard or an error.
//!
//! A [`Shard`] holds the bytes and its directory. What is known of a section
//! grows: `open` knows where it lies, the first access checks its hash and
//! contents and remembers that in one flag, later accesses are a slice. Of
//! [`Parts`] a section may not be here yet: whoever needs it is told so, and it
//! is noted for whoever can bring it.

use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::bytes::{Bytes, Parts};
use super::check;
use super::column::Uints;
use super::inflated::Inflated;
use super::layout::{
    ALIGN, CRITICAL, ENTRY_LEN, Element, Entry, HEADER_LEN, MAGIC, MAX_FILE_LEN,
    MAX_GOODS, MAX_SECTIONS, NOT_FOR_PUBLICATION, Section, VERSION, header_hash, u16_at,
    u32_at, u64_at,
};
use super::strings::Strings;
use super::{Model, Usual, hash};
use crate::SEVERAL;
use crate::error::{Error, Kind, Result};

/// The critical sections that are read, as errors say it.
const READS: &str = match SEVERAL {
    true => "the sections of version 1",
    false => "catalogs of one shard (goodsrank/full those of several)",
};

const UNSEEN: u8 = 0;
const HASHED: u8 = 1;
const CHECKED: u8 = 2;

/// A shard over any bytes: `&[u8]`, `Vec<u8>`, a memory map, or [`Parts`].
#[derive(Debug)]
pub struct Shard<B> {
    bytes: B,
    goods: u32,
    minor: u16,
    optional_features: u32,
    entries: Vec<Known>,
    pub(super) inflated: Inflated,
    absent: Mutex<Absent>,
}

/// What is not here.
#[derive(Debug, Default)]
struct Absent {
    /// Start and length of what was asked for, pair by pair. As floats, which
    /// JavaScript takes as they are.
    missing: Vec<f64>,
    /// Text blocks that were brought, compressed, by where they start. They stay
    /// until a call misses nothing: it may need more than are kept inflated.
    brought: Vec<(u64, Arc<Vec<u8>>)>,
}

/// A directory entry of a section that this version knows.
#[derive(Debug)]
struct Known {
    section: Section,
    element: Element,
    entry: Entry,
    seen: AtomicU8,
}

/// What the directory says of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionInfo {
    /// Which section.
    pub section: Section,
    /// Element type, as `u16`.
    pub element: &'static str,
    /// Bytes from the start of the file.
    pub offset: u64,
    /// Bytes.
    pub length: u64,
    /// BLAKE3; for the text section, of its index.
    pub hash: [u8; 32],
}

impl<B: Bytes> Shard<B> {
    /// The shard in `bytes`, its structure checked: magic, version, features,
    /// the header's hash, and that every section lies where and as it must.
    ///
    /// Costs a few microseconds, whatever the size. Sections are hashed and
    /// range-checked when they are first used, or all at once by
    /// [`verify`](Self::verify).
    pub fn open(bytes: B) -> Result<Shard<B>> {
        let (header, directory) = head(&bytes)?;
        let mut shard = Shard {
            goods: u32_at(header, 32),
            minor: u16_at(header, 10),
            optional_features: u32_at(header, 16),
            entries: entries(&bytes, directory)?,
            inflated: Inflated::default(),
            absent: Mutex::default(),
            bytes,
        };
        if shard.goods > MAX_GOODS {
            return Err(Error::damaged(
                "header",
                format!("at most {MAX_GOODS} goods"),
                shard.goods.to_string(),
            ));
        }
        shard.entries.shrink_to_fit();
        check::structure(&shard)?;
        Ok(shard)
    }

    /// Checks every section now: its hash and the range of what it holds, and
    /// that every text block inflates to UTF-8.
    pub fn verify(&self) -> Result<()> {
        for known in &self.entries {
            self.checked(known.section)?;
        }
        if self.goods > 0 {
            self.texts(0..self.goods as usize)?;
        }
        Ok(())
    }

    /// Number of goods.
    pub fn goods(&self) -> u32 {
        self.goods
    }

    /// Major and minor version of the file.
    pub fn version(&self) -> (u16, u16) {
        (VERSION.0, self.minor)
    }

    /// False for a shard built with `k = 1`: figures of single shops show.
    pub fn publishable(&self) -> bool {
        self.optional_features & NOT_FOR_PUBLICATION == 0
    }

    /// Length of the file, bytes.
    pub fn file_len(&self) -> u64 {
        self.bytes.file_len()
    }

    /// Where the texts start: what lies before them is all that a ranking needs.
    pub fn text_start(&self) -> u64 {
        match self.has(Section::Text) {
            true => self.start_of(Section::Text),
            false => self.file_len(),
        }
    }

    /// The hash that the header holds: it vouches for the directory, and by the
    /// hashes there for everything else.
    pub fn head_hash(&self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(&self.bytes.head()[64..96]);
        hash
    }

    /// Start and length of what was asked for since the last call and is not
    /// here, pair by pair and maybe more than once.
    pub fn take_missing(&self) -> Vec<f64> {
        let mut absent = self.absent();
        if absent.missing.is_empty() {
            absent.brought = Vec::new();
        }
        std::mem::take(&mut absent.missing)
    }

    /// What the directory says of the sections this version knows.
    pub fn sections(&self) -> impl Iterator<Item = SectionInfo> {
        self.entries.iter().map(|k| SectionInfo {
            section: k.section,
            element: k.element.name(),
            offset: k.entry.offset,
            length: k.entry.length,
            hash: k.entry.hash,
        })
    }

    /// Whether the shard has a section.
    pub fn has(&self, section: Section) -> bool {
        self.entry(section).is_some()
    }

    /// What was learned that is global to the catalog.
    pub fn model(&self) -> Result<Model> {
        Model::from_bytes(self.checked(Section::Model)?)
    }

    /// What is usual in the catalog; round figures where the shard does not say.
    pub fn usual(&self) -> Result<Usual> {
        match self.has(Section::Usual) {
            true => Usual::from_bytes(self.checked(Section::Usual)?),
            false => Ok(Usual::default()),
        }
    }

    /// The goods' ids, ascending in byte order.
    pub fn ids(&self) -> Result<Strings<'_>> {
        self.strings(Section::IdEnds, Section::Ids)
    }

    /// Category paths, in the order of [`category rows`](Section::Category).
    pub fn categories(&self) -> Result<Strings<'_>> {
        self.strings(Section::CategoryPathEnds, Section::CategoryPaths)
    }

    /// Supplier ids, ascending; row 0 stands for an unknown supplier.
    pub fn supplier_ids(&self) -> Result<Strings<'_>> {
        self.strings(Section::SupplierIdEnds, Section::SupplierIds)
    }

    /// Supplier names, in the order of their ids.
    pub fn supplier_names(&self) -> Result<Strings<'_>> {
        self.strings(Section::SupplierNameEnds, Section::SupplierNames)
    }

    /// Brands, ascending; row 0 stands for an unknown one. Empty where no good has
    /// one.
    pub fn brands(&self) -> Result<Strings<'_>> {
        self.strings(Section::BrandEnds, Section::Brands)
    }

    /// Lists of destinations, each of codes with a space between; row 0 stands for
    /// goods that do not say. Empty where no good does.
    pub fn destinations(&self) -> Result<Strings<'_>> {
        self.strings(Section::DestinationEnds, Section::Destinations)
    }

    /// Ids of the public shops, ascending.
    pub fn shop_ids(&self) -> Result<Strings<'_>> {
        self.strings(Section::ShopIdEnds, Section::ShopIds)
    }

    /// Names of the public shops, in the order of their ids.
    pub fn shop_names(&self) -> Result<Strings<'_>> {
        self.strings(Section::ShopNameEnds, Section::ShopNames)
    }

    /// Search tokens, ascending.
    pub fn tokens(&self) -> Result<Strings<'_>> {
        self.strings(Section::TokenEnds, Section::Tokens)
    }

    /// A column of unsigned numbers, hashed and range-checked; empty when the
    /// shard does not have it.
    pub fn column(&self, section: Section) -> Result<Uints<'_>> {
        self.checked(section)?;
        self.uints(section)
    }

    /// A column of i16; empty when the shard does not have it.
    pub fn i16s(&self, section: Section) -> Result<&[[u8; 2]]> {
        Ok(self.checked(section)?.as_chunks().0)
    }

    /// A column of f32, or of ends; empty when the shard does not have it.
    pub fn words(&self, section: Section) -> Result<&[[u8; 4]]> {
        Ok(self.checked(section)?.as_chunks().0)
    }

    /// A table of strings, checked.
    pub(crate) fn strings(&self, ends: Section, bytes: Section) -> Result<Strings<'_>> {
        let text = self.checked(bytes)?;
        Ok(Strings::new(self.bytes(ends)?, text))
    }

    /// Bytes of a section, hashed and range-checked; none when it is absent.
    pub(crate) fn checked(&self, section: Section) -> Result<&[u8]> {
        let bytes = self.bytes(section)?;
        if let Some(known) = self.entry(section)
            && known.seen.load(Ordering::Acquire) < CHECKED
        {
            check::contents(self, section)?;
            known.seen.store(CHECKED, Ordering::Release);
        }
        Ok(bytes)
    }

    /// Bytes of a section, hashed; none when it is absent.
    pub(crate) fn bytes(&self, section: Section) -> Result<&[u8]> {
        let Some(known) = self.entry(section) else {
            return Ok(&[]);
        };
        let bytes = match known.entry.length {
            0 => &[],
            length => self.part(known.section.name(), known.entry.offset, length)?,
        };
        if known.seen.load(Ordering::Acquire) == UNSEEN {
            self.check_hash(known, bytes)?;
            known.seen.store(HASHED, Ordering::Release);
        }
        Ok(bytes)
    }

    fn absent(&self) -> MutexGuard<'_, Absent> {
        // What another thread left when it panicked is whole.
        self.absent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The text block that was brought, compressed.
    pub(super) fn brought(&self, start: u64) -> Option<Arc<Vec<u8>>> {
        let absent = self.absent();
        let block = absent.brought.iter().find(|(at, _)| *at == start);
        block.map(|(_, bytes)| bytes.clone())
    }

    /// Keeps a text block until a call misses nothing.
    pub(super) fn keep_brought(&self, start: u64, bytes: Vec<u8>) {
        self.absent().brought.push((start, Arc::new(bytes)));
    }

    /// A part of the file; what is not here is noted.
    pub(super) fn part(&self, what: &str, start: u64, length: u64) -> Result<&[u8]> {
        let (from, to) = (start as usize, (start + length) as usize);
        if let Some(bytes) = self.bytes.part(from..to) {
            return Ok(bytes);
        }
        self.absent().missing.extend([start as f64, length as f64]);
        let what = what.to_owned();
        Err(Kind::NotLoaded { what }.into())
    }

    /// Where a section starts.
    pub(super) fn start_of(&self, section: Section) -> u64 {
        self.entry(section).map_or(0, |known| known.entry.offset)
    }

    /// Refuses a text section that the index of its blocks does not vouch for:
    /// they have the same hash.
    pub(super) fn check_text(&self) -> Result<()> {
        let hash = |section| self.entry(section).map(|known| known.entry.hash);
        match hash(Section::Text) == hash(Section::TextBlocks) {
            true => Ok(()),
            false => Err(other_bytes(Section::Text)),
        }
    }

    pub(crate) fn uints(&self, section: Section) -> Result<Uints<'_>> {
        let bytes = self.bytes(section)?;
        let element = self.entry(section).map_or(Element::U8, |k| k.element);
        Ok(Uints::new(element, bytes).unwrap_or(Uints::U8(&[])))
    }

    /// Element type and count of a section that is there.
    pub(crate) fn elements(&self, section: Section) -> Option<(Element, u64)> {
        let known = self.entry(section)?;
        Some((known.element, known.entry.length / known.element.size()))
    }

    /// Whether a section's elements are i8; not when it is absent.
    pub(crate) fn is_signed(&self, section: Section) -> bool {
        self.elements(section)
            .is_some_and(|(e, _)| e == Element::I8)
    }

    /// Rows of the string table whose ends are in `section`.
    pub(crate) fn rows_of_table(&self, section: Section) -> u64 {
        self.elements(section)
            .map_or(0, |(_, ends)| ends.saturating_sub(1))
    }

    fn entry(&self, section: Section) -> Option<&Known> {
        let at = self
            .entries
            .binary_search_by_key(&section, |k| k.section)
            .ok()?;
        self.entries.get(at)
    }

    /// The text section is vouched for by its index, which hashes each block.
    fn check_hash(&self, known: &Known, bytes: &[u8]) -> Result<()> {
        if known.section == Section::Text {
            return self.check_text();
        }
        match hash(bytes) == known.entry.hash {
            true => Ok(()),
            false => Err(other_bytes(known.section)),
        }
    }
}

impl<B: AsRef<[u8]>> Shard<B> {
    /// All bytes of the shard.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.as_ref()
    }
}

impl Shard<Parts> {
    /// The shard whose file starts with `head`: header and directory. Nothing
    /// else of it is here.
    pub(super) fn from_head(head: Vec<u8>) -> Result<Shard<Parts>> {
        let length = match head.get(24..32) {
            Some(_) => u64_at(&head, 24),
            None => head.len() as u64,
        };
        let mut shard = Shard::open(Parts::new(head, length))?;
        let places = shard.entries.iter();
        let places = places.map(|known| (known.entry.offset, known.entry.length));
        shard.bytes.lay_out(places);
        Ok(shard)
    }

    pub(super) fn parts(&self) -> &Parts {
        &self.bytes
    }

    /// Brings what was missing: a section, or a text block, at its start.
    pub fn put(&self, start: u64, bytes: Vec<u8>) -> Result<()> {
        match start < self.text_start() {
            true => self.bytes.put(start, bytes),
            false => self.put_block(start, bytes)?,
        }
        Ok(())
    }

    /// Checks the hash of the section that starts here.
    pub(super) fn check_hash_at(&self, start: u64) -> Result<()> {
        let known = self
            .entries
            .iter()
            .find(|known| known.entry.offset == start);
        known.map_or(Ok(()), |known| self.bytes(known.section).map(|_| ()))
    }

    /// Refuses a file of another length than its header says.
    pub(super) fn check_length(&self, found: u64) -> Result<()> {
        check_length(found, self.file_len())
    }

    /// Checks every section, all of which must be here.
    pub(super) fn check_sections(&self) -> Result<()> {
        let mut sections = self.entries.iter().map(|known| known.section);
        sections.try_for_each(|section| self.checked(section).map(|_| ()))?;
        self.check_hashes()
    }
}

fn other_bytes(section: Section) -> Error {
    Error::damaged(section.name(), "bytes that match their hash", "other bytes")
}

/// Checks the header and gives it and the directory.
fn head(bytes: &impl Bytes) -> Result<(&[u8], &[u8])> {
    let all = bytes.head();
    let found = &all[..all.len().min(MAGIC.len())];
    if !MAGIC.starts_with(found) || found.is_empty() {
        return Err(Kind::NotAShard {
            found: found.to_vec(),
        }
        .into());
    }
    let header = prefix(all, "header", HEADER_LEN as u64)?;
    check_version(header)?;
    let sections = u32_at(header, 20);
    if !(1..=MAX_SECTIONS).contains(&sections) {
        let expected = format!("1 to {MAX_SECTIONS} sections");
        return Err(Error::damaged("header", expected, sections.to_string()));
    }
    let end = HEADER_LEN + ENTRY_LEN * sections as usize;
    let directory = &prefix(all, "directory", end as u64)?[HEADER_LEN..];
    if header_hash(header, directory) != header[64..96] {
        return Err(Error::damaged(
            "header",
            "a header that matches its hash",
            "another",
        ));
    }
    check_length(bytes.file_len(), u64_at(header, 24))?;
    if header[36..64].iter().chain(&header[96..]).any(|&b| b != 0) {
        return Err(Error::damaged(
            "header",
            "zeros in reserved bytes",
            "other bytes",
        ));
    }
    Ok((header, directory))
}

fn prefix<'a>(all: &'a [u8], what: &'static str, len: u64) -> Result<&'a [u8]> {
    all.get(..len as usize).ok_or_else(|| {
        Kind::Truncated {
            what,
            expected: len,
            found: all.len() as u64,
        }
        .into()
    })
}

fn check_version(header: &[u8]) -> Result<()> {
    let (major, minor) = (u16_at(header, 8), u16_at(header, 10));
    if major != VERSION.0 {
        return Err(Kind::Unsupported {
            what: "version".into(),
            expected: format!("version {}", VERSION.0),
            found: format!("version {major}.{minor}"),
        }
        .into());
    }
    match u32_at(header, 12) {
        0 => Ok(()),
        bits => Err(Kind::Unsupported {
            what: "required features".into(),
            expected: "none".into(),
            found: format!("bits {bits:#x}"),
        }
        .into()),
    }
}

fn check_length(found: u64, expected: u64) -> Result<()> {
    if expected > MAX_FILE_LEN {
        let limit = format!("at most {MAX_FILE_LEN} bytes");
        return Err(Error::damaged("header", limit, expected.to_string()));
    }
    if found < expected {
        return Err(Kind::Truncated {
            what: "file",
            expected,
            found,
        }
        .into());
    }
    if found > expected {
        let expected = format!("{expected} bytes");
        return Err(Error::damaged("file", expected, format!("{found} bytes")));
    }
    Ok(())
}

/// Reads the directory: every entry in its place, unknown ones left out.
fn entries(bytes: &impl Bytes, directory: &[u8]) -> Result<Vec<Known>> {
    let mut known = Vec::new();
    let mut last_number = 0;
    let mut end = (HEADER_LEN + directory.len()) as u64;
    for raw in directory.chunks_exact(ENTRY_LEN) {
        let entry = Entry::from_bytes(raw);
        let name = Section::from_number(entry.number).map_or_else(
            || format!("section {}", entry.number),
            |s| s.name().to_owned(),
        );
        if entry.number <= last_number {
            let found = format!("{} after {last_number}", entry.number);
            return Err(Error::damaged(
                "directory",
                "ascending section numbers",
                found,
            ));
        }
        last_number = entry.number;
        end = check_place(bytes, &name, &entry, end)?;
        if raw[4..8].iter().chain(&raw[24..32]).any(|&b| b != 0)
            || entry.flags & !CRITICAL != 0
        {
            return Err(Error::damaged(
                name,
                "zeros in reserved bytes and flags",
                "other bits",
            ));
        }
        known.extend(recognise(&name, entry)?);
    }
    let length = bytes.file_len();
    if end != length {
        let expected = format!("a last section that ends at {length}");
        return Err(Error::damaged("directory", expected, format!("{end}")));
    }
    Ok(known)
}

/// Checks that a section starts right after `end`, aligned, and ends within
/// the file. Gives its own end.
fn check_place(bytes: &impl Bytes, name: &str, entry: &Entry, end: u64) -> Result<u64> {
    let length = bytes.file_len();
    let expected = end.next_multiple_of(ALIGN);
    if entry.offset != expected {
        return Err(Error::damaged(
            name,
            format!("offset {expected}"),
            entry.offset.to_string(),
        ));
    }
    let stop = entry
        .offset
        .checked_add(entry.length)
        .filter(|&stop| stop <= length);
    let Some(stop) = stop else {
        let room = format!("at most {} bytes", length.saturating_sub(entry.offset));
        return Err(Error::damaged(name, room, entry.length.to_string()));
    };
    let gap = bytes.part(end as usize..entry.offset as usize);
    if gap.is_some_and(|gap| gap.iter().any(|&b| b != 0)) {
        return Err(Error::damaged(
            name,
            "zeros before the section",
            "other bytes",
        ));
    }
    Ok(stop)
}

/// A known section, `None` for an unknown one that may be skipped.
fn recognise(name: &str, entry: Entry) -> Result<Option<Known>> {
    let section = Section::from_number(entry.number);
    let Some(section) = section.filter(|&s| SEVERAL || s != Section::Speaks) else {
        if entry.flags & CRITICAL == 0 {
            return Ok(None);
        }
        return Err(Kind::Unsupported {
            what: "critical section".into(),
            expected: READS.into(),
            found: name.to_owned(),
        }
        .into());
    };
    let element = Element::from_number(entry.element).ok_or_else(|| {
        Error::damaged(
            name,
            "an element type from 0 to 9",
            entry.element.to_string(),
        )
    })?;
    if !entry.length.is_multiple_of(element.size()) {
        let expected = format!("a multiple of {} bytes", element.size());
        return Err(Error::damaged(name, expected, entry.length.to_string()));
    }
    Ok(Some(Known {
        section,
        element,
        entry,
        seen: AtomicU8::new(UNSEEN),
    }))
}
