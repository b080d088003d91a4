//! The loops that run over every good of a shard, one column at a time.
//!
//! A crate of its own for its optimisation level: the WebAssembly module is
//! compiled for size, and these few loops for speed. Neither inlined nor generic,
//! or they would be compiled as what calls them. Written so that vectors can be
//! made of them, which native builds do; the module is linked for size, and has
//! none yet. They know nothing of goods or terms.

/// Rows that are worked on at once: their sums stay in the processor's cache.
const BLOCK: usize = 1024;

/// Adds `weight · value` of every column to each sum; values that are `unknown`
/// add nothing. The others lie within ±`most`.
///
/// Summed in 32 bits, of which four fit in a lane, for as long as they suffice.
#[inline(never)]
pub fn add_weighted(
    sums: &mut [i64],
    columns: &[(&[i16], i32)],
    unknown: i16,
    most: i16,
) {
    let mut block = [0i32; BLOCK];
    for (start, sums) in (0..).step_by(BLOCK).zip(sums.chunks_mut(BLOCK)) {
        let block = &mut block[..sums.len()];
        let mut left = i64::from(i32::MAX);
        for &(column, weight) in columns {
            let reach = i64::from(weight).abs() * i64::from(most);
            if reach > left {
                widen(sums, block);
                left = i64::from(i32::MAX);
            }
            left -= reach;
            let column = column.get(start..).unwrap_or_default();
            for (sum, &value) in block.iter_mut().zip(column) {
                let known = if value == unknown { 0 } else { value };
                *sum += weight * i32::from(known);
            }
        }
        widen(sums, block);
    }
}

/// Moves what was summed so far to the sums.
#[inline(always)]
fn widen(sums: &mut [i64], block: &mut [i32]) {
    for (sum, part) in sums.iter_mut().zip(block) {
        *sum += i64::from(std::mem::take(part));
    }
}

/// Whole numbers of one width, as a shard has them.
#[derive(Clone, Copy, Debug)]
pub enum Column<'a> {
    /// One byte each.
    U8(&'a [u8]),
    /// Two, the lowest first.
    U16(&'a [[u8; 2]]),
    /// Four.
    U32(&'a [[u8; 4]]),
    /// Eight.
    U64(&'a [[u8; 8]]),
}

impl Column<'_> {
    /// The numbers from `start` on, as many as there are, at most 64; those
    /// beyond 32 bits are the greatest of 32 bits.
    #[inline(always)]
    fn load(&self, start: usize, out: &mut [u32; 64]) {
        match self {
            Column::U8(all) => fill(out, all, start, |&byte| u32::from(byte)),
            Column::U16(all) => {
                fill(out, all, start, |&two| u32::from(u16::from_le_bytes(two)));
            }
            Column::U32(all) => fill(out, all, start, |&four| u32::from_le_bytes(four)),
            Column::U64(all) => fill(out, all, start, |&eight| {
                u64::from_le_bytes(eight).min(u32::MAX.into()) as u32
            }),
        }
    }
}

#[inline(always)]
fn fill<T>(out: &mut [u32; 64], all: &[T], start: usize, read: impl Fn(&T) -> u32) {
    let rest = all.get(start..).unwrap_or_default();
    for (out, value) in out.iter_mut().zip(rest) {
        *out = read(value);
    }
}

/// Adds `weight · value · unit` to each sum, rounded, half-way cases to the even
/// neighbour; beyond the range of i32 the nearest end of it.
#[inline(never)]
pub fn add_rounded(sums: &mut [i64], values: &[f64], weight: f64, unit: f64) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += i64::from((weight * value * unit).round_ties_even() as i32);
    }
}

/// As [`add_rounded`], of whole numbers.
#[inline(never)]
pub fn add_rounded_i16(sums: &mut [i64], values: &[[u8; 2]], weight: f64) {
    for (sum, &value) in sums.iter_mut().zip(values) {
        let value = f64::from(i16::from_le_bytes(value));
        *sum += i64::from((weight * value).round_ties_even() as i32);
    }
}

/// A bit for each of at most 64 sums that reaches the bar, or has something
/// beside it, the lowest for the first; `beside` may be empty.
#[inline(never)]
pub fn reaching(sums: &[i64], beside: &[f64], bar: i64) -> u64 {
    let mut flags = [0u8; 64];
    for (flag, &sum) in flags.iter_mut().zip(sums) {
        *flag = u8::from(sum >= bar);
    }
    for (flag, &beside) in flags.iter_mut().zip(beside) {
        *flag |= u8::from(beside != 0.0);
    }
    packed(&flags)
}

/// Clears the bit of each number that is not within a range, both ends in it.
/// A bit stands for a number, the lowest of the first word for the first.
#[inline(never)]
pub fn keep_in_range(words: &mut [u64], column: Column<'_>, low: u64, high: u64) {
    if let Column::U64(column) = column {
        for (word, column) in words.iter_mut().zip(column.chunks(64)) {
            let mut bits = 0;
            for (i, &bytes) in column.iter().enumerate() {
                let holds = (low..=high).contains(&u64::from_le_bytes(bytes));
                bits |= u64::from(holds) << i;
            }
            *word &= bits;
        }
        return;
    }
    // 32 bits, of which four fit in a lane; no number is beyond them.
    let top = u64::from(u32::MAX);
    if low > high || low > top {
        return words.fill(0);
    }
    let (low, high) = (low as u32, high.min(top) as u32);
    keep(words, column, |value| value.wrapping_sub(low) <= high - low);
}

/// Clears the bit of each number whose entry in `wanted` is not `listed`. Numbers
/// past the end of the list are not wanted.
#[inline(never)]
pub fn keep_listed(words: &mut [u64], column: Column<'_>, wanted: &[bool], listed: bool) {
    keep(words, column, |value| {
        wanted.get(value as usize).copied().unwrap_or(false) == listed
    });
}

/// Clears the bit of each set that has something of `mask`.
#[inline(never)]
pub fn keep_without(words: &mut [u64], sets: &[u8], mask: u8) {
    let mask = u32::from(mask);
    keep(words, Column::U8(sets), |set| set & mask == 0);
}

/// Clears the bit of what does not hold. First a byte for each, then eight bytes
/// to a byte of bits: no bit waits for the one before it. Past the end of
/// the column the bits stand for nothing.
#[inline(always)]
fn keep(words: &mut [u64], column: Column<'_>, holds: impl Fn(u32) -> bool) {
    let (mut block, mut flags) = ([0; 64], [0u8; 64]);
    for (start, word) in (0..).step_by(64).zip(words) {
        column.load(start, &mut block);
        for (flag, &value) in flags.iter_mut().zip(&block) {
            *flag = u8::from(holds(value));
        }
        *word &= packed(&flags);
    }
}

/// A bit for each flag, which is 0 or 1.
#[inline(always)]
fn packed(flags: &[u8; 64]) -> u64 {
    let mut bits = 0;
    for (i, eight) in flags.as_chunks::<8>().0.iter().enumerate() {
        // Each flag times its power of two, added up in the highest byte.
        let packed = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080);
        bits |= (packed >> 56) << (8 * i);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_adds_nothing() {
        let mut sums = [1, 2, 3];
        add_weighted(&mut sums, &[(&[-4, i16::MIN, 7], 100)], i16::MIN, 5000);
        assert_eq!(sums, [-399, 2, 703]);
    }

    #[test]
    fn sums_are_exact_however_many_columns_and_rows_there_are() {
        let column: Vec<i16> = (0..2500)
            .map(|i| ((i * 37) % 10_001 - 5000) as i16)
            .collect();
        let columns: Vec<(&[i16], i32)> =
            (0..13).map(|_| (&column[..], 100_000)).collect();
        let mut sums = vec![7; column.len()];
        add_weighted(&mut sums, &columns, i16::MIN, 5000);
        for (sum, &value) in sums.iter().zip(&column) {
            assert_eq!(*sum, 7 + 13 * 100_000 * i64::from(value));
        }
    }

    #[test]
    fn terms_are_rounded_once_each() {
        let mut sums = [1, 1, 1];
        add_rounded(&mut sums, &[0.25, 0.75, -1e10], 2.0, 1.0);
        assert_eq!(sums, [1, 3, 1 + i64::from(i32::MIN)]);
        let values = [1i16, 3, -3].map(i16::to_le_bytes);
        add_rounded_i16(&mut sums, &values, 0.5);
        assert_eq!(sums, [1, 5, -1 + i64::from(i32::MIN)]);
    }

    #[test]
    fn sums_reach_the_bar_or_have_something_beside_them() {
        for len in [0u32, 1, 63, 64] {
            let sums: Vec<i64> = (0..len).map(|i| i64::from(i * 37 % 100)).collect();
            let beside: Vec<f64> = (0..len).map(|i| f64::from(i % 5 / 4)).collect();
            let (alone, both) = (reaching(&sums, &[], 50), reaching(&sums, &beside, 50));
            for i in 0..64 {
                let sum = sums.get(i).copied().unwrap_or(0);
                let more = beside.get(i).is_some_and(|&x| x > 0.0);
                assert_eq!(alone >> i & 1 == 1, sum >= 50, "{i} of {len}");
                assert_eq!(both >> i & 1 == 1, sum >= 50 || more, "{i} of {len}");
            }
        }
    }

    #[test]
    fn bits_are_kept_where_numbers_are_within_the_range() {
        for len in [0usize, 1, 63, 64, 65, 200] {
            let numbers: Vec<u16> = (0..len).map(|i| (i as u16 * 37) % 1000).collect();
            let column: Vec<[u8; 2]> = numbers.iter().map(|n| n.to_le_bytes()).collect();
            let mut words = vec![u64::MAX; len.div_ceil(64)];
            keep_in_range(&mut words, Column::U16(&column), 100, 499);
            for (i, &number) in numbers.iter().enumerate() {
                let kept = words[i / 64] >> (i % 64) & 1 == 1;
                assert_eq!(kept, (100..500).contains(&number), "{i} of {len}");
            }
        }
    }

    #[test]
    fn lists_and_sets_keep_what_they_say() {
        let column = Column::U8(&[0, 1, 2, 9]);
        let wanted = [false, true, true];
        let mut words = [0b1111];
        keep_listed(&mut words, column, &wanted, true);
        assert_eq!(words, [0b0110]);
        let mut words = [0b1111];
        keep_listed(&mut words, column, &wanted, false);
        assert_eq!(words, [0b1001], "9 is not on the list");
        let mut words = [0b1111];
        keep_without(&mut words, &[0b01, 0b10, 0b11, 0], 0b01);
        assert_eq!(words, [0b1010]);
    }

    #[test]
    fn both_ends_are_in_the_range_in_every_width() {
        let mut words = [0b1111];
        keep_in_range(&mut words, Column::U8(&[1, 2, 3, 4]), 2, 3);
        assert_eq!(words, [0b0110]);
        let mut words = [0b1101];
        let wide = [5u64 << 40, 6 << 40, 7 << 40, 8 << 40].map(u64::to_le_bytes);
        keep_in_range(&mut words, Column::U64(&wide), 5 << 40, 7 << 40);
        assert_eq!(words, [0b0101], "and what was not there stays away");
    }
}
