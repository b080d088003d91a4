//! Users as text: tables for terminals, the same from native code and from Node,
//! and a file of the hot ones.

use std::fmt::Write;

use super::{Layer, User, UserWant, Users};
use crate::batch::Nats;
use crate::csv::write_cell;
use crate::engine::Engine;
use crate::error::Result;
use crate::shard::Bytes;
use crate::show::number;

/// The header of a file of hot users.
const HEADER: &str = "user_id,temperature,trend,clarity,reach,orders\n";

/// Three decimals, for people; a word for what is unknown.
fn short(value: Option<f64>) -> String {
    value.map_or_else(
        || "unknown".into(),
        |value| number((value * 1e3).round_ties_even() / 1e3),
    )
}

/// All hot users, hottest first, as a CSV file that no spreadsheet takes for
/// formulas. An unknown reach is empty.
pub fn hot_csv<B: Bytes>(users: &Users, engine: &Engine<B>) -> String {
    let mut out = HEADER.to_owned();
    for user in users.hottest(engine, users.hot_len().max(1)) {
        write_cell(&mut out, &user.id);
        let figures = [
            Some(user.temperature),
            Some(user.trend),
            Some(user.clarity),
            user.reach,
            Some(user.orders.into()),
        ];
        for figure in figures {
            out.push(',');
            out.push_str(&figure.map(number).unwrap_or_default());
        }
        out.push('\n');
    }
    out
}

/// Hot users, the asset and the layers.
pub fn users_table<B: Bytes>(
    users: &Users,
    engine: &Engine<B>,
    limit: usize,
) -> Result<String> {
    let mut out = String::new();
    let hot = users.hot(engine, limit)?;
    let _ = writeln!(out, "{:>4}  {}  user", "rank", HEADINGS);
    for (i, user) in hot.iter().enumerate() {
        let _ = writeln!(out, "{:>4}  {}  {}", i + 1, figures(user), user.id);
    }
    let rows = users.rows();
    let _ = writeln!(
        out,
        "{} hot of {} users, from {} rows; {} rows without a good, {} refused, {} called off, \
         {} without a customer",
        users.hot_len(),
        users.len(),
        rows.rows,
        rows.unmatched_total - rows.refused,
        rows.refused,
        rows.called_off,
        rows.nameless
    );
    let (asset, unknown) = users.asset();
    let _ = write!(out, "heat asset {}", short(Some(asset)));
    if unknown > 0.0 {
        let _ = write!(
            out,
            ", and at most {} of users of unknown consent",
            short(Some(unknown))
        );
    }
    out.push('\n');
    let _ = writeln!(
        out,
        "{:<13}  {:>6}  {:>6}  {:>6}  {:>7}  {:>7}",
        "layer", "orders", "users", "again", "worth", "value"
    );
    for layer in users.layers() {
        let _ = writeln!(
            out,
            "{:<13}  {:>6}  {:>6}  {:>6}  {:>7}  {:>7}",
            Layer::name(layer.layer),
            layer.orders,
            layer.users,
            short(Some(layer.r)),
            short(layer.worth),
            short(layer.value)
        );
    }
    Ok(out)
}

const HEADINGS: &str = "temperature    trend  clarity    reach  orders";

fn figures(user: &User) -> String {
    format!(
        "{:>11}  {:>7}  {:>7}  {:>7}  {:>6}",
        short(Some(user.temperature)),
        short(Some(user.trend)),
        short(Some(user.clarity)),
        short(user.reach),
        user.orders
    )
}

/// The users for a good, likewise, with the loudest of what each bought.
pub fn wants_table(wants: &[UserWant]) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:>4}  {:>10}  {HEADINGS}  user  because",
        "rank", "fit"
    );
    for want in wants {
        let because = want.because.first().filter(|b| b.share > 0.0);
        let because = because.map_or("", |b| match b.title.as_str() {
            "" => &b.id,
            title => title,
        });
        let (fit, figures) = (Nats(want.score), figures(&want.user));
        let _ = writeln!(
            out,
            "{:>4}  {fit:>10}  {figures}  {}  {because}",
            want.rank, want.user.id
        );
    }
    if wants.is_empty() {
        out.push_str("no user bought what the shard knows, or all bought this good\n");
    }
    out
}
