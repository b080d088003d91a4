//! Learning: from a catalog in memory to the figures that a shard ships.
//!
//! ```text
//! events ─▶ graph ─▶ shared shops (≥ k) ─▶ hybrid kernel ─┐
//!    │         └─ held-out history ─▶ choose λ, weights ──┼─▶ Learned
//!    └─▶ temperatures, shielded (≥ k) ────────────────────┘
//! ```
//!
//! Choices are made on held-out history alone, with the threshold on, and then
//! everything is learned anew from the whole of it.

mod backing;
mod calibrate;
mod evaluate;
mod graph;
mod heat;
mod holdout;
mod kernel;

use goodsrank::profile::ProfileBuilder;
use goodsrank::shard::{Calibration, Kernel, Model, ProfileWeights};
use serde::Serialize;

pub use kernel::Neighbours;

use crate::ingest::Catalog;
use crate::pack::PublishShops;
use crate::progress::Step;
use backing::Backing;
use evaluate::Candidate;
use graph::{Graph, SharedShops};
use holdout::Holdout;

const LAMBDAS: [f64; 8] = [0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
const LAMBDA_UNASKED: f64 = 0.5;
/// How much of the mean kernel value a good of average popularity has before
/// any neighbour speaks. Never none: it is what orders goods without neighbours.
const BACKGROUNDS: [f64; 4] = [0.01, 0.1, 0.5, 2.0];
/// A candidate must beat the plain one by this much, relative, to be chosen.
const MARGIN: f64 = 0.01;
const HALF_LIFE_SLOW: f64 = 90.0;
const HALF_LIFE_FAST: f64 = 14.0;
const PRICE_SD_UNKNOWN: f64 = 0.8;

/// How a catalog is learned from.
#[derive(Clone, Debug)]
pub struct LearnOptions {
    /// k: shops that must stand behind each figure.
    pub min_shops: u32,
    /// Neighbours kept of each good.
    pub neighbours: usize,
    /// Whose profiles are shipped.
    pub publish_shops: PublishShops,
}

impl Default for LearnOptions {
    fn default() -> LearnOptions {
        LearnOptions {
            min_shops: 5,
            neighbours: 64,
            publish_shops: PublishShops::default(),
        }
    }
}

/// The figures that a shard ships.
pub struct Learned {
    /// Global to the catalog.
    pub model: Model,
    /// The kernel.
    pub neighbours: Neighbours,
    /// Raw fit per mass before any neighbour speaks, by good.
    pub background: Vec<f32>,
    /// Slow temperature, milli-nats.
    pub temperature: Vec<i16>,
    /// Fast temperature, milli-nats.
    pub temperature_fast: Vec<i16>,
    /// What was chosen and what was hidden.
    pub report: LearnReport,
}

/// What was chosen and what was hidden.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LearnReport {
    /// Shops that were asked about held-out history.
    pub queries: usize,
    /// NDCG@20 on held-out history of each λ.
    pub lambdas: Vec<(f64, f64)>,
    /// NDCG@20 of what was chosen.
    pub ndcg: f64,
    /// Pairs of goods that some shop has both of.
    pub pairs: u64,
    /// Pairs hidden, because fewer than k shops have both.
    pub hidden_pairs: u64,
    /// Goods whose figures are their category's, because fewer than k shops
    /// have them.
    pub hidden_goods: usize,
}

/// What held-out history chose.
struct Choice {
    lambda: f64,
    background: f64,
    weights: ProfileWeights,
    calibration: Calibration,
}

/// Learns from a catalog. The same catalog gives the same figures on any
/// number of threads.
pub fn learn(catalog: &Catalog, options: &LearnOptions) -> Learned {
    let (events, goods) = (&catalog.events, catalog.goods.len());
    let mut report = LearnReport::default();
    let public: Vec<bool> = events
        .shops
        .iter()
        .map(|shop| options.publish_shops.ships(shop))
        .collect();
    let choice = choose(catalog, &public, options, &mut report);
    let _step = Step::spinner("learning from all history");
    let graph = Graph::new(&public, goods, &events.list);
    let shared = SharedShops::new(&graph, options.min_shops);
    (report.pairs, report.hidden_pairs) = (shared.pairs / 2, shared.hidden / 2);
    let neighbours = kernel::hybrid(&graph, &shared, choice.lambda, options.neighbours);
    let background = background(&graph, &neighbours, catalog, options.min_shops);
    let background = background
        .iter()
        .map(|b| (b * choice.background) as f32)
        .collect();
    let (shops, categories) = (backing(&graph), category_rows(catalog));
    let mut temperature = |half_life: f64| {
        let mut ln =
            heat::ln_temperatures(&events.list, goods, events.t_ref(), half_life);
        report.hidden_goods =
            heat::shield(&mut ln, &shops, &categories, options.min_shops);
        heat::column(&ln)
    };
    let (temperature, temperature_fast) =
        (temperature(HALF_LIFE_SLOW), temperature(HALF_LIFE_FAST));
    let model = model(catalog, options, choice);
    Learned {
        model,
        neighbours,
        background,
        temperature,
        temperature_fast,
        report,
    }
}

fn model(catalog: &Catalog, options: &LearnOptions, choice: Choice) -> Model {
    Model {
        t_ref: catalog.events.t_ref(),
        currency: catalog.currency.clone(),
        exponent: catalog.exponent,
        min_shops: options.min_shops,
        kernel: Kernel::Hybrid,
        tokeniser: goodsrank::search::TOKENISER,
        lambda: choice.lambda,
        heat: 0.0,
        half_life_slow: HALF_LIFE_SLOW,
        half_life_fast: HALF_LIFE_FAST,
        profile: choice.weights,
        calibration: choice.calibration,
        price_sd: price_sd(catalog),
        events: catalog.events.list.len() as u64,
        shops: catalog.events.by_shop().count() as u64,
    }
}

/// Tries the candidates on held-out history.
fn choose(
    catalog: &Catalog,
    public: &[bool],
    options: &LearnOptions,
    report: &mut LearnReport,
) -> Choice {
    let events = &catalog.events;
    let holdout = Holdout::new(events, &catalog.goods, public);
    report.queries = holdout.queries.len();
    let plain = plain_weights();
    if holdout.queries.is_empty() {
        let calibration = calibrate::uncalibrated();
        return Choice {
            lambda: LAMBDA_UNASKED,
            background: BACKGROUNDS[0],
            weights: plain,
            calibration,
        };
    }
    let steps = (LAMBDAS.len() + BACKGROUNDS.len() + 2) as u64;
    let step = Step::new("choosing on held-out history", steps);
    let shared = SharedShops::new(&holdout.graph, options.min_shops);
    let silent = vec![0.0; catalog.goods.len()];
    let mut best = (0.0, LAMBDA_UNASKED);
    for (i, &lambda) in LAMBDAS.iter().enumerate() {
        let neighbours =
            kernel::hybrid(&holdout.graph, &shared, lambda, options.neighbours);
        let candidate = Candidate {
            neighbours: &neighbours,
            background: &silent,
            weights: &plain,
        };
        let ndcg = candidate.ndcg(&holdout);
        report.lambdas.push((lambda, ndcg));
        if ndcg > best.0 {
            best = (ndcg, lambda);
        }
        step.at(i as u64 + 1);
    }
    let neighbours = kernel::hybrid(&holdout.graph, &shared, best.1, options.neighbours);
    let unit = background(&holdout.graph, &neighbours, catalog, options.min_shops);
    let scaled =
        |strength: f64| -> Vec<f64> { unit.iter().map(|b| b * strength).collect() };
    let background = first_best(&BACKGROUNDS, |&strength| {
        let background = scaled(strength);
        Candidate {
            neighbours: &neighbours,
            background: &background,
            weights: &plain,
        }
        .ndcg(&holdout)
    });
    let chosen = scaled(background.1);
    let (ndcg, weights) = first_best(&profile_candidates(), |weights| {
        Candidate {
            neighbours: &neighbours,
            background: &chosen,
            weights,
        }
        .ndcg(&holdout)
    });
    report.ndcg = ndcg;
    step.at(steps);
    let candidate = Candidate {
        neighbours: &neighbours,
        background: &chosen,
        weights: &weights,
    };
    let calibration = calibrate::calibrate(&candidate, &holdout, options.min_shops);
    Choice {
        lambda: best.1,
        background: background.1,
        weights,
        calibration,
    }
}

/// The first candidate, unless a later one is better by [`MARGIN`].
fn first_best<T: Clone>(candidates: &[T], ndcg: impl Fn(&T) -> f64) -> (f64, T) {
    let mut best = (ndcg(&candidates[0]), candidates[0].clone());
    for candidate in &candidates[1..] {
        let found = ndcg(candidate);
        if found > best.0 * (1.0 + MARGIN) {
            best = (found, candidate.clone());
        }
    }
    best
}

/// A good that was bought or listed counts once.
fn plain_weights() -> ProfileWeights {
    ProfileWeights {
        kinds: [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
        log_quantity: false,
        half_life: 0.0,
        binary: true,
    }
}

/// Interest (views, saves, shares) is no candidate: a public shop's profile
/// would then name goods that the shop does not sell.
fn profile_candidates() -> [ProfileWeights; 2] {
    let plain = plain_weights();
    let recent = ProfileWeights {
        half_life: 180.0,
        binary: false,
        ..plain.clone()
    };
    [plain, recent]
}

/// Background of strength 1: the mean kernel value times how many more shops
/// than usual have the good, shielded.
fn background(
    graph: &Graph,
    neighbours: &Neighbours,
    catalog: &Catalog,
    min_shops: u32,
) -> Vec<f64> {
    let degree = |good: usize| graph.degree(good) as f64;
    let mut popularity: Vec<f64> = (0..graph.goods()).map(degree).collect();
    let mean = popularity.iter().sum::<f64>() / popularity.len().max(1) as f64;
    let categories = category_rows(catalog);
    heat::shield(&mut popularity, &backing(graph), &categories, min_shops);
    // Where no pair shows, popularity is all there is, on a scale of its own.
    let level = if neighbours.is_empty() {
        1.0
    } else {
        neighbours.mean()
    };
    let unit = level / mean.max(f64::MIN_POSITIVE);
    popularity.iter().map(|p| p * unit).collect()
}

/// Who stands behind the figures of each good.
fn backing(graph: &Graph) -> Vec<Backing> {
    (0..graph.goods()).map(|good| graph.backing(good)).collect()
}

/// A number for each category, in any order; goods without one share theirs.
fn category_rows(catalog: &Catalog) -> Vec<u32> {
    let mut rows = std::collections::BTreeMap::new();
    let number = |path: &'_ str| -> u32 {
        let next = rows.len() as u32;
        *rows.entry(path.to_owned()).or_insert(next)
    };
    catalog
        .goods
        .iter()
        .map(|g| g.category.as_str())
        .map(number)
        .collect()
}

/// Pooled standard deviation of ln price within categories.
fn price_sd(catalog: &Catalog) -> f64 {
    let mut groups: std::collections::BTreeMap<&str, Vec<f64>> = Default::default();
    for good in catalog.goods.iter().filter(|g| g.price > 0) {
        groups
            .entry(&good.category)
            .or_default()
            .push(libm::log(good.price as f64));
    }
    let (mut squares, mut freedom) = (0.0, 0);
    for prices in groups.values() {
        let mean = prices.iter().sum::<f64>() / prices.len() as f64;
        squares += prices.iter().map(|p| (p - mean) * (p - mean)).sum::<f64>();
        freedom += prices.len() - 1;
    }
    if freedom == 0 {
        return PRICE_SD_UNKNOWN;
    }
    libm::sqrt(squares / freedom as f64).clamp(0.1, 3.0)
}

/// A builder of profiles as the model weighs them.
pub fn profile_builder(model: &Model) -> ProfileBuilder {
    ProfileBuilder::new(&model.profile, model.t_ref)
}
