//! Feedback: against the formula, one entry at a time, and its laws.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{catalog, ruled, supplied};
use goodsrank::channel::Channel;
use goodsrank::feedback::{Action, ETA, Feedback, FeedbackReader, REACH, Reason, START};
use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::ranking::Ranking;
use goodsrank::rules::Rule;
use goodsrank::{Engine, Query};
use proptest::prelude::*;

/// Half a thousandth, to which weights are rounded.
const ROUNDED: f64 = 0.000_501;

fn engine() -> Engine<Vec<u8>> {
    Engine::open(supplied().shard()).unwrap()
}

fn sells(rows: &[u32]) -> Profile {
    Profile::from_weights(rows.iter().map(|&row| (row, 1.0)).collect())
}

fn said(good: &str, action: Action) -> Feedback {
    Feedback {
        good: good.into(),
        action,
    }
}

fn asking(policy: Policy) -> Query {
    Query {
        policy,
        ..Query::default()
    }
}

fn moved(profile: &Profile, policy: Policy, list: &[Feedback]) -> Policy {
    let heard = engine()
        .hear(profile.clone(), asking(policy), list)
        .unwrap();
    heard.query.policy
}

/// A good's term at weight 1, nats, as a ranking by nothing else has it.
fn nats(profile: &Profile, row: u32, term: Term) -> f64 {
    let query = Query {
        rules: ruled([(Rule::IncludeSold, true.into())]),
        ..asking(Policy::of(&[(term, 1.0)]))
    };
    let ranking = engine().rank(profile, &query).unwrap();
    let i = ranking.goods.iter().position(|&r| r == row).unwrap();
    f64::from(ranking.terms[term as usize][i]) / 1e6
}

fn row_of(good: &str) -> Option<u32> {
    let goods = supplied().goods;
    let row = goods.iter().position(|g| g.id == good)?;
    Some(row as u32)
}

fn speaks_of(action: Action, term: Term, base: f64) -> bool {
    match action {
        Action::NotForMe(reason) if reason != Reason::Other => {
            reason.terms().contains(&term)
        }
        _ => base > 0.0 && term != Term::Fit,
    }
}

fn a(action: Action) -> f64 {
    match action {
        Action::Listed => 1.0,
        Action::Saved => 0.5,
        Action::NotForMe(_) => -1.0,
    }
}

/// The formula, term by term, in floating point.
fn oracle(profile: &Profile, policy: Policy, list: &[Feedback]) -> [f64; Term::COUNT] {
    let last = |i: usize| !list[i + 1..].iter().any(|later| later.good == list[i].good);
    let counted = (0..list.len()).filter(|&i| last(i)).map(|i| &list[i]);
    Term::ALL.map(|term| {
        let base = policy.weight(term);
        let steps: Vec<f64> = counted
            .clone()
            .filter(|entry| speaks_of(entry.action, term, base))
            .filter_map(|entry| Some((entry, row_of(&entry.good)?)))
            .map(|(entry, row)| {
                a(entry.action) * nats(profile, row, term).clamp(-2.0, 2.0)
            })
            .collect();
        let starts = base == 0.0 && steps.iter().any(|&step| step > 0.0);
        let from = if starts { START } else { base };
        let factor = libm::exp(ETA * steps.iter().sum::<f64>());
        from * factor.clamp(1.0 / REACH, REACH)
    })
}

#[test]
fn a_good_that_comes_back_too_often_makes_returns_count_for_more() {
    let shop = sells(&[0]);
    let returned = said("g2", Action::NotForMe(Reason::Returns));
    let policy = moved(&shop, Policy::BALANCED, std::slice::from_ref(&returned));
    let z = nats(&shop, 1, Term::Returns);
    assert!(z < -0.2, "seven pieces in ten of g2 come back: {z}");
    let expected = 0.25 * libm::exp(-ETA * z.max(-2.0));
    assert!((policy.weight(Term::Returns) - expected).abs() < ROUNDED);
    let others = policy.with(Term::Returns, 0.25);
    assert_eq!(others, Policy::BALANCED, "a reason moves its terms alone");
}

#[test]
fn a_term_that_was_not_weighed_starts_only_where_the_data_agrees() {
    let shop = sells(&[0]);
    let refused =
        |good, reason| moved(&shop, Policy::FIT, &[said(good, Action::NotForMe(reason))]);
    let policy = refused("g2", Reason::Returns);
    assert!(policy.weight(Term::Returns) > START, "{policy:?}");
    assert!(nats(&shop, 0, Term::Reviews) > 0.0);
    assert_eq!(
        refused("g1", Reason::Quality),
        Policy::FIT,
        "g1 is reviewed better than usual: weighing that would raise it"
    );
    assert_eq!(refused("g1", Reason::Other), Policy::FIT);
}

#[test]
fn fit_is_the_yardstick_until_customers_are_spoken_of() {
    let shop = sells(&[0]);
    let all = [said("g2", Action::Listed), said("g3", Action::Saved)];
    assert_eq!(
        moved(&shop, Policy::BALANCED, &all).weight(Term::Fit),
        1.0,
        "what is listed moves everything else"
    );
    let not_theirs = [said("g3", Action::NotForMe(Reason::NotMyCustomers))];
    let policy = moved(&shop, Policy::BALANCED, &not_theirs);
    assert!((policy.weight(Term::Fit) - libm::exp(2.0 * ETA)).abs() < ROUNDED);
    let nobody = moved(&Profile::default(), Policy::BALANCED, &not_theirs);
    assert_eq!(nobody, Policy::BALANCED, "a new shop has no fit to go by");
}

#[test]
fn heat_that_the_kernel_holds_does_not_change_what_a_good_says() {
    let mut market = supplied();
    let honey = [said("g5", Action::NotForMe(Reason::Other))];
    for heat in [0.0, 0.5] {
        market.model.heat = heat;
        let engine = Engine::open(market.shard()).unwrap();
        for shop in [sells(&[0]), Profile::default()] {
            let hot = asking(Policy::of(&[(Term::Temperature, 1.0)]));
            let heard = engine.hear(shop, hot, &honey).unwrap();
            let expected = libm::exp(1.5 * ETA); // its temperature is -1.5
            let found = heard.query.policy.weight(Term::Temperature);
            assert!((found - expected).abs() < ROUNDED, "{found}");
        }
    }
}

#[test]
fn what_was_listed_or_refused_is_left_out_and_what_was_listed_speaks() {
    let list = [
        said("g2", Action::Listed),
        said("g3", Action::NotForMe(Reason::Other)),
        said("g4", Action::Saved),
        said("gone", Action::Listed),
    ];
    let query = Query {
        rules: ruled([
            (Rule::Exclude, ["g6"].into()),
            (Rule::IncludeSold, true.into()),
        ]),
        ..Query::default()
    };
    let engine = Engine::open(catalog().shard()).unwrap();
    let heard = engine.hear(sells(&[0]), query, &list).unwrap();
    assert_eq!(heard.profile.weights(), [(0, 1.0), (1, 1.0)]);
    let ranking = engine.rank(&heard.profile, &heard.query).unwrap();
    let mut left = ranking.goods.clone();
    left.sort_unstable();
    assert_eq!(left, [0, 3, 4], "not g2, g3 and, as the rules say, g6");
    let rules: Vec<_> = ranking.removed.iter().map(|r| (r.rule, r.goods)).collect();
    assert_eq!(rules, [("exclude", 3)]);
}

#[test]
fn a_new_shop_that_lists_a_good_is_known_by_it() {
    let engine = Engine::open(catalog().shard()).unwrap();
    let list = [said("g1", Action::Listed)];
    let heard = engine
        .hear(Profile::default(), Query::default(), &list)
        .unwrap();
    let ranking = engine.rank(&heard.profile, &heard.query).unwrap();
    assert_eq!(ranking.goods[0], 1, "the strongest neighbour of g1");
    assert!(!ranking.is_unknown(0, Term::Fit));
}

#[test]
fn what_cannot_be_heard_is_refused_and_nothing_said_is_nothing_done() {
    let engine = engine();
    let costly = Query {
        channel: Channel {
            commission: f64::NAN,
            ..Channel::default()
        },
        ..Query::default()
    };
    let one = [said("g1", Action::Saved)];
    for query in [costly, asking(Policy::FIT.with(Term::Margin, -1.0))] {
        let error = engine.hear(sells(&[0]), query, &one).unwrap_err();
        assert!(error.to_string().starts_with("bad "), "{error}");
    }
    for list in [vec![], vec![said("gone", Action::Listed)]] {
        let heard = engine.hear(sells(&[0]), Query::default(), &list).unwrap();
        assert_eq!(heard.query, Query::default());
        assert_eq!(heard.profile, sells(&[0]));
    }
}

fn read(file: &str) -> goodsrank::Result<Vec<Feedback>> {
    let mut reader = FeedbackReader::default();
    reader.push(file.as_bytes())?;
    reader.finish()
}

#[test]
fn a_file_says_what_was_said() {
    let list =
        read("title,reason,good_id,action\n'=x,,g1,listed\n,moq,g2,notForMe\n").unwrap();
    let expected = [
        said("g1", Action::Listed),
        said("g2", Action::NotForMe(Reason::Moq)),
    ];
    assert_eq!(list, expected);
    assert_eq!(
        read("good_id,action\ng1,notForMe\n").unwrap(),
        [said("g1", Action::NotForMe(Reason::Other))]
    );
    assert_eq!(read("good_id,action\n").unwrap(), []);
    for reason in Reason::ALL {
        let file = format!("good_id,action,reason\ng,notForMe,{}\n", reason.name());
        assert_eq!(read(&file).unwrap(), [said("g", Action::NotForMe(*reason))]);
    }
}

#[test]
fn a_file_with_an_unknown_value_names_its_line() {
    for (row, message) in [
        (
            "g1,bought,",
            "column action: expected listed, saved or notForMe, found \"bought\"",
        ),
        (
            "g1,notForMe,ugly",
            "column reason: expected with notForMe price, margin, tooManySellers, moq, \
             leadTime, quality, returns, risk, notMyCustomers or other, and none with the \
             others, found \"ugly\"",
        ),
        (
            "g1,saved,price",
            "column reason: expected with notForMe price, margin, tooManySellers, moq, \
             leadTime, quality, returns, risk, notMyCustomers or other, and none with the \
             others, found \"price\"",
        ),
        (",saved,", "column good_id: expected an id, found \"\""),
    ] {
        let file = format!("good_id,action,reason\ng0,saved,\n{row}\n");
        assert_eq!(
            read(&file).unwrap_err().to_string(),
            format!("bad CSV: line 3, {message}")
        );
    }
    assert_eq!(
        read("good_id,reason\ng1,price\n").unwrap_err().to_string(),
        "bad CSV: line 1, the header: expected a column action, found the columns good_id, reason"
    );
}

fn any_action() -> impl Strategy<Value = Action> {
    (0..Reason::ALL.len() + 4).prop_map(|i| match i.checked_sub(4) {
        Some(i) => Action::NotForMe(Reason::ALL[i]),
        None if i < 2 => Action::Listed,
        None => Action::Saved,
    })
}

fn any_entry() -> impl Strategy<Value = Feedback> {
    (0..8, any_action()).prop_map(|(good, action)| said(&format!("g{good}"), action))
}

fn any_list() -> impl Strategy<Value = Vec<Feedback>> {
    prop::collection::vec(any_entry(), 0..9)
}

/// Weights in thousandths, as the engine counts; a third of them 0.
fn any_policy() -> impl Strategy<Value = Policy> {
    prop::collection::vec(0u32..6_000, Term::COUNT).prop_map(|weights| {
        Term::ALL.into_iter().zip(weights).fold(
            Policy::default(),
            |policy, (term, thousandths)| {
                let weight = f64::from(thousandths.saturating_sub(2_000)) / 1000.0;
                policy.with(term, weight)
            },
        )
    })
}

fn any_shop() -> impl Strategy<Value = Profile> {
    prop::sample::subsequence((0..6).collect::<Vec<u32>>(), 0..4)
        .prop_map(|rows| sells(&rows))
}

fn bytes(ranking: &Ranking) -> String {
    format!("{ranking:?}")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn weights_are_the_formulas(
        shop in any_shop(), policy in any_policy(), list in any_list()
    ) {
        let found = moved(&shop, policy, &list);
        let expected = oracle(&shop, policy, &list);
        for term in Term::ALL {
            let (found, expected) = (found.weight(term), expected[term as usize]);
            // A weight that is not 0 never becomes 0.
            let expected = if expected > 0.0 { expected.max(0.001) } else { 0.0 };
            prop_assert!((found - expected).abs() < ROUNDED, "{term:?} {found} {expected}");
        }
    }

    /// The same engine, so that nothing of what was said may stay behind in it.
    #[test]
    fn what_is_undone_was_never_said(
        shop in any_shop(), policy in any_policy(), list in any_list(), last in any_entry()
    ) {
        let engine = engine();
        let ranked = |list: &[Feedback]| {
            let heard = engine.hear(shop.clone(), asking(policy), list).unwrap();
            let ranking = engine.rank(&heard.profile, &heard.query).unwrap();
            (heard.query.policy, bytes(&ranking))
        };
        let before = ranked(&list);
        let more: Vec<_> = list.iter().cloned().chain([last]).collect();
        ranked(&more);
        prop_assert_eq!(ranked(&more[..list.len()]), before);
    }

    #[test]
    fn goods_may_be_spoken_of_in_any_order(
        shop in any_shop(),
        policy in any_policy(),
        goods in Just((0..6).collect::<Vec<u32>>()).prop_shuffle(),
        actions in prop::collection::vec(any_action(), 6),
    ) {
        let entry = |&good: &u32| said(&format!("g{}", good + 1), actions[good as usize]);
        let shuffled: Vec<_> = goods.iter().map(entry).collect();
        let sorted: Vec<_> = (0..6).map(|good| entry(&good)).collect();
        let (a, b) = (engine().hear(shop.clone(), asking(policy), &shuffled).unwrap(),
                      engine().hear(shop.clone(), asking(policy), &sorted).unwrap());
        prop_assert_eq!(a.query.policy, b.query.policy);
        prop_assert_eq!(a.profile.weights(), b.profile.weights());
    }

    #[test]
    fn weights_stay_within_reach(
        shop in any_shop(), policy in any_policy(), list in any_list()
    ) {
        let found = moved(&shop, policy, &list);
        prop_assert!(found.check().is_ok());
        for term in Term::ALL {
            let (was, is) = (policy.weight(term), found.weight(term));
            let from = if was > 0.0 { was } else { START };
            prop_assert!(is <= (REACH * from).min(100.0) + ROUNDED);
            prop_assert!(is + ROUNDED >= from / REACH || was == 0.0 && is == 0.0);
            prop_assert!(is > 0.0 || was == 0.0);
        }
    }

    /// A usual good has 0 in every term, so this is what the good gains on it.
    #[test]
    fn a_good_gains_by_being_listed_and_loses_by_being_refused(
        shop in any_shop(), policy in any_policy(), list in any_list(),
        good in 0u32..6, action in any_action(),
    ) {
        let id = format!("g{}", good + 1);
        let others: Vec<_> = list.into_iter().filter(|entry| entry.good != id).collect();
        let before = moved(&shop, policy, &others);
        let with: Vec<_> = others.iter().cloned().chain([said(&id, action)]).collect();
        let after = moved(&shop, policy, &with);
        let gain: f64 = Term::ALL
            .into_iter()
            .map(|t| (after.weight(t) - before.weight(t)) * nats(&shop, good, t))
            .sum();
        prop_assert!(gain * a(action) >= 0.0, "{gain}");
    }
}

#[test]
fn an_id_that_an_export_wrote_with_an_apostrophe_is_the_good() {
    let query = asking(Policy::BALANCED);
    let hear = |id: &str| {
        let list = [said(id, Action::NotForMe(Reason::Other))];
        engine()
            .hear(Profile::default(), query.clone(), &list)
            .unwrap()
            .query
    };
    assert_eq!(hear("'g2"), hear("g2"));
    assert_eq!(hear("'g9"), query, "nor is it found without one");
}

#[test]
fn a_weight_that_rounds_to_none_is_not_moved() {
    let policy = Policy::of(&[(Term::Fit, 1.0), (Term::Temperature, 0.0001)]);
    let list = [said("g2", Action::Listed), said("g3", Action::Listed)];
    let moved = moved(&Profile::default(), policy, &list);
    assert_eq!(moved.weight(Term::Temperature), 0.0001);
}
