//! Several shards of one catalog, ranked as one.
//!
//! Each shard has, beside its own goods, those of other shards that say something
//! of them. What it lacks of a shop is told to it: the mass of the whole profile,
//! and where its prices lie.
//!
//! ```text
//! a shop's profile in each shard ──unite──▶ what it comes to in all (Whole)
//!     │                                            │
//!     └──────────────▶ each shard ranks ◀──────────┘
//!                         └──▶ merged by score, ties by id
//! ```
//!
//! Goods are told apart by their row in all shards, one after the other. `pkg/lib/many.js`
//! does the same; tests hold the two to the same bytes.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::Deref;

use crate::batch::Nats;
use crate::csv::write_field;
use crate::engine::{Engine, MAX_LIMIT, Query};
use crate::error::{Kind, Result};
use crate::good::RankedGood;
use crate::info::CatalogInfo;
use crate::policy::Term;
use crate::profile::{Priced, Profile, Whole};
use crate::ranking::Ranking;
use crate::rules::{Limit, Removed, Rule};
use crate::sales::{MatchedBy, SalesMatch, UnmatchedRow};
use crate::shard::{Bytes, Section};
use crate::shops::RankedShop;
use crate::what_if::WhatIf;

/// How many times as many rows are asked for where limits left too few.
const MORE: usize = 4;

/// Several shards of one catalog. `E` is whatever leads to an engine.
pub struct Many<E> {
    engines: Vec<E>,
    /// As the manifest has them; empty where a shard may have goods of any.
    categories: Vec<Vec<String>>,
    /// The first row of each.
    firsts: Vec<u32>,
}

/// A shop, as each shard sees it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parts {
    profiles: Vec<Profile>,
    known: usize,
}

impl<E, B> Many<E>
where
    E: Deref<Target = Engine<B>>,
    B: Bytes + 'static,
{
    /// The shards of a catalog, each with the categories that its manifest names.
    pub fn new(shards: impl IntoIterator<Item = (E, Vec<String>)>) -> Many<E> {
        let mut many = Many {
            engines: Vec::new(),
            categories: Vec::new(),
            firsts: Vec::new(),
        };
        for (engine, categories) in shards {
            many.push(engine, categories);
        }
        many
    }

    /// Adds a shard.
    pub fn push(&mut self, engine: E, categories: Vec<String>) {
        let last = self.engines.last().zip(self.firsts.last());
        let next = last.map_or(0, |(engine, first)| first + engine.shard().goods());
        self.firsts.push(next);
        self.engines.push(engine);
        self.categories.push(categories);
    }

    /// The shards.
    pub fn engines(&self) -> &[E] {
        &self.engines
    }

    /// One shop of its profiles in each shard.
    pub fn unite(&self, profiles: Vec<Profile>) -> Result<Parts> {
        if profiles.len() == 1 {
            let known = profiles[0].len();
            return Ok(Parts { profiles, known });
        }
        let mut goods: BTreeMap<&str, Priced> = BTreeMap::new();
        let mut unknown = Vec::new();
        for (engine, profile) in self.engines.iter().zip(&profiles) {
            let (ids, mut priced) = (engine.shard().ids()?, engine.priced(profile)?);
            // Of what no shard knows each says the same.
            unknown = priced.split_off(profile.len());
            let rows = profile.weights().iter().map(|&(row, _)| row as usize);
            goods.extend(rows.map(|row| ids.get(row)).zip(priced));
        }
        let known = goods.len();
        // As the rows of one shard would lie.
        let mut priced: Vec<Priced> = goods.into_values().collect();
        let mass = priced.iter().map(|told| told.weight).sum();
        priced.extend(unknown);
        let whole = Whole { mass, priced };
        let within = |profile: Profile| profile.within(whole.clone());
        Ok(Parts {
            profiles: profiles.into_iter().map(within).collect(),
            known,
        })
    }

    /// The profile of a public shop.
    pub fn public_shop(&self, shop_id: &str) -> Result<Parts> {
        let profiles = self.engines.iter().map(|e| e.public_profile(shop_id));
        self.unite(profiles.collect::<Result<_>>()?)
    }

    /// The best goods of all shards for a shop; rows are those of
    /// [`Many::place`]. Of one shard what [`Engine::rank`] gives.
    pub fn rank(&self, shop: &Parts, query: &Query) -> Result<Ranking> {
        if let ([engine], [profile]) = (&self.engines[..], &shop.profiles[..]) {
            return engine.rank(profile, query);
        }
        check_draws(query)?;
        let all = 0..self.engines.len();
        let mut asked: Vec<usize> =
            all.clone().filter(|&i| self.touches(i, query)).collect();
        if asked.is_empty() {
            asked.extend(all);
        }
        let caps = &query.diversity;
        let capped = caps.per_category > 0 || caps.per_supplier > 0;
        let mut wanted = query.clone();
        // Of categories and suppliers so many rows in all shards, not in each.
        (wanted.diversity.per_category, wanted.diversity.per_supplier) = (0, 0);
        loop {
            let rankings = asked.iter().map(|&i| {
                let ranking = self.engines[i].rank(&shop.profiles[i], &wanted)?;
                Ok((i, ranking))
            });
            let rankings: Vec<(usize, Ranking)> = rankings.collect::<Result<_>>()?;
            let (mut merged, ran_dry) = self.merge(&rankings, query, wanted.limit)?;
            if capped && ran_dry && merged.len() < query.limit && wanted.limit < MAX_LIMIT
            {
                wanted.limit = (wanted.limit * MORE).min(MAX_LIMIT);
                continue;
            }
            merged.known = shop.known;
            self.count(&mut merged, &rankings)?;
            if merged.candidates == 0 {
                merged.relax = self.relax(shop, query, &merged.removed)?;
            }
            return Ok(merged);
        }
    }

    /// Whether a shard may have goods that the rule of categories leaves.
    fn touches(&self, i: usize, query: &Query) -> bool {
        let (Some(Limit::List(asked)), of) =
            (query.rules.get(Rule::Categories), &self.categories[i])
        else {
            return true;
        };
        let below = |a: &str, b: &str| {
            a.strip_prefix(b).is_some_and(|rest| rest.starts_with('/'))
        };
        let touch = |a: &String, b: &String| a == b || below(a, b) || below(b, a);
        let known = self.engines.first().map(|e| e.shard().categories());
        let known = |path: &String| match &known {
            Some(Ok(table)) => table.iter().any(|p| p == path || below(p, path)),
            _ => false,
        };
        // What is no category is an error, which every shard can tell.
        of.is_empty()
            || asked
                .iter()
                .any(|a| of.iter().any(|b| touch(a, b)) || !known(a))
    }

    /// The best heads first, and whether a shard gave all that it was asked for and
    /// may have more.
    fn merge(
        &self,
        rankings: &[(usize, Ranking)],
        query: &Query,
        asked: usize,
    ) -> Result<(Ranking, bool)> {
        let caps = &query.diversity;
        let mut heads = vec![0; rankings.len()];
        let mut merged = Ranking::default();
        let (mut categories, mut suppliers) = (Vec::new(), Vec::new());
        let ids: Vec<_> = rankings
            .iter()
            .map(|(i, _)| self.engines[*i].shard().ids())
            .collect::<Result<_>>()?;
        while merged.len() < query.limit {
            let head = |&r: &usize| {
                let ranking = &rankings[r].1;
                let row = *ranking.goods.get(heads[r])?;
                let id = ids[r].get(row as usize);
                Some((ranking.scores[heads[r]], Reverse(id), Reverse(r)))
            };
            let best = (0..rankings.len()).filter_map(|r| head(&r)).max();
            let Some((.., Reverse(r))) = best else {
                break;
            };
            let (i, ranking) = &rankings[r];
            let (at, shard) = (heads[r], self.engines[*i].shard());
            heads[r] += 1;
            let row = ranking.goods[at] as usize;
            let category = shard.column(Section::Category)?.row(row);
            let supplier = shard.column(Section::Supplier)?.row(row);
            if is_full(&categories, category, caps.per_category)
                || is_full(&suppliers, supplier, caps.per_supplier)
            {
                continue;
            }
            categories.push(category);
            suppliers.push(supplier);
            self.take(&mut merged, *i, ranking, at);
            if !caps.is_off() {
                let behind = ranking.behind.get(at).into_iter().flatten();
                let behind = behind.map(|row| self.firsts[*i] + row);
                merged.behind.push(behind.collect());
                merged.probabilities.push(1.0);
            }
        }
        let dry = rankings.iter().zip(&heads);
        let dry = dry.filter(|((_, ranking), head)| **head == ranking.len());
        let more = dry
            .filter(|((_, ranking), _)| ranking.len() == asked)
            .count();
        Ok((merged, more > 0))
    }

    /// Row `at` of a shard's ranking.
    fn take(&self, merged: &mut Ranking, shard: usize, ranking: &Ranking, at: usize) {
        let first = self.firsts[shard];
        merged.goods.push(first + ranking.goods[at]);
        merged.scores.push(ranking.scores[at]);
        merged.unknown.push(ranking.unknown[at]);
        for term in Term::ALL {
            merged.terms[term as usize].push(ranking.terms[term as usize][at]);
        }
    }

    /// Adds up what the rules left and took out. Of a shard that the rule of
    /// categories spared, all goods break it.
    fn count(&self, merged: &mut Ranking, rankings: &[(usize, Ranking)]) -> Result<()> {
        let mut spared = 0;
        for (i, engine) in self.engines.iter().enumerate() {
            if !rankings.iter().any(|&(asked, _)| asked == i) {
                spared += engine.own()?.count();
            }
        }
        for (_, ranking) in rankings {
            merged.candidates += ranking.candidates;
            for removed in &ranking.removed {
                let mut same = merged.removed.iter_mut();
                match same.find(|other| other.rule == removed.rule) {
                    Some(other) => other.goods += removed.goods,
                    None => merged.removed.push(*removed),
                }
            }
        }
        let categories = Rule::Categories.name();
        let mut rules = merged.removed.iter_mut();
        if let Some(removed) = rules.find(|removed| removed.rule == categories) {
            removed.goods += spared;
        }
        Ok(())
    }

    /// The rule without which most goods would be left.
    fn relax(
        &self,
        shop: &Parts,
        query: &Query,
        removed: &[Removed],
    ) -> Result<Option<Removed>> {
        let mut best: Option<Removed> = None;
        for &Removed { rule, .. } in removed {
            let without = Query {
                rules: query.rules.without(rule),
                limit: 1,
                ..query.clone()
            };
            let mut goods = 0;
            for (engine, profile) in self.engines.iter().zip(&shop.profiles) {
                goods += engine.rank(profile, &without)?.candidates;
            }
            if goods > best.map_or(0, |best| best.goods) {
                best = Some(Removed { rule, goods });
            }
        }
        Ok(best)
    }

    /// The shard of a row, and the row in it.
    pub fn place(&self, row: u32) -> (usize, u32) {
        let after = self.firsts.partition_point(|&first| first <= row);
        let shard = after.saturating_sub(1);
        (shard, row - self.firsts.get(shard).copied().unwrap_or(0))
    }

    /// The id of a row; "" where there is none.
    pub fn id(&self, row: u32) -> Result<&str> {
        let (shard, row) = self.place(row);
        match self.engines.get(shard) {
            Some(engine) => Ok(engine.shard().ids()?.get(row as usize)),
            None => Ok(""),
        }
    }

    /// Row `i` of a ranking that these shards made for `shop`, with why it stands
    /// there.
    pub fn ranked_good(
        &self,
        ranking: &Ranking,
        shop: &Parts,
        i: usize,
    ) -> Result<RankedGood> {
        let (shard, row) = self.place(ranking.goods[i]);
        let behind = ranking.behind.get(i).map(|rows| {
            let rows = rows.iter().map(|&row| self.place(row).1);
            rows.collect::<Vec<u32>>()
        });
        let one = Ranking {
            goods: vec![row],
            scores: vec![ranking.scores[i]],
            terms: Term::ALL.map(|term| vec![ranking.terms[term as usize][i]]),
            unknown: vec![ranking.unknown[i]],
            behind: behind.into_iter().collect(),
            probabilities: ranking.probabilities.get(i).copied().into_iter().collect(),
            ..Ranking::default()
        };
        let profile = &shop.profiles[shard];
        let mut good = self.engines[shard].ranked_good(&one, profile, 0)?;
        good.rank = i + 1;
        Ok(good)
    }

    /// What the catalog says of itself.
    pub fn info(&self) -> Result<Option<CatalogInfo<'_>>> {
        let mut infos = self.engines.iter().map(|engine| engine.info());
        let Some(mut info) = infos.next().transpose()? else {
            return Ok(None);
        };
        for other in infos {
            info.goods += other?.goods;
        }
        Ok(Some(info))
    }

    /// Matches a sales file that each shard has read: a row means what it would in
    /// one shard of all goods, so the first column that finds something in any shard
    /// decides. Gives the shop, and the rows that mean no good or several.
    pub fn match_sales(
        &self,
        mut sales: Vec<SalesMatch>,
    ) -> Result<(Parts, Vec<UnmatchedRow>)> {
        let mut unmatched = sales
            .first()
            .map_or(&[][..], |one| one.unmatched())
            .to_vec();
        if sales.len() > 1 {
            let mut found: BTreeMap<u64, (MatchedBy, &str, BTreeSet<&str>)> =
                BTreeMap::new();
            for (engine, sales) in self.engines.iter().zip(&sales) {
                let ids = engine.shard().ids()?;
                for finding in sales.findings() {
                    let goods = finding.goods.iter().map(|&row| ids.get(row as usize));
                    let new = || (finding.by, finding.label.as_str(), BTreeSet::new());
                    let known = found.entry(finding.line).or_insert_with(new);
                    if (finding.by as u8) < known.0 as u8 {
                        *known = new();
                    }
                    if finding.by == known.0 {
                        known.2.extend(goods);
                    }
                }
            }
            unmatched.retain(|row| !found.contains_key(&row.line));
            for (&line, (_, label, goods)) in found.iter().filter(|(_, f)| f.2.len() > 1)
            {
                unmatched.push(UnmatchedRow::ambiguous(line, label, goods));
            }
            unmatched.sort_by_key(|row| row.line);
            let one = found.iter().filter(|(_, found)| found.2.len() == 1);
            let goods =
                one.filter_map(|(&line, f)| Some((line, (*f.2.first()?).to_owned())));
            let goods: BTreeMap<u64, String> = goods.collect();
            for (engine, sales) in self.engines.iter().zip(&mut sales) {
                sales.settle(engine.shard(), &goods)?;
            }
        }
        let profiles = self.engines.iter().zip(&sales);
        let profiles = profiles.map(|(engine, sales)| sales.profile(engine));
        Ok((self.unite(profiles.collect())?, unmatched))
    }

    /// What would bring a good among the first of a shop's ranking over all shards.
    pub fn what_if(&self, shop: &Parts, query: &Query, good_id: &str) -> Result<WhatIf> {
        let (mut own, mut elsewhere) = (0, Vec::new());
        for (i, engine) in self.engines.iter().enumerate() {
            match engine.find(good_id)? {
                Some(_) => own = i,
                None => {
                    let profile = &shop.profiles[i];
                    elsewhere.extend(engine.rivals(profile, query, good_id)?);
                }
            }
        }
        let profile = &shop.profiles[own];
        self.engines[own].what_if_among(profile, query, good_id, &elsewhere)
    }

    /// Ranks goods for one shop and appends its lines of a rankings file.
    pub fn write_ranking(
        &self,
        shop_id: &str,
        profiles: &[Profile],
        query: &Query,
        out: &mut String,
    ) -> Result<()> {
        let ranking = self.rank(&self.unite(profiles.to_vec())?, query)?;
        for (i, (&row, &score)) in ranking.goods.iter().zip(&ranking.scores).enumerate() {
            write_row(shop_id, i + 1, self.id(row)?, score, out);
        }
        Ok(())
    }

    /// Ranks shops for one good and appends its lines of a rankings file.
    pub fn write_shops(
        &self,
        good_id: &str,
        limit: usize,
        out: &mut String,
    ) -> Result<()> {
        for shop in self.ranked_shops(good_id, limit)? {
            write_row(good_id, shop.rank, &shop.id, shop.score, out);
        }
        Ok(())
    }

    /// The shard whose own the good of this id is.
    pub fn of_good(&self, good_id: &str) -> Result<&E> {
        for engine in &self.engines {
            if engine.find(good_id)?.is_some() {
                return Ok(engine);
            }
        }
        let id = good_id.to_owned();
        Err(Kind::UnknownGood { id }.into())
    }

    /// The best public shops for a good, as they are shown: its own shard knows.
    pub fn ranked_shops(&self, good_id: &str, limit: usize) -> Result<Vec<RankedShop>> {
        self.of_good(good_id)?.ranked_shops(good_id, limit)
    }
}

/// Appends a line of a rankings file.
fn write_row(query_id: &str, rank: usize, id: &str, score: i64, out: &mut String) {
    write_field(out, query_id);
    let _ = write!(out, ",{rank},");
    write_field(out, id);
    let _ = writeln!(out, ",{}", Nats(score));
}

/// Whether a kind has had its rows; row 0 of its table is no kind.
fn is_full(had: &[usize], of: usize, most: usize) -> bool {
    most > 0 && of > 0 && had.iter().filter(|&&other| other == of).count() >= most
}

/// Draws of shards apart are not one draw.
fn check_draws(query: &Query) -> Result<()> {
    if query.diversity.explore == 0.0 {
        return Ok(());
    }
    Err(Kind::BadQuery {
        field: "diversity.explore",
        expected: "0 over several shards; open one of them for draws",
        found: crate::show::number(query.diversity.explore),
    }
    .into())
}
