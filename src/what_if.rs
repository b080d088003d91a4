//! What a supplier could change of a good so that a shop sees it higher up.
//!
//! One lever at a time, everything else as the shard says: the price (the shop
//! keeps its own, so a cut is margin and fits as before; the place among
//! equivalents and the risk of an outlier move along), the lead time, the minimum
//! order. Other goods stay as they are.

use serde::Serialize;

use crate::channel::Channel;
use crate::engine::{Engine, Query, Rival, Standing};
use crate::error::Result;
use crate::policy::{Policy, Term};
use crate::profile::Profile;
use crate::rate::Rate;
use crate::risk::{Risk, RiskSet, is_outlier};
use crate::rules::{Limit, Rule};
use crate::shard::{Bytes, Section, Usual};
use crate::terms::{advantage, five_yuan, lead_time, margin, micro_of, moq};

/// The most that a figure is cut by, percent.
const DEEPEST: u64 = 90;

/// Where a good stands for a shop, and what would move it up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WhatIf {
    /// Its place among the goods that the rules leave, from 1.
    pub place: usize,
    /// How many they are, with it.
    pub goods: usize,
    /// Its score, micro-nats.
    pub score: i64,
    /// What it needs to be at the place that is wanted.
    pub needed: i64,
    /// The rules that keep it from this shop, whatever its score.
    pub blocked: Vec<&'static str>,
    /// What would move it up, each alone. Empty where it is there already.
    pub moves: Vec<Move>,
}

/// A change of one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Move {
    /// `price` in minor units, `leadTime` in days, `moq` in pieces.
    pub lever: &'static str,
    /// What the shard says.
    pub from: u64,
    /// The least change that gets the good to the place that is wanted; where
    /// none does, the one that gets it furthest.
    pub to: u64,
    /// The place it then has.
    pub place: usize,
    /// The score it then has.
    pub score: i64,
}

impl<B: Bytes> Engine<B> {
    /// What would bring a good among the first of a shop's ranking: as many as
    /// the query's limit. Diversity is not looked at.
    pub fn what_if(
        &self,
        profile: &Profile,
        query: &Query,
        good: &str,
    ) -> Result<WhatIf> {
        self.what_if_among(profile, query, good, &[])
    }

    /// Likewise among the goods of other shards too, as [`Engine::rivals`] gives
    /// them.
    pub fn what_if_among(
        &self,
        profile: &Profile,
        query: &Query,
        good: &str,
        elsewhere: &[Rival],
    ) -> Result<WhatIf> {
        let row = self.row_of(good)?;
        let standing = self.standing(profile, query, row, elsewhere)?;
        let good = Figures::of(self, query, row as usize)?;
        let current = standing.parts.score();
        let mut answer = WhatIf {
            place: standing.place(current),
            goods: standing.others.len() + 1,
            score: current,
            needed: standing.needed(query.limit).unwrap_or(current),
            blocked: standing.blocked.clone(),
            moves: Vec::new(),
        };
        if answer.place <= query.limit {
            return Ok(answer);
        }
        let lowest = match query.rules.get(Rule::PriceMin) {
            Some(Limit::Number(least)) => *least,
            _ => 0.0,
        };
        for lever in [Lever::Price, Lever::LeadTime, Lever::Moq] {
            let from = good.from(lever);
            let (mut score, mut furthest) = (current, from);
            for percent in 1..=DEEPEST {
                let to = u128::from(from) * u128::from(100 - percent) / 100;
                let changed = current + good.gain(&standing, lever, to as u64);
                if lever == Lever::Price && (to as f64) < lowest {
                    break; // the shop's rule would keep it out
                }
                if to > 0 && changed > score {
                    (score, furthest) = (changed, to as u64);
                }
                if score >= answer.needed {
                    break;
                }
            }
            if furthest != from {
                answer.moves.push(Move {
                    lever: lever.name(),
                    from,
                    to: furthest,
                    place: standing.place(score),
                    score,
                });
            }
        }
        Ok(answer)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Lever {
    Price,
    LeadTime,
    Moq,
}

impl Lever {
    fn name(self) -> &'static str {
        ["price", "leadTime", "moq"][self as usize]
    }
}

/// What the shard says of the good, and what its terms are measured against.
struct Figures {
    policy: Policy,
    channel: Channel,
    usual: Usual,
    /// Whether the catalog has anything to measure supply against.
    measured: bool,
    price: u64,
    /// What a customer sends back of it.
    return_rate: f64,
    /// Days and one more; 0 where it is not known, as the column has it.
    lead_time: u64,
    moq: u64,
    demand: u64,
    /// Prices of its equivalents, and whether its own has a place among them.
    others: Vec<u64>,
    ranked: bool,
    risks: RiskSet,
    /// Below it the selection rule sees a risk; 0 in other currencies than its own.
    five_yuan: u64,
}

impl Figures {
    fn of<B: Bytes>(engine: &Engine<B>, query: &Query, row: usize) -> Result<Figures> {
        let shard = engine.shard();
        let get = |section: Section| shard.column(section).map(|c| c.get(row));
        let (group, prices) = (
            shard.column(Section::Equivalents)?,
            shard.column(Section::Price)?,
        );
        let mut others = Vec::new();
        if group.get(row) > 0 {
            let same =
                |&other: &usize| other != row && group.get(other) == group.get(row);
            let prices = (0..group.len()).filter(same).map(|other| prices.get(other));
            others = prices.filter(|&price| price > 0).collect();
        }
        let usual = shard.usual()?;
        let returned = Rate::at(
            &shard.column(Section::Returned)?,
            &shard.column(Section::ReturnCount)?,
            row,
        );
        Ok(Figures {
            policy: query.policy,
            channel: query.channel,
            price: prices.get(row),
            return_rate: returned.expected(usual.return_rate),
            lead_time: get(Section::LeadTime)?,
            moq: get(Section::Moq)?,
            demand: get(Section::Demand)?,
            ranked: get(Section::PriceRank)? > 0,
            others,
            risks: engine.risks(row)?,
            five_yuan: five_yuan(engine.model()),
            measured: shard.has(Section::Usual),
            usual,
        })
    }

    /// What the shard says; 0 where it says nothing or there is nothing to cut.
    fn from(&self, lever: Lever) -> u64 {
        match lever {
            Lever::Price => self.price,
            Lever::LeadTime => self.lead_time.saturating_sub(1),
            Lever::Moq => self.moq,
        }
    }

    /// What the score gains, micro-nats.
    fn gain(&self, standing: &Standing, lever: Lever, to: u64) -> i64 {
        let term = |term, nats| self.gain_of(standing, term, nats);
        match lever {
            Lever::LeadTime => term(
                Term::LeadTime,
                lead_time((to + 1) as f64, self.usual.lead_time),
            ),
            Lever::Moq => {
                let demand = match self.demand {
                    0 => f64::NAN,
                    demand => demand as f64,
                };
                term(Term::Moq, moq(to as f64, demand))
            }
            Lever::Price => {
                let usual = self.channel.net(self.usual.price, self.usual.return_rate);
                let retail = self.channel.retail(self.price as f64);
                let net = self.channel.net_of(retail, to as f64, self.return_rate);
                let mut gain = term(Term::Margin, margin(net, usual));
                if self.ranked {
                    gain += term(Term::PriceAdvantage, advantage(self.place_of(to)));
                }
                let outlier = is_outlier(to, &self.others);
                let risks = self.risks.with(Risk::PriceOutlier, outlier);
                if to < self.five_yuan && self.price >= self.five_yuan {
                    gain -= standing.selection_line(&self.policy);
                }
                gain + term(Term::Risk, -f64::from(risks.severity()) / 1000.0)
            }
        }
    }

    #[inline(never)]
    fn gain_of(&self, standing: &Standing, term: Term, nats: f64) -> i64 {
        match self.policy.thousandths(term) {
            0 => 0,
            _ if !self.measured && term != Term::Risk => 0,
            weight => {
                let now = standing.parts.terms[term as usize];
                i64::from(micro_of(term, nats, weight)) - i64::from(now)
            }
        }
    }

    /// The place of a price among the equivalents', as the builder gives it: 1
    /// the cheapest, 255 the dearest, equal ones in their middle.
    fn place_of(&self, price: u64) -> f64 {
        let count = |is: fn(&u64, &u64) -> bool| {
            self.others.iter().filter(|other| is(other, &price)).count()
        };
        let twice_middle = 2 * count(u64::lt) + count(u64::eq);
        let last = self.others.len().max(1);
        (1 + 254 * twice_middle / (2 * last)) as f64
    }
}
