//! A small catalog that tests describe in plain Rust, its shard, and a naive
//! oracle that ranks it straight from the definitions.

#![allow(dead_code, reason = "every test file uses its own part")]

use std::collections::{BTreeMap, BTreeSet};

use goodsrank::policy::{Policy, Term};
use goodsrank::profile::Profile;
use goodsrank::rules::{Limit, Rule, Rules};
use goodsrank::sales::{gtin_key, sku_key, title_key};
use goodsrank::search::tokens;
use goodsrank::shard::{
    Calibration, Kernel, Model, ProfileWeights, Section, ShardWriter, TextWriter, Usual,
};

/// What is usual, for catalogs that say something of supply.
pub const USUAL: Usual = Usual {
    review_rate: 0.9,
    return_rate: 0.1,
    fill_rate: 0.95,
    price: 3000.0,
    lead_time: 6.0,
    sellers: 20.0,
    spread: 0.3,
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
    /// (row, weight 1 to 255, or -127 to 127 where the catalog has a negative one)
    pub neighbours: Vec<(u32, i16)>,
    pub scale: f32,
    pub given: Factors,
    pub young: Factors,
    pub taken: Factors,
    pub gtin: String,
    pub sku: String,
    pub supply: Supply,
}

/// What format 1.2 added of a good, as its columns hold it: 0 is unknown.
#[derive(Clone, Debug, Default)]
pub struct Supply {
    /// Parts and wholes: good reviews, returns, filled orders, parcels picked up.
    pub shares: [[u64; 2]; 4],
    pub stock: u64,
    pub equivalents: u64,
    pub price_rank: u8,
    pub demand: u64,
    pub month_sales: u64,
    /// Sellers, and those that bought again.
    pub sellers: [u64; 2],
    pub first_seen: u64,
    pub brand_flag: u8,
    pub endorsements: u64,
    /// Branching ratio in 255ths, plus one.
    pub spread: u8,
    pub evidence_at: u64,
}

/// A row of factors; none where the catalog has none of the kind.
#[derive(Clone, Debug, Default)]
pub struct Factors {
    pub values: Vec<i8>,
    pub scale: f32,
}

impl Factors {
    pub fn new(values: &[i8], scale: f32) -> Factors {
        Factors {
            values: values.to_vec(),
            scale,
        }
    }

    fn get(&self, factor: usize) -> f64 {
        f64::from(self.scale) * f64::from(self.values[factor])
    }

    fn dot(&self, other: &Factors) -> f64 {
        (0..self.values.len())
            .map(|f| self.get(f) * other.get(f))
            .sum()
    }
}

/// A public shop in plain Rust.
#[derive(Clone, Debug, Default)]
pub struct Shop {
    pub id: String,
    pub name: String,
    /// Weights by row.
    pub profile: Vec<(u32, f32)>,
    pub given: Factors,
    pub taken: Factors,
    pub background: f32,
}

/// A catalog in plain Rust; goods and shops ascend by id.
#[derive(Clone, Debug)]
pub struct Catalog {
    pub goods: Vec<Good>,
    pub shops: Vec<Shop>,
    /// Shops have factors where there is one.
    pub shop_calibration: Option<Calibration>,
    /// Goods have columns of supply where there is one.
    pub usual: Option<Usual>,
    /// Rows that only speak; the shard is one of several where there is a list.
    pub speakers: Option<Vec<u32>>,
    pub model: Model,
}

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
    Catalog {
        goods,
        shops: vec![
            shop("s1", "Lane tea house", &[(0, 1.0)]),
            shop("s2", "", &[(1, 0.5), (2, 2.0)]),
        ],
        shop_calibration: None,
        usual: None,
        speakers: None,
        model: model(),
    }
}

pub fn shop(id: &str, name: &str, profile: &[(u32, f32)]) -> Shop {
    Shop {
        id: id.into(),
        name: name.into(),
        profile: profile.to_vec(),
        ..Shop::default()
    }
}

/// The same goods with all that format 1.1 added.
pub fn linear() -> Catalog {
    let mut catalog = catalog();
    catalog.model.kernel = Kernel::Linear;
    catalog.model.lambda = 0.0;
    catalog.model.calibration.knots = vec![(-0.5, -9.0), (0.0, -7.0), (1.5, -1.0)];
    // Tea, kitchenware, gifts: what goods give and take. Honey is bought with
    // tea and not with kitchenware; nothing is known of g6.
    let rows: [[[i8; 3]; 3]; 6] = [
        [[100, 10, 0], [80, 30, 20], [127, 0, 5]],
        [[90, -20, 0], [70, 0, 30], [110, -10, 0]],
        [[-5, 110, 40], [10, 90, 60], [0, 127, 30]],
        [[0, 120, -60], [20, 100, 0], [-15, 100, 0]],
        [[60, -70, 127], [50, -30, 100], [70, -90, 127]],
        [[0; 3]; 3],
    ];
    for (good, [given, young, taken]) in catalog.goods.iter_mut().zip(rows) {
        let scale = if good.id == "g6" { 0.0 } else { 0.005 };
        good.given = Factors::new(&given, scale);
        good.young = Factors::new(&young, 1.5 * scale);
        good.taken = Factors::new(&taken, 2.0 * scale);
    }
    catalog.goods[0].neighbours = vec![(1, 127), (2, -60)];
    catalog.goods[1].neighbours = vec![(0, 90), (3, -127)];
    catalog.goods[2].neighbours = vec![(0, -1), (3, 127), (4, 50)];
    catalog.shops = vec![
        shop("s1", "Lane tea house", &[(0, 1.0)]),
        shop("s2", "", &[(1, 1.0), (2, 1.0)]),
        shop("s3", "Kitchen", &[(2, 1.0), (3, 1.0)]),
        shop("s4", "Honey & tea", &[(0, 1.0), (1, 1.0), (4, 1.0)]),
    ];
    let rows: [[[i8; 3]; 2]; 4] = [
        [[120, 0, 5], [100, 0, 10]],
        [[60, 60, 0], [50, 50, 0]],
        [[-20, 127, 0], [0, 120, -5]],
        [[90, -40, 127], [80, -60, 100]],
    ];
    for (shop, [given, taken]) in catalog.shops.iter_mut().zip(rows) {
        shop.given = Factors::new(&given, 0.01);
        shop.taken = Factors::new(&taken, 0.004);
        shop.background = 0.02 * shop.profile.len() as f32;
    }
    catalog.shop_calibration = Some(Calibration {
        floor: -10.0,
        knots: vec![(-0.5, -8.0), (0.0, -6.0), (1.0, -0.5)],
    });
    catalog
}

/// The same goods as one of several shards, which format 1.3 added: the first and
/// the fourth are another's.
pub fn several() -> Catalog {
    Catalog {
        speakers: Some(vec![0, 3]),
        ..supplied()
    }
}

/// The same goods with all that format 1.2 added.
pub fn supplied() -> Catalog {
    let mut catalog = linear();
    let shares = [
        [[95, 100], [3, 400], [40, 40], [180, 200]],
        [[0, 7], [70_000, 100_000], [1, 30], [0, 0]],
        [[0, 0], [0, 50], [9, 9], [5, 6]],
        [[300, 310], [0, 0], [0, 0], [20, 25]],
    ];
    // Stock, equivalents, price rank, demand, sales, sellers, repeats, day.
    let rows = [
        [1, 1, 255, 1_250, 60, 8, 6, 19_900],
        [501, 1, 1, 300, 0, 6, 0, 20_100],
        [70_001, 2, 0, 1, 100_000, 5, 5, 20_500],
        [0, 2, 128, 40, 2, 0, 0, 0],
    ];
    for ((good, shares), row) in catalog.goods.iter_mut().zip(shares).zip(rows) {
        good.supply = Supply {
            shares,
            stock: row[0],
            equivalents: row[1],
            price_rank: row[2] as u8,
            demand: row[3],
            month_sales: row[4],
            sellers: [row[5], row[6]],
            first_seen: row[7],
            ..Supply::default()
        };
    }
    catalog.goods[0].supply.spread = 1;
    catalog.goods[1].supply.spread = 128;
    catalog.goods[2].supply.evidence_at = 20_000;
    catalog.goods[1].supply.endorsements = 3;
    catalog.goods[4].supply.brand_flag = 1;
    catalog.usual = Some(Usual {
        review_rate: 0.875,
        return_rate: 0.0625,
        fill_rate: 0.75,
        price: 4_096.0,
        lead_time: 5.5,
        sellers: 6.5,
        spread: 0.25,
    });
    catalog
}

impl Catalog {
    /// The shard of the catalog.
    pub fn shard(&self) -> Vec<u8> {
        self.writer().finish().unwrap()
    }

    /// The shard's sections, to be finished.
    pub fn writer(&self) -> ShardWriter {
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
        self.write_supply(&mut w);
        self.write_several(&mut w);
        let mut text = TextWriter::new(&["title", "sku"]);
        self.goods
            .iter()
            .for_each(|g| text.push(&[&g.title, &g.sku]));
        w.text(text);
        w
    }

    fn write_several(&self, w: &mut ShardWriter) {
        let Some(speakers) = &self.speakers else {
            return;
        };
        let rows = 0..self.goods.len() as u32;
        let speaks = rows.map(|row| u8::from(speakers.contains(&row)));
        w.u8s(Section::Speaks, speaks.collect());
        let categories = table(self.goods.iter().map(|g| g.category)).len();
        let mut prices = vec![9.25; categories];
        prices[0] = f64::NAN;
        w.f64s(Section::CategoryPrices, &prices);
        let mass = |shop: &Shop| 1.5 * shop.profile.len() as f64;
        let masses: Vec<f64> = self.shops.iter().map(mass).collect();
        w.f64s(Section::ShopMass, &masses);
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
        let weights = all().map(|&(_, weight)| weight);
        if weights.clone().any(|weight| weight < 0) {
            let weights: Vec<i8> = weights.map(|weight| weight as i8).collect();
            w.i8s(Section::NeighbourWeights, &weights);
        } else {
            w.u8s(
                Section::NeighbourWeights,
                weights.map(|w| w as u8).collect(),
            );
        }
        w.f32s(
            Section::NeighbourScales,
            &self.goods.iter().map(|g| g.scale).collect::<Vec<_>>(),
        );
        let of = |row: fn(&Good) -> &Factors| self.goods.iter().map(row);
        if self.rank() > 0 {
            let given = of(|g| &g.given);
            factors(w, Section::FactorsIn, Section::FactorInScales, given);
            let taken = of(|g| &g.taken);
            factors(w, Section::FactorsOut, Section::FactorOutScales, taken);
        }
        if self.has_young() {
            let young = of(|g| &g.young);
            factors(
                w,
                Section::YoungFactorsIn,
                Section::YoungFactorInScales,
                young,
            );
        }
    }

    /// Factors of a good.
    fn rank(&self) -> usize {
        self.goods.first().map_or(0, |good| good.given.values.len())
    }

    fn has_young(&self) -> bool {
        self.goods.iter().any(|good| !good.young.values.is_empty())
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
        let ids: Vec<&String> = self.shops.iter().map(|s| &s.id).collect();
        let names: Vec<&String> = self.shops.iter().map(|s| &s.name).collect();
        w.strings(Section::ShopIdEnds, Section::ShopIds, &ids);
        w.strings(Section::ShopNameEnds, Section::ShopNames, &names);
        w.ends(
            Section::ProfileEnds,
            self.shops.iter().map(|s| s.profile.len()),
        );
        let all = || self.shops.iter().flat_map(|s| &s.profile);
        w.uints(
            Section::ProfileGoods,
            &all().map(|&(row, _)| row.into()).collect::<Vec<_>>(),
        );
        w.f32s(
            Section::ProfileWeights,
            &all().map(|&(_, weight)| weight).collect::<Vec<_>>(),
        );
        if let Some(calibration) = &self.shop_calibration {
            let of = |row: fn(&Shop) -> &Factors| self.shops.iter().map(row);
            let given = of(|s| &s.given);
            factors(
                w,
                Section::ShopFactorsIn,
                Section::ShopFactorInScales,
                given,
            );
            let taken = of(|s| &s.taken);
            factors(
                w,
                Section::ShopFactorsOut,
                Section::ShopFactorOutScales,
                taken,
            );
            let background: Vec<f32> = self.shops.iter().map(|s| s.background).collect();
            w.f32s(Section::ShopBackground, &background);
            w.shop_calibration(calibration);
        }
    }

    /// Temperatures of categories and shops, and seasons: figures that differ by
    /// row, the first category's unknown.
    fn write_heat(&self, w: &mut ShardWriter) {
        use Section as S;
        let categories = table(self.goods.iter().map(|g| g.category)).len() as i16;
        let slow: Vec<i16> = (0..categories).map(|c| 100 * c - 150).collect();
        let fast: Vec<i16> = (0..categories).map(|c| 300 - 100 * c).collect();
        let hidden = |values: &[i16]| [&[i16::MIN], &values[1..]].concat();
        w.i16s(S::CategoryTemperature, &hidden(&slow))
            .i16s(S::CategoryTemperatureFast, &hidden(&fast));
        let months = (0..12 * categories as u64).map(|i| match i {
            0..12 => 0,
            _ => 600 + 10 * i,
        });
        w.uints(S::Seasons, &months.collect::<Vec<u64>>());
        let shops = self.shops.len() as i16;
        let heat = |step: i16| (0..shops).map(|s| step * (s - 1)).collect::<Vec<_>>();
        w.i16s(S::ShopTemperature, &heat(500))
            .i16s(S::ShopTemperatureFast, &heat(-500));
    }

    fn write_supply(&self, w: &mut ShardWriter) {
        use Section as S;
        let Some(usual) = &self.usual else { return };
        let column = |f: &dyn Fn(&Supply) -> u64| -> Vec<u64> {
            self.goods.iter().map(|g| f(&g.supply)).collect()
        };
        let shares = [
            [S::ReviewGood, S::ReviewCount],
            [S::Returned, S::ReturnCount],
            [S::Filled, S::FillCount],
            [S::PickedUp, S::PickUpCount],
        ];
        for (i, sections) in shares.into_iter().enumerate() {
            for (j, section) in sections.into_iter().enumerate() {
                w.uints(section, &column(&|s| s.shares[i][j]));
            }
        }
        w.uints(S::Stock, &column(&|s| s.stock));
        w.uints(S::Equivalents, &column(&|s| s.equivalents));
        w.uints(S::Demand, &column(&|s| s.demand));
        w.uints(S::MonthSales, &column(&|s| s.month_sales));
        w.uints(S::Sellers, &column(&|s| s.sellers[0]));
        w.uints(S::Repeats, &column(&|s| s.sellers[1]));
        w.uints(S::FirstSeen, &column(&|s| s.first_seen));
        w.uints(S::Endorsements, &column(&|s| s.endorsements));
        let ranks = self.goods.iter().map(|g| g.supply.price_rank).collect();
        let flags = self.goods.iter().map(|g| g.supply.brand_flag).collect();
        w.u8s(S::PriceRank, ranks).u8s(S::BrandFlag, flags);
        let spread = self.goods.iter().map(|g| g.supply.spread).collect();
        w.u8s(S::Spread, spread);
        w.uints(S::EvidenceAt, &column(&|s| s.evidence_at));
        self.write_heat(w);
        w.usual(usual);
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
        let price_fit =
            micro(policy.weight(Term::PriceFit) * self.price_fit(profile, row));
        if profile.is_empty() {
            return [
                0,
                micro(
                    (policy.weight(Term::Temperature) + policy.weight(Term::Fit))
                        * temperature,
                ),
                price_fit,
            ];
        }
        let ln_p = self.model.calibration.ln_p(self.raw(profile, row));
        [
            micro(policy.weight(Term::Fit) * ln_p),
            micro(policy.weight(Term::Temperature) * temperature),
            price_fit,
        ]
    }

    /// Raw fit: `src/terms/fit.rs` has the formulas.
    fn raw(&self, profile: &Profile, row: usize) -> f64 {
        let (weights, mass) = (profile.weights(), profile.mass());
        let mut sum = 0.0;
        for &(good, weight) in weights {
            let value = self.neighbour(good as usize, row);
            sum += (1.0 - self.youth(mass)) * f64::from(weight) * value;
        }
        if self.rank() > 0 {
            let parts = [(1.0 - self.youth(mass), false), (self.youth(mass), true)];
            let part = |(share, is_young): (f64, bool)| {
                let rows = weights.iter().map(move |&(good, weight)| {
                    let good = &self.goods[good as usize];
                    let of = if is_young { &good.young } else { &good.given };
                    (share * f64::from(weight), of)
                });
                rows.filter(|(_, of)| !of.values.is_empty())
            };
            let given: Vec<(f64, &Factors)> = parts.into_iter().flat_map(part).collect();
            sum += folded(&given, &self.goods[row].taken);
        }
        let background = f64::from(self.goods[row].background);
        self.with_background(sum, mass, background)
    }

    /// What the sum over a profile of this mass comes to.
    fn with_background(&self, sum: f64, mass: f64, background: f64) -> f64 {
        match self.model.kernel {
            Kernel::Hybrid if sum == 0.0 => background,
            Kernel::Hybrid => sum / mass + background,
            Kernel::Linear => sum + background * 10.0 / (10.0 + mass),
        }
    }

    /// N: what `good` gives its neighbour in `row`.
    fn neighbour(&self, good: usize, row: usize) -> f64 {
        let good = &self.goods[good];
        let value = good.neighbours.iter().find(|(to, _)| *to as usize == row);
        f64::from(good.scale) * value.map_or(0.0, |&(_, w)| f64::from(w))
    }

    /// The share of the young factors.
    fn youth(&self, mass: f64) -> f64 {
        if self.has_young() {
            1.0 / (1.0 + (mass / 20.0) * (mass / 20.0))
        } else {
            0.0
        }
    }

    /// Every public shop that does not have the good in `row` with its fit, best
    /// first: the definitions in `src/terms/audience.rs`, one shop at a time.
    pub fn audience(&self, row: u32) -> Vec<(usize, i32)> {
        let has = |shop: &Shop| shop.profile.iter().any(|&(good, _)| good == row);
        let sellers: Vec<(f64, &Factors)> = self
            .shops
            .iter()
            .filter(|shop| has(shop))
            .map(|shop| (1.0, &shop.given))
            .collect();
        let ln_p = |shop: &Shop| match &self.shop_calibration {
            Some(calibration) if !sellers.is_empty() => {
                let prior = 10.0 / (10.0 + sellers.len() as f64);
                let raw = folded(&sellers, &shop.taken);
                calibration.ln_p(raw + f64::from(shop.background) * prior)
            }
            _ => self
                .model
                .calibration
                .ln_p(self.raw_of_shop(shop, row as usize)),
        };
        let fit = |shop: &Shop| (ln_p(shop) * 1e6).round_ties_even() as i32;
        let mut out: Vec<(usize, i32)> = (0..self.shops.len())
            .filter(|&shop| !has(&self.shops[shop]))
            .map(|shop| (shop, fit(&self.shops[shop])))
            .collect();
        out.sort_by_key(|&(shop, fit)| (std::cmp::Reverse(fit), shop));
        out
    }

    /// What a shop's own goods say of the good in `row`, pair by pair.
    fn raw_of_shop(&self, shop: &Shop, row: usize) -> f64 {
        let mass = shop.profile.iter().map(|&(_, w)| f64::from(w)).sum();
        let (youth, to) = (self.youth(mass), &self.goods[row]);
        let pair = |good: usize| {
            let from = &self.goods[good];
            (1.0 - youth) * (self.neighbour(good, row) + from.given.dot(&to.taken))
                + youth * from.young.dot(&to.taken)
        };
        let pairs = shop
            .profile
            .iter()
            .map(|&(g, w)| f64::from(w) * pair(g as usize));
        self.with_background(pairs.sum(), mass, f64::from(to.background))
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

/// What weighed rows of factors, folded into one vector in multiples of a
/// 32767th of its greatest entry, give to `taken`.
fn folded(given: &[(f64, &Factors)], taken: &Factors) -> f64 {
    let entry = |factor: usize| -> f64 {
        let values = given.iter().map(|(weight, of)| {
            weight * f64::from(of.scale) * f64::from(of.values[factor])
        });
        values.sum()
    };
    let vector: Vec<f64> = (0..taken.values.len()).map(entry).collect();
    let step = vector.iter().fold(0.0, |m: f64, x| m.max(x.abs())) / 32767.0;
    if step == 0.0 {
        return 0.0;
    }
    let product = |(factor, x): (usize, &f64)| {
        (x / step).round_ties_even() * step * taken.get(factor)
    };
    vector.iter().enumerate().map(product).sum()
}

/// Writes rows of factors and their scales.
fn factors<'a>(
    w: &mut ShardWriter,
    values: Section,
    scales: Section,
    rows: impl Iterator<Item = &'a Factors> + Clone,
) {
    let all: Vec<i8> = rows.clone().flat_map(|row| row.values.clone()).collect();
    w.i8s(values, &all);
    w.f32s(scales, &rows.map(|row| row.scale).collect::<Vec<_>>());
}

/// Row 0 "", then ascending; none of the tests' categories needs more order.
fn table(values: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let mut all: Vec<&str> = values.chain([""]).collect();
    all.sort_by(|a, b| goodsrank::shard::category_order(a, b));
    all.dedup();
    all
}

/// These rules.
pub fn ruled<const N: usize>(rules: [(Rule, Limit); N]) -> Rules {
    let with = |all: Rules, (rule, limit)| all.with(rule, limit).unwrap();
    rules.into_iter().fold(Rules::default(), with)
}
