//! The loops that run over every good of a shard, one column at a time.
//!
//! A crate of its own for its optimisation level: the WebAssembly module is
//! compiled for size, where the compiler makes no vectors, and these few loops
//! for speed. Never inlined, or they would be compiled as what calls them. They
//! know nothing of goods or terms.

/// Adds `weight · value` to each sum; values that are `unknown` add nothing.
#[inline(never)]
pub fn add_weighted(sums: &mut [i64], values: &[i16], unknown: i16, weight: i32) {
    for (sum, &value) in sums.iter_mut().zip(values) {
        let known = if value == unknown { 0 } else { value };
        *sum += i64::from(weight * i32::from(known));
    }
}

/// `most · (½ - ½ · min(z², 9))`, rounded, half-way cases to the even neighbour;
/// `None` where z is NaN.
#[inline(always)]
pub fn bell(z: f64, most: f64) -> Option<i32> {
    let square = if z * z < 9.0 { z * z } else { 9.0 };
    let height = (most * (0.5 - 0.5 * square)).round_ties_even() as i32;
    (!z.is_nan()).then_some(height)
}

/// Adds to each sum the [`bell`] of how far a value lies from the centre of its
/// group, in `sd`; values of groups without a centre add nothing.
#[inline(never)]
pub fn add_bells<const N: usize>(
    sums: &mut [i64],
    values: &[f64],
    groups: &[[u8; N]],
    centres: &[f64],
    sd: f64,
    most: f64,
) {
    for ((sum, value), group) in sums.iter_mut().zip(values).zip(groups) {
        if let Some(centre) = centres.get(wide(group) as usize) {
            *sum += i64::from(bell((value - centre) / sd, most).unwrap_or(0));
        }
    }
}

#[inline(always)]
fn wide<const N: usize>(bytes: &[u8; N]) -> u64 {
    let mut wide = [0; 8];
    wide[..N].copy_from_slice(bytes);
    u64::from_le_bytes(wide)
}

/// Clears the bit of each number that is not within a range, both ends in it.
/// A bit stands for a number, the lowest of the first word for the first.
#[inline(never)]
pub fn keep_in_range<const N: usize>(
    words: &mut [u64],
    column: &[[u8; N]],
    low: u64,
    high: u64,
) {
    for (word, column) in words.iter_mut().zip(column.chunks(64)) {
        let mut bits = 0;
        for (i, bytes) in column.iter().enumerate() {
            let value = wide(bytes);
            bits |= u64::from(low <= value && value <= high) << i;
        }
        *word &= bits;
    }
}

/// Clears the bit of each number whose entry in `wanted` is not `keep`. Numbers
/// past the end of the list are not wanted.
#[inline(never)]
pub fn keep_listed<const N: usize>(
    words: &mut [u64],
    column: &[[u8; N]],
    wanted: &[bool],
    keep: bool,
) {
    for (word, column) in words.iter_mut().zip(column.chunks(64)) {
        let mut bits = 0;
        for (i, bytes) in column.iter().enumerate() {
            let listed = wanted.get(wide(bytes) as usize);
            bits |= u64::from(listed.copied().unwrap_or(false) == keep) << i;
        }
        *word &= bits;
    }
}

/// Clears the bit of each set that has something of `mask`.
#[inline(never)]
pub fn keep_without(words: &mut [u64], sets: &[u8], mask: u8) {
    for (word, sets) in words.iter_mut().zip(sets.chunks(64)) {
        let mut bits = 0;
        for (i, set) in sets.iter().enumerate() {
            bits |= u64::from(set & mask == 0) << i;
        }
        *word &= bits;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_unknown_adds_nothing() {
        let mut sums = [1, 2, 3];
        add_weighted(&mut sums, &[-4, i16::MIN, 7], i16::MIN, 100);
        assert_eq!(sums, [-399, 2, 703]);
    }

    #[test]
    fn a_bell_is_highest_at_its_centre_and_flat_far_from_it() {
        assert_eq!(bell(0.0, 1e6), Some(500_000));
        assert_eq!(bell(-1.0, 1e6), Some(0));
        assert_eq!(bell(3.0, 1e6), bell(30.0, 1e6));
        assert_eq!(bell(f64::NAN, 1e6), None);
        let mut sums = [10; 4];
        let values = [5.0, 7.0, f64::NAN, 5.0];
        add_bells(
            &mut sums,
            &values,
            &[[0u8], [0], [0], [1]],
            &[5.0],
            2.0,
            1e6,
        );
        assert_eq!(sums, [500_010, 10, 10, 10], "group 1 has no centre");
    }

    #[test]
    fn bits_are_kept_where_numbers_are_within_the_range() {
        for len in [0usize, 1, 63, 64, 65, 200] {
            let numbers: Vec<u16> = (0..len).map(|i| (i as u16 * 37) % 1000).collect();
            let column: Vec<[u8; 2]> = numbers.iter().map(|n| n.to_le_bytes()).collect();
            let mut words = vec![u64::MAX; len.div_ceil(64)];
            keep_in_range(&mut words, &column, 100, 499);
            for (i, &number) in numbers.iter().enumerate() {
                let kept = words[i / 64] >> (i % 64) & 1 == 1;
                assert_eq!(kept, (100..500).contains(&number), "{i} of {len}");
            }
        }
    }

    #[test]
    fn lists_and_sets_keep_what_they_say() {
        let column = [[0u8], [1], [2], [9]];
        let wanted = [false, true, true];
        let mut words = [0b1111];
        keep_listed(&mut words, &column, &wanted, true);
        assert_eq!(words, [0b0110]);
        let mut words = [0b1111];
        keep_listed(&mut words, &column, &wanted, false);
        assert_eq!(words, [0b1001], "9 is not on the list");
        let mut words = [0b1111];
        keep_without(&mut words, &[0b01, 0b10, 0b11, 0], 0b01);
        assert_eq!(words, [0b1010]);
    }

    #[test]
    fn both_ends_are_in_the_range_in_every_width() {
        let mut words = [0b1111];
        keep_in_range(&mut words, &[[1], [2], [3], [4]], 2, 3);
        assert_eq!(words, [0b0110]);
        let mut words = [0b1101];
        let wide = [5u64 << 40, 6 << 40, 7 << 40, 8 << 40].map(u64::to_le_bytes);
        keep_in_range(&mut words, &wide, 5 << 40, 7 << 40);
        assert_eq!(words, [0b0101], "and what was not there stays away");
    }
}
