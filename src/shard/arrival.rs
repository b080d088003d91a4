//! A shard on its way in: bytes in their order become sections, each checked
//! against its hash as soon as it is whole.

use super::Shard;
use super::bytes::Parts;
use super::layout::{ENTRY_LEN, HEADER_LEN, MAGIC, MAX_SECTIONS, u32_at};
use crate::error::{Kind, Result};

/// The bytes of a shard as they arrive.
#[derive(Debug, Default)]
pub struct Arrival {
    /// Header and directory, until they are whole.
    head: Vec<u8>,
    shard: Option<Shard<Parts>>,
    /// Of the section that is coming in.
    section: Vec<u8>,
    /// Bytes that have arrived.
    loaded: u64,
}

impl Arrival {
    /// Takes the next bytes.
    pub fn push(&mut self, mut chunk: &[u8]) -> Result<()> {
        while !chunk.is_empty() {
            let taken = match self.shard {
                None => self.take_head(chunk)?,
                Some(_) => self.take_section(chunk)?,
            };
            self.loaded += taken as u64;
            chunk = &chunk[taken..];
        }
        Ok(())
    }

    /// The shard. All of it must have arrived and is checked, or there are `total`
    /// bytes elsewhere, of which what is missing is [`put`](Shard::put).
    pub fn finish(self, total: Option<u64>) -> Result<Shard<Parts>> {
        let shard = match self.shard {
            Some(shard) => shard,
            // Too short for a shard, and the reader says why.
            None => Shard::from_head(self.head)?,
        };
        shard.check_length(total.unwrap_or(self.loaded))?;
        if total.is_none() {
            shard.check_sections()?;
        }
        Ok(shard)
    }

    fn take_head(&mut self, chunk: &[u8]) -> Result<usize> {
        let needed = head_len(&self.head);
        let taken = chunk.len().min(needed - self.head.len());
        self.head.extend_from_slice(&chunk[..taken]);
        if self.head.len() == head_len(&self.head) {
            self.shard = Some(Shard::from_head(std::mem::take(&mut self.head))?);
        }
        Ok(taken)
    }

    /// Takes bytes of one section, or of what is no section's.
    fn take_section(&mut self, chunk: &[u8]) -> Result<usize> {
        let Some(shard) = &self.shard else {
            return Ok(0);
        };
        let Some((start, length)) = shard.parts().section_after(self.loaded) else {
            return Ok(chunk.len());
        };
        if self.loaded < start {
            return Ok(chunk.len().min((start - self.loaded) as usize));
        }
        let section = &mut self.section;
        if section.is_empty() {
            let room = section.try_reserve_exact(length as usize);
            room.map_err(|_| no_room(length))?;
        }
        let taken = chunk.len().min(length as usize - section.len());
        section.extend_from_slice(&chunk[..taken]);
        if section.len() as u64 == length {
            shard.parts().put(start, std::mem::take(section));
            shard.check_hash_at(start)?;
        }
        Ok(taken)
    }
}

/// Bytes of header and directory, as far as the header says.
fn head_len(head: &[u8]) -> usize {
    match head.get(..HEADER_LEN) {
        None => HEADER_LEN,
        // What is no header is no longer waited for.
        Some(header) if !header.starts_with(&MAGIC) => head.len(),
        Some(header) => match u32_at(header, 20) {
            sections @ 1..=MAX_SECTIONS => HEADER_LEN + ENTRY_LEN * sections as usize,
            _ => head.len(),
        },
    }
}

fn no_room(found: u64) -> crate::Error {
    Kind::Limit {
        what: "bytes a section, or less where the host has less memory",
        limit: isize::MAX as u64,
        found,
    }
    .into()
}
