//! A good as it is shown: everything a page or a terminal says of one row.

use serde::{Serialize, Serializer};

use crate::engine::Engine;
use crate::error::Result;
use crate::policy::Term;
use crate::profile::Profile;
use crate::ranking::Ranking;
use crate::risk::Risk;
use crate::shard::{Bytes, Section};
use crate::terms::Contribution;

/// The most goods of a shop that are named behind one ranked good.
const MAX_BECAUSE: usize = 5;

/// What the catalog says of a good.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Good {
    /// The id.
    pub id: String,
    /// `title`, then `title_…` by language tag; known ones only.
    pub titles: Texts,
    /// Minor units.
    pub price: Option<u64>,
    /// Category path.
    pub category: Option<String>,
    /// Who supplies the good.
    pub supplier: Option<Supplier>,
    /// Minimum order quantity, pieces.
    pub moq: Option<u64>,
    /// Days, the 90th percentile.
    pub lead_time_days: Option<u64>,
    /// Shops that one shop which lists it brings in the end, itself among them, 1
    /// to 255.
    pub spread: Option<f64>,
    /// Further catalog columns.
    pub details: Texts,
}

/// Known text fields by name, in the shard's order; a map in JSON and in JS.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    /// The value of a field.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter()
            .find(|(n, _)| *n == name)
            .map(|(_, value)| value)
    }

    /// Names and values.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl Serialize for Texts {
    fn serialize<S: Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Who supplies a good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Supplier {
    /// The id.
    pub id: String,
    /// The name; "" when unknown.
    pub name: String,
}

/// A good at its place in a ranking, with why it stands there.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RankedGood {
    /// 1 for the best.
    pub rank: usize,
    /// What the catalog says of the good.
    #[serde(flatten)]
    pub good: Good,
    /// Micro-nats: exactly the sum of the terms.
    pub score: i64,
    /// Micro-nats by term.
    pub terms: Terms,
    /// Terms that are 0 because data is missing.
    pub unknown: Vec<Term>,
    /// What could go wrong, gravest first.
    pub risks: Vec<Risk>,
    /// Ids of the goods that this one stands for, best first.
    pub behind: Vec<String>,
    /// How probable it was that this row would be shown, 0 to 1.
    pub probability: f64,
    /// The shop's goods behind fit, strongest first, five at most.
    pub because: Vec<Because>,
}

/// Every term, micro-nats; a map by name in JSON and in JS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms(pub [i32; Term::COUNT]);

impl Terms {
    /// The value of a term.
    pub fn get(&self, term: Term) -> i32 {
        self.0[term as usize]
    }
}

impl Serialize for Terms {
    fn serialize<S: Serializer>(
        &self,
        serializer: S,
    ) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_map(Term::ALL.map(|term| (term.name(), self.get(term))))
    }
}

/// A good of the shop's that speaks for, or against, a ranked good.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Because {
    /// The id.
    pub id: String,
    /// What to call it; "" when it has no title.
    pub title: String,
    /// Share of the positive contributions, 0 to 1; below 0 for one against.
    pub share: f64,
}

impl<B: Bytes> Engine<B> {
    /// What the catalog says of the good in `row`. Inflates its text block.
    pub fn good(&self, row: usize) -> Result<Good> {
        let shard = self.shard();
        let text = shard.text(row)?;
        let category = shard.column(Section::Category)?.row(row);
        let supplier = shard.column(Section::Supplier)?.row(row);
        let known = |value: u64| (value > 0).then_some(value);
        let (mut titles, mut details) = (Texts::default(), Texts::default());
        for (name, value) in text.iter() {
            let is_title = name == "title" || name.starts_with("title_");
            let texts = if is_title { &mut titles } else { &mut details };
            texts.0.push((name.to_owned(), value.to_owned()));
        }
        Ok(Good {
            id: shard.ids()?.get(row).to_owned(),
            titles,
            price: known(shard.column(Section::Price)?.get(row)),
            category: (category > 0)
                .then_some(shard.categories()?.get(category).to_owned()),
            supplier: (supplier > 0).then_some(Supplier {
                id: shard.supplier_ids()?.get(supplier).to_owned(),
                name: shard.supplier_names()?.get(supplier).to_owned(),
            }),
            moq: known(shard.column(Section::Moq)?.get(row)),
            lead_time_days: shard.column(Section::LeadTime)?.get(row).checked_sub(1),
            spread: known(shard.column(Section::Spread)?.get(row))
                .map(|spread| 255.0 / (256.0 - spread as f64)),
            details,
        })
    }

    /// Row `i` of a ranking that this engine made for `profile`, with why it
    /// stands there.
    pub fn ranked_good(
        &self,
        ranking: &Ranking,
        profile: &Profile,
        i: usize,
    ) -> Result<RankedGood> {
        let row = ranking.goods[i];
        Ok(RankedGood {
            rank: i + 1,
            good: self.good(row as usize)?,
            score: ranking.scores[i],
            terms: Terms(Term::ALL.map(|term| ranking.terms[term as usize][i])),
            unknown: Term::ALL
                .into_iter()
                .filter(|&t| ranking.is_unknown(i, t))
                .collect(),
            risks: self.risks(row as usize)?.iter().collect(),
            behind: self.ids(ranking.behind.get(i).map_or(&[], Vec::as_slice))?,
            probability: ranking.probabilities.get(i).copied().unwrap_or(1.0),
            because: self.because(profile, row)?,
        })
    }

    fn ids(&self, rows: &[u32]) -> Result<Vec<String>> {
        let ids = self.shard().ids()?;
        let id = |&row: &u32| ids.get(row as usize).to_owned();
        Ok(rows.iter().map(id).collect())
    }

    /// The shop's goods that speak loudest for or against the good in `row`.
    pub fn because(&self, profile: &Profile, row: u32) -> Result<Vec<Because>> {
        let mut all = Contribution::all(self.shard(), profile, row)?;
        let positive: f64 = all.iter().map(|c| c.raw.max(0.0)).sum();
        keep_loudest(&mut all);
        // A loop: to collect results would be eight hundred bytes of WebAssembly.
        let mut out = Vec::new();
        for c in all {
            let row = c.row as usize;
            out.push(Because {
                id: self.shard().ids()?.get(row).to_owned(),
                title: self.shard().text(row)?.title().to_owned(),
                share: if positive > 0.0 {
                    c.raw / positive
                } else {
                    -1.0
                },
            });
        }
        Ok(out)
    }
}

/// Keeps the greatest in size, greatest first, of equals the smaller row. Picks
/// them one by one: there are five, and a sort of its own type would be two
/// thousand bytes of WebAssembly.
fn keep_loudest(all: &mut Vec<Contribution>) {
    let louder = |a: &Contribution, b: &Contribution| {
        a.raw.abs().total_cmp(&b.raw.abs()).then(b.row.cmp(&a.row))
    };
    for place in 0..MAX_BECAUSE.min(all.len()) {
        let loudest = (place..all.len()).max_by(|&a, &b| louder(&all[a], &all[b]));
        all.swap(place, loudest.unwrap_or(place));
    }
    all.truncate(MAX_BECAUSE);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Against sorting everything.
        #[test]
        fn the_loudest_are_the_head_of_the_sorted_list(
            raws in prop::collection::vec(-3i32..3, 0..12)
        ) {
            let contribution = |(row, &raw): (u32, &i32)| Contribution { row, raw: raw.into() };
            let mut all: Vec<_> = (0..).zip(&raws).map(contribution).collect();
            let mut sorted = all.clone();
            sorted.sort_by(|a, b| {
                b.raw.abs().total_cmp(&a.raw.abs()).then(a.row.cmp(&b.row))
            });
            sorted.truncate(MAX_BECAUSE);
            keep_loudest(&mut all);
            prop_assert_eq!(all, sorted);
        }
    }
}
