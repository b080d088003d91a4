//! A ranking as text, for terminals. `pkg/cli/table.js` prints the same; a test
//! holds the two to the same bytes.

use std::fmt::Write;

use crate::batch::Nats;
use crate::good::RankedGood;
use crate::policy::Term;
use crate::ranking::Ranking;
use crate::shard::Model;

/// The ranking as a table: a line a good, titles last because their width is
/// not known, then why the first stands where it does. Supply is the sum of the
/// terms that are the same for every shop, so that a line adds up.
pub fn table(goods: &[RankedGood], ranking: &Ranking, model: &Model) -> String {
    let id_width = goods
        .iter()
        .map(|g| g.good.id.chars().count())
        .max()
        .unwrap_or(0)
        .max(4);
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{:>4}  {:<id_width$}  {:>10}  {:>10}  {:>11}  {:>10}  {:>10}  {:>12}  title",
        "rank", "good", "score", "fit", "temperature", "price fit", "supply", "price"
    );
    for (i, good) in goods.iter().enumerate() {
        let mut supply = good.score;
        let mut term = |term: Term| {
            let value = i64::from(good.terms.get(term));
            supply -= value;
            match ranking.is_unknown(i, term) {
                true => "unknown".to_owned(),
                false => Nats(value).to_string(),
            }
        };
        let own = [Term::Fit, Term::Temperature, Term::PriceFit].map(&mut term);
        let _ = writeln!(
            out,
            "{:>4}  {:<id_width$}  {:>10}  {:>10}  {:>11}  {:>10}  {:>10}  {:>12}  {}",
            good.rank,
            good.good.id,
            Nats(good.score).to_string(),
            own[0],
            own[1],
            own[2],
            Nats(supply).to_string(),
            price(good.good.price, model),
            title(good)
        );
    }
    summary(&mut out, ranking, goods.first());
    out
}

fn summary(out: &mut String, ranking: &Ranking, first: Option<&RankedGood>) {
    let Some(first) = first else {
        out.push_str(&nothing(ranking));
        return;
    };
    let _ = writeln!(out, "{} of {} goods", ranking.len(), ranking.candidates);
    if ranking.known == 0 {
        out.push_str("the shop sells nothing that the shard knows: ranked by temperature and price alone\n");
        return;
    }
    let reasons: Vec<String> = first
        .because
        .iter()
        .filter(|b| b.share > 0.0)
        .take(3)
        .map(|b| {
            format!(
                "{} ({} %)",
                if b.title.is_empty() { &b.id } else { &b.title },
                (100.0 * b.share).round_ties_even() as i64
            )
        })
        .collect();
    if !reasons.is_empty() {
        let _ = writeln!(
            out,
            "{} is first because the shop sells {}",
            first.good.id,
            reasons.join(", ")
        );
    }
}

fn nothing(ranking: &Ranking) -> String {
    match ranking.relax {
        Some(relax) => format!(
            "no good passes the rules: without {} {} would\n",
            relax.rule, relax.goods
        ),
        None => "no good passes the rules: relax several of them\n".into(),
    }
}

fn title(good: &RankedGood) -> &str {
    let titles = &good.good.titles;
    let first = titles.iter().next().map(|(_, title)| title);
    titles.get("title").or(first).unwrap_or_default()
}

/// A price in major units, as `CNY 12.50`; "" when unknown.
fn price(minor: Option<u64>, model: &Model) -> String {
    let Some(minor) = minor else {
        return String::new();
    };
    let one = 10u64.pow(model.exponent.into());
    let digits = usize::from(model.exponent);
    match digits {
        0 => format!("{} {minor}", model.currency),
        _ => format!(
            "{} {}.{:0digits$}",
            model.currency,
            minor / one,
            minor % one
        ),
    }
}
