//! A merchant's own users: against the definitions of `docs/model.md`, computed row
//! by row in f64, and one by one with the reason.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::{Catalog, catalog, linear};
use goodsrank::policy::{Policy, Term};
use goodsrank::rules::{Rule, Rules};
use goodsrank::users::{
    Customers, CustomersReader, Layer, LayerValue, ProfileOf, Thresholds, Traffic,
    Traffics, User, UserOptions, Users, UsersReader, hot_csv, users_table, wants_table,
};
use goodsrank::{Engine, Query, Result};
use proptest::prelude::*;

const DAY: i64 = 86_400;
const T_REF: i64 = 1_782_777_600;
const GOODS: [&str; 6] = ["g1", "g2", "g3", "g4", "g5", "g6"];

fn engine(catalog: &Catalog) -> Engine<Vec<u8>> {
    Engine::open(catalog.writer().finish().unwrap()).unwrap()
}

fn customers(file: &str) -> Result<Customers> {
    let mut reader = CustomersReader::default();
    for piece in file.as_bytes().chunks(7) {
        reader.push(piece)?;
    }
    reader.finish()
}

fn read(
    engine: &Engine<Vec<u8>>,
    orders: &str,
    of: Customers,
    options: &UserOptions,
) -> Result<Users> {
    let mut reader = UsersReader::new(engine, of, options.clone())?;
    for piece in orders.as_bytes().chunks(1 << 16) {
        reader.push(piece)?;
    }
    reader.finish()
}

fn users(engine: &Engine<Vec<u8>>, orders: &str) -> Users {
    read(
        engine,
        orders,
        Customers::default(),
        &UserOptions::default(),
    )
    .unwrap()
}

/// Whoever ordered, by id.
fn everybody(
    engine: &Engine<Vec<u8>>,
    orders: &str,
    t_ref: Option<i64>,
) -> BTreeMap<String, User> {
    let options = UserOptions {
        t_ref,
        thresholds: Thresholds {
            temperature: 0.0,
            clarity: 0.0,
            reach: 0.0,
        },
        ..UserOptions::default()
    };
    let users = read(engine, orders, Customers::default(), &options).unwrap();
    let all = users.hot(engine, 10_000).unwrap();
    all.into_iter()
        .map(|user| (user.id.clone(), user))
        .collect()
}

fn near(found: f64, expected: f64, what: &str) {
    let size = expected.abs().max(1.0);
    assert!(
        (found - expected).abs() <= 1e-6 * size,
        "{what}: {found} for {expected}"
    );
}

/// A row as a test makes it.
#[derive(Clone, Debug)]
struct Made {
    user: usize,
    good: usize,
    days: i64,
    order: usize,
    source: usize,
    accepts: usize,
}

const SOURCES: [(&str, Layer); 5] = [
    ("达人", Layer::Kol),
    ("email", Layer::PrivateDomain),
    ("search", Layer::PublicContent),
    ("taobao", Layer::Platform),
    ("web", Layer::Unknown),
];
const ACCEPTS: [(&str, Option<bool>); 3] =
    [("yes", Some(true)), ("no", Some(false)), ("", None)];

fn made() -> impl Strategy<Value = Vec<Made>> {
    let row = (
        0usize..5,
        0usize..7,
        0i64..700,
        0usize..4,
        0usize..5,
        0usize..3,
    );
    let row = row.prop_map(|(user, good, days, order, source, accepts)| Made {
        user,
        good,
        days,
        order,
        source,
        accepts,
    });
    prop::collection::vec(row, 0..40)
}

fn file(rows: &[Made]) -> String {
    let mut file =
        "order_id,customer_id,email,accepts_email,phone,at,good_id,source\n".to_owned();
    for row in rows {
        let (user, order) = (row.user, row.order);
        let email = if user < 3 {
            format!("u{user}@x.cn")
        } else {
            "u***@x.cn".into()
        };
        let at = T_REF - row.days * DAY;
        let good = GOODS.get(row.good).copied().unwrap_or("nobody's");
        let (source, accepts) = (SOURCES[row.source].0, ACCEPTS[row.accepts].0);
        file +=
            &format!("o{user}.{order},u{user},{email},{accepts},,{at},{good},{source}\n");
    }
    file
}

/// Everything of one user, by definition.
fn oracle(catalog: &Catalog, rows: &[Made], user: usize) -> User {
    let mine: Vec<&Made> = rows.iter().filter(|row| row.user == user).collect();
    let heat = |half_life: f64| -> f64 {
        let left = |row: &&Made| libm::exp2(-(row.days as f64) / half_life);
        mine.iter().map(left).sum()
    };
    let (slow, fast) = (heat(90.0), heat(14.0));
    let orders: BTreeSet<usize> = mine.iter().map(|row| row.order).collect();
    let category =
        |row: &Made| catalog.goods.get(row.good).map_or("", |good| good.category);
    let known = |row: &&Made| !category(row).is_empty();
    let every: BTreeSet<&str> = rows.iter().filter(known).map(category).collect();
    let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
    for row in mine.iter().filter(|row| known(row)) {
        *counts.entry(category(row)).or_default() += 1.0;
    }
    let total: f64 = counts.values().sum();
    let entropy: f64 = counts
        .values()
        .map(|n| -(n / total) * libm::log(n / total))
        .sum();
    let order = match (every.len(), total == 0.0) {
        (0 | 1, _) => 1.0,
        (_, true) => 0.0,
        (c, false) => 1.0 - entropy / libm::log(c as f64),
    };
    // Columns that may tell something: email, phone, time, source, good, consent.
    let said =
        |of: &dyn Fn(&Made) -> bool| f64::from(u8::from(mine.iter().any(|row| of(row))));
    let complete = (f64::from(u8::from(user < 3))
        + 1.0
        + said(&|row| row.source < 4)
        + said(&|row| row.good < 6)
        + said(&|row| row.accepts < 2))
        / 6.0;
    let n = orders.len() as f64;
    let accepts = |wanted: usize| mine.iter().any(|row| row.accepts == wanted);
    let reach = match (accepts(0), accepts(1)) {
        (false, false) => None,
        (true, false) if user < 3 => Some(0.5), // of email and phone
        _ => Some(0.0),
    };
    User {
        id: format!("u{user}"),
        temperature: slow,
        trend: libm::log(fast / 14.0) - libm::log(slow / 90.0),
        clarity: complete * order * n / (n + 3.0),
        reach,
        orders: orders.len() as u32,
        hot: true,
    }
}

proptest! {
    /// Whatever was ordered, each figure is what the definition says.
    #[test]
    fn users_are_measured_as_defined(rows in made()) {
        let catalog = catalog();
        let engine = engine(&catalog);
        let found = users(&engine, &file(&rows));
        let all = everybody(&engine, &file(&rows), Some(T_REF));
        let t_ref = rows.iter().map(|row| T_REF - row.days * DAY).max().unwrap_or(0);
        prop_assert_eq!(found.t_ref(), t_ref, "the latest row");
        let (mut asset, mut unknown) = (0.0, 0.0);
        for user in 0..5 {
            let expected = oracle(&catalog, &rows, user);
            let Some(user) = all.get(&expected.id) else {
                prop_assert_eq!(expected.orders, 0);
                continue;
            };
            near(user.temperature, expected.temperature, "temperature");
            near(user.clarity, expected.clarity, "clarity");
            prop_assert_eq!((user.reach, user.orders), (expected.reach, expected.orders));
            if expected.temperature > 1e-3 {
                // The sum ends at 2^-32, which long ago is much of what is left.
                let fine = (user.trend - expected.trend).abs() < 1e-3 || user.trend < -3.0;
                prop_assert!(fine, "trend: {} for {}", user.trend, expected.trend);
            }
            let warm = expected.temperature * expected.clarity;
            match expected.reach {
                Some(reach) => asset += warm * reach,
                None => unknown += warm,
            }
        }
        let options = UserOptions { t_ref: Some(T_REF), ..UserOptions::default() };
        let measured = read(&engine, &file(&rows), Customers::default(), &options).unwrap();
        near(measured.asset().0, asset, "asset");
        near(measured.asset().1, unknown, "asset of unknown consent");
        for user in measured.hot(&engine, 100).unwrap() {
            prop_assert!(user.temperature >= 1.0 && user.clarity >= 0.2);
            prop_assert!(user.reach.is_none_or(|reach| reach >= 0.25));
        }
    }

    #[test]
    fn layers_are_counted_as_defined(rows in made()) {
        let engine = engine(&catalog());
        let users = users(&engine, &file(&rows));
        let mut orders: BTreeMap<(usize, usize), BTreeSet<usize>> = BTreeMap::new();
        for row in &rows {
            orders.entry((row.source, row.user)).or_default().insert(row.order);
        }
        let count = |layer: usize| -> [usize; 3] {
            let of = orders.iter().filter(|((source, _), _)| *source == layer);
            let n: Vec<usize> = of.map(|(_, orders)| orders.len()).collect();
            [n.iter().sum(), n.len(), n.iter().filter(|&&n| n > 1).count()]
        };
        let all = (0..5).map(count).fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
        let usual = (all[2] as f64 + 1.0) / (all[1] as f64 + 2.0);
        for (i, value) in users.layers().iter().enumerate() {
            let [orders, users, again] = count(i);
            prop_assert_eq!(value.layer, SOURCES[i].1);
            let found = [value.orders, value.users, value.again].map(|n| n as usize);
            prop_assert_eq!(found, [orders, users, again]);
            let r = (again as f64 + 10.0 * usual) / (users as f64 + 10.0);
            near(value.r, r, "r");
            prop_assert!(value.r < 1.0);
            let decay: [f64; 4] = [1.0, 0.8, 0.64, 0.64];
            match value.worth {
                Some(worth) => near(worth, decay[i] / (1.0 - r), "worth"),
                None => prop_assert_eq!(i, 4),
            }
            prop_assert_eq!((value.conversion, value.value), (None, None), "nobody said");
        }
    }

    /// Temperatures are integers: exactly the same in any order of the rows, and
    /// exactly the sum over any split of the file.
    #[test]
    fn order_and_split_change_no_temperature(rows in made(), cut in 0usize..40) {
        let engine = engine(&catalog());
        let heat = |rows: &[Made]| everybody(&engine, &file(rows), Some(T_REF));
        let whole = heat(&rows);
        let mut reversed = rows.clone();
        reversed.reverse();
        prop_assert_eq!(&heat(&reversed), &whole);
        let (a, b) = rows.split_at(cut.min(rows.len()));
        let (a, b) = (heat(a), heat(b));
        for (id, user) in &whole {
            let part = |of: &BTreeMap<String, User>| of.get(id).map_or(0.0, |u| u.temperature);
            prop_assert_eq!(part(&a) + part(&b), user.temperature);
        }
    }

    /// The profile is what hot users bought, as warm as they are, and as heavy as
    /// their lines are.
    #[test]
    fn the_profile_is_what_hot_users_bought(rows in made()) {
        let engine = engine(&catalog());
        let users = users(&engine, &file(&rows));
        let hot: BTreeMap<String, User> =
            users.hot(&engine, 99).unwrap().into_iter().map(|u| (u.id.clone(), u)).collect();
        let mut heat = [0.0; 6];
        let bought: BTreeSet<(usize, usize)> =
            rows.iter().filter(|row| row.good < 6).map(|row| (row.user, row.good)).collect();
        for &(user, good) in &bought {
            heat[good] += hot.get(&format!("u{user}")).map_or(0.0, |user| user.temperature);
        }
        let sum: f64 = heat.iter().sum();
        if users.profile_of() == ProfileOf::Hot {
            let mass = heat.iter().filter(|&&heat| heat > 0.0).count() as f64;
            let expected = (0..).zip(heat).filter(|&(_, heat)| heat > 0.0);
            let expected: Vec<(u32, f64)> = expected.map(|(g, h)| (g, h * mass / sum)).collect();
            prop_assert_eq!(users.profile().len(), expected.len());
            for (&(row, weight), (good, heat)) in users.profile().weights().iter().zip(expected) {
                prop_assert_eq!(row, good);
                near(weight.into(), heat, "weight");
            }
        } else {
            prop_assert_eq!(sum, 0.0, "no hot user bought a known good");
        }
        let query = Query { policy: Policy::FIT, ..Query::default() };
        let ranked = engine.rank(users.profile(), &query).unwrap();
        let sold: BTreeSet<u32> = bought.iter().map(|&(_, good)| good as u32).collect();
        prop_assert!(ranked.goods.iter().all(|good| !sold.contains(good)), "the shop sells it");
    }

    /// Fit for one good, user by user, is what ranking all goods for that user
    /// finds; and who bought it is not asked.
    #[test]
    fn wants_are_what_ranking_each_user_says(rows in made(), good in 0usize..6, young: bool) {
        let catalog = if young { linear() } else { catalog() };
        let engine = engine(&catalog);
        let users = users(&engine, &file(&rows));
        let wants = users.wants(&engine, GOODS[good], 100).unwrap();
        let mut asked = 0;
        for user in 0..5 {
            let bought: BTreeSet<usize> = rows
                .iter()
                .filter(|row| row.user == user && row.good < 6)
                .map(|row| row.good)
                .collect();
            if bought.is_empty() || bought.contains(&good) {
                continue;
            }
            asked += 1;
            let want = wants.iter().find(|want| want.user.id == format!("u{user}")).unwrap();
            let weights = bought.iter().map(|&good| (good as u32, 1.0)).collect();
            let profile = goodsrank::profile::Profile::from_weights(weights);
            let query = Query {
                policy: Policy::FIT,
                rules: Rules::default().with(Rule::IncludeSold, true).unwrap(),
                ..Query::default()
            };
            let ranked = engine.rank(&profile, &query).unwrap();
            let place = ranked.goods.iter().position(|&row| row as usize == good).unwrap();
            let fit = i64::from(ranked.terms[Term::Fit as usize][place]);
            // Ranking folds a linear profile into steps of a 32767th.
            let step = if young { 2_000 } else { 0 };
            prop_assert!((want.score - fit).abs() <= step, "{} for {fit}", want.score);
            let because = engine.because(&profile, good as u32).unwrap();
            prop_assert_eq!(&want.because, &because);
        }
        prop_assert_eq!(wants.len(), asked);
        prop_assert!(wants.windows(2).all(|w| w[0].score >= w[1].score));
        prop_assert!(wants.iter().enumerate().all(|(i, want)| want.rank == i + 1));
    }

    /// Bytes are users or an error, in pieces or whole.
    #[test]
    fn any_orders_are_read_or_refused(
        body in "(o1|o2|,|\n|g1|u1|@|\"|2026-01-01|x@y.cn|=|\u{e9}){0,40}",
    ) {
        let engine = engine(&catalog());
        let file = format!("order_id,email,at,good_id\n{body}");
        if let Ok(users) = read(&engine, &file, Customers::default(), &UserOptions::default()) {
            prop_assert!(users.asset().0.is_finite());
            prop_assert!(users_table(&users, &engine, 9).unwrap().contains("heat asset"));
        }
    }
}

#[test]
fn shopify_orders_are_carried_down() {
    // As the Orders page exports them: the second line of an order says what was
    // bought and nothing else, and "Id" is the order's.
    let file = "Name,Email,Financial Status,Paid at,Accepts Marketing,Created at,\
        Lineitem quantity,Lineitem name,Lineitem sku,Id,Source,Phone\n\
        #1001,a@x.cn,paid,2026-06-29 12:00:00 +0800,yes,2026-06-30 08:00:00 +0800,1,\
        Porcelain tea cup,,9001,web,\n\
        #1001,,,,,,2,Bamboo tea tray,,9001,,\n\
        #1002,b@x.cn,refunded,,no,2026-06-30 08:00:00 +0800,1,Porcelain tea cup,,9002,web,\n\
        #1002,,,,,,1,Bamboo tea tray,,9002,,\n\
        #1003,A@X.CN,paid,,yes,2026-06-28 08:00:00 +0800,1,no such thing,,9003,Email,'+8613800000000\n";
    let engine = engine(&catalog());
    let users = users(&engine, file);
    let rows = users.rows();
    assert_eq!((rows.rows, rows.called_off, rows.refused), (5, 2, 0));
    assert_eq!(rows.matched.title, 2);
    assert_eq!(
        rows.unmatched[0].label, "no such thing",
        "not the order's id"
    );
    assert_eq!(users.t_ref(), T_REF);
    let all = everybody(&engine, file, None);
    assert_eq!(all.len(), 1, "one address, whatever its case");
    let user = &all["a@x.cn"];
    assert_eq!(
        (user.orders, user.reach),
        (2, Some(0.5)),
        "email of email and phone"
    );
    near(
        user.temperature,
        2.0 + libm::exp2(-2.0 / 90.0),
        "two lines now, one two days ago",
    );
    let orders = |layer: Layer| users.layers()[layer as usize].orders;
    assert_eq!(
        (orders(Layer::PrivateDomain), orders(Layer::Unknown)),
        (1, 1)
    );
}

#[test]
fn no_time_is_carried_from_another_order() {
    let engine = engine(&catalog());
    let file = "order_id,email,at,good_id\n1,a@x.cn,2026-06-30,g1\n2,b@x.cn,soon,g1\n\
        2,,,g2\n3,c@x.cn,,g2\n,,2026-06-30,g2\n";
    let users = users(&engine, file);
    let rows = users.rows();
    assert_eq!((rows.refused, rows.undated, rows.nameless), (1, 2, 1));
    let all = everybody(&engine, file, None);
    assert_eq!(
        all["b@x.cn"].temperature, 0.0,
        "its own time cannot be read"
    );
}

#[test]
fn exports_of_other_platforms_are_read() {
    let engine = engine(&catalog());
    for (platform, file) in [
        (
            "WooCommerce",
            "Order Number,Order Status,Order Date,Email (Billing),Phone (Billing),SKU,Item Name,\
             Quantity (- Refund)\n\
             17,completed,2026-06-30 08:00,a@x.cn,13800000000,,Bamboo tea tray,3\n\
             18,cancelled,2026-06-30 08:00,a@x.cn,13800000000,,Bamboo tea tray,3\n",
        ),
        (
            "Taobao",
            "\u{feff}订单编号,买家会员名,订单状态,订单创建时间,订单付款时间,宝贝标题,宝贝数量,商家编码\n\
             17,a@x.cn,交易成功,2026-06-30 08:00:00,,Bamboo tea tray,3,\n\
             18,a@x.cn,交易关闭,2026-06-30 08:00:00,,Bamboo tea tray,3,\n",
        ),
        (
            "Youzan",
            "订单号,订单状态,买家昵称,买家手机号,下单时间,商品名称,商品数量\n\
             17,交易完成,a@x.cn,138****0000,2026-06-30 08:00:00,Bamboo tea tray,3\n\
             18,订单关闭,a@x.cn,138****0000,2026-06-30 08:00:00,Bamboo tea tray,3\n",
        ),
    ] {
        let users = users(&engine, file);
        assert_eq!(users.len(), 1, "{platform}");
        assert_eq!(users.rows().called_off, 1, "{platform}");
        assert_eq!(users.rows().matched.title, 1, "{platform}");
        assert_eq!(users.t_ref(), T_REF + 8 * 3600, "{platform}");
        assert!(!users.consent_known(), "{platform}");
        let all = everybody(&engine, file, None);
        assert_eq!(
            (all["a@x.cn"].reach, all["a@x.cn"].orders),
            (None, 1),
            "{platform}"
        );
    }
}

#[test]
fn customers_say_who_agreed() {
    let engine = engine(&catalog());
    // Shopify's customers export; ids are not those of any orders.
    let of = || {
        customers(
            "Customer ID,Email,Accepts Email Marketing,Phone,Accepts SMS Marketing\n\
             '7001,a@x.cn,yes,+86 138 0000 0000,yes\n\
             '7002,b@x.cn,no,,no\n\
             '7003,c@x.cn,,,\n\
             '7004,d***@x.cn,yes,,\n\
             '7005,e@x.cn,yes,,\n",
        )
        .unwrap()
    };
    let orders = "email,phone,at,good_id,accepts_email\n\
        a@x.cn,,2026-06-30,g1,no\n\
        ,8613800000000,2026-06-30,g2,\n\
        b@x.cn,,2026-06-30,g1,yes\n\
        c@x.cn,,2026-06-30,g1,\n\
        d***@x.cn,,2026-06-30,g1,\n\
        f@x.cn,,2026-06-30,g1,yes\n";
    let options = UserOptions {
        thresholds: Thresholds {
            temperature: 0.0,
            clarity: 0.0,
            reach: 0.0,
        },
        ..UserOptions::default()
    };
    let users = read(&engine, orders, of(), &options).unwrap();
    assert_eq!((users.customers(), users.len()), (5, 5));
    let found = users.hot(&engine, 99).unwrap();
    let reach: BTreeMap<&str, Option<f64>> = found
        .iter()
        .map(|user| (user.id.as_str(), user.reach))
        .collect();
    let expected = [
        (
            "7001",
            Some(1.0),
            "the customers' file is the last word, and the phone the same person",
        ),
        ("7002", Some(0.0), "an old yes is no consent"),
        ("7003", None, "nothing is said"),
        (
            "d***@x.cn",
            None,
            "a masked address names nobody in another file with ids",
        ),
        (
            "f@x.cn",
            Some(0.5),
            "the orders' word where there is no other",
        ),
    ];
    for (id, expected, why) in expected {
        assert_eq!(reach[id], expected, "{id}: {why}");
    }
    assert_eq!(
        found.iter().find(|u| u.id == "7001").unwrap().orders,
        1,
        "one time, one order"
    );
}

#[test]
fn two_ids_that_share_a_phone_stay_two() {
    let engine = engine(&catalog());
    let file = "customer_id,phone,at,good_id\nu1,13800000000,2026-06-30,g1\n\
        u2,13800000000,2026-06-30,g1\n,13800000000,2026-06-30,g2\n";
    let all = everybody(&engine, file, None);
    assert_eq!(all.len(), 2);
    near(
        all["u1"].temperature,
        2.0,
        "a row without an id is the first's",
    );
}

#[test]
fn unknown_consent_is_no_consent() {
    let engine = engine(&catalog());
    let file = |accepts: &str| {
        let row = format!("u1,u1@x.cn,{accepts},2026-06-30,g1,");
        let rows = ["o1", "o2", "o3"].map(|order| format!("{row}{order}\n"));
        format!(
            "customer_id,email,accepts_email,at,good_id,order_id\n{}",
            rows.concat()
        )
    };
    for (accepts, hot, reached) in [("yes", 1, true), ("no", 0, false), ("", 1, false)] {
        let users = users(&engine, &file(accepts));
        assert_eq!(users.hot_len(), hot, "{accepts:?}");
        let (asset, unknown) = users.asset();
        assert_eq!(
            (asset > 0.0, unknown > 0.0),
            (reached, accepts.is_empty()),
            "{accepts:?}"
        );
    }
    let text = users_table(&users(&engine, &file("")), &engine, 9).unwrap();
    assert!(text.contains("unknown       3  u1"), "{text}");
    assert!(text.contains("of users of unknown consent"), "{text}");
}

#[test]
fn rows_past_the_reference_are_refused_by_their_line() {
    let engine = engine(&catalog());
    let options = UserOptions {
        t_ref: Some(T_REF),
        ..UserOptions::default()
    };
    let file = "email,at,good_id,quantity\na@x.cn,2026-06-30,g1,\n\
        secret@x.cn,2126-06-30,g1,\nsecret@x.cn,2026-06-30,g1,secret@x.cn\n\
        secret@x.cn,soon,g1,1\n,2026-06-30,g1,1\n";
    let users = read(&engine, file, Customers::default(), &options).unwrap();
    let rows = users.rows();
    let told: Vec<(u64, &str)> = rows
        .unmatched
        .iter()
        .map(|row| (row.line, row.reason.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            (3, "at: it is after the time of reference"),
            (4, "quantity: expected a number above 0"),
            (5, "at: expected UTC seconds or a date such as 2026-06-30"),
        ]
    );
    assert!(
        !format!("{rows:?}").contains("secret"),
        "personal data stays in the file"
    );
    assert_eq!((rows.refused, rows.nameless, users.len()), (3, 1, 1));
}

#[test]
fn what_cannot_be_read_says_what_is_missing() {
    let engine = engine(&catalog());
    let text = |file: &str| {
        let result = read(&engine, file, Customers::default(), &UserOptions::default());
        result.err().unwrap().to_string()
    };
    assert_eq!(
        text("at,good_id\n1,g1\n"),
        "bad CSV: line 1, the header: expected a column customer_id, email or phone, found others"
    );
    assert_eq!(
        text("at,email\n1,a@x.cn\n"),
        "bad CSV: line 1, the header: expected a column good_id, gtin, sku or title, found others"
    );
    assert_eq!(
        text(""),
        "bad CSV: line 1, the header: expected a row of column names, found an empty file"
    );
    assert_eq!(
        customers("name,tags\na,b\n").err().unwrap().to_string(),
        "bad CSV: line 1, the header: expected a column customer_id, email or phone, found others"
    );
    let wrong = |options: UserOptions| {
        let result = UsersReader::new(&engine, Customers::default(), options);
        result.err().unwrap().to_string()
    };
    let default = UserOptions::default;
    assert_eq!(
        wrong(UserOptions {
            decay: 0.0,
            ..default()
        }),
        "bad query: decay: expected a number above 0, at most 1, found 0"
    );
    assert_eq!(
        wrong(UserOptions {
            t_ref: Some(0),
            ..default()
        }),
        "bad query: tRef: expected seconds since 1970 UTC, found 0"
    );
    let visits = Traffic {
        visits: Some(f64::NAN),
        cost: None,
    };
    assert_eq!(
        wrong(UserOptions {
            layers: Traffics {
                kol: visits,
                ..Traffics::default()
            },
            ..default()
        }),
        "bad query: layers.visits: expected a number from 1 to 1e12, found NaN"
    );
    let none = users(&engine, "email,good_id\n");
    assert_eq!((none.len(), none.is_empty(), none.t_ref()), (0, true, 0));
    assert_eq!(
        none.wants(&engine, "g9", 5).unwrap_err().to_string(),
        "unknown good \"g9\": the shard has no good of this id"
    );
    assert!(none.hot(&engine, 0).is_err());
    let nobody = wants_table(&none.wants(&engine, "g1", 5).unwrap());
    assert!(
        nobody
            .ends_with("no user bought what the shard knows, or all bought this good\n")
    );
}

#[test]
fn users_of_a_larger_shard_are_refused() {
    let mut small = catalog();
    small.goods.truncate(2);
    small
        .goods
        .iter_mut()
        .for_each(|good| good.neighbours.clear());
    small.shops.clear();
    let users = users(
        &engine(&catalog()),
        "email,at,good_id\na@x.cn,2026-06-30,g6\n",
    );
    assert_eq!(
        users
            .wants(&engine(&small), "g1", 5)
            .unwrap_err()
            .to_string(),
        "limit: at most 2 goods in the shard that users were measured by, found 6"
    );
}

#[test]
fn orders_without_times_heat_nobody() {
    let engine = engine(&catalog());
    let users = users(&engine, "email,good_id\na@x.cn,g1\na@x.cn,g3\n");
    assert_eq!((users.rows().undated, users.hot_len()), (2, 0));
    assert_eq!(users.asset(), (0.0, 0.0));
    assert_eq!(users.profile_of(), ProfileOf::All);
    assert_eq!(
        users.profile().weights(),
        [(0, 1.0), (2, 1.0)],
        "as a sales file's"
    );
}

#[test]
fn the_file_of_hot_users_has_no_formula() {
    let engine = engine(&catalog());
    let mut file = "customer_id,order_id,at,good_id\n".to_owned();
    for order in 1..5 {
        file += &format!("\"=HYPERLINK(\"\"x\"\",1)\",{order},2026-06-30,g1\n");
    }
    assert_eq!(
        hot_csv(&users(&engine, &file), &engine),
        "user_id,temperature,trend,clarity,reach,orders\n\
         \"'=HYPERLINK(\"\"x\"\",1)\",4,1.860752,0.571429,,4\n"
    );
}

#[test]
fn visits_and_costs_make_a_value() {
    let engine = engine(&catalog());
    let told = Traffic {
        visits: Some(10.0),
        cost: Some(0.25),
    };
    let options = UserOptions {
        layers: Traffics {
            kol: told,
            ..Traffics::default()
        },
        ..UserOptions::default()
    };
    let file = "email,at,good_id,source\na@x.cn,2026-06-30,g1,kol\n";
    let users = read(&engine, file, Customers::default(), &options).unwrap();
    let LayerValue {
        r,
        worth,
        conversion,
        value,
        ..
    } = users.layers()[0];
    near(r, (10.0 / 3.0) / 11.0, "r");
    assert_eq!(conversion, Some(0.1));
    near(value.unwrap(), (worth.unwrap() - 0.25) * 0.1, "value");
}

/// Half a million rows of a hundred thousand customers.
#[test]
fn large_files_are_read() {
    let engine = engine(&catalog());
    let mut file = "order_id,email,accepts_email,at,good_id,source\n".to_owned();
    for i in 0..500_000u64 {
        let user = i.wrapping_mul(2_654_435_761) % 100_000;
        let at = T_REF as u64 - i * 60;
        let good = GOODS[(i % 6) as usize];
        file += &format!("{i},u{user}@x.cn,yes,{at},{good},email\n");
    }
    let users = users(&engine, &file);
    assert_eq!((users.rows().rows, users.len()), (500_000, 100_000));
    let wants = users.wants(&engine, "g5", 20).unwrap();
    assert!(wants.len() <= 20);
    assert!(users.hot_len() > 0);
}

#[test]
fn an_id_beside_customers_is_not_a_goods() {
    let engine = engine(&catalog());
    // Were "id" a good's, g1 would have been bought.
    let users = users(&engine, "id,customer_id,good_id,at\ng1,u1,g2,1000\n");
    assert_eq!(users.rows().matched.id, 1);
    let users = self::users(&engine, "id,customer_id,title,at\ng1,u1,none such,1000\n");
    assert_eq!(users.rows().matched.id, 0);
}

#[test]
fn a_file_without_a_header_is_refused_without_a_word_of_it() {
    let engine = engine(&catalog());
    let orders = "Li Na,li@example.com,13800000000\nx,y,z\n";
    let result = read(
        &engine,
        orders,
        Customers::default(),
        &UserOptions::default(),
    );
    let texts = [
        result.err().unwrap().to_string(),
        customers(orders).err().unwrap().to_string(),
        customers("Li Na,Li Na\nx,y\n").err().unwrap().to_string(),
    ];
    for text in texts {
        assert!(text.ends_with("found others"), "{text}");
        assert!(!text.contains("Li Na") && !text.contains("li@"), "{text}");
    }
}
