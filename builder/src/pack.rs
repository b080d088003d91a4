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
use crate::learn::{Learned, Rows, ShopKernel, profile_builder};
use crate::manifest;
use crate::partition::{Part, partition};
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
    /// The most goods of its own that a shard may have.
    pub shard_goods: usize,
}

/// The most goods of a shard, unless a build asks for another number.
pub const SHARD_GOODS: u32 = 200_000;

/// What one shard is packed from.
struct Packed<'a> {
    catalog: &'a Catalog,
    learned: &'a Learned,
    part: &'a Part,
    /// Whether it is one of several.
    several: bool,
}

impl<'a> Packed<'a> {
    fn goods(&self) -> impl Iterator<Item = &'a Good> {
        let goods = &self.catalog.goods;
        self.part.rows.iter().map(move |&row| &goods[row])
    }

    /// What a column of the catalog says of the shard's goods.
    fn of<T: Copy>(&self, column: &[T]) -> Vec<T> {
        self.part.rows.iter().map(|&row| column[row]).collect()
    }

    /// The shard's own goods, with their rows.
    fn own(&self) -> impl Iterator<Item = (u32, &'a Good)> {
        let goods = (0..).zip(self.goods()).zip(&self.part.own);
        goods.filter(|&(_, &own)| own).map(|(good, _)| good)
    }

    /// How many of the text fields are titles, which come first.
    fn titles(&self) -> usize {
        let fields = self.catalog.text_fields.iter();
        fields.take_while(|f| f.starts_with("title")).count()
    }

    fn column(&self, value: impl Fn(&Good) -> u64) -> Vec<u64> {
        self.goods().map(value).collect()
    }

    /// Adds a column of which something is known in the catalog; whether it did.
    fn known(&self, writer: &mut ShardWriter, section: Section, values: &[u64]) -> bool {
        let is_known = values.iter().any(|&v| v > 0);
        if is_known {
            writer.uints(section, &self.of(values));
        }
        is_known
    }

    /// Likewise of what the catalog says.
    fn told(
        &self,
        writer: &mut ShardWriter,
        section: Section,
        value: impl Fn(&Good) -> u64,
    ) -> bool {
        let values: Vec<u64> = self.catalog.goods.iter().map(value).collect();
        self.known(writer, section, &values)
    }
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
    let parts = partition(catalog, learned, options.shard_goods);
    let mut shards = Vec::new();
    for part in &parts {
        let packed = Packed {
            catalog,
            learned,
            part,
            several: parts.len() > 1,
        };
        let bytes = shard(&packed, &model, options)?;
        let entry = entry(&packed, &bytes)?;
        write(&out.join(&entry.file), &bytes)?;
        shards.push(entry);
    }
    let manifest = Manifest {
        schema: SCHEMA,
        generator: concat!("goodsrank ", env!("CARGO_PKG_VERSION")).to_owned(),
        goods: catalog.goods.len() as u64,
        publishable: model.min_shops > 1,
        model,
        shards,
        withdrawn: Vec::new(),
    };
    write(
        &out.join(FILE_NAME),
        manifest::text(&manifest, out)?.as_bytes(),
    )?;
    Ok(manifest)
}

fn entry(packed: &Packed<'_>, bytes: &[u8]) -> Result<ShardEntry> {
    let ids: Vec<&str> = packed.own().map(|(_, good)| good.id.as_str()).collect();
    let (first, last) = (ids.first().unwrap_or(&""), ids.last().unwrap_or(&""));
    let mut entry = ShardEntry::new(bytes, first, last)?;
    entry.goods = ids.len() as u64;
    if packed.several {
        entry.categories.clone_from(&packed.part.categories);
        entry.speakers = (packed.part.rows.len() - ids.len()) as u64;
    }
    Ok(entry)
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    fs::write(path, bytes).map_err(Error::io("write", path))
}

/// The bytes of one shard. Tables are the whole catalog's in each of its shards:
/// a row then means the same in all, and rules may name what one of them lacks.
fn shard(packed: &Packed<'_>, model: &Model, options: PackOptions) -> Result<Vec<u8>> {
    let ids: Vec<&str> = packed.goods().map(|g| g.id.as_str()).collect();
    let mut writer = ShardWriter::new(model, &ids)?;
    columns(&mut writer, packed);
    supply(&mut writer, packed);
    heat(&mut writer, packed.learned);
    categories(&mut writer, packed);
    suppliers(&mut writer, packed);
    let sections = [Section::Brand, Section::BrandEnds, Section::Brands];
    labels(&mut writer, sections, packed, |good| &good.brand);
    let sections = [
        Section::ShipsTo,
        Section::DestinationEnds,
        Section::Destinations,
    ];
    labels(&mut writer, sections, packed, |good| &good.ships_to);
    kernel(&mut writer, packed);
    keys(&mut writer, packed);
    if options.search {
        writer.postings(&postings(packed));
    }
    shops(&mut writer, packed, options.publish_shops);
    writer.text(text(packed));
    if packed.several {
        of_several(&mut writer, packed);
    }
    Ok(writer.finish()?)
}

/// What a shard needs to rank as if it had the goods of the others.
fn of_several(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let speaks = packed.part.own.iter().map(|&own| u8::from(!own)).collect();
    writer.u8s(Section::Speaks, speaks);
    let (paths, rows) = packed.catalog.category_table();
    let mut sums = vec![(0.0, 0.0); paths.len()];
    for (good, row) in packed.catalog.goods.iter().zip(rows) {
        if good.price > 0 {
            let (sum, count) = &mut sums[row as usize];
            *sum += libm::log(good.price as f64);
            *count += 1.0;
        }
    }
    let means: Vec<f64> = sums.iter().map(|(sum, count)| sum / count).collect();
    writer.f64s(Section::CategoryPrices, &means);
}

fn columns(writer: &mut ShardWriter, packed: &Packed<'_>) {
    writer.uints(Section::Price, &packed.column(|g| g.price));
    packed.told(writer, Section::Moq, |g| g.moq);
    packed.told(writer, Section::LeadTime, |g| or_0(g.lead_time));
}

/// One more than a number, so that 0 is unknown.
fn or_0(number: Option<u64>) -> u64 {
    number.map_or(0, |number| number + 1)
}

/// What is known of supply. A catalog that says nothing of it is a shard as it
/// was before 1.2, byte for byte.
fn supply(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let written = [
        rates(writer, packed),
        terms(writer, packed),
        figures(writer, packed),
    ];
    if written.contains(&true) {
        writer.usual(&packed.learned.usual);
    }
}

/// What a good's sales came to, as shares: both numbers or neither.
fn rates(writer: &mut ShardWriter, packed: &Packed<'_>) -> bool {
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
        if packed.told(writer, whole, |g| of(g).n) {
            writer.uints(part, &packed.column(|g| of(g).k));
            written = true;
        }
    }
    written
}

/// What else the catalog says of a good.
fn terms(writer: &mut ShardWriter, packed: &Packed<'_>) -> bool {
    packed.told(writer, Section::EvidenceAt, |g| g.evidence_at);
    let is_flagged = packed.catalog.goods.iter().any(|g| g.brand_flag);
    if is_flagged {
        let flags = packed.goods().map(|g| u8::from(g.brand_flag)).collect();
        writer.u8s(Section::BrandFlag, flags);
    }
    let stock = packed.told(writer, Section::Stock, |g| or_0(g.stock));
    packed.told(writer, Section::Endorsements, |g| g.endorsements) || stock || is_flagged
}

/// What was learned of supply.
fn figures(writer: &mut ShardWriter, packed: &Packed<'_>) -> bool {
    let learned = packed.learned;
    let (supply, equivalents) = (&learned.supply, &learned.equivalents);
    let sold = packed.known(writer, Section::Sellers, &supply.sellers);
    if sold {
        writer.uints(Section::Repeats, &packed.of(&supply.repeats));
    }
    let ranks = &equivalents.price_rank;
    if ranks.iter().any(|&rank| rank > 0) {
        writer.u8s(Section::PriceRank, packed.of(ranks));
    }
    let spreads = !learned.spread.is_empty();
    if spreads {
        writer.u8s(Section::Spread, packed.of(&learned.spread));
    }
    let groups = equivalents.group.iter().any(|&group| group > 0);
    if groups {
        let groups = numbered_anew(&packed.of(&equivalents.group));
        writer.uints(Section::Equivalents, &groups);
    }
    let columns = [
        (Section::Demand, &supply.demand),
        (Section::MonthSales, &supply.month_sales),
        (Section::FirstSeen, &supply.first_seen),
    ];
    let written = columns.map(|(section, values)| packed.known(writer, section, values));
    sold || spreads || groups || written.contains(&true)
}

/// Groups from 1 in the order of their first goods: a number is at most that of
/// the goods. 0 stays.
fn numbered_anew(groups: &[u64]) -> Vec<u64> {
    let mut numbers = BTreeMap::from([(0, 0)]);
    let number = |group: &u64| {
        let next = numbers.len() as u64;
        *numbers.entry(*group).or_insert(next)
    };
    groups.iter().map(number).collect()
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

fn categories(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let (paths, rows) = packed.catalog.category_table();
    let rows = packed.of(&rows);
    let column: Vec<u64> = rows.into_iter().map(u64::from).collect();
    writer.uints(Section::Category, &column);
    writer.strings(Section::CategoryPathEnds, Section::CategoryPaths, &paths);
}

/// A table of what goods are labelled with, its first row for those that are
/// not, and a column of its rows. Nothing where no good has a label.
fn labels(
    writer: &mut ShardWriter,
    sections: [Section; 3],
    packed: &Packed<'_>,
    label: fn(&Good) -> &str,
) {
    let labels = packed.catalog.goods.iter().map(label);
    let known: BTreeSet<&str> = labels.filter(|l| !l.is_empty()).collect();
    if known.is_empty() {
        return;
    }
    let table: Vec<&str> = std::iter::once("").chain(known).collect();
    let rows: BTreeMap<&str, u64> = table.iter().copied().zip(0..).collect();
    let column = packed.column(|good| rows[label(good)]);
    let [section, ends, bytes] = sections;
    writer.uints(section, &column);
    writer.strings(ends, bytes, &table);
}

fn suppliers(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let known = packed
        .catalog
        .suppliers
        .iter()
        .map(|s| (s.id.as_str(), s.name.as_str()));
    let (ids, names): (Vec<&str>, Vec<&str>) =
        std::iter::once(("", "")).chain(known).unzip();
    let rows: BTreeMap<&str, u64> = ids.iter().copied().zip(0..).collect();
    let column = packed.column(|g| rows[g.supplier_id.as_str()]);
    writer.uints(Section::Supplier, &column);
    writer.strings(Section::SupplierIdEnds, Section::SupplierIds, &ids);
    writer.strings(Section::SupplierNameEnds, Section::SupplierNames, &names);
}

fn kernel(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let learned = packed.learned;
    writer.i16s(Section::Temperature, &packed.of(&learned.temperature));
    let fast = packed.of(&learned.temperature_fast);
    writer.i16s(Section::TemperatureFast, &fast);
    writer.f32s(Section::Background, &packed.of(&learned.background));
    let neighbours = &packed.part.neighbours(&learned.kernel.neighbours);
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
        use Section as S;
        let mut add = |values: S, scales: S, rows: &Rows| {
            let rows = rows.of(&packed.part.rows);
            writer.i8s(values, &rows.values);
            writer.f32s(scales, &rows.scales);
        };
        add(S::FactorsIn, S::FactorInScales, &factors.given);
        add(S::FactorsOut, S::FactorOutScales, &factors.taken);
        if let Some(young) = &factors.young {
            add(S::YoungFactorsIn, S::YoungFactorInScales, young);
        }
    }
}

/// What a merchant's own file is matched by. A title in two languages has two
/// keys, an article number one with its supplier and one without.
fn keys(writer: &mut ShardWriter, packed: &Packed<'_>) {
    let catalog = packed.catalog;
    let titles = packed.titles();
    let field = |name: &str| catalog.text_fields.iter().position(|f| f == name);
    let (sku, gtin) = (field("sku"), field("gtin"));
    let (mut gtins, mut skus, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (row, good) in packed.own() {
        let row = u64::from(row);
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
fn postings(packed: &Packed<'_>) -> BTreeMap<String, Vec<u32>> {
    let titles = packed.titles();
    let mut postings: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (row, good) in packed.own() {
        for token in good.texts[..titles].iter().flat_map(|title| tokens(title)) {
            let rows = postings.entry(token).or_default();
            if rows.last() != Some(&row) {
                rows.push(row);
            }
        }
    }
    postings
}

fn shops(writer: &mut ShardWriter, packed: &Packed<'_>, publish: PublishShops) {
    let (catalog, learned) = (packed.catalog, packed.learned);
    let mut masses = Vec::new();
    let mut list: Vec<(&Shop, Profile)> = Vec::new();
    let mut rows = Vec::new();
    for (row, events) in catalog.events.by_shop() {
        let shop = &catalog.events.shops[row as usize];
        if publish.ships(shop) {
            rows.push(row as usize);
            let mut builder = profile_builder(&learned.model);
            events.iter().for_each(|e| builder.add(e.for_profile()));
            let profile = builder.finish();
            masses.push(profile.mass());
            list.push((shop, packed.part.profile(&profile)));
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
    if packed.several {
        writer.f64s(Section::ShopMass, &masses);
    }
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

/// Of a good of another shard the titles alone, which say why a good is ranked.
fn text(packed: &Packed<'_>) -> TextWriter {
    let mut text = TextWriter::new(&packed.catalog.text_fields);
    for (good, &own) in packed.goods().zip(&packed.part.own) {
        let fields = if own {
            good.texts.len()
        } else {
            packed.titles()
        };
        text.push(&good.texts[..fields]);
    }
    text
}
