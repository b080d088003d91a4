//! One currency a shard: prices in others are converted from `rates`.

use std::collections::BTreeMap;
use std::path::Path;

use goodsrank::csv::Row;
use goodsrank::events::{TIME_EXPECTED, parse_time};

use super::goods::MAX_WHOLE;
use super::{Good, table};
use crate::error::{Error, Result};

/// ISO 4217 currencies whose minor unit is not a hundredth.
const EXPONENTS: [(&str, u8); 21] = [
    ("BHD", 3),
    ("BIF", 0),
    ("CLP", 0),
    ("DJF", 0),
    ("GNF", 0),
    ("IQD", 3),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KMF", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("LYD", 3),
    ("OMR", 3),
    ("PYG", 0),
    ("RWF", 0),
    ("TND", 3),
    ("UGX", 0),
    ("VND", 0),
    ("XAF", 0),
    ("XOF", 0),
];

/// Whether a text looks like an ISO 4217 code.
pub(super) fn is_code(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase())
}

/// Decimal digits of a currency's minor unit.
fn exponent(currency: &str) -> u8 {
    EXPONENTS
        .iter()
        .find(|(code, _)| *code == currency)
        .map_or(2, |&(_, digits)| digits)
}

/// A rate of `rates`: one unit of `from` is `rate` units of the other.
struct Rate {
    at: i64,
    rate: f64,
}

/// Brings every price to one currency and gives its code and exponent.
pub(super) fn convert(
    catalog: &Path,
    goods: &mut [Good],
    wanted: Option<&str>,
    t_ref: i64,
) -> Result<(String, u8)> {
    let currency = match wanted {
        Some(code) if is_code(&code.to_ascii_uppercase()) => code.to_ascii_uppercase(),
        Some(code) => {
            let message = format!(
                "--currency: expected an ISO 4217 code such as CNY, found {code:?}"
            );
            return Err(Error::catalog(catalog, message));
        }
        None => most_frequent(goods),
    };
    let others = goods.iter().any(|g| is_other(g, &currency));
    let rates = if others {
        read_rates(catalog, &currency)?
    } else {
        BTreeMap::new()
    };
    for good in goods.iter_mut().filter(|g| is_other(g, &currency)) {
        let rate = rates
            .get(&good.currency)
            .and_then(|list| rate_at(list, t_ref));
        let rate = rate.ok_or_else(|| no_rate(catalog, good, &currency))?;
        let digits = f64::from(exponent(&currency)) - f64::from(exponent(&good.currency));
        let price =
            (good.price as f64 * rate * libm::pow(10.0, digits)).round_ties_even();
        if price > MAX_WHOLE as f64 {
            return Err(too_much(catalog, good, &currency));
        }
        // A known price stays known, however small the converted amount.
        good.price = (price as u64).max(1);
        good.currency.clone_from(&currency);
    }
    let exponent = exponent(&currency);
    Ok((currency, exponent))
}

fn is_other(good: &Good, currency: &str) -> bool {
    good.price > 0 && !good.currency.is_empty() && good.currency != currency
}

/// The currency that most priced goods have; of equals the first by name.
fn most_frequent(goods: &[Good]) -> String {
    let mut counts = BTreeMap::new();
    for good in goods
        .iter()
        .filter(|g| g.price > 0 && !g.currency.is_empty())
    {
        *counts.entry(good.currency.as_str()).or_insert(0u32) += 1;
    }
    let best = counts.iter().rev().max_by_key(|&(_, count)| count);
    best.map_or_else(String::new, |(code, _)| (*code).to_owned())
}

/// Rates to `currency` by the currency they are from.
fn read_rates(catalog: &Path, currency: &str) -> Result<BTreeMap<String, Vec<Rate>>> {
    let mut rates: BTreeMap<String, Vec<Rate>> = BTreeMap::new();
    let Some(file) = table::find(catalog, "rates")? else {
        return Ok(rates);
    };
    table::read(&file, &mut |row| {
        let (from, to, rate) = read_rate(&row)?;
        if to.eq_ignore_ascii_case(currency) {
            rates
                .entry(from.to_ascii_uppercase())
                .or_default()
                .push(rate);
        }
        Ok(())
    })?;
    Ok(rates)
}

fn read_rate<'a>(row: &Row<'a>) -> goodsrank::Result<(&'a str, &'a str, Rate)> {
    let get = |name: &str| {
        Ok::<_, goodsrank::Error>(row.get(Some(row.header().require(name)?)))
    };
    let (date, from, to, rate) = (get("date")?, get("from")?, get("to")?, get("rate")?);
    let at = parse_time(date).ok_or_else(|| row.error("date", TIME_EXPECTED, date))?;
    let value = rate
        .parse::<f64>()
        .ok()
        .filter(|r| r.is_finite() && *r > 0.0);
    let rate = value.ok_or_else(|| row.error("rate", "a number above 0", rate))?;
    Ok((from, to, Rate { at, rate }))
}

/// The last rate up to the catalog's last event, or else the first one after.
fn rate_at(rates: &[Rate], t_ref: i64) -> Option<f64> {
    let before = rates.iter().filter(|r| r.at <= t_ref).max_by_key(|r| r.at);
    before
        .or_else(|| rates.iter().min_by_key(|r| r.at))
        .map(|r| r.rate)
}

fn too_much(catalog: &Path, good: &Good, currency: &str) -> Error {
    let message = format!(
        "goods, line {}: the price of good {:?} in {currency} is beyond 2^53 minor units; mend \
         the price or the rate",
        good.line, good.id
    );
    Error::catalog(catalog, message)
}

fn no_rate(catalog: &Path, good: &Good, currency: &str) -> Error {
    let message = format!(
        "goods, line {}: good {:?} is priced in {}, the shard in {currency}, and rates.csv has \
         no rate between them; add the row date,{},{currency},rate, or build a shard a currency",
        good.line, good.id, good.currency, good.currency
    );
    Error::catalog(catalog, message)
}
