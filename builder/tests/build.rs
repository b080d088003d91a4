//! `build`, from files to shard bytes: what it accepts, refuses and reports.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use goodsrank::manifest::Manifest;
use goodsrank::policy::Policy;
use goodsrank::shard::{Kernel, Section, Shard};
use goodsrank::{Engine, Query};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

const GOODS: &str = "good_id,title,category,supplier_id,price_minor,currency,moq\n";
const EVENTS: &str = "at,shop_id,good_id,kind,quantity\n";

/// A catalog of twelve goods and nine shops over a hundred days.
struct Catalog {
    dir: TempDir,
}

impl Catalog {
    fn new() -> Catalog {
        let dir = tempfile::tempdir().unwrap();
        let catalog = Catalog { dir };
        let goods: String = (0..12)
            .map(|g| {
                format!(
                    "g{g:02},Tea {g},food/tea{},p{},{},CNY,10\n",
                    g % 3,
                    g % 2,
                    100 + 50 * g
                )
            })
            .collect();
        let mut events = String::new();
        for shop in 0..9 {
            for good in (0..12).filter(|g| (g + shop) % 3 != 0) {
                let day = 1 + (shop * 7 + good * 11) % 100;
                events += &format!(
                    "{},s{shop},g{good:02},purchase,{}\n",
                    day * 86_400,
                    1 + good
                );
            }
        }
        catalog.write("goods.csv", format!("{GOODS}{goods}"));
        catalog.write("events.csv", format!("{EVENTS}{events}"));
        catalog.write("shops.csv", "shop_id,name,public\ns1,One,1\ns2,Two,0\n");
        catalog
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join("catalog").join(name)
    }

    fn out(&self) -> PathBuf {
        self.dir.path().join("shards")
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::create_dir_all(self.path("")).unwrap();
        fs::write(self.path(name), text).unwrap();
    }

    fn append(&self, name: &str, text: &str) {
        let all = fs::read_to_string(self.path(name)).unwrap() + text;
        self.write(name, all);
    }

    fn run(&self, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_goodsrank"))
            .arg("build")
            .arg(self.path(""))
            .arg("--out")
            .arg(self.out())
            .args(arguments)
            .output()
            .unwrap()
    }

    /// The bytes of the one shard.
    fn build(&self, arguments: &[&str]) -> Vec<u8> {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let manifest: Manifest =
            serde_json::from_slice(&fs::read(self.out().join("manifest.json")).unwrap())
                .unwrap();
        fs::read(self.out().join(&manifest.shards[0].file)).unwrap()
    }

    /// What a build that fails says, with the catalog's folder left out.
    fn refuse(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1));
        assert!(!self.out().exists(), "a failed build leaves nothing");
        let left: Vec<_> = fs::read_dir(self.dir.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "a failed build leaves nothing aside");
        let text = String::from_utf8(output.stderr).unwrap();
        text.replace(&self.path("").display().to_string(), "")
            .trim()
            .to_owned()
    }
}

#[test]
fn the_same_input_gives_the_same_bytes_on_one_thread_and_many() {
    let catalog = Catalog::new();
    let one = catalog.build(&["--threads", "1"]);
    assert!(one == catalog.build(&["--threads", "4"]));
    // The order of the rows changes nothing.
    let events = fs::read_to_string(catalog.path("events.csv")).unwrap();
    let mut rows: Vec<&str> = events.lines().skip(1).collect();
    rows.reverse();
    catalog.write("events.csv", format!("{EVENTS}{}\n", rows.join("\n")));
    assert!(one == catalog.build(&[]));
}

#[test]
fn csv_parquet_and_json_lines_give_the_same_bytes() {
    let catalog = Catalog::new();
    let csv = catalog.build(&[]);
    to_parquet(&catalog, "events");
    assert!(csv == catalog.build(&[]), "events as Parquet");
    to_json_lines(&catalog, "goods");
    assert!(csv == catalog.build(&[]), "goods as JSON Lines");
}

fn cells(path: &Path) -> (Vec<String>, Vec<Vec<String>>) {
    let text = fs::read_to_string(path).unwrap();
    let mut rows = text
        .lines()
        .map(|l| l.split(',').map(str::to_owned).collect::<Vec<_>>());
    (rows.next().unwrap(), rows.collect())
}

fn to_parquet(catalog: &Catalog, table: &str) {
    let csv = catalog.path(&format!("{table}.csv"));
    let (names, rows) = cells(&csv);
    let column = |i: usize| rows.iter().map(|row| row[i].as_str()).collect::<Vec<_>>();
    let mut fields = vec![Field::new(&names[0], DataType::Int64, false)];
    let at =
        Int64Array::from_iter_values(column(0).iter().map(|v| v.parse::<i64>().unwrap()));
    let mut columns: Vec<ArrayRef> = vec![Arc::new(at)];
    for (i, name) in names.iter().enumerate().skip(1) {
        fields.push(Field::new(name, DataType::Utf8, false));
        columns.push(Arc::new(StringArray::from(column(i))));
    }
    let schema = Arc::new(Schema::new(fields));
    let batch = RecordBatch::try_new(schema.clone(), columns).unwrap();
    let file = fs::File::create(catalog.path(&format!("{table}.parquet"))).unwrap();
    let mut writer = ArrowWriter::try_new(file, schema, None).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    fs::remove_file(csv).unwrap();
}

fn to_json_lines(catalog: &Catalog, table: &str) {
    let csv = catalog.path(&format!("{table}.csv"));
    let (names, rows) = cells(&csv);
    let mut text = String::new();
    for row in rows {
        let pairs = names.iter().zip(row);
        let object: serde_json::Map<String, serde_json::Value> = pairs
            .map(|(name, value)| {
                let number = value.parse::<u64>().ok().map(serde_json::Value::from);
                (name.clone(), number.unwrap_or_else(|| value.into()))
            })
            .collect();
        text += &format!("{}\n", serde_json::Value::from(object));
    }
    catalog.write(&format!("{table}.jsonl"), text);
    fs::remove_file(csv).unwrap();
}

#[test]
fn takes_a_byte_order_mark_and_crlf() {
    let catalog = Catalog::new();
    let plain = catalog.build(&[]);
    for table in ["goods.csv", "events.csv"] {
        let text = fs::read_to_string(catalog.path(table)).unwrap();
        catalog.write(table, format!("\u{feff}{}", text.replace('\n', "\r\n")));
    }
    assert!(plain == catalog.build(&[]));
}

#[test]
fn refuses_what_cannot_be_read_and_names_the_place() {
    let cases: [(&str, &str, &str); 9] = [
        (
            "goods.csv",
            "g12,Tea,food,p1,cheap,CNY,1\n",
            "error: goods.csv: bad CSV: line 14, column price_minor: expected a whole number, 0 or \
             more, found \"cheap\"",
        ),
        (
            "goods.csv",
            "g12,Tea,food,p1,-5,CNY,1\n",
            "error: goods.csv: bad CSV: line 14, column price_minor: expected a whole number, 0 or \
             more, found \"-5\"",
        ),
        (
            "goods.csv",
            "g03,Tea,food,p1,5,CNY,1\n",
            "error: goods.csv: line 14: good_id \"g03\" was on line 5 already; remove one",
        ),
        (
            "goods.csv",
            "g12,Tea,food,p1,5,yuan,1\n",
            "error: goods.csv: bad CSV: line 14, column currency: expected an ISO 4217 code such \
             as CNY, found \"YUAN\"",
        ),
        (
            "goods.csv",
            ",Tea,food,p1,5,CNY,1\n",
            "error: goods.csv: bad CSV: line 14, column good_id: expected an id of 1 to 64 bytes, \
             found \"\"",
        ),
        (
            "goods.csv",
            "g12,Tea\n",
            "error: goods.csv: bad CSV: line 14, the row: expected 7 fields, as the header has, \
             found 2",
        ),
        (
            "events.csv",
            "yesterday,s1,g01,purchase,1\n",
            "error: events.csv: bad CSV: line 74, column at: expected UTC seconds or a date such \
             as 2026-06-30, found \"yesterday\"",
        ),
        (
            "goods.csv",
            "g12,Tea,food,p1,5,EUR,1\n",
            "error: : goods, line 14: good \"g12\" is priced in EUR, the shard in CNY, and \
             rates.csv has no rate between them; add the row date,EUR,CNY,rate, or build a shard a \
             currency",
        ),
        (
            "shops.csv",
            "s1,Again,1\n",
            "error: shops.csv: line 4: shop_id \"s1\" was there already; remove one",
        ),
    ];
    for (table, row, expected) in cases {
        let catalog = Catalog::new();
        catalog.append(table, row);
        assert_eq!(catalog.refuse(&[]), expected);
    }
}

#[test]
fn refuses_parts_that_are_no_parts() {
    let cases = [
        (
            "return_k,return_n\ng1,3,\n",
            "return_n: expected a whole number, of which return_k is a part, found \"\"",
        ),
        (
            "review_k\ng1,0\n",
            "review_n: expected a whole number, of which review_k is a part, found \"\"",
        ),
        (
            "fill_k,fill_n\ng1,8,7\n",
            "fill_k: expected at most 7, as many as fill_n, found \"8\"",
        ),
        (
            "pickup_k,pickup_n\ng1,some,7\n",
            "pickup_k: expected a whole number, 0 or more, found \"some\"",
        ),
        (
            "stock\ng1,-1\n",
            "stock: expected a whole number, 0 or more, found \"-1\"",
        ),
        (
            "evidence_at\ng1,lately\n",
            "evidence_at: expected UTC seconds or a date such as 2026-06-30, found \"lately\"",
        ),
        (
            "brand_flag\ng1,2\n",
            "brand_flag: expected 0 or 1, found \"2\"",
        ),
        (
            "ships_to\ng1,CN Mars!\n",
            "ships_to: expected codes such as CN or US-CA, found \"MARS!\"",
        ),
    ];
    for (rows, expected) in cases {
        let catalog = Catalog::new();
        catalog.write("goods.csv", format!("good_id,{rows}"));
        assert_eq!(
            catalog.refuse(&[]),
            format!("error: goods.csv: bad CSV: line 2, column {expected}")
        );
    }
}

#[test]
fn refuses_bytes_that_are_no_text() {
    let catalog = Catalog::new();
    let mut bytes = GOODS.as_bytes().to_vec();
    bytes.extend(b"g1,\xb2\xe8,food,p1,5,CNY,1\n");
    catalog.write("goods.csv", bytes);
    assert_eq!(
        catalog.refuse(&[]),
        "error: goods.csv: bad CSV: line 2, column title: expected UTF-8 (save the file as CSV \
         UTF-8), found other bytes"
    );
}

#[test]
fn refuses_a_catalog_that_is_none() {
    let catalog = Catalog::new();
    catalog.write("goods.csv", GOODS);
    assert_eq!(
        catalog.refuse(&[]),
        "error: goods.csv: expected goods, found none; add a row for each good"
    );
    catalog.write("goods.csv", "id,title\n1,Tea\n");
    assert_eq!(
        catalog.refuse(&[]),
        "error: goods.csv: bad CSV: line 1, the header: expected a column good_id, found the \
         columns id, title"
    );
    fs::remove_file(catalog.path("goods.csv")).unwrap();
    assert_eq!(
        catalog.refuse(&[]),
        "error: : expected goods.csv, goods.parquet or goods.jsonl, found none; add it: one row a \
         good, with a column good_id"
    );
    for format in ["csv", "jsonl"] {
        catalog.write(&format!("goods.{format}"), "");
    }
    assert_eq!(
        catalog.refuse(&[]),
        "error: : expected one file of goods, found goods.csv and goods.jsonl; remove one"
    );
    catalog.write("goods.jsonl", "{\"good_id\": 1}\n[1]\n");
    fs::remove_file(catalog.path("goods.csv")).unwrap();
    assert!(
        catalog
            .refuse(&[])
            .starts_with("error: goods.jsonl: line 2: expected a JSON object in UTF-8")
    );
}

#[test]
fn events_of_the_future_are_skipped_and_counted() {
    let catalog = Catalog::new();
    catalog.append("events.csv", "4102444800,s1,g01,purchase,1\n");
    let t_ref = |arguments: &[&str]| {
        let engine = Engine::open(catalog.build(arguments)).unwrap();
        engine.model().t_ref
    };
    assert_eq!(t_ref(&[]), 99 * 86_400, "as if it were not there");
    assert_eq!(t_ref(&["--until", "2100-01-01"]), 4_102_444_800);
    assert!(t_ref(&["--until", "1970-03-01"]) <= 59 * 86_400);
    let text = String::from_utf8(catalog.run(&[]).stdout).unwrap();
    assert!(text.contains("skipped 1 events: 1 in the future"), "{text}");
}

#[test]
fn skips_and_counts_or_refuses_when_strict() {
    let catalog = Catalog::new();
    catalog.append(
        "events.csv",
        "1,s1,gone,purchase,1\n1,s1,g01,stolen,1\n1,s1,g02,purchase,0\n",
    );
    assert_eq!(
        catalog.refuse(&["--strict"]),
        "error: : --strict, and 3 events would be skipped: 1 unknown kind, 1 quantity not above \
         0, 1 unknown good"
    );
    let output = catalog.run(&[]);
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains(
            "skipped 3 events: 1 unknown kind, 1 quantity not above 0, 1 unknown good"
        ),
        "{text}"
    );
}

/// The catalog with a cause for each event: `by` is told shop and good.
fn caused(by: impl Fn(&str, &str) -> String) -> Catalog {
    let catalog = Catalog::new();
    let events = fs::read_to_string(catalog.path("events.csv")).unwrap();
    let with_cause = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        format!("{line},{}\n", by(cells[1], cells[2]))
    };
    let rows: String = events.lines().skip(1).map(with_cause).collect();
    let header = EVENTS.trim();
    catalog.write("events.csv", format!("{header},caused_by\n{rows}"));
    catalog
}

#[test]
fn spread_is_shipped_where_events_name_a_cause() {
    let of = |catalog: &Catalog, arguments: &[&str]| {
        let shard = Shard::open(catalog.build(arguments)).unwrap();
        let values: Vec<u64> = shard.column(Section::Spread).unwrap().iter().collect();
        (values, shard.usual().unwrap().spread)
    };
    let unknown = (vec![], 0.0);
    assert_eq!(of(&Catalog::new(), &[]), unknown, "no such column");
    assert_eq!(of(&caused(|_, _| String::new()), &[]), unknown, "no cause");
    // Good 0 is touched by shops 1, 2, 4, 5, 7 and 8, on days 8, 15, 29, 36, 50, 57.
    let catalog = caused(|shop, good| match (shop, good) {
        ("s1", _) => String::new(),
        (_, "g00") => "s1".to_owned(),
        _ => String::new(),
    });
    let (values, usual) = of(&catalog, &["--strict"]);
    // 5 of 72 touches were caused, 5 of 24 in the good's category, 5 of its 6.
    let n = 5.0 / 92.0;
    let [own, others] =
        [(5.0, 24.0), (0.0, 24.0)].map(|(k, all)| (k + 20.0 * n) / (all + 20.0));
    let column = |n: f64| 1 + (255.0 * n).round() as u64;
    assert_eq!(values[0], column((5.0 + 20.0 * own) / 26.0));
    assert_eq!(values[3], column(20.0 * own / 26.0));
    assert_eq!(values[1], column(20.0 * others / 26.0));
    let ln = |&value: &u64| libm::log(255.0 / (256.0 - value as f64));
    let mean = values.iter().map(ln).sum::<f64>() / 12.0;
    assert!((usual - mean).abs() < 1e-12);
}

#[test]
fn a_cause_that_is_none_is_skipped_and_counted_or_refused_when_strict() {
    // Nobody is "x"; nobody causes what they do themselves.
    let catalog = caused(|shop, good| match (shop, good) {
        ("s1", "g00") => "x".to_owned(),
        ("s2", "g00") => "s2".to_owned(),
        _ => String::new(),
    });
    let why = "caused_by must name another shop that had an event with the good before";
    assert_eq!(
        catalog.refuse(&["--strict"]),
        format!("error: : --strict, and 2 causes would be skipped: {why}")
    );
    let text = String::from_utf8(catalog.run(&[]).stdout).unwrap();
    assert!(
        text.contains(&format!("  skipped 2 causes: {why}\n")),
        "{text}"
    );
    assert!(!text.contains("events:"), "the events count: {text}");
    let long = caused(|_, _| "x".repeat(65));
    assert_eq!(
        long.refuse(&[]),
        format!(
            "error: events.csv: bad CSV: line 2, column caused_by: expected an id of at most \
             64 bytes, or none, found \"{}\"…",
            "x".repeat(60)
        )
    );
}

#[test]
fn categories_and_public_shops_have_temperatures() {
    let catalog = Catalog::new();
    let lengths = |arguments: &[&str]| {
        let engine = Engine::open(catalog.build(arguments)).unwrap();
        let info = engine.info().unwrap();
        let known = info
            .category_heat
            .iter()
            .filter(|heat| heat.is_some())
            .count();
        (info.categories.len(), known, info.shop_heat.len())
    };
    assert_eq!(lengths(&[]), (3, 3, 1));
    assert_eq!(lengths(&["--publish-shops", "none"]), (3, 3, 0));
    assert_eq!(lengths(&["--min-shops", "10"]), (3, 0, 1));
    // The one that sold a minute ago is hotter.
    catalog.write("shops.csv", "shop_id,name,public\ns1,,1\ns2,,1\n");
    let rows = "8640000,s2,g00,purchase,1\n".repeat(9);
    catalog.append("events.csv", &rows);
    let engine = Engine::open(catalog.build(&["--min-shops", "3"])).unwrap();
    let info = engine.info().unwrap();
    let heat: Vec<f64> = info
        .shop_heat
        .iter()
        .map(|h| h.unwrap().temperature)
        .collect();
    assert!(heat[0] < 0.0 && 0.0 < heat[1], "{heat:?}");
    let text = inspect(&catalog, &[]);
    let hottest = text.lines().position(|l| l.starts_with("  hottest shops"));
    let row = text.lines().nth(hottest.unwrap() + 1).unwrap();
    let cells: Vec<&str> = row.split_whitespace().collect();
    assert_eq!((cells[0], cells[1].parse()), ("s2", Ok(heat[1])), "{text}");
    let json: serde_json::Value =
        serde_json::from_str(&inspect(&catalog, &["--json"])).unwrap();
    assert_eq!(json["shops"][0]["id"], "s2");
    assert_eq!(json["shops"][0]["temperature"], heat[1]);
    assert_eq!(json["categories"].as_array().unwrap().len(), 3);
}

#[test]
fn seasons_are_shipped_where_they_foretell() {
    // Two years; goods of kind 0 are taken in June and July, others at any time.
    let seasonal = |s: usize, g: usize| {
        let month = 30 * ((s * 7 + g) % 24);
        Some(match g % 3 {
            0 => 365 * (s % 2) + 220 + (s * 7 + g) % 50,
            _ => month + s % 30,
        })
    };
    let catalog = history(40, 30, seasonal);
    let shard = Shard::open(catalog.build(&["--effort", "quick"])).unwrap();
    let factors: Vec<u64> = shard.column(Section::Seasons).unwrap().iter().collect();
    assert_eq!(factors.len(), 4 * 12);
    let of = |category: usize, month: usize| factors[12 * category + month - 1];
    assert!(of(1, 7) > 1500 && of(1, 1) < 800, "{factors:?}");
    assert!(of(2, 7) < 900, "{factors:?}");
    let output = catalog.run(&["--effort", "quick", "--explain"]);
    let text = String::from_utf8(output.stdout).unwrap();
    let line = text.lines().find(|l| l.starts_with("seasons: +")).unwrap();
    assert!(line.ends_with("months not seen"), "{line}");
    let young = Catalog::new().run(&["--explain"]);
    let text = String::from_utf8(young.stdout).unwrap();
    assert!(
        text.ends_with("\nseasons: none, for want of a year and a month of purchases\n"),
        "{text}"
    );
}

#[test]
fn converts_at_the_last_rate_before_the_last_event() {
    let catalog = Catalog::new();
    catalog.append(
        "goods.csv",
        "g12,Tee,food,p1,200,EUR,1\ng13,Cha,food,p1,300,JPY,1\n",
    );
    catalog.write(
        "rates.csv",
        "date,from,to,rate\n1970-01-05,EUR,CNY,7\n1970-01-20,EUR,CNY,8\n2020-01-01,EUR,CNY,9\n\
         1970-01-01,JPY,CNY,0.05\n",
    );
    let bytes = catalog.build(&[]);
    let shard = Shard::open(bytes).unwrap();
    let price = shard.column(Section::Price).unwrap();
    // 2.00 EUR at 8; 300 JPY, which has no minor unit, at .05.
    assert_eq!((price.get(12), price.get(13)), (1600, 1500));
}

#[test]
fn hides_what_fewer_than_k_shops_stand_behind() {
    let catalog = Catalog::new();
    let pairs = |arguments: &[&str]| {
        let shard = Shard::open(catalog.build(arguments)).unwrap();
        let pairs = shard.column(Section::Neighbours).unwrap().len();
        (pairs, shard.publishable())
    };
    let (all, publishable) = pairs(&["--min-shops", "1"]);
    assert!(!publishable, "k = 1 is not for publication");
    let (some, publishable) = pairs(&["--min-shops", "4"]);
    assert!(publishable && some < all, "{some} of {all}");
    assert_eq!(pairs(&["--min-shops", "10"]).0, 0, "there are nine shops");
    let output = catalog.run(&["--min-shops", "10"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.starts_with("warning: nearly everything is hidden"),
        "{text}"
    );
}

/// The sections of a shard that 1.2 added, by number.
fn supply_sections(shard: &Shard<Vec<u8>>) -> Vec<u16> {
    let numbers = shard.sections().map(|s| s.section as u16);
    numbers
        .filter(|n| (31..=47).contains(n) || (59..=60).contains(n))
        .collect()
}

#[test]
fn supply_is_shipped_where_it_is_known() {
    let catalog = Catalog::new();
    let goods = fs::read_to_string(catalog.path("goods.csv")).unwrap();
    let columns = "review_k,review_n,return_k,return_n,fill_k,fill_n,pickup_k,pickup_n,stock,\
                   endorsements,brand_flag";
    let first = "9,10,1,50,4,5,0,3,0,2,1";
    let rows = goods
        .lines()
        .zip([columns, first].into_iter().chain([",,,,,,,,,,"; 11]));
    let rows: Vec<String> = rows.map(|(row, more)| format!("{row},{more}\n")).collect();
    catalog.write("goods.csv", rows.concat());
    let text = String::from_utf8(catalog.run(&[]).stdout).unwrap();
    assert!(!text.contains("columns not used"), "{text}");
    let shard = Shard::open(catalog.build(&[])).unwrap();
    // No two titles are alike, so there are no equivalents and no price rank.
    let all = [
        31, 32, 33, 34, 35, 36, 37, 38, 39, 42, 43, 44, 45, 46, 47, 59, 60,
    ];
    let few_of_a_month = |n: &u16| *n != Section::MonthSales as u16;
    let expected: Vec<u16> = all.into_iter().filter(few_of_a_month).collect();
    assert_eq!(supply_sections(&shard), expected);
    let of = |section: Section, row: usize| shard.column(section).unwrap().get(row);
    let known = [
        (Section::ReviewGood, 9),
        (Section::ReviewCount, 10),
        (Section::PickedUp, 0),
        (Section::PickUpCount, 3),
        (Section::Stock, 1), // none is left, which is known
        (Section::Endorsements, 2),
        (Section::BrandFlag, 1),
    ];
    for (section, value) in known {
        assert_eq!((of(section, 0), of(section, 1)), (value, 0), "{section:?}");
    }
    assert_eq!(of(Section::Sellers, 5), 6);
    let usual = shard.usual().unwrap();
    assert_eq!((usual.review_rate, usual.return_rate), (0.9, 0.02));
    assert_eq!((usual.fill_rate, usual.lead_time), (0.8, 7.0));
    assert_eq!(usual.sellers, 6.0);
    assert!(verify(&catalog).0);
}

#[test]
fn a_catalog_that_says_nothing_of_supply_is_a_shard_as_before() {
    let catalog = Catalog::new();
    // Nothing shows of nine shops.
    let nobody = ["--min-shops", "10", "--publish-shops", "none"];
    let shard = Shard::open(catalog.build(&nobody)).unwrap();
    assert_eq!((shard.version(), supply_sections(&shard)), ((1, 0), vec![]));
}

#[test]
fn brands_and_destinations_are_tables_where_goods_name_them() {
    let catalog = Catalog::new();
    let plain = Shard::open(catalog.build(&[])).unwrap();
    assert!(!plain.has(Section::Brand) && !plain.has(Section::ShipsTo));
    let goods = "g00,two, us;cn \ng01,one,\ng02,,CN|US\ng03,one,hk\n";
    catalog.write("goods.csv", format!("good_id,brand,ships_to\n{goods}"));
    catalog.write("events.csv", format!("{EVENTS}86400,s1,g00,purchase,1\n"));
    let shard = Shard::open(catalog.build(&["--min-shops", "1"])).unwrap();
    shard.verify().unwrap();
    let brands: Vec<&str> = shard.brands().unwrap().iter().collect();
    assert_eq!(brands, ["", "one", "two"]);
    let lists: Vec<&str> = shard.destinations().unwrap().iter().collect();
    assert_eq!(lists, ["", "CN US", "HK"]);
    let column = |section| shard.column(section).unwrap().iter().collect::<Vec<_>>();
    assert_eq!(column(Section::Brand), [2, 1, 0, 1]);
    assert_eq!(column(Section::ShipsTo), [1, 0, 1, 2]);
}

#[test]
fn goods_that_stand_for_each_other_are_a_group_with_prices_in_order() {
    let catalog = Catalog::new();
    let row = |g: usize| {
        let (supplier, price) = (g % 2, 100 + 10 * g);
        format!("g{g:02},Porcelain tea cup,kitchen,p{supplier},{price},CNY,1\n")
    };
    let goods: String = (0..12).map(row).collect();
    catalog.write("goods.csv", format!("{GOODS}{goods}"));
    let shard = Shard::open(catalog.build(&["--min-shops", "10"])).unwrap();
    let column = |section: Section| -> Vec<u64> {
        shard.column(section).unwrap().iter().collect()
    };
    assert_eq!(column(Section::Equivalents), [1; 12]);
    let ranks = column(Section::PriceRank);
    assert!(
        ranks.is_sorted() && (ranks[0], ranks[11]) == (1, 255),
        "{ranks:?}"
    );
    assert_eq!(supply_sections(&shard), [40, 41, 60]);
}

#[test]
fn ships_the_profiles_of_shops_that_agreed() {
    let catalog = Catalog::new();
    let shops = |arguments: &[&str]| {
        let shard = Shard::open(catalog.build(arguments)).unwrap();
        shard
            .shop_ids()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(shops(&[]), ["s1"]);
    assert_eq!(shops(&["--publish-shops", "none"]), [""; 0]);
    assert_eq!(shops(&["--publish-shops", "all"]).len(), 9);
}

#[test]
fn replaces_an_earlier_build_and_nothing_else() {
    let catalog = Catalog::new();
    catalog.build(&[]);
    catalog.build(&[]);
    fs::remove_file(catalog.out().join("manifest.json")).unwrap();
    let output = catalog.run(&[]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(
        text.contains("exists and is not an earlier build (it has no manifest of shards); name another folder or remove it")
    );
}

#[test]
fn somebody_elses_manifest_is_not_an_earlier_build() {
    let catalog = Catalog::new();
    fs::create_dir(catalog.out()).unwrap();
    fs::write(catalog.out().join("manifest.json"), "{\"name\":\"my app\"}").unwrap();
    let output = catalog.run(&[]);
    assert!(!output.status.success());
    assert!(catalog.out().join("manifest.json").exists());
}

#[test]
fn a_private_shop_does_not_show_behind_public_ones() {
    let catalog = Catalog::new();
    let shops: String = (0..9)
        .map(|s| format!("s{s},,{}\n", u8::from(s > 0)))
        .collect();
    catalog.write("shops.csv", format!("shop_id,name,public\n{shops}"));
    let pairs = |arguments: &[&str]| {
        let shard = Shard::open(catalog.build(arguments)).unwrap();
        shard.column(Section::Neighbours).unwrap().len()
    };
    // Of all pairs shop s0 has some; with the others' profiles shipped, those
    // have one private shop behind them and go, where none shipped they stay.
    let none = pairs(&["--min-shops", "3", "--publish-shops", "none"]);
    let consented = pairs(&["--min-shops", "3"]);
    assert!(consented < none, "{consented} of {none}");
}

#[test]
fn a_shard_without_search_is_sound() {
    let catalog = Catalog::new();
    catalog.build(&["--no-search"]);
    assert!(verify(&catalog).0);
}

#[test]
fn a_currency_that_is_none_is_refused() {
    let catalog = Catalog::new();
    assert_eq!(
        catalog.refuse(&["--currency", "yuan"]),
        "error: : --currency: expected an ISO 4217 code such as CNY, found \"yuan\""
    );
}

#[test]
fn columns_that_nothing_reads_are_listed() {
    let catalog = Catalog::new();
    catalog.write("suppliers.csv", "supplier_id,name,mood\np0,One,good\n");
    let text = String::from_utf8(catalog.run(&[]).stdout).unwrap();
    assert!(
        text.contains("columns not used: suppliers.csv: mood"),
        "{text}"
    );
    catalog.write("suppliers.csv", "supplier_id,name\np0,One\np0,Two\n");
    let text = String::from_utf8(catalog.run(&[]).stderr).unwrap();
    assert!(
        text.contains("line 3: supplier_id \"p0\" was there already; remove one"),
        "{text}"
    );
}

#[test]
fn a_catalog_of_one_good_builds() {
    let catalog = Catalog::new();
    catalog.write("goods.csv", "good_id\ng1\n");
    catalog.write("events.csv", "at,shop_id,good_id\n0,s1,g1\n");
    catalog.build(&[]);
}

/// When histories start, UTC seconds.
const START: usize = 1_700_000_000;

/// Shops by goods: shop s buys good g on the day that `day` gives, if any.
fn history(
    shops: usize,
    goods: usize,
    day: impl Fn(usize, usize) -> Option<usize>,
) -> Catalog {
    let catalog = Catalog::new();
    let rows: String = (0..goods)
        .map(|g| {
            format!(
                "g{g:03},Tea {g},food/tea{},p{},{},CNY,1\n",
                g % 3,
                g % 4,
                100 + g
            )
        })
        .collect();
    let mut events = String::new();
    for (s, g) in (0..shops).flat_map(|s| (0..goods).map(move |g| (s, g))) {
        if let Some(day) = day(s, g) {
            let at = START + day * 86_400;
            events += &format!("{at},s{s:03},g{g:03},purchase,1\n");
        }
    }
    catalog.write("goods.csv", format!("{GOODS}{rows}"));
    catalog.write("events.csv", format!("{EVENTS}{events}"));
    fs::remove_file(catalog.path("shops.csv")).unwrap();
    catalog
}

/// A market that moves: every good is new for sixty days, in which most shops of
/// its kind and a few others take it. So what was newly adopted tells more than
/// what is held, and a regression is chosen.
fn market(shops: usize, goods: usize) -> Catalog {
    history(shops, goods, |s, g| {
        let hash = (s * 7919 + g * 104_729 + s * g * 31) % 101;
        let wanted = if s % 4 == g % 4 { 80 } else { 10 };
        (hash < wanted).then_some(g * 300 / goods + hash * 37 % 60)
    })
}

/// Builds, verifies, and ranks goods for every public shop and public shops for
/// every good: all scores must be a number from the floor to 0.
fn is_sound(catalog: &Catalog, arguments: &[&str]) -> Engine<Vec<u8>> {
    let all = [arguments, &["--publish-shops", "all"]].concat();
    let engine = Engine::open(catalog.build(&all)).unwrap();
    engine.shard().verify().unwrap();
    assert!(verify(catalog).0);
    let floor = (engine.model().calibration.floor * 1e6) as i64;
    let is_ln_p = |scores: &[i64]| scores.iter().all(|score| (floor..=0).contains(score));
    let fit = Query {
        policy: Policy::FIT,
        ..Query::default()
    };
    for shop in engine.shard().shop_ids().unwrap().iter() {
        let profile = engine.public_profile(shop).unwrap();
        let scores = engine.rank(&profile, &fit).unwrap().scores;
        assert!(profile.is_empty() || is_ln_p(&scores), "{shop}: {scores:?}");
    }
    for row in 0..engine.shard().goods() {
        let scores = engine.rank_shops(row, 100).unwrap().scores;
        assert!(is_ln_p(&scores), "{row}: {scores:?}");
    }
    engine
}

#[test]
fn a_single_shop_or_good_is_a_catalog() {
    let one_shop = history(1, 12, |_, g| Some(g * 20));
    assert_eq!(is_sound(&one_shop, &[]).shard().goods(), 12);
    is_sound(&one_shop, &["--min-shops", "1"]);
    let one_good = history(12, 1, |s, _| Some(s * 20));
    let engine = is_sound(&one_good, &[]);
    assert_eq!(
        engine.rank_shops(0, 5).unwrap().candidates,
        0,
        "all have it"
    );
    is_sound(&one_good, &["--min-shops", "1"]);
}

#[test]
fn a_good_bought_by_everybody_is_a_good_like_others() {
    let catalog = history(24, 16, |s, g| {
        (g == 0 || (s * 5 + g * 3) % 7 < 3).then_some((s * 11 + g * 17) % 200)
    });
    let engine = is_sound(&catalog, &[]);
    assert_eq!(engine.rank_shops(0, 5).unwrap().candidates, 0);
    is_sound(&catalog, &["--min-shops", "1"]);
}

#[test]
fn a_shop_that_bought_everything_has_nothing_left_to_buy() {
    let catalog = history(24, 16, |s, g| {
        (s == 0 || (s * 5 + g * 3) % 7 < 3).then_some((s * 11 + g * 17) % 200)
    });
    let engine = is_sound(&catalog, &[]);
    let everything = engine.public_profile("s000").unwrap();
    let ranking = engine.rank(&everything, &Query::default()).unwrap();
    assert_eq!((everything.len(), ranking.candidates), (16, 0));
}

#[test]
fn shops_that_are_all_alike_build() {
    // Goods that as many shops have, by pairs that as many shops have.
    for days in [1, 200] {
        let catalog = history(12, 10, |_, g| Some(g * 13 % days));
        is_sound(&catalog, &[]);
        is_sound(&catalog, &["--min-shops", "1"]);
    }
    // Alike but for one that has half.
    let catalog = history(12, 10, |s, g| (s > 0 || g < 5).then_some(g * 20));
    is_sound(&catalog, &[]);
}

#[test]
fn goods_that_equally_many_shops_have_build() {
    // Shop s has ten goods in a row from good s on, of thirty in a ring: ten
    // shops a good, and a regression to learn.
    let catalog = history(30, 30, |s, g| {
        ((g + 30 - s) % 30 < 10).then_some((s * 37 + g * 53) % 300)
    });
    is_sound(&catalog, &["--min-shops", "1"]);
}

#[test]
fn a_quantity_is_below_a_thousand_million() {
    let catalog = market(24, 16);
    let events = fs::read_to_string(catalog.path("events.csv")).unwrap();
    let with = |quantity: &str| {
        let row = format!("{START},s000,g000,purchase,{quantity}\n");
        catalog.write(
            "events.csv",
            format!("{EVENTS}{row}{}", &events[EVENTS.len()..]),
        );
    };
    for quantity in ["1000000000", "1e9"] {
        with(quantity);
        assert_eq!(
            catalog.refuse(&[]),
            format!(
                "error: events.csv: bad CSV: line 2, column quantity: expected a number of \
                 pieces, as 12 or 0.5, found \"{quantity}\""
            )
        );
    }
    for quantity in ["999999999.999999", "0.000001"] {
        with(quantity);
        is_sound(&catalog, &["--effort", "quick"]);
    }
}

#[test]
fn a_regression_has_the_same_bytes_on_one_thread_and_two() {
    let catalog = market(60, 90);
    let build =
        |threads: &str| catalog.build(&["--publish-shops", "all", "--threads", threads]);
    let one = build("1");
    let shard = Shard::open(&one).unwrap();
    assert_eq!(
        shard.model().unwrap().kernel,
        Kernel::Linear,
        "the dense route"
    );
    assert!(shard.has(Section::FactorsIn) && shard.has(Section::ShopFactorsIn));
    assert_eq!(shard.version(), (1, 2), "how many shops sell a good shows");
    assert!(one == build("2"));
    is_sound(&catalog, &["--effort", "quick"]);
}

/// Runs a command on the catalog's shards and gives what it prints.
fn rank(catalog: &Catalog, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .arg("rank")
        .arg(catalog.out())
        .args(arguments)
        .output()
        .unwrap()
}

fn printed(output: Output) -> String {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// An argument that names a file of the catalog's folder.
fn file(catalog: &Catalog, name: &str) -> String {
    catalog.path(name).display().to_string()
}

#[test]
fn a_good_without_events_is_in_the_shard_and_can_be_ranked() {
    let catalog = market(60, 90);
    catalog.append(
        "goods.csv",
        "new1,Tea 4,food/tea1,p0,104,CNY,1\nnew2,,,,,,\n",
    );
    is_sound(&catalog, &["--effort", "quick"]);
    catalog.write("new.csv", "good_id\nnew1\nnew2\n");
    let new = file(&catalog, "new.csv");
    let table = printed(rank(
        &catalog,
        &[
            "--shop", "s000", "--policy", "fit", "--only", &new, "--json",
        ],
    ));
    let answer: serde_json::Value = serde_json::from_str(&table).unwrap();
    assert_eq!(answer["candidates"], 2);
    // new1 is of a supplier and category that s000 buys; nothing is known of new2.
    let ids = [&answer["ranking"][0]["id"], &answer["ranking"][1]["id"]];
    assert_eq!(ids, ["new1", "new2"]);
    // And the other direction: no shop has it, so every one is a candidate.
    let shops = printed(rank(&catalog, &["--good", "new1", "--limit", "100"]));
    assert_eq!(shops.lines().count(), 1 + 60);
    catalog.write("shops-only.csv", "shop_id\ns1\n");
    let wrong = file(&catalog, "shops-only.csv");
    let output = rank(&catalog, &["--shop", "s000", "--only", &wrong]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        text.trim(),
        format!(
            "error: {wrong}: bad CSV: line 1, the header: expected good_id as the first column, \
             found shop_id"
        )
    );
}

#[test]
fn queries_of_goods_are_answered_with_shops() {
    let catalog = market(24, 16);
    catalog.build(&["--publish-shops", "all"]);
    catalog.write("queries.csv", "good_id\ng003\ng001\ng003\n");
    let queries = file(&catalog, "queries.csv");
    let many = printed(rank(&catalog, &["--queries", &queries, "--limit", "2"]));
    let rows: Vec<Vec<&str>> = many.lines().map(|l| l.split(',').collect()).collect();
    assert_eq!(rows[0], ["query_id", "rank", "item_id", "score"]);
    let places: Vec<_> = rows[1..].iter().map(|row| (row[0], row[1])).collect();
    // Each good once, ascending.
    assert_eq!(
        places,
        [("g001", "1"), ("g001", "2"), ("g003", "1"), ("g003", "2")]
    );
    let one = printed(rank(&catalog, &["--good", "g003", "--limit", "1"]));
    let best: Vec<&str> = one.lines().nth(1).unwrap().split_whitespace().collect();
    assert_eq!(
        best,
        ["1", rows[3][2], rows[3][3]],
        "the same as asked one by one"
    );
    let refused = |name: &str, text: &str| {
        catalog.write(name, text);
        let output = rank(&catalog, &["--queries", &file(&catalog, name)]);
        assert!(!output.status.success());
        let text = String::from_utf8(output.stderr).unwrap();
        text.trim().replace(&file(&catalog, name), name)
    };
    assert_eq!(
        refused("a.csv", "good_id\ng001\nnope\n"),
        "error: unknown good \"nope\": the shard has no good of this id"
    );
    assert_eq!(
        refused("b.csv", "id\ng001\n"),
        "error: b.csv: bad CSV: line 1, the header: expected shop_id or good_id as the first \
         column, found id"
    );
    assert_eq!(
        refused("c.csv", "shop_id\ns001\n"),
        "error: bad query: --profiles: expected a CSV of events that the queries' shops are ranked \
         from, found none"
    );
}

#[test]
fn the_report_says_what_was_chosen_and_why() {
    let catalog = market(60, 90);
    let report = |arguments: &[&str]| printed(catalog.run(arguments));
    let text = report(&["--publish-shops", "all"]);
    let line = |start: &str| text.lines().any(|line| line.starts_with(start));
    assert!(line("  kernel: regression, newly adopted × "), "{text}");
    assert!(
        line("  chosen on held-out history, cut 3 times; the latest: NDCG@20 0."),
        "{text}"
    );
    assert!(
        line("  shops for a good: regression, newly adopted × "),
        "{text}"
    );
    assert!(
        !text.contains("NDCG@20 by cut"),
        "that is for --explain: {text}"
    );
    let text = report(&["--explain", "--effort", "quick"]);
    assert!(text.contains("cut 1 times"), "{text}");
    let start =
        "\nNDCG@20 by cut of the history, latest first, and their geometric mean\n";
    let trials = text.split(start).nth(1).unwrap();
    let marked = trials.lines().filter(|line| line.starts_with("→ "));
    let recipes: Vec<&str> = marked.filter(|l| l.contains("regression")).collect();
    assert_eq!(recipes.len(), 1, "{text}");
    let recipe = &recipes[0][recipes[0].find("regression").unwrap()..];
    assert!(text.contains(&format!("  kernel: {recipe}")), "{text}");
    assert_eq!(trials.matches("  heat flow, λ 0.").count(), 7, "{text}");
    assert!(
        text.contains("NDCG@20 of shops of which 3 goods are known: 0."),
        "{text}"
    );
    assert!(
        text.contains("\n    P said     adopted         times\n"),
        "{text}"
    );
    // A catalog of one good has nothing to choose by.
    let catalog = history(3, 1, |s, _| Some(s));
    let text = printed(catalog.run(&["--min-shops", "1", "--explain"]));
    assert!(text.contains("\n  kernel: heat flow, λ 0.5; "), "{text}");
    assert!(
        text.contains("\n  too little history to choose by\n"),
        "{text}"
    );
}

#[test]
fn the_horizon_is_what_newness_is_measured_in() {
    let catalog = market(60, 90);
    let recipes = |arguments: &[&str]| {
        let text = printed(
            catalog.run(&[arguments, &["--effort", "quick", "--explain"]].concat()),
        );
        text.lines()
            .filter(|line| line.contains("regression") && !line.contains("kernel:"))
            .map(|line| line[line.find("newly").unwrap()..].to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        recipes(&["--horizon", "40"])[..2],
        [
            "newly adopted × 1, 5 10 20 40 days",
            "newly adopted × 2, 10 days"
        ]
    );
    let output = catalog.run(&["--horizon", "0"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("expected days, 1 to 3660"), "{text}");
}

#[test]
fn kernel_bytes_bound_the_kernel() {
    let catalog = market(60, 90);
    for bytes in [64, 256, 1024] {
        let text = bytes.to_string();
        let shard =
            Shard::open(catalog.build(&["--effort", "quick", "--kernel-bytes", &text]))
                .unwrap();
        let kernel: u64 = shard
            .sections()
            .filter(|s| (49..=58).contains(&(s.section as u16)))
            .map(|s| s.length)
            .sum();
        // The one end more than there are goods is on top.
        assert!(kernel <= 90 * bytes + 4, "{kernel} of {bytes}");
        assert!(kernel > 90 * bytes / 8, "{kernel} of {bytes}");
    }
    let output = catalog.run(&["--kernel-bytes", "15"]);
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains("15 is not in 44..=65536"), "{text}");
}

/// Whether `verify` finds the catalog's shards sound, and what it says.
fn inspect(catalog: &Catalog, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .arg("inspect")
        .arg(catalog.out())
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

fn verify(catalog: &Catalog) -> (bool, String) {
    let command = Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .arg("verify")
        .arg(catalog.out())
        .output()
        .unwrap();
    (
        command.status.success(),
        String::from_utf8(command.stderr).unwrap(),
    )
}

#[test]
fn verify_finds_a_shard_that_is_not_the_manifests() {
    let catalog = Catalog::new();
    catalog.build(&[]);
    assert!(verify(&catalog).0);
    let file = fs::read_dir(catalog.out())
        .unwrap()
        .map(|e| e.unwrap().path());
    let file = file
        .into_iter()
        .find(|f| f.extension().is_some_and(|e| e == "grs"))
        .unwrap();
    let mut bytes = fs::read(&file).unwrap();
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&file, bytes).unwrap();
    let (sound, text) = verify(&catalog);
    assert!(
        !sound && text.contains("which the manifest names, found"),
        "{text}"
    );
}
