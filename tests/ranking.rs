//! Rankings: against the naive oracle, and one by one with the reason.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Catalog, Factors, Good, Shop, catalog, linear, ruled};
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::rules::{Rule, Rules};
use goodsrank::shard::{Calibration, Kernel};
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
    let price_fit = Policy::of(&[(Term::PriceFit, 1.0)]);
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
    let base = Rules::default();
    let cases = [
        (base.clone(), vec!["g2", "g3", "g4", "g5", "g6"]), // g1 is sold
        (
            ruled([(Rule::IncludeSold, true.into())]),
            vec!["g1", "g2", "g3", "g4", "g5", "g6"],
        ),
        (
            ruled([(Rule::Categories, ["food"].into())]),
            vec!["g2", "g5"],
        ), // and food/tea
        (ruled([(Rule::Categories, ["food/tea"].into())]), vec!["g2"]),
        (ruled([(Rule::Suppliers, ["p2"].into())]), vec!["g3", "g4"]),
        (ruled([(Rule::PriceMin, 9_900.0.into())]), vec!["g2", "g4"]),
        (
            ruled([(Rule::PriceMax, 9_900.0.into())]),
            vec!["g2", "g3", "g6"],
        ), // g5 unknown
        (ruled([(Rule::Text, "tea".into())]), vec!["g2", "g3", "g4"]),
        (ruled([(Rule::Text, "tea tr".into())]), vec!["g4"]), // half typed
        (
            ruled([
                (Rule::Text, "大红".into()),
                (Rule::IncludeSold, true.into()),
            ]),
            vec!["g1"],
        ),
        (
            ruled([(Rule::Text, "袍".into()), (Rule::IncludeSold, true.into())]),
            vec!["g1"],
        ),
        (
            ruled([
                (Rule::Text, "红大".into()),
                (Rule::IncludeSold, true.into()),
            ]),
            vec![],
        ),
        (
            ruled([(Rule::Text, " - ".into())]),
            vec!["g2", "g3", "g4", "g5", "g6"],
        ),
        (ruled([(Rule::Only, ["g6", "nope"].into())]), vec!["g6"]),
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
    assert_eq!(
        error(ruled([(Rule::Categories, ["foo"].into())])),
        "bad query: rules.categories: expected category paths of the shard, found \"foo\""
    );
    assert_eq!(
        error(ruled([(Rule::Suppliers, [""].into())])),
        "bad query: rules.suppliers: expected supplier ids of the shard, found \"\""
    );
    assert_eq!(
        error(ruled([(Rule::PriceMin, f64::NAN.into())])),
        "bad query: rules.priceMin: expected minor units, 0 or more, found NaN"
    );
    assert_eq!(
        error(ruled([
            (Rule::PriceMin, 5.0.into()),
            (Rule::PriceMax, 4.0.into())
        ])),
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

/// Ids and shares of the goods behind the good in `row`.
fn because(catalog: &Catalog, profile: &Profile, row: u32) -> Vec<(String, f64)> {
    let engine = Engine::open(catalog.shard()).unwrap();
    let because = engine.because(profile, row).unwrap();
    because.into_iter().map(|b| (b.id, b.share)).collect()
}

/// The catalog of 1.1 without neighbours, and with one factor of these values
/// at equal scales: given by the goods, and taken by g6, which is in row 5.
fn one_factor(given: [i8; 6], taken: i8) -> Catalog {
    let mut catalog = linear();
    for (good, given) in catalog.goods.iter_mut().zip(given) {
        good.neighbours.clear();
        good.given = Factors::new(&[given], 0.01);
        good.young = Factors::default();
        good.taken = Factors::new(&[taken], 0.01);
    }
    catalog
}

fn near(found: &[(String, f64)], expected: &[(&str, f64)]) {
    let is_near = |((id, share), other): (&(String, f64), &(&str, f64))| {
        id == other.0 && (share - other.1).abs() < 1e-6 // scales are f32
    };
    let all = found.len() == expected.len() && found.iter().zip(expected).all(is_near);
    assert!(all, "{found:?} {expected:?}");
}

#[test]
fn because_shows_goods_that_speak_against_below_zero() {
    // For g6: g1 gives 30 · 5, g2 10 · 5, g3 -20 · 5, g4 nothing. The goods for
    // it sum to 200, and g3 is louder than g2.
    let catalog = one_factor([30, 10, -20, 0, 0, 0], 5);
    near(
        &because(&catalog, &sells(&[0, 1, 2, 3]), 5),
        &[("g1", 0.75), ("g3", -0.5), ("g2", 0.25)],
    );
    // What takes the opposite turns every sign: g3 alone speaks for it.
    let catalog = one_factor([30, 10, -20, 0, 0, 0], -5);
    near(
        &because(&catalog, &sells(&[0, 1, 2, 3]), 5),
        &[("g1", -1.5), ("g3", 1.0), ("g2", -0.5)],
    );
    // None for it: there is nothing to be a share of.
    near(
        &because(&catalog, &sells(&[0, 1]), 5),
        &[("g1", -1.0), ("g2", -1.0)],
    );
    // A weight counts like so many goods: g2 now gives 4 · 10 · 5.
    let catalog = one_factor([30, 10, -20, 0, 0, 0], 5);
    let profile = Profile::from_weights(vec![(0, 1.0), (1, 4.0)]);
    near(
        &because(&catalog, &profile, 5),
        &[("g2", 4.0 / 7.0), ("g1", 3.0 / 7.0)],
    );
}

#[test]
fn because_adds_a_goods_neighbours_to_its_factors() {
    // g1 gives g6 10 · 5 by factors, in hundredths of hundredths, and 5 · .01
    // against it as a neighbour: -.045 in all. g2 gives .005.
    let mut catalog = one_factor([10, 10, 0, 0, 0, 0], 5);
    catalog.goods[0].neighbours = vec![(5, -5)];
    catalog.goods[0].scale = 0.01;
    near(
        &because(&catalog, &sells(&[0, 1]), 5),
        &[("g1", -9.0), ("g2", 1.0)],
    );
}

#[test]
fn because_follows_the_young_factors_of_shops_that_have_told_little() {
    // g1 speaks for g6 by its factors and against it by its young ones; g2 says
    // as much in both.
    let mut catalog = one_factor([30, 30, 0, 0, 0, 0], 5);
    for (good, young) in catalog.goods.iter_mut().zip([-30, 30, 0, 0, 0, 0]) {
        good.young = Factors::new(&[young], 0.01);
    }
    let profile = |w| Profile::from_weights(vec![(0, w), (1, w)]);
    // Twenty goods: half young, so g1 takes back all it says.
    near(&because(&catalog, &profile(10.0), 5), &[("g2", 1.0)]);
    // Forty goods: a fifth young, so g1 says .8 - .2 of what g2 says.
    near(
        &because(&catalog, &profile(20.0), 5),
        &[("g2", 1.0 / 1.6), ("g1", 0.6 / 1.6)],
    );
    // Neighbours go with the grown: at twenty goods half of -60 · .005.
    catalog.goods[0].neighbours = vec![(5, -60)];
    catalog.goods[0].scale = 0.005;
    let g2 = 10.0 * 30.0 * 5.0 * 0.01 * 0.01;
    near(
        &because(&catalog, &profile(10.0), 5),
        &[("g1", -10.0 * 0.5 * 60.0 * 0.005 / g2), ("g2", 1.0)],
    );
}

#[test]
fn a_linear_kernel_adds_up_what_goods_give() {
    let catalog = linear();
    let order = |rows: &[u32]| ids(&catalog, &sells(rows), &fit());
    // Tea: g1 is its neighbour; honey goes with tea, kitchenware does not, and
    // the neighbour weight of -127 puts g4 behind g6, of which nothing is known.
    assert_eq!(order(&[1]), ["g1", "g5", "g3", "g6", "g4"]);
    // The more tea, the surer of honey: a sum, where a mean would stay.
    let engine = Engine::open(catalog.shard()).unwrap();
    let fit_of_honey = |weight: f32| {
        let profile = Profile::from_weights(vec![(0, weight)]);
        let ranking = engine.rank(&profile, &fit()).unwrap();
        let place = ranking.goods.iter().position(|&row| row == 4).unwrap();
        ranking.scores[place]
    };
    assert!(fit_of_honey(1.0) < fit_of_honey(2.0));
}

#[test]
fn the_background_fades_as_a_shop_tells_more() {
    // Goods that say nothing of each other: raw is the background alone.
    let mut catalog = one_factor([0; 6], 0);
    catalog.goods[5].background = 0.75;
    let engine = Engine::open(catalog.shard()).unwrap();
    let fit_of_g6 = |weight: f32| {
        let profile = Profile::from_weights(vec![(0, weight)]);
        let ranking = engine.rank(&profile, &fit()).unwrap();
        assert_eq!(ranking.goods[0], 5, "the greatest background");
        ranking.scores[0]
    };
    // ln P goes from -7 to -1 over raw 0 to 1.5. A prior of ten goods: beside
    // ten more half of .75 is left, beside thirty a quarter.
    assert_eq!(fit_of_g6(10.0), -5_500_000);
    assert_eq!(fit_of_g6(30.0), -6_250_000);
}

/// What an engine says of a profile that no file gives, but JS or Rust may.
fn is_sound(catalog: &Catalog, profile: &Profile) {
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(profile, &fit()).unwrap();
    assert_eq!(ranking.candidates, ranking.len());
    let floor = (catalog.model.calibration.floor * 1e6) as i64;
    for (i, score) in ranking.scores.iter().enumerate() {
        // Temperature stands in where there is no profile.
        let is_ln_p = profile.is_empty() || (floor..=0).contains(score);
        assert!(is_ln_p, "{profile:?}: {score}");
        let because = engine.ranked_good(&ranking, profile, i).unwrap().because;
        assert!(because.iter().all(|b| b.share.is_finite()), "{because:?}");
    }
}

#[test]
fn odd_profiles_have_finite_scores() {
    for catalog in [catalog(), linear()] {
        for weight in [1e9, 1e-30, f32::MIN_POSITIVE, f32::MAX] {
            is_sound(&catalog, &Profile::from_weights(vec![(0, weight)]));
            let both = vec![(1, 1.0), (2, weight)];
            is_sound(&catalog, &Profile::from_weights(both));
        }
        is_sound(&catalog, &Profile::default());
        is_sound(&catalog, &sells(&[5])); // says nothing of any good
        is_sound(&catalog, &sells(&[0, 1, 1, 1, 4]));
        let engine = Engine::open(catalog.shard()).unwrap();
        let all = sells(&[0, 1, 2, 3, 4, 5]);
        assert!(engine.rank(&all, &fit()).unwrap().is_empty());
    }
}

#[test]
fn a_good_that_is_named_twice_speaks_twice() {
    for catalog in [catalog(), linear()] {
        let engine = Engine::open(catalog.shard()).unwrap();
        let twice = sells(&[1, 1, 2]);
        let once = Profile::from_weights(vec![(1, 2.0), (2, 1.0)]);
        let rank = |profile: &Profile| engine.rank(profile, &fit()).unwrap().scores;
        assert_eq!(rank(&twice), rank(&once));
    }
}

/// The shops for a good, best first.
fn shops_for(catalog: &Catalog, row: u32) -> Vec<String> {
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank_shops(row, 100).unwrap();
    let id = |&shop: &u32| catalog.shops[shop as usize].id.clone();
    ranking.shops.iter().map(id).collect()
}

#[test]
fn shops_follow_those_that_have_the_good() {
    // g1 is in s1 and s4, shops of tea. s2, half tea, follows before s3.
    assert_eq!(shops_for(&linear(), 0), ["s2", "s3"]);
    // g4 is in s3 alone, a kitchen: s2 has kitchenware, s1 tea, s4 is against.
    assert_eq!(shops_for(&linear(), 3), ["s2", "s1", "s4"]);
}

#[test]
fn a_good_that_no_shop_has_goes_where_the_shops_own_goods_speak_for_it() {
    let mut catalog = linear();
    // A new tea, like g1 in what it takes.
    catalog.goods[5].taken = catalog.goods[0].taken.clone();
    // s4 has two teas and honey; s2 a tea and a cup, which in a small shop says
    // a little for it, s1 one tea; s3 kitchenware alone.
    assert_eq!(shops_for(&catalog, 5), ["s4", "s2", "s1", "s3"]);
    // A shard without factors of shops asks the shops' goods for every good.
    catalog.shop_calibration = None;
    assert_eq!(shops_for(&catalog, 5), ["s4", "s2", "s1", "s3"]);
    assert_eq!(shops_for(&catalog, 0), ["s2", "s3"]);
}

#[test]
fn a_hybrid_shard_ranks_shops_by_the_fit_that_each_shop_would_see() {
    let catalog = catalog();
    let engine = Engine::open(catalog.shard()).unwrap();
    for row in 0..6 {
        let ranking = engine.rank_shops(row, 100).unwrap();
        for (&shop, &score) in ranking.shops.iter().zip(&ranking.scores) {
            let id = &catalog.shops[shop as usize].id;
            let profile = engine.public_profile(id).unwrap();
            let goods = engine.rank(&profile, &fit()).unwrap();
            let place = goods.goods.iter().position(|&good| good == row).unwrap();
            assert!((goods.scores[place] - score).abs() <= 1, "{id} {row}");
        }
    }
}

#[test]
fn shops_that_have_the_good_are_no_candidates_and_ties_go_to_the_smaller_id() {
    let mut catalog = linear();
    for shop in &mut catalog.shops {
        shop.taken = Factors::new(&[0; 3], 0.0);
        shop.background = 0.0;
    }
    let engine = Engine::open(catalog.shard()).unwrap();
    // g2 is in s2 and s4; of the others none is better than another.
    let ranking = engine.rank_shops(1, 100).unwrap();
    assert_eq!((&ranking.shops[..], ranking.candidates), (&[0, 2][..], 2));
    assert_eq!(ranking.scores, [-6_000_000; 2], "raw 0 is the second knot");
    let ranking = engine.rank_shops(1, 1).unwrap();
    assert_eq!((&ranking.shops[..], ranking.candidates), (&[0][..], 2));
}

#[test]
fn a_good_that_every_shop_has_has_no_candidates() {
    let mut catalog = linear();
    catalog
        .shops
        .iter_mut()
        .for_each(|s| s.profile = vec![(2, 1.0)]);
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank_shops(2, 100).unwrap();
    assert_eq!((ranking.shops.len(), ranking.candidates), (0, 0));
    assert_eq!(
        goodsrank::shops::shop_table(&engine.ranked_shops("g3", 5).unwrap()),
        "rank  shop         fit  name\nevery public shop has the good, or it was withdrawn\n"
    );
}

#[test]
fn a_shop_of_no_goods_has_the_background() {
    let mut catalog = linear();
    catalog.shops[0].profile.clear();
    catalog.shop_calibration = None;
    catalog.goods[5].background = 0.75; // half way from -7 to -1
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank_shops(5, 1).unwrap();
    assert_eq!((ranking.shops[0], ranking.scores[0]), (0, -4_000_000));
}

#[test]
fn ranked_shops_are_shown_with_their_names() {
    let engine = Engine::open(linear().shard()).unwrap();
    let shops = engine.ranked_shops("g4", 2).unwrap();
    let shown: Vec<_> = shops
        .iter()
        .map(|s| (s.rank, s.id.as_str(), s.name.as_str()))
        .collect();
    assert_eq!(shown, [(1, "s2", ""), (2, "s1", "Lane tea house")]);
    assert_eq!(
        shops.iter().map(|s| s.score).collect::<Vec<_>>(),
        engine.rank_shops(3, 2).unwrap().scores
    );
}

#[test]
fn what_cannot_be_asked_of_a_good_says_so() {
    let engine = Engine::open(linear().shard()).unwrap();
    assert_eq!(
        engine.rank_shops(0, 0).unwrap_err().to_string(),
        "bad query: limit: expected a whole number from 1 to 10000, found 0"
    );
    assert_eq!(
        engine.ranked_shops("g7", 1).unwrap_err().to_string(),
        "unknown good \"g7\": the shard has no good of this id"
    );
    let mut catalog = linear();
    (catalog.shops, catalog.shop_calibration) = (Vec::new(), None);
    let engine = Engine::open(catalog.shard()).unwrap();
    assert_eq!(
        engine.rank_shops(0, 1).unwrap_err().to_string(),
        "bad query: good: expected a shard with public shops, as build --publish-shops makes, \
         found none"
    );
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
        prop::collection::btree_map(0u32..8, 1i16..=255, 0..6),
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
            shop_calibration: None,
            usual: None,
            speakers: None,
            model: common::model(),
        }
    })
}

fn any_factors(rank: usize) -> impl Strategy<Value = Factors> {
    let scale = prop_oneof![9 => 0f32..0.01, 1 => Just(0.0)];
    (prop::collection::vec(any::<i8>(), rank), scale)
        .prop_map(|(values, scale)| Factors { values, scale })
}

fn any_calibration() -> impl Strategy<Value = Calibration> {
    let knots = vec![(-0.3, -9.0), (0.0, -7.5), (0.2, -6.0), (2.0, -0.2)];
    let linear = Calibration {
        floor: -11.0,
        knots,
    };
    prop::sample::select(vec![linear, common::model().calibration])
}

/// Any small catalog of a linear kernel: factors or none, young ones or none,
/// neighbours for and against.
fn any_linear() -> impl Strategy<Value = Catalog> {
    let good = |(rank, has_young): (usize, bool)| {
        let young = if has_young { rank } else { 0 };
        let neighbours = prop::collection::btree_map(0u32..8, -127i16..=127, 0..4);
        let factors = (any_factors(rank), any_factors(young), any_factors(rank));
        (neighbours, factors)
    };
    let goods = (0usize..5, any::<bool>())
        .prop_flat_map(move |shape| prop::collection::vec(good(shape), 8));
    (any_catalog(), goods, any_calibration()).prop_map(
        |(mut catalog, goods, calibration)| {
            catalog.model.kernel = Kernel::Linear;
            catalog.model.calibration = calibration;
            for (good, (neighbours, factors)) in catalog.goods.iter_mut().zip(goods) {
                good.neighbours = neighbours.into_iter().filter(|n| n.1 != 0).collect();
                (good.given, good.young, good.taken) = factors;
            }
            catalog
        },
    )
}

/// Any catalog of either kernel with a few public shops, with factors of their
/// own or without.
fn any_market() -> impl Strategy<Value = Catalog> {
    let shop = |rank: usize| {
        let profile = prop::collection::btree_map(0u32..8, 0.01f32..9.0, 0..5)
            .prop_map(|profile| profile.into_iter().collect());
        (profile, any_factors(rank), any_factors(rank), 0f32..0.2)
    };
    let shops =
        (1usize..4).prop_flat_map(move |rank| prop::collection::vec(shop(rank), 1..7));
    let catalog = prop_oneof![any_catalog(), any_linear()];
    let calibration = prop::option::of(any_calibration());
    (catalog, shops, calibration).prop_map(|(mut catalog, shops, calibration)| {
        let shops = shops.into_iter().enumerate();
        let shop = |(i, (profile, given, taken, background))| Shop {
            id: format!("s{i}"),
            name: String::new(),
            profile,
            given,
            taken,
            background,
        };
        catalog.shops = shops.map(shop).collect();
        catalog.shop_calibration = calibration;
        catalog
    })
}

fn any_profile() -> impl Strategy<Value = Profile> {
    // Up to some dozens of goods' worth, so that shops young and grown are met.
    prop::collection::btree_map(0u32..8, 0.01f32..9.0, 0..8)
        .prop_map(|weights| Profile::from_weights(weights.into_iter().collect()))
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let weight = || prop::sample::select(vec![0.0, 0.25, 1.0, 3.7]);
    (weight(), weight(), weight()).prop_map(|(fit, temperature, price_fit)| {
        let price_fit = (Term::PriceFit, price_fit);
        Policy::of(&[
            (Term::Fit, fit),
            (Term::Temperature, temperature),
            price_fit,
        ])
    })
}

/// The engine against the definitions: the same goods in the same order with
/// terms that differ by the last micro-nat at most, since the oracle adds its
/// products in another order.
fn agrees_with_the_oracle(
    catalog: &Catalog,
    profile: &Profile,
    policy: Policy,
    limit: usize,
) -> Result<(), TestCaseError> {
    let engine = Engine::open(catalog.shard()).unwrap();
    let query = Query {
        policy,
        limit,
        ..Query::default()
    };
    let ranking = engine.rank(profile, &query).unwrap();
    let oracle = catalog.oracle(profile, &policy, |_| true);
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
    Ok(())
}

proptest! {
    #[test]
    fn the_engine_agrees_with_the_oracle(
        catalog in any_catalog(),
        profile in any_profile(),
        policy in any_policy(),
        limit in 1usize..10,
    ) {
        agrees_with_the_oracle(&catalog, &profile, policy, limit)?;
    }

    #[test]
    fn a_linear_kernel_agrees_with_the_oracle(
        catalog in any_linear(),
        profile in any_profile(),
        policy in any_policy(),
        limit in 1usize..10,
    ) {
        agrees_with_the_oracle(&catalog, &profile, policy, limit)?;
    }

    /// Likewise the other direction, in all its branches.
    #[test]
    fn shops_for_a_good_agree_with_the_oracle(
        catalog in any_market(),
        good in 0u32..8,
        limit in 1usize..8,
    ) {
        let engine = Engine::open(catalog.shard()).unwrap();
        let ranking = engine.rank_shops(good, limit).unwrap();
        let oracle = catalog.audience(good);
        prop_assert_eq!(ranking.candidates, oracle.len());
        prop_assert_eq!(ranking.shops.len(), oracle.len().min(limit));
        for i in 0..ranking.shops.len() {
            let shop = ranking.shops[i] as usize;
            let fit = oracle.iter().find(|(s, _)| *s == shop).unwrap().1;
            prop_assert!((ranking.scores[i] - i64::from(fit)).abs() <= 1);
            prop_assert!((ranking.scores[i] - i64::from(oracle[i].1)).abs() <= 1);
            if i > 0 {
                let (a, b) = (ranking.scores[i - 1], ranking.scores[i]);
                prop_assert!(a > b || a == b && ranking.shops[i - 1] < ranking.shops[i]);
            }
        }
    }

    /// Whatever a profile weighs, ln P is within the floor and 0.
    #[test]
    fn any_weights_have_finite_scores(
        catalog in any_linear(),
        rows in prop::collection::btree_set(0u32..8, 1..5),
        exponent in -37i32..38,
    ) {
        let weight = libm::exp10(f64::from(exponent)) as f32;
        let weights = rows.into_iter().map(|row| (row, weight)).collect();
        is_sound(&catalog, &Profile::from_weights(weights));
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

/// An engine from which goods were withdrawn.
fn without(catalog: &Catalog, ids: &[&str]) -> Engine<Vec<u8>> {
    let mut engine = Engine::open(catalog.shard()).unwrap();
    ids.iter().for_each(|id| engine.withdraw(id).unwrap());
    engine
}

#[test]
fn what_was_withdrawn_is_never_recommended_and_still_speaks() {
    let catalog = catalog();
    let rows = |engine: &Engine<Vec<u8>>, profile: &Profile, rules: &Rules| {
        let rules = rules.clone();
        let ranking = engine.rank(profile, &Query { rules, ..fit() }).unwrap();
        (ranking.goods, ranking.scores, ranking.removed)
    };
    let [all, none] = [&[][..], &["g2", "g1", "no good of the shard"]]
        .map(|ids| without(&catalog, ids));
    assert_eq!((all.withdrawn(), none.withdrawn()), (0, 2));
    let sets = [
        Rules::default(),
        ruled([(Rule::IncludeSold, true.into())]),
        ruled([(Rule::Only, ["g1", "g2", "g3"].into())]),
        ruled([
            (Rule::PriceMin, 1.0.into()),
            (Rule::Suppliers, ["p2"].into()),
        ]),
    ];
    for rules in &sets {
        for profile in [sells(&[]), sells(&[0]), sells(&[1, 2])] {
            let (goods, scores, _) = rows(&all, &profile, rules);
            let expected: Vec<(u32, i64)> = goods
                .into_iter()
                .zip(scores)
                .filter(|&(row, _)| row > 1)
                .collect();
            let (goods, scores, removed) = rows(&none, &profile, rules);
            assert_eq!(goods.into_iter().zip(scores).collect::<Vec<_>>(), expected);
            assert_eq!((removed[0].rule, removed[0].goods), ("withdrawn", 2));
        }
    }
}

#[test]
fn withdrawing_is_heard_by_what_was_asked_before() {
    let query = Query {
        rules: ruled([(Rule::Only, ["g2", "g3"].into())]),
        ..fit()
    };
    let mut engine = Engine::open(catalog().shard()).unwrap();
    assert_eq!(engine.rank(&sells(&[0]), &query).unwrap().goods, [1, 2]);
    engine.withdraw("g2").unwrap();
    assert_eq!(engine.rank(&sells(&[0]), &query).unwrap().goods, [2]);
    assert!(engine.is_withdrawn(1) && !engine.is_withdrawn(2));
}

#[test]
fn what_was_withdrawn_is_no_rule_to_give_up() {
    let query = Query {
        rules: ruled([(Rule::Only, ["g2"].into())]),
        ..fit()
    };
    let ranking = without(&catalog(), &["g2"])
        .rank(&sells(&[0]), &query)
        .unwrap();
    let relax = ranking.relax.unwrap();
    // g1 is sold and g2 withdrawn: four are left without the list.
    assert_eq!((relax.rule, relax.goods), ("only", 4));
    let all = ["g1", "g2", "g3", "g4", "g5", "g6"];
    let ranking = without(&catalog(), &all)
        .rank(&sells(&[0]), &query)
        .unwrap();
    assert_eq!((ranking.len(), ranking.relax), (0, None));
}

#[test]
fn no_shop_is_named_for_what_was_withdrawn() {
    let engine = without(&linear(), &["g2"]);
    let ranking = engine.rank_shops(1, 100).unwrap();
    assert_eq!((ranking.shops.len(), ranking.candidates), (0, 0));
    assert!(!engine.rank_shops(2, 100).unwrap().shops.is_empty());
}
