//! A shard in parts: as it arrives, and with only what was asked for.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use goodsrank::shard::{Arrival, Bytes, Section, Shard};
use goodsrank::{Engine, Query};
use proptest::prelude::*;

const GOLDEN: &[u8] = include_bytes!("golden/v1.2.grs");
/// Header, directory and model end before it, and few columns do.
const HEAD: usize = 6000;

/// Rankings and rows, for which `bring` brings what is missing.
fn ranked<B: Bytes>(engine: &Engine<B>, bring: impl Fn() -> bool) -> Vec<String> {
    let ask = || -> goodsrank::Result<Vec<String>> {
        let profile = engine.public_profile("s1")?;
        let ranking = engine.rank(&profile, &Query::default())?;
        let row = |i| {
            engine
                .ranked_good(&ranking, &profile, i)
                .map(|row| format!("{row:?}"))
        };
        let rows = (0..ranking.len())
            .map(row)
            .collect::<goodsrank::Result<Vec<_>>>()?;
        Ok([vec![format!("{ranking:?}")], rows].concat())
    };
    loop {
        let asked = ask();
        if let Err(error) = &asked {
            assert_eq!(error.code(), "not_loaded", "{error}");
        }
        if !bring() {
            return asked.unwrap();
        }
    }
}

fn arrived(bytes: &[u8], chunk: usize) -> Arrival {
    let mut arrival = Arrival::default();
    bytes
        .chunks(chunk)
        .for_each(|part| arrival.push(part).unwrap());
    arrival
}

proptest! {
    /// However a shard is cut on its way, it is the same shard.
    #[test]
    fn chunks_of_any_size_make_the_same_shard(chunk in 1usize..5000) {
        let shard = arrived(GOLDEN, chunk).finish(None).unwrap();
        let engine = Engine::of_shard(shard).unwrap();
        let whole = Engine::open(GOLDEN).unwrap();
        let nothing = || false;
        prop_assert_eq!(ranked(&engine, nothing), ranked(&whole, nothing));
        prop_assert!(engine.shard().take_missing().is_empty());
    }

    /// Whatever is cut off or changed on its way is an error, or is not used.
    #[test]
    fn a_byte_that_changes_is_an_error(at in 0..GOLDEN.len(), bit in 0u32..8, chunk in 1usize..5000) {
        let mut bytes = GOLDEN.to_vec();
        bytes[at] ^= 1 << bit;
        let mut arrival = Arrival::default();
        let pushed = bytes.chunks(chunk).try_for_each(|part| arrival.push(part));
        let shard = pushed.and_then(|()| arrival.finish(None));
        let texts = shard.and_then(|shard| shard.texts(0..shard.goods() as usize).map(|_| ()));
        let expected = Shard::open(&bytes[..]).and_then(|shard| shard.verify());
        // What lies between two sections is nobody's.
        if expected.is_err() && texts.is_ok() {
            let text = expected.unwrap_err().to_string();
            prop_assert!(text.contains("zeros before the section"), "{}", text);
        }
    }
}

#[test]
fn what_a_call_misses_is_brought_and_no_more() {
    let shard = arrived(&GOLDEN[..HEAD], HEAD)
        .finish(Some(GOLDEN.len() as u64))
        .unwrap();
    let engine = Engine::of_shard(shard).unwrap();
    let brought = std::cell::Cell::new(0);
    let bring = || {
        let missing = engine.shard().take_missing();
        let pairs = missing
            .chunks_exact(2)
            .map(|pair| (pair[0] as usize, pair[1] as usize));
        for (start, length) in pairs {
            let bytes = GOLDEN[start..start + length].to_vec();
            engine.shard().put(start as u64, bytes).unwrap();
            brought.set(brought.get() + length);
        }
        !missing.is_empty()
    };
    let whole = Engine::open(GOLDEN).unwrap();
    assert_eq!(ranked(&engine, bring), ranked(&whole, || false));
    assert!(brought.get() > 0 && brought.get() < GOLDEN.len() - HEAD);
}

#[test]
fn a_section_that_is_not_here_is_named() {
    let shard = arrived(&GOLDEN[..HEAD], HEAD)
        .finish(Some(GOLDEN.len() as u64))
        .unwrap();
    let keys = shard
        .sections()
        .find(|s| s.section == Section::TitleKeys)
        .unwrap();
    let error = shard.column(Section::TitleKeys).unwrap_err();
    assert_eq!(
        error.to_string(),
        "not loaded: title keys: expected its bytes in memory, found none; bring what is missing \
         and ask again"
    );
    assert_eq!(
        shard.take_missing(),
        [keys.offset as f64, keys.length as f64]
    );
    let other = vec![0; keys.length as usize];
    shard.put(keys.offset, other).unwrap();
    assert_eq!(
        shard.column(Section::TitleKeys).unwrap_err().to_string(),
        "damaged shard: title keys: expected bytes that match their hash, found other bytes; \
         download the shard again, or build it anew"
    );
    // What nobody asked for is passed over.
    shard.put(keys.offset + 1, vec![0]).unwrap();
}

#[test]
fn a_file_of_another_length_is_refused() {
    let text =
        |bytes: &[u8], total| arrived(bytes, 1000).finish(total).unwrap_err().to_string();
    let length = GOLDEN.len();
    let short = format!(
        "truncated shard: file needs {length} bytes, found {}; download the shard again",
        length - 1
    );
    assert_eq!(text(&GOLDEN[..length - 1], None), short);
    assert_eq!(text(&GOLDEN[..HEAD], Some(length as u64 - 1)), short);
    assert_eq!(
        text(&[GOLDEN, &[0; 7]].concat(), None),
        format!(
            "damaged shard: file: expected {length} bytes, found {} bytes; download the shard \
             again, or build it anew",
            length + 7
        )
    );
    assert!(text(&GOLDEN[..200], None).starts_with("truncated shard: directory needs "));
    assert!(text(&[], None).starts_with("not a shard: "));
    assert!(
        Arrival::default()
            .push(&[b'<'; 128])
            .unwrap_err()
            .to_string()
            .starts_with("not a shard: ")
    );
}

/// A shard whose texts come in more blocks than are kept inflated.
#[test]
fn texts_are_brought_even_where_none_is_kept() {
    let shard = arrived(&GOLDEN[..HEAD], HEAD)
        .finish(Some(GOLDEN.len() as u64))
        .unwrap();
    shard.keep_texts(0);
    let engine = Engine::of_shard(shard).unwrap();
    let rounds = std::cell::Cell::new(0);
    let bring = || {
        let missing = engine.shard().take_missing();
        for pair in missing.chunks_exact(2) {
            let (start, length) = (pair[0] as usize, pair[1] as usize);
            let bytes = GOLDEN[start..start + length].to_vec();
            engine.shard().put(start as u64, bytes).unwrap();
        }
        rounds.set(rounds.get() + 1);
        assert!(rounds.get() < 100, "it never ends");
        !missing.is_empty()
    };
    let whole = Engine::open(GOLDEN).unwrap();
    assert_eq!(ranked(&engine, bring), ranked(&whole, || false));
}
