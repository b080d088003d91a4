//! The sample catalog: its bytes, its columns, its proportions and its truth.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use goodsrank_builder::sample::{SAMPLE_END, SampleOptions, SampleSummary, write_sample};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

const FILES: [&str; 9] = [
    "customers.csv",
    "events.csv",
    "goods.csv",
    "orders.csv",
    "shops.csv",
    "suppliers.csv",
    "truth-shops.csv",
    "truth-trends.csv",
    "truth.csv",
];

type Row = BTreeMap<String, String>;

/// The files of a sample, by name.
type Files = BTreeMap<String, String>;

fn small(seed: u64) -> SampleOptions {
    SampleOptions {
        goods: 300,
        shops: 40,
        seed,
        events: Some(6_000),
        ..SampleOptions::default()
    }
}

fn read(folder: &Path) -> Files {
    let name = |entry: fs::DirEntry| entry.file_name().into_string().unwrap();
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let names = entries.map(name);
    names
        .map(|n| (n.clone(), fs::read_to_string(folder.join(n)).unwrap()))
        .collect()
}

fn make(options: &SampleOptions) -> (SampleSummary, Files) {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("market");
    let summary = write_sample(&out, options, &|_, _| ()).unwrap();
    (summary, read(&out))
}

fn rows(files: &Files, name: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(files[name].as_bytes());
    reader.deserialize().map(|row| row.unwrap()).collect()
}

/// A market of 2,000 goods and 300 shops, made once.
static MARKET: LazyLock<(SampleSummary, Files)> = LazyLock::new(|| {
    make(&SampleOptions {
        goods: 2_000,
        shops: 300,
        ..SampleOptions::default()
    })
});

fn market(name: &str) -> Vec<Row> {
    rows(&MARKET.1, name)
}

fn ids(rows: &[Row], column: &str) -> BTreeSet<String> {
    rows.iter().map(|row| row[column].clone()).collect()
}

/// What each shop bought.
fn bought() -> BTreeMap<String, BTreeSet<String>> {
    let mut bought: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in market("events.csv")
        .into_iter()
        .filter(|r| r["kind"] == "purchase")
    {
        bought
            .entry(row["shop_id"].clone())
            .or_default()
            .insert(row["good_id"].clone());
    }
    bought
}

/// FNV-1a, so that a change of any byte is seen.
fn digest(files: &Files) -> u64 {
    let bytes = files.values().flat_map(|text| text.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn a_seed_gives_the_same_bytes_each_time() {
    let (first, files) = make(&small(7));
    let (second, again) = make(&small(7));
    assert_eq!(first, second);
    assert!(files == again);
}

/// These are the bytes on every machine. Whoever changes what the sample holds
/// writes the new digest here, and says in the commit why.
#[test]
fn the_bytes_are_those_of_every_machine() {
    let (_, files) = make(&small(7));
    assert_eq!(format!("{:016x}", digest(&files)), "611cfbcff2c3ac09");
}

#[test]
fn another_seed_gives_another_market() {
    let (_, one) = make(&small(7));
    let (_, other) = make(&small(8));
    for name in FILES {
        assert!(one[name] != other[name], "{name}");
    }
}

#[test]
fn the_files_have_their_columns() {
    let header = |name: &str| MARKET.1[name].lines().next().unwrap_or("").to_owned();
    assert!(MARKET.1.keys().eq(FILES.iter()));
    assert_eq!(
        header("goods.csv"),
        "good_id,title,title_zh,title_en,category,supplier_id,brand,sku,gtin,price_minor,\
         currency,moq,lead_time_days,stock,return_k,return_n,review_k,review_n,fill_k,fill_n,\
         pickup_k,pickup_n,endorsements,brand_flag,ships_to,attributes,image_url,url"
    );
    assert_eq!(
        header("suppliers.csv"),
        "supplier_id,name,name_en,region,kind"
    );
    assert_eq!(
        header("shops.csv"),
        "shop_id,name,region,latitude,longitude,public"
    );
    assert_eq!(
        header("events.csv"),
        "at,shop_id,good_id,kind,quantity,amount_minor,caused_by"
    );
    assert_eq!(header("truth.csv"), "shop_id,good_id");
    assert!(
        MARKET
            .1
            .values()
            .all(|text| !text.contains('\r') && text.ends_with('\n'))
    );
}

#[test]
fn the_summary_counts_the_rows() {
    let summary = MARKET.0;
    assert_eq!(summary.goods as usize, market("goods.csv").len());
    assert_eq!(summary.suppliers as usize, market("suppliers.csv").len());
    assert_eq!(summary.shops as usize, market("shops.csv").len());
    assert_eq!(summary.truth as usize, market("truth.csv").len());
    let events = market("events.csv");
    assert_eq!(summary.events as usize, events.len());
    let purchases = events
        .iter()
        .filter(|row| row["kind"] == "purchase")
        .count();
    assert_eq!(summary.purchases as usize, purchases);
    assert_eq!(
        summary.pairs as usize,
        bought().values().map(BTreeSet::len).sum::<usize>()
    );
}

#[test]
fn every_id_is_unique_and_every_reference_leads_somewhere() {
    let (goods, shops) = (market("goods.csv"), market("shops.csv"));
    let good_ids = ids(&goods, "good_id");
    let shop_ids = ids(&shops, "shop_id");
    let supplier_ids = ids(&market("suppliers.csv"), "supplier_id");
    assert_eq!(
        (good_ids.len(), shop_ids.len(), supplier_ids.len()),
        (2_000, 300, 80)
    );
    for row in &goods {
        let supplier = &row["supplier_id"];
        assert!(
            supplier.is_empty() || supplier_ids.contains(supplier),
            "{row:?}"
        );
    }
    for name in ["events.csv", "truth.csv"] {
        for row in market(name) {
            assert!(good_ids.contains(&row["good_id"]), "{name}: {row:?}");
            assert!(shop_ids.contains(&row["shop_id"]), "{name}: {row:?}");
        }
    }
}

#[test]
fn gtins_have_their_check_digit_and_are_unique() {
    let gtins = ids(&market("goods.csv"), "gtin");
    let known: Vec<_> = gtins.iter().filter(|gtin| !gtin.is_empty()).collect();
    assert!((1_850..1_950).contains(&known.len()), "{}", known.len());
    for gtin in known {
        let digits: Vec<u32> = gtin.chars().map(|c| c.to_digit(10).unwrap()).collect();
        let sum: u32 = digits
            .iter()
            .zip([1, 3].iter().cycle())
            .map(|(d, w)| d * w)
            .sum();
        assert_eq!((digits.len(), sum % 10), (13, 0), "{gtin}");
    }
}

#[test]
fn events_are_sorted_by_time_shop_and_good() {
    let key = |row: &Row| {
        let at: i64 = row["at"].parse().unwrap();
        (at, row["shop_id"].clone(), row["good_id"].clone())
    };
    let keys: Vec<_> = market("events.csv").iter().map(key).collect();
    assert!(keys.is_sorted());
    assert!(keys.first().unwrap().0 >= SAMPLE_END - 730 * 86_400);
    assert!(keys.last().unwrap().0 < SAMPLE_END);
    assert!(keys.last().unwrap().0 > SAMPLE_END - 2 * 86_400);
}

#[test]
fn events_have_units_and_purchases_and_returns_have_amounts() {
    for row in market("events.csv") {
        assert!(row["quantity"].parse::<u32>().unwrap() >= 1, "{row:?}");
        let paid = ["purchase", "return"].contains(&row["kind"].as_str());
        match paid {
            true => assert!(row["amount_minor"].parse::<i64>().unwrap() >= 0, "{row:?}"),
            false => assert_eq!(row["amount_minor"], "", "{row:?}"),
        }
    }
}

#[test]
fn a_first_touch_may_name_who_shared_the_good_before() {
    let (mut touched, mut shared) = (BTreeSet::new(), BTreeMap::new());
    let (mut caused, mut could) = (0, 0);
    for row in market("events.csv") {
        let (shop, good) = (row["shop_id"].clone(), row["good_id"].clone());
        let is_first = touched.insert((shop.clone(), good.clone()));
        could += u32::from(is_first && shared.contains_key(&good));
        if !row["caused_by"].is_empty() {
            assert!(is_first, "{row:?}");
            assert_eq!(shared.get(&good), Some(&row["caused_by"]), "{row:?}");
            caused += 1;
        }
        if ["share", "referral"].contains(&row["kind"].as_str()) {
            shared.insert(good, shop);
        }
    }
    assert!(
        (could / 10..could / 2).contains(&caused),
        "{caused} of {could}"
    );
}

#[test]
fn purchases_are_least_orders_at_about_the_list_price() {
    let goods: BTreeMap<String, Row> = market("goods.csv")
        .into_iter()
        .map(|row| (row["good_id"].clone(), row))
        .collect();
    for row in market("events.csv")
        .iter()
        .filter(|row| row["kind"] == "purchase")
    {
        let number = |text: &str| text.parse::<f64>().unwrap();
        let (quantity, good) = (number(&row["quantity"]), &goods[&row["good_id"]]);
        if !good["moq"].is_empty() {
            assert_eq!(quantity % number(&good["moq"]), 0.0, "{row:?}");
        }
        if !good["price_minor"].is_empty() {
            let paid =
                number(&row["amount_minor"]) / quantity / number(&good["price_minor"]);
            assert!((0.88..=1.0).contains(&paid), "{row:?}: {paid}");
        }
    }
}

#[test]
fn nothing_comes_back_that_was_not_bought() {
    let bought = bought();
    for row in market("events.csv")
        .iter()
        .filter(|row| row["kind"] == "return")
    {
        assert!(bought[&row["shop_id"]].contains(&row["good_id"]), "{row:?}");
    }
}

#[test]
fn proportions_are_those_of_a_market() {
    let events = market("events.csv");
    let share = |kind: &str| {
        let of_kind = events.iter().filter(|row| row["kind"] == kind).count();
        of_kind as f64 / events.len() as f64
    };
    assert!(
        (0.55..0.8).contains(&share("purchase")),
        "{}",
        share("purchase")
    );
    assert!((0.12..0.3).contains(&share("view")), "{}", share("view"));
    for kind in ["save", "list", "return", "share", "referral"] {
        assert!(
            (0.001..0.08).contains(&share(kind)),
            "{kind}: {}",
            share(kind)
        );
    }
    let target = 300 * 24 * 13;
    assert!(
        events.len().abs_diff(target) < target / 7,
        "{}",
        events.len()
    );
}

#[test]
fn shops_and_goods_have_heavy_tails() {
    let bought = bought();
    let mut sizes: Vec<usize> = bought.values().map(BTreeSet::len).collect();
    sizes.sort_unstable();
    assert_eq!(sizes.len(), 300);
    assert!(
        sizes[30] < 20 && sizes[150] < 60 && sizes[297] > 150,
        "{sizes:?}"
    );
    let mut shops_of: BTreeMap<&String, usize> = BTreeMap::new();
    for good in bought.values().flatten() {
        *shops_of.entry(good).or_default() += 1;
    }
    let mut counts: Vec<usize> = shops_of.into_values().collect();
    counts.sort_unstable_by(|a, b| b.cmp(a));
    let (top, all) = (
        counts[..200].iter().sum::<usize>(),
        counts.iter().sum::<usize>(),
    );
    assert!(
        (0.25..0.6).contains(&(top as f64 / all as f64)),
        "{top} of {all}"
    );
    assert!(
        counts.len() < 2_000,
        "goods that nobody bought yet are wanting"
    );
}

#[test]
fn a_few_cells_are_empty_and_the_titles_are_many() {
    let goods = market("goods.csv");
    let empty = |column: &str| goods.iter().filter(|row| row[column].is_empty()).count();
    for column in ["good_id", "title", "title_zh", "currency", "url"] {
        assert_eq!(empty(column), 0, "{column}");
    }
    let optional = [
        "title_en",
        "supplier_id",
        "sku",
        "price_minor",
        "moq",
        "stock",
    ];
    for column in optional
        .into_iter()
        .chain(["category", "lead_time_days", "attributes"])
    {
        assert!(
            (2..120).contains(&empty(column)),
            "{column}: {}",
            empty(column)
        );
    }
    assert!(ids(&goods, "title").len() > 1_900);
    assert!(goods.iter().all(|row| row["title"] == row["title_zh"]));
}

#[test]
fn attributes_are_json_objects_of_words() {
    for row in market("goods.csv")
        .iter()
        .filter(|row| !row["attributes"].is_empty())
    {
        let words: BTreeMap<String, String> =
            serde_json::from_str(&row["attributes"]).unwrap();
        assert!(
            (3..=4).contains(&words.len()) && words.contains_key("type"),
            "{row:?}"
        );
        let title = row["title_en"].to_ascii_lowercase();
        let said = words
            .values()
            .all(|w| title.contains(&w.to_ascii_lowercase()));
        assert!(title.is_empty() || said, "{row:?}");
    }
}

#[test]
fn rates_are_counts_of_counts() {
    for row in market("goods.csv") {
        for rate in ["return", "review", "fill", "pickup"] {
            let cell = |part: &str| row[&format!("{rate}_{part}")].parse::<u64>().ok();
            match (cell("k"), cell("n")) {
                (Some(k), Some(n)) => assert!(k <= n && n > 0, "{row:?}"),
                (k, n) => assert!(k.is_none() && n.is_none(), "{row:?}"),
            }
        }
    }
}

#[test]
fn few_goods_are_endorsed_and_hardly_any_are_flagged() {
    let goods = market("goods.csv");
    let count = |column: &str, least: u32| {
        let cells = goods.iter().map(|row| row[column].parse::<u32>().unwrap());
        cells.filter(|&cell| cell >= least).count()
    };
    assert!((50..120).contains(&count("endorsements", 1)));
    assert!(count("endorsements", 3) > 5);
    assert_eq!(count("endorsements", 4), 0);
    assert!((3..20).contains(&count("brand_flag", 1)));
    assert_eq!(count("brand_flag", 2), 0);
}

#[test]
fn mooncakes_are_bought_before_mid_autumn() {
    let goods = market("goods.csv");
    let pastries = goods
        .iter()
        .filter(|row| row["category"] == "food/pastries");
    let pastries: BTreeSet<_> = pastries.map(|row| &row["good_id"]).collect();
    let events = market("events.csv");
    let purchases = events
        .iter()
        .filter(|row| row["kind"] == "purchase" && pastries.contains(&row["good_id"]));
    let feast = 1_759_708_800; // 2025-10-06
    let days = purchases.map(|row| (row["at"].parse::<i64>().unwrap() - feast) / 86_400);
    let days: Vec<i64> = days.collect();
    let within = |from, to| {
        days.iter()
            .filter(|&&day| (from..to).contains(&day))
            .count()
    };
    assert!(within(-50, -5) > 3 * within(5, 50), "{days:?}");
}

#[test]
fn goods_that_heat_up_sell_more_and_more() {
    let mut trends = BTreeMap::new();
    for row in market("truth-trends.csv") {
        let born: i64 = row["born"].parse().unwrap();
        if born < SAMPLE_END - 730 * 86_400 {
            trends.insert(row["good_id"].clone(), row["trend"].parse::<f64>().unwrap());
        }
    }
    let late_share = |wanted: &dyn Fn(f64) -> bool| {
        let events = market("events.csv");
        let of_trend = events.iter().filter(|row| {
            row["kind"] == "purchase"
                && trends.get(&row["good_id"]).is_some_and(|t| wanted(*t))
        });
        let late =
            |row: &&Row| row["at"].parse::<i64>().unwrap() > SAMPLE_END - 365 * 86_400;
        let (late, early): (Vec<_>, Vec<_>) = of_trend.partition(late);
        late.len() as f64 / (late.len() + early.len()) as f64
    };
    let (hot, cold) = (late_share(&|t| t > 0.7), late_share(&|t| t < -0.7));
    assert!(hot > 0.65 && cold < 0.4, "{hot} {cold}");
}

#[test]
fn the_truth_is_what_a_shop_would_like_and_has_not_bought() {
    let (bought, mut seen) = (bought(), BTreeSet::new());
    let mut per_shop: BTreeMap<String, usize> = BTreeMap::new();
    for row in market("truth.csv") {
        let (shop, good) = (row["shop_id"].clone(), row["good_id"].clone());
        assert!(!bought[&shop].contains(&good), "{shop} {good}");
        *per_shop.entry(shop.clone()).or_default() += 1;
        assert!(seen.insert((shop, good)), "{row:?} twice");
    }
    let full = per_shop.values().filter(|&&n| n == 20).count();
    assert!(per_shop.values().all(|&n| n <= 20) && full > 285, "{full}");
}

/// Counting which goods are bought together finds five times the truth that
/// counting purchases finds: so a ranking that learns is told from one that
/// does not.
#[test]
fn neighbours_recover_the_truth_far_above_popularity() {
    let bought = bought();
    let mut truth: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in market("truth.csv") {
        truth
            .entry(row["shop_id"].clone())
            .or_default()
            .insert(row["good_id"].clone());
    }
    let mut popular: BTreeMap<&String, f64> = BTreeMap::new();
    bought
        .values()
        .flatten()
        .for_each(|good| *popular.entry(good).or_default() += 1.0);
    let hits = |shop: &String, scores: &BTreeMap<&String, f64>| {
        let new = scores
            .iter()
            .filter(|(good, _)| !bought[shop].contains(**good));
        let mut new: Vec<_> = new.collect();
        new.sort_by(|a, b| b.1.total_cmp(a.1).then(a.0.cmp(b.0)));
        new.iter()
            .take(20)
            .filter(|(good, _)| truth[shop].contains(**good))
            .count()
    };
    let (mut by_popularity, mut by_neighbours) = (0, 0);
    for (shop, own) in bought.iter().filter(|(shop, _)| truth.contains_key(*shop)) {
        let mut scores: BTreeMap<&String, f64> = BTreeMap::new();
        for goods in bought.values() {
            let common = goods.intersection(own).count() as f64;
            let near = common / (goods.len() as f64 * own.len() as f64).sqrt();
            goods
                .iter()
                .for_each(|good| *scores.entry(good).or_default() += near * near);
        }
        by_popularity += hits(shop, &popular);
        by_neighbours += hits(shop, &scores);
    }
    assert!(
        by_neighbours > 5 * by_popularity,
        "{by_neighbours} {by_popularity}"
    );
}

#[test]
fn progress_rises_to_the_whole() {
    let root = tempfile::tempdir().unwrap();
    let calls = RefCell::new(Vec::new());
    let note = |done, total| calls.borrow_mut().push((done, total));
    write_sample(&root.path().join("market"), &small(1), &note).unwrap();
    let calls = calls.into_inner();
    assert!(calls.is_sorted() && calls.len() > 10);
    assert!(
        calls[..calls.len() - 1]
            .iter()
            .all(|(done, total)| done < total)
    );
    assert_eq!(calls.last().unwrap(), &(6_340, 6_340));
}

#[test]
fn the_smallest_markets_are_made() {
    for (goods, shops, months) in [(1, 1, 1), (1, 5, 24), (30, 1, 60), (30, 30, 1)] {
        let options = SampleOptions {
            goods,
            shops,
            months,
            ..SampleOptions::default()
        };
        let (summary, files) = make(&options);
        assert_eq!(summary.goods, u64::from(goods));
        assert!(summary.purchases >= u64::from(shops), "{summary:?}");
        assert_eq!(files.len(), FILES.len());
    }
}

#[test]
fn options_out_of_range_are_refused_before_anything_is_written() {
    let root = tempfile::tempdir().unwrap();
    let text = |options: SampleOptions| {
        let out = root.path().join("market");
        write_sample(&out, &options, &|_, _| ())
            .unwrap_err()
            .to_string()
    };
    let options = SampleOptions::default();
    assert_eq!(
        text(SampleOptions {
            goods: 0,
            ..options.clone()
        }),
        "--goods must be from 1 to 1000000, got 0"
    );
    assert_eq!(
        text(SampleOptions {
            shops: 2_000_000,
            ..options.clone()
        }),
        "--shops must be from 1 to 1000000, got 2000000"
    );
    assert_eq!(
        text(SampleOptions {
            months: 0,
            ..options.clone()
        }),
        "--months must be from 1 to 60, got 0"
    );
    assert_eq!(
        text(SampleOptions {
            events: Some(2_000_000_000),
            ..options
        }),
        "--events must be from 1 to 1000000000, got 2000000000"
    );
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 0);
}

#[test]
fn a_sample_replaces_a_sample_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let out = root.path().join("market");
    let write = |seed| write_sample(&out, &small(seed), &|_, _| ());
    write(1).unwrap();
    let first = read(&out);
    write(2).unwrap();
    assert!(first != read(&out));
    fs::write(out.join("notes.txt"), "mine").unwrap();
    assert_eq!(
        write(3).unwrap_err().to_string(),
        format!(
            "{} exists and is not an earlier sample (it has notes.txt); \
             name another folder or remove it",
            out.canonicalize().unwrap().display()
        )
    );
    assert_eq!(fs::read_dir(root.path()).unwrap().count(), 1);
}

#[test]
fn orders_are_of_the_first_shops_goods_and_customers() {
    let customers = ids(&market("customers.csv"), "customer_id");
    let goods = bought().remove("S0000001").unwrap_or_default();
    let orders = market("orders.csv");
    assert!(orders.len() > 300);
    let mut last = 0;
    for order in &orders {
        assert!(customers.contains(&order["customer_id"]));
        assert!(goods.contains(&order["good_id"]), "the shop sells it");
        let at: i64 = order["at"].parse().unwrap();
        assert!(last <= at && at <= SAMPLE_END, "by time");
        last = at;
    }
    for row in market("customers.csv") {
        let expected = format!("{}@example.com", row["customer_id"]);
        assert_eq!(row["email"], expected, "nobody's address");
    }
}
