//! Where a shard's bytes are: in one piece, or section by section as they come.

use std::ops::Range;
use std::sync::OnceLock;

/// The bytes of a shard, not all of which need be here.
pub trait Bytes {
    /// The file's first bytes: header and directory, where it has them.
    fn head(&self) -> &[u8];
    /// Length of the file.
    fn file_len(&self) -> u64;
    /// A part of the file, of one section or of what lies between two; `None`
    /// while it is not here.
    fn part(&self, range: Range<usize>) -> Option<&[u8]>;
}

impl<T: AsRef<[u8]>> Bytes for T {
    fn head(&self) -> &[u8] {
        self.as_ref()
    }

    fn file_len(&self) -> u64 {
        self.as_ref().len() as u64
    }

    fn part(&self, range: Range<usize>) -> Option<&[u8]> {
        self.as_ref().get(range)
    }
}

/// A shard section by section: what a query needs is here, and the rest may come
/// later or never.
#[derive(Debug)]
pub struct Parts {
    head: Vec<u8>,
    file_len: u64,
    /// In the order of the file.
    sections: Vec<Part>,
}

/// Where a section lies, and its bytes once they are here.
#[derive(Debug)]
struct Part {
    start: usize,
    length: usize,
    bytes: OnceLock<Vec<u8>>,
}

impl Parts {
    /// A shard of which no section is here.
    pub(super) fn new(head: Vec<u8>, file_len: u64) -> Parts {
        Parts {
            head,
            file_len,
            sections: Vec::new(),
        }
    }

    /// Says where the sections lie: start and length, ascending.
    pub(super) fn lay_out(&mut self, sections: impl Iterator<Item = (u64, u64)>) {
        let part = |(start, length)| Part {
            start: start as usize,
            length: length as usize,
            bytes: OnceLock::new(),
        };
        self.sections = sections.map(part).collect();
    }

    /// Start and length of the first section that ends after `at`.
    pub(super) fn section_after(&self, at: u64) -> Option<(u64, u64)> {
        let ends_before = |part: &Part| (part.start + part.length) as u64 <= at;
        let next = self.sections.partition_point(ends_before);
        let part = self.sections.get(next)?;
        Some((part.start as u64, part.length as u64))
    }

    /// Takes a section. What is here stays, and what is no section is passed over.
    pub(super) fn put(&self, start: u64, bytes: Vec<u8>) {
        let part = self.at(start as usize);
        let part = part.filter(|p| p.start as u64 == start && p.length == bytes.len());
        if let Some(part) = part {
            part.bytes.get_or_init(|| bytes);
        }
    }

    /// The section that `at` lies in or before.
    fn at(&self, at: usize) -> Option<&Part> {
        let next = self.sections.partition_point(|part| part.start <= at);
        self.sections.get(next.checked_sub(1)?)
    }
}

impl Bytes for Parts {
    fn head(&self) -> &[u8] {
        &self.head
    }

    fn file_len(&self) -> u64 {
        self.file_len
    }

    fn part(&self, range: Range<usize>) -> Option<&[u8]> {
        let part = self.at(range.start)?;
        let bytes = part.bytes.get()?;
        bytes.get(range.start - part.start..range.end - part.start)
    }
}
