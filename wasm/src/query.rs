//! Reading a query from JavaScript.
//!
//! By hand, because serde-wasm-bindgen passes over a field it does not know:
//! a mistyped rule would silently not be one. `undefined` and `null` are a
//! field left out.

use goodsrank::channel::{CHANNEL_EXPECTED, Channel};
use goodsrank::diversity::Diversity;
use goodsrank::engine::{LIMIT_EXPECTED, MAX_LIMIT};
use goodsrank::error::Kind;
use goodsrank::feedback::Feedback;
use goodsrank::policy::{POLICY_EXPECTED, Policy, Term};
use goodsrank::profile::{Event, Profile};
use goodsrank::rules::{Limit, Rule, Rules};
use goodsrank::shard::EventKind;
use goodsrank::show::{number, quoted};
use goodsrank::{Error, Query, Result};
use js_sys::{Array, Object};
use wasm_bindgen::{JsCast, JsValue};

use crate::engine::Core;
use crate::feedback::feedback;

/// The fields of a query, for the message that refuses another.
const QUERY: &str = "an object with the fields shop, rules, policy, channel, diversity, feedback and \
     limit at most";
/// Those of what is asked of the shops for a good.
const SHOPS: &str = "an object with the field limit at most";
const DIVERSITY: &str = "an object with the fields perCategory, perSupplier, collapse, explore and seed at \
     most";
const SHOP: &str =
    "the id of a public shop, a list of sales, a matched sales file or users";
const SALE: &str = "objects with the fields good, quantity, at and kind at most";

/// A query without its shop, and what its merchant said of goods.
pub(crate) fn query(value: &JsValue) -> Result<(Query, Vec<Feedback>)> {
    let (mut query, mut said) = (Query::default(), Vec::new());
    each_field("query", QUERY, value, &mut |name, value| {
        match name {
            "shop" => {}
            "rules" => query.rules = rules(value)?,
            "policy" => query.policy = policy(value)?,
            "channel" => query.channel = channel(value)?,
            "diversity" => query.diversity = diversity(value)?,
            "feedback" => said = feedback(value)?,
            "limit" => query.limit = limit(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok((query, said))
}

/// How many shops for a good.
pub(crate) fn shops_limit(options: &JsValue) -> Result<usize> {
    let mut wanted = Query::default().limit;
    each_field("options", SHOPS, options, &mut |name, value| {
        if name == "limit" {
            wanted = limit(value)?;
        }
        Ok(name == "limit")
    })?;
    Ok(wanted)
}

/// The profile of a query's shop; an empty one where it names none.
pub(crate) fn profile(engine: &Core, query: &JsValue) -> Result<Profile> {
    let mut shop = JsValue::UNDEFINED;
    each_field("query", QUERY, query, &mut |name, value| {
        if name == "shop" {
            shop = value.clone();
        }
        Ok(true)
    })?;
    if shop.is_undefined() {
        return Ok(Profile::default());
    }
    if let Some(id) = shop.as_string() {
        return engine.public_profile(&id);
    }
    if !Array::is_array(&shop) {
        return Err(wrong("shop", SHOP, &shop));
    }
    let ids = engine.shard().ids()?;
    let mut builder = engine.profile_builder(None);
    for (i, value) in Array::from(&shop).iter().enumerate() {
        let (good, event) = sale(&value).map_err(|error| at_index(error, i))?;
        if let Some(row) = ids.find(&good) {
            builder.add(Event {
                row: row as u32,
                ..event
            });
        }
    }
    Ok(builder.finish())
}

/// One sale: the good's id, and the event but for its row.
fn sale(value: &JsValue) -> Result<(String, Event)> {
    let mut good = None;
    let mut event = Event {
        row: 0,
        kind: EventKind::Purchase,
        quantity: 1.0,
        at: 0,
    };
    each_field("shop", SALE, value, &mut |name, value| {
        match name {
            "good" => good = Some(string("shop[].good", "an id", value)?),
            "quantity" => event.quantity = quantity(value)?,
            "at" => event.at = time(value)?,
            "kind" => event.kind = kind(value)?,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    let good = good.ok_or_else(|| wrong("shop[].good", "an id", &JsValue::UNDEFINED))?;
    Ok((good, event))
}

fn quantity(value: &JsValue) -> Result<f64> {
    let quantity = value.as_f64().filter(|q| *q > 0.0 && *q <= 1e12);
    quantity
        .ok_or_else(|| wrong("shop[].quantity", "a number above 0, at most 1e12", value))
}

fn time(value: &JsValue) -> Result<i64> {
    let time = value.as_f64().filter(|t| *t >= 0.0 && t.is_finite());
    time.map(|t| t as i64)
        .ok_or_else(|| wrong("shop[].at", "seconds since 1970 UTC", value))
}

fn kind(value: &JsValue) -> Result<EventKind> {
    let kind = value
        .as_string()
        .and_then(|name| EventKind::from_name(&name));
    let expected = "purchase, return, view, save, list, share or referral";
    kind.ok_or_else(|| wrong("shop[].kind", expected, value))
}

fn rules(value: &JsValue) -> Result<Rules> {
    let mut rules = Rules::default();
    each_field("rules", Rule::EXPECTED, value, &mut |name, value| {
        let rule = Rule::from_name(name)?;
        rules.set(rule, limit_of(rule, value)?)?;
        Ok(true)
    })?;
    Ok(rules)
}

/// What a rule is given, whether it takes that or not.
fn limit_of(rule: Rule, value: &JsValue) -> Result<Limit> {
    if let Some(number) = value.as_f64() {
        Ok(Limit::Number(number))
    } else if let Some(text) = value.as_string() {
        Ok(Limit::Text(text))
    } else if let Some(flag) = value.as_bool() {
        Ok(Limit::Flag(flag))
    } else if Array::is_array(value) {
        let list = Array::from(value);
        let texts = list
            .iter()
            .map(|item| string(rule.field(), rule.expected(), &item));
        texts.collect::<Result<_>>().map(Limit::List)
    } else {
        Err(wrong(rule.field(), rule.expected(), value))
    }
}

fn policy(value: &JsValue) -> Result<Policy> {
    if let Some(name) = value.as_string() {
        return Policy::preset(&name);
    }
    let mut policy = Policy::default();
    each_field("policy", POLICY_EXPECTED, value, &mut |name, value| {
        let Some(term) = Term::from_name(name) else {
            return Ok(false);
        };
        let weight = value.as_f64().ok_or_else(|| Kind::BadPolicy {
            weight: term.name(),
            found: shown(value),
        })?;
        policy = policy.with(term, weight);
        Ok(true)
    })?;
    Ok(policy)
}

/// A preset, or the default one with other costs.
fn channel(value: &JsValue) -> Result<Channel> {
    if let Some(name) = value.as_string() {
        return Channel::preset(&name);
    }
    let mut channel = Channel::default();
    each_field("channel", CHANNEL_EXPECTED, value, &mut |name, value| {
        let cost = match name {
            "markup" => &mut channel.markup,
            "commission" => &mut channel.commission,
            "payment" => &mut channel.payment,
            "landing" => &mut channel.landing,
            "shipping" => &mut channel.shipping,
            "insurance" => &mut channel.insurance,
            "returnCost" => &mut channel.return_cost,
            _ => return Ok(false),
        };
        let number = value.as_f64();
        *cost = number.ok_or_else(|| wrong("channel", CHANNEL_EXPECTED, value))?;
        Ok(true)
    })?;
    Ok(channel)
}

fn diversity(value: &JsValue) -> Result<Diversity> {
    let mut diversity = Diversity::default();
    each_field("diversity", DIVERSITY, value, &mut |name, value| {
        match name {
            "perCategory" => {
                diversity.per_category = count("diversity.perCategory", value)?;
            }
            "perSupplier" => {
                diversity.per_supplier = count("diversity.perSupplier", value)?;
            }
            "collapse" => diversity.collapse = flag("diversity.collapse", value)?,
            "explore" => {
                let share = amount("diversity.explore", value)?;
                diversity.explore = share.unwrap_or_default();
            }
            "seed" => diversity.seed = count("diversity.seed", value)? as u32,
            _ => return Ok(false),
        }
        Ok(true)
    })?;
    Ok(diversity)
}

fn count(field: &'static str, value: &JsValue) -> Result<usize> {
    let range = 0.0..=f64::from(u32::MAX);
    let whole = value
        .as_f64()
        .filter(|n| range.contains(n) && n.fract() == 0.0);
    let expected = "a whole number from 0 to 4294967295";
    whole
        .map(|n| n as usize)
        .ok_or_else(|| wrong(field, expected, value))
}

fn limit(value: &JsValue) -> Result<usize> {
    let range = 1.0..=MAX_LIMIT as f64;
    let limit = value
        .as_f64()
        .filter(|n| range.contains(n) && n.fract() == 0.0);
    limit
        .map(|n| n as usize)
        .ok_or_else(|| wrong("limit", LIMIT_EXPECTED, value))
}

fn amount(field: &'static str, value: &JsValue) -> Result<Option<f64>> {
    let amount = value.as_f64().map(Some);
    amount.ok_or_else(|| wrong(field, "a number", value))
}

fn flag(field: &'static str, value: &JsValue) -> Result<bool> {
    value
        .as_bool()
        .ok_or_else(|| wrong(field, "true or false", value))
}

pub(crate) fn string(
    field: &'static str,
    expected: &'static str,
    value: &JsValue,
) -> Result<String> {
    value
        .as_string()
        .ok_or_else(|| wrong(field, expected, value))
}

/// Gives every field of an object that is not left out to `read`, which says
/// whether it knows it.
fn each_field(
    field: &'static str,
    expected: &'static str,
    value: &JsValue,
    read: &mut dyn FnMut(&str, &JsValue) -> Result<bool>,
) -> Result<()> {
    if value.is_undefined() || value.is_null() {
        return Ok(());
    }
    if !value.is_object() || Array::is_array(value) {
        return Err(wrong(field, expected, value));
    }
    for entry in Object::entries(value.unchecked_ref()).iter() {
        let pair: Array = entry.unchecked_into();
        let (name, value) = (pair.get(0).as_string().unwrap_or_default(), pair.get(1));
        let there = !value.is_undefined() && !value.is_null();
        if there && !read(&name, &value)? {
            let found = format!("the field {name}");
            return Err(bad(field, expected, found));
        }
    }
    Ok(())
}

/// The error of a list's member, with its place in the list.
fn at_index(error: Error, i: usize) -> Error {
    match error.kind() {
        Kind::BadQuery {
            field,
            expected,
            found,
        } => Kind::BadQuery {
            field,
            expected,
            found: format!("{found} at index {i}"),
        }
        .into(),
        _ => error,
    }
}

fn wrong(field: &'static str, expected: &'static str, found: &JsValue) -> Error {
    bad(field, expected, shown(found))
}

fn bad(field: &'static str, expected: &'static str, found: String) -> Error {
    Kind::BadQuery {
        field,
        expected,
        found,
    }
    .into()
}

/// A value as an error shows it: numbers and texts as they are, of others the
/// type.
fn shown(value: &JsValue) -> String {
    if let Some(text) = value.as_string() {
        quoted(&text)
    } else if let Some(value) = value.as_f64() {
        number(value)
    } else if let Some(flag) = value.as_bool() {
        flag.to_string()
    } else if Array::is_array(value) {
        "a list".into()
    } else {
        value.js_typeof().as_string().unwrap_or_default()
    }
}
