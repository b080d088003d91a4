//! `goodsrank inspect`: what is in a shard.

use std::path::PathBuf;

use clap::Args;
use goodsrank::manifest::hex;
use goodsrank::shard::{Kernel, Model, SectionInfo};

use super::{grouped, print_json};
use crate::error::Result;
use crate::open::{Opened, open};

/// Show a shard's model and sections.
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
        print_json(&as_json(&opened));
        return Ok(());
    }
    let shard = opened.engine.shard();
    let (major, minor) = shard.version();
    println!("{}", opened.path.display());
    println!(
        "  version {major}.{minor} · {} goods · {} bytes{}",
        grouped(shard.goods().into()),
        grouped(shard.as_bytes().len() as u64),
        if shard.publishable() {
            ""
        } else {
            " · not for publication"
        }
    );
    print_model(opened.engine.model());
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

fn as_json(opened: &Opened) -> serde_json::Value {
    let shard = opened.engine.shard();
    let sections = shard.sections().map(|s| {
        serde_json::json!({
            "number": s.section as u16, "name": s.section.name(), "type": s.element,
            "offset": s.offset, "bytes": s.length, "hash": hex(&s.hash),
        })
    });
    serde_json::json!({
        "file": opened.path, "version": shard.version(), "goods": shard.goods(),
        "bytes": shard.as_bytes().len(), "publishable": shard.publishable(),
        "model": opened.engine.model(), "sections": sections.collect::<Vec<_>>(),
    })
}
