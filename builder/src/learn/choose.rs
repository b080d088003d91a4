//! The choice of a kernel, from the catalog's own history.
//!
//! Every recipe answers every cut of the history with what it would ship, and
//! the one whose NDCG@20 has the greatest geometric mean over the cuts is
//! chosen: a recipe that shines once and fails elsewhere loses to one that
//! holds.

use goodsrank::shard::{Calibration, ProfileWeights};
use serde::Serialize;

use super::content::Content;
use super::evaluate::Candidate;
use super::holdout::{Cut, Holdout, HoldoutQuery, horizon_days};
use super::kernel::Kernel;
use super::workshop::{LAMBDA_UNASKED, Newly, Recipe};
use super::{LearnOptions, LearnReport, StandIns, background, calibrate};
use crate::ingest::Catalog;
use crate::progress::Step;

const LAMBDAS: [f64; 8] = [0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];
/// λ and ρ of the filters, for catalogs that are too large to regress on: from
/// nearly an ideal low pass to heat flow a little sharpened.
const FILTERS: [(f64, f64); 4] = [(0.5, 0.01), (0.5, 0.1), (0.8, 0.1), (0.9, 2.0)];
/// Half-lives of newness, in horizons, and the share of the newly adopted beside
/// what shops hold: for markets that move slowly, and fast. Nothing newly
/// adopted is no candidate: on every market and period measured it was worse in
/// the end, and on some it looked as good on the cuts. Nor are more of the
/// kind: choosing among thirteen was worse than among these.
const SLOW: (&[f64], f64) = (&[0.125, 0.25, 0.5, 1.0], 1.0);
const FAST: (&[f64], f64) = (&[0.25], 2.0);
/// Multiples of the unit background. Never none: it is what orders goods that
/// no good speaks for.
const BACKGROUNDS: [f64; 8] = [0.01, 0.5, 1.0, 2.0, 4.0, 6.0, 9.0, 13.0];
/// Exponents of heat that are tried, ascending.
const EXPONENTS: [f64; 3] = [0.1, 0.25, 0.5];
/// How far content is trusted, least first: goods that few shops have are mostly
/// goods that few shops want.
const TRUSTS: [f64; 4] = [0.1, 0.25, 0.5, 1.0];
/// What a background may cost shops that have told much, relative.
const HARMLESS: f64 = 0.005;
/// Goods of the young shops that the background is for.
const YOUNG: [usize; 2] = [3, 10];
/// A later candidate must be this much better than an earlier one, relative.
const MARGIN: f64 = 0.01;

/// How long a build may look for the best kernel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Effort {
    /// One cut of the history, 1,000 shops
    Quick,
    /// Three cuts, 4,000 shops each
    #[default]
    Normal,
    /// Five cuts, every shop
    Thorough,
}

impl Effort {
    fn cuts(self) -> usize {
        match self {
            Effort::Quick => 1,
            Effort::Normal => 3,
            Effort::Thorough => 5,
        }
    }

    fn queries(self) -> usize {
        match self {
            Effort::Quick => 1000,
            Effort::Normal => 4000,
            Effort::Thorough => usize::MAX,
        }
    }
}

/// What held-out history chose.
pub struct Choice {
    /// How the kernel is made.
    pub recipe: Recipe,
    /// Exponent of heat in the kernel, 0 to .5.
    pub heat: f64,
    /// How much of what goods like it take a good takes that too few shops have.
    pub trust: f64,
    /// How much of the unit background a good has.
    pub background: f64,
    /// How a profile is weighed.
    pub weights: ProfileWeights,
    /// From raw fit to probability.
    pub calibration: Calibration,
}

/// How well a recipe answered each cut.
#[derive(Clone, Debug, Serialize)]
pub struct Trial {
    /// The recipe in words.
    pub recipe: String,
    /// NDCG@20 by cut, latest first; 0 where the recipe could not be made.
    pub ndcg: Vec<f64>,
}

/// How well an exponent of heat answered each cut.
#[derive(Clone, Debug, Serialize)]
pub struct HeatTrial {
    /// The exponent.
    pub exponent: f64,
    /// NDCG@20 by cut, latest first.
    pub ndcg: Vec<f64>,
}

impl HeatTrial {
    fn new(exponent: f64) -> HeatTrial {
        HeatTrial {
            exponent,
            ndcg: Vec::new(),
        }
    }
}

impl Trial {
    fn new(recipe: &Recipe) -> Trial {
        Trial {
            recipe: recipe.to_string(),
            ndcg: Vec::new(),
        }
    }

    /// Whether the history allowed the recipe on some cut.
    pub fn is_possible(&self) -> bool {
        self.ndcg.iter().any(|&ndcg| ndcg > 0.0)
    }

    /// Geometric mean over the cuts.
    pub fn score(&self) -> f64 {
        let logs = self
            .ndcg
            .iter()
            .map(|&x| libm::log(x.max(f64::MIN_POSITIVE)));
        libm::exp(logs.sum::<f64>() / self.ndcg.len().max(1) as f64)
    }
}

/// The recipes of a catalog whose shard serves for so many days; 0 where there
/// are no times.
pub fn recipes(horizon: f64) -> Vec<Recipe> {
    let newly = if horizon > 0.0 {
        vec![in_days(SLOW, horizon), in_days(FAST, horizon)]
    } else {
        vec![Newly::default()]
    };
    let regression = |beside: bool| {
        newly.iter().map(move |newly| Recipe::Regression {
            newly: newly.clone(),
            beside,
            young: None,
        })
    };
    let heat_flow = LAMBDAS.map(|lambda| Recipe::HeatFlow { lambda });
    let filters = FILTERS.map(|(lambda, ridge)| Recipe::Filter { lambda, ridge });
    regression(false)
        .chain(regression(true))
        .chain(heat_flow)
        .chain(filters)
        .collect()
}

fn in_days((half_lives, share): (&[f64], f64), horizon: f64) -> Newly {
    Newly {
        half_lives: half_lives.iter().map(|h| h * horizon).collect(),
        share,
    }
}

/// Tries the recipes on held-out history.
pub fn choose(
    catalog: &Catalog,
    content: &Content,
    public: &[bool],
    options: &LearnOptions,
    recipes: &[Recipe],
    report: &mut LearnReport,
) -> Choice {
    let events = &catalog.events;
    let cuts = Cut::all(events, options.horizon, options.effort.cuts());
    let held_out = |&cut: &Cut| {
        let most = options.effort.queries();
        Holdout::new(events, &catalog.goods, public, cut, most)
    };
    let mut trials: Vec<Trial> = recipes.iter().map(Trial::new).collect();
    let step = Step::new(
        "choosing on held-out history",
        (cuts.len() * recipes.len()) as u64,
    );
    for (cut, done) in cuts.iter().zip((0..).step_by(recipes.len())) {
        let holdout = held_out(cut);
        if holdout.queries.is_empty() {
            continue;
        }
        report.queries.push(holdout.queries.len());
        let workshop = options.workshop(&holdout.graph, cut.time());
        for (i, (recipe, trial)) in recipes.iter().zip(&mut trials).enumerate() {
            let kernel = workshop.kernel(recipe);
            let ndcg = kernel.map(|kernel| plain_ndcg(&kernel, &holdout));
            trial.ndcg.push(ndcg.unwrap_or(0.0));
            step.at(done + i as u64 + 1);
        }
    }
    drop(step);
    let best = (0..trials.len()).rev().max_by(|&a, &b| {
        let score = |i: usize| trials[i].score();
        score(a).total_cmp(&score(b))
    });
    let recipe = recipes[best.unwrap_or(0)].clone();
    let horizon = horizon_days(events, options.horizon);
    let plain = best.map_or_else(Vec::new, |best| trials[best].ndcg.clone());
    report.chosen = best.filter(|_| !plain.is_empty());
    report.trials = trials;
    let holdouts = || cuts.iter().map(held_out).filter(|h| !h.queries.is_empty());
    let exponent = exponent(&recipe, &plain, holdouts(), horizon, options, report);
    match holdouts().next() {
        Some(holdout) => refine(
            catalog,
            content,
            options,
            (recipe, exponent),
            &holdout,
            report,
        ),
        None => Choice {
            recipe: Recipe::HeatFlow {
                lambda: LAMBDA_UNASKED,
            },
            heat: 0.0,
            trust: TRUSTS[0],
            background: BACKGROUNDS[0],
            weights: plain_weights(),
            calibration: calibrate::uncalibrated(),
        },
    }
}

/// The exponent of heat, tried on the chosen recipe: the greatest that is better
/// than none, by [`MARGIN`] and on every cut. Heat concentrates what is shown,
/// and on markets that are not fashion it misleads, so it has to earn its place.
fn exponent(
    recipe: &Recipe,
    plain: &[f64],
    holdouts: impl Iterator<Item = Holdout>,
    horizon: f64,
    options: &LearnOptions,
    report: &mut LearnReport,
) -> f64 {
    if horizon == 0.0 || plain.is_empty() {
        return 0.0;
    }
    let _step = Step::spinner("trying heat");
    let mut heats: Vec<HeatTrial> = EXPONENTS.map(HeatTrial::new).into();
    for holdout in holdouts {
        let now = holdout.cut.time();
        let workshop = options.workshop(&holdout.graph, now);
        let Some(kernel) = workshop.kernel(recipe) else {
            return 0.0;
        };
        for heat in &mut heats {
            let kernel = kernel.clone();
            let kernel =
                options.heated(kernel, heat.exponent, &holdout.graph, now, horizon);
            heat.ndcg.push(plain_ndcg(&kernel, &holdout));
        }
    }
    let earns = |heat: &&HeatTrial| {
        let mut pairs = heat.ndcg.iter().zip(plain);
        pairs.all(|(with, without)| *with > without * (1.0 + MARGIN))
    };
    let best = heats.iter().rfind(earns).map_or(0.0, |heat| heat.exponent);
    report.heats = heats;
    best
}

/// NDCG@20 with every good of a shelf counting once and no background.
fn plain_ndcg(kernel: &Kernel, holdout: &Holdout) -> f64 {
    let candidate = Candidate {
        kernel,
        background: &[],
        weights: &plain_weights(),
    };
    candidate.ndcg(holdout)
}

/// Chooses, for a recipe, what it says of new goods and to young shops, and how
/// profiles are weighed, and calibrates: on the latest cut.
fn refine(
    catalog: &Catalog,
    content: &Content,
    options: &LearnOptions,
    (recipe, heat): (Recipe, f64),
    holdout: &Holdout,
    report: &mut LearnReport,
) -> Choice {
    let _step = Step::spinner("calibrating");
    let graph = &holdout.graph;
    let horizon = horizon_days(&catalog.events, options.horizon);
    let workshop = options.workshop(graph, holdout.cut.time());
    // Shops that have told little are told apart from fashion.
    let apart = recipe.with_young(&in_days(SLOW, horizon));
    let recipe = apart
        .filter(|_| options.young_apart && horizon > 0.0)
        .unwrap_or(recipe);
    let (recipe, kernel) = workshop.kernel_or_heat_flow(&recipe);
    let mut kernel = options.heated(kernel, heat, graph, holdout.cut.time(), horizon);
    let stand_ins = StandIns::new(graph, content, options.min_shops, &kernel);
    let trusts = match stand_ins.is_empty() {
        true => &TRUSTS[..1],
        false => &TRUSTS[..],
    };
    let trust = first_best(trusts, |&trust| {
        let mut kernel = kernel.clone();
        stand_ins.put(&mut kernel, trust);
        plain_ndcg(&kernel, holdout)
    });
    stand_ins.put(&mut kernel, trust);
    let unit = background::unit(graph, &kernel, catalog, options.min_shops);
    let young = YOUNG.map(|goods| holdout.young(goods));
    let strength = strength(&kernel, &unit, holdout, &young);
    let background: Vec<f64> = unit.iter().map(|b| b * strength).collect();
    let candidate = |weights: &ProfileWeights| -> f64 {
        let candidate = Candidate {
            kernel: &kernel,
            background: &background,
            weights,
        };
        candidate.ndcg(holdout)
    };
    // Shelves were binary in these, so they ask for binary profiles.
    let weights = match recipe {
        Recipe::HeatFlow { .. } => {
            first_best(&[plain_weights(), recent_weights()], candidate)
        }
        Recipe::Filter { .. } | Recipe::Regression { .. } => plain_weights(),
    };
    let candidate = Candidate {
        kernel: &kernel,
        background: &background,
        weights: &weights,
    };
    report.ndcg = candidate.ndcg(holdout);
    report.ndcg_young = YOUNG
        .into_iter()
        .zip(
            young
                .each_ref()
                .map(|queries| candidate.ndcg_of(holdout, queries)),
        )
        .collect();
    let (calibration, reliability) =
        calibrate::calibrate(&candidate, holdout, options.min_shops);
    report.reliability = reliability;
    Choice {
        recipe,
        heat,
        trust,
        background: strength,
        weights,
        calibration,
    }
}

/// The first candidate, unless a later one is better by [`MARGIN`].
fn first_best<T: Clone>(candidates: &[T], ndcg: impl Fn(&T) -> f64) -> T {
    let mut best = (ndcg(&candidates[0]), candidates[0].clone());
    for candidate in &candidates[1..] {
        let found = ndcg(candidate);
        if found > best.0 * (1.0 + MARGIN) {
            best = (found, candidate.clone());
        }
    }
    best.1
}

/// The background with which young shops are answered best, among those that
/// cost the others at most [`HARMLESS`]; of those that answer alike the
/// strongest, which is the safest for a shop of one good.
fn strength(
    kernel: &Kernel,
    unit: &[f64],
    holdout: &Holdout,
    young: &[Vec<HoldoutQuery>],
) -> f64 {
    let candidate = Candidate {
        kernel,
        background: unit,
        weights: &plain_weights(),
    };
    let by_strength = |queries: &[HoldoutQuery]| {
        candidate.ndcg_by_strength(holdout, queries, &BACKGROUNDS)
    };
    let (old, few) = (
        by_strength(&holdout.queries),
        young.iter().map(|queries| by_strength(queries)),
    );
    let few = few.fold(vec![1.0; BACKGROUNDS.len()], |product, ndcg| {
        product.iter().zip(ndcg).map(|(a, b)| a * b).collect()
    });
    let all: Vec<(f64, f64, f64)> = BACKGROUNDS
        .into_iter()
        .zip(old)
        .zip(few)
        .map(|((of, old), few)| (of, old, few))
        .collect();
    let most = |of: fn(&(f64, f64, f64)) -> f64, all: &[(f64, f64, f64)]| {
        all.iter().map(of).fold(0.0, f64::max) * (1.0 - HARMLESS)
    };
    let (old, mut left) = (most(|m| m.1, &all), all.to_vec());
    left.retain(|m| m.1 >= old);
    let young = most(|m| m.2, &left);
    let best = left.iter().rfind(|m| m.2 >= young);
    best.map_or(BACKGROUNDS[0], |m| m.0)
}

/// A good that was bought or listed counts once.
pub fn plain_weights() -> ProfileWeights {
    ProfileWeights {
        kinds: [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        log_quantity: false,
        half_life: 0.0,
        binary: true,
    }
}

/// Recent purchases and listings count more. Interest (views, saves, shares) is
/// no candidate: a public shop's profile would then name goods that the shop
/// does not sell.
fn recent_weights() -> ProfileWeights {
    ProfileWeights {
        half_life: 180.0,
        binary: false,
        ..plain_weights()
    }
}
