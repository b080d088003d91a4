//! Views of numeric columns, without copies and without unsafe code.
//!
//! A column is read through arrays of bytes (`[u8; 2]`, `[u8; 4]`), which need
//! no alignment and compile to plain loads on the little-endian machines that
//! WebAssembly and every current processor are.

use goodsrank_lanes::Column;

use super::layout::Element;

/// A column of unsigned integers in whichever width its shard chose.
#[derive(Clone, Copy, Debug)]
pub enum Uints<'a> {
    /// One byte each.
    U8(&'a [u8]),
    /// Two bytes each.
    U16(&'a [[u8; 2]]),
    /// Four bytes each.
    U32(&'a [[u8; 4]]),
    /// Eight bytes each.
    U64(&'a [[u8; 8]]),
}

impl<'a> From<Uints<'a>> for Column<'a> {
    fn from(uints: Uints<'a>) -> Column<'a> {
        match uints {
            Uints::U8(all) => Column::U8(all),
            Uints::U16(all) => Column::U16(all),
            Uints::U32(all) => Column::U32(all),
            Uints::U64(all) => Column::U64(all),
        }
    }
}

impl<'a> Uints<'a> {
    /// The view of `bytes`, or `None` when the element type is not unsigned.
    pub(crate) fn new(element: Element, bytes: &'a [u8]) -> Option<Uints<'a>> {
        match element {
            Element::U8 => Some(Uints::U8(bytes)),
            Element::U16 => Some(Uints::U16(bytes.as_chunks().0)),
            Element::U32 => Some(Uints::U32(bytes.as_chunks().0)),
            Element::U64 => Some(Uints::U64(bytes.as_chunks().0)),
            _ => None,
        }
    }

    /// Number of elements.
    pub fn len(&self) -> usize {
        match self {
            Uints::U8(v) => v.len(),
            Uints::U16(v) => v.len(),
            Uints::U32(v) => v.len(),
            Uints::U64(v) => v.len(),
        }
    }

    /// Whether there are no elements.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Element `i`, or 0 past the end: an optional column that is absent has
    /// no elements, and 0 is its "unknown".
    #[inline]
    pub fn get(&self, i: usize) -> u64 {
        match self {
            Uints::U8(v) => v.get(i).map_or(0, |&x| u64::from(x)),
            Uints::U16(v) => v.get(i).map_or(0, |&x| u64::from(u16::from_le_bytes(x))),
            Uints::U32(v) => v.get(i).map_or(0, |&x| u64::from(u32::from_le_bytes(x))),
            Uints::U64(v) => v.get(i).map_or(0, |&x| u64::from_le_bytes(x)),
        }
    }

    /// Element `i` as a row number; 0 past the end.
    #[inline]
    pub fn row(&self, i: usize) -> usize {
        self.get(i) as usize
    }

    /// The largest element, 0 when there are none.
    pub(crate) fn max(&self) -> u64 {
        match self {
            Uints::U8(v) => v.iter().copied().max().map_or(0, u64::from),
            Uints::U16(v) => v
                .iter()
                .map(|&x| u16::from_le_bytes(x))
                .max()
                .map_or(0, u64::from),
            Uints::U32(v) => v
                .iter()
                .map(|&x| u32::from_le_bytes(x))
                .max()
                .map_or(0, u64::from),
            Uints::U64(v) => v.iter().map(|&x| u64::from_le_bytes(x)).max().unwrap_or(0),
        }
    }

    /// All elements in order.
    pub fn iter(&self) -> impl Iterator<Item = u64> + use<'a> {
        let this = *self;
        (0..this.len()).map(move |i| this.get(i))
    }
}

/// Bytes of the narrowest unsigned elements that hold every value.
pub(crate) fn narrowest(values: &[u64]) -> (Element, Vec<u8>) {
    let max = values.iter().copied().max().unwrap_or(0);
    let (element, width) = match max {
        0..=0xff => (Element::U8, 1),
        0x100..=0xffff => (Element::U16, 2),
        0x1_0000..=0xffff_ffff => (Element::U32, 4),
        _ => (Element::U64, 8),
    };
    let bytes = values
        .iter()
        .flat_map(|v| v.to_le_bytes().into_iter().take(width))
        .collect();
    (element, bytes)
}

/// Element `i` of a column of f32, or 0 past the end.
#[inline]
pub(crate) fn f32_at(column: &[[u8; 4]], i: usize) -> f64 {
    column
        .get(i)
        .map_or(0.0, |&b| f64::from(f32::from_le_bytes(b)))
}

/// The numbers of a column of f64.
pub(crate) fn f64s(bytes: &[u8]) -> impl Iterator<Item = f64> {
    bytes.as_chunks().0.iter().map(|&b| f64::from_le_bytes(b))
}

/// Half-open range `i` of a column of ends that was checked to ascend.
#[inline]
pub(crate) fn range(ends: &[[u8; 4]], i: usize) -> std::ops::Range<usize> {
    match (ends.get(i), ends.get(i + 1)) {
        (Some(&a), Some(&b)) => {
            u32::from_le_bytes(a) as usize..u32::from_le_bytes(b) as usize
        }
        _ => 0..0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn narrowest_reads_back(values in prop::collection::vec(any::<u64>(), 0..50), shift in 0u32..64) {
            let values: Vec<u64> = values.iter().map(|v| v >> shift).collect();
            let (element, bytes) = narrowest(&values);
            let column = Uints::new(element, &bytes).unwrap();
            prop_assert_eq!(column.iter().collect::<Vec<_>>(), values.clone());
            prop_assert_eq!(column.max(), values.iter().copied().max().unwrap_or(0));
            prop_assert_eq!(bytes.len(), values.len() * element.size() as usize);
        }
    }

    #[test]
    fn widths_change_where_the_value_no_longer_fits() {
        for (value, size) in [
            (0xff, 1),
            (0x100, 2),
            (0xffff, 2),
            (0x1_0000, 4),
            (1 << 32, 8),
        ] {
            assert_eq!(narrowest(&[value]).1.len(), size, "{value:#x}");
        }
    }

    #[test]
    fn past_the_end_is_unknown() {
        assert_eq!(Uints::U8(&[7]).get(1), 0);
        assert_eq!(range(&[[0; 4]], 0), 0..0);
    }
}
