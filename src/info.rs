//! What a shard says of itself, as pages and `--json` show it.

use serde::Serialize;

use crate::SEVERAL;
use crate::engine::Engine;
use crate::error::Result;
use crate::heat::Heat;
use crate::shard::{Bytes, Kernel, Model, Section, Strings};
use crate::show::number;

/// What a catalog is: how many goods, learned how, which values rules may name. Its
/// texts are the shard's own, not copies.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogInfo<'a> {
    /// Number of goods.
    pub goods: u32,
    /// How many of them were withdrawn: they are never recommended.
    pub withdrawn: u32,
    /// ISO 4217 code; "" where the catalog has no prices.
    pub currency: &'a str,
    /// Decimal digits of a minor unit.
    pub exponent: u8,
    /// Seconds since 1970 UTC of the last event; 0 where events have no times.
    pub t_ref: i64,
    /// Shops that stand behind each learned figure.
    pub min_shops: u32,
    /// False for a shard built with `min_shops` 1.
    pub publishable: bool,
    /// How fit was learned: `linear`, or `hybrid λ=0.5`.
    pub kernel: String,
    /// Whether the text rule can be used.
    pub searchable: bool,
    /// Category paths, each followed by its subtree.
    pub categories: Vec<&'a str>,
    /// Suppliers, by id in byte order.
    pub suppliers: Vec<Named<'a>>,
    /// Brands, in byte order.
    pub brands: Vec<&'a str>,
    /// Where goods ship to, in byte order.
    pub destinations: Vec<&'a str>,
    /// Public shops, by id in byte order.
    pub shops: Vec<Named<'a>>,
    /// How hot each category is with its subtree, in the order of `categories`;
    /// `None` where too few shops stand behind it.
    pub category_heat: Vec<Option<Heat>>,
    /// How hot each public shop is, in the order of `shops`; `None` where the
    /// shard does not say.
    pub shop_heat: Vec<Option<Heat>>,
}

/// Something with an id and a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Named<'a> {
    /// The id.
    pub id: &'a str,
    /// The name; "" when unknown.
    pub name: &'a str,
}

impl<B: Bytes> Engine<B> {
    /// What the shard says of itself.
    pub fn info(&self) -> Result<CatalogInfo<'_>> {
        let (shard, model) = (self.shard(), self.model());
        // Row 0 of these tables stands for what is unknown.
        let paths = shard.categories()?;
        let (slow, fast) = (
            Section::CategoryTemperature,
            Section::CategoryTemperatureFast,
        );
        let category_heat = self.heats(1..paths.len(), slow, fast)?;
        let (slow, fast) = (Section::ShopTemperature, Section::ShopTemperatureFast);
        let shop_heat = self.heats(0..shard.shop_ids()?.len(), slow, fast)?;
        let mut destinations = Vec::new();
        for list in texts(&shard.destinations()?) {
            for code in list.split(' ') {
                if let Err(place) = destinations.binary_search(&code) {
                    destinations.insert(place, code);
                }
            }
        }
        Ok(CatalogInfo {
            goods: match SEVERAL {
                true => self.own()?.count() as u32,
                false => shard.goods(),
            },
            withdrawn: self.withdrawn(),
            currency: &model.currency,
            exponent: model.exponent,
            t_ref: model.t_ref,
            min_shops: model.min_shops,
            publishable: shard.publishable(),
            kernel: kernel(model),
            searchable: shard.has(Section::Tokens),
            categories: texts(&paths),
            suppliers: named(shard.supplier_ids()?, shard.supplier_names()?, 1),
            brands: texts(&shard.brands()?),
            destinations,
            shops: named(shard.shop_ids()?, shard.shop_names()?, 0),
            category_heat,
            shop_heat,
        })
    }
}

fn kernel(model: &Model) -> String {
    match model.kernel {
        Kernel::Hybrid => format!("hybrid λ={}", number(model.lambda)),
        Kernel::Linear => "linear".into(),
    }
}

/// A table without its first row, which stands for what is unknown.
fn texts<'a>(table: &Strings<'a>) -> Vec<&'a str> {
    (1..table.len()).map(|row| table.get(row)).collect()
}

/// The rows of a table from `first` on.
fn named<'a>(ids: Strings<'a>, names: Strings<'a>, first: usize) -> Vec<Named<'a>> {
    let named = |row| Named {
        id: ids.get(row),
        name: names.get(row),
    };
    (first..ids.len()).map(named).collect()
}
