//! A table of strings: ends and bytes.

use super::column::range;
use crate::error::{Error, Result};

/// A table of UTF-8 strings, checked once and then read without copies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Strings<'a> {
    ends: &'a [[u8; 4]],
    bytes: &'a [u8],
}

impl<'a> Strings<'a> {
    /// The view after [`check`](Self::check) passed. Costs nothing, whatever
    /// the size: a table is looked up in for each row of a file.
    pub(crate) fn new(ends: &'a [u8], bytes: &'a [u8]) -> Strings<'a> {
        Strings {
            ends: ends.as_chunks().0,
            bytes,
        }
    }

    /// Checks that the ends ascend from 0 to the bytes' length and cut the
    /// bytes into UTF-8.
    pub(crate) fn check(what: &str, ends: &[u8], bytes: &[u8]) -> Result<()> {
        check_ends(what, ends, bytes.len())?;
        let text = std::str::from_utf8(bytes).map_err(|e| {
            Error::damaged(what, "UTF-8", format!("other bytes at {}", e.valid_up_to()))
        })?;
        let cut = ends
            .as_chunks()
            .0
            .iter()
            .map(|&e| u32::from_le_bytes(e) as usize);
        match cut.clone().find(|&e| !text.is_char_boundary(e)) {
            None => Ok(()),
            Some(end) => Err(Error::damaged(
                what,
                "ends between characters",
                format!("an end at {end} within one"),
            )),
        }
    }

    /// Number of strings.
    pub fn len(&self) -> usize {
        self.ends.len().saturating_sub(1)
    }

    /// Whether there are no strings.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// String `i`; "" past the end.
    pub fn get(&self, i: usize) -> &'a str {
        std::str::from_utf8(self.get_bytes(i)).unwrap_or_default()
    }

    fn get_bytes(&self, i: usize) -> &'a [u8] {
        self.bytes.get(range(self.ends, i)).unwrap_or_default()
    }

    /// All strings in order.
    pub fn iter(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let this = *self;
        (0..this.len()).map(move |i| this.get(i))
    }

    /// First row for which `before` is false, in a table sorted by it.
    pub(crate) fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        self.partition_rows(|row| before(self.get(row)))
    }

    fn partition_rows(&self, before: impl Fn(usize) -> bool) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(middle) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        low
    }

    /// The row of `wanted` in a table in ascending byte order.
    pub fn find(&self, wanted: &str) -> Option<usize> {
        let wanted = wanted.as_bytes();
        let row = self.partition_rows(|row| self.get_bytes(row) < wanted);
        (row < self.len() && self.get_bytes(row) == wanted).then_some(row)
    }
}

/// Checks a list of ends: the first 0, none below the one before it, the last
/// `total`.
pub(crate) fn check_ends(what: &str, ends: &[u8], total: usize) -> Result<()> {
    let mut ends = ends
        .as_chunks()
        .0
        .iter()
        .map(|&e| u32::from_le_bytes(e) as usize);
    let first = ends.next();
    if first != Some(0) {
        let found = first.map_or("none".to_string(), |e| e.to_string());
        return Err(Error::damaged(what, "a first end of 0", found));
    }
    let mut last = 0;
    for end in ends {
        if end < last {
            return Err(Error::damaged(
                what,
                "ascending ends",
                format!("{end} after {last}"),
            ));
        }
        last = end;
    }
    if last != total {
        return Err(Error::damaged(
            what,
            format!("a last end of {total}"),
            last.to_string(),
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(list: &[u32]) -> Vec<u8> {
        list.iter().flat_map(|e| e.to_le_bytes()).collect()
    }

    #[test]
    fn finds_every_string_and_nothing_else() {
        let ends = ends(&[0, 1, 1 + 3, 4 + 2]);
        Strings::check("t", &ends, b"abbbcc").unwrap();
        let table = Strings::new(&ends, b"abbbcc");
        assert_eq!(table.iter().collect::<Vec<_>>(), ["a", "bbb", "cc"]);
        for (row, s) in table.iter().enumerate() {
            assert_eq!(table.find(s), Some(row));
        }
        for absent in ["", "aa", "b", "zz"] {
            assert_eq!(table.find(absent), None, "{absent:?}");
        }
        assert_eq!(table.get(3), "");
    }

    #[test]
    fn says_what_is_wrong_with_ends() {
        let text = |list: &[u32], bytes: &[u8]| {
            Strings::check("ids", &ends(list), bytes)
                .unwrap_err()
                .to_string()
        };
        let tail = "; download the shard again, or build it anew";
        assert_eq!(
            text(&[], b""),
            format!("damaged shard: ids: expected a first end of 0, found none{tail}")
        );
        assert_eq!(
            text(&[0, 3, 2], b"abc"),
            format!("damaged shard: ids: expected ascending ends, found 2 after 3{tail}")
        );
        assert_eq!(
            text(&[0, 2], b"abc"),
            format!("damaged shard: ids: expected a last end of 3, found 2{tail}")
        );
        assert_eq!(
            text(&[0, 1], b"\xff"),
            format!("damaged shard: ids: expected UTF-8, found other bytes at 0{tail}")
        );
        assert_eq!(
            text(&[0, 1, 2], "é".as_bytes()),
            format!(
                "damaged shard: ids: expected ends between characters, found an end at 1 \
                 within one{tail}"
            )
        );
    }
}
