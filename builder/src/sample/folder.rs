//! The output folder: written aside and moved into place when it is whole.
//!
//! ```text
//!   market.partial-x7Qd/new/…     while it is being written
//!   market.partial-x7Qd/old/…     the earlier sample, moved out of the way
//!   market/…                      the new one, after one rename
//! ```
//!
//! Nothing is left behind but `market`, whether the run ends well or fails; a
//! run that is killed leaves the `.partial-` folder and the earlier sample.

use super::error::SampleError;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The files of a sample.
pub(super) const FILES: [&str; 7] = [
    "goods.csv",
    "suppliers.csv",
    "shops.csv",
    "events.csv",
    "truth.csv",
    "truth-shops.csv",
    "truth-trends.csv",
];

/// A folder that is being written.
pub(super) struct Folder {
    target: PathBuf,
    aside: TempDir,
    new: PathBuf,
}

impl Folder {
    /// Makes a folder beside `target`, which must be absent, empty or an
    /// earlier sample; makes the folders above it too.
    pub fn beside(target: &Path) -> Result<Folder, SampleError> {
        let target = resolved(target)?;
        refuse_others(&target)?;
        let unnamed = || SampleError::Unnamed {
            path: target.clone(),
        };
        let name = target
            .file_name()
            .and_then(OsStr::to_str)
            .ok_or_else(unnamed)?;
        let parent = match target.parent() {
            Some(parent) if parent != Path::new("") => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(SampleError::io("make", parent))?;
        let aside = tempfile::Builder::new()
            .prefix(&format!("{name}.partial-"))
            .tempdir_in(parent)
            .map_err(SampleError::io("make a folder in", parent))?;
        let new = aside.path().join("new");
        fs::create_dir(&new).map_err(SampleError::io("make", &new))?;
        Ok(Folder { target, aside, new })
    }

    /// The path of a file to write.
    pub fn file(&self, name: &str) -> PathBuf {
        self.new.join(name)
    }

    /// Moves the folder into place; what was there is removed.
    pub fn publish(self) -> Result<(), SampleError> {
        let Folder { target, aside, new } = self;
        let old = aside.path().join("old");
        let there = target.exists();
        if there {
            fs::rename(&target, &old).map_err(SampleError::io("replace", &target))?;
        }
        if let Err(error) = fs::rename(&new, &target) {
            if there {
                fs::rename(&old, &target).map_err(SampleError::io("restore", &target))?;
            }
            return Err(SampleError::io("write", &target)(error));
        }
        aside
            .close()
            .map_err(SampleError::io("remove what was aside of", &target))
    }
}

/// The folder itself if `target` is a link to one.
fn resolved(target: &Path) -> Result<PathBuf, SampleError> {
    if target.exists() {
        target
            .canonicalize()
            .map_err(SampleError::io("read", target))
    } else {
        Ok(target.to_path_buf())
    }
}

/// Refuses a path that holds anything but an earlier sample.
fn refuse_others(target: &Path) -> Result<(), SampleError> {
    if !target.exists() {
        return Ok(());
    }
    let occupied = |because: String| {
        Err(SampleError::Occupied {
            path: target.to_path_buf(),
            because,
        })
    };
    if !target.is_dir() {
        return occupied("it is not a folder".to_owned());
    }
    let names = names(target)?;
    let missing = FILES.iter().find(|file| !names.iter().any(|n| n == *file));
    let other = names.iter().find(|name| !FILES.contains(&name.as_str()));
    match (names.is_empty(), other, missing) {
        (false, Some(other), _) => occupied(format!("it has {other}")),
        (false, None, Some(missing)) => occupied(format!("it has no {missing}")),
        _ => Ok(()),
    }
}

fn names(folder: &Path) -> Result<Vec<String>, SampleError> {
    let failed = || SampleError::io("read", folder);
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed())? {
        let name = entry.map_err(failed())?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_all(folder: &Folder, text: &str) {
        FILES
            .iter()
            .for_each(|name| fs::write(folder.file(name), text).unwrap());
    }

    #[test]
    fn a_sample_replaces_an_earlier_one_and_leaves_nothing_else() {
        let root = tempfile::tempdir().unwrap();
        let target = root.path().join("a/market");
        for text in ["1", "2"] {
            let folder = Folder::beside(&target).unwrap();
            write_all(&folder, text);
            folder.publish().unwrap();
            assert_eq!(fs::read_to_string(target.join("truth.csv")).unwrap(), text);
        }
        assert_eq!(names(&root.path().join("a")).unwrap(), ["market"]);
    }

    #[test]
    fn a_folder_that_is_not_finished_is_removed() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::beside(&root.path().join("market")).unwrap();
        write_all(&folder, "1");
        let aside = names(root.path()).unwrap();
        assert!(aside[0].starts_with("market.partial-") && aside.len() == 1);
        drop(folder);
        assert!(names(root.path()).unwrap().is_empty());
    }

    #[test]
    fn an_empty_folder_may_be_filled() {
        let root = tempfile::tempdir().unwrap();
        let folder = Folder::beside(root.path()).unwrap();
        write_all(&folder, "1");
        folder.publish().unwrap();
        assert_eq!(names(root.path()).unwrap().len(), FILES.len());
    }

    #[test]
    fn anything_else_is_refused() {
        let root = tempfile::tempdir().unwrap();
        let refusal = |path: &Path| match Folder::beside(path) {
            Err(SampleError::Occupied { because, .. }) => because,
            _ => "accepted".to_owned(),
        };
        fs::write(root.path().join("goods.csv"), "mine").unwrap();
        assert_eq!(refusal(root.path()), "it has no suppliers.csv");
        fs::write(root.path().join("notes.txt"), "mine").unwrap();
        assert_eq!(refusal(root.path()), "it has notes.txt");
        assert_eq!(
            refusal(&root.path().join("notes.txt")),
            "it is not a folder"
        );
        assert!(matches!(
            Folder::beside(Path::new("nowhere/..")),
            Err(SampleError::Unnamed { .. })
        ));
    }
}
