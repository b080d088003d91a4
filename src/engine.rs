//! The engine: a shard, and the queries it answers.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::sync::{Arc, OnceLock};

use goodsrank_lanes::{add_rounded, reaching};

use crate::channel::Channel;
use crate::diversity::Diversity;
use crate::error::{Kind, Result};
use crate::memo::Memo;
use crate::policy::{Policy, Term};
use crate::profile::{Priced, Profile, ProfileBuilder};
use crate::ranking::{Parts, Ranking};
use crate::risk::RiskSet;
use crate::rules::{Allowed, Asked, Rule, RuleSets, Ruled, Rules, WITHDRAWN};
use crate::shard::{Bytes, Model, Section, Shard, range};
use crate::terms::{
    Fit, MICRO, PriceFit, PriceLevels, Supply, SupplyColumns, Temperature, base_fit,
};

/// The most rows a query may ask for.
pub const MAX_LIMIT: usize = 10_000;
/// What a limit may be, as errors say it.
pub const LIMIT_EXPECTED: &str = "a whole number from 1 to 10000";

/// What to rank by, what to leave out and how much to give.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// Hard limits.
    pub rules: Rules,
    /// Weights of the terms.
    pub policy: Policy,
    /// Where the shop sells.
    pub channel: Channel,
    /// What is shown of the best.
    pub diversity: Diversity,
    /// Rows wanted, 1 to [`MAX_LIMIT`].
    pub limit: usize,
}

impl Default for Query {
    /// No rule but "already sold", the balanced policy, 20 rows.
    fn default() -> Query {
        Query {
            rules: Rules::default(),
            policy: Policy::BALANCED,
            channel: Channel::default(),
            diversity: Diversity::default(),
            limit: 20,
        }
    }
}

/// A shard with what is derived from it once: a ranker for any number of
/// queries, from one thread or many.
pub struct Engine<B> {
    shard: Shard<B>,
    model: Model,
    own: OnceLock<Allowed>,
    /// Of these the goods that were not withdrawn.
    offered: OnceLock<Allowed>,
    /// Rows, each once.
    withdrawn: Vec<u32>,
    base_fit: OnceLock<Vec<f64>>,
    price_levels: OnceLock<PriceLevels>,
    columns: SupplyColumns,
    /// Of the last queries' policies and channels, and whether the shop had told
    /// anything.
    supply: Memo<(Policy, Channel, bool), Supply>,
    /// Of the last queries' rules and channels.
    rule_sets: Memo<(Rules, Channel), RuleSets>,
}

impl<B: Bytes> Engine<B> {
    /// Opens a shard's bytes. Its sections are checked as queries first use
    /// them; [`Shard::verify`] checks them all.
    pub fn open(bytes: B) -> Result<Engine<B>> {
        Engine::of_shard(Shard::open(bytes)?)
    }

    /// The engine of a shard that is open.
    pub fn of_shard(shard: Shard<B>) -> Result<Engine<B>> {
        let model = shard.model()?;
        Ok(Engine {
            shard,
            model,
            own: OnceLock::new(),
            offered: OnceLock::new(),
            withdrawn: Vec::new(),
            base_fit: OnceLock::new(),
            price_levels: OnceLock::new(),
            columns: SupplyColumns::default(),
            supply: Memo::default(),
            rule_sets: Memo::default(),
        })
    }

    /// The shard.
    pub fn shard(&self) -> &Shard<B> {
        &self.shard
    }

    /// What was learned that is global to the catalog.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Takes a good out of every ranking from now on. Where a shop sells it, it
    /// still speaks for others. An id that the shard does not know is passed over.
    pub fn withdraw(&mut self, id: &str) -> Result<()> {
        if let Some(row) = self.shard.ids()?.find(id)
            && self.own()?.has(row as u32)
            && !self.is_withdrawn(row as u32)
        {
            self.withdrawn.push(row as u32);
            self.offered = OnceLock::new();
            self.rule_sets.forget();
        }
        Ok(())
    }

    /// Whether a good was withdrawn.
    pub fn is_withdrawn(&self, row: u32) -> bool {
        self.withdrawn.contains(&row)
    }

    /// How many goods of the shard were withdrawn.
    pub fn withdrawn(&self) -> u32 {
        self.withdrawn.len() as u32
    }

    /// A builder of profiles as this shard weighs them, for sales up to
    /// `t_ref`; the catalog's last event when `None`.
    pub fn profile_builder(&self, t_ref: Option<i64>) -> ProfileBuilder {
        ProfileBuilder::new(&self.model.profile, t_ref.unwrap_or(self.model.t_ref))
    }

    /// The profile of a public shop.
    pub fn public_profile(&self, shop_id: &str) -> Result<Profile> {
        let unknown = || Kind::UnknownShop {
            id: shop_id.to_owned(),
        };
        let shop = self.shard.shop_ids()?.find(shop_id).ok_or_else(unknown)?;
        let goods = self.shard.column(Section::ProfileGoods)?;
        let weights = self.shard.words(Section::ProfileWeights)?;
        let list = range(self.shard.words(Section::ProfileEnds)?, shop);
        let pair = |i: usize| (goods.get(i) as u32, f32::from_le_bytes(weights[i]));
        Ok(Profile::from_weights(list.map(pair).collect()))
    }

    /// The best goods for a shop: every good that the rules leave is scored,
    /// and ties go to the smaller id. O(goods + profile · neighbours).
    pub fn rank(&self, profile: &Profile, query: &Query) -> Result<Ranking> {
        let ruled = self.ruled(profile, query)?;
        let allowed = ruled.allowed;
        let scorer = self.scorer(profile, query, self.supply(profile, query)?)?;
        let mut ranking = Ranking {
            candidates: allowed.count(),
            known: profile.len(),
            removed: ruled.removed,
            relax: ruled.relax,
            ..Ranking::default()
        };
        let diversity = &query.diversity;
        if diversity.is_off() {
            for row in scorer.best(&allowed, query.limit) {
                ranking.push(row, scorer.parts(row as usize));
            }
            return Ok(ranking);
        }
        let best = scorer.best(&allowed, allowed.goods());
        let risks = self.columns.risks(&self.shard)?;
        for shown in diversity.select(&self.shard, risks, &best, query.limit)? {
            ranking.push(shown.row, scorer.parts(shown.row as usize));
            ranking.behind.push(shown.behind);
            ranking.probabilities.push(shown.probability);
        }
        Ok(ranking)
    }

    /// What the rules leave, after a look at all that is asked.
    fn ruled(&self, profile: &Profile, query: &Query) -> Result<Ruled> {
        query.policy.check()?;
        query.channel.check()?;
        query.diversity.check()?;
        check_limit(query.limit)?;
        self.check_rows(profile)?;
        let sold: &[u32] = match query.rules.include_sold() {
            true => &[],
            false => &profile.sold,
        };
        Ok(self.rule_sets(query)?.for_shop(sold))
    }

    /// Where a shop's prices lie: those of its goods in the order of the profile,
    /// then of what the shard does not know.
    pub fn priced(&self, profile: &Profile) -> Result<Vec<Priced>> {
        self.check_rows(profile)?;
        let category = self.shard.column(Section::Category)?;
        Ok(self.price_levels()?.priced(&category, profile).collect())
    }

    /// Where a good stands among those that the rules leave, itself left or not.
    pub(crate) fn standing(
        &self,
        profile: &Profile,
        query: &Query,
        row: u32,
        elsewhere: &[Rival],
    ) -> Result<Standing> {
        let ruled = self.ruled(profile, query)?;
        let scorer = self.scorer(profile, query, self.supply(profile, query)?)?;
        let mut best = scorer.best(&ruled.allowed, ruled.allowed.goods());
        best.retain(|&other| other != row);
        let score = |other: u32| scorer.parts(other as usize).score();
        let mut others: Vec<Rival> = best
            .into_iter()
            .map(|other| Rival::new(score(other), other < row))
            .collect();
        if !elsewhere.is_empty() {
            others.extend(elsewhere);
            others.sort_unstable_by_key(|&other| Reverse(other));
        }
        let mut blocked = self.rule_sets(query)?.against(row);
        if self.is_withdrawn(row) {
            blocked.push(WITHDRAWN);
        }
        if !query.rules.include_sold() && profile.sold.contains(&row) {
            blocked.push(Rule::IncludeSold.name());
        }
        Ok(Standing {
            parts: scorer.parts(row as usize),
            others,
            blocked,
        })
    }

    /// The goods that the rules leave, as another shard's good sees them.
    pub fn rivals(
        &self,
        profile: &Profile,
        query: &Query,
        good_id: &str,
    ) -> Result<Vec<Rival>> {
        let allowed = self.ruled(profile, query)?.allowed;
        let scorer = self.scorer(profile, query, self.supply(profile, query)?)?;
        let ids = self.shard.ids()?;
        let rival = |row: u32| {
            let score = scorer.parts(row as usize).score();
            Rival::new(score, ids.get(row as usize) < good_id)
        };
        let best = scorer.best(&allowed, allowed.goods());
        Ok(best.into_iter().map(rival).collect())
    }

    /// What the rules leave, whatever the shop.
    fn rule_sets(&self, query: &Query) -> Result<Arc<RuleSets>> {
        let (rules, channel) = (&query.rules, &query.channel);
        if rules.is_empty() {
            // Not kept, so that asking without rules now and then costs nothing.
            return Ok(Arc::new(RuleSets::none(self.own()?, self.offered()?)));
        }
        let same = |key: &(Rules, Channel)| key.0 == *rules && key.1 == *channel;
        self.rule_sets.get(same, || {
            let risks = match rules.get(Rule::WithoutRisks) {
                Some(_) => self.columns.risks(&self.shard)?,
                None => &[],
            };
            let t_ref = self.model.t_ref;
            let asked = Asked {
                channel,
                t_ref,
                risks,
            };
            let sets = rules.sets(&self.shard, self.own()?, self.offered()?, &asked)?;
            Ok(((rules.clone(), *channel), sets))
        })
    }

    /// The terms of supply that a policy asks for, summed with what else a good
    /// scores whatever the shop: its temperature, and fit where no good of the
    /// shop's speaks.
    fn supply(&self, profile: &Profile, query: &Query) -> Result<Arc<Supply>> {
        let key = (query.policy, query.channel, profile.mass() <= 0.0);
        self.supply.get(
            |asked| *asked == key,
            || {
                let mut supply = self.supply_terms(query)?;
                supply.sum(&self.columns, self.shard.goods() as usize);
                let (fit, heat) = self.weights(profile, &query.policy);
                if fit > 0.0 {
                    add_rounded(supply.sums_mut(), self.base_fit()?, fit, MICRO);
                }
                if heat > 0.0 {
                    let heat = Temperature::new(&self.shard, heat)?;
                    heat.add_to(supply.sums_mut());
                }
                Ok((key, supply))
            },
        )
    }

    /// Of fit and of temperature. A shop without a profile has no fit: its weight
    /// goes to temperature, so that every policy still has an order that means
    /// something.
    fn weights(&self, profile: &Profile, policy: &Policy) -> (f64, f64) {
        let (fit, heat) = (policy.weight(Term::Fit), policy.weight(Term::Temperature));
        match profile.mass() <= 0.0 {
            true => (0.0, heat + fit),
            false => (fit, (heat - self.model.heat).max(0.0)),
        }
    }

    fn supply_terms(&self, query: &Query) -> Result<Supply> {
        Supply::new(&self.shard, &self.columns, &query.policy, &query.channel)
    }

    /// The terms of some goods, whatever the rules, in the order of `rows`.
    pub(crate) fn terms_of(
        &self,
        profile: &Profile,
        query: &Query,
        rows: &[u32],
    ) -> Result<Ranking> {
        query.channel.check()?;
        self.check_rows(profile)?;
        // Not what is kept for queries, which these goods are but asked beside.
        let supply = Arc::new(self.supply_terms(query)?);
        let scorer = self.scorer(profile, query, supply)?;
        let mut ranking = Ranking::default();
        for &row in rows {
            ranking.push(row, scorer.parts(row as usize));
        }
        Ok(ranking)
    }

    /// Refuses a profile of another shard whose rows this one does not have.
    fn check_rows(&self, profile: &Profile) -> Result<()> {
        let goods = self.shard.goods();
        let rows = profile
            .weights()
            .iter()
            .map(|&(row, _)| row)
            .chain(profile.sold.iter().copied());
        match rows.max() {
            Some(row) if row >= goods => Err(Kind::Limit {
                what: "as the row of a good in a profile",
                limit: u64::from(goods.saturating_sub(1)),
                found: u64::from(row),
            }
            .into()),
            _ => Ok(()),
        }
    }

    /// The terms that a policy asks for.
    fn scorer(
        &self,
        profile: &Profile,
        query: &Query,
        supply: Arc<Supply>,
    ) -> Result<Scorer<'_>> {
        let (shard, model) = (&self.shard, &self.model);
        let weight = |term: Term| query.policy.weight(term);
        let mut scorer = Scorer::new(supply, &self.columns);
        let (fit, heat) = self.weights(profile, &query.policy);
        scorer.fit_unknown = profile.mass() <= 0.0 && weight(Term::Fit) > 0.0;
        if fit > 0.0 {
            let base = self.base_fit()?;
            scorer.fit = Some(Fit::new(shard, model, base, profile, fit)?);
        }
        if heat > 0.0 {
            scorer.temperature = Some(Temperature::new(shard, heat)?);
        }
        if weight(Term::PriceFit) > 0.0 {
            let (levels, sd) = (self.price_levels()?, model.price_sd);
            let price =
                PriceFit::new(shard, levels, sd, profile, weight(Term::PriceFit))?;
            scorer.price = Some(price);
        }
        Ok(scorer)
    }

    /// What could go wrong with a good.
    pub fn risks(&self, row: usize) -> Result<RiskSet> {
        let risks = self.columns.risks(&self.shard)?;
        Ok(RiskSet::from_bits(risks.get(row).copied().unwrap_or(0)))
    }

    /// The goods that may be recommended.
    pub(crate) fn own(&self) -> Result<&Allowed> {
        let own = match self.own.get() {
            Some(_) => None,
            None => Some(Allowed::own(&self.shard)?),
        };
        Ok(self.own.get_or_init(|| own.unwrap_or_default()))
    }

    /// The goods that are recommended.
    fn offered(&self) -> Result<&Allowed> {
        let own = self.own()?;
        Ok(self.offered.get_or_init(|| {
            let mut offered = own.clone();
            let rows = self.withdrawn.iter();
            rows.for_each(|&row| offered.remove(row as usize));
            offered
        }))
    }

    fn base_fit(&self) -> Result<&[f64]> {
        if self.base_fit.get().is_none() {
            // Another thread may be first; both have computed the same.
            let _ = self
                .base_fit
                .set(base_fit(&self.shard, &self.model.calibration)?);
        }
        Ok(self.base_fit.get().map_or(&[], Vec::as_slice))
    }

    fn price_levels(&self) -> Result<&PriceLevels> {
        let levels = match self.price_levels.get() {
            Some(_) => None,
            None => Some(PriceLevels::new(&self.shard)?),
        };
        Ok(self.price_levels.get_or_init(|| levels.unwrap_or_default()))
    }
}

impl<B> std::fmt::Debug for Engine<B> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine")
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}

pub(crate) fn check_limit(limit: usize) -> Result<()> {
    if (1..=MAX_LIMIT).contains(&limit) {
        return Ok(());
    }
    Err(Kind::BadQuery {
        field: "limit",
        expected: LIMIT_EXPECTED,
        found: limit.to_string(),
    }
    .into())
}

/// The terms that a policy asks for, ready for one shop.
struct Scorer<'a> {
    fit_unknown: bool,
    fit: Option<Fit<'a>>,
    temperature: Option<Temperature<'a>>,
    price: Option<PriceFit<'a>>,
    supply: Arc<Supply>,
    columns: &'a SupplyColumns,
}

impl<'a> Scorer<'a> {
    fn new(supply: Arc<Supply>, columns: &'a SupplyColumns) -> Scorer<'a> {
        Scorer {
            fit_unknown: false,
            fit: None,
            temperature: None,
            price: None,
            supply,
            columns,
        }
    }

    /// Rows of the best scores among those allowed, best first. Most goods are
    /// spoken of by none of the shop's, and could not be among the best whatever
    /// their price; `reaching` passes over them, 64 at a time.
    fn best(&self, allowed: &Allowed, limit: usize) -> Vec<u32> {
        let most = self.price.as_ref().map_or(0, PriceFit::most);
        let spoken_of = match &self.fit {
            None => Some(&[][..]),
            Some(fit) => fit.spoken_of(),
        };
        let mut best = Best::new(limit);
        let blocks = allowed.words().iter().zip(self.supply.sums().chunks(64));
        for (start, (&word, sums)) in (0..).step_by(64).zip(blocks) {
            let mut rest = word;
            if let (Some(spoken_of), Some((worst, _))) = (spoken_of, best.worst) {
                let spoken_of = spoken_of.get(start..).unwrap_or_default();
                rest &= reaching(sums, spoken_of, worst - most);
            }
            while rest != 0 {
                let place = rest.trailing_zeros() as usize;
                rest &= rest - 1;
                let score = sums[place] + self.fit_and_price(start + place);
                best.offer(score, (start + place) as u32);
            }
        }
        best.finish()
    }

    /// What the shop adds to what a good scores for everybody.
    fn fit_and_price(&self, row: usize) -> i64 {
        let fit = self.fit.as_ref().map_or(0, |fit| fit.beyond_base(row));
        let price = self.price.as_ref().and_then(|price| price.term(row));
        fit + i64::from(price.unwrap_or(0))
    }

    fn parts(&self, row: usize) -> Parts {
        let mut parts = Parts::default();
        if let Some(fit) = &self.fit {
            parts.set(Term::Fit, Some(fit.term(row)));
        } else if self.fit_unknown {
            parts.set(Term::Fit, None);
        }
        if let Some(temperature) = &self.temperature {
            parts.set(Term::Temperature, Some(temperature.term(row)));
        }
        if let Some(price) = &self.price {
            parts.set(Term::PriceFit, price.term(row));
        }
        for (term, value) in self.supply.terms(self.columns, row) {
            parts.set(term, value);
        }
        parts
    }
}

/// A good as another sees it: its score, and whether it goes first where both have
/// the same. The greater goes before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rival(i64, bool);

impl Rival {
    /// Of equal scores the smaller id goes first.
    pub fn new(score: i64, goes_first: bool) -> Rival {
        Rival(score, goes_first)
    }

    /// The score, and whether it goes first.
    pub fn parts(self) -> (i64, bool) {
        (self.0, self.1)
    }
}

/// A good among the others that a shop could be shown.
pub(crate) struct Standing {
    pub(crate) parts: Parts,
    /// The rules that leave the good out.
    pub(crate) blocked: Vec<&'static str>,
    /// The others, best first.
    pub(crate) others: Vec<Rival>,
}

impl Standing {
    /// The place that a score would have, from 1.
    pub(crate) fn place(&self, score: i64) -> usize {
        // What goes first of equals is above it, what does not is below.
        1 + self.others.partition_point(|&Rival(other, first)| {
            other > score || (other == score && first)
        })
    }

    /// The least score that has a place; `None` where every score has it.
    pub(crate) fn needed(&self, place: usize) -> Option<i64> {
        let &Rival(other, first) = self.others.get(place - 1)?;
        Some(other + i64::from(first))
    }

    /// What a line of the selection rule is worth, where it can be told.
    pub(crate) fn selection_line(&self, policy: &Policy) -> i64 {
        let unknown = self.parts.unknown & (1 << Term::Selection as u8) != 0;
        match unknown {
            true => 0,
            false => 1000 * i64::from(policy.thousandths(Term::Selection)),
        }
    }
}

/// Rows of the `limit` best scores, best first; of equal scores the smaller
/// row, which is the smaller id.
pub(crate) fn best(scored: impl Iterator<Item = (i64, u32)>, limit: usize) -> Vec<u32> {
    let mut best = Best::new(limit);
    scored.for_each(|(score, row)| best.offer(score, row));
    best.finish()
}

/// A score and its row, the better the greater.
type Entry = (i64, Reverse<u32>);

/// The best of what was offered so far.
struct Best {
    /// Worst first.
    heap: BinaryHeap<Reverse<Entry>>,
    limit: usize,
    /// What has to be beaten; nothing while there is room.
    worst: Option<Entry>,
}

impl Best {
    fn new(limit: usize) -> Best {
        Best {
            heap: BinaryHeap::with_capacity(limit + 1),
            limit,
            worst: None,
        }
    }

    fn offer(&mut self, score: i64, row: u32) {
        let entry = (score, Reverse(row));
        if self.worst.is_some_and(|worst| entry < worst) {
            return;
        }
        self.heap.push(Reverse(entry));
        if self.heap.len() > self.limit {
            self.heap.pop();
        }
        if self.heap.len() == self.limit {
            self.worst = self.heap.peek().map(|&Reverse(worst)| worst);
        }
    }

    fn finish(self) -> Vec<u32> {
        let sorted = self.heap.into_sorted_vec().into_iter();
        sorted.map(|Reverse((_, Reverse(row)))| row).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// The heap against sorting everything.
        #[test]
        fn best_is_the_head_of_the_sorted_list(
            scores in prop::collection::vec(-5i64..5, 0..60),
            limit in 1usize..70,
        ) {
            let mut sorted: Vec<u32> = (0..scores.len() as u32).collect();
            sorted.sort_by_key(|&row| (Reverse(scores[row as usize]), row));
            sorted.truncate(limit);
            prop_assert_eq!(best(scores.iter().copied().zip(0..), limit), sorted);
        }
    }

    #[test]
    fn a_limit_that_is_none_is_refused() {
        for (limit, shown) in [(0, "0"), (10_001, "10001")] {
            assert_eq!(
                check_limit(limit).unwrap_err().to_string(),
                format!(
                    "bad query: limit: expected a whole number from 1 to 10000, found {shown}"
                )
            );
        }
    }
}
