//! `goodsrank users` on the sample's own orders and customers.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;

use serde_json::Value;

/// A sample and its shards, made once.
static SAMPLE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let root = tempfile::tempdir().unwrap();
    let path = |name: &str| root.path().join(name).to_str().unwrap().to_owned();
    let (catalog, shards) = (path("catalog"), path("shards"));
    for args in [
        vec!["sample", &catalog, "--goods", "300", "--shops", "40"],
        vec!["build", &catalog, "--out", &shards, "--effort", "quick"],
    ] {
        let made = goodsrank(&args);
        assert!(made.status.success(), "{}", text(&made.stderr));
    }
    root
});

fn goodsrank(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(args)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn file(name: &str) -> PathBuf {
    SAMPLE.path().join("catalog").join(name)
}

/// Runs `users` on a file of orders.
fn users(orders: &Path, args: &[&str]) -> Output {
    let shards = SAMPLE.path().join("shards");
    let [orders, shards] = [orders, &shards].map(|path| path.to_str().unwrap());
    goodsrank(&[&["users", orders, "--shards", shards], args].concat())
}

/// What it prints of the sample's orders and customers.
fn printed(args: &[&str]) -> String {
    let customers = file("customers.csv");
    let customers = ["--customers", customers.to_str().unwrap()];
    let output = users(&file("orders.csv"), &[&customers, args].concat());
    assert!(output.status.success(), "{}", text(&output.stderr));
    text(&output.stdout)
}

#[test]
fn hot_users_are_printed_hottest_first_with_the_asset_and_the_layers() {
    let out = printed(&["--limit", "5"]);
    assert_eq!(out.lines().count(), 1 + 5 + 2 + 1 + 5, "{out}");
    let json: Value =
        serde_json::from_str(&printed(&["--json", "--limit", "5"])).unwrap();
    let hot = json["hot"].as_array().unwrap();
    let heat = |user: &Value| user["temperature"].as_f64().unwrap();
    assert!(hot.windows(2).all(|two| heat(&two[0]) >= heat(&two[1])));
    for (user, line) in hot.iter().zip(out.lines().skip(1)) {
        assert!(line.ends_with(user["id"].as_str().unwrap()), "{line}");
    }
    let report = &json["report"];
    assert_eq!(
        (&report["customers"], &report["users"]),
        (&300.into(), &300.into())
    );
    assert!(
        out.contains(&format!("{} hot of 300 users", report["hotUsers"])),
        "{out}"
    );
    let worth = |layer: usize| report["layers"][layer]["r"].as_f64().unwrap();
    assert!(worth(1) > worth(2), "the sample's WeChat brings users back");
}

#[test]
fn users_for_a_good_did_not_buy_it() {
    let orders = fs::read_to_string(file("orders.csv")).unwrap();
    let rows: Vec<Vec<&str>> =
        orders.lines().map(|row| row.split(',').collect()).collect();
    let good = rows[1][3];
    let json = printed(&["--json", "--good", good, "--limit", "10000"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    let wants = json["wants"].as_array().unwrap();
    let bought = |id: &str| rows.iter().any(|row| row[1] == id && row[3] == good);
    assert!(
        wants
            .iter()
            .all(|want| !bought(want["id"].as_str().unwrap()))
    );
    let buyers: std::collections::BTreeSet<&str> = rows
        .iter()
        .filter(|row| row[3] == good)
        .map(|row| row[1])
        .collect();
    assert_eq!(wants.len(), 300 - buyers.len());
    let table = printed(&["--good", good, "--limit", "3"]);
    assert_eq!(table.lines().count(), 1 + 3, "{table}");
}

#[test]
fn the_file_of_hot_users_is_all_of_them() {
    let path = SAMPLE.path().join("hot.csv");
    let out = printed(&["--hot", path.to_str().unwrap(), "--limit", "1"]);
    let hot = fs::read_to_string(path).unwrap();
    assert!(
        out.contains(&format!("{} hot of", hot.lines().count() - 1)),
        "{out}"
    );
}

#[test]
fn rows_to_mend_are_named_by_line_without_addresses() {
    let path = SAMPLE.path().join("bad.csv");
    let rows = "somebody@example.com,soon,G0000001\n".repeat(12);
    fs::write(&path, format!("email,at,good_id\n{rows}")).unwrap();
    let output = users(&path, &[]);
    assert!(output.status.success());
    let told = text(&output.stderr);
    let first =
        "line 2: \"\" invalid at: expected UTC seconds or a date such as 2026-06-30\n";
    assert!(
        told.starts_with(first) && told.ends_with("and 2 more\n"),
        "{told}"
    );
    assert!(!told.contains("somebody"), "{told}");
}

#[test]
fn what_is_wrong_is_named_with_its_file() {
    let path = SAMPLE.path().join("nobody.csv");
    fs::write(&path, "at,good_id\n").unwrap();
    let refused = |orders: &Path, args: &[&str]| {
        let output = users(orders, args);
        assert!(!output.status.success());
        text(&output.stderr)
    };
    assert_eq!(
        refused(&path, &[]),
        format!(
            "error: {}: bad CSV: line 1, the header: expected a column customer_id, email or \
             phone, found others\n",
            path.display()
        )
    );
    let told = refused(&file("orders.csv"), &["--options", "{\"decay\":2}"]);
    assert_eq!(
        told,
        "error: bad query: decay: expected a number above 0, at most 1, found 2\n"
    );
    let told = refused(&file("orders.csv"), &["--options", "{\"heat\":2}"]);
    assert!(told.contains("unknown field `heat`"), "{told}");
}
