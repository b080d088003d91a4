//! Learning: from a catalog in memory to the figures that a shard ships.
//!
//! ```text
//! events ─▶ graph ─▶ workshop: kernels by recipe (≥ k) ──────┐
//!    │                  ▲                                    │
//!    ├─▶ held-out history, cut several times ─▶ choose ──────┼─▶ Learned
//!    ├─▶ temperatures, background: shielded (≥ k) ───────────┤
//!    ├─▶ spread, seasons of categories (≥ k) ────────────────┤
//!    └─▶ supply (≥ k) ───────────────────────────────────────┤
//! goods ─▶ equivalents, what is usual ───────────────────────┘
//! ```
//!
//! Choices are made on held-out history alone, with the threshold on, and then
//! everything is learned anew from the whole of it.

mod background;
mod backing;
mod calibrate;
mod category;
mod choose;
mod content;
mod dense;
mod equivalents;
mod evaluate;
mod filter;
mod graph;
mod heat;
mod holdout;
mod hybrid;
mod kernel;
mod regression;
mod season;
mod shops;
mod spread;
mod supply;
mod usual;
mod workshop;

use goodsrank::profile::ProfileBuilder;
use goodsrank::shard::{Calibration, Model, ProfileWeights, Usual};
use serde::Serialize;

pub use calibrate::Reliability;
pub use choose::{Effort, HeatTrial, Trial};
pub use equivalents::Equivalents;
pub use kernel::{Factors, Kernel, Neighbours, Rows};
pub use season::SeasonReport;
pub use shops::ShopKernel;
pub use supply::Supply;
pub use workshop::DENSE_GOODS;

use crate::ingest::{Catalog, CatalogEvent, Events};
use crate::pack::PublishShops;
use crate::progress::Step;
use backing::Backing;
use category::Voices;
use choose::choose;
use content::Content;
use graph::Graph;
use holdout::horizon_days;
use workshop::{Budget, Recipe, Workshop};

const HALF_LIFE_SLOW: f64 = 90.0;
const HALF_LIFE_FAST: f64 = 14.0;
/// Half-life of an adoption in a good's heat, in horizons.
const GROWTH: f64 = 0.25;
const PRICE_SD_UNKNOWN: f64 = 0.8;

/// Bytes of kernel a good, unless a build asks for another number.
pub const KERNEL_BYTES: usize = 256;

/// How a catalog is learned from.
#[derive(Clone, Debug)]
pub struct LearnOptions {
    /// k: shops that must stand behind each figure.
    pub min_shops: u32,
    /// Bytes a good that the kernel may cost.
    pub kernel_bytes: usize,
    /// How long to look for the best kernel.
    pub effort: Effort,
    /// Days that the shard is to serve; a quarter of the history when `None`.
    pub horizon: Option<f64>,
    /// Whether short profiles may have factors of their own.
    pub young_apart: bool,
    /// Whose profiles are shipped.
    pub publish_shops: PublishShops,
}

impl Default for LearnOptions {
    fn default() -> LearnOptions {
        LearnOptions {
            min_shops: 5,
            kernel_bytes: KERNEL_BYTES,
            effort: Effort::default(),
            horizon: None,
            young_apart: true,
            publish_shops: PublishShops::default(),
        }
    }
}

impl LearnOptions {
    fn workshop<'a>(&self, graph: &'a Graph, now: i64) -> Workshop<'a> {
        let budget = Budget::of_bytes(self.kernel_bytes, graph.goods());
        Workshop::new(graph, self.min_shops, budget, now)
    }

    /// The kernel with what goods take multiplied by their heat, to this
    /// exponent.
    fn heated(
        &self,
        kernel: Kernel,
        exponent: f64,
        graph: &Graph,
        now: i64,
        horizon: f64,
    ) -> Kernel {
        if exponent == 0.0 {
            return kernel;
        }
        let heat = heat::growth(graph, now, horizon * GROWTH, self.min_shops);
        let powers: Vec<f64> = heat.iter().map(|&h| libm::pow(h, exponent)).collect();
        kernel.heated(&powers)
    }
}

/// The figures that a shard ships.
pub struct Learned {
    /// Global to the catalog.
    pub model: Model,
    /// The kernel.
    pub kernel: Kernel,
    /// Raw fit before any good speaks, by good.
    pub background: Vec<f32>,
    /// The other direction, where shops are public.
    pub shops: Option<ShopKernel>,
    /// Slow temperature, milli-nats.
    pub temperature: Vec<i16>,
    /// Fast temperature, milli-nats.
    pub temperature_fast: Vec<i16>,
    /// Slow and fast temperature of each row of the category table; empty where
    /// none may show.
    pub category_heat: [Vec<i16>; 2],
    /// Likewise of each shop whose profile is shipped.
    pub shop_heat: [Vec<i16>; 2],
    /// Branching ratio of each good in 255ths, plus one; empty where no event
    /// names a cause.
    pub spread: Vec<u8>,
    /// Twelve factors of each row of the category table, thousandths; empty where
    /// they foretell nothing.
    pub seasons: Vec<u64>,
    /// What purchases say of supply.
    pub supply: Supply,
    /// Which goods stand for each other.
    pub equivalents: Equivalents,
    /// What one good's supply is measured against.
    pub usual: Usual,
    /// What was chosen and what was hidden.
    pub report: LearnReport,
}

/// What was chosen and what was hidden.
#[derive(Clone, Debug, Default, Serialize)]
pub struct LearnReport {
    /// Shops that were asked about each cut of the history, latest first.
    pub queries: Vec<usize>,
    /// How each recipe answered.
    pub trials: Vec<Trial>,
    /// Which of the trials was chosen; `None` without history to choose by.
    pub chosen: Option<usize>,
    /// Public shops, where they are more than the dense route takes; else 0.
    pub too_many_shops: usize,
    /// Goods that show, where they are more than the dense route takes; else 0.
    pub too_many_goods: usize,
    /// The recipe that was chosen.
    pub recipe: String,
    /// How each exponent of heat answered with the chosen recipe.
    pub heats: Vec<HeatTrial>,
    /// The exponent that entered the kernel; 0 where none earned its place.
    pub heat: f64,
    /// Likewise of shops of which so many goods are known.
    pub ndcg_young: Vec<(usize, f64)>,
    /// How often goods were adopted that were said to be, on the latest cut.
    pub reliability: Vec<Reliability>,
    /// Bytes of the kernel.
    pub kernel_bytes: u64,
    /// NDCG@20 of what was chosen, on the latest cut.
    pub ndcg: f64,
    /// Likewise for the other direction; `None` where no shops are public.
    pub shops: Option<Box<LearnReport>>,
    /// Pairs of goods that some shop has both of; not counted where none is
    /// hidden.
    pub pairs: u64,
    /// Pairs hidden, because fewer than k shops have both.
    pub hidden_pairs: u64,
    /// Goods that take what goods like them take, because fewer than k shops
    /// have them.
    pub content_goods: usize,
    /// How the seasons foretold months that they had not seen.
    pub seasons: SeasonReport,
    /// Goods whose figures are their category's, because fewer than k shops
    /// have them.
    pub hidden_goods: usize,
}

/// Learns from a catalog. The same catalog gives the same figures on any
/// number of threads.
pub fn learn(catalog: &Catalog, options: &LearnOptions) -> Learned {
    let (events, goods) = (&catalog.events, catalog.goods.len());
    let public: Vec<bool> = events
        .shops
        .iter()
        .map(|shop| options.publish_shops.ships(shop))
        .collect();
    let mut report = LearnReport::default();
    let recipes = choose::recipes(horizon_days(events, options.horizon));
    let fitted = fit(catalog, &public, options, &recipes, &mut report);
    let shops = shops::learn(catalog, &public, options, &mut report);
    let (paths, categories) = catalog.category_table();
    let backing = backing(&fitted.graph);
    let voices = Voices::new(&fitted.graph, &categories, options.min_shops);
    let (rows, shipped) = shipped(events, &public);
    let mut temperatures = |half_life: f64| {
        let sums = |of: &dyn Fn(&CatalogEvent) -> Option<usize>, things: usize| {
            heat::sums(&events.list, of, things, events.t_ref(), half_life)
        };
        let of_goods = sums(&|e| Some(e.good as usize), goods);
        let mut ln = heat::ln(&of_goods);
        report.hidden_goods =
            heat::shield(&mut ln, &backing, &categories, options.min_shops);
        let of_shops = sums(&|e| rows[e.shop as usize], shipped);
        [
            heat::column(&ln),
            voices.temperatures(&paths, &of_goods),
            heat::column(&heat::ln(&of_shops)),
        ]
    };
    let [temperature, category_slow, shop_slow] = temperatures(HALF_LIFE_SLOW);
    let [temperature_fast, category_fast, shop_fast] = temperatures(HALF_LIFE_FAST);
    let (seasons, season_report) =
        season::learn(events, &public, &voices, options.min_shops);
    report.seasons = season_report;
    let spread = spread::column(events, &voices);
    let supply = Supply::new(events, &public, &categories, options.min_shops);
    Learned {
        model: model(catalog, options, &fitted),
        kernel: fitted.kernel,
        background: fitted.background,
        shops,
        temperature,
        temperature_fast,
        category_heat: [category_slow, category_fast],
        shop_heat: [shop_slow, shop_fast],
        usual: usual::usual(&catalog.goods, &supply, &spread),
        spread,
        seasons,
        equivalents: Equivalents::new(catalog, &categories),
        supply,
        report,
    }
}

/// The row of each shop among those whose profiles are shipped, and how many
/// these are. A shop without events has none.
fn shipped(events: &Events, public: &[bool]) -> (Vec<Option<usize>>, usize) {
    let mut rows = vec![None; public.len()];
    let mut next = 0;
    for (shop, _) in events.by_shop().filter(|&(shop, _)| public[shop as usize]) {
        rows[shop as usize] = Some(next);
        next += 1;
    }
    (rows, next)
}

/// A kernel that was chosen, and learned from all history.
struct Fitted {
    graph: Graph,
    recipe: Recipe,
    kernel: Kernel,
    background: Vec<f32>,
    heat: f64,
    weights: ProfileWeights,
    calibration: Calibration,
}

/// Chooses among the recipes and learns from all history by the chosen one.
fn fit(
    catalog: &Catalog,
    public: &[bool],
    options: &LearnOptions,
    recipes: &[Recipe],
    report: &mut LearnReport,
) -> Fitted {
    let events = &catalog.events;
    let graph = Graph::new(public, catalog.goods.len(), &events.list);
    let shown = graph.shown_goods(options.min_shops).len();
    let those = |are: fn(&Recipe) -> bool| -> Vec<Recipe> {
        recipes.iter().filter(|r| are(r)).cloned().collect()
    };
    let sparse = those(Recipe::is_sparse);
    let (too_many, recipes) = match shown > DENSE_GOODS {
        true => (shown, sparse.clone()),
        false => (0, those(Recipe::is_dense)),
    };
    report.too_many_goods = too_many;
    let content = Content::new(catalog);
    let choice = choose(catalog, &content, public, options, &recipes, report);
    let _step = Step::spinner("learning from all history");
    let workshop = options.workshop(&graph, events.t_ref());
    if options.min_shops > 1 {
        let shared = workshop.shared();
        (report.pairs, report.hidden_pairs) = (shared.pairs / 2, shared.hidden / 2);
    }
    let (recipe, kernel) = workshop.kernel_or_heat_flow(&choice.recipe);
    if recipe != choice.recipe && !sparse.is_empty() {
        // What was chosen with another kernel would not fit this one.
        *report = LearnReport::default();
        return fit(catalog, public, options, &sparse, report);
    }
    let horizon = horizon_days(events, options.horizon);
    let mut kernel = options.heated(kernel, choice.heat, &graph, events.t_ref(), horizon);
    report.heat = choice.heat;
    let stand_ins = StandIns::new(&graph, &content, options.min_shops, &kernel);
    report.content_goods = stand_ins.put(&mut kernel, choice.trust);
    report.recipe = recipe.to_string();
    report.kernel_bytes = kernel.bytes();
    let background = background::unit(&graph, &kernel, catalog, options.min_shops);
    let background = background
        .iter()
        .map(|b| (b * choice.background) as f32)
        .collect();
    drop(workshop);
    Fitted {
        graph,
        recipe,
        kernel,
        background,
        heat: choice.heat,
        weights: choice.weights,
        calibration: choice.calibration,
    }
}

/// For goods that too few shops have, the goods that are like them.
struct StandIns(Vec<(u32, Vec<(u32, f64)>)>);

impl StandIns {
    /// None for a kernel without factors, which could not take them: finding them
    /// costs more than all else in a catalog of 100,000 goods.
    fn new(
        graph: &Graph,
        content: &Content,
        min_shops: u32,
        kernel: &Kernel,
    ) -> StandIns {
        if kernel.factors.is_none() {
            return StandIns(Vec::new());
        }
        let shown = graph.shown_goods(min_shops);
        let is_hidden = |row: &u32| shown.binary_search(row).is_err();
        let hidden: Vec<u32> = (0..graph.goods() as u32).filter(is_hidden).collect();
        let similar = content.similar(&hidden, &shown);
        StandIns(hidden.into_iter().zip(similar).collect())
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Gives them the factors of goods like them, as far as content is trusted,
    /// 0 to 1; how many.
    fn put(&self, kernel: &mut Kernel, trust: f64) -> usize {
        let Some(factors) = &mut kernel.factors else {
            return 0;
        };
        for (row, similar) in &self.0 {
            let part = |&(other, weight): &(u32, f64)| (other, trust * weight);
            let similar: Vec<(u32, f64)> = similar.iter().map(part).collect();
            factors.taken.set_mean(*row as usize, &similar);
        }
        self.0
            .iter()
            .filter(|(_, similar)| !similar.is_empty())
            .count()
    }
}

fn model(catalog: &Catalog, options: &LearnOptions, fitted: &Fitted) -> Model {
    Model {
        t_ref: catalog.events.t_ref(),
        currency: catalog.currency.clone(),
        exponent: catalog.exponent,
        min_shops: options.min_shops,
        kernel: fitted.kernel.form,
        tokeniser: goodsrank::search::TOKENISER,
        lambda: match fitted.recipe {
            Recipe::HeatFlow { lambda } => lambda,
            Recipe::Filter { lambda, .. } => lambda,
            Recipe::Regression { .. } => 0.0,
        },
        heat: fitted.heat,
        half_life_slow: HALF_LIFE_SLOW,
        half_life_fast: HALF_LIFE_FAST,
        profile: fitted.weights.clone(),
        calibration: fitted.calibration.clone(),
        price_sd: price_sd(catalog),
        events: catalog.events.list.len() as u64,
        shops: catalog.events.by_shop().count() as u64,
    }
}

/// Who stands behind the figures of each good.
fn backing(graph: &Graph) -> Vec<Backing> {
    (0..graph.goods()).map(|good| graph.backing(good)).collect()
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
