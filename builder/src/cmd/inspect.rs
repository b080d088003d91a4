//! `goodsrank inspect`: what is in a shard.

use std::path::{Path, PathBuf};

use clap::Args;
use goodsrank::heat::Heat;
use goodsrank::info::CatalogInfo;
use goodsrank::manifest::hex;
use goodsrank::shard::{Kernel, Model, SectionInfo};

use super::{grouped, print_json};
use crate::error::Result;
use crate::open::{Shard, open};

/// Categories, and shops, whose heat is printed.
const HOTTEST: usize = 10;

/// Show a shard's model, sections, and what is hot in it.
#[derive(Args, Debug)]
pub struct InspectArgs {
    /// Folder with a manifest, or a .grs file
    shards: PathBuf,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// Runs `goodsrank inspect`.
pub fn run(args: &InspectArgs) -> Result<()> {
    let opened = open(&args.shards)?;
    if args.json {
        let shards = opened.shards().map(|(path, shard)| as_json(path, shard));
        let mut shards = shards.collect::<Result<Vec<_>>>()?;
        match (shards.len(), shards.pop()) {
            (1, Some(only)) => print_json(&only),
            (_, last) => {
                shards.extend(last);
                print_json(&shards);
            }
        }
        return Ok(());
    }
    for (path, engine) in opened.shards() {
        print_shard(path, engine)?;
    }
    if let Some(info) = opened.many.info()? {
        print_heat("hottest categories", hottest_categories(&info));
        print_heat("hottest shops", hottest_shops(&info));
    }
    Ok(())
}

fn print_shard(path: &Path, engine: &Shard) -> Result<()> {
    let (shard, own) = (engine.shard(), engine.info()?.goods);
    let (major, minor) = shard.version();
    let speakers = match shard.goods() - own {
        0 => String::new(),
        speakers => format!(" · {} that speak", grouped(speakers.into())),
    };
    println!("{}", path.display());
    println!(
        "  version {major}.{minor} · {} goods{speakers} · {} bytes{}",
        grouped(own.into()),
        grouped(shard.as_bytes().len() as u64),
        if shard.publishable() {
            ""
        } else {
            " · not for publication"
        }
    );
    print_model(engine.model());
    println!(
        "  {:<24} {:>5} {:>12} {:>8}  hash",
        "section", "type", "bytes", "a good"
    );
    for section in shard.sections() {
        print_section(&section, shard.goods());
    }
    Ok(())
}

fn print_model(model: &Model) {
    let kernel = match model.kernel {
        Kernel::Hybrid => format!("hybrid λ {}", model.lambda),
        Kernel::Linear => "linear".to_owned(),
    };
    println!("  {kernel} · k {}", model.min_shops);
    println!(
        "  learned from {} events of {} shops{}",
        grouped(model.events),
        grouped(model.shops),
        up_to(model.t_ref)
    );
    let currency = if model.currency.is_empty() {
        "no prices"
    } else {
        &model.currency
    };
    println!("  currency {currency}, {} decimal digits", model.exponent);
}

/// The day of the last event; "" where events have no times.
fn up_to(t_ref: i64) -> String {
    match time::OffsetDateTime::from_unix_timestamp(t_ref) {
        Ok(at) if t_ref > 0 => format!(" up to {}", at.date()),
        _ => String::new(),
    }
}

fn print_section(section: &SectionInfo, goods: u32) {
    println!(
        "  {:<24} {:>5} {:>12} {:>8.1}  {}",
        section.section.name(),
        section.element,
        grouped(section.length),
        section.length as f64 / f64::from(goods.max(1)),
        &hex(&section.hash)[..16]
    );
}

/// What is hot, hottest first, and of equals in the shard's order; without what is
/// unknown.
fn hottest<'a>(
    ids: impl Iterator<Item = &'a str>,
    heats: &[Option<Heat>],
) -> Vec<(&'a str, Heat)> {
    let known = ids.zip(heats).filter_map(|(id, heat)| Some((id, (*heat)?)));
    let mut known: Vec<(&str, Heat)> = known.collect();
    known.sort_by(|a, b| b.1.temperature.total_cmp(&a.1.temperature));
    known
}

fn hottest_categories<'a>(info: &CatalogInfo<'a>) -> Vec<(&'a str, Heat)> {
    hottest(info.categories.iter().copied(), &info.category_heat)
}

fn hottest_shops<'a>(info: &CatalogInfo<'a>) -> Vec<(&'a str, Heat)> {
    hottest(info.shops.iter().map(|shop| shop.id), &info.shop_heat)
}

fn print_heat(what: &str, heats: Vec<(&str, Heat)>) {
    if heats.is_empty() {
        return;
    }
    println!("  {what:<24} {:>11}  trend", "temperature");
    for (id, heat) in heats.into_iter().take(HOTTEST) {
        let (temperature, trend) = (heat.temperature, heat.trend.name());
        println!("  {id:<24} {temperature:>11.3}  {trend}");
    }
}

fn as_json(path: &Path, engine: &Shard) -> Result<serde_json::Value> {
    let info = engine.info()?;
    let heats = |name: &str, heats: Vec<(&str, Heat)>| -> Vec<serde_json::Value> {
        let heat = |(id, heat): (&str, Heat)| {
            serde_json::json!({
                name: id, "temperature": heat.temperature, "trend": heat.trend,
            })
        };
        heats.into_iter().map(heat).collect()
    };
    let shard = engine.shard();
    let sections = shard.sections().map(|s| {
        serde_json::json!({
            "number": s.section as u16, "name": s.section.name(), "type": s.element,
            "offset": s.offset, "bytes": s.length, "hash": hex(&s.hash),
        })
    });
    Ok(serde_json::json!({
        "file": path, "version": shard.version(), "goods": info.goods,
        "bytes": shard.as_bytes().len(), "publishable": shard.publishable(),
        "model": engine.model(), "sections": sections.collect::<Vec<_>>(),
        "categories": heats("path", hottest_categories(&info)),
        "shops": heats("id", hottest_shops(&info)),
    }))
}
