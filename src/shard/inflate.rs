//! DEFLATE (RFC 1951), read. `miniz_oxide`, which writes it, reads it a little
//! faster, but as a stream that may stop anywhere, in 9,000 bytes of WebAssembly
//! more. Text blocks are whole and their length is known.

use std::cell::Cell;

/// Bits of the longest code.
const MAX_BITS: usize = 15;
const LITERALS: usize = 286;
const DISTANCES: usize = 30;
/// In which order the lengths of the code of lengths are stored.
const ORDER: [u8; 19] = [
    16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
];

/// Why bytes cannot be inflated, numbered as zlib's descendants do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// They end too early.
    Truncated = -4,
    /// They are no DEFLATE stream.
    Invalid = -1,
    /// They inflate to more than the limit.
    TooLong = 2,
}

/// What `bytes` inflate to, `limit` bytes at most.
pub(crate) fn inflate(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Fault> {
    let mut input = Input {
        bytes,
        buffer: 0,
        held: 0,
    };
    let mut out = Output {
        bytes: vec![0; limit],
        len: 0,
    };
    loop {
        let last = input.bits(1)?;
        match input.bits(2)? {
            0 => stored(&mut input, &mut out)?,
            1 => {
                let (literals, distances) = fixed()?;
                block(&mut input, &mut out, &literals, &distances)?;
            }
            2 => {
                let (literals, distances) = dynamic(&mut input)?;
                block(&mut input, &mut out, &literals, &distances)?;
            }
            _ => return Err(Fault::Invalid),
        }
        if last == 1 {
            out.bytes.truncate(out.len);
            return Ok(out.bytes);
        }
    }
}

struct Output {
    bytes: Vec<u8>,
    len: usize,
}

impl Output {
    #[inline(always)]
    fn push(&mut self, byte: u32) -> Result<(), Fault> {
        let to = self.bytes.as_mut_slice().get_mut(self.len);
        *to.ok_or(Fault::TooLong)? = byte as u8;
        self.len += 1;
        Ok(())
    }

    fn repeat(&mut self, distance: usize, length: usize) -> Result<(), Fault> {
        let from = self.len.checked_sub(distance).ok_or(Fault::Invalid)?;
        let room = self.bytes.as_mut_slice().get_mut(from..self.len + length);
        let room = Cell::from_mut(room.ok_or(Fault::TooLong)?).as_slice_of_cells();
        // What is copied may overlap what it is copied to, and so repeat itself.
        let (from, to) = (&room[..length], &room[distance..distance + length]);
        let mut i = 0;
        while i < length {
            to[i].set(from[i].get());
            i += 1;
        }
        self.len += length;
        Ok(())
    }
}

/// Bytes as bits, the lowest of each first.
struct Input<'a> {
    bytes: &'a [u8],
    /// The next bits; above those held, what will be read again.
    buffer: u64,
    held: u32,
}

impl Input<'_> {
    /// Holds 56 bits at least, unless fewer are left.
    #[inline(always)]
    fn fill(&mut self) {
        if let Some(&next) = self.bytes.first_chunk() {
            self.buffer |= u64::from_le_bytes(next) << self.held;
            self.bytes = &self.bytes[(63 - self.held as usize) / 8..];
            self.held |= 56;
        } else {
            self.fill_at_end();
        }
    }

    #[inline(never)]
    fn fill_at_end(&mut self) {
        while self.held < 56
            && let [byte, rest @ ..] = self.bytes
        {
            self.buffer |= u64::from(*byte) << self.held;
            self.held += 8;
            self.bytes = rest;
        }
    }

    /// The next bits of those held, as a number.
    #[inline(always)]
    fn take(&mut self, count: u32) -> Result<u32, Fault> {
        let bits = self.buffer & ((1 << count) - 1);
        self.held = self.held.checked_sub(count).ok_or(Fault::Truncated)?;
        self.buffer >>= count;
        Ok(bits as u32)
    }

    /// The next bits, 16 at most, as a number.
    fn bits(&mut self, count: u32) -> Result<u32, Fault> {
        self.fill();
        self.take(count)
    }

    /// The symbol that the next bits of those held are.
    #[inline(always)]
    fn symbol(&mut self, code: &Code) -> Result<u32, Fault> {
        let table = code.table.as_slice();
        let entry = u32::from(table[self.buffer as usize & (table.len() - 1)]);
        // Bits that are no code have an entry of 0, and are missing if none is held.
        self.take((entry & 15).max(1))?;
        if entry == 0 {
            return Err(Fault::Invalid);
        }
        Ok(entry >> 4)
    }
}

/// A prefix code: for each that the next bits may be, 16 times the symbol that
/// they start with, and its length in bits. As many entries as the longest needs.
struct Code {
    table: Vec<u16>,
}

impl Code {
    /// The code whose symbols have these lengths, 0 for none. Unless it has to be
    /// complete, it may be of one bit, or of none, and leave bits without a symbol.
    fn new(lengths: &[u8], complete: bool) -> Result<Code, Fault> {
        let mut counts = [0; MAX_BITS + 1];
        for &length in lengths {
            counts[usize::from(length)] += 1;
        }
        counts[0] = 0;
        let mut next = [0u32; MAX_BITS + 1];
        let (mut longest, mut free) = (0, 1);
        for length in 1..=MAX_BITS {
            next[length] = (next[length - 1] + counts[length - 1]) << 1;
            free = 2 * free - counts[length] as i32;
            if free < 0 {
                return Err(Fault::Invalid);
            }
            if counts[length] > 0 {
                longest = length;
            }
        }
        if free > 0 && (complete || longest > 1) {
            return Err(Fault::Invalid);
        }
        let mut table = vec![0; 1 << longest];
        for (symbol, &length) in lengths.iter().enumerate() {
            if length == 0 {
                continue;
            }
            let code = &mut next[usize::from(length)];
            let mut at = (code.reverse_bits() >> (32 - u32::from(length))) as usize;
            *code += 1;
            while at < table.len() {
                table[at] = (symbol << 4) as u16 | u16::from(length);
                at += 1 << length;
            }
        }
        Ok(Code { table })
    }
}

fn stored(input: &mut Input<'_>, out: &mut Output) -> Result<(), Fault> {
    input.take(input.held % 8)?;
    let length = input.bits(16)?;
    if input.bits(16)? != length ^ 0xffff {
        return Err(Fault::Invalid);
    }
    for _ in 0..length {
        out.push(input.bits(8)?)?;
    }
    Ok(())
}

/// The codes of literals and lengths, and of distances, that need no saying.
fn fixed() -> Result<(Code, Code), Fault> {
    let mut lengths = [8; 288];
    lengths[144..256].fill(9);
    lengths[256..280].fill(7);
    Ok((Code::new(&lengths, true)?, Code::new(&[5; 32], true)?))
}

/// The same two codes, said before their block.
fn dynamic(input: &mut Input<'_>) -> Result<(Code, Code), Fault> {
    let literals = 257 + input.bits(5)? as usize;
    let distances = 1 + input.bits(5)? as usize;
    let stored = 4 + input.bits(4)? as usize;
    if literals > LITERALS || distances > DISTANCES {
        return Err(Fault::Invalid);
    }
    let mut lengths = [0; 19];
    for &symbol in &ORDER[..stored] {
        lengths[usize::from(symbol)] = input.bits(3)? as u8;
    }
    let code = Code::new(&lengths, true)?;
    let mut lengths = [0; LITERALS + DISTANCES];
    let (mut at, all) = (0, literals + distances);
    while at < all {
        input.fill();
        let symbol = input.symbol(&code)?;
        let (length, times) = match symbol {
            16 if at == 0 => return Err(Fault::Invalid),
            16 => (lengths[at - 1], 3 + input.bits(2)?),
            17 => (0, 3 + input.bits(3)?),
            18 => (0, 11 + input.bits(7)?),
            _ => (symbol as u8, 1),
        };
        let end = at + times as usize;
        if end > all {
            return Err(Fault::Invalid);
        }
        lengths[at..end].fill(length);
        at = end;
    }
    let (literals, distances) = lengths[..all].split_at(literals);
    Ok((Code::new(literals, false)?, Code::new(distances, false)?))
}

/// A block of literals and repetitions.
fn block(
    input: &mut Input<'_>,
    out: &mut Output,
    literals: &Code,
    distances: &Code,
) -> Result<(), Fault> {
    loop {
        // Enough for all that one symbol leads to: 15 + 5 + 15 + 13 bits.
        input.fill();
        let symbol = input.symbol(literals)?;
        if symbol < 256 {
            out.push(symbol)?;
            continue;
        }
        let length = match symbol - 256 {
            0 => return Ok(()),
            n @ 1..=8 => 2 + n,
            n @ 9..=28 => {
                let extra = (n - 1) / 4 - 1;
                3 + ((4 + (n - 1) % 4) << extra) + input.take(extra)?
            }
            29 => 258,
            _ => return Err(Fault::Invalid),
        };
        let distance = match input.symbol(distances)? {
            n @ 0..=3 => 1 + n,
            n @ 4..=29 => {
                let extra = n / 2 - 1;
                1 + ((2 + n % 2) << extra) + input.take(extra)?
            }
            _ => return Err(Fault::Invalid),
        };
        out.repeat(distance as usize, length as usize)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use miniz_oxide::deflate::compress_to_vec;
    use miniz_oxide::inflate::decompress_to_vec_with_limit;
    use proptest::prelude::*;

    /// What miniz_oxide makes of the same bytes.
    fn peer(bytes: &[u8], limit: usize) -> Result<Vec<u8>, i32> {
        decompress_to_vec_with_limit(bytes, limit).map_err(|e| e.status as i32)
    }

    fn ours(bytes: &[u8], limit: usize) -> Result<Vec<u8>, i32> {
        inflate(bytes, limit).map_err(|fault| fault as i32)
    }

    /// Text that repeats itself, near and far, and noise.
    fn texts() -> impl Strategy<Value = Vec<u8>> {
        let letters =
            prop::collection::vec(prop::sample::select(b"aab \n".to_vec()), 0..200);
        let noise = prop::collection::vec(any::<u8>(), 0..100);
        prop::collection::vec((letters, noise, 0usize..300), 0..8).prop_map(|parts| {
            let part = |(letters, noise, times): (Vec<u8>, Vec<u8>, usize)| {
                [letters.repeat(1 + times), noise].concat()
            };
            parts.into_iter().flat_map(part).collect()
        })
    }

    proptest! {
        #[test]
        fn inflates_what_was_deflated(text in texts(), level in 0u8..=10) {
            let bytes = compress_to_vec(&text, level);
            prop_assert_eq!(&ours(&bytes, text.len()), &Ok(text.clone()));
            if !text.is_empty() {
                prop_assert_eq!(ours(&bytes, text.len() - 1), Err(2));
            }
            prop_assert_eq!(ours(&bytes[..bytes.len() - 1], text.len()), Err(-4));
        }

        /// The same bytes, or the same refusal, of whatever damage.
        #[test]
        fn agrees_on_damaged_bytes(
            text in texts(),
            level in 0u8..=10,
            damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        ) {
            let mut bytes = compress_to_vec(&text, level);
            for (at, byte) in damage {
                let at = at.index(bytes.len().min(200));
                bytes[at] = byte;
            }
            prop_assert_eq!(ours(&bytes, 1 << 16), peer(&bytes, 1 << 16));
        }

        #[test]
        fn agrees_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..80)) {
            prop_assert_eq!(ours(&bytes, 1 << 16).is_ok(), peer(&bytes, 1 << 16).is_ok());
        }
    }
}
