//! Deltas: what makes one shard of another, byte by byte.
//!
//! bsdiff's control stream (Percival, 2003), which finds what moved and keeps
//! the differences of what changed a little, deflated, after a header that names
//! both shards. `docs/shard-format.md`, section 7.

use goodsrank::manifest::hex;
use goodsrank::shard::hash;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;

const MAGIC: &[u8; 8] = b"\x89GRD\r\n\x1a\n";
const VERSION: u32 = 1;
const HEADER: usize = 104;
/// The most that miniz does to find matches.
const LEVEL: u8 = 10;

/// The delta from one file to another.
pub fn diff(from: &[u8], to: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut stream = Vec::new();
    bsdiff::diff(from, to, &mut stream)?;
    let mut delta = Vec::with_capacity(HEADER);
    delta.extend_from_slice(MAGIC);
    delta.extend_from_slice(&VERSION.to_le_bytes());
    delta.extend_from_slice(&[0; 4]);
    for length in [from.len(), to.len(), stream.len()] {
        delta.extend_from_slice(&(length as u64).to_le_bytes());
    }
    delta.extend_from_slice(&hash(from));
    delta.extend_from_slice(&hash(to));
    delta.extend_from_slice(&compress_to_vec(&stream, LEVEL));
    Ok(delta)
}

/// The file that a delta makes of another; what was found where it makes none.
pub fn patch(from: &[u8], delta: &[u8]) -> Result<Vec<u8>, String> {
    let (from_hash, to_hash) = hashes(delta)?;
    let length = |at: usize| {
        let bytes = delta[at..at + 8].try_into().unwrap_or_default();
        usize::try_from(u64::from_le_bytes(bytes)).unwrap_or(usize::MAX)
    };
    if from.len() != length(16) || hash(from) != from_hash {
        return Err("another file to start from".into());
    }
    // As every reader: a bound that no delta of ours reaches.
    if length(32) > length(24).saturating_mul(4).saturating_add(1024) {
        return Err(format!("{} bytes inflated", length(32)));
    }
    let stream = decompress_to_vec_with_limit(&delta[HEADER..], length(32));
    let stream = stream.map_err(|e| format!("a stream that is none: {e}"))?;
    let mut to = Vec::new();
    bsdiff::patch(from, &mut &stream[..], &mut to)
        .map_err(|e| format!("a wrong step: {e}"))?;
    match stream.len() == length(32) && to.len() == length(24) && hash(&to) == to_hash {
        true => Ok(to),
        false => Err(format!("{} bytes of hash {}", to.len(), hex(&hash(&to)))),
    }
}

/// The hashes of the files that a delta leads from and to; what was found where
/// it is no delta.
pub fn hashes(delta: &[u8]) -> Result<([u8; 32], [u8; 32]), String> {
    if delta.len() < HEADER {
        return Err(format!("{} bytes", delta.len()));
    }
    let version = delta[8..12].try_into().unwrap_or_default();
    match (&delta[..8] == MAGIC, u32::from_le_bytes(version)) {
        (false, _) => Err("another magic".into()),
        (true, VERSION) => {
            let at = |at: usize| delta[at..at + 32].try_into().unwrap_or_default();
            Ok((at(40), at(72)))
        }
        (true, version) => Err(format!("version {version}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::collection::vec;
    use proptest::prelude::*;

    /// A file and one made of pieces of it, changed a little.
    fn pair() -> impl Strategy<Value = (Vec<u8>, Vec<u8>)> {
        let pieces = vec(
            (any::<u16>(), 0..300usize, 0..4u8, vec(any::<u8>(), 0..20)),
            0..8,
        );
        (vec(0..6u8, 0..900), pieces).prop_map(|(old, pieces)| {
            let mut new = Vec::new();
            for (at, length, change, fresh) in pieces {
                let at = usize::from(at) % (old.len() + 1);
                let piece = &old[at..(at + length).min(old.len())];
                new.extend(piece.iter().map(|byte| byte.wrapping_add(change)));
                new.extend(fresh);
            }
            (old, new)
        })
    }

    proptest! {
        #[test]
        fn what_was_taken_apart_is_put_together((old, new) in pair()) {
            let delta = diff(&old, &new).unwrap();
            prop_assert_eq!(patch(&old, &delta), Ok(new));
        }

        /// Whatever is wrong with a delta, it never makes another file.
        #[test]
        fn a_damaged_delta_makes_nothing(
            (old, new) in pair(),
            at in any::<prop::sample::Index>(),
            bit in 0..8u8,
            cut in any::<prop::sample::Index>(),
        ) {
            let delta = diff(&old, &new).unwrap();
            let mut flipped = delta.clone();
            flipped[at.index(delta.len())] ^= 1 << bit;
            // The four reserved bytes are the only ones that nobody reads.
            let made = patch(&old, &flipped);
            prop_assert!(made.is_err() || made == Ok(new.clone()));
            prop_assert!(patch(&old, &delta[..cut.index(delta.len())]).is_err());
            let mut other = old.clone();
            other.push(0);
            prop_assert!(patch(&other, &delta).is_err());
        }
    }

    #[test]
    fn a_delta_has_these_bytes() {
        let delta =
            diff(b"goods that a shop sells", b"goods that the shop sells").unwrap();
        assert_eq!(&delta[..16], b"\x89GRD\r\n\x1a\n\x01\0\0\0\0\0\0\0");
        assert_eq!(&delta[16..32], b"\x17\0\0\0\0\0\0\0\x19\0\0\0\0\0\0\0");
        assert_eq!(delta[40..72], hash(b"goods that a shop sells"));
        assert_eq!(delta[72..104], hash(b"goods that the shop sells"));
    }

    #[test]
    fn what_is_no_delta_says_why() {
        let delta = diff(b"old", b"new").unwrap();
        let with = |at: usize, byte: u8| {
            let mut delta = delta.clone();
            delta[at] = byte;
            delta
        };
        for (delta, found) in [
            (delta[..103].to_vec(), "103 bytes"),
            (with(0, 0), "another magic"),
            (with(8, 2), "version 2"),
            (with(41, 0), "another file to start from"),
            (with(34, 1), "65563 bytes inflated"),
        ] {
            assert_eq!(patch(b"old", &delta).unwrap_err(), found);
        }
    }
}
