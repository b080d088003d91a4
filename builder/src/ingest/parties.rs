//! `suppliers` and `shops`: who delivers and who sells. Both are optional.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{Good, goods::read_id, table};
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
pub(super) fn suppliers(catalog: &Path, goods: &[Good]) -> Result<Vec<Supplier>> {
    let mut names = BTreeMap::new();
    if let Some(file) = table::find(catalog, "suppliers")? {
        table::read(&file, &mut |row| {
            let id = read_id(&row, "supplier_id", row.header().require("supplier_id")?)?;
            names.insert(id.to_owned(), row.get(row.header().find("name")).to_owned());
            Ok(())
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
pub(super) fn shops(catalog: &Path) -> Result<Vec<Shop>> {
    let Some(file) = table::find(catalog, "shops")? else {
        return Ok(Vec::new());
    };
    let mut shops = BTreeMap::new();
    let mut twice = None;
    table::read(&file, &mut |row| {
        let id = read_id(&row, "shop_id", row.header().require("shop_id")?)?.to_owned();
        let public = match row.get(row.header().find("public")) {
            "" | "0" | "false" => false,
            "1" | "true" => true,
            other => return Err(row.error("public", "0 or 1", other)),
        };
        let name = row.get(row.header().find("name")).to_owned();
        if shops
            .insert(
                id.clone(),
                Shop {
                    id: id.clone(),
                    name,
                    public,
                },
            )
            .is_some()
        {
            twice.get_or_insert((row.line, id));
        }
        Ok(())
    })?;
    match twice {
        None => Ok(shops.into_values().collect()),
        Some((line, id)) => {
            let message =
                format!("line {line}: shop_id {id:?} was there already; remove one");
            Err(Error::catalog(&file, message))
        }
    }
}
