//! How values look in messages.
//!
//! std's `{:?}` of a text and `{}` of a float would do, but their tables for
//! escapes and for shortest decimals take a fifth of the WebAssembly module,
//! and so does its parser of floats. Messages need neither.

/// Characters of a text that a message shows.
const MOST: usize = 60;
/// The largest number that is shown digit by digit.
const MAX_SHOWN: f64 = 1e12;

/// A text in quotes, cut when it is long.
pub fn quoted(text: &str) -> String {
    match text.char_indices().nth(MOST) {
        None => format!("\"{text}\""),
        Some((end, _)) => format!("\"{}\"…", text.get(..end).unwrap_or_default()),
    }
}

/// A number with six decimals at most, as `-0.5`, `NaN`, `inf`.
pub fn number(value: f64) -> String {
    if value.is_nan() {
        return "NaN".into();
    }
    let sign = if value < 0.0 { "-" } else { "" };
    let size = value.abs();
    if size.is_infinite() {
        return format!("{sign}inf");
    }
    if size >= MAX_SHOWN {
        return format!("{sign}more than 1e12");
    }
    let micro = (size * 1e6).round_ties_even() as u64;
    let (whole, fraction) = (micro / 1_000_000, micro % 1_000_000);
    if fraction == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{fraction:06}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// A decimal number as people write quantities, of at most nine digits before
/// the point; those past the sixth after it are cut off. `None` for anything
/// else.
pub fn parse_decimal(text: &str) -> Option<f64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let fits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !fits(whole, 9) || !fits(fraction, 30) {
        return None;
    }
    let fraction = fraction.get(..6).unwrap_or(fraction);
    // Both are below 2^53, so the one division rounds as the decimal would.
    let scale = 10u64.pow(fraction.len() as u32);
    let scaled = whole.parse::<u64>().ok()? * scale + fraction.parse::<u64>().ok()?;
    let size = scaled as f64 / scale as f64;
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn shows_numbers_as_people_write_them() {
        for (value, text) in [
            (0.0, "0"),
            (-0.5, "-0.5"),
            (101.0, "101"),
            (0.000_001, "0.000001"),
            (f64::NAN, "NaN"),
            (f64::NEG_INFINITY, "-inf"),
            (1e300, "more than 1e12"),
        ] {
            assert_eq!(number(value), text);
        }
    }

    #[test]
    fn a_long_text_is_cut() {
        assert_eq!(quoted("茶"), "\"茶\"");
        assert_eq!(
            quoted(&"茶".repeat(61)),
            format!("\"{}\"…", "茶".repeat(60))
        );
    }

    #[test]
    fn what_is_no_decimal_is_none() {
        for text in [
            "",
            ".",
            "1.",
            ".5",
            "1e3",
            "+1",
            "--1",
            "1,5",
            "inf",
            "1234567890",
        ] {
            assert_eq!(parse_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn digits_past_the_sixth_are_cut() {
        assert_eq!(parse_decimal("0.3333333333"), Some(0.333_333));
    }

    proptest! {
        /// std's parser is the oracle.
        #[test]
        fn decimals_read_as_std_reads_them(text in "-?[0-9]{1,9}(\\.[0-9]{1,6})?") {
            let expected: f64 = text.parse().unwrap();
            prop_assert_eq!(parse_decimal(&text), Some(expected));
        }
    }
}
