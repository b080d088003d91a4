//! A small catalog that tests describe in plain Rust, its shard, and a naive
//! oracle that ranks it straight from the definitions.

#![allow(dead_code, reason = "every test file uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

use goodsrank::policy::Policy;
use goodsrank::profile::Profile;
use goodsrank::sales::{gtin_key, sku_key, title_key};
use goodsrank::search::tokens;
use goodsrank::shard::{
    Calibration, Kernel, Model, ProfileWeights, Section, ShardWriter, TextWriter,
};

/// A good in plain Rust.
#[derive(Clone, Debug, Default)]
pub struct Good {
    pub id: String,
    pub title: String,
    pub category: &'static str,
    pub supplier: &'static str,
    pub price: u64,
    pub temperature: i16,
    pub background: f32,
    /// (row, weight 1 to 255)
    pub neighbours: Vec<(u32, u8)>,
    pub scale: f32,
    pub gtin: String,
    pub sku: String,
}

/// A catalog in plain Rust; goods ascend by id.
#[derive(Clone, Debug)]
pub struct Catalog {
    pub goods: Vec<Good>,
    pub shops: Vec<Shop>,
    pub model: Model,
}

/// A public shop: id, name, weights by row.
pub type Shop = (String, String, Vec<(u32, f32)>);

pub fn model() -> Model {
    Model {
        t_ref: 1_782_777_600,
        currency: "CNY".into(),
        exponent: 2,
        min_shops: 5,
        kernel: Kernel::Hybrid,
        tokeniser: 1,
        lambda: 0.5,
        heat: 0.0,
        half_life_slow: 90.0,
        half_life_fast: 14.0,
        profile: ProfileWeights {
            kinds: [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0],
            log_quantity: false,
            half_life: 0.0,
            binary: true,
        },
        calibration: Calibration {
            floor: -12.0,
            knots: vec![(0.0, -8.0), (0.25, -4.0), (1.0, -1.0)],
        },
        price_sd: 0.5,
        events: 100,
        shops: 10,
    }
}

/// Six goods of two categories: what most tests need.
pub fn catalog() -> Catalog {
    let good = |id: &str, title: &str, category, supplier, price, temperature| Good {
        id: id.into(),
        title: title.into(),
        category,
        supplier,
        price,
        temperature,
        background: 0.001,
        scale: 0.002,
        ..Good::default()
    };
    let mut goods = vec![
        good(
            "g1",
            "武夷山岩茶 大红袍 250g",
            "food/tea",
            "p1",
            12_800,
            400,
        ),
        good(
            "g2",
            "Longjing green tea 100 g",
            "food/tea",
            "p1",
            9_900,
            -200,
        ),
        good("g3", "Porcelain tea cup", "home/kitchen", "p2", 3_500, 900),
        good("g4", "Bamboo tea tray", "home/kitchen", "p2", 15_900, 0),
        good("g5", "Honey 500 g", "food", "", 0, -1_500),
        good("g6", "Unknown thing", "", "p1", 100, 0),
    ];
    goods[0].neighbours = vec![(1, 255), (2, 100)];
    goods[1].neighbours = vec![(0, 200), (3, 50)];
    goods[2].neighbours = vec![(0, 120), (3, 255), (4, 1)];
    goods[0].gtin = "06901234567892".into();
    goods[0].sku = "A-1".into();
    goods[1].sku = "A-2".into();
    let shops = vec![
        ("s1".into(), "Lane tea house".into(), vec![(0, 1.0)]),
        ("s2".into(), "".into(), vec![(1, 0.5), (2, 2.0)]),
    ];
    Catalog {
        goods,
        shops,
        model: model(),
    }
}

impl Catalog {
    /// The shard of the catalog.
    pub fn shard(&self) -> Vec<u8> {
        let ids: Vec<&str> = self.goods.iter().map(|g| g.id.as_str()).collect();
        let mut w = ShardWriter::new(&self.model, &ids).unwrap();
        let paths = table(self.goods.iter().map(|g| g.category));
        let suppliers = table(self.goods.iter().map(|g| g.supplier));
        let place =
            |table: &[&str], s: &str| table.iter().position(|t| *t == s).unwrap() as u64;
        let column =
            |f: &dyn Fn(&Good) -> u64| self.goods.iter().map(f).collect::<Vec<_>>();
        w.uints(Section::Price, &column(&|g| g.price));
        w.uints(Section::Category, &column(&|g| place(&paths, g.category)));
        w.strings(Section::CategoryPathEnds, Section::CategoryPaths, &paths);
        w.uints(
            Section::Supplier,
            &column(&|g| place(&suppliers, g.supplier)),
        );
        w.strings(Section::SupplierIdEnds, Section::SupplierIds, &suppliers);
        let names: Vec<String> = suppliers.iter().map(|s| s.to_uppercase()).collect();
        w.strings(Section::SupplierNameEnds, Section::SupplierNames, &names);
        let heat: Vec<i16> = self.goods.iter().map(|g| g.temperature).collect();
        w.i16s(Section::Temperature, &heat)
            .i16s(Section::TemperatureFast, &heat);
        w.f32s(
            Section::Background,
            &self.goods.iter().map(|g| g.background).collect::<Vec<_>>(),
        );
        self.write_kernel(&mut w);
        self.write_lookups(&mut w);
        self.write_shops(&mut w);
        let mut text = TextWriter::new(&["title", "sku"]);
        self.goods
            .iter()
            .for_each(|g| text.push(&[&g.title, &g.sku]));
        w.text(text);
        w.finish().unwrap()
    }

    fn write_kernel(&self, w: &mut ShardWriter) {
        w.ends(
            Section::NeighbourEnds,
            self.goods.iter().map(|g| g.neighbours.len()),
        );
        let all = || self.goods.iter().flat_map(|g| &g.neighbours);
        w.uints(
            Section::Neighbours,
            &all().map(|&(row, _)| row.into()).collect::<Vec<_>>(),
        );
        w.u8s(
            Section::NeighbourWeights,
            all().map(|&(_, weight)| weight).collect(),
        );
        w.f32s(
            Section::NeighbourScales,
            &self.goods.iter().map(|g| g.scale).collect::<Vec<_>>(),
        );
    }

    fn write_lookups(&self, w: &mut ShardWriter) {
        let rows = || self.goods.iter().zip(0u64..);
        let gtins = rows().filter_map(|(g, row)| Some((gtin_key(&g.gtin)?, row)));
        w.keys(Section::GtinKeys, Section::GtinGoods, gtins.collect());
        let skus =
            rows().filter_map(|(g, row)| Some((sku_key(g.supplier, &g.sku)?, row)));
        w.keys(Section::SkuKeys, Section::SkuGoods, skus.collect());
        let titles = rows().filter_map(|(g, row)| Some((title_key(&g.title)?, row)));
        w.keys(Section::TitleKeys, Section::TitleGoods, titles.collect());
        let mut postings: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (good, row) in self.goods.iter().zip(0..) {
            for token in tokens(&good.title).into_iter().collect::<BTreeSet<_>>() {
                postings.entry(token).or_default().push(row);
            }
        }
        w.postings(&postings);
    }

    fn write_shops(&self, w: &mut ShardWriter) {
        if self.shops.is_empty() {
            return;
        }
        let ids: Vec<&String> = self.shops.iter().map(|s| &s.0).collect();
        let names: Vec<&String> = self.shops.iter().map(|s| &s.1).collect();
        w.strings(Section::ShopIdEnds, Section::ShopIds, &ids);
        w.strings(Section::ShopNameEnds, Section::ShopNames, &names);
        w.ends(Section::ProfileEnds, self.shops.iter().map(|s| s.2.len()));
        let all = || self.shops.iter().flat_map(|s| &s.2);
        w.uints(
            Section::ProfileGoods,
            &all().map(|&(row, _)| row.into()).collect::<Vec<_>>(),
        );
        w.f32s(
            Section::ProfileWeights,
            &all().map(|&(_, weight)| weight).collect::<Vec<_>>(),
        );
    }

    /// Every good that `allowed` lets through with its terms, best first: the
    /// definitions in `docs/model.md`, one good at a time.
    pub fn oracle(
        &self,
        profile: &Profile,
        policy: &Policy,
        allowed: impl Fn(&Good) -> bool,
    ) -> Vec<(usize, [i32; 3])> {
        let sold = |row: usize| profile.weights().iter().any(|&(r, _)| r as usize == row);
        let mut out: Vec<(usize, [i32; 3])> = (0..self.goods.len())
            .filter(|&row| !sold(row) && allowed(&self.goods[row]))
            .map(|row| (row, self.terms(profile, policy, row)))
            .collect();
        let score = |terms: &[i32; 3]| terms.iter().map(|&t| i64::from(t)).sum::<i64>();
        out.sort_by(|(a, x), (b, y)| {
            score(y)
                .cmp(&score(x))
                .then(self.goods[*a].id.cmp(&self.goods[*b].id))
        });
        out
    }

    fn terms(&self, profile: &Profile, policy: &Policy, row: usize) -> [i32; 3] {
        let micro = |nats: f64| (nats * 1e6).round_ties_even() as i32;
        let temperature = f64::from(self.goods[row].temperature) / 1000.0;
        let price_fit = micro(policy.price_fit * self.price_fit(profile, row));
        if profile.is_empty() {
            return [
                0,
                micro((policy.temperature + policy.fit) * temperature),
                price_fit,
            ];
        }
        let ln_p = self.model.calibration.ln_p(self.raw(profile, row));
        [
            micro(policy.fit * ln_p),
            micro(policy.temperature * temperature),
            price_fit,
        ]
    }

    fn raw(&self, profile: &Profile, row: usize) -> f64 {
        let (mut sum, mut mass) = (0.0, 0.0);
        for &(good, weight) in profile.weights() {
            let good = &self.goods[good as usize];
            let value = good.neighbours.iter().find(|(to, _)| *to as usize == row);
            sum += f64::from(weight)
                * f64::from(good.scale)
                * value.map_or(0.0, |&(_, w)| f64::from(w));
            mass += f64::from(weight);
        }
        let background = f64::from(self.goods[row].background);
        if sum == 0.0 {
            background
        } else {
            sum / mass + background
        }
    }

    fn price_fit(&self, profile: &Profile, row: usize) -> f64 {
        let level = |goods: &[(u32, f32)], category: Option<&str>| {
            let of = goods
                .iter()
                .map(|&(r, w)| (&self.goods[r as usize], f64::from(w)));
            let of = of
                .filter(|(g, _)| g.price > 0 && category.is_none_or(|c| c == g.category));
            let (mut sum, mut weight) = (0.0, 0.0);
            for (good, w) in of {
                sum += w
                    * (libm::log(good.price as f64) - self.mean_ln_price(good.category));
                weight += w;
            }
            (sum, weight)
        };
        let good = &self.goods[row];
        let (all, mass) = level(profile.weights(), None);
        if good.price == 0 || mass == 0.0 {
            return 0.0;
        }
        let (within, n) = level(profile.weights(), Some(good.category));
        let expected =
            self.mean_ln_price(good.category) + (within + all / mass) / (n + 1.0);
        let z = (libm::log(good.price as f64) - expected) / self.model.price_sd;
        0.5 - 0.5 * (z * z).min(9.0)
    }

    fn mean_ln_price(&self, category: &str) -> f64 {
        let of = self
            .goods
            .iter()
            .filter(|g| g.category == category && g.price > 0);
        let (sum, n) = of.fold((0.0, 0.0), |(s, n), g| {
            (s + libm::log(g.price as f64), n + 1.0)
        });
        sum / n
    }
}

/// Row 0 "", then ascending; none of the tests' categories needs more order.
fn table(values: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut all: Vec<&str> = values.chain([""]).collect();
    all.sort_by(|a, b| goodsrank::shard::category_order(a, b));
    all.dedup();
    all
}
