//! The files of a sample, and how an earlier sample is told from other folders.

use std::path::Path;

use crate::output::file_names;

/// The files of a sample.
pub(super) const FILES: [&str; 9] = [
    "goods.csv",
    "suppliers.csv",
    "shops.csv",
    "events.csv",
    "truth.csv",
    "truth-shops.csv",
    "truth-trends.csv",
    "orders.csv",
    "customers.csv",
];

/// How many of them, from the first, every sample has: earlier ones have no users.
const ALWAYS: usize = 7;

/// Whether a folder holds the files of a sample and nothing else; if not, why.
pub(super) fn is_sample(folder: &Path) -> Result<(), String> {
    let names = file_names(folder)?;
    let other = names.iter().find(|name| !FILES.contains(&name.as_str()));
    let missing = FILES[..ALWAYS]
        .iter()
        .find(|file| !names.iter().any(|name| name == *file));
    match (other, missing) {
        (Some(other), _) => Err(format!("it has {other}")),
        (None, Some(missing)) => Err(format!("it has no {missing}")),
        (None, None) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn a_sample_is_all_its_files_and_no_other() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| fs::write(folder.path().join(name), "").unwrap();
        write("goods.csv");
        assert_eq!(
            is_sample(folder.path()),
            Err("it has no suppliers.csv".into())
        );
        FILES[..ALWAYS].iter().for_each(|name| write(name));
        assert_eq!(is_sample(folder.path()), Ok(()), "an earlier one");
        FILES.iter().for_each(|name| write(name));
        assert_eq!(is_sample(folder.path()), Ok(()));
        write("notes.txt");
        assert_eq!(is_sample(folder.path()), Err("it has notes.txt".into()));
    }
}
