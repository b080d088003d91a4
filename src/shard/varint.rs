//! LEB128 numbers: seven bits a byte, lowest first, at most five bytes.

/// Reads a LEB128 number of at most five bytes and steps over it.
pub(crate) fn read_varint(rest: &mut &[u8]) -> Option<u32> {
    let mut value = 0u64;
    for i in 0..5 {
        let byte = *rest.get(i)?;
        value |= u64::from(byte & 0x7f) << (7 * i);
        if byte & 0x80 == 0 {
            *rest = &rest[i + 1..];
            return u32::try_from(value).ok();
        }
    }
    None
}

/// Appends a LEB128 number.
pub(crate) fn write_varint(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn varints_read_back(values in prop::collection::vec(any::<u32>(), 0..20)) {
            let mut bytes = Vec::new();
            values.iter().for_each(|&v| write_varint(&mut bytes, v));
            let mut rest = &bytes[..];
            for &v in &values {
                prop_assert_eq!(read_varint(&mut rest), Some(v));
            }
            prop_assert!(rest.is_empty());
        }
    }

    #[test]
    fn a_varint_stops_at_five_bytes() {
        assert_eq!(read_varint(&mut &[0xff; 9][..]), None);
        assert_eq!(
            read_varint(&mut &[0x80][..]),
            None,
            "the stream ends within it"
        );
    }
}
