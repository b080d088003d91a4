//! Supply terms, risks and rules: against the definitions of `docs/model.md`, and
//! one by one with the reason.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Catalog, USUAL, catalog, ruled};
use goodsrank::channel::Channel;
use goodsrank::diversity::Diversity;
use goodsrank::heat::{Heat, Trend};
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::risk::Risk;
use goodsrank::rules::{Limit, Removed, Rule, Rules};
use goodsrank::shard::Section;
use goodsrank::{Engine, Query, Ranking};
use proptest::prelude::*;

/// Columns of six goods; 0 is unknown.
type Columns<'a> = &'a [(Section, [u64; 6])];

fn market(columns: Columns<'_>) -> (Catalog, Engine<Vec<u8>>) {
    let catalog = catalog();
    let mut writer = catalog.writer();
    writer.usual(&USUAL);
    for (section, values) in columns {
        writer.uints(*section, values);
    }
    let engine = Engine::open(writer.finish().unwrap()).unwrap();
    (catalog, engine)
}

/// Everything, in the shard's order of rows.
fn all(engine: &Engine<Vec<u8>>, query: &Query) -> Ranking {
    let rules = query.rules.clone().with(Rule::IncludeSold, true).unwrap();
    let query = Query {
        rules,
        ..query.clone()
    };
    engine.rank(&Profile::default(), &query).unwrap()
}

/// A term of every good with weight 1, nats; `None` is unknown.
fn nats(columns: Columns<'_>, term: Term, channel: Channel) -> Vec<Option<f64>> {
    let (_, engine) = market(columns);
    let query = Query {
        policy: Policy::of(&[(term, 1.0)]),
        channel,
        ..Query::default()
    };
    let ranking = all(&engine, &query);
    let mut out = vec![None; 6];
    for i in 0..ranking.len() {
        let value = f64::from(ranking.terms[term as usize][i]) / 1e6;
        let known = !ranking.is_unknown(i, term);
        assert!(known || value == 0.0, "unknown is neutral");
        out[ranking.goods[i] as usize] = known.then_some(value);
    }
    out
}

fn near(found: Option<f64>, expected: f64) {
    let found = found.expect("known");
    assert!((found - expected).abs() <= 0.0005, "{found} for {expected}");
}

#[test]
fn margin_is_what_is_left_beside_what_is_left_of_a_usual_sale() {
    // g1 and g6 of the catalog have prices; g5 has none.
    let columns: Columns<'_> = &[
        (Section::Returned, [30, 0, 0, 0, 0, 0]),
        (Section::ReturnCount, [90, 0, 0, 0, 0, 0]),
    ];
    let channel = Channel {
        markup: 1.0,
        commission: 0.05,
        payment: 0.01,
        landing: 0.1,
        shipping: 300.0,
        insurance: 0.0,
        return_cost: 800.0,
    };
    let (catalog, _) = market(columns);
    let net = |price: f64, back: f64| {
        (1.0 - back) * price * (2.0 * 0.94 - 1.1) - 300.0 - 800.0 * back
    };
    let found = nats(columns, Term::Margin, channel);
    let price = catalog.goods[0].price as f64;
    // Ten pieces of prior evidence: (30 + 10 · .1) / 100 come back.
    let typical = net(3000.0, 0.1);
    near(found[0], libm::log(net(price, 0.31) / typical));
    let other = catalog.goods[1].price as f64;
    near(found[1], libm::log(net(other, 0.1) / typical).max(-4.0));
    let honey = catalog.goods.iter().position(|g| g.price == 0).unwrap();
    assert_eq!(found[honey], None, "no price, no margin");
}

#[test]
fn a_sale_that_leaves_nothing_has_the_least_margin() {
    let channel = Channel {
        shipping: 2500.0,
        ..Channel::default()
    };
    let found = nats(&[], Term::Margin, channel);
    let (catalog, _) = market(&[]);
    let cheap = (0..6).filter(|&i| (1..2000).contains(&catalog.goods[i].price));
    let cheap: Vec<usize> = cheap.collect();
    assert!(!cheap.is_empty());
    for row in cheap {
        assert_eq!(found[row], Some(-4.0), "{row}");
    }
}

#[test]
fn supply_terms_meet_their_definitions() {
    let days: Columns<'_> = &[(Section::LeadTime, [1, 4, 7, 31, 0, 7])];
    let found = nats(days, Term::LeadTime, Channel::default());
    // One more than the days, so that 0 is unknown: 0, 3, 6 and 30 days.
    near(found[0], 0.5 * libm::log(7.0));
    near(found[1], 0.5 * libm::log(7.0 / 4.0));
    near(found[2], 0.0);
    near(found[3], 0.5 * libm::log(7.0 / 31.0));
    assert_eq!(found[4], None);

    let moq: Columns<'_> = &[
        (Section::Moq, [1, 10, 100, 10_000, 10, 0]),
        (Section::Demand, [1000, 1000, 1000, 10, 0, 1000]),
    ];
    let found = nats(moq, Term::Moq, Channel::default());
    // Ten pieces in 30 days: a tenth of a month, one, ten; then 100,000.
    near(found[0], libm::log(2.0) - libm::log1p(0.1));
    near(found[1], 0.0);
    near(found[2], libm::log(2.0) - libm::log1p(10.0));
    near(found[3], -4.0);
    assert_eq!(found[4..], [None, None]);

    let sellers: Columns<'_> = &[
        (Section::Sellers, [5, 20, 500, 0, 7, 7]),
        (Section::Repeats, [0; 6]),
    ];
    let found = nats(sellers, Term::Rivals, Channel::default());
    near(found[0], libm::log(21.0 / 6.0));
    near(found[1], 0.0);
    near(found[2], -3.0);
    assert_eq!(found[3], None, "fewer shops than the threshold say nothing");

    let place: Columns<'_> = &[(Section::PriceRank, [1, 64, 128, 255, 0, 2])];
    let found = nats(place, Term::PriceAdvantage, Channel::default());
    near(found[0], 0.375);
    near(found[1], 0.375); // within the cheapest quarter
    near(found[2], 1.0 - (0.5 - 0.25) / 0.75 - 0.625);
    near(found[3], -0.625);
    assert_eq!(found[4], None);
}

#[test]
fn rates_are_how_sure_they_are_and_badges_are_evidence() {
    let reviews: Columns<'_> = &[
        (Section::ReviewGood, [9, 900, 0, 0, 600, 0]),
        (Section::ReviewCount, [10, 1000, 10, 0, 1000, 0]),
        (Section::Endorsements, [0, 0, 0, 0, 0, 1]),
    ];
    let found = nats(reviews, Term::Reviews, Channel::default());
    let wilson = |k: f64, n: f64| {
        let z = 1.959_963_984_540_054_f64;
        let p = k / n;
        let centre = p + z * z / (2.0 * n);
        let spread = z * libm::sqrt(p * (1.0 - p) / n + z * z / (4.0 * n * n));
        (centre - spread) / (1.0 + z * z / n)
    };
    let nothing = wilson(9.0, 10.0);
    near(found[0], libm::log(wilson(18.0, 20.0) / nothing));
    near(found[1], libm::log(wilson(909.0, 1010.0) / nothing));
    near(found[2], libm::log(wilson(9.0, 20.0) / nothing));
    assert_eq!(found[3], None, "nobody said anything");
    near(found[5], libm::log(wilson(14.0, 15.0) / nothing));
    assert!(found[1] > found[0], "as good, and surer");
    assert!(
        found[4] < found[3].or(Some(0.0)),
        "surely bad is worse than unknown"
    );

    let returns: Columns<'_> = &[
        (Section::Returned, [0, 300, 0, 0, 0, 0]),
        (Section::ReturnCount, [1000, 1000, 0, 0, 0, 0]),
    ];
    let found = nats(returns, Term::Returns, Channel::default());
    near(found[0], libm::log(wilson(1009.0, 1010.0) / nothing));
    near(found[1], libm::log(wilson(709.0, 1010.0) / nothing));
}

#[test]
fn each_risk_names_itself() {
    let columns: Columns<'_> = &[
        (Section::BrandFlag, [1, 0, 0, 0, 0, 0]),
        (Section::Stock, [5, 1, 0, 9, 9, 9]),
        (Section::Returned, [0, 0, 90, 0, 0, 0]),
        (Section::ReturnCount, [9, 9, 200, 9, 9, 9]),
        (Section::Sellers, [9, 9, 9, 0, 0, 9]),
        (Section::Repeats, [0; 6]),
        (Section::ReviewGood, [0, 0, 0, 0, 10, 0]),
        (Section::ReviewCount, [0, 0, 0, 9, 10, 0]),
        (Section::Equivalents, [1, 1, 1, 1, 1, 0]),
    ];
    let (catalog, engine) = market(columns);
    let names = |row: usize| -> Vec<&str> {
        engine.risks(row).unwrap().iter().map(Risk::name).collect()
    };
    assert!(names(0).contains(&"brand"));
    assert!(names(1).contains(&"outOfStock"), "one more than none");
    assert!(!names(2).contains(&"outOfStock"), "not known is not out");
    assert!(names(2).contains(&"returns"));
    assert!(!names(0).contains(&"returns"), "none of nine");
    assert!(names(3).contains(&"thinEvidence"));
    assert!(!names(4).contains(&"thinEvidence"), "ten reviews are some");
    assert_eq!(names(5), ["singleSource"], "no other supplier has one");
    let suppliers: std::collections::BTreeSet<&str> =
        catalog.goods[..5].iter().map(|g| g.supplier).collect();
    assert!(suppliers.len() > 1 && !names(0).contains(&"singleSource"));
}

#[test]
fn the_published_rule_counts_what_is_met_less_what_is_risky() {
    let columns: Columns<'_> = &[
        (Section::MonthSales, [500, 499, 500, 0, 0, 0]),
        (Section::ReviewGood, [90, 90, 25, 84, 0, 0]),
        (Section::ReviewCount, [100, 100, 29, 100, 0, 0]),
        (Section::Sellers, [299, 300, 501, 0, 0, 0]),
        (Section::Repeats, [30, 29, 51, 0, 0, 0]),
        (Section::PickedUp, [90, 89, 100, 0, 0, 0]),
        (Section::PickUpCount, [100, 100, 100, 0, 0, 0]),
    ];
    let found = nats(columns, Term::Selection, Channel::default());
    assert_eq!(found[0], Some(5.0), "every line exactly on its edge");
    assert_eq!(found[1], Some(1.0), "the good rate alone");
    // Sales, repurchases and pick-up; too few reviews, too many sellers.
    assert_eq!(found[2], Some(3.0 - 2.0));
    assert_eq!(found[3], Some(-1.0), "84 of 100 are too few");
    assert_eq!(found[4], None, "nothing is known");
}

#[test]
fn an_old_shard_has_no_supply_terms_and_says_so() {
    let catalog = catalog();
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(&Profile::default(), &Query::default()).unwrap();
    for term in [Term::Margin, Term::Reviews, Term::LeadTime, Term::Rivals] {
        assert!(
            (0..ranking.len()).all(|i| ranking.is_unknown(i, term)),
            "{term:?}"
        );
    }
    for term in [Term::Trend, Term::Risk] {
        assert!(
            (0..ranking.len()).all(|i| !ranking.is_unknown(i, term)),
            "{term:?}"
        );
    }
}

fn rules_of(columns: Columns<'_>, rules: Rules) -> (Vec<u32>, Ranking) {
    let (_, engine) = market(columns);
    let query = Query {
        rules,
        ..Query::default()
    };
    let ranking = all(&engine, &query);
    let mut rows = ranking.goods.clone();
    rows.sort_unstable();
    (rows, ranking)
}

#[test]
fn rules_leave_what_they_say_and_count_what_they_took() {
    let columns: Columns<'_> = &[
        (Section::Moq, [1, 10, 100, 0, 10, 11]),
        (Section::LeadTime, [1, 4, 8, 31, 0, 7]),
        (Section::Stock, [1, 2, 0, 9, 9, 9]),
        (Section::ReviewGood, [0, 4, 4, 0, 0, 0]),
        (Section::ReviewCount, [0, 5, 4, 9, 0, 0]),
        // Days since 1970; the last event is on day 20,634.
        (Section::FirstSeen, [20_634, 20_627, 20_626, 1, 0, 20_000]),
        (Section::BrandFlag, [0, 0, 0, 0, 1, 0]),
    ];
    let cases: [(Rules, &[u32], &str); 8] = [
        (ruled([(Rule::MoqMax, 10.0.into())]), &[0, 1, 4], "moqMax"),
        (
            ruled([(Rule::LeadTimeMax, 6.0.into())]),
            &[0, 1, 5],
            "leadTimeMax",
        ),
        (
            ruled([(Rule::InStock, true.into())]),
            &[1, 3, 4, 5],
            "inStock",
        ),
        (
            ruled([(Rule::ReviewsMin, 5.0.into())]),
            &[1, 3],
            "reviewsMin",
        ),
        (
            ruled([(Rule::NewWithinDays, 7.0.into())]),
            &[0, 1],
            "newWithinDays",
        ),
        (
            ruled([(Rule::WithoutRisks, ["brand"].into())]),
            &[0, 1, 2, 3, 5],
            "withoutRisks",
        ),
        (
            ruled([(Rule::NotCategories, ["food"].into())]),
            &[2, 3],
            "notCategories",
        ),
        (
            ruled([(Rule::NotSuppliers, ["p1"].into())]),
            &[],
            "notSuppliers",
        ),
    ];
    let (catalog, _) = market(columns);
    for (rules, expected, rule) in cases {
        let expected: Vec<u32> = match rule {
            // By what the catalog says, good by good.
            "notCategories" => (0..6)
                .filter(|&i| !catalog.goods[i as usize].category.starts_with("food"))
                .collect(),
            "notSuppliers" => (0..6)
                .filter(|&i| catalog.goods[i as usize].supplier != "p1")
                .collect(),
            _ => expected.to_vec(),
        };
        let (rows, ranking) = rules_of(columns, rules);
        assert_eq!(rows, expected, "{rule}");
        let goods = 6 - expected.len();
        assert_eq!(ranking.removed, [Removed { rule, goods }]);
        assert_eq!(ranking.relax, None);
    }
}

#[test]
fn goods_are_left_by_brand_and_by_where_they_ship_to() {
    let mut writer = catalog().writer();
    writer.uints(Section::Brand, &[0, 1, 2, 1, 0, 2]);
    writer.strings(Section::BrandEnds, Section::Brands, &["", "b1", "b2"]);
    writer.uints(Section::ShipsTo, &[0, 1, 2, 3, 1, 2]);
    let lists = ["", "CN", "CN HK", "CN US-CA"];
    writer.strings(Section::DestinationEnds, Section::Destinations, &lists);
    let engine = Engine::open(writer.finish().unwrap()).unwrap();
    engine.shard().verify().unwrap();
    let info = engine.info().unwrap();
    assert_eq!(info.brands, ["b1", "b2"]);
    assert_eq!(info.destinations, ["CN", "HK", "US-CA"]);
    let query = |rule: Rule, limit: Limit| Query {
        rules: ruled([(rule, limit)]),
        ..Query::default()
    };
    let left = |rule: Rule, limit: Limit| {
        let mut rows = all(&engine, &query(rule, limit)).goods;
        rows.sort_unstable();
        rows
    };
    assert_eq!(left(Rule::Brands, ["b1"].into()), [1, 3]);
    assert_eq!(left(Rule::NotBrands, ["b1"].into()), [0, 2, 4, 5]);
    assert_eq!(
        left(Rule::ShipsTo, "CN".into()),
        [1, 2, 3, 4, 5],
        "g1 does not say"
    );
    assert_eq!(left(Rule::ShipsTo, "HK".into()), [2, 5]);
    assert_eq!(left(Rule::ShipsTo, "US-CA".into()), [3]);
    let error = |engine: &Engine<Vec<u8>>, rule: Rule, limit: Limit| {
        let ranking = engine.rank(&Profile::default(), &query(rule, limit));
        ranking.unwrap_err().to_string()
    };
    assert_eq!(
        error(&engine, Rule::ShipsTo, "US".into()),
        "bad query: rules.shipsTo: expected a destination of the shard, found \"US\""
    );
    // Where the catalog says nothing there is nothing to name.
    let (_, silent) = market(&[]);
    let nothing = |rule: Rule| all(&silent, &query(rule, Vec::new().into())).candidates;
    assert_eq!((nothing(Rule::Brands), nothing(Rule::NotBrands)), (0, 6));
    assert_eq!(
        error(&silent, Rule::NotBrands, ["b1"].into()),
        "bad query: rules.notBrands: expected brands of the shard, found \"b1\""
    );
    assert_eq!(
        error(&silent, Rule::ShipsTo, "CN".into()),
        "bad query: rules.shipsTo: expected a destination of the shard, found \"CN\""
    );
}

#[test]
fn a_rule_that_leaves_too_little_margin_takes_goods_away() {
    let rules = ruled([(Rule::MarginMin, 0.4.into())]);
    let (catalog, engine) = market(&[]);
    let query = |shipping: f64| Query {
        rules: rules.clone(),
        channel: Channel {
            shipping,
            ..Channel::default()
        },
        ..Query::default()
    };
    // Without shipping .9 · (2 · .97 - 1.05) / 2 = .4005 is left of every price.
    let priced = catalog.goods.iter().filter(|g| g.price > 0).count();
    assert_eq!(all(&engine, &query(0.0)).candidates, priced);
    // 100 of shipping leaves less than .4 of any price below 100,000.
    assert_eq!(all(&engine, &query(100.0)).candidates, 0);
}

#[test]
fn where_no_good_is_left_the_rule_to_relax_is_named() {
    let columns: Columns<'_> = &[
        (Section::Moq, [1, 10, 100, 0, 10, 11]),
        (Section::LeadTime, [1, 4, 8, 31, 0, 7]),
    ];
    let rules = ruled([
        (Rule::MoqMax, 1.0.into()),
        (Rule::LeadTimeMax, 30.0.into()),
        (Rule::Only, ["g2", "g3"].into()),
    ]);
    let (_, ranking) = rules_of(columns, rules);
    assert!(ranking.is_empty());
    let removed: Vec<(&str, usize)> =
        ranking.removed.iter().map(|r| (r.rule, r.goods)).collect();
    assert_eq!(removed, [("moqMax", 5), ("leadTimeMax", 1), ("only", 4)]);
    let relax = Removed {
        rule: "moqMax",
        goods: 2,
    };
    assert_eq!(ranking.relax, Some(relax), "g2 and g3 would be there");
}

#[test]
fn a_least_that_is_no_whole_number_is_the_next_one() {
    let columns: Columns<'_> = &[
        (Section::ReviewGood, [0, 4, 4, 0, 0, 0]),
        (Section::ReviewCount, [0, 5, 4, 9, 0, 0]),
    ];
    let left = |columns: Columns<'_>, least: f64| {
        rules_of(columns, ruled([(Rule::ReviewsMin, least.into())])).0
    };
    assert_eq!(left(columns, 4.5), [1, 3]);
    assert_eq!(left(columns, 0.0).len(), 6);
    assert_eq!(
        left(&[], 0.0).len(),
        6,
        "nobody counted, and none is enough"
    );
    assert_eq!(left(&[], 1.0).len(), 0);
}

#[test]
fn rules_that_make_no_sense_are_refused() {
    let (_, engine) = market(&[]);
    let error = |rules: Rules| {
        let query = Query {
            rules,
            ..Query::default()
        };
        let ranking = engine.rank(&Profile::default(), &query);
        ranking.unwrap_err().to_string()
    };
    assert_eq!(
        error(ruled([(Rule::MarginMin, 1.0.into())])),
        "bad query: rules.marginMin: expected a share of the retail price, below 1, found 1"
    );
    assert_eq!(
        error(ruled([(Rule::NotSuppliers, ["p9"].into())])),
        "bad query: rules.notSuppliers: expected supplier ids of the shard, found \"p9\""
    );
    assert_eq!(
        error(ruled([(Rule::MoqMax, f64::NAN.into())])),
        "bad query: rules.moqMax: expected a number, 0 or more, found NaN"
    );
}

proptest! {
    /// Better supply never ranks lower: each term is monotone in what it is of.
    #[test]
    fn terms_are_monotone(a in 1u64..5000, b in 1u64..5000, n in 1u64..3000) {
        let (low, high) = (a.min(b), a.max(b));
        let other = [low, high, low, low, low, low];
        let compare = |columns: Columns<'_>, term: Term| {
            let found = nats(columns, term, Channel::default());
            (found[0].unwrap(), found[1].unwrap())
        };
        let (fast, slow) = compare(&[(Section::LeadTime, other)], Term::LeadTime);
        prop_assert!(fast >= slow);
        let demand = (Section::Demand, [n; 6]);
        let (small, large) = compare(&[(Section::Moq, other), demand], Term::Moq);
        prop_assert!(small >= large);
        let repeats = (Section::Repeats, [0; 6]);
        let (few, many) = compare(&[(Section::Sellers, other), repeats], Term::Rivals);
        prop_assert!(few >= many);
        let of = [high; 6];
        let rates = |part: Section, whole: Section, term: Term| {
            compare(&[(part, other), (whole, of)], term)
        };
        let (worse, better) = rates(Section::ReviewGood, Section::ReviewCount, Term::Reviews);
        prop_assert!(worse <= better);
        let (worse, better) = rates(Section::Filled, Section::FillCount, Term::FillRate);
        prop_assert!(worse <= better);
        let (better, worse) = rates(Section::Returned, Section::ReturnCount, Term::Returns);
        prop_assert!(better >= worse);
    }

    /// What is shown adds up to the score, to the last micro-nat.
    #[test]
    fn all_terms_add_up(
        weights in prop::collection::vec(0f64..100.0, Term::COUNT),
        values in prop::collection::vec(0u64..300, 6),
    ) {
        let values: [u64; 6] = values.try_into().unwrap();
        let whole = values.map(|v| 2 * v);
        let columns: Columns<'_> = &[
            (Section::Moq, values), (Section::LeadTime, values), (Section::Demand, values),
            (Section::Sellers, values), (Section::Repeats, [0; 6]),
            (Section::ReviewGood, values), (Section::ReviewCount, whole),
            (Section::Returned, values), (Section::ReturnCount, whole),
            (Section::Filled, values), (Section::FillCount, whole),
            (Section::Stock, values),
        ];
        let (_, engine) = market(columns);
        let weights: Vec<(Term, f64)> = Term::ALL.into_iter().zip(weights).collect();
        let query = Query { policy: Policy::of(&weights), ..Query::default() };
        let profile = Profile::from_weights(vec![(0, 1.0)]);
        let ranking = engine.rank(&profile, &query).unwrap();
        for i in 0..ranking.len() {
            let sum: i64 = ranking.terms.iter().map(|term| i64::from(term[i])).sum();
            prop_assert_eq!(sum, ranking.scores[i]);
        }
        prop_assert!(ranking.scores.is_sorted_by(|a, b| a >= b));
    }
}

/// Ids shown, each with those behind it and its probability.
fn shown(
    columns: Columns<'_>,
    diversity: Diversity,
    limit: usize,
) -> Vec<(u32, Vec<u32>, f64)> {
    let (_, engine) = market(columns);
    let query = Query {
        policy: Policy::of(&[(Term::LeadTime, 1.0)]),
        diversity,
        limit,
        ..Query::default()
    };
    let ranking = engine.rank(&Profile::default(), &query).unwrap();
    (0..ranking.len())
        .map(|i| {
            (
                ranking.goods[i],
                ranking.behind[i].clone(),
                ranking.probabilities[i],
            )
        })
        .collect()
}

/// Goods 0 to 5 are the best in this order.
const IN_ORDER: (Section, [u64; 6]) = (Section::LeadTime, [1, 2, 3, 4, 5, 6]);

#[test]
fn goods_that_stand_for_each_other_are_one_row() {
    let columns: Columns<'_> = &[IN_ORDER, (Section::Equivalents, [1, 2, 1, 0, 2, 1])];
    let collapse = Diversity {
        collapse: true,
        ..Diversity::default()
    };
    let expected = [
        (0, vec![2, 5], 1.0), // the best offer of group 1
        (1, vec![4], 1.0),
        (3, vec![], 1.0), // stands for itself
    ];
    assert_eq!(shown(columns, collapse.clone(), 9), expected);
    assert_eq!(
        shown(columns, collapse, 2),
        expected[..2],
        "all behind, though full"
    );
}

#[test]
fn spread_is_what_a_shop_brings_beside_a_usual_good() {
    // Column: one more than 255 n.
    let columns: Columns<'_> = &[(Section::Spread, [1, 128, 255, 0, 0, 0])];
    let found = nats(columns, Term::Spread, Channel::default());
    near(found[0], -USUAL.spread);
    near(found[1], libm::log(255.0 / 128.0) - USUAL.spread);
    near(found[2], 2.0); // ln 255 is beyond the range
    assert_eq!(found[3..], [None; 3]);
    let (_, engine) = market(columns);
    let spread = |row| engine.good(row).unwrap().spread;
    assert_eq!((spread(0), spread(1)), (Some(1.0), Some(255.0 / 128.0)));
    assert_eq!(spread(3), None);
}

#[test]
fn season_is_the_category_in_the_thirty_days_after_the_last_event() {
    let (catalog, _) = market(&[]);
    let mut writer = catalog.writer();
    let paths = ["", "food", "food/tea", "home/kitchen"];
    // The last event is of 2026-06-30, so July counts: half of food's usual month,
    // twice tea's, and kitchenware is unknown.
    let row = |july| [[1045; 6].as_slice(), &[july], &[1045; 5]].concat();
    let factors = [vec![0; 12], row(500), row(2000), vec![0; 12]].concat();
    writer.uints(Section::Seasons, &factors);
    let engine = Engine::open(writer.finish().unwrap()).unwrap();
    assert!(
        !engine.shard().has(Section::Usual),
        "which season needs not"
    );
    let query = Query {
        policy: Policy::of(&[(Term::Season, 1.0)]),
        ..Query::default()
    };
    let ranking = all(&engine, &query);
    for i in 0..ranking.len() {
        let good = &catalog.goods[ranking.goods[i] as usize];
        let known = !ranking.is_unknown(i, Term::Season);
        let micro = ranking.terms[Term::Season as usize][i];
        match paths.iter().position(|path| *path == good.category) {
            Some(1) => near(Some(f64::from(micro) / 1e6), libm::log(0.5)),
            Some(2) => near(Some(f64::from(micro) / 1e6), libm::log(2.0)),
            _ => assert_eq!((micro, known), (0, false), "{}", good.id),
        }
    }
}

#[test]
fn evidence_counts_half_after_a_slow_half_life() {
    let today = 1_782_777_600 / 86_400;
    let rates = |part, whole, day| -> Vec<Option<f64>> {
        let columns: Columns<'_> = &[
            (Section::ReviewGood, [part; 6]),
            (Section::ReviewCount, [whole; 6]),
            (Section::EvidenceAt, day),
        ];
        nats(columns, Term::Reviews, Channel::default())
    };
    // The slow half-life is 90 days.
    let aged = rates(800, 800, [today - 90, today - 180, 0, today, today + 9, 1]);
    let as_new = |count| rates(count, count, [0; 6])[0];
    assert_eq!(aged[0], as_new(400));
    assert_eq!(aged[1], as_new(200));
    assert_eq!(aged[2], as_new(800), "unknown is new");
    assert_eq!([aged[3], aged[4]], [aged[2], aged[2]], "of the future too");
    near(aged[5], 0.0);
    let bad = rates(5, 20, [0, today - 90, 0, 0, 0, 0]);
    assert!(bad[0] < bad[1], "and what is bad is forgiven");
}

#[test]
fn a_catalog_says_how_hot_its_categories_and_shops_are() {
    let (catalog, engine) = market(&[]);
    let nothing = engine.info().unwrap();
    assert_eq!(nothing.category_heat, vec![None; nothing.categories.len()]);
    assert_eq!(nothing.shop_heat, vec![None; nothing.shops.len()]);
    let mut writer = catalog.writer();
    writer
        .i16s(
            Section::CategoryTemperature,
            &[i16::MIN, 500, i16::MIN, -20],
        )
        .i16s(
            Section::CategoryTemperatureFast,
            &[i16::MIN, 900, i16::MIN, 0],
        )
        .i16s(Section::ShopTemperature, &[100, -100])
        .i16s(Section::ShopTemperatureFast, &[-300, -100]);
    let engine = Engine::open(writer.finish().unwrap()).unwrap();
    let info = engine.info().unwrap();
    let heat = |temperature, trend| Some(Heat { temperature, trend });
    assert_eq!(info.categories, ["food", "food/tea", "home/kitchen"]);
    assert_eq!(
        info.category_heat,
        [heat(0.5, Trend::Heating), None, heat(-0.02, Trend::Steady)]
    );
    assert_eq!(
        info.shop_heat,
        [heat(0.1, Trend::Cooling), heat(-0.1, Trend::Steady)]
    );
}

#[test]
fn no_category_and_no_supplier_has_more_than_its_rows() {
    let (catalog, _) = market(&[]);
    let one = Diversity {
        per_category: 1,
        ..Diversity::default()
    };
    let mut categories = std::collections::BTreeSet::new();
    let expected: Vec<u32> = (0..6)
        .filter(|&i| categories.insert(catalog.goods[i as usize].category))
        .collect();
    let rows = |diversity| -> Vec<u32> {
        shown(&[IN_ORDER], diversity, 9)
            .iter()
            .map(|s| s.0)
            .collect()
    };
    assert_eq!(rows(one), expected, "the best of each");
    let two = Diversity {
        per_supplier: 2,
        ..Diversity::default()
    };
    for supplier in ["p1", "p2"] {
        let of = |row: &&u32| catalog.goods[**row as usize].supplier == supplier;
        assert!(rows(two.clone()).iter().filter(of).count() <= 2);
    }
}

#[test]
fn some_rows_go_to_what_is_little_known_and_say_how_probably() {
    // Goods 3, 4 and 5 have thin evidence.
    let columns: Columns<'_> = &[
        IN_ORDER,
        (Section::Sellers, [9, 9, 9, 0, 0, 0]),
        (Section::Repeats, [0; 6]),
    ];
    let drawn = |seed: u32| {
        let explore = Diversity {
            explore: 0.5,
            seed,
            ..Diversity::default()
        };
        shown(columns, explore, 2)
    };
    let mut times = [0; 6];
    for seed in 0..300 {
        let rows = drawn(seed);
        assert_eq!(rows[0], (0, vec![], 1.0), "the best is always first");
        assert!((rows[1].2 - 1.0 / 3.0).abs() < 1e-12, "one of three");
        times[rows[1].0 as usize] += 1;
        assert_eq!(rows, drawn(seed), "the same seed draws the same");
    }
    assert!(
        times[3..].iter().all(|&n| (70..=130).contains(&n)),
        "{times:?}"
    );
}

#[test]
fn where_little_is_unknown_the_best_have_the_rows() {
    // Only g6 is thin: the others have sellers.
    let columns: Columns<'_> = &[
        (Section::Sellers, [9, 9, 9, 9, 9, 0]),
        (Section::Repeats, [0; 6]),
    ];
    let explore = Diversity {
        explore: 0.5,
        ..Diversity::default()
    };
    let rows = shown(columns, explore, 4);
    assert_eq!(rows.len(), 4);
    assert_eq!(rows.iter().filter(|row| row.0 == 5).count(), 1);
    assert!(rows.iter().all(|row| row.2 == 1.0), "one of one is drawn");
}

#[test]
fn rows_that_are_drawn_keep_the_caps_too() {
    // All are thin, and g1 to g3 stand for each other.
    let columns: Columns<'_> = &[(Section::Equivalents, [1, 1, 1, 2, 2, 3])];
    for seed in 0..50 {
        let collapse = Diversity {
            explore: 0.5,
            collapse: true,
            seed,
            ..Diversity::default()
        };
        let rows = shown(columns, collapse, 4);
        let group = |row: u32| [1, 1, 1, 2, 2, 3][row as usize];
        let groups: std::collections::BTreeSet<u32> =
            rows.iter().map(|row| group(row.0)).collect();
        assert_eq!(groups.len(), rows.len(), "{rows:?}");
        let goods: Vec<u32> = rows
            .iter()
            .flat_map(|r| [vec![r.0], r.1.clone()].concat())
            .collect();
        let distinct: std::collections::BTreeSet<&u32> = goods.iter().collect();
        assert_eq!(distinct.len(), goods.len(), "{rows:?}");
    }
}
