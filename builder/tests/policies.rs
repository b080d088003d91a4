//! What policies earn on the sample, whose truth is known: a good that the truth
//! names for a shop is sold there once, and leaves what its price and returns do.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use goodsrank::channel::Channel;

fn goodsrank(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(arguments)
        .output()
        .unwrap();
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {message}");
}

fn rows(path: &Path) -> Vec<csv::StringRecord> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    reader.records().map(Result::unwrap).collect()
}

/// What a sale of each good leaves, minor units.
fn nets(goods: &Path) -> BTreeMap<String, f64> {
    let mut reader = csv::Reader::from_path(goods).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|n| n == name).unwrap();
    let [price, back, sold] = ["price_minor", "return_k", "return_n"].map(at);
    let channel = Channel::default();
    let net = |row: csv::StringRecord| {
        let number = |at: usize| row[at].parse::<f64>().unwrap_or(0.0);
        let returned = number(back) / number(sold).max(1.0);
        (row[0].to_owned(), channel.net(number(price), returned))
    };
    reader.records().map(|row| net(row.unwrap())).collect()
}

/// Profit by shop, ascending.
fn profits(
    folder: &Path,
    policy: &str,
    truth: &BTreeSet<(String, String)>,
    nets: &BTreeMap<String, f64>,
) -> Vec<f64> {
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let out = path(&format!("{policy}.csv"));
    let (shards, truth_file, events) =
        (path("shards"), path("truth.csv"), path("events.csv"));
    goodsrank(&[
        "rank",
        &shards,
        "--policy",
        policy,
        "--queries",
        &truth_file,
        "--profiles",
        &events,
        "--out",
        &out,
    ]);
    let mut by_shop: BTreeMap<String, f64> = BTreeMap::new();
    for row in rows(Path::new(&out)) {
        let [shop, good] = [0, 2].map(|i| row[i].to_owned());
        let sold = truth.contains(&(shop.clone(), good.clone()));
        *by_shop.entry(shop).or_default() += if sold { nets[&good] } else { 0.0 };
    }
    let mut profits: Vec<f64> = by_shop.into_values().collect();
    profits.sort_by(f64::total_cmp);
    profits
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[test]
fn margin_first_earns_most_and_balanced_nearly_as_much_for_more_shops() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let catalog = folder.to_str().unwrap();
    goodsrank(&["sample", catalog, "--goods", "1500", "--shops", "400"]);
    goodsrank(&[
        "build",
        catalog,
        "--out",
        &path("shards"),
        "--effort",
        "quick",
    ]);
    let truth: BTreeSet<(String, String)> = rows(&folder.join("truth.csv"))
        .iter()
        .map(|row| (row[0].to_owned(), row[1].to_owned()))
        .collect();
    let nets = nets(&folder.join("goods.csv"));
    let mut earned = BTreeMap::new();
    for policy in [
        "profit", "balanced", "fit", "trend", "niche", "plain", "1688",
    ] {
        let profits = profits(folder, policy, &truth, &nets);
        let worst = mean(&profits[..profits.len() / 10]);
        println!(
            "{policy:>9}  {:>9.0} a shop, the worst tenth {worst:>7.0}",
            mean(&profits)
        );
        earned.insert(policy, (mean(&profits), worst));
    }
    let (most, worst) = earned["profit"];
    for (policy, (mean, _)) in &earned {
        assert!(
            most >= *mean,
            "{policy} earns more than the margin-first one"
        );
    }
    assert!(earned["balanced"].0 >= 0.95 * most, "{earned:?}");
    assert!(earned["balanced"].1 > worst, "{earned:?}");
}
