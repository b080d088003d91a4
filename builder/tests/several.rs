//! A catalog packed as one shard and as several gives the same ranking: good by
//! good, micro-nat by micro-nat, and the same reasons.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::Path;

use goodsrank::many::Many;
use goodsrank::policy::Policy;
use goodsrank::profile::{Event, Profile};
use goodsrank::rules::{Rule, Rules};
use goodsrank::shard::EventKind;
use goodsrank::{Engine, Query};
use goodsrank_builder::ingest::{self, Catalog, IngestOptions};
use goodsrank_builder::learn::{self, Effort, LearnOptions, Learned};
use goodsrank_builder::pack::{PackOptions, PublishShops, pack};
use proptest::prelude::*;

type Shards<'a> = Many<&'a Engine<Vec<u8>>>;

/// Engines of a catalog, with the categories of each.
struct Packed(Vec<(Engine<Vec<u8>>, Vec<String>)>);

/// A catalog and what was learned of it, for such shops to be public.
struct Source {
    catalog: Catalog,
    learned: Learned,
    publish_shops: PublishShops,
}

impl Packed {
    fn new(source: &Source, shard_goods: usize) -> Packed {
        let Source {
            catalog, learned, ..
        } = source;
        let folder = tempfile::tempdir().unwrap();
        let options = PackOptions {
            publish_shops: source.publish_shops,
            search: true,
            shard_goods,
        };
        let manifest = pack(catalog, learned, options, folder.path()).unwrap();
        let shards = manifest.shards.iter().map(|entry| {
            let bytes = fs::read(folder.path().join(&entry.file)).unwrap();
            (Engine::open(bytes).unwrap(), entry.categories.clone())
        });
        let packed = Packed(shards.collect());
        let own: u64 = manifest.shards.iter().map(|entry| entry.goods).sum();
        assert_eq!(own, catalog.goods.len() as u64);
        let most = manifest.shards.iter().map(|entry| entry.goods).max();
        assert!(most <= Some(shard_goods as u64));
        packed
    }

    fn many(&self) -> Shards<'_> {
        Many::new(self.0.iter().map(|(e, categories)| (e, categories.clone())))
    }
}

fn learned(
    folder: &Path,
    goods: &str,
    shops: &str,
    publish_shops: PublishShops,
) -> Source {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_goodsrank"))
        .args(["sample", folder.to_str().unwrap()])
        .args(["--goods", goods, "--shops", shops])
        .output()
        .unwrap();
    assert!(output.status.success());
    let options = IngestOptions {
        strict: false,
        currency: None,
        until: i64::MAX,
    };
    let catalog = ingest::read(folder, &options).unwrap();
    let options = LearnOptions {
        effort: Effort::Quick,
        publish_shops,
        ..LearnOptions::default()
    };
    let learned = learn::learn(&catalog, &options);
    Source {
        catalog,
        learned,
        publish_shops,
    }
}

/// A shop that sells goods by their row in the whole catalog.
fn sells(
    many: &Shards<'_>,
    ids: &[&str],
    events: &[(usize, usize, f64)],
) -> Vec<Profile> {
    let profile = |engine: &&Engine<Vec<u8>>| {
        let known = engine.shard().ids().unwrap();
        let mut builder = engine.profile_builder(None);
        for &(good, kind, quantity) in events {
            if let Some(row) = known.find(ids[good % ids.len()]) {
                builder.add(Event {
                    row: row as u32,
                    kind: EventKind::ALL[kind],
                    quantity,
                    at: engine.model().t_ref - 86_400 * (good as i64 % 90),
                });
            }
        }
        builder.finish()
    };
    many.engines().iter().map(profile).collect()
}

/// All that a ranking says, goods by id.
fn answer(many: &Shards<'_>, profiles: Vec<Profile>, query: &Query) -> serde_json::Value {
    let shop = many.unite(profiles).unwrap();
    let mut ranking = many.rank(&shop, query).unwrap();
    if query.rules.get(Rule::Categories).is_some() {
        // The other rules are counted in the shards that may have the categories.
        ranking
            .removed
            .retain(|removed| removed.rule == "categories");
    }
    let goods = (0..ranking.len()).map(|i| {
        let mut good = many.ranked_good(&ranking, &shop, i).unwrap();
        // What a row of which nothing was asked says of itself.
        good.rank = i + 1;
        serde_json::to_value(good).unwrap()
    });
    serde_json::json!({
        "goods": goods.collect::<Vec<_>>(),
        "candidates": ranking.candidates,
        "known": ranking.known,
        "removed": ranking.removed,
        "relax": ranking.relax,
    })
}

/// The first good that differs, or what else does.
fn difference(
    expected: &serde_json::Value,
    found: &serde_json::Value,
    most: usize,
    query: &Query,
) -> String {
    let list = |value: &serde_json::Value| value["goods"].as_array().unwrap().clone();
    let (a, b) = (list(expected), list(found));
    let at = a.iter().zip(&b).position(|(a, b)| a != b);
    let (mut expected, mut found) = (expected.clone(), found.clone());
    (expected["goods"], found["goods"]) = (a.len().into(), b.len().into());
    let goods = at.map(|i| format!("{} {}", a[i], b[i])).unwrap_or_default();
    format!("{most} {query:?}: {expected} {found} {goods}")
}

const POLICIES: [&str; 8] = [
    "fit", "balanced", "profit", "trend", "niche", "newcomer", "plain", "1688",
];

fn queries(category: &str, supplier: &str) -> Vec<Query> {
    let mut queries: Vec<Query> = POLICIES
        .iter()
        .map(|name| Query {
            policy: Policy::preset(name).unwrap(),
            limit: 50,
            ..Query::default()
        })
        .collect();
    let with = |rules: Rules| Query {
        rules,
        limit: 30,
        ..Query::default()
    };
    let rules = Rules::default;
    queries.push(with(rules().with(Rule::PriceMax, 5_000.0).unwrap()));
    queries.push(with(rules().with(Rule::Suppliers, [supplier]).unwrap()));
    queries.push(with(rules().with(Rule::Text, "tea").unwrap()));
    queries.push(with(rules().with(Rule::IncludeSold, true).unwrap()));
    let nothing = rules().with(Rule::PriceMax, 1.0).unwrap();
    queries.push(with(nothing.with(Rule::ReviewsMin, 1e9).unwrap()));
    let nothing = rules().with(Rule::Categories, [category]).unwrap();
    queries.push(with(nothing.with(Rule::PriceMax, 1.0).unwrap()));
    queries.push(with(rules().with(Rule::Categories, [category]).unwrap()));
    let mut capped = with(rules());
    (capped.diversity.per_category, capped.diversity.per_supplier) = (3, 2);
    queries.push(capped);
    let mut collapsed = with(rules());
    collapsed.diversity.collapse = true;
    queries.push(collapsed);
    queries
}

fn compare(source: &Source, most: &[usize]) {
    let catalog = &source.catalog;
    let one = Packed::new(source, usize::MAX);
    let one = one.many();
    let several: Vec<Packed> = most.iter().map(|&n| Packed::new(source, n)).collect();
    let ids: Vec<&str> = catalog.goods.iter().map(|g| g.id.as_str()).collect();
    let events = prop::collection::vec((0usize..10_000, 0usize..7, 0.5f64..9.0), 0..40);
    let supplier = catalog.suppliers[0].id.as_str();
    let queries = queries(&catalog.goods[0].category, supplier);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 3,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    runner
        .run(&events, |events| {
            for (packed, &most) in several.iter().zip(most) {
                let many = packed.many();
                // A category that is cut by id is in no shard whole, so what
                // stands for each other may be in two.
                let cut = most < 50;
                for query in queries.iter().filter(|q| !(cut && q.diversity.collapse)) {
                    let expected = answer(&one, sells(&one, &ids, &events), query);
                    let found = answer(&many, sells(&many, &ids, &events), query);
                    if query.rules.is_empty() && query.diversity.is_off() {
                        let id = ids[events.len() * 7 % ids.len()];
                        let ask = |of: &Shards<'_>| {
                            let shop = of.unite(sells(of, &ids, &events)).unwrap();
                            of.what_if(&shop, query, id).unwrap()
                        };
                        prop_assert_eq!(ask(&one), ask(&many), "{}", id);
                    }
                    prop_assert!(
                        expected == found,
                        "{}",
                        difference(&expected, &found, most, query)
                    );
                }
            }
            Ok(())
        })
        .unwrap();
    for packed in &several {
        let many = packed.many();
        for id in ids.iter().step_by(97) {
            let expected = one.ranked_shops(id, 20).unwrap();
            assert_eq!(many.ranked_shops(id, 20).unwrap(), expected, "{id}");
        }
    }
}

#[test]
fn one_shard_and_several_rank_alike_by_heat_flow() {
    let folder = tempfile::tempdir().unwrap();
    let source = learned(folder.path(), "400", "150", PublishShops::All);
    assert!(
        source.learned.kernel.factors.is_none(),
        "{}",
        source.learned.report.recipe
    );
    compare(&source, &[200, 9]);
}

#[test]
fn one_shard_and_several_rank_alike_by_regression() {
    let folder = tempfile::tempdir().unwrap();
    let source = learned(folder.path(), "300", "300", PublishShops::Consented);
    let factors = source.learned.kernel.factors.as_ref();
    assert!(
        factors.is_some_and(|f| f.young.is_some()),
        "{}",
        source.learned.report.recipe
    );
    compare(&source, &[150, 9]);
}
