//! Search postings: for each token the rows that have it.

use super::bytes::Bytes;
use super::column::range;
use super::strings::Strings;
use super::varint::read_varint;
use super::{Section, Shard};
use crate::error::{Error, Result};
use crate::show::quoted;

/// Appends the rows of token number `token` to `rows`.
pub(crate) fn postings_rows<B: Bytes>(
    shard: &Shard<B>,
    token: usize,
    rows: &mut Vec<u32>,
) -> Result<()> {
    let ends = shard.words(Section::PostingEnds)?;
    let mut list = shard
        .checked(Section::Postings)?
        .get(range(ends, token))
        .unwrap_or_default();
    let mut row = 0;
    while let Some(step) = read_varint(&mut list) {
        row += step;
        rows.push(row);
    }
    Ok(())
}

/// Checks posting lists: rows ascend and stay below `goods`.
pub(crate) fn check_postings(
    lists: &Strings<'_>,
    bytes: &[u8],
    ends: &[u8],
    goods: u32,
) -> Result<()> {
    let ends = ends.as_chunks().0;
    for token in 0..lists.len() {
        let list = bytes.get(range(ends, token)).unwrap_or_default();
        if !postings_are_sound(list, goods) {
            return Err(Error::damaged(
                "postings",
                format!("ascending rows below {goods}"),
                format!("other bytes in the list of {}", quoted(lists.get(token))),
            ));
        }
    }
    Ok(())
}

fn postings_are_sound(mut list: &[u8], goods: u32) -> bool {
    let mut next = 0u64;
    let mut first = true;
    while !list.is_empty() {
        let Some(step) = read_varint(&mut list) else {
            return false;
        };
        if step == 0 && !first {
            return false;
        }
        next += u64::from(step);
        if next >= u64::from(goods) {
            return false;
        }
        first = false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_postings_or_not(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
            let _ = postings_are_sound(&bytes, 100);
        }
    }

    #[test]
    fn postings_ascend_within_the_goods() {
        assert!(postings_are_sound(&[0, 1, 2], 4));
        assert!(!postings_are_sound(&[0, 1, 3], 4), "row 4 of 4");
        assert!(!postings_are_sound(&[1, 0], 4), "a row twice");
    }
}
