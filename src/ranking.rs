//! A ranking: the best goods of one query, as columns.

use crate::policy::Term;
use crate::rules::Removed;

/// The best goods of one query, best first, as columns of equal length.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Rows in the shard.
    pub goods: Vec<u32>,
    /// Scores, micro-nats: exactly the sums of the terms.
    pub scores: Vec<i64>,
    /// Terms, micro-nats, weight included, in the order of [`Term::ALL`].
    pub terms: [Vec<i32>; Term::COUNT],
    /// A bit for each term, the first the lowest: set where the term is 0
    /// because data is missing.
    pub unknown: Vec<u16>,
    /// Goods that each row stands for; empty where nothing was collapsed.
    pub behind: Vec<Vec<u32>>,
    /// How probable it was that each row would be shown; empty where the best
    /// are simply shown.
    pub probabilities: Vec<f64>,
    /// Goods that the rules left.
    pub candidates: usize,
    /// Goods of the shop's that the shard knows.
    pub known: usize,
    /// Each rule that was asked for, and how many goods break it.
    pub removed: Vec<Removed>,
    /// Where no good passes the rules: the one without which most would.
    pub relax: Option<Removed>,
}

impl Ranking {
    /// Number of rows.
    pub fn len(&self) -> usize {
        self.goods.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.goods.is_empty()
    }

    /// Whether `term` of row `i` is 0 because data is missing.
    pub fn is_unknown(&self, i: usize, term: Term) -> bool {
        self.unknown
            .get(i)
            .is_some_and(|bits| bits & (1 << term as u8) != 0)
    }

    pub(crate) fn push(&mut self, row: u32, parts: Parts) {
        self.goods.push(row);
        self.scores.push(parts.score());
        self.terms
            .iter_mut()
            .zip(parts.terms)
            .for_each(|(column, term)| column.push(term));
        self.unknown.push(parts.unknown);
    }
}

// What is unknown has a bit for each term.
const _: () = assert!(Term::COUNT <= u16::BITS as usize);

/// The terms of one good's score, which is their sum and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) terms: [i32; Term::COUNT],
    pub(crate) unknown: u16,
}

impl Parts {
    pub(crate) fn score(&self) -> i64 {
        self.terms.iter().map(|&term| i64::from(term)).sum()
    }

    pub(crate) fn set(&mut self, term: Term, value: Option<i32>) {
        match value {
            Some(value) => self.terms[term as usize] = value,
            None => self.unknown |= 1 << term as u8,
        }
    }
}
