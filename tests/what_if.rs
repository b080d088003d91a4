//! What-if against shards that are built anew with the figure changed, and
//! against formulas worked out here.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{USUAL, catalog, ruled};
use goodsrank::channel::Channel;
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::rules::Rule;
use goodsrank::shard::Section;
use goodsrank::what_if::WhatIf;
use goodsrank::{Engine, Query};

type Columns = Vec<(Section, [u64; 6])>;

fn columns() -> Columns {
    vec![
        (Section::Moq, [1, 10, 100, 40, 10, 500]),
        (Section::Demand, [900, 1000, 2000, 1000, 3000, 4000]),
        (Section::LeadTime, [2, 5, 9, 31, 0, 16]),
        (Section::Equivalents, [1, 1, 1, 1, 1, 1]),
        (Section::PriceRank, [50, 100, 150, 200, 0, 255]),
    ]
}

fn engine(columns: &Columns) -> Engine<Vec<u8>> {
    let mut writer = catalog().writer();
    writer.usual(&USUAL);
    for (section, values) in columns {
        writer.uints(*section, values);
    }
    Engine::open(writer.finish().unwrap()).unwrap()
}

fn weighing(weights: &[(Term, f64)], limit: usize) -> Query {
    Query {
        policy: Policy::of(weights),
        limit,
        ..Query::default()
    }
}

fn what_if(columns: &Columns, query: &Query, good: &str) -> WhatIf {
    let answer = engine(columns).what_if(&Profile::default(), query, good);
    answer.unwrap()
}

/// The place of a good in a ranking of all.
fn place(columns: &Columns, query: &Query, good: u32) -> usize {
    let all = Query {
        limit: 6,
        ..query.clone()
    };
    let goods = engine(columns)
        .rank(&Profile::default(), &all)
        .unwrap()
        .goods;
    1 + goods.iter().position(|&row| row == good).unwrap()
}

/// The column of a section with one good's figure changed.
fn changed(columns: &Columns, section: Section, row: usize, value: u64) -> Columns {
    let mut columns = columns.clone();
    let column = columns.iter_mut().find(|(s, _)| *s == section).unwrap();
    column.1[row] = value;
    columns
}

#[test]
fn the_least_change_that_gets_there_is_the_one_that_a_new_shard_confirms() {
    let base = columns();
    for (term, lever, section, offset) in [
        (Term::LeadTime, "leadTime", Section::LeadTime, 1),
        (Term::Moq, "moq", Section::Moq, 0),
    ] {
        for wanted in 1..=5 {
            for (row, good) in (0..6).zip(["g1", "g2", "g3", "g4", "g5", "g6"]) {
                let query = weighing(&[(term, 1.0)], wanted);
                let answer = what_if(&base, &query, good);
                assert_eq!(answer.place, place(&base, &query, row), "{lever} {good}");
                if answer.place <= wanted {
                    assert!(answer.moves.is_empty(), "it is there already");
                    continue;
                }
                let Some(step) = answer.moves.first() else {
                    let column = base.iter().find(|(s, _)| *s == section).unwrap().1;
                    let figure = column[row as usize].saturating_sub(offset);
                    assert!(figure <= 1, "there is nothing to cut");
                    continue;
                };
                assert_eq!((answer.moves.len(), step.lever), (1, lever));
                let anew = |to: u64| {
                    let columns = changed(&base, section, row as usize, to + offset);
                    place(&columns, &query, row)
                };
                assert_eq!(step.place, anew(step.to), "{lever} {good} {wanted}");
                if step.place <= wanted && lever == "leadTime" {
                    assert!(anew(step.to + 1) > wanted, "a day more is too long");
                }
            }
        }
    }
}

#[test]
fn a_cut_of_the_price_is_margin_for_a_shop_that_keeps_its_own() {
    let query = weighing(&[(Term::Margin, 1.0)], 1);
    let answer = what_if(&columns(), &query, "g6");
    let price = catalog().goods[5].price as f64;
    let (own, step) = (Channel::default(), &answer.moves[0]);
    let nats = |to: f64| {
        let net = own.net_of(own.retail(price), to, USUAL.return_rate);
        1e3 * libm::log(net / own.net(USUAL.price, USUAL.return_rate))
    };
    assert_eq!((step.lever, step.from), ("price", price as u64));
    assert_eq!(
        step.score,
        1000 * nats(step.to as f64).round_ties_even() as i64
    );
    assert!(step.score > answer.score, "what is left of a sale grew");
}

#[test]
fn the_cheapest_quarter_wins_no_more_by_being_cheaper() {
    let query = weighing(&[(Term::PriceAdvantage, 1.0)], 1);
    let answer = what_if(&columns(), &query, "g4");
    // Its price as the highest: the first step that is cheapest of five.
    let goods = catalog().goods;
    let step = &answer.moves[0];
    let others: Vec<u64> = [0, 1, 2, 5]
        .into_iter()
        .map(|row: usize| goods[row].price)
        .filter(|&price| price > 0)
        .collect();
    let below = others.iter().filter(|&&other| other < step.to).count();
    assert!(4 * below <= others.len(), "{step:?} among {others:?}");
    assert_eq!(step.score, 375_000, "1 less the mean of .625");
}

#[test]
fn a_price_far_from_its_equivalents_is_a_risk_that_a_move_would_bring() {
    let mut three = columns();
    // To earn as much as g4, g2 would have to cost less than a third of the others.
    three[3].1 = [1, 1, 0, 1, 0, 0];
    let only = |weights: &[(Term, f64)]| what_if(&three, &weighing(weights, 1), "g2");
    let without = only(&[(Term::Margin, 1.0)]);
    let with = only(&[(Term::Margin, 1.0), (Term::Risk, 100.0)]);
    assert!(
        without.moves[0].to < with.moves[0].to,
        "a deep cut is an outlier"
    );
}

#[test]
fn rules_that_keep_a_good_out_are_named() {
    let mut query = weighing(&[(Term::Moq, 1.0)], 2);
    query.rules = ruled([
        (Rule::MoqMax, 50.0.into()),
        (Rule::LeadTimeMax, 20.0.into()),
    ]);
    let answer = what_if(&columns(), &query, "g6");
    assert_eq!(answer.blocked, ["moqMax"]);
    assert_eq!(
        answer.goods, 3,
        "itself and what the rules leave of the others"
    );
    let sold = Profile::from_weights(vec![(5, 1.0)]);
    let query = weighing(&[(Term::Moq, 1.0)], 2);
    let answer = engine(&columns()).what_if(&sold, &query, "g6").unwrap();
    assert_eq!(answer.blocked, ["includeSold"]);
}

#[test]
fn a_price_that_the_shop_would_not_take_is_no_move() {
    let mut query = weighing(&[(Term::Margin, 1.0)], 1);
    let cut = |query: &Query| what_if(&columns(), query, "g2").moves[0].to;
    assert!(cut(&query) < 8_000);
    query.rules = ruled([(Rule::PriceMin, 8_000.0.into())]);
    assert!((8_000..9_900).contains(&cut(&query)));
    let mut bare = weighing(&[(Term::Margin, 1.0)], 1);
    bare.rules = ruled([(Rule::Brands, Vec::new().into())]);
    assert_eq!(what_if(&columns(), &bare, "g2").blocked, ["brands"]);
}

#[test]
fn below_five_yuan_the_selection_rule_sees_a_risk() {
    let mut cheap = columns();
    cheap.push((Section::MonthSales, [600; 6]));
    let only = |weights: &[(Term, f64)]| what_if(&cheap, &weighing(weights, 1), "g3");
    let price = |answer: WhatIf| answer.moves.first().map(|step| step.to);
    // 3,500 is cut to a tenth for margin alone, and not below 500 where that costs.
    assert_eq!(price(only(&[(Term::Margin, 1.0)])), Some(350));
    let both = price(only(&[(Term::Margin, 1.0), (Term::Selection, 100.0)]));
    assert!(both.is_some_and(|to| to >= 500), "{both:?}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let engine = engine(&columns());
    let ask = |good: &str, limit: usize| {
        let query = weighing(&[(Term::Moq, 1.0)], limit);
        let answer = engine.what_if(&Profile::default(), &query, good);
        answer.unwrap_err().to_string()
    };
    assert_eq!(
        ask("g1", 0),
        "bad query: limit: expected a whole number from 1 to 10000, found 0"
    );
    assert!(ask("g9", 1).contains("g9"));
}

#[test]
fn what_was_withdrawn_is_blocked_and_no_place_is_counted_for_it() {
    let query = weighing(&[(Term::Moq, 1.0)], 2);
    let mut engine = engine(&columns());
    let before = engine.what_if(&Profile::default(), &query, "g3").unwrap();
    engine.withdraw("g1").unwrap();
    engine.withdraw("g2").unwrap();
    let after = engine.what_if(&Profile::default(), &query, "g3").unwrap();
    assert_eq!((before.goods, after.goods), (6, 4));
    assert!(after.blocked.is_empty());
    let own = engine.what_if(&Profile::default(), &query, "g2").unwrap();
    assert_eq!((own.blocked, own.goods), (vec!["withdrawn"], 5));
}
