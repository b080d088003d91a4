//! The workshop: kernels of one history by recipe, sharing what can be shared.

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::fmt;

use goodsrank::shard::Kernel as Form;

use super::dense::Square;
use super::filter::{Filter, Flow};
use super::graph::{Graph, SharedShops};
use super::hybrid::hybrid;
use super::kernel::{Factors, Kernel, LIST_BYTES, SCALE_BYTES, neighbour_bytes};
use super::regression::{Newness, Regression, blend};

/// The most goods of the dense route, which holds seven matrices of all their
/// pairs at its height: 3 GB at the limit.
pub const DENSE_GOODS: usize = 7000;

/// λ where there is too little history to choose by.
pub const LAMBDA_UNASKED: f64 = 0.5;

/// How a kernel is made.
#[derive(Clone, Debug, PartialEq)]
pub enum Recipe {
    /// Heat flow between neighbours, 0 conduction to 1 mass diffusion.
    HeatFlow {
        /// λ
        lambda: f64,
    },
    /// Heat flow whose low frequencies are weighed anew, as factors, with
    /// neighbours for the others.
    Filter {
        /// λ
        lambda: f64,
        /// ρ
        ridge: f64,
    },
    /// Regression on what shops hold and newly adopt.
    Regression {
        /// What is newly adopted.
        newly: Newly,
        /// Whether neighbours go beside the factors.
        beside: bool,
        /// Likewise for short profiles, where they have factors of their own.
        young: Option<Newly>,
    },
}

/// How much the newly adopted counts beside what shops hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Newly {
    /// Days after which an adoption is half as new; several speak alike.
    pub half_lives: Vec<f64>,
    /// Share of the second target; 0 where only what shops hold counts.
    pub share: f64,
}

impl Recipe {
    /// Whether it is a candidate for catalogs that are too large to regress on.
    pub fn is_sparse(&self) -> bool {
        !matches!(self, Recipe::Regression { .. })
    }

    /// Whether it is one for the others: where there is a regression, filters
    /// were worse on every market measured.
    pub fn is_dense(&self) -> bool {
        !matches!(self, Recipe::Filter { .. })
    }

    /// The same, with factors of their own for short profiles; `None` where that
    /// would change nothing.
    pub fn with_young(&self, slow: &Newly) -> Option<Recipe> {
        let mut recipe = self.clone();
        match &mut recipe {
            Recipe::Regression { newly, young, .. } if newly != slow => {
                *young = Some(slow.clone());
                Some(recipe)
            }
            _ => None,
        }
    }
}

impl fmt::Display for Newly {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days: Vec<String> =
            self.half_lives.iter().map(|h| format!("{h:.0}")).collect();
        write!(f, "newly adopted × {}, {} days", self.share, days.join(" "))
    }
}

impl fmt::Display for Recipe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Recipe::HeatFlow { lambda } => write!(f, "heat flow, λ {lambda}"),
            Recipe::Filter { lambda, ridge } => {
                write!(f, "filtered heat flow, λ {lambda}, ρ {ridge}")
            }
            Recipe::Regression {
                newly,
                beside,
                young,
            } => {
                f.write_str("regression")?;
                if newly.share > 0.0 {
                    write!(f, ", {newly}")?;
                }
                f.write_str(if *beside { ", with neighbours" } else { "" })?;
                match young {
                    Some(young) => write!(f, "; young shops: {young}"),
                    None => Ok(()),
                }
            }
        }
    }
}

/// What a kernel may cost in the shard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Neighbours of each good on the sparse route.
    pub neighbours: usize,
    /// Factors of each good.
    pub factors: usize,
    /// Neighbours of each good beside its factors on the dense route.
    pub beside: usize,
    /// Likewise beside those of a filter, which has none for young shops.
    pub past: usize,
}

/// A good's factors are three rows of a byte each and a scale: given, given of
/// young shops, taken. A filter has no second.
const MATRICES: usize = 3;
const FILTER_MATRICES: usize = 2;
/// Three quarters of the budget are factors, what is left is neighbours; in
/// eighths, which is what a register holds.
const FACTORS_A_BYTE: f64 = 0.25;
const FACTOR_STEP: usize = 8;
const MAX_FACTORS: usize = 128;

impl Budget {
    /// What fits into so many bytes a good, in a catalog of so many goods.
    pub fn of_bytes(bytes: usize, goods: usize) -> Budget {
        let lists =
            |left: usize| left.saturating_sub(LIST_BYTES) / neighbour_bytes(goods);
        let share = (bytes as f64 * FACTORS_A_BYTE) as usize / FACTOR_STEP;
        let room = bytes.saturating_sub(LIST_BYTES + MATRICES * SCALE_BYTES)
            / MATRICES
            / FACTOR_STEP;
        let factors = (share.min(room) * FACTOR_STEP).clamp(FACTOR_STEP, MAX_FACTORS);
        let beside = |matrices: usize| {
            lists(bytes.saturating_sub(matrices * (factors + SCALE_BYTES)))
        };
        Budget {
            neighbours: lists(bytes).max(1),
            factors,
            beside: beside(MATRICES),
            past: beside(FILTER_MATRICES),
        }
    }
}

/// One history's kernels.
pub struct Workshop<'a> {
    graph: &'a Graph,
    min_shops: u32,
    budget: Budget,
    now: i64,
    shared: OnceCell<SharedShops>,
    filter: OnceCell<Option<Filter>>,
    dense: OnceCell<Option<Dense>>,
}

/// The dense route, over the goods that show.
struct Dense {
    rows: Vec<u32>,
    regression: Regression,
    held: Square,
    /// The newly adopted by half-lives, the last that were asked for.
    adopted: RefCell<Option<(Vec<f64>, Square)>>,
}

impl<'a> Workshop<'a> {
    /// A workshop for the history of a graph up to `now`.
    pub fn new(
        graph: &'a Graph,
        min_shops: u32,
        budget: Budget,
        now: i64,
    ) -> Workshop<'a> {
        Workshop {
            graph,
            min_shops,
            budget,
            now,
            shared: OnceCell::new(),
            filter: OnceCell::new(),
            dense: OnceCell::new(),
        }
    }

    /// How goods share shops.
    pub fn shared(&self) -> &SharedShops {
        self.shared
            .get_or_init(|| SharedShops::new(self.graph, self.min_shops))
    }

    /// The kernel of a recipe; `None` where the history is too thin for it.
    pub fn kernel(&self, recipe: &Recipe) -> Option<Kernel> {
        match recipe {
            Recipe::HeatFlow { lambda } => Some(Kernel {
                form: Form::Hybrid,
                neighbours: hybrid(
                    self.graph,
                    self.shared(),
                    *lambda,
                    self.budget.neighbours,
                ),
                factors: None,
            }),
            Recipe::Filter { lambda, ridge } => {
                let flow = Flow::new(self.graph, self.shared());
                let rank = self.budget.factors;
                let filter = || Filter::new(&flow, self.min_shops, rank);
                let filter = self.filter.get_or_init(filter).as_ref()?;
                Some(filter.kernel(&flow, *lambda, *ridge, self.budget.past))
            }
            Recipe::Regression {
                newly,
                beside,
                young,
            } => {
                let dense = self.dense.get_or_init(|| self.solve()).as_ref()?;
                let young = young.as_ref().map(|young| dense.whole(young, self.now));
                let whole = dense.whole(newly, self.now);
                let beside = if *beside { self.budget.beside } else { 0 };
                let kernel =
                    dense.ship(&whole, young.as_deref(), self.budget.factors, beside);
                Some(kernel.among(&dense.rows, self.graph.goods()))
            }
        }
    }

    /// Likewise, or heat flow where the history is too thin.
    pub fn kernel_or_heat_flow(&self, recipe: &Recipe) -> (Recipe, Kernel) {
        let flow = Recipe::HeatFlow {
            lambda: LAMBDA_UNASKED,
        };
        [recipe, &flow]
            .into_iter()
            .find_map(|recipe| Some((recipe.clone(), self.kernel(recipe)?)))
            .unwrap_or_else(|| (flow.clone(), Kernel::silent(self.graph.goods())))
    }

    fn solve(&self) -> Option<Dense> {
        let rows = self.graph.shown_goods(self.min_shops);
        if rows.len() < 2 || rows.len() > DENSE_GOODS {
            return None;
        }
        let regression = Regression::new(self.graph.of_goods(&rows), self.min_shops)?;
        let held = regression.held();
        Some(Dense {
            rows,
            regression,
            held,
            adopted: RefCell::default(),
        })
    }
}

impl Dense {
    /// The kernel before anything is cut.
    fn whole(&self, newly: &Newly, now: i64) -> Cow<'_, Square> {
        if newly.share == 0.0 {
            return Cow::Borrowed(&self.held);
        }
        let mut known = self.adopted.borrow_mut();
        let (_, adopted) = match known.take_if(|(days, _)| *days == newly.half_lives) {
            Some(found) => known.insert(found),
            None => {
                let half_lives = newly.half_lives.clone();
                let newness = Newness { now, half_lives };
                let adopted = self.regression.adopted(&newness);
                known.insert((newness.half_lives, adopted))
            }
        };
        Cow::Owned(blend(&self.held, adopted, newly.share))
    }

    /// Cuts a whole kernel to what ships.
    fn ship(
        &self,
        whole: &Square,
        young: Option<&Square>,
        rank: usize,
        beside: usize,
    ) -> Kernel {
        let gram = &self.regression.gram;
        let factors = Factors::of(whole, young, gram, rank);
        Kernel {
            form: Form::Linear,
            neighbours: factors.missed(whole, gram, beside),
            factors: Some(factors),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;

    const BUDGET: Budget = Budget {
        neighbours: 8,
        factors: 2,
        beside: 4,
        past: 4,
    };

    fn regression(beside: bool) -> Recipe {
        Recipe::Regression {
            newly: Newly::default(),
            beside,
            young: None,
        }
    }

    /// Six shops, of which shop s has the goods 0 to s, of so many goods.
    fn stairs(goods: usize) -> Graph {
        let events: Vec<_> = (0..6)
            .flat_map(|shop| (0..=shop).map(move |good| purchase(shop, good, 86_400)))
            .collect();
        Graph::new(&[false; 6], goods, &events)
    }

    #[test]
    fn too_few_goods_are_no_regression() {
        let graph = stairs(6);
        // Good 0 is in six shops, good 1 in five, good 2 in four.
        for (min_shops, possible) in [(4, true), (5, true), (6, false), (7, false)] {
            let workshop = Workshop::new(&graph, min_shops, BUDGET, 0);
            let kernel = workshop.kernel(&regression(false));
            assert_eq!(kernel.is_some(), possible, "{min_shops}");
        }
    }

    #[test]
    fn too_many_goods_are_no_regression_and_heat_flows_instead() {
        let shops = DENSE_GOODS + 1;
        let events: Vec<_> = (0..shops as u32).map(|n| purchase(n, n, 0)).collect();
        let graph = Graph::new(&vec![false; shops], shops, &events);
        let workshop = Workshop::new(&graph, 1, BUDGET, 0);
        assert_eq!(workshop.kernel(&regression(false)), None);
        let (recipe, kernel) = workshop.kernel_or_heat_flow(&regression(false));
        assert_eq!(recipe, Recipe::HeatFlow { lambda: 0.5 });
        assert_eq!((kernel.form, kernel.factors), (Form::Hybrid, None));
    }

    #[test]
    fn goods_that_do_not_show_say_and_take_nothing() {
        let graph = stairs(7);
        // Goods 3 to 5 are in three shops or fewer, good 6 in none.
        let workshop = Workshop::new(&graph, 4, BUDGET, 0);
        let kernel = workshop.kernel(&regression(true)).unwrap();
        let factors = kernel.factors.as_ref().unwrap();
        assert_eq!((kernel.form, factors.taken.scales.len()), (Form::Linear, 7));
        for good in 0..7 {
            let scales = [factors.given.scales[good], factors.taken.scales[good]];
            assert_eq!(scales.iter().all(|&s| s > 0.0), good < 3, "{good}");
            assert!(
                kernel.neighbours.rows[good]
                    .iter()
                    .all(|&to| good < 3 && to < 3)
            );
        }
        // A good that goes with others says so, whether by factors or beside.
        assert!(kernel.raw(&[(0, 1.0)])[1] > 0.0);
    }

    #[test]
    fn neighbours_go_beside_the_factors_where_the_recipe_says_so() {
        let graph = stairs(6);
        let workshop = Workshop::new(&graph, 1, BUDGET, 0);
        let neighbours =
            |beside: bool| workshop.kernel(&regression(beside)).unwrap().neighbours;
        assert!(neighbours(false).is_empty());
        let most = neighbours(true).rows.iter().map(Vec::len).max();
        assert_eq!(most, Some(BUDGET.beside));
    }

    #[test]
    fn a_filter_has_factors_and_neighbours_for_what_they_miss() {
        let graph = stairs(6);
        let recipe = Recipe::Filter {
            lambda: 0.5,
            ridge: 0.1,
        };
        let workshop = Workshop::new(&graph, 1, BUDGET, 0);
        let kernel = workshop.kernel(&recipe).unwrap();
        let factors = kernel.factors.as_ref().unwrap();
        assert_eq!(kernel.form, Form::Linear);
        assert_eq!(
            (factors.given.rank, &factors.young),
            (BUDGET.factors, &None)
        );
        let most = kernel.neighbours.rows.iter().map(Vec::len).max();
        assert_eq!(most, Some(BUDGET.past));
        // No pair of goods has seven shops: nothing flows that could be filtered.
        let hidden = Workshop::new(&graph, 7, BUDGET, 0);
        assert_eq!(hidden.kernel(&recipe), None);
        assert!(recipe.is_sparse() && !recipe.is_dense());
        assert!(!regression(true).is_sparse() && regression(true).is_dense());
    }

    #[test]
    fn short_profiles_have_factors_of_their_own_where_that_is_another_recipe() {
        let newly = |share: f64| Newly {
            half_lives: vec![30.0],
            share,
        };
        let recipe = |share: f64| Recipe::Regression {
            newly: newly(share),
            beside: false,
            young: None,
        };
        assert_eq!(recipe(1.0).with_young(&newly(1.0)), None);
        let flow = Recipe::HeatFlow { lambda: 0.5 };
        assert_eq!(flow.with_young(&newly(1.0)), None);
        let apart = recipe(2.0).with_young(&newly(1.0)).unwrap();
        let graph = stairs(6);
        let workshop = Workshop::new(&graph, 1, BUDGET, 86_400);
        let factors = |recipe: &Recipe| workshop.kernel(recipe).unwrap().factors.unwrap();
        assert_eq!(factors(&recipe(2.0)).young, None);
        let apart = factors(&apart);
        assert_ne!(apart.young.as_ref(), Some(&apart.given));
    }

    #[test]
    fn asking_for_half_lives_in_turn_changes_nothing() {
        let graph = stairs(6);
        let recipe = |days: f64| Recipe::Regression {
            newly: Newly {
                half_lives: vec![days],
                share: 1.0,
            },
            beside: false,
            young: None,
        };
        let now = 30 * 86_400;
        let shared = Workshop::new(&graph, 1, BUDGET, now);
        for days in [10.0, 10.0, 90.0, 10.0] {
            let alone = Workshop::new(&graph, 1, BUDGET, now);
            assert_eq!(shared.kernel(&recipe(days)), alone.kernel(&recipe(days)));
        }
    }

    #[test]
    fn a_budget_is_a_quarter_a_matrix_and_neighbours_with_the_rest() {
        let budget = |bytes, goods| {
            let budget = Budget::of_bytes(bytes, goods);
            [
                budget.factors,
                budget.neighbours,
                budget.beside,
                budget.past,
            ]
        };
        // Three rows of 64 and a scale leave 52 bytes, 8 of them for the list;
        // two leave 120.
        assert_eq!(
            budget(256, 1000),
            [64, (256 - 8) / 3, (52 - 8) / 3, (120 - 8) / 3]
        );
        // Rows past 65,536 take four bytes.
        assert_eq!(
            budget(256, 70_000),
            [64, (256 - 8) / 5, (52 - 8) / 5, (120 - 8) / 5]
        );
        // At least eight factors and one neighbour, at most 128 factors.
        assert_eq!(budget(16, 1000), [8, (16 - 8) / 3, 0, 0]);
        assert_eq!(budget(8, 1000), [8, 1, 0, 0]);
        assert_eq!(budget(4096, 1000)[0], 128);
    }

    #[test]
    fn recipes_are_told_in_words() {
        let slow = Newly {
            half_lives: vec![9.4, 40.0],
            share: 1.0,
        };
        assert_eq!(
            Recipe::HeatFlow { lambda: 0.3 }.to_string(),
            "heat flow, λ 0.3"
        );
        assert_eq!(
            Recipe::Filter {
                lambda: 0.8,
                ridge: 0.1
            }
            .to_string(),
            "filtered heat flow, λ 0.8, ρ 0.1"
        );
        assert_eq!(regression(false).to_string(), "regression");
        let recipe = Recipe::Regression {
            newly: Newly {
                half_lives: vec![22.0],
                share: 2.0,
            },
            beside: true,
            young: Some(slow),
        };
        assert_eq!(
            recipe.to_string(),
            "regression, newly adopted × 2, 22 days, with neighbours; young shops: newly adopted \
             × 1, 9 40 days"
        );
    }
}
