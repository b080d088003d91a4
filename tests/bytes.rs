//! The format: golden bytes both ways, and every way a file can be wrong.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod common;

use common::catalog;
use goodsrank::error::Kind;
use goodsrank::shard::{Section, Shard, ShardWriter, hash};
use goodsrank::{Engine, Query};
use proptest::prelude::*;

const GOLDEN: &[u8] = include_bytes!("golden/v1.grs");

/// Opens, verifies and ranks; whatever the bytes, this must not panic.
fn use_all(bytes: &[u8]) -> goodsrank::Result<()> {
    let engine = Engine::open(bytes)?;
    engine.shard().verify()?;
    let profile = engine.public_profile("s1")?;
    let ranking = engine.rank(&profile, &Query::default())?;
    (0..ranking.len())
        .try_for_each(|i| engine.ranked_good(&ranking, &profile, i).map(|_| ()))
}

/// Uses the shard without verifying first, as a page does.
fn use_lazily(bytes: &[u8]) -> goodsrank::Result<()> {
    let engine = Engine::open(bytes)?;
    let profile = engine.public_profile("s1")?;
    let ranking = engine.rank(&profile, &Query::default())?;
    (0..ranking.len())
        .try_for_each(|i| engine.ranked_good(&ranking, &profile, i).map(|_| ()))
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

#[test]
fn the_writer_writes_the_golden_bytes() {
    let written = catalog().shard();
    if std::env::var_os("GOODSRANK_BLESS").is_some() {
        std::fs::write("tests/golden/v1.grs", &written).unwrap();
    }
    assert!(
        written == GOLDEN,
        "the format changed: docs/shard-format.md and its version too?"
    );
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
    for len in 0..GOLDEN.len() {
        assert!(use_all(&GOLDEN[..len]).is_err(), "{len}");
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
    let mut bytes = GOLDEN.to_vec();
    for at in 0..bytes.len() {
        bytes[at] ^= 0x20;
        assert!(use_all(&bytes).is_err(), "byte {at}");
        let _ = use_lazily(&bytes); // may not meet the byte, must not panic
        bytes[at] ^= 0x20;
    }
}

#[test]
fn says_what_is_wrong() {
    let tail = "; download the shard again, or build it anew";
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
            "damaged shard: header: expected zeros in reserved bytes, found other bytes{tail}"
        )
    );
    assert_eq!(
        opened_after(|b| b[35] = 9),
        format!(
            "damaged shard: header: expected at most 16777216 goods, found 150994950{tail}"
        )
    );
    assert_eq!(
        opened_after(|b| b.push(0)),
        format!(
            "damaged shard: file: expected {} bytes, found {} bytes{tail}",
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
    let tail = "; download the shard again, or build it anew";
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
            "damaged shard: price: expected offset {offset}, found 18446744073709551615{tail}"
        )
    );
    assert_eq!(
        change(price + 16, &(u64::MAX - 7).to_le_bytes()),
        format!(
            "damaged shard: price: expected at most {} bytes, found 18446744073709551608{tail}",
            GOLDEN.len() as u64 - offset
        )
    );
    assert_eq!(
        change(price, &17u16.to_le_bytes()),
        format!(
            "damaged shard: directory: expected ascending section numbers, found 17 after 17{tail}"
        )
    );
    assert_eq!(
        change(price + 3, &[7]),
        format!("damaged shard: price: expected u8, u16, u32 or u64, found f32{tail}")
    );
    assert_eq!(
        change(price + 3, &[9]),
        format!(
            "damaged shard: price: expected an element type from 0 to 8, found 9{tail}"
        )
    );
    assert_eq!(
        change(price + 3, &[1]),
        format!("damaged shard: price: expected 6 elements, found 12{tail}")
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
        format!("damaged shard: header: expected 1 to 240 sections, found 241{tail}")
    );
}

#[test]
fn an_unknown_section_is_skipped_unless_it_is_critical() {
    // The last of the optional columns stands in for a section of the future.
    let moq = entry(Section::GtinKeys);
    let both = |b: &mut Vec<u8>, flags: u8| {
        for (at, number) in [(moq, 62u16), (moq + 64, 63)] {
            b[at..at + 2].copy_from_slice(&number.to_le_bytes());
            b[at + 2] = flags;
        }
    };
    let mut bytes = GOLDEN.to_vec();
    both(&mut bytes, 0);
    rehash(&mut bytes);
    use_all(&bytes).unwrap();
    assert_eq!(
        opened_after(|b| both(b, 1)),
        "unsupported shard: critical section: this version reads the sections of version 1, \
         found section 62; update goodsrank, or build the shard with this version"
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
        let mut bytes = GOLDEN.to_vec();
        changes.iter().for_each(|&(at, value)| bytes[at] = value);
        rehash(&mut bytes);
        let _ = use_all(&bytes);
        let _ = use_lazily(&bytes);
    }

    #[test]
    fn any_bytes_are_a_shard_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
        let _ = use_all(&bytes);
        let mut with_magic = goodsrank::shard::MAGIC.to_vec();
        with_magic.extend(bytes);
        let _ = use_all(&with_magic);
    }
}
