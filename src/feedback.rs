//! Feedback: what a merchant says of goods that were shown moves this
//! merchant's policy, on this merchant's machine.
//!
//! ```text
//! w_t · exp(η · Σ a · z_t),   within [¼, 4] · w_t
//! ```
//!
//! the exponentiated gradient (Kivinen & Warmuth, "Exponentiated Gradient versus
//! Gradient Descent for Linear Predictors", Information and Computation 132
//! (1997)), which keeps weights above 0. The sum is over the goods that were
//! spoken of; a is 1 for a good that was listed, ½ for one that was saved, -1 for
//! one that is not for the merchant; z_t is the good's term at weight 1, nats,
//! cut at ±2; η is [`ETA`]. What moves which term is said at [`Reason`].
//!
//! The list is the whole state, of each good the last entry counts, and the sums
//! are of whole numbers: an entry that is taken out, wherever it stands, is as if
//! it had never been there, to the last bit.

use crate::csv::{CsvReader, Row};
use crate::engine::{Engine, MAX_LIMIT, Query};
use crate::error::Result;
use crate::policy::{Policy, Term};
use crate::profile::Profile;
use crate::ranking::Ranking;
use crate::rules::{Limit, Rule};
use crate::shard::{Bytes, EventKind};
use crate::terms::MICRO;

/// How far a nat moves a weight: the strongest entry there is, of 2 nats, moves
/// it by e^½, and it takes three of them to come to the bound.
pub const ETA: f64 = 0.25;
/// What a weight may be multiplied or divided by, however much is said.
pub const REACH: f64 = 4.0;
/// The weight that a term of none starts from when a reason raises it.
pub const START: f64 = 0.1;
/// Weights count in thousandths: below half of one there is none.
const LEAST: f64 = 0.0005;
/// Nats beyond which a term says no more.
const CUT: i32 = 2_000_000;

/// What a merchant says of a good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feedback {
    /// The good's id; one that the shard does not know is passed over.
    pub good: String,
    /// What is said.
    pub action: Action,
}

/// What can be said of a good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The shop sells it now: it is left out, and speaks for others.
    Listed,
    /// The merchant may sell it later.
    Saved,
    /// The merchant does not want it: it is left out.
    NotForMe(Reason),
}

/// Declares the reasons once: variant, name, terms.
macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $name:literal, $terms:expr;)*) => {
        /// Why a good is not for a merchant. It moves the terms that it speaks
        /// of and no others. One that speaks of none moves all that are weighed
        /// but fit, which is the yardstick of the others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Reason {
            $($(#[$doc])* $variant,)*
        }

        impl Reason {
            /// Every reason, as they are offered.
            pub const ALL: &'static [Reason] = &[$(Reason::$variant,)*];

            /// The reason's name in queries, files and the page.
            pub fn name(self) -> &'static str {
                match self {
                    $(Reason::$variant => $name,)*
                }
            }

            /// The terms that it speaks of.
            pub fn terms(self) -> &'static [Term] {
                match self {
                    $(Reason::$variant => &$terms,)*
                }
            }
        }
    };
}

reasons! {
    /// It costs too much.
    Price = "price", [Term::PriceFit, Term::PriceAdvantage];
    /// A sale leaves too little.
    Margin = "margin", [Term::Margin];
    /// Too many others sell it.
    TooManySellers = "tooManySellers", [Term::Rivals];
    /// The smallest order is too large.
    Moq = "moq", [Term::Moq];
    /// It arrives too late, or not at all.
    LeadTime = "leadTime", [Term::LeadTime, Term::FillRate];
    /// It is not good enough.
    Quality = "quality", [Term::Reviews];
    /// Too much of it comes back.
    Returns = "returns", [Term::Returns];
    /// Too much could go wrong.
    Risk = "risk", [Term::Risk];
    /// The shop's customers do not want it. Fit is never above 0: this raises it.
    NotMyCustomers = "notMyCustomers", [Term::Fit];
    /// Something else, or nothing was said.
    Other = "other", [];
}

/// What an action may be, as errors say it.
pub const ACTION_EXPECTED: &str = "listed, saved or notForMe";
/// What a reason may be, as errors say it.
pub const REASON_EXPECTED: &str = "with notForMe price, margin, tooManySellers, moq, leadTime, \
     quality, returns, risk, notMyCustomers or other, and none with the others";

impl Action {
    /// The action's name in queries, files and the page.
    pub fn name(self) -> &'static str {
        match self {
            Action::Listed => "listed",
            Action::Saved => "saved",
            Action::NotForMe(_) => "notForMe",
        }
    }

    /// The action of these names, "" where no reason is given; or the field
    /// that is wrong, and what it may be.
    pub fn from_names(
        action: &str,
        reason: &str,
    ) -> std::result::Result<Action, (&'static str, &'static str)> {
        let known = Reason::ALL.iter().find(|known| known.name() == reason);
        match (action, known) {
            ("listed", None) if reason.is_empty() => Ok(Action::Listed),
            ("saved", None) if reason.is_empty() => Ok(Action::Saved),
            ("notForMe", Some(&reason)) => Ok(Action::NotForMe(reason)),
            ("notForMe", None) if reason.is_empty() => {
                Ok(Action::NotForMe(Reason::Other))
            }
            ("listed" | "saved" | "notForMe", _) => Err(("reason", REASON_EXPECTED)),
            _ => Err(("action", ACTION_EXPECTED)),
        }
    }

    /// 2·a: whole, so that sums do not depend on their order.
    fn twice(self) -> i64 {
        match self {
            Action::Listed => 2,
            Action::Saved => 1,
            Action::NotForMe(_) => -2,
        }
    }

    fn moves(self, term: Term, weight: f64) -> bool {
        match self {
            Action::NotForMe(reason) if reason != Reason::Other => {
                reason.terms().contains(&term)
            }
            _ => term != Term::Fit && weight > 0.0,
        }
    }
}

/// A shop and what is asked for it, once what its merchant said was heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    /// With an event for each good that was listed or saved, at an unknown time.
    pub profile: Profile,
    /// With the moved policy, and without the goods that were listed or refused.
    pub query: Query,
}

impl<B: Bytes> Engine<B> {
    /// What `feedback` makes of a shop's query. The terms that it is weighed by
    /// are those of the shop before. Of more than [`MAX_LIMIT`] goods the last
    /// count.
    pub fn hear(
        &self,
        mut profile: Profile,
        mut query: Query,
        feedback: &[Feedback],
    ) -> Result<Heard> {
        let ids = self.shard().ids()?;
        let mut said = vec![None; ids.len()];
        let mut goods = Vec::new();
        for entry in feedback.iter().rev() {
            // A CSV that was exported puts an apostrophe before what a spreadsheet
            // would take for a formula.
            let exported = || entry.good.strip_prefix('\'').and_then(|id| ids.find(id));
            if let Some(row) = ids.find(&entry.good).or_else(exported)
                && said[row].is_none()
                && goods.len() < MAX_LIMIT
            {
                said[row] = Some(entry.action);
                goods.push(row as u32);
            }
        }
        if goods.is_empty() {
            return Ok(Heard { profile, query });
        }
        query.policy.check()?;
        let spoken = self.spoken_of(&profile, &query, &goods)?;
        let action = |row: u32| said[row as usize].unwrap_or(Action::Saved);
        for term in Term::ALL {
            let (base, mut sum) = (query.policy.weight(term), 0);
            let mut from = base;
            for (&row, &micro) in spoken.goods.iter().zip(&spoken.terms[term as usize]) {
                if !action(row).moves(term, base) {
                    continue;
                }
                let step = action(row).twice() * i64::from(micro.clamp(-CUT, CUT));
                sum += step;
                // Only a step up: a reason that the data contradicts starts nothing.
                if step > 0 && base == 0.0 {
                    from = START;
                }
            }
            // What rounds to no weight at all is none that could be moved.
            let is_weight = base == 0.0 || base >= LEAST;
            if is_weight && from > 0.0 && (sum != 0 || from != base) {
                query.policy = query.policy.with(term, weight(from, sum));
            }
        }
        let mut exclude = match query.rules.get(Rule::Exclude) {
            Some(Limit::List(ids)) => ids.clone(),
            _ => Vec::new(),
        };
        for row in spoken.goods {
            let kind = match action(row) {
                Action::Listed => Some(EventKind::List),
                Action::Saved => Some(EventKind::Save),
                Action::NotForMe(_) => None,
            };
            if let Some(kind) = kind {
                profile.add(&self.model().profile, row, kind);
            }
            if kind != Some(EventKind::Save) {
                exclude.push(ids.get(row as usize).to_owned());
            }
        }
        query.rules.set(Rule::Exclude, exclude.into())?;
        Ok(Heard { profile, query })
    }

    /// The goods that were spoken of, with their terms at weight 1.
    fn spoken_of(
        &self,
        profile: &Profile,
        query: &Query,
        goods: &[u32],
    ) -> Result<Ranking> {
        let mut policy = Policy::default();
        for term in Term::ALL {
            policy = policy.with(term, 1.0);
        }
        // As the scorer counts it: the kernel's heat is taken off, and where there
        // is no profile the weight of fit is added.
        let heat = match profile.is_empty() {
            true => 0.0,
            false => 1.0 + self.model().heat,
        };
        let query = Query {
            policy: policy.with(Term::Temperature, heat),
            channel: query.channel,
            ..Query::default()
        };
        self.terms_of(profile, &query, goods)
    }
}

/// `from` moved by twice the sum of a · z, in thousandths, as the engine counts.
fn weight(from: f64, twice: i64) -> f64 {
    let nats = twice as f64 / (2.0 * MICRO);
    let by = libm::exp(ETA * nats);
    let (least, most) = (from / REACH, from * REACH);
    let to = (from * by).max(least).min(most);
    (to.min(100.0) * 1000.0).round_ties_even().max(1.0) / 1000.0
}

/// Reads feedback from CSV: columns `good_id`, `action` and, where there is one,
/// `reason`. Other columns are passed over.
#[derive(Debug, Default)]
pub struct FeedbackReader {
    csv: CsvReader,
    list: Vec<Feedback>,
}

impl FeedbackReader {
    /// Reads the next bytes.
    pub fn push(&mut self, bytes: &[u8]) -> Result<()> {
        let list = &mut self.list;
        self.csv.push(bytes, |row| add(list, &row))
    }

    /// The feedback, in the order of the file.
    pub fn finish(mut self) -> Result<Vec<Feedback>> {
        let list = &mut self.list;
        self.csv.finish(|row| add(list, &row))?;
        Ok(self.list)
    }
}

fn add(list: &mut Vec<Feedback>, row: &Row<'_>) -> Result<()> {
    let header = row.header();
    let good = row.get(Some(header.require("good_id")?));
    let (action, reason) = (
        row.get(Some(header.require("action")?)),
        row.get(header.find("reason")),
    );
    if good.is_empty() {
        return Err(row.error("good_id", "an id", good));
    }
    let said = Action::from_names(action, reason);
    let action = said.map_err(|(field, expected)| {
        let found = if field == "action" { action } else { reason };
        row.error(field, expected, found)
    })?;
    list.push(Feedback {
        good: good.to_owned(),
        action,
    });
    Ok(())
}
