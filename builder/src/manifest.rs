//! Manifests that are there already, and are changed.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use goodsrank::manifest::{FILE_NAME, Manifest};
use serde_json::Value;

use crate::error::{Error, Result};
use crate::open::{parsed, read};
use crate::output::write_file;
use crate::signature::FILE_NAME as SIGNATURE_NAME;

/// A manifest as the text of its file.
pub fn text(manifest: &Manifest, shards: &Path) -> Result<String> {
    let json = serde_json::to_string_pretty(manifest).map_err(|e| {
        Error::catalog(shards, format!("the manifest cannot be written: {e}"))
    })?;
    Ok(json + "\n")
}

/// Changes the manifest of a folder: whole, or not at all. Its signature, which
/// is of what it was, goes; says so on standard error.
///
/// A manifest with fields of a later version is refused, for they would be lost.
pub fn edit<T>(
    shards: &Path,
    change: impl FnOnce(&mut Manifest) -> Result<T>,
) -> Result<T> {
    let path = shards.join(FILE_NAME);
    let bytes = read(&path)?;
    let mut manifest = parsed(shards, &bytes)?;
    let written = serde_json::to_value(&manifest).unwrap_or_default();
    let before: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    if let Some(field) = lost(&before, &written) {
        let message = format!(
            "expected the fields that this version writes, found the field {field}; update \
             goodsrank"
        );
        return Err(Error::catalog(&path, message));
    }
    let result = change(&mut manifest)?;
    let text = text(&manifest, shards)?;
    if text.as_bytes() == bytes {
        return Ok(result);
    }
    write_file(&path, |out| {
        out.write_all(text.as_bytes())
            .map_err(Error::io("write", &path))
    })?;
    if unsign(shards)? {
        eprintln!(
            "{SIGNATURE_NAME} was of the manifest before and is removed: sign again with `goodsrank \
             sign`"
        );
    }
    Ok(result)
}

/// What a build that takes the place of another should say, for it starts with
/// nothing withdrawn and unsigned.
pub fn notes_on(shards: &Path) -> Vec<String> {
    let withdrawn = crate::open::manifest(shards).map_or(0, |m| m.withdrawn.len());
    let withdrawn = (withdrawn > 0).then(|| {
        format!(
            "the build before had withdrawn goods ({withdrawn}), this one has none: withdraw them \
             again with `goodsrank withdraw`, or take them out of the catalog"
        )
    });
    let signed = shards.join(SIGNATURE_NAME).exists();
    let signed = signed.then(|| {
        String::from(
            "the build before was signed, this one is not: sign it with `goodsrank sign`",
        )
    });
    withdrawn.into_iter().chain(signed).collect()
}

/// Removes a folder's signature; whether there was one.
fn unsign(shards: &Path) -> Result<bool> {
    let path = shards.join(SIGNATURE_NAME);
    match fs::remove_file(&path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(Error::io("remove", &path)(error)),
    }
}

/// The first field that a value has and the other has not.
fn lost(value: &Value, other: &Value) -> Option<String> {
    match (value, other) {
        (Value::Object(fields), Value::Object(others)) => {
            fields
                .iter()
                .find_map(|(name, value)| match others.get(name) {
                    Some(other) => lost(value, other),
                    None if value.as_array().is_some_and(Vec::is_empty) => None,
                    None => Some(name.clone()),
                })
        }
        (Value::Array(list), Value::Array(others)) => {
            list.iter().zip(others).find_map(|(a, b)| lost(a, b))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_field_that_would_be_lost_is_named() {
        let written = json!({ "a": 1, "list": [{ "b": 2 }, { "b": 3 }] });
        assert_eq!(lost(&written, &written), None);
        let empty = json!({ "a": 1, "list": [], "withdrawn": [] });
        assert_eq!(lost(&empty, &json!({ "a": 1, "list": [] })), None);
        for later in [
            json!({ "a": 1, "later": 2 }),
            json!({ "a": 1, "list": [{ "b": 2 }, { "b": 3, "later": {} }] }),
        ] {
            assert_eq!(lost(&later, &written).as_deref(), Some("later"));
        }
    }
}
