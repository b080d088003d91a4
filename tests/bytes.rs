//! The format: golden bytes both ways, and every way a file can be wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::{Catalog, catalog, linear, several, supplied};
use goodsrank::error::Kind;
use goodsrank::heat::Heat;
use goodsrank::policy::Policy;
use goodsrank::profile::Profile;
use goodsrank::rules::{Rule, Rules};
use goodsrank::shard::{Calibration, Kernel, Section, Shard, ShardWriter, Usual, hash};
use goodsrank::{Engine, Query};
use proptest::prelude::*;

const GOLDEN: &[u8] = include_bytes!("golden/v1.grs");
const GOLDEN_1_1: &[u8] = include_bytes!("golden/v1.1.grs");
const GOLDEN_1_2: &[u8] = include_bytes!("golden/v1.2.grs");
const GOLDEN_1_3: &[u8] = include_bytes!("golden/v1.3.grs");
/// What messages of damage end with.
const TAIL: &str = "; download the shard again, or build it anew";

/// Opens, verifies and ranks; whatever the bytes, this must not panic.
fn use_all(bytes: &[u8]) -> goodsrank::Result<()> {
    Shard::open(bytes)?.verify()?;
    use_lazily(bytes)
}

/// Uses the shard without verifying first, as a page does.
fn use_lazily(bytes: &[u8]) -> goodsrank::Result<()> {
    let engine = Engine::open(bytes)?;
    let profile = engine.public_profile("s1")?;
    let ranking = engine.rank(&profile, &Query::default())?;
    (0..ranking.len())
        .try_for_each(|i| engine.ranked_good(&ranking, &profile, i).map(|_| ()))?;
    (0..engine.shard().goods()).try_for_each(|row| engine.rank_shops(row, 9).map(|_| ()))
}

/// Mends the header's hash after a change of header or directory, so that the
/// check behind the hash is what answers.
fn rehash(bytes: &mut [u8]) {
    let sections = u32::from_le_bytes(bytes[20..24].try_into().unwrap()) as usize;
    let end = (128 + 64 * sections).min(bytes.len());
    let hashed = hash(&[&bytes[..64], &bytes[128..end]].concat());
    bytes[64..96].copy_from_slice(&hashed);
}

fn opened_after(change: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = GOLDEN.to_vec();
    change(&mut bytes);
    rehash(&mut bytes);
    Shard::open(&bytes).unwrap_err().to_string()
}

/// Writes the catalog anew where that is asked for, and compares.
fn is_golden(catalog: &Catalog, file: &str, golden: &[u8]) {
    let written = catalog.shard();
    if std::env::var_os("GOODSRANK_BLESS").is_some() {
        std::fs::write(format!("tests/golden/{file}"), &written).unwrap();
    }
    assert!(
        written == golden,
        "{file}: the format changed: docs/shard-format.md and its version too?"
    );
}

#[test]
fn the_writer_writes_the_golden_bytes() {
    is_golden(&catalog(), "v1.grs", GOLDEN);
    is_golden(&linear(), "v1.1.grs", GOLDEN_1_1);
    is_golden(&supplied(), "v1.2.grs", GOLDEN_1_2);
    is_golden(&several(), "v1.3.grs", GOLDEN_1_3);
}

#[test]
fn the_reader_reads_the_golden_bytes_of_1_3() {
    Shard::open(GOLDEN_1_3).unwrap().verify().unwrap();
    let engine = Engine::open(GOLDEN_1_3).unwrap();
    assert_eq!(engine.shard().version(), (1, 3));
    assert_eq!(
        engine.info().unwrap().goods,
        4,
        "what only speaks is not counted"
    );
    let profile = engine.public_profile("s1").unwrap();
    assert_eq!(profile.weights(), [(0, 1.0)], "though it speaks");
    let rules = Rules::default().with(Rule::PriceMax, 10_000.0).unwrap();
    let query = Query {
        rules,
        ..Query::default()
    };
    let ranking = engine.rank(&profile, &query).unwrap();
    assert_eq!(sorted(&ranking.goods), [1, 2, 5], "nor is it ranked");
    let removed: Vec<_> = ranking.removed.iter().map(|r| (r.rule, r.goods)).collect();
    assert_eq!(removed, [("price", 1), ("includeSold", 0)], "nor taken out");
    assert!(
        engine
            .because(&profile, 1)
            .unwrap()
            .iter()
            .any(|b| b.id == "g1")
    );
    for id in ["g1", "g4"] {
        let error = engine.rank_shops(0, 1).map(|_| ());
        assert!(
            error.is_ok(),
            "rows can be asked for, ids of speakers cannot"
        );
        let message = format!("unknown good {id:?}: the shard has no good of this id");
        assert_eq!(engine.row_of(id).unwrap_err().to_string(), message);
        assert!(engine.what_if(&profile, &query, id).is_err());
    }
}

#[test]
fn what_one_of_several_shards_needs_is_all_there_and_no_other_number() {
    let error = |change: fn(&mut ShardWriter)| {
        let mut writer = several().writer();
        change(&mut writer);
        writer.finish().unwrap_err().to_string()
    };
    type Change = fn(&mut ShardWriter);
    let changes: [(Change, &str); 5] = [
        (
            |w| {
                w.u8s(Section::Speaks, vec![0, 1, 2, 0, 0, 0]);
            },
            "damaged shard: speaks: expected numbers below 2, found 2",
        ),
        (
            |w| {
                w.u8s(Section::Speaks, vec![0, 1]);
            },
            "damaged shard: speaks: expected 6 elements, found 2",
        ),
        (
            |w| {
                w.f64s(Section::CategoryPrices, &[1.0, -1.0, 1.0, 1.0]);
            },
            "damaged shard: category prices: expected numbers from 0 up, found -1",
        ),
        (
            |w| {
                w.f64s(Section::CategoryPrices, &[1.0]);
            },
            "damaged shard: category prices: expected 4 elements, found 1",
        ),
        (
            |w| {
                w.f64s(Section::ShopMass, &[1.0, f64::INFINITY, 1.0, 1.0]);
            },
            "damaged shard: shop mass: expected numbers from 0 up, found inf",
        ),
    ];
    for (change, message) in changes {
        assert_eq!(error(change), format!("{message}{TAIL}"));
    }
    let mut writer = catalog().writer();
    writer.u8s(Section::Speaks, vec![0; 6]);
    assert_eq!(
        writer.finish().unwrap_err().to_string(),
        format!(
            "damaged shard: directory: expected a section category prices, found none{TAIL}"
        )
    );
}

fn sorted(rows: &[u32]) -> Vec<u32> {
    let mut rows = rows.to_vec();
    rows.sort_unstable();
    rows
}

#[test]
fn the_reader_reads_the_golden_bytes_of_1_2() {
    use_all(GOLDEN_1_2).unwrap();
    let shard = Shard::open(GOLDEN_1_2).unwrap();
    let catalog = supplied();
    assert_eq!(shard.version(), (1, 2));
    assert_eq!(Some(shard.usual().unwrap()), catalog.usual);
    let column = |section: Section| shard.column(section).unwrap();
    for (row, good) in catalog.goods.iter().enumerate() {
        let supply = &good.supply;
        assert_eq!(column(Section::Returned).get(row), supply.shares[1][0]);
        assert_eq!(column(Section::PickUpCount).get(row), supply.shares[3][1]);
        assert_eq!(column(Section::MonthSales).get(row), supply.month_sales);
        assert_eq!(column(Section::FirstSeen).get(row), supply.first_seen);
    }
    assert_eq!(column(Section::Spread).get(1), 128);
    assert_eq!(column(Section::EvidenceAt).get(2), 20_000);
    assert_eq!(column(Section::Seasons).get(12), 720);
    let shops = shard.i16s(Section::ShopTemperatureFast).unwrap();
    assert_eq!(i16::from_le_bytes(shops[0]), 500);
    let engine = Engine::open(GOLDEN_1_2).unwrap();
    let info = engine.info().unwrap();
    let known = |heat: &Option<Heat>| heat.is_some();
    assert!(info.category_heat.iter().all(known) && info.shop_heat.iter().all(known));
    let flags: Vec<u8> = catalog.goods.iter().map(|g| g.supply.brand_flag).collect();
    assert_eq!(column(Section::BrandFlag).iter().sum::<u64>(), 1);
    assert_eq!(flags, [0, 0, 0, 0, 1, 0]);
    // What shards before say of what is usual: nothing.
    assert_eq!(
        Shard::open(GOLDEN_1_1).unwrap().usual().unwrap(),
        Usual::default()
    );
}

#[test]
fn the_reader_reads_the_golden_bytes_of_1_1() {
    use_all(GOLDEN_1_1).unwrap();
    let shard = Shard::open(GOLDEN_1_1).unwrap();
    let catalog = linear();
    assert_eq!(shard.model().unwrap(), catalog.model);
    let scales = shard.words(Section::YoungFactorInScales).unwrap();
    for (row, good) in catalog.goods.iter().enumerate() {
        assert_eq!(f32::from_le_bytes(scales[row]), good.young.scale);
    }
    let elements = |section: Section| {
        let found = shard.sections().find(|s| s.section == section).unwrap();
        (found.element, found.length)
    };
    // Six goods, or four shops, of three factors.
    assert_eq!(elements(Section::FactorsOut), ("i8", 18));
    assert_eq!(elements(Section::YoungFactorsIn), ("i8", 18));
    assert_eq!(elements(Section::ShopFactorsIn), ("i8", 12));
    assert_eq!(elements(Section::NeighbourWeights), ("i8", 7));
    // A floor and three knots.
    assert_eq!(elements(Section::ShopCalibration), ("f64", 56));
}

#[test]
fn the_version_is_the_least_that_has_what_the_shard_uses() {
    let version = |change: fn(&mut Catalog)| {
        let mut catalog = catalog();
        change(&mut catalog);
        Shard::open(catalog.shard()).unwrap().version()
    };
    assert_eq!(version(|_| ()), (1, 0));
    assert_eq!(version(|c| c.model.kernel = Kernel::Linear), (1, 1));
    assert_eq!(version(|c| c.goods[0].neighbours[0].1 = -1), (1, 1));
    assert_eq!(version(|c| c.goods = linear().goods), (1, 1));
    let shops = |c: &mut Catalog| {
        c.shops = linear().shops;
        c.shop_calibration = linear().shop_calibration;
    };
    assert_eq!(version(shops), (1, 1));
    assert_eq!(version(|c| c.usual = supplied().usual), (1, 2));
    assert_eq!(version(|c| *c = supplied()), (1, 2));
}

#[test]
fn the_reader_reads_the_golden_bytes() {
    use_all(GOLDEN).unwrap();
    let shard = Shard::open(GOLDEN).unwrap();
    let catalog = catalog();
    assert_eq!(shard.model().unwrap(), catalog.model);
    let ids: Vec<&str> = shard.ids().unwrap().iter().collect();
    assert_eq!(ids, ["g1", "g2", "g3", "g4", "g5", "g6"]);
    for (row, good) in catalog.goods.iter().enumerate() {
        assert_eq!(shard.column(Section::Price).unwrap().get(row), good.price);
        assert_eq!(shard.text(row).unwrap().title(), good.title);
    }
    let paths: Vec<&str> = shard.categories().unwrap().iter().collect();
    assert_eq!(paths, ["", "food", "food/tea", "home/kitchen"]);
}

#[test]
fn the_directory_is_within_the_first_16_kib_and_sections_are_aligned() {
    let shard = Shard::open(GOLDEN).unwrap();
    let first = shard.sections().next().unwrap();
    assert!(first.offset <= 16_384);
    assert!(shard.sections().all(|s| s.offset % 64 == 0));
}

#[test]
fn every_truncation_is_an_error() {
    for golden in [GOLDEN, GOLDEN_1_1, GOLDEN_1_2] {
        for len in 0..golden.len() {
            assert!(use_all(&golden[..len]).is_err(), "{len}");
        }
    }
    assert_eq!(
        Shard::open(&GOLDEN[..GOLDEN.len() - 1]).unwrap_err().kind(),
        &Kind::Truncated {
            what: "file",
            expected: GOLDEN.len() as u64,
            found: GOLDEN.len() as u64 - 1
        }
    );
}

#[test]
fn every_flipped_byte_is_found() {
    for golden in [GOLDEN, GOLDEN_1_1, GOLDEN_1_2] {
        let mut bytes = golden.to_vec();
        for at in 0..bytes.len() {
            bytes[at] ^= 0x20;
            assert!(use_all(&bytes).is_err(), "byte {at}");
            let _ = use_lazily(&bytes); // may not meet the byte, must not panic
            bytes[at] ^= 0x20;
        }
    }
}

#[test]
fn says_what_is_wrong() {
    assert_eq!(
        Shard::open(b"<!doctype html>").unwrap_err().to_string(),
        "not a shard: expected the magic \\x89GRS\\r\\n\\x1a\\n, found 3c 21 64 6f 63 74 79 70; \
         give a .grs file that `goodsrank build` wrote, and see that the server sends it as it is"
    );
    assert_eq!(
        Shard::open(b"\x89GRS").unwrap_err().to_string(),
        "truncated shard: header needs 128 bytes, found 4; download the shard again"
    );
    assert_eq!(
        opened_after(|b| b[8] = 2),
        "unsupported shard: version: this version reads version 1, found version 2.0; update \
         goodsrank, or build the shard with this version"
    );
    assert_eq!(
        opened_after(|b| b[12] = 4),
        "unsupported shard: required features: this version reads none, found bits 0x4; update \
         goodsrank, or build the shard with this version"
    );
    assert_eq!(
        opened_after(|b| b[40] = 1),
        format!(
            "damaged shard: header: expected zeros in reserved bytes, found other bytes{TAIL}"
        )
    );
    assert_eq!(
        opened_after(|b| b[35] = 9),
        format!(
            "damaged shard: header: expected at most 16777216 goods, found 150994950{TAIL}"
        )
    );
    assert_eq!(
        opened_after(|b| b.push(0)),
        format!(
            "damaged shard: file: expected {} bytes, found {} bytes{TAIL}",
            GOLDEN.len(),
            GOLDEN.len() + 1
        )
    );
}

/// Where the directory entry of a section is.
fn entry(section: Section) -> usize {
    let place = Shard::open(GOLDEN)
        .unwrap()
        .sections()
        .position(|s| s.section == section);
    128 + 64 * place.unwrap()
}

#[test]
fn refuses_a_directory_that_lies() {
    let price = entry(Section::Price);
    let offset = Shard::open(GOLDEN)
        .unwrap()
        .sections()
        .nth(3)
        .unwrap()
        .offset;
    let change = |at: usize, value: &[u8]| {
        opened_after(|b| b[at..at + value.len()].copy_from_slice(value))
    };
    assert_eq!(
        change(price + 8, &u64::MAX.to_le_bytes()),
        format!(
            "damaged shard: price: expected offset {offset}, found 18446744073709551615{TAIL}"
        )
    );
    assert_eq!(
        change(price + 16, &(u64::MAX - 7).to_le_bytes()),
        format!(
            "damaged shard: price: expected at most {} bytes, found 18446744073709551608{TAIL}",
            GOLDEN.len() as u64 - offset
        )
    );
    assert_eq!(
        change(price, &17u16.to_le_bytes()),
        format!(
            "damaged shard: directory: expected ascending section numbers, found 17 after 17{TAIL}"
        )
    );
    assert_eq!(
        change(price + 3, &[7]),
        format!("damaged shard: price: expected u8, u16, u32 or u64, found f32{TAIL}")
    );
    assert_eq!(
        change(price + 3, &[9]),
        format!("damaged shard: price: expected u8, u16, u32 or u64, found i8{TAIL}")
    );
    assert_eq!(
        change(price + 3, &[10]),
        format!(
            "damaged shard: price: expected an element type from 0 to 9, found 10{TAIL}"
        )
    );
    assert_eq!(
        change(price + 3, &[1]),
        format!("damaged shard: price: expected 6 elements, found 12{TAIL}")
    );
    assert_eq!(
        change(price, &21u16.to_le_bytes())
            .split(", found")
            .next()
            .unwrap(),
        "damaged shard: directory: expected ascending section numbers"
    );
    assert_eq!(
        change(20, &241u32.to_le_bytes()),
        format!("damaged shard: header: expected 1 to 240 sections, found 241{TAIL}")
    );
}

/// What the writer says of the catalog of 1.1 after a change of its sections,
/// without the words that all messages of damage share.
fn refused(change: impl FnOnce(&mut ShardWriter)) -> String {
    let mut writer = linear().writer();
    change(&mut writer);
    let text = writer.finish().unwrap_err().to_string();
    let text = text.strip_prefix("damaged shard: ").unwrap();
    text.strip_suffix(TAIL).unwrap().to_owned()
}

#[test]
fn refuses_parts_that_are_more_than_the_whole() {
    for (part, whole) in [
        (Section::ReviewGood, Section::ReviewCount),
        (Section::Returned, Section::ReturnCount),
        (Section::Filled, Section::FillCount),
        (Section::PickedUp, Section::PickUpCount),
        (Section::Repeats, Section::Sellers),
    ] {
        let both = |parts: &[u64]| {
            refused(|w| _ = w.uints(part, parts).uints(whole, &[2, 2, 2, 2, 2, 7]))
        };
        assert_eq!(
            both(&[2, 0, 1, 2, 0, 9]),
            format!(
                "{}: expected at most 7, as many as {}, found 9",
                part.name(),
                whole.name()
            )
        );
        assert_eq!(
            refused(|w| _ = w.uints(part, &[0; 6])),
            format!("directory: expected a section {}, found none", whole.name())
        );
    }
}

#[test]
fn refuses_columns_of_supply_that_lie() {
    assert_eq!(
        refused(|w| _ = w.uints(Section::Equivalents, &[0, 0, 0, 0, 0, 7])),
        "equivalents: expected numbers below 7, found 7"
    );
    assert_eq!(
        refused(|w| _ = w.u8s(Section::BrandFlag, vec![0, 1, 2, 0, 0, 0])),
        "brand flag: expected numbers below 2, found 2"
    );
    assert_eq!(
        refused(|w| _ = w.uints(Section::PriceRank, &[256; 6])),
        "price rank: expected u8, found u16"
    );
    assert_eq!(
        refused(|w| _ = w.uints(Section::Seasons, &[12_001; 12 * 4])),
        "seasons: expected numbers below 12001, found 12001"
    );
    assert_eq!(
        refused(|w| _ = w.uints(Section::Seasons, &[1; 12])),
        "seasons: expected 48 elements, found 12"
    );
    assert_eq!(
        refused(|w| _ = w.i16s(Section::CategoryTemperature, &[0; 4])),
        "directory: expected a section fast category temperature, found none"
    );
    assert_eq!(
        refused(|w| _ = w.uints(Section::Stock, &[1; 5])),
        "stock: expected 6 elements, found 5"
    );
}

/// Matrices of factors, their scales, and how many rows they have.
const FACTORS: [(Section, Section, usize); 5] = [
    (Section::FactorsIn, Section::FactorInScales, 6),
    (Section::FactorsOut, Section::FactorOutScales, 6),
    (Section::YoungFactorsIn, Section::YoungFactorInScales, 6),
    (Section::ShopFactorsIn, Section::ShopFactorInScales, 4),
    (Section::ShopFactorsOut, Section::ShopFactorOutScales, 4),
];

#[test]
fn refuses_elements_of_another_type() {
    for (values, scales, rows) in FACTORS {
        assert_eq!(
            refused(|w| _ = w.u8s(values, vec![1; 3 * rows])),
            format!("{}: expected i8, found u8", values.name())
        );
        assert_eq!(
            refused(|w| _ = w.i8s(scales, &vec![1; rows])),
            format!("{}: expected f32, found i8", scales.name())
        );
    }
    assert_eq!(
        refused(|w| _ = w.i16s(Section::ShopBackground, &[1; 4])),
        "shop background: expected f32, found i16"
    );
    assert_eq!(
        refused(|w| _ = w.f32s(Section::ShopCalibration, &[-9.0, 0.0, -2.0, 1.0, -1.0])),
        "shop calibration: expected f64, found f32"
    );
    assert_eq!(
        refused(|w| _ = w.i16s(Section::NeighbourWeights, &[1; 7])),
        "neighbour weights: expected u8 or i8, found i16"
    );
    // Only weights of neighbours may be either.
    assert_eq!(
        refused(|w| _ = w.i8s(Section::Neighbours, &[1; 7])),
        "neighbours: expected u8, u16, u32 or u64, found i8"
    );
}

#[test]
fn refuses_factors_that_are_too_few_or_too_many() {
    for (values, scales, rows) in FACTORS {
        let expected = match values {
            Section::FactorsIn | Section::ShopFactorsIn => {
                format!("up to 256 elements in each of {rows} rows")
            }
            _ => format!("{} elements", 3 * rows), // as many as the factors in
        };
        for count in [3 * rows - 1, 257 * rows] {
            assert_eq!(
                refused(|w| _ = w.i8s(values, &vec![1; count])),
                format!("{}: expected {expected}, found {count}", values.name())
            );
        }
        assert_eq!(
            refused(|w| _ = w.f32s(scales, &vec![1.0; rows + 1])),
            format!(
                "{}: expected {rows} elements, found {}",
                scales.name(),
                rows + 1
            )
        );
    }
    assert_eq!(
        refused(|w| _ = w.f32s(Section::ShopBackground, &[1.0; 3])),
        "shop background: expected 4 elements, found 3"
    );
}

#[test]
fn a_good_may_have_256_factors_and_their_sum_is_still_right() {
    let mut catalog = linear();
    for good in &mut catalog.goods {
        for factors in [&mut good.given, &mut good.young, &mut good.taken] {
            *factors = common::Factors::new(&[-128; 256], 0.001);
        }
        good.neighbours.clear();
    }
    let engine = Engine::open(catalog.shard()).unwrap();
    let profile = Profile::from_weights(vec![(0, 1.0)]);
    // 256 times 128 · 128 thousandths of thousandths.
    let step = 128.0 * f64::from(0.001f32);
    let background = f64::from(catalog.goods[1].background) * 10.0 / 11.0;
    let raw = 256.0 * step * step + background;
    let expected = (catalog.model.calibration.ln_p(raw) * 1e6).round_ties_even() as i64;
    let query = Query {
        policy: Policy::FIT,
        ..Query::default()
    };
    assert_eq!(engine.rank(&profile, &query).unwrap().scores, [expected; 5]);
}

#[test]
fn factors_come_whole_or_not_at_all() {
    let of_goods = [
        Section::FactorsIn,
        Section::FactorInScales,
        Section::FactorsOut,
        Section::FactorOutScales,
    ];
    let young = [Section::YoungFactorsIn, Section::YoungFactorInScales];
    let of_shops = [
        Section::ShopFactorsIn,
        Section::ShopFactorInScales,
        Section::ShopFactorsOut,
        Section::ShopFactorOutScales,
        Section::ShopBackground,
        Section::ShopCalibration,
    ];
    for group in [&of_goods[..], &young, &of_shops] {
        for missing in group {
            let mut writer = catalog().writer();
            let others = group.iter().filter(|section| *section != missing);
            others.for_each(|&section| _ = writer.f32s(section, &[]));
            assert_eq!(
                writer.finish().unwrap_err().to_string(),
                format!(
                    "damaged shard: directory: expected a section {}, found none{TAIL}",
                    missing.name()
                )
            );
        }
    }
}

#[test]
fn refuses_scales_that_are_no_sizes() {
    let scales = FACTORS.map(|(_, scales, rows)| (scales, rows));
    for (section, rows) in scales.into_iter().chain([(Section::ShopBackground, 4)]) {
        for (value, shown) in [(f32::NAN, "NaN"), (-0.5, "-0.5"), (f32::INFINITY, "inf")]
        {
            let mut values = vec![1.0; rows];
            values[rows - 1] = value;
            assert_eq!(
                refused(|w| _ = w.f32s(section, &values)),
                format!(
                    "{}: expected finite numbers, at least 0, found {shown}",
                    section.name()
                )
            );
        }
    }
}

#[test]
fn refuses_a_shop_calibration_that_is_none() {
    let refused = |floor: f64, knots: &[(f64, f64)]| {
        let knots = knots.to_vec();
        refused(|w| _ = w.shop_calibration(&Calibration { floor, knots }))
    };
    let cases: [(f64, &[(f64, f64)]); 7] = [
        (-9.0, &[]),
        (-9.0, &[(0.0, -1.0)]),
        (-9.0, &[(0.0, -2.0), (0.0, -1.0)]), // raw does not ascend
        (-9.0, &[(0.0, -1.0), (1.0, -1.0)]), // nor does ln P
        (-9.0, &[(0.0, -1.0), (1.0, 0.0)]),  // certain
        (-1.0, &[(0.0, -2.0), (1.0, -0.5)]), // below the floor
        (-9.0, &[(0.0, -2.0), (f64::NAN, -0.5)]),
    ];
    for (floor, knots) in cases {
        assert_eq!(
            refused(floor, knots),
            "calibration: expected 2 to 256 finite knots that ascend between the floor and 0, \
             found others",
            "{floor} {knots:?}"
        );
    }
}

#[test]
fn an_unknown_section_is_skipped_unless_it_is_critical() {
    // The last sections stand in for those of the future.
    let text = entry(Section::TextFields);
    let all = |b: &mut Vec<u8>, flags: u8| {
        for (at, number) in [(text, 131u16), (text + 64, 132), (text + 128, 133)] {
            b[at..at + 2].copy_from_slice(&number.to_le_bytes());
            b[at + 2] = flags;
        }
    };
    let mut bytes = GOLDEN.to_vec();
    all(&mut bytes, 0);
    rehash(&mut bytes);
    use_all(&bytes).unwrap();
    assert_eq!(
        opened_after(|b| all(b, 1)),
        "unsupported shard: critical section: this version reads the sections of version 1, \
         found section 131; update goodsrank, or build the shard with this version"
    );
}

#[test]
fn a_missing_section_is_named() {
    let mut model = common::model();
    model.min_shops = 1;
    let error = ShardWriter::new(&model, &["a"])
        .unwrap()
        .finish()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "damaged shard: directory: expected a section price, found none; download the shard \
         again, or build it anew"
    );
}

#[test]
fn an_empty_catalog_ranks_nothing() {
    let mut catalog = catalog();
    catalog.goods.clear();
    catalog.shops.clear();
    let engine = Engine::open(catalog.shard()).unwrap();
    let ranking = engine.rank(&Default::default(), &Query::default()).unwrap();
    assert!(ranking.is_empty());
}

#[test]
fn one_bit_says_not_for_publication() {
    let mut catalog = catalog();
    assert!(Shard::open(catalog.shard()).unwrap().publishable());
    catalog.model.min_shops = 1;
    assert!(!Shard::open(catalog.shard()).unwrap().publishable());
}

proptest! {
    /// Behind a header that holds together, any directory bytes may stand.
    #[test]
    fn any_change_of_the_head_is_a_shard_or_an_error(
        changes in prop::collection::vec((0usize..2500, any::<u8>()), 1..8)
    ) {
        for golden in [GOLDEN, GOLDEN_1_1, GOLDEN_1_2] {
            let mut bytes = golden.to_vec();
            changes.iter().for_each(|&(at, value)| bytes[at] = value);
            rehash(&mut bytes);
            let _ = use_all(&bytes);
            let _ = use_lazily(&bytes);
        }
    }

    #[test]
    fn any_bytes_are_a_shard_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = use_all(&bytes);
        let mut with_magic = goodsrank::shard::MAGIC.to_vec();
        with_magic.extend(bytes);
        let _ = use_all(&with_magic);
    }
}
