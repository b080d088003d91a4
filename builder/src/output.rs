//! Output that is whole or not there: written aside, then renamed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Fills a folder beside `out` and renames it to `out` when all went well.
///
/// A folder that is already there is replaced when it is empty or `ours` finds
/// that an earlier run made it, a `what`; it is refused, with the reason that
/// `ours` gives, otherwise. It is moved aside, not removed, until the new one
/// stands.
pub fn write_folder<T>(
    out: &Path,
    what: &'static str,
    ours: impl Fn(&Path) -> std::result::Result<(), String>,
    fill: impl FnOnce(&Path) -> Result<T>,
) -> Result<T> {
    // A link or `.` is replaced where it leads to.
    let resolved = out.canonicalize().unwrap_or_else(|_| out.to_owned());
    let out = resolved.as_path();
    check_replaceable(out, ours).map_err(|because| Error::Occupied {
        path: out.to_owned(),
        what,
        because,
    })?;
    let parent = parent(out)?;
    let aside = tempfile::Builder::new()
        .prefix(&format!("{}.partial-", name(out)))
        .tempdir_in(&parent)
        .map_err(Error::io("create a folder in", &parent))?;
    let (new, old) = (aside.path().join("new"), aside.path().join("old"));
    fs::create_dir(&new).map_err(Error::io("create", &new))?;
    let result = fill(&new)?;
    let replaced = out.exists();
    if replaced {
        fs::rename(out, &old).map_err(Error::io("replace", out))?;
    }
    if let Err(error) = fs::rename(&new, out) {
        if replaced {
            fs::rename(&old, out).map_err(Error::io("restore", out))?;
        }
        return Err(Error::io("rename to", out)(error));
    }
    Ok(result)
}

fn check_replaceable(
    out: &Path,
    ours: impl Fn(&Path) -> std::result::Result<(), String>,
) -> std::result::Result<(), String> {
    if !out.exists() {
        return Ok(());
    }
    if !out.is_dir() {
        return Err("it is not a folder".into());
    }
    match file_names(out)?.is_empty() {
        true => Ok(()),
        false => ours(out),
    }
}

/// What a folder holds, in order; why not, when it cannot be read.
pub fn file_names(folder: &Path) -> std::result::Result<Vec<String>, String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(|e| e.to_string())? {
        let name = entry.map_err(|e| e.to_string())?.file_name();
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort_unstable();
    Ok(names)
}

/// Writes a file beside `out` and renames it when all went well.
pub fn write_file(
    out: &Path,
    fill: impl FnOnce(&mut dyn Write) -> Result<()>,
) -> Result<()> {
    let parent = parent(out)?;
    let mut aside = tempfile::Builder::new()
        .prefix(&format!("{}.partial-", name(out)))
        .tempfile_in(&parent)
        .map_err(Error::io("create a file in", &parent))?;
    {
        let mut buffer = std::io::BufWriter::new(&mut aside);
        fill(&mut buffer)?;
        buffer.flush().map_err(Error::io("write", out))?;
    }
    let persisted = aside.persist(out).map_err(|e| e.error);
    persisted.map_err(Error::io("rename to", out))?;
    make_readable(out)
}

/// The folder that `out` lies in, made if it is missing.
fn parent(out: &Path) -> Result<PathBuf> {
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
        _ => PathBuf::from("."),
    };
    fs::create_dir_all(&parent).map_err(Error::io("create", &parent))?;
    Ok(parent)
}

fn name(path: &Path) -> String {
    path.file_name()
        .map_or_else(|| "out".into(), |name| name.to_string_lossy().into_owned())
}

/// Temporary files are private; what is delivered is as readable as any file.
#[cfg(unix)]
fn make_readable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o644))
        .map_err(Error::io("open up", path))
}

#[cfg(not(unix))]
fn make_readable(_: &Path) -> Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(path: &Path) -> std::result::Result<(), String> {
        if path.join("mark").exists() {
            Ok(())
        } else {
            Err("it has no mark".into())
        }
    }

    fn fill(path: &Path) -> Result<()> {
        fs::write(path.join("mark"), "").map_err(Error::io("write", path))
    }

    #[test]
    fn replaces_its_own_and_nothing_else() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("a/out");
        write_folder(&out, "thing", marked, fill).unwrap();
        write_folder(&out, "thing", marked, fill).unwrap();
        fs::remove_file(out.join("mark")).unwrap();
        write_folder(&out, "thing", marked, fill).unwrap();
        fs::rename(out.join("mark"), out.join("diary")).unwrap();
        let error = write_folder(&out, "thing", marked, fill)
            .unwrap_err()
            .to_string();
        assert_eq!(
            error,
            format!(
                "{} exists and is not an earlier thing (it has no mark); name another \
                 folder or remove it",
                out.display()
            )
        );
        assert!(out.join("diary").exists());
        let file = write_folder(&out.join("diary"), "thing", marked, fill).unwrap_err();
        assert!(file.to_string().contains("(it is not a folder)"));
    }

    #[test]
    fn leaves_nothing_behind_when_filling_fails() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let fail = |path: &Path| {
            fill(path)?;
            Err(Error::catalog(path, "no"))
        };
        assert!(write_folder::<()>(&out, "thing", marked, fail).is_err());
        assert!(write_file(&out, |_| Err(Error::catalog(&out, "no"))).is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
    }
}
