//! How hot shops and categories are, and whether they are heating up.

use std::ops::Range;

use serde::Serialize;

use crate::engine::Engine;
use crate::error::Result;
use crate::shard::{Bytes, Section};

/// A temperature that is unknown.
const UNKNOWN: i16 = i16::MIN;
/// Milli-nats that the fast temperature must be above the slow one, or below it,
/// to be a trend: ln 1.2.
const STEADY: i32 = 182;

/// Where a temperature goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Trend {
    /// Fast above slow by a fifth or more, each beside its mean.
    Heating,
    /// Likewise below.
    Cooling,
    /// Neither.
    Steady,
}

impl Trend {
    /// The name in JSON, in JavaScript and on the page.
    pub fn name(self) -> &'static str {
        match self {
            Trend::Heating => "heating",
            Trend::Cooling => "cooling",
            Trend::Steady => "steady",
        }
    }
}

/// How hot a shop or a category is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Heat {
    /// Nats beside the mean of its kind, slow half-life.
    pub temperature: f64,
    /// Where it goes.
    pub trend: Trend,
}

impl Heat {
    /// From milli-nats; `None` where they are unknown.
    fn new(slow: i16, fast: i16) -> Option<Heat> {
        if slow == UNKNOWN || fast == UNKNOWN {
            return None;
        }
        let rise = i32::from(fast) - i32::from(slow);
        let trend = if rise >= STEADY {
            Trend::Heating
        } else if rise <= -STEADY {
            Trend::Cooling
        } else {
            Trend::Steady
        };
        Some(Heat {
            temperature: f64::from(slow) / 1000.0,
            trend,
        })
    }
}

impl<B: Bytes> Engine<B> {
    /// How hot these rows are, from two columns of the shard; `None` where it
    /// does not say.
    pub(crate) fn heats(
        &self,
        rows: Range<usize>,
        slow: Section,
        fast: Section,
    ) -> Result<Vec<Option<Heat>>> {
        let (slow, fast) = (self.shard().i16s(slow)?, self.shard().i16s(fast)?);
        let at = |column: &[[u8; 2]], row: usize| {
            column.get(row).map_or(UNKNOWN, |&b| i16::from_le_bytes(b))
        };
        let heat = |row| Heat::new(at(slow, row), at(fast, row));
        Ok(rows.map(heat).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fifth_is_a_trend_and_less_is_none() {
        let trend = |slow, fast| Heat::new(slow, fast).map(|heat| heat.trend);
        assert_eq!(trend(100, 282), Some(Trend::Heating));
        assert_eq!(trend(100, 281), Some(Trend::Steady));
        assert_eq!(trend(100, -81), Some(Trend::Steady));
        assert_eq!(trend(100, -82), Some(Trend::Cooling));
        assert_eq!(trend(i16::MAX, i16::MIN + 1), Some(Trend::Cooling));
        assert_eq!([trend(UNKNOWN, 0), trend(0, UNKNOWN)], [None, None]);
    }
}
