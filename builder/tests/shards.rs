//! One catalog as one shard and as eight: scores are calibrated, so rankings of
//! shards that were learned apart can be merged by score.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

const SHARDS: usize = 8;
const K: usize = 20;

fn goodsrank(arguments: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(arguments)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Builds a catalog and ranks every query: score and good by shop.
fn rank(
    folder: &Path,
    queries: &Path,
    events: &Path,
) -> BTreeMap<String, Vec<(f64, String)>> {
    let [catalog, shards, rankings] =
        ["catalog", "shards", "rankings.csv"].map(|name| folder.join(name));
    let path = |path: &Path| path.to_str().unwrap().to_owned();
    let (catalog, shards, out) = (path(&catalog), path(&shards), path(&rankings));
    goodsrank(&["build", &catalog, "--out", &shards, "--effort", "quick"]);
    let (queries, events) = (path(queries), path(events));
    goodsrank(&[
        "rank",
        &shards,
        "--policy",
        "fit",
        "--queries",
        &queries,
        "--profiles",
        &events,
        "--out",
        &out,
    ]);
    let mut by_shop: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    for line in fs::read_to_string(rankings).unwrap().lines().skip(1) {
        let [shop, _, good, score] = line.split(',').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let row = (score.parse().unwrap(), good.to_owned());
        by_shop.entry(shop.to_owned()).or_default().push(row);
    }
    by_shop
}

/// Writes a table with the rows whose `column` is among `ids`.
fn filter(from: &Path, to: &Path, column: &str, ids: &BTreeSet<String>) {
    let mut reader = csv::Reader::from_path(from).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = header.iter().position(|name| name == column).unwrap();
    let mut writer = csv::Writer::from_path(to).unwrap();
    writer.write_record(&header).unwrap();
    for row in reader.records().map(Result::unwrap) {
        if ids.contains(&row[at]) {
            writer.write_record(&row).unwrap();
        }
    }
}

#[test]
fn a_catalog_as_one_shard_and_as_eight_ranks_alike() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole");
    fs::create_dir(&whole).unwrap();
    let catalog = whole.join("catalog");
    goodsrank(&[
        "sample",
        catalog.to_str().unwrap(),
        "--goods",
        "800",
        "--shops",
        "200",
    ]);
    let (queries, events) = (catalog.join("truth.csv"), catalog.join("events.csv"));
    let one = rank(&whole, &queries, &events);

    let mut goods = csv::Reader::from_path(catalog.join("goods.csv")).unwrap();
    let ids: Vec<String> = goods.records().map(|r| r.unwrap()[0].to_owned()).collect();
    let mut eight: BTreeMap<String, Vec<(f64, String)>> = BTreeMap::new();
    for shard in 0..SHARDS {
        let part = folder.path().join(format!("part{shard}"));
        fs::create_dir_all(part.join("catalog")).unwrap();
        let own = ids.iter().skip(shard).step_by(SHARDS).cloned().collect();
        for name in ["goods.csv", "events.csv"] {
            filter(
                &catalog.join(name),
                &part.join("catalog").join(name),
                "good_id",
                &own,
            );
        }
        for (shop, rows) in rank(&part, &queries, &events) {
            eight.entry(shop).or_default().extend(rows);
        }
    }

    let (mut shared, mut all) = (0, 0);
    for (shop, rows) in one {
        let mut merged = eight.remove(&shop).unwrap();
        merged.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let merged: BTreeSet<&String> =
            merged[..K].iter().map(|(_, good)| good).collect();
        shared += rows
            .iter()
            .filter(|(_, good)| merged.contains(good))
            .count();
        all += rows.len();
    }
    let overlap = f64::from(shared as u32) / f64::from(all as u32);
    println!("overlap@{K}: {overlap:.3}");
    // An eighth of a profile is what each small shard hears of it, so they cannot
    // agree as one; by chance the overlap would be .025.
    assert!(overlap > 0.2, "overlap@{K} {overlap:.3}");
}
