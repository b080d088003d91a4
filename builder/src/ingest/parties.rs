//! `suppliers` and `shops`: who delivers and who sells. Both are optional.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use goodsrank::csv::Row;

use super::goods::{read_flag, read_id};
use super::{Good, Skipped, table};
use crate::error::{Error, Result};

/// Who delivers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Supplier {
    /// The id.
    pub id: String,
    /// "" when unknown.
    pub name: String,
}

/// Who sells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shop {
    /// The id.
    pub id: String,
    /// "" when unknown.
    pub name: String,
    /// Whether the shop consented to its profile being shipped.
    pub public: bool,
}

/// Suppliers that goods name, with the names that the file has for them.
pub(super) fn suppliers(
    catalog: &Path,
    goods: &[Good],
    skipped: &mut Skipped,
) -> Result<Vec<Supplier>> {
    let mut names = BTreeMap::new();
    if let Some(file) = table::find(catalog, "suppliers")? {
        names = by_id(&file, "supplier_id", &["name"], skipped, |_, row| {
            Ok(row.get(row.header().find("name")).to_owned())
        })?;
    }
    let ids: BTreeSet<&str> = goods.iter().map(|g| g.supplier_id.as_str()).collect();
    let named = ids
        .into_iter()
        .filter(|id| !id.is_empty())
        .map(|id| Supplier {
            id: id.to_owned(),
            name: names.remove(id).unwrap_or_default(),
        });
    Ok(named.collect())
}

/// The shops of the file, in the byte order of their ids.
pub(super) fn shops(catalog: &Path, skipped: &mut Skipped) -> Result<Vec<Shop>> {
    let Some(file) = table::find(catalog, "shops")? else {
        return Ok(Vec::new());
    };
    let shops = by_id(&file, "shop_id", &["name", "public"], skipped, |id, row| {
        let public = read_flag(row, "public", row.header().find("public"))?;
        let name = row.get(row.header().find("name")).to_owned();
        Ok(Shop {
            id: id.to_owned(),
            name,
            public,
        })
    })?;
    Ok(shops.into_values().collect())
}

/// Rows of a table by their id, each id once.
fn by_id<T>(
    file: &Path,
    id_column: &str,
    used: &[&str],
    skipped: &mut Skipped,
    read: impl Fn(&str, &Row<'_>) -> goodsrank::Result<T>,
) -> Result<BTreeMap<String, T>> {
    let mut rows = BTreeMap::new();
    let mut twice = None;
    let mut first = true;
    table::read(file, &mut |row| {
        if std::mem::take(&mut first) {
            let is_used = |name: &str| name == id_column || used.contains(&name);
            skipped.report_unused(file, row.header(), is_used);
        }
        let id = read_id(&row, id_column, row.header().require(id_column)?)?;
        if rows.insert(id.to_owned(), read(id, &row)?).is_some() {
            twice.get_or_insert((row.line, id.to_owned()));
        }
        Ok(())
    })?;
    match twice {
        None => Ok(rows),
        Some((line, id)) => {
            let message =
                format!("line {line}: {id_column} {id:?} was there already; remove one");
            Err(Error::catalog(file, message))
        }
    }
}
