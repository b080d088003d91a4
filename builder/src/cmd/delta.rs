//! `goodsrank delta`: the shorter way from an earlier build to this one.

use std::path::PathBuf;

use clap::Args;
use goodsrank::manifest::{DeltaEntry, ShardEntry};

use super::{grouped, print_json};
use crate::delta::{diff, patch};
use crate::error::{Error, Result};
use crate::manifest::edit;
use crate::open::{manifest, read_entry};
use crate::output::write_file;
use crate::progress::Step;

/// Write what makes the shards of an earlier build those of a new one.
#[derive(Args, Debug)]
pub struct DeltaArgs {
    /// Folder of the earlier build
    old: PathBuf,
    /// Folder of the new build, which the deltas are written into
    new: PathBuf,
    /// Print for machines
    #[arg(long)]
    json: bool,
}

/// What came of a shard that changed.
struct Made {
    from: ShardEntry,
    to: ShardEntry,
    bytes: u64,
    /// `None` where the delta is too long to be worth it.
    file: Option<String>,
}

/// Runs `goodsrank delta`.
pub fn run(args: &DeltaArgs) -> Result<()> {
    let old = manifest(&args.old)?;
    let made = edit(&args.new, |new| {
        let mut made = Vec::new();
        for place in 0..new.shards.len() {
            let Some(from) = partner(&old.shards, &new.shards[place], place) else {
                continue;
            };
            let (result, delta) = delta(args, from, &new.shards[place])?;
            if let Some(delta) = delta {
                let deltas = &mut new.shards[place].deltas;
                match deltas.iter_mut().find(|other| other.from == delta.from) {
                    Some(other) => *other = delta,
                    None => deltas.push(delta),
                }
            }
            made.push(result);
        }
        Ok(made)
    })?;
    match args.json {
        true => print_json(&made.iter().map(Made::json).collect::<Vec<_>>()),
        false if made.is_empty() => println!("no shard changed: nothing to write"),
        false => made.iter().for_each(|made| println!("{}", made.text())),
    }
    Ok(())
}

/// The earlier shard that a new one goes on from: with the same first good, or
/// at the same place. `None` where nothing changed.
fn partner<'a>(
    old: &'a [ShardEntry],
    to: &ShardEntry,
    place: usize,
) -> Option<&'a ShardEntry> {
    if old.iter().any(|from| from.hash == to.hash) {
        return None;
    }
    let same = old.iter().find(|from| from.first_id == to.first_id);
    same.or_else(|| old.get(place))
}

fn delta(
    args: &DeltaArgs,
    from: &ShardEntry,
    to: &ShardEntry,
) -> Result<(Made, Option<DeltaEntry>)> {
    let _step = Step::spinner("comparing");
    let path = args.new.join(&to.file);
    let (old, new) = (read_entry(&args.old, from)?, read_entry(&args.new, to)?);
    let bytes = diff(&old, &new).map_err(Error::io("compare", &path))?;
    if patch(&old, &bytes).as_ref() != Ok(&new) {
        let message = "the delta does not make this shard; please report it";
        return Err(Error::catalog(&path, message));
    }
    let entry = DeltaEntry::new(&bytes, &from.hash);
    let worth = entry.bytes <= to.bytes / 2;
    if worth {
        let path = args.new.join(&entry.file);
        write_file(&path, |out| {
            out.write_all(&bytes).map_err(Error::io("write", &path))
        })?;
    }
    let made = Made {
        from: from.clone(),
        to: to.clone(),
        bytes: entry.bytes,
        file: worth.then(|| entry.file.clone()),
    };
    Ok((made, worth.then_some(entry)))
}

impl Made {
    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "from": self.from.file, "to": self.to.file, "shardBytes": self.to.bytes,
            "deltaBytes": self.bytes, "file": self.file,
        })
    }

    fn text(&self) -> String {
        let (from, to) = (&self.from.file, &self.to.file);
        let (bytes, whole) = (grouped(self.bytes), grouped(self.to.bytes));
        match &self.file {
            Some(file) => {
                format!("{file}: {from} to {to}, {bytes} bytes in place of {whole}")
            }
            None => format!(
                "{from} to {to}: none is written, for its {bytes} bytes are more than half of the \
                 shard's {whole}"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shard_goes_on_from_the_one_with_its_first_good_or_at_its_place() {
        let shard = |bytes: &str, first: &str| ShardEntry {
            file: String::new(),
            bytes: 1,
            hash: bytes.to_owned(),
            head: String::new(),
            text_start: 1,
            goods: 1,
            first_id: first.to_owned(),
            last_id: "z".to_owned(),
            categories: Vec::new(),
            speakers: 0,
            deltas: Vec::new(),
        };
        let old = [shard("1", "a"), shard("2", "k"), shard("3", "p")];
        let partner = |to: &ShardEntry, place| {
            let place = partner(&old, to, place)?;
            old.iter().position(|from| from == place)
        };
        assert_eq!(partner(&shard("new", "k"), 2), Some(1), "its first good");
        assert_eq!(partner(&shard("new", "l"), 2), Some(2), "its place");
        assert_eq!(partner(&shard("new", "q"), 3), None, "one more than before");
        assert_eq!(partner(&shard("2", "b"), 0), None, "it is there already");
    }
}
