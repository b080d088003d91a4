//! Rules applied: a bit for each good, a set for each rule.

use std::ops::RangeInclusive;

use goodsrank_lanes::{keep_in_range, keep_listed, keep_without};

use super::{Limit, Removed, Rule, Rules, bad};
use crate::SEVERAL;
use crate::channel::Channel;
use crate::error::Result;
use crate::events::DAY;
use crate::risk::{RISKS_EXPECTED, Risk, RiskSet};
use crate::search;
use crate::shard::{Bytes, Section, Shard, Strings, category_order};
use crate::show::{number, quoted};
use crate::terms::Margins;

/// The goods that the rules leave, a bit for each row.
#[derive(Clone, Default)]
pub(crate) struct Allowed {
    words: Vec<u64>,
    goods: usize,
}

impl Allowed {
    pub(crate) fn all(goods: usize) -> Allowed {
        let mut words = vec![u64::MAX; goods.div_ceil(64)];
        if let Some(last) = words.last_mut()
            && !goods.is_multiple_of(64)
        {
            *last = (1 << (goods % 64)) - 1;
        }
        Allowed { words, goods }
    }

    /// The goods that a shard may recommend: not those that only speak.
    pub(crate) fn own<B: Bytes>(shard: &Shard<B>) -> Result<Allowed> {
        let mut own = Allowed::all(shard.goods() as usize);
        if SEVERAL && shard.has(Section::Speaks) {
            keep_without(&mut own.words, shard.checked(Section::Speaks)?, 1);
        }
        Ok(own)
    }

    fn none(goods: usize) -> Allowed {
        Allowed {
            words: vec![0; goods.div_ceil(64)],
            goods,
        }
    }

    /// The goods of which something holds.
    fn those(goods: usize, hold: &dyn Fn(usize) -> bool) -> Allowed {
        Allowed::from_rows(goods, (0..goods as u32).filter(|&row| hold(row as usize)))
    }

    fn from_rows(goods: usize, rows: impl IntoIterator<Item = u32>) -> Allowed {
        let mut out = Allowed::none(goods);
        rows.into_iter()
            .for_each(|row| out.words[row as usize / 64] |= 1 << (row % 64));
        out
    }

    fn and(&mut self, other: &Allowed) {
        self.words
            .iter_mut()
            .zip(&other.words)
            .for_each(|(a, b)| *a &= b);
    }

    pub(crate) fn has(&self, row: u32) -> bool {
        let word = self.words.get(row as usize / 64);
        word.is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    pub(crate) fn remove(&mut self, row: usize) {
        self.words[row / 64] &= !(1 << (row % 64));
    }

    /// Goods of the shard, allowed or not.
    pub(crate) fn goods(&self) -> usize {
        self.goods
    }

    pub(crate) fn count(&self) -> usize {
        self.words.iter().map(|w| w.count_ones() as usize).sum()
    }

    /// A bit for each row, set where it is left.
    pub(crate) fn words(&self) -> &[u64] {
        &self.words
    }
}

/// What rules are applied to, beside the shard.
pub(crate) struct Asked<'a> {
    pub(crate) channel: &'a Channel,
    /// The catalog's last event.
    pub(crate) t_ref: i64,
    /// Of every good, as bits, where the rules ask for them.
    pub(crate) risks: &'a [u8],
}

/// What the rules left for a shop, and what each of them took out.
pub(crate) struct Ruled {
    /// The rows that no rule takes out.
    pub(crate) allowed: Allowed,
    /// Each rule that was asked for, and how many goods break it.
    pub(crate) removed: Vec<Removed>,
    /// Where nothing is left: the rule without which most would be.
    pub(crate) relax: Option<Removed>,
}

/// What each rule leaves, whatever the shop.
pub(crate) struct RuleSets {
    /// What may be recommended at all; only of these is anything counted.
    own: Allowed,
    sets: Vec<(&'static str, Allowed)>,
    /// What there is before any of them.
    offered: Allowed,
    /// What all of them leave.
    left: Allowed,
    removed: Vec<Removed>,
}

/// What stands among the rules for goods that were withdrawn.
pub(crate) const WITHDRAWN: &str = "withdrawn";

impl RuleSets {
    /// No rule at all: every good that is offered.
    pub(crate) fn none(own: &Allowed, offered: &Allowed) -> RuleSets {
        let withdrawn = own.count() - offered.count();
        RuleSets {
            own: own.clone(),
            sets: Vec::new(),
            offered: offered.clone(),
            left: offered.clone(),
            removed: match withdrawn {
                0 => Vec::new(),
                goods => vec![Removed {
                    rule: WITHDRAWN,
                    goods,
                }],
            },
        }
    }

    /// The rules that a good breaks.
    pub(crate) fn against(&self, row: u32) -> Vec<&'static str> {
        let breaks = |(_, set): &&(&str, Allowed)| !set.has(row);
        self.sets
            .iter()
            .filter(breaks)
            .map(|(rule, _)| *rule)
            .collect()
    }

    /// What is left for a shop; `sold` are the goods to leave out because it
    /// sells them.
    pub(crate) fn for_shop(&self, sold: &[u32]) -> Ruled {
        let sold_rule = Rule::IncludeSold.name();
        let mut ruled = Ruled {
            allowed: self.left.clone(),
            removed: self.removed.clone(),
            relax: None,
        };
        let mut unsold = self.own.clone();
        if !sold.is_empty() {
            sold.iter().for_each(|&row| unsold.remove(row as usize));
            ruled.allowed.and(&unsold);
            ruled.removed.push(self.removed(sold_rule, &unsold));
        }
        if ruled.allowed.count() == 0 {
            let sold = (sold_rule, unsold);
            let sets: Vec<_> = self.sets.iter().chain([&sold]).collect();
            let without = |but: usize| {
                let mut left = self.offered.clone();
                let others = sets.iter().enumerate().filter(|&(i, _)| i != but);
                others.for_each(|(_, (_, set))| left.and(set));
                Removed {
                    rule: sets[but].0,
                    goods: left.count(),
                }
            };
            let wins = (0..sets.len()).map(without).filter(|r| r.goods > 0);
            ruled.relax = wins.rev().max_by_key(|r| r.goods);
        }
        ruled
    }

    /// How many goods are not in a set.
    fn removed(&self, rule: &'static str, set: &Allowed) -> Removed {
        Removed {
            rule,
            goods: self.own.count() - set.count(),
        }
    }
}

impl Rules {
    /// The goods that each rule leaves.
    pub(crate) fn sets<B: Bytes>(
        &self,
        shard: &Shard<B>,
        own: &Allowed,
        offered: &Allowed,
        asked: &Asked<'_>,
    ) -> Result<RuleSets> {
        let mut out = RuleSets::none(own, offered);
        for (rule, limit) in &self.asked {
            let Some(mut set) = self.allowed(*rule, limit, shard, asked)? else {
                continue;
            };
            let rule = match rule {
                Rule::PriceMin | Rule::PriceMax => "price",
                _ => rule.name(),
            };
            if SEVERAL {
                set.and(own);
            }
            out.left.and(&set);
            out.removed.push(out.removed(rule, &set));
            out.sets.push((rule, set));
        }
        Ok(out)
    }

    /// The goods that a rule leaves; `None` where it leaves all.
    fn allowed<B: Bytes>(
        &self,
        rule: Rule,
        limit: &Limit,
        shard: &Shard<B>,
        asked: &Asked<'_>,
    ) -> Result<Option<Allowed>> {
        let goods = shard.goods() as usize;
        let keep = !matches!(
            rule,
            Rule::NotCategories | Rule::NotSuppliers | Rule::NotBrands
        );
        let set = match (rule, limit) {
            (Rule::Categories | Rule::NotCategories, Limit::List(paths)) => {
                let table = shard.categories()?;
                let wanted = categories(&table, paths, rule)?;
                listed(shard, Section::Category, &wanted, keep)?
            }
            (Rule::Suppliers | Rule::NotSuppliers, Limit::List(ids)) => {
                let table = shard.supplier_ids()?;
                let wanted = named(&table, ids, rule, "supplier ids of the shard")?;
                listed(shard, Section::Supplier, &wanted, keep)?
            }
            (Rule::Brands | Rule::NotBrands, Limit::List(brands)) => {
                let table = shard.brands()?;
                let wanted = named(&table, brands, rule, "brands of the shard")?;
                listed(shard, Section::Brand, &wanted, keep)?
            }
            (Rule::ShipsTo, Limit::Text(code)) => {
                let table = shard.destinations()?;
                let ships = |list: &str| list.split(' ').any(|known| known == code);
                let wanted: Vec<bool> = table.iter().map(ships).collect();
                if code.is_empty() || !wanted.contains(&true) {
                    let expected = "a destination of the shard";
                    return Err(bad(rule.field(), expected, quoted(code)));
                }
                listed(shard, Section::ShipsTo, &wanted, true)?
            }
            (Rule::WithoutRisks, Limit::List(names)) => {
                let mut left = Allowed::all(goods);
                keep_without(&mut left.words, asked.risks, risks(names)?.bits());
                left
            }
            (Rule::Text, Limit::Text(text)) => {
                let mut left = Allowed::all(goods);
                for rows in search::find(shard, text)? {
                    left.and(&Allowed::from_rows(goods, rows));
                }
                left
            }
            (Rule::Only | Rule::Exclude, Limit::List(ids)) => {
                let table = shard.ids()?;
                let rows = ids.iter().filter_map(|id| table.find(id));
                match rule {
                    Rule::Only => Allowed::from_rows(goods, rows.map(|row| row as u32)),
                    _ => {
                        let mut left = Allowed::all(goods);
                        rows.for_each(|row| left.remove(row));
                        left
                    }
                }
            }
            (Rule::InStock, Limit::Flag(true)) => {
                of_range(shard, Section::Stock, 2..=u64::MAX)?
            }
            (Rule::MarginMin, Limit::Number(least)) => {
                of_margin(shard, asked.channel, *least)?
            }
            (_, Limit::Number(value)) => {
                let value = bound(rule, *value)?;
                return self.range(rule, value, shard, asked);
            }
            _ => return Ok(None),
        };
        Ok(Some(set))
    }

    /// The goods that a bound of a column leaves.
    fn range<B: Bytes>(
        &self,
        rule: Rule,
        value: u64,
        shard: &Shard<B>,
        asked: &Asked<'_>,
    ) -> Result<Option<Allowed>> {
        let (section, range) = match rule {
            Rule::PriceMin => {
                let high = match self.number(Rule::PriceMax) {
                    Some(high) => bound(Rule::PriceMax, high)?,
                    None => u64::MAX,
                };
                if value > high {
                    let expected = "a price that is not above rules.priceMax";
                    let found = format!("{value} above {high}");
                    return Err(bad(rule.field(), expected, found));
                }
                (Section::Price, value.max(1)..=high)
            }
            // Both bounds are one rule.
            Rule::PriceMax if self.number(Rule::PriceMin).is_some() => return Ok(None),
            Rule::PriceMax => (Section::Price, 1..=value),
            Rule::MoqMax => (Section::Moq, 1..=value),
            // The column is one more than the days.
            Rule::LeadTimeMax => (Section::LeadTime, 1..=value.saturating_add(1)),
            // Every good has at least none.
            Rule::ReviewsMin if value == 0 => return Ok(None),
            Rule::ReviewsMin => (Section::ReviewCount, value..=u64::MAX),
            _ => {
                let first = (asked.t_ref / DAY) as u64;
                let first = first.saturating_sub(value).max(1);
                (Section::FirstSeen, first..=u64::MAX)
            }
        };
        of_range(shard, section, range).map(Some)
    }
}

fn bound(rule: Rule, value: f64) -> Result<u64> {
    if value >= 0.0 {
        return Ok(match rule {
            Rule::PriceMin | Rule::ReviewsMin => value.ceil() as u64,
            _ => value as u64,
        });
    }
    let expected = match rule {
        Rule::PriceMin | Rule::PriceMax => "minor units, 0 or more",
        _ => "a number, 0 or more",
    };
    Err(bad(rule.field(), expected, number(value)))
}

/// Goods of which a column says something within a range.
fn of_range<B: Bytes>(
    shard: &Shard<B>,
    section: Section,
    range: RangeInclusive<u64>,
) -> Result<Allowed> {
    let column = shard.column(section)?;
    if column.is_empty() {
        // What is not there is not known of any good.
        return Ok(Allowed::none(shard.goods() as usize));
    }
    let mut allowed = Allowed::all(column.len());
    let (words, low, high) = (&mut allowed.words, *range.start(), *range.end());
    keep_in_range(words, column.into(), low, high);
    Ok(allowed)
}

/// Goods whose row of a table is on a list, or is not.
fn listed<B: Bytes>(
    shard: &Shard<B>,
    section: Section,
    wanted: &[bool],
    keep: bool,
) -> Result<Allowed> {
    let (goods, column) = (shard.goods() as usize, shard.column(section)?);
    if column.is_empty() && keep {
        // What is not there is not known of any good.
        return Ok(Allowed::none(goods));
    }
    let mut allowed = Allowed::all(goods);
    if !column.is_empty() {
        keep_listed(&mut allowed.words, column.into(), wanted, keep);
    }
    Ok(allowed)
}

/// Goods of which a sale leaves at least a share of the retail price.
fn of_margin<B: Bytes>(
    shard: &Shard<B>,
    channel: &Channel,
    least: f64,
) -> Result<Allowed> {
    if !(-1e6..1.0).contains(&least) {
        let expected = "a share of the retail price, below 1";
        return Err(bad(Rule::MarginMin.field(), expected, number(least)));
    }
    let margins = Margins::new(shard, channel)?;
    let fits = |row: usize| margins.share(row) >= least;
    Ok(Allowed::those(shard.goods() as usize, &fits))
}

/// Which rows of the category table are asked for, with what lies below each.
fn categories(table: &Strings<'_>, paths: &[String], rule: Rule) -> Result<Vec<bool>> {
    let mut wanted = vec![false; table.len()];
    for path in paths {
        let below = format!("{path}/");
        let first = table.partition(|p| category_order(p, path).is_lt());
        let mut found = false;
        for (i, wanted) in wanted.iter_mut().enumerate().skip(first) {
            let p = table.get(i);
            if p != path && !p.starts_with(&below) {
                break;
            }
            *wanted = true;
            found = true;
        }
        if !found || path.is_empty() {
            let expected = "category paths of the shard";
            return Err(bad(rule.field(), expected, quoted(path)));
        }
    }
    Ok(wanted)
}

/// Which rows of a table are asked for by name; its first row is the goods
/// without one.
fn named(
    table: &Strings<'_>,
    names: &[String],
    rule: Rule,
    expected: &'static str,
) -> Result<Vec<bool>> {
    let mut wanted = vec![false; table.len()];
    for name in names {
        let row = table.find(name).filter(|&row| row > 0);
        let row = row.ok_or_else(|| bad(rule.field(), expected, quoted(name)))?;
        wanted[row] = true;
    }
    Ok(wanted)
}

fn risks(names: &[String]) -> Result<RiskSet> {
    let field = Rule::WithoutRisks.field();
    let risk = |name: &String| {
        let risk = Risk::from_name(name);
        risk.ok_or_else(|| bad(field, RISKS_EXPECTED, quoted(name)))
    };
    let risks: Vec<Risk> = names.iter().map(risk).collect::<Result<_>>()?;
    Ok(RiskSet::of(&risks))
}
