//! Packing: a catalog and what was learned from it become shards.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use goodsrank::manifest::{FILE_NAME, Manifest, SCHEMA, ShardEntry};
use goodsrank::profile::Profile;
use goodsrank::sales::{gtin_key, sku_key, title_key};
use goodsrank::search::tokens;
use goodsrank::shard::{Model, Section, ShardWriter, TextWriter};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::ingest::{Catalog, Good, Share, Shop};
use crate::learn::{Learned, ShopKernel, profile_builder};
use crate::manifest;
use crate::progress::Step;

/// Whose profiles are shipped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishShops {
    /// Nobody's.
    None,
    /// Those of shops with `public` 1.
    #[default]
    Consented,
    /// Everybody's: for evaluation, and for a merchant's own catalog.
    All,
}

impl PublishShops {
    /// Whether the profile of a shop is shipped.
    pub fn ships(self, shop: &Shop) -> bool {
        match self {
            PublishShops::None => false,
            PublishShops::Consented => shop.public,
            PublishShops::All => true,
        }
    }
}

/// How shards are packed.
#[derive(Clone, Copy, Debug)]
pub struct PackOptions {
    /// Whose profiles are shipped.
    pub publish_shops: PublishShops,
    /// Whether titles can be searched.
    pub search: bool,
}

/// Writes the shards and the manifest of a catalog into a folder.
pub fn pack(
    catalog: &Catalog,
    learned: &Learned,
    options: PackOptions,
    out: &Path,
) -> Result<Manifest> {
    let _step = Step::spinner("packing");
    let mut model = learned.model.clone();
    if !options.search {
        model.tokeniser = 0;
    }
    let bytes = shard(catalog, learned, &model, options)?;
    let id = |good: Option<&Good>| good.map_or("", |g| g.id.as_str()).to_owned();
    let (first, last) = (id(catalog.goods.first()), id(catalog.goods.last()));
    let entry = ShardEntry::new(&bytes, &first, &last)?;
    let manifest = Manifest {
        schema: SCHEMA,
        generator: concat!("goodsrank ", env!("CARGO_PKG_VERSION")).to_owned(),
        goods: catalog.goods.len() as u64,
        publishable: model.min_shops > 1,
        model,
        shards: vec![entry],
        withdrawn: Vec::new(),
    };
    write(&out.join(&manifest.shards[0].file), &bytes)?;
    write(
        &out.join(FILE_NAME),
        manifest::text(&manifest, out)?.as_bytes(),
    )?;
    Ok(manifest)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(Error::io("write", path))
}

/// The bytes of one shard that holds the whole catalog.
fn shard(
    catalog: &Catalog,
    learned: &Learned,
    model: &Model,
    options: PackOptions,
) -> Result<Vec<u8>> {
    let ids: Vec<&str> = catalog.goods.iter().map(|g| g.id.as_str()).collect();
    let mut writer = ShardWriter::new(model, &ids)?;
    columns(&mut writer, catalog);
    supply(&mut writer, catalog, learned);
    heat(&mut writer, learned);
    categories(&mut writer, catalog);
    suppliers(&mut writer, catalog);
    let of =
        |label: fn(&Good) -> &str| catalog.goods.iter().map(label).collect::<Vec<_>>();
    let sections = [Section::Brand, Section::BrandEnds, Section::Brands];
    labels(&mut writer, sections, &of(|good| &good.brand));
    let sections = [
        Section::ShipsTo,
        Section::DestinationEnds,
        Section::Destinations,
    ];
    labels(&mut writer, sections, &of(|good| &good.ships_to));
    kernel(&mut writer, learned);
    keys(&mut writer, catalog);
    if options.search {
        writer.postings(&postings(catalog));
    }
    shops(&mut writer, catalog, learned, options.publish_shops);
    writer.text(text(catalog));
    Ok(writer.finish()?)
}

fn columns(writer: &mut ShardWriter, catalog: &Catalog) {
    let column =
        |value: fn(&Good) -> u64| catalog.goods.iter().map(value).collect::<Vec<_>>();
    writer.uints(Section::Price, &column(|g| g.price));
    known(writer, Section::Moq, &column(|g| g.moq));
    known(writer, Section::LeadTime, &column(|g| or_0(g.lead_time)));
}

/// Adds a column of which something is known; whether it did.
fn known(writer: &mut ShardWriter, section: Section, values: &[u64]) -> bool {
    let is_known = values.iter().any(|&v| v > 0);
    if is_known {
        writer.uints(section, values);
    }
    is_known
}

/// One more than a number, so that 0 is unknown.
fn or_0(number: Option<u64>) -> u64 {
    number.map_or(0, |number| number + 1)
}

/// What is known of supply. A catalog that says nothing of it is a shard as it
/// was before 1.2, byte for byte.
fn supply(writer: &mut ShardWriter, catalog: &Catalog, learned: &Learned) {
    let written = [
        rates(writer, catalog),
        terms(writer, catalog),
        figures(writer, learned),
    ];
    if written.contains(&true) {
        writer.usual(&learned.usual);
    }
}

/// What a good's sales came to, as shares: both numbers or neither.
fn rates(writer: &mut ShardWriter, catalog: &Catalog) -> bool {
    use Section as S;
    type Of = fn(&Good) -> Share;
    let rates: [(S, S, Of); 4] = [
        (S::ReviewGood, S::ReviewCount, |g| g.reviews),
        (S::Returned, S::ReturnCount, |g| g.returns),
        (S::Filled, S::FillCount, |g| g.fills),
        (S::PickedUp, S::PickUpCount, |g| g.pickups),
    ];
    let mut written = false;
    for (part, whole, of) in rates {
        let column = |value: fn(Share) -> u64| -> Vec<u64> {
            catalog.goods.iter().map(|g| value(of(g))).collect()
        };
        if known(writer, whole, &column(|share| share.n)) {
            writer.uints(part, &column(|share| share.k));
            written = true;
        }
    }
    written
}

/// What else the catalog says of a good.
fn terms(writer: &mut ShardWriter, catalog: &Catalog) -> bool {
    let column =
        |value: fn(&Good) -> u64| catalog.goods.iter().map(value).collect::<Vec<_>>();
    let stock = column(|g| or_0(g.stock));
    let endorsements = column(|g| g.endorsements);
    known(writer, Section::EvidenceAt, &column(|g| g.evidence_at));
    let flags: Vec<u8> = catalog
        .goods
        .iter()
        .map(|g| u8::from(g.brand_flag))
        .collect();
    let is_flagged = flags.contains(&1);
    if is_flagged {
        writer.u8s(Section::BrandFlag, flags);
    }
    let stock = known(writer, Section::Stock, &stock);
    known(writer, Section::Endorsements, &endorsements) || stock || is_flagged
}

/// What was learned of supply.
fn figures(writer: &mut ShardWriter, learned: &Learned) -> bool {
    let (supply, equivalents) = (&learned.supply, &learned.equivalents);
    let sold = known(writer, Section::Sellers, &supply.sellers);
    if sold {
        writer.uints(Section::Repeats, &supply.repeats);
    }
    let ranks = &equivalents.price_rank;
    if ranks.iter().any(|&rank| rank > 0) {
        writer.u8s(Section::PriceRank, ranks.clone());
    }
    let spreads = !learned.spread.is_empty();
    if spreads {
        writer.u8s(Section::Spread, learned.spread.clone());
    }
    let columns = [
        (Section::Equivalents, &equivalents.group),
        (Section::Demand, &supply.demand),
        (Section::MonthSales, &supply.month_sales),
        (Section::FirstSeen, &supply.first_seen),
    ];
    let written = columns.map(|(section, values)| known(writer, section, values));
    sold || spreads || written.contains(&true)
}

/// What was learned of categories and shops over time.
fn heat(writer: &mut ShardWriter, learned: &Learned) {
    let columns = [
        (Section::CategoryTemperature, &learned.category_heat[0]),
        (Section::CategoryTemperatureFast, &learned.category_heat[1]),
        (Section::ShopTemperature, &learned.shop_heat[0]),
        (Section::ShopTemperatureFast, &learned.shop_heat[1]),
    ];
    for (section, values) in columns.into_iter().filter(|(_, v)| !v.is_empty()) {
        writer.i16s(section, values);
    }
    if !learned.seasons.is_empty() {
        writer.uints(Section::Seasons, &learned.seasons);
    }
}

fn categories(writer: &mut ShardWriter, catalog: &Catalog) {
    let (paths, rows) = catalog.category_table();
    let column: Vec<u64> = rows.into_iter().map(u64::from).collect();
    writer.uints(Section::Category, &column);
    writer.strings(Section::CategoryPathEnds, Section::CategoryPaths, &paths);
}

/// A table of what goods are labelled with, its first row for those that are
/// not, and a column of its rows. Nothing where no good has a label.
fn labels(writer: &mut ShardWriter, sections: [Section; 3], labels: &[&str]) {
    let known: BTreeSet<&str> =
        labels.iter().copied().filter(|l| !l.is_empty()).collect();
    if known.is_empty() {
        return;
    }
    let table: Vec<&str> = std::iter::once("").chain(known).collect();
    let rows: BTreeMap<&str, u64> = table.iter().copied().zip(0..).collect();
    let column: Vec<u64> = labels.iter().map(|label| rows[label]).collect();
    let [section, ends, bytes] = sections;
    writer.uints(section, &column);
    writer.strings(ends, bytes, &table);
}

fn suppliers(writer: &mut ShardWriter, catalog: &Catalog) {
    let known = catalog
        .suppliers
        .iter()
        .map(|s| (s.id.as_str(), s.name.as_str()));
    let (ids, names): (Vec<&str>, Vec<&str>) =
        std::iter::once(("", "")).chain(known).unzip();
    let rows: BTreeMap<&str, u64> = ids.iter().copied().zip(0..).collect();
    let column: Vec<u64> = catalog
        .goods
        .iter()
        .map(|g| rows[g.supplier_id.as_str()])
        .collect();
    writer.uints(Section::Supplier, &column);
    writer.strings(Section::SupplierIdEnds, Section::SupplierIds, &ids);
    writer.strings(Section::SupplierNameEnds, Section::SupplierNames, &names);
}

fn kernel(writer: &mut ShardWriter, learned: &Learned) {
    writer.i16s(Section::Temperature, &learned.temperature);
    writer.i16s(Section::TemperatureFast, &learned.temperature_fast);
    writer.f32s(Section::Background, &learned.background);
    let neighbours = &learned.kernel.neighbours;
    writer.ends(Section::NeighbourEnds, neighbours.rows.iter().map(Vec::len));
    let rows: Vec<u64> = neighbours
        .rows
        .iter()
        .flatten()
        .map(|&r| u64::from(r))
        .collect();
    writer.uints(Section::Neighbours, &rows);
    let weights = neighbours.weights.iter().flatten();
    if neighbours.is_signed() {
        let weights: Vec<i8> = weights.map(|&w| w as i8).collect();
        writer.i8s(Section::NeighbourWeights, &weights);
    } else {
        writer.u8s(
            Section::NeighbourWeights,
            weights.map(|&w| w as u8).collect(),
        );
    }
    writer.f32s(Section::NeighbourScales, &neighbours.scales);
    if let Some(factors) = &learned.kernel.factors {
        writer.i8s(Section::FactorsIn, &factors.given.values);
        writer.f32s(Section::FactorInScales, &factors.given.scales);
        writer.i8s(Section::FactorsOut, &factors.taken.values);
        writer.f32s(Section::FactorOutScales, &factors.taken.scales);
        if let Some(young) = &factors.young {
            writer.i8s(Section::YoungFactorsIn, &young.values);
            writer.f32s(Section::YoungFactorInScales, &young.scales);
        }
    }
}

/// What a merchant's own file is matched by. A title in two languages has two
/// keys, an article number one with its supplier and one without.
fn keys(writer: &mut ShardWriter, catalog: &Catalog) {
    let titles = catalog
        .text_fields
        .iter()
        .take_while(|f| f.starts_with("title"))
        .count();
    let field = |name: &str| catalog.text_fields.iter().position(|f| f == name);
    let (sku, gtin) = (field("sku"), field("gtin"));
    let (mut gtins, mut skus, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (good, row) in catalog.goods.iter().zip(0..) {
        let text = |field: Option<usize>| field.map_or("", |f| good.texts[f].as_str());
        gtins.extend(gtin_key(text(gtin)).map(|key| (key, row)));
        let keys = BTreeSet::from([
            sku_key(&good.supplier_id, text(sku)),
            sku_key("", text(sku)),
        ]);
        skus.extend(keys.into_iter().flatten().map(|key| (key, row)));
        names.extend(
            good.texts[..titles]
                .iter()
                .filter_map(|t| title_key(t))
                .map(|key| (key, row)),
        );
    }
    for (keys, rows, pairs) in [
        (Section::GtinKeys, Section::GtinGoods, gtins),
        (Section::SkuKeys, Section::SkuGoods, skus),
        (
            Section::TitleKeys,
            Section::TitleGoods,
            names.into_iter().collect(),
        ),
    ] {
        if !pairs.is_empty() {
            writer.keys(keys, rows, pairs);
        }
    }
}

/// For each token of any title the rows that have it, ascending.
fn postings(catalog: &Catalog) -> BTreeMap<String, Vec<u32>> {
    let titles = catalog
        .text_fields
        .iter()
        .take_while(|f| f.starts_with("title"))
        .count();
    let mut postings: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (good, row) in catalog.goods.iter().zip(0u32..) {
        for token in good.texts[..titles].iter().flat_map(|title| tokens(title)) {
            let rows = postings.entry(token).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }
    postings
}

fn shops(
    writer: &mut ShardWriter,
    catalog: &Catalog,
    learned: &Learned,
    publish: PublishShops,
) {
    let mut list: Vec<(&Shop, Profile)> = Vec::new();
    let mut rows = Vec::new();
    for (row, events) in catalog.events.by_shop() {
        let shop = &catalog.events.shops[row as usize];
        if publish.ships(shop) {
            rows.push(row as usize);
            let mut builder = profile_builder(&learned.model);
            events.iter().for_each(|e| builder.add(e.for_profile()));
            list.push((shop, builder.finish()));
        }
    }
    if list.is_empty() {
        return;
    }
    let ids: Vec<&str> = list.iter().map(|(shop, _)| shop.id.as_str()).collect();
    let names: Vec<&str> = list.iter().map(|(shop, _)| shop.name.as_str()).collect();
    let weights = || list.iter().flat_map(|(_, profile)| profile.weights());
    writer.strings(Section::ShopIdEnds, Section::ShopIds, &ids);
    writer.strings(Section::ShopNameEnds, Section::ShopNames, &names);
    writer.ends(
        Section::ProfileEnds,
        list.iter().map(|(_, profile)| profile.len()),
    );
    writer.uints(
        Section::ProfileGoods,
        &weights().map(|&(row, _)| row.into()).collect::<Vec<_>>(),
    );
    writer.f32s(
        Section::ProfileWeights,
        &weights().map(|&(_, w)| w).collect::<Vec<_>>(),
    );
    if let Some(kernel) = &learned.shops {
        shop_kernel(writer, kernel, &rows);
    }
}

/// The other direction, for the shops in these rows of the catalog.
fn shop_kernel(writer: &mut ShardWriter, kernel: &ShopKernel, rows: &[usize]) {
    for (values, scales, of) in [
        (
            Section::ShopFactorsIn,
            Section::ShopFactorInScales,
            &kernel.factors.given,
        ),
        (
            Section::ShopFactorsOut,
            Section::ShopFactorOutScales,
            &kernel.factors.taken,
        ),
    ] {
        let of = of.of(rows);
        writer.i8s(values, &of.values);
        writer.f32s(scales, &of.scales);
    }
    let background: Vec<f32> = rows.iter().map(|&row| kernel.background[row]).collect();
    writer.f32s(Section::ShopBackground, &background);
    writer.shop_calibration(&kernel.calibration);
}

fn text(catalog: &Catalog) -> TextWriter {
    let mut text = TextWriter::new(&catalog.text_fields);
    catalog.goods.iter().for_each(|good| text.push(&good.texts));
    text
}
