//! The rows of the sample's files. CSV in UTF-8 with LF; an empty cell means
//! that the figure is not known.

use super::World;
use super::events::Event;
use super::goods::{Good, logistic};
use super::places::PROVINCES;
use super::plan::Plan;
use super::random::{Dice, Stream};
use crate::error::{Error, Result};
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

/// The columns of goods.csv.
const GOODS: &str = "good_id,title,title_zh,title_en,category,supplier_id,brand,sku,gtin,\
    price_minor,currency,moq,lead_time_days,stock,return_k,return_n,review_k,review_n,\
    fill_k,fill_n,pickup_k,pickup_n,endorsements,brand_flag,ships_to,attributes,image_url,url";

/// Where suppliers ship to; one in six does not say.
const SHIPS_TO: [&str; 6] = ["CN", "CN", "CN HK MO", "CN HK SG", "CN HK SG US", ""];

/// The columns of suppliers.csv.
const SUPPLIERS: &str = "supplier_id,name,name_en,region,kind";

/// The columns of shops.csv.
const SHOPS: &str = "shop_id,name,region,latitude,longitude,public";

/// The columns of events.csv.
const EVENTS: &str = "at,shop_id,good_id,kind,quantity,amount_minor,caused_by";

/// The columns of truth.csv.
const TRUTH: &str = "shop_id,good_id";

/// The columns of truth-shops.csv.
const TASTES: &str = "shop_id,price_level,style_1,style_2,style_3,style_4,shares";

/// The columns of truth-trends.csv.
const TRENDS: &str = "good_id,born,trend,appeal,premium,style_1,style_2,style_3,style_4";

/// A CSV file that is being written.
pub(super) struct Table {
    path: PathBuf,
    writer: csv::Writer<BufWriter<File>>,
}

impl Table {
    /// Makes a file of a folder and writes its header.
    pub fn create(folder: &Path, name: &str, columns: &str) -> Result<Table> {
        let path = folder.join(name);
        let file = File::create(&path).map_err(Error::io("write", &path))?;
        let writer = csv::Writer::from_writer(BufWriter::new(file));
        let mut table = Table { path, writer };
        table.row(columns.split(','))?;
        Ok(table)
    }

    /// Writes a row.
    pub fn row<I, T>(&mut self, cells: I) -> Result<()>
    where
        I: IntoIterator<Item = T>,
        T: AsRef<[u8]>,
    {
        let written = self
            .writer
            .write_record(cells)
            .map_err(std::io::Error::from);
        written.map_err(Error::io("write", &self.path))
    }

    /// Writes what is buffered.
    pub fn finish(mut self) -> Result<()> {
        self.writer.flush().map_err(Error::io("write", &self.path))
    }
}

/// The id of a good.
pub(super) fn good_id(index: usize) -> String {
    format!("G{:07}", index + 1)
}

/// The id of a shop.
pub(super) fn shop_id(index: usize) -> String {
    format!("S{:07}", index + 1)
}

/// The id of a supplier.
pub(super) fn supplier_id(index: usize) -> String {
    format!("P{:05}", index + 1)
}

/// Writes suppliers.csv.
pub(super) fn write_suppliers(folder: &Path, world: &World) -> Result<()> {
    let mut table = Table::create(folder, "suppliers.csv", SUPPLIERS)?;
    for (i, supplier) in world.suppliers.iter().enumerate() {
        let [name, name_en] = supplier.names(&world.categories, i);
        let region = PROVINCES[supplier.region].key;
        let kind = if supplier.producer {
            "producer"
        } else {
            "supplier"
        };
        table.row([&supplier_id(i), &name, &name_en, region, kind])?;
    }
    table.finish()
}

/// Writes shops.csv.
pub(super) fn write_shops(folder: &Path, world: &World) -> Result<()> {
    let mut table = Table::create(folder, "shops.csv", SHOPS)?;
    for (i, shop) in world.shops.iter().enumerate() {
        let [latitude, longitude] = shop.place.map(|degrees| format!("{degrees:.4}"));
        let region = PROVINCES[shop.region].key;
        let public = if shop.public { "1" } else { "0" };
        table.row([
            &shop_id(i),
            &shop.name(i),
            region,
            &latitude,
            &longitude,
            public,
        ])?;
    }
    table.finish()
}

/// Writes goods.csv, telling `done` after each thousand of rows.
pub(super) fn write_goods(
    folder: &Path,
    world: &World,
    done: &dyn Fn(u64),
) -> Result<()> {
    let mut table = Table::create(folder, "goods.csv", GOODS)?;
    let mut dice = Dice::new(world.seed, Stream::Blanks);
    let mut signals = Dice::new(world.seed, Stream::Signals);
    for (i, good) in world.goods.iter().enumerate() {
        let signals = self::signals(world, &mut signals, good);
        table.row(good_row(world, &mut dice, i, good, signals))?;
        if i % 1_024 == 0 {
            done(i as u64);
        }
    }
    table.finish()
}

/// Leaves cells out at random.
struct Blanks<'a>(&'a mut Dice);

impl Blanks<'_> {
    /// The cell, or nothing in this share of the cases.
    fn of(&mut self, share: f64, cell: impl ToString) -> String {
        let text = cell.to_string();
        if self.0.chance(share) {
            String::new()
        } else {
            text
        }
    }

    /// A count and what it is counted over, or neither.
    fn rate(&mut self, share: f64, of: u32, rate: f64) -> [String; 2] {
        let k = self.0.successes(of, rate);
        let unknown = self.0.chance(share) || of == 0;
        if unknown {
            Default::default()
        } else {
            [k.to_string(), of.to_string()]
        }
    }
}

/// Parcels picked up and all parcels, endorsements, brand flag. A supplier that
/// serves well hands parcels over in time; one good in 25 is endorsed, one in 200
/// is flagged.
fn signals(world: &World, dice: &mut Dice, good: &Good) -> [String; 4] {
    let quality = world.suppliers[good.supplier].quality;
    let picked_up = logistic(2.6 + 0.6 * quality + 0.5 * dice.normal());
    let [pickup_k, pickup_n] = Blanks(dice).rate(0.03, good.sold / 2, picked_up);
    let endorsements = match dice.chance(0.04) {
        true => 1 + dice.below(3),
        false => 0,
    };
    let brand_flag = u8::from(dice.chance(0.005));
    [
        pickup_k,
        pickup_n,
        endorsements.to_string(),
        brand_flag.to_string(),
    ]
}

fn good_row(
    world: &World,
    dice: &mut Dice,
    index: usize,
    good: &Good,
    signals: [String; 4],
) -> [String; 28] {
    let [pickup_k, pickup_n, endorsements, brand_flag] = signals;
    let category = &world.categories[good.category];
    let brand = world.suppliers[good.supplier].brand;
    let [returned, reviewed, filled] = good.rates;
    let id = good_id(index);
    let url = format!("https://goods.example/{id}");
    let mut or = Blanks(dice);
    let [return_k, return_n] = or.rate(0.03, good.sold, returned);
    let [review_k, review_n] = or.rate(0.03, good.sold / 4, reviewed);
    let [fill_k, fill_n] = or.rate(0.03, good.sold / 2, filled);
    [
        id,
        good.title_zh(),
        good.title_zh(),
        or.of(0.02, good.title_en()),
        or.of(0.005, &category.path),
        or.of(0.01, supplier_id(good.supplier)),
        or.of(0.03, brand.map_or(String::new(), |b| format!("示例牌{b}"))),
        or.of(0.02, sku(category.leaf.key, good.number)),
        or.of(0.05, gtin(good.supplier, index)),
        or.of(0.01, good.price),
        "CNY".to_owned(),
        or.of(0.02, good.moq),
        or.of(0.03, good.lead_days),
        or.of(0.03, good.stock),
        return_k,
        return_n,
        review_k,
        review_n,
        fill_k,
        fill_n,
        pickup_k,
        pickup_n,
        endorsements,
        brand_flag,
        SHIPS_TO[good.supplier % SHIPS_TO.len()].to_owned(),
        or.of(0.02, attributes(world, good)),
        String::new(),
        url,
    ]
}

/// A supplier's own number for a good: unique among its goods.
fn sku(leaf: &str, number: u32) -> String {
    let letters: String = leaf.chars().take(3).collect();
    format!("{}-{number:04}", letters.to_ascii_uppercase())
}

/// An EAN-13 number of the range 200 to 299, which is kept for use within a
/// company, so that it is no real product's.
fn gtin(supplier: usize, good: usize) -> String {
    let digits = format!("2{supplier:05}{good:06}");
    let weighted = digits.bytes().zip([1, 3].into_iter().cycle());
    let sum: u32 = weighted
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// A JSON object of the words of a good, in English; keys in order, whatever
/// `serde_json` is built with.
fn attributes(world: &World, good: &Good) -> String {
    let [make, noun, spec] = good.words;
    let [make_key, spec_key, pack_key] = world.categories[good.category].leaf.keys;
    let mut pairs = vec![(make_key, make.en), ("type", noun.en), (spec_key, spec.en)];
    pairs.extend(good.pack.map(|pack| (pack_key, pack.en)));
    pairs.sort_unstable();
    let text = |text: &str| serde_json::Value::from(text).to_string();
    let pairs: Vec<String> = pairs
        .iter()
        .map(|(key, value)| format!("{}:{}", text(key), text(value)))
        .collect();
    format!("{{{}}}", pairs.join(","))
}

/// Makes events.csv.
pub(super) fn events(folder: &Path) -> Result<Table> {
    Table::create(folder, "events.csv", EVENTS)
}

/// Writes a row of events.csv; `cause` is the index of the shop that brought it
/// about.
pub(super) fn write_event(
    table: &mut Table,
    event: &Event,
    cause: Option<u32>,
) -> Result<()> {
    table.row([
        &event.at.to_string(),
        &shop_id(event.shop as usize),
        &good_id(event.good as usize),
        event.kind.name(),
        &event.quantity.to_string(),
        &event.amount.map_or(String::new(), |a| a.to_string()),
        &cause.map_or(String::new(), |shop| shop_id(shop as usize)),
    ])
}

/// Makes truth.csv.
pub(super) fn truth(folder: &Path) -> Result<Table> {
    Table::create(folder, "truth.csv", TRUTH)
}

/// Writes the rows of a shop in truth.csv.
pub(super) fn write_truth(table: &mut Table, shop: usize, plan: &Plan) -> Result<()> {
    let shop = shop_id(shop);
    plan.truth
        .iter()
        .try_for_each(|&good| table.row([&shop, &good_id(good as usize)]))
}

/// Writes truth-shops.csv.
pub(super) fn write_tastes(folder: &Path, world: &World) -> Result<()> {
    let mut table = Table::create(folder, "truth-shops.csv", TASTES)?;
    for (i, shop) in world.shops.iter().enumerate() {
        let mut cells = vec![shop_id(i), format!("{:.4}", shop.taste.price_level)];
        cells.extend(shop.taste.style.map(|s| format!("{s:.4}")));
        let share = |&(c, share): &(usize, f64)| {
            format!("{}:{share:.4}", world.categories[c].path)
        };
        let shares: Vec<String> = shop.taste.shares.iter().map(share).collect();
        cells.push(shares.join(";"));
        table.row(cells)?;
    }
    table.finish()
}

/// Writes truth-trends.csv.
pub(super) fn write_trends(folder: &Path, world: &World) -> Result<()> {
    let mut table = Table::create(folder, "truth-trends.csv", TRENDS)?;
    for (i, good) in world.goods.iter().enumerate() {
        let traits = &good.traits;
        let mut cells = vec![good_id(i), traits.born.to_string()];
        let figures = [traits.trend, traits.appeal, traits.premium];
        cells.extend(
            figures
                .iter()
                .chain(&traits.style)
                .map(|x| format!("{x:.4}")),
        );
        table.row(cells)?;
    }
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gtin_has_its_check_digit() {
        assert_eq!(gtin(0, 0), "2000000000008");
        assert_eq!(gtin(12_345, 678_901), "2123456789010");
    }

    #[test]
    fn a_sku_tells_the_category_and_the_number() {
        assert_eq!(sku("oolong", 7), "OOL-0007");
    }

    #[test]
    fn ids_sort_as_their_indices_do() {
        assert!(good_id(8) < good_id(9) && good_id(9) < good_id(999_999));
        assert_eq!(shop_id(0), "S0000001");
        assert_eq!(supplier_id(39_999), "P40000");
    }
}
