//! Events as files write them: one row, one thing that a shop did with a good.

use time::{Date, Month};

use crate::csv::{Header, Row};
use crate::error::Result;
use crate::shard::{EventKind, MAX_ID_LEN, MAX_TIME};
use crate::show::parse_decimal;

/// Seconds in a day.
pub const DAY: i64 = 86_400;

/// Where an event's columns stand in its file.
#[derive(Clone, Debug)]
pub struct EventColumns {
    at: Option<usize>,
    shop_id: usize,
    good_id: usize,
    kind: Option<usize>,
    quantity: Option<usize>,
    amount_minor: Option<usize>,
}

/// An event, its ids as the file has them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EventRow<'a> {
    /// Seconds since 1970 UTC; 0 when unknown.
    pub at: i64,
    /// Who did it.
    pub shop_id: &'a str,
    /// With what.
    pub good_id: &'a str,
    /// What was done; a purchase where the file does not say.
    pub kind: EventKind,
    /// Above 0; 1 where the file does not say.
    pub quantity: f64,
    /// Minor units; `None` where the file does not say.
    pub amount_minor: Option<i64>,
}

/// Why an event is left out, counted and reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// The kind is none of [`EventKind`].
    UnknownKind,
    /// The quantity is 0 or below: a return is a kind of its own.
    QuantityNotPositive,
    /// The good is not in the catalog.
    UnknownGood,
}

impl Skip {
    /// Every reason.
    pub const ALL: [Skip; 3] = [
        Skip::UnknownKind,
        Skip::QuantityNotPositive,
        Skip::UnknownGood,
    ];

    /// The reason as reports say it.
    pub fn name(self) -> &'static str {
        match self {
            Skip::UnknownKind => "unknown kind",
            Skip::QuantityNotPositive => "quantity not above 0",
            Skip::UnknownGood => "unknown good",
        }
    }
}

impl EventColumns {
    /// Finds the columns. `shop_id` and `good_id` must be there; `at` too, for
    /// events without times say so with 0.
    pub fn new(header: &Header) -> Result<EventColumns> {
        Ok(EventColumns {
            at: Some(header.require("at")?),
            shop_id: header.require("shop_id")?,
            good_id: header.require("good_id")?,
            kind: header.find("kind"),
            quantity: header.find("quantity"),
            amount_minor: header.find("amount_minor"),
        })
    }

    /// The event of a row, or why it is left out. A field that cannot be read
    /// is an error.
    pub fn read<'a>(
        &self,
        row: &Row<'a>,
    ) -> Result<std::result::Result<EventRow<'a>, Skip>> {
        let id = |column: usize, name: &str| {
            let id = row.get(Some(column));
            if (1..=MAX_ID_LEN).contains(&id.len()) {
                Ok(id)
            } else {
                Err(row.error(name, "an id of 1 to 64 bytes", id))
            }
        };
        let (shop_id, good_id) =
            (id(self.shop_id, "shop_id")?, id(self.good_id, "good_id")?);
        let at = parse_time(row.get(self.at))
            .ok_or_else(|| row.error("at", TIME_EXPECTED, row.get(self.at)))?;
        let quantity = parse_quantity(row, row.get(self.quantity))?;
        let amount_minor = parse_amount(row, row.get(self.amount_minor))?;
        let kind = row.get(self.kind);
        let kind = if kind.is_empty() {
            Some(EventKind::Purchase)
        } else {
            EventKind::from_name(kind)
        };
        Ok(match kind {
            None => Err(Skip::UnknownKind),
            Some(_) if quantity <= 0.0 => Err(Skip::QuantityNotPositive),
            Some(kind) => Ok(EventRow {
                at,
                shop_id,
                good_id,
                kind,
                quantity,
                amount_minor,
            }),
        })
    }
}

/// What [`parse_time`] takes, as errors say it.
pub const TIME_EXPECTED: &str = "UTC seconds or a date such as 2026-06-30";

/// Seconds since 1970 UTC from seconds, or from `2026-06-30`, `2026/06/30` or
/// `20260630`, the first two with an optional `10:00[:00]`, and that with an optional
/// `+0800`, `+08:00`, `Z` or `UTC`; UTC where it does not say. "" is 0: unknown.
pub fn parse_time(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    if let Some(date) = compact_date(text) {
        return parse_date(date).map(|days| days * DAY);
    }
    if let Some(seconds) = parse_whole(whole(text)) {
        return (0..=MAX_TIME).contains(&seconds).then_some(seconds);
    }
    let (date, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut parts = date.split(['-', '/']);
    let date = (parts.next()?, parts.next()?, parts.next()?);
    let (time, offset) = parse_zone(time)?;
    let seconds = parse_date(date)? * DAY + parse_clock(time)? - offset;
    (parts.next().is_none() && (0..=MAX_TIME).contains(&seconds)).then_some(seconds)
}

/// Year, month and day of `20260630`. As seconds these digits would be a day of
/// August 1970, which nobody means.
fn compact_date(text: &str) -> Option<(&str, &str, &str)> {
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let date = (text.get(..4)?, text.get(4..6)?, text.get(6..)?);
    (digits && (text.starts_with("19") || text.starts_with("20"))).then_some(date)
}

/// Days since 1970 of a year, month and day.
fn parse_date((year, month, day): (&str, &str, &str)) -> Option<i64> {
    let year = i32::try_from(parse_whole(year)?).ok()?;
    let month = u8::try_from(parse_whole(month)?).ok()?;
    let day = u8::try_from(parse_whole(day)?).ok()?;
    let month = Month::try_from(month).ok()?;
    let date = Date::from_calendar_date(year, month, day).ok()?;
    let epoch = Date::from_ordinal_date(1970, 1).ok()?;
    Some(i64::from(date.to_julian_day() - epoch.to_julian_day()))
}

/// A whole number. Of one type for all that is parsed here: std's parser is
/// compiled anew for each.
fn parse_whole(digits: &str) -> Option<i64> {
    digits.parse().ok()
}

/// A whole number as tools that pass a column through floats write it: `12.0`.
fn whole(text: &str) -> &str {
    text.strip_suffix(".0").unwrap_or(text)
}

/// A time without its zone, and how many seconds that is ahead of UTC.
fn parse_zone(time: &str) -> Option<(&str, i64)> {
    let Some(sign) = time.find(['+', '-']) else {
        let time = time.strip_suffix("UTC").unwrap_or(time);
        return Some((time.trim_end_matches('Z').trim_end(), 0));
    };
    let ahead = time.as_bytes().get(sign) == Some(&b'+');
    let (time, digits) = (time.get(..sign)?, time.get(sign + 1..)?);
    let (hours, minutes) = match digits.len() {
        2 | 4 => (digits.get(..2)?, digits.get(2..)?),
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let minutes = if minutes.is_empty() { "00" } else { minutes };
    let part = |text: &str, limit: i64| {
        parse_whole(text).filter(|part| (0..limit).contains(part))
    };
    let offset = part(hours, 24)? * 3600 + part(minutes, 60)? * 60;
    let time = time.trim_end();
    (!time.is_empty()).then_some((time, if ahead { offset } else { -offset }))
}

/// Seconds of `10:00` or `10:00:00`; fractions of a second are cut off.
fn parse_clock(text: &str) -> Option<i64> {
    if text.is_empty() {
        return Some(0);
    }
    let whole = text.split('.').next()?;
    let mut seconds = 0;
    let mut parts = 0;
    for (part, limit) in whole.split(':').zip([24, 60, 60]) {
        let value = parse_whole(part).filter(|v| (0..limit).contains(v))?;
        seconds = seconds * 60 + value;
        parts += 1;
    }
    match (parts, whole.split(':').count()) {
        (2, 2) => Some(seconds * 60),
        (3, 3) => Some(seconds),
        _ => None,
    }
}

fn parse_quantity(row: &Row<'_>, text: &str) -> Result<f64> {
    if text.is_empty() {
        return Ok(1.0);
    }
    let quantity = parse_decimal(text);
    quantity
        .ok_or_else(|| row.error("quantity", "a number of pieces, as 12 or 0.5", text))
}

fn parse_amount(row: &Row<'_>, text: &str) -> Result<Option<i64>> {
    if text.is_empty() {
        return Ok(None);
    }
    let amount = parse_whole(whole(text)).map(Some);
    amount.ok_or_else(|| row.error("amount_minor", "a whole number of minor units", text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::csv::CsvReader;

    #[test]
    fn reads_times_as_files_write_them() {
        for (text, seconds) in [
            ("", 0),
            ("0", 0),
            ("1782777600", 1_782_777_600),
            ("1970-01-02", DAY),
            ("1782777600.0", 1_782_777_600),
            ("2026-06-30", 1_782_777_600),
            ("20260630", 1_782_777_600),
            ("2026/6/30 01:00", 1_782_781_200),
            ("2026-06-30T00:00:01Z", 1_782_777_601),
            ("2026-06-30T00:00:01.999Z", 1_782_777_601),
            ("2026-06-30 08:00:00 +0800", 1_782_777_600),
            ("2026-06-30T08:00:00+08:00", 1_782_777_600),
            ("2026-06-29 20:30 -03:30", 1_782_777_600),
            ("2026-06-30 08:00:00.5 +08", 1_782_777_600),
            ("2026-06-30 00:00:00 UTC", 1_782_777_600),
        ] {
            assert_eq!(parse_time(text), Some(seconds), "{text}");
        }
        for text in [
            "x",
            "20260230",
            "2026-02-30",
            "2026-06",
            "2026-06-30 25:00",
            "-5",
            "1-1-1",
            "2026-06-30 1",
            "2026-06-30 +0800",
            "2026-06-30 10:00 +8",
            "2026-06-30 10:00 +2400",
            "2026-06-30 10:00 +08:0é",
            "2026-06-30 10:00 +08x",
        ] {
            assert_eq!(parse_time(text), None, "{text}");
        }
    }

    fn first(file: &str) -> Result<std::result::Result<String, Skip>> {
        let mut out = Ok(Err(Skip::UnknownGood));
        let mut each = |row: Row<'_>| {
            let event = EventColumns::new(row.header())?.read(&row)?;
            out = Ok(event.map(|e| format!("{e:?}")));
            Ok(())
        };
        let mut reader = CsvReader::new();
        reader.push(file.as_bytes(), &mut each)?;
        reader.finish(&mut each)?;
        out
    }

    #[test]
    fn skips_what_is_no_event_and_refuses_what_cannot_be_read() {
        let head = "at,shop_id,good_id,kind,quantity\n";
        let event = |row: &str| first(&format!("{head}{row}\n"));
        assert_eq!(event("1,s,g,stolen,1"), Ok(Err(Skip::UnknownKind)));
        assert_eq!(
            event("1,s,g,purchase,0"),
            Ok(Err(Skip::QuantityNotPositive))
        );
        assert!(
            event("1,s,g,,")
                .unwrap()
                .unwrap()
                .contains("Purchase, quantity: 1.0")
        );
        let text = |row: &str| event(row).unwrap_err().to_string();
        assert_eq!(
            text("soon,s,g,,1"),
            "bad CSV: line 2, column at: expected UTC seconds or a date such as 2026-06-30, \
             found \"soon\""
        );
        assert_eq!(
            text("1,s,g,,many"),
            "bad CSV: line 2, column quantity: expected a number of pieces, as 12 or 0.5, found \"many\""
        );
        assert_eq!(
            text("1,,g,,1"),
            "bad CSV: line 2, column shop_id: expected an id of 1 to 64 bytes, found \"\""
        );
    }
}
