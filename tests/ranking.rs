//! Rankings: against the naive oracle, and one by one with the reason.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Catalog, Good, catalog};
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::rules::Rules;
use goodsrank::{Engine, Query};
use proptest::prelude::*;

fn ids(catalog: &Catalog, profile: &Profile, query: &Query) -> Vec<String> {
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(profile, query).unwrap();
    ranking
        .goods
        .iter()
        .map(|&row| catalog.goods[row as usize].id.clone())
        .collect()
}

fn sells(rows: &[u32]) -> Profile {
    Profile::from_weights(rows.iter().map(|&row| (row, 1.0)).collect())
}

fn fit() -> Query {
    Query {
        policy: Policy::FIT,
        ..Query::default()
    }
}

#[test]
fn fit_follows_the_neighbours_then_the_background_then_the_id() {
    let mut catalog = catalog();
    catalog.goods[5].background = 0.002;
    let expected = [
        "g2", // neighbour of g1, weight 255
        "g3", // neighbour of g1, weight 100
        "g6", // no neighbour, but a greater background
        "g4", // no neighbour, ties with g5 and has the smaller id
        "g5",
    ];
    assert_eq!(ids(&catalog, &sells(&[0]), &fit()), expected);
}

#[test]
fn more_goods_that_point_at_a_good_lift_it() {
    // g1 and g4 both follow from g3; g1 follows from g2 as well.
    let expected = ["g1", "g4", "g5", "g6"];
    assert_eq!(ids(&catalog(), &sells(&[1, 2]), &fit()), expected);
}

#[test]
fn a_shop_without_goods_is_ranked_by_temperature() {
    let catalog = catalog();
    let expected = [
        "g3", // hottest
        "g1", "g4", // as warm as g6, smaller id
        "g6", "g2", "g5", // coldest
    ];
    assert_eq!(
        ids(&catalog, &Profile::default(), &Query::default()),
        expected
    );
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(&Profile::default(), &Query::default()).unwrap();
    assert_eq!(ranking.known, 0, "and says so");
    assert!(ranking.is_unknown(0, Term::Fit) && ranking.is_unknown(0, Term::PriceFit));
}

#[test]
fn a_usual_price_beats_an_unusual_one() {
    let mut catalog = catalog();
    let price_fit = Policy {
        fit: 0.0,
        temperature: 0.0,
        price_fit: 1.0,
    };
    catalog.goods[3].price = 3_600; // as g3
    catalog.goods[4].category = "home/kitchen";
    catalog.goods[4].price = 90_000;
    let query = Query {
        policy: price_fit,
        ..Query::default()
    };
    let order = ids(&catalog, &sells(&[2]), &query);
    let place = |id: &str| order.iter().position(|o| o == id).unwrap();
    assert!(
        place("g4") < place("g5"),
        "a shop of cheap kitchenware: {order:?}"
    );
}

#[test]
fn what_is_unknown_is_zero_and_says_so() {
    let catalog = catalog();
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(&sells(&[0]), &Query::default()).unwrap();
    let honey = ranking.goods.iter().position(|&row| row == 4).unwrap();
    assert!(
        ranking.is_unknown(honey, Term::PriceFit),
        "honey has no price"
    );
    assert_eq!(ranking.terms[Term::PriceFit as usize][honey], 0);
    assert!(!ranking.is_unknown(honey, Term::Fit));
}

#[test]
fn rules_leave_what_they_say() {
    let rules = |rules: Rules| {
        let query = Query { rules, ..fit() };
        let mut left = ids(&catalog(), &sells(&[0]), &query);
        left.sort();
        left
    };
    let list = |s: &str| Some(vec![s.to_owned()]);
    let base = Rules::default();
    let cases = [
        (base.clone(), vec!["g2", "g3", "g4", "g5", "g6"]), // g1 is sold
        (
            Rules {
                include_sold: true,
                ..base.clone()
            },
            vec!["g1", "g2", "g3", "g4", "g5", "g6"],
        ),
        (
            Rules {
                categories: list("food"),
                ..base.clone()
            },
            vec!["g2", "g5"],
        ), // and food/tea
        (
            Rules {
                categories: list("food/tea"),
                ..base.clone()
            },
            vec!["g2"],
        ),
        (
            Rules {
                suppliers: list("p2"),
                ..base.clone()
            },
            vec!["g3", "g4"],
        ),
        (
            Rules {
                price_min: Some(9_900.0),
                ..base.clone()
            },
            vec!["g2", "g4"],
        ),
        (
            Rules {
                price_max: Some(9_900.0),
                ..base.clone()
            },
            vec!["g2", "g3", "g6"],
        ), // g5 unknown
        (
            Rules {
                text: Some("tea".into()),
                ..base.clone()
            },
            vec!["g2", "g3", "g4"],
        ),
        (
            Rules {
                text: Some("tea tr".into()),
                ..base.clone()
            },
            vec!["g4"],
        ), // half typed
        (
            Rules {
                text: Some("大红".into()),
                include_sold: true,
                ..base.clone()
            },
            vec!["g1"],
        ),
        (
            Rules {
                text: Some("袍".into()),
                include_sold: true,
                ..base.clone()
            },
            vec!["g1"],
        ),
        (
            Rules {
                text: Some("红大".into()),
                include_sold: true,
                ..base.clone()
            },
            vec![],
        ),
        (
            Rules {
                text: Some(" - ".into()),
                ..base.clone()
            },
            vec!["g2", "g3", "g4", "g5", "g6"],
        ),
        (
            Rules {
                only: Some(vec!["g6".into(), "nope".into()]),
                ..base.clone()
            },
            vec!["g6"],
        ),
    ];
    for (rule, expected) in cases {
        assert_eq!(rules(rule.clone()), expected, "{rule:?}");
    }
}

#[test]
fn a_rule_that_names_nothing_says_so() {
    let engine = Engine::open(catalog().shard()).unwrap();
    let error = |rules: Rules| {
        let query = Query { rules, ..fit() };
        engine.rank(&sells(&[0]), &query).unwrap_err().to_string()
    };
    let base = Rules::default();
    assert_eq!(
        error(Rules {
            categories: Some(vec!["foo".into()]),
            ..base.clone()
        }),
        "bad query: rules.categories: expected category paths of the shard, found \"foo\""
    );
    assert_eq!(
        error(Rules {
            suppliers: Some(vec!["".into()]),
            ..base.clone()
        }),
        "bad query: rules.suppliers: expected supplier ids of the shard, found \"\""
    );
    assert_eq!(
        error(Rules {
            price_min: Some(f64::NAN),
            ..base.clone()
        }),
        "bad query: rules.priceMin: expected minor units, 0 or more, found NaN"
    );
    assert_eq!(
        error(Rules {
            price_min: Some(5.0),
            price_max: Some(4.0),
            ..base
        }),
        "bad query: rules.priceMin: expected a price that is not above rules.priceMax, found 5 \
         above 4"
    );
}

#[test]
fn because_names_the_goods_that_speak() {
    let catalog = catalog();
    let engine = Engine::open(catalog.shard()).unwrap();
    let because = engine.because(&sells(&[1, 2]), 0).unwrap();
    let named: Vec<(&str, f64)> =
        because.iter().map(|b| (b.id.as_str(), b.share)).collect();
    assert_eq!(named, [("g2", 200.0 / 320.0), ("g3", 120.0 / 320.0)]);
    assert_eq!(because[0].title, "Longjing green tea 100 g");
}

#[test]
fn a_public_shop_is_ranked_by_its_id() {
    let engine = Engine::open(catalog().shard()).unwrap();
    let profile = engine.public_profile("s2").unwrap();
    assert_eq!(profile.weights(), [(1, 0.5), (2, 2.0)]);
    assert_eq!(
        engine.public_profile("s3").unwrap_err().to_string(),
        "unknown shop \"s3\": it is not among the shard's public shops; give its sales instead, \
         or build with --publish-shops"
    );
}

/// Any small catalog: a few goods with any columns and any graph.
fn any_catalog() -> impl Strategy<Value = Catalog> {
    let good = (
        prop::sample::select(vec!["", "a", "a/b", "c"]),
        prop::sample::select(vec![0, 1, 100, 350, 99_999]),
        any::<i16>(),
        0f32..0.1,
        prop::collection::btree_map(0u32..8, 1u8.., 0..6),
        0f32..0.01,
    );
    let good = good.prop_map(
        |(category, price, temperature, background, neighbours, scale)| Good {
            category,
            price,
            temperature,
            background,
            neighbours: neighbours.into_iter().collect(),
            scale,
            ..Good::default()
        },
    );
    prop::collection::vec(good, 8).prop_map(|mut goods| {
        for (i, good) in goods.iter_mut().enumerate() {
            (good.id, good.title) = (format!("g{i}"), format!("good {i}"));
        }
        Catalog {
            goods,
            shops: Vec::new(),
            model: common::model(),
        }
    })
}

fn any_profile() -> impl Strategy<Value = Profile> {
    prop::collection::btree_map(0u32..8, 0.01f32..9.0, 0..8)
        .prop_map(|weights| Profile::from_weights(weights.into_iter().collect()))
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let weight = || prop::sample::select(vec![0.0, 0.25, 1.0, 3.7]);
    (weight(), weight(), weight()).prop_map(|(fit, temperature, price_fit)| Policy {
        fit,
        temperature,
        price_fit,
    })
}

proptest! {
    /// The engine against the definitions: the same goods in the same order
    /// with terms that differ by the last micro-nat at most, since the oracle
    /// adds its products in another order.
    #[test]
    fn the_engine_agrees_with_the_oracle(
        catalog in any_catalog(),
        profile in any_profile(),
        policy in any_policy(),
        limit in 1usize..10,
    ) {
        let engine = Engine::open(catalog.shard()).unwrap();
        let query = Query { rules: Rules::default(), policy, limit };
        let ranking = engine.rank(&profile, &query).unwrap();
        let oracle = catalog.oracle(&profile, &policy, |_| true);
        prop_assert_eq!(ranking.len(), oracle.len().min(limit));
        prop_assert_eq!(ranking.candidates, oracle.len());
        for i in 0..ranking.len() {
            let terms = |row: usize| oracle.iter().find(|(r, _)| *r == row).unwrap().1;
            let expected = terms(ranking.goods[i] as usize);
            for (term, value) in expected.into_iter().enumerate() {
                let found = ranking.terms[term][i];
                prop_assert!((found - value).abs() <= 1, "{} {} {}", term, found, value);
            }
            let score = |terms: [i32; 3]| terms.iter().map(|&t| i64::from(t)).sum::<i64>();
            let gap = ranking.scores[i] - score(terms(oracle[i].0));
            prop_assert!(gap.abs() <= 3, "place {} by {}", i, gap);
        }
    }

    /// Shown terms add up to the score, and a ranking is a ranking: no good
    /// twice, scores descend, equal scores ascend by id, nothing sold.
    #[test]
    fn a_ranking_is_in_order_and_adds_up(
        catalog in any_catalog(),
        profile in any_profile(),
        policy in any_policy(),
    ) {
        let engine = Engine::open(catalog.shard()).unwrap();
        let query = Query { policy, ..Query::default() };
        let ranking = engine.rank(&profile, &query).unwrap();
        for i in 0..ranking.len() {
            let sum: i64 = ranking.terms.iter().map(|column| i64::from(column[i])).sum();
            prop_assert_eq!(ranking.scores[i], sum);
            prop_assert!(profile.weights().iter().all(|&(row, _)| row != ranking.goods[i]));
            if i > 0 {
                let (a, b) = (ranking.scores[i - 1], ranking.scores[i]);
                prop_assert!(a > b || a == b && ranking.goods[i - 1] < ranking.goods[i]);
            }
        }
    }
}
