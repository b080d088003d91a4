//! Content: what stands in for the sales of a good that too few shops have.
//!
//! A new good takes what goods like it take: the mean of the twenty most
//! similar, weighed by
//!
//! ```text
//! exp(4·[same supplier] + [same category] + 10·cos - |Δ ln price| - ½·Σ |Δ ln attribute|)
//! ```
//!
//! cos is the cosine of the titles' tokens, each weighed by its inverse document
//! frequency; attributes are the numbers that both name, as a volume. The
//! composite is ours; its weights were found on earlier windows of public data,
//! where they are flat around these. Only goods that show are looked at, so
//! what stands in tells nothing new of any shop.

use std::collections::BTreeMap;

use goodsrank::search::tokens;
use rayon::prelude::*;

use crate::ingest::{Catalog, Good};

const SUPPLIER: f64 = 4.0;
const CATEGORY: f64 = 1.0;
const TITLE: f64 = 10.0;
const ATTRIBUTE: f64 = 0.5;
const MOST: usize = 20;

/// What goods are compared by.
pub struct Content {
    /// By number; 0 is unknown.
    suppliers: Vec<u32>,
    categories: Vec<u32>,
    /// ln price; NaN is unknown.
    prices: Vec<f64>,
    /// Of each good its title's tokens, weighed to length 1.
    titles: Vec<Vec<(u32, f64)>>,
    /// Of each good its numeric attributes, as logarithms.
    attributes: Vec<BTreeMap<String, f64>>,
}

impl Content {
    /// The content of a catalog's goods.
    pub fn new(catalog: &Catalog) -> Content {
        let field = |name: &str| catalog.text_fields.iter().position(|f| f == name);
        let attributes = field("attributes");
        let price = |good: &Good| match good.price > 0 {
            true => libm::log(good.price as f64),
            false => f64::NAN,
        };
        Content {
            suppliers: numbered(&catalog.goods, |good| &good.supplier_id),
            categories: numbered(&catalog.goods, |good| &good.category),
            prices: catalog.goods.iter().map(price).collect(),
            titles: titles(catalog),
            attributes: catalog
                .goods
                .iter()
                .map(|good| {
                    attributes.map_or_else(BTreeMap::new, |f| numbers(&good.texts[f]))
                })
                .collect(),
        }
    }

    /// For each of these goods the most similar among `known`, rows ascending,
    /// with weights that sum to 1; nothing for a good that is like no other.
    pub fn similar(&self, goods: &[u32], known: &[u32]) -> Vec<Vec<(u32, f64)>> {
        let mut having: BTreeMap<u32, Vec<(u32, f64)>> = BTreeMap::new();
        for &row in known {
            for &(token, weight) in &self.titles[row as usize] {
                having.entry(token).or_default().push((row, weight));
            }
        }
        let scratch = || vec![0.0; self.titles.len()];
        goods
            .par_iter()
            .map_init(scratch, |cosines, &row| {
                self.similar_to(row as usize, known, &having, cosines)
            })
            .collect()
    }

    fn similar_to(
        &self,
        row: usize,
        known: &[u32],
        having: &BTreeMap<u32, Vec<(u32, f64)>>,
        cosines: &mut [f64],
    ) -> Vec<(u32, f64)> {
        for (token, weight) in &self.titles[row] {
            for &(other, theirs) in having.get(token).into_iter().flatten() {
                cosines[other as usize] += weight * theirs;
            }
        }
        let mut likeness = |&other: &u32| {
            // The next good finds zeros again.
            let cosine = std::mem::take(&mut cosines[other as usize]);
            Some((other, self.likeness(row, other as usize, cosine)?))
        };
        let mut all: Vec<(u32, f64)> = known.iter().filter_map(&mut likeness).collect();
        let order =
            |a: &(u32, f64), b: &(u32, f64)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if all.len() > MOST {
            all.select_nth_unstable_by(MOST, order);
            all.truncate(MOST);
        }
        all.sort_unstable_by(order);
        let Some(&(_, greatest)) = all.first() else {
            return all;
        };
        // Collected anew: a list that is cut keeps the memory of the whole one.
        let weight =
            |&(other, likeness): &(u32, f64)| (other, libm::exp(likeness - greatest));
        let mut list: Vec<(u32, f64)> = all.iter().map(weight).collect();
        let sum: f64 = list.iter().map(|&(_, weight)| weight).sum();
        list.iter_mut().for_each(|(_, weight)| *weight /= sum);
        list
    }

    /// The exponent; `None` where neither supplier, category nor title is shared.
    fn likeness(&self, a: usize, b: usize, cosine: f64) -> Option<f64> {
        let same = |of: &[u32]| f64::from(u8::from(of[a] > 0 && of[a] == of[b]));
        let shared = SUPPLIER * same(&self.suppliers)
            + CATEGORY * same(&self.categories)
            + TITLE * cosine;
        if shared == 0.0 {
            return None;
        }
        let apart = (self.prices[a] - self.prices[b]).abs();
        let price = if apart.is_nan() { 0.0 } else { apart };
        let attributes: f64 = self.attributes[a]
            .iter()
            .filter_map(|(name, x)| Some((x - self.attributes[b].get(name)?).abs()))
            .sum();
        Some(shared - price - ATTRIBUTE * attributes)
    }
}

/// Texts of goods as numbers, alike where they are; 0 for an empty one.
fn numbered<'a>(goods: &'a [Good], text: impl Fn(&'a Good) -> &'a String) -> Vec<u32> {
    let mut numbers = BTreeMap::from([("", 0)]);
    let number = |good| {
        let next = numbers.len() as u32;
        *numbers.entry(text(good).as_str()).or_insert(next)
    };
    goods.iter().map(number).collect()
}

/// The tokens of each good's titles, by number and each once, and how many goods
/// have each token.
pub fn title_tokens(catalog: &Catalog) -> (Vec<Vec<u32>>, Vec<u32>) {
    let count = catalog
        .text_fields
        .iter()
        .take_while(|f| f.starts_with("title"))
        .count();
    let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
    let mut frequency: Vec<u32> = Vec::new();
    let mut titles: Vec<Vec<u32>> = Vec::new();
    for good in &catalog.goods {
        let mut title: Vec<u32> = good.texts[..count]
            .iter()
            .flat_map(|text| tokens(text))
            .map(|token| {
                let next = numbers.len() as u32;
                *numbers.entry(token).or_insert(next)
            })
            .collect();
        title.sort_unstable();
        title.dedup();
        frequency.resize(numbers.len(), 0);
        title.iter().for_each(|&t| frequency[t as usize] += 1);
        titles.push(title);
    }
    (titles, frequency)
}

/// Tokens by number, weighed by ln(goods / goods that have it), to length 1.
fn titles(catalog: &Catalog) -> Vec<Vec<(u32, f64)>> {
    let (titles, frequency) = title_tokens(catalog);
    let all = catalog.goods.len() as f64;
    let weigh = |title: Vec<u32>| {
        let weight = |t: u32| (t, libm::log(all / f64::from(frequency[t as usize])));
        let mut title: Vec<(u32, f64)> = title.into_iter().map(weight).collect();
        let length = libm::sqrt(title.iter().map(|(_, w)| w * w).sum());
        let scale = if length > 0.0 { 1.0 / length } else { 0.0 };
        title.iter_mut().for_each(|(_, w)| *w *= scale);
        title
    };
    titles.into_iter().map(weigh).collect()
}

/// Logarithms of the positive numbers of a JSON object.
fn numbers(json: &str) -> BTreeMap<String, f64> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(json) else {
        return BTreeMap::new();
    };
    object
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_f64()?)))
        .filter(|&(_, number)| number > 0.0)
        .map(|(name, number)| (name, libm::log(number)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalog(rows: &[(&str, &str, &str, u64, &str)]) -> Catalog {
        let good = |&(title, category, supplier, price, attributes): &(
            &str,
            &str,
            &str,
            u64,
            &str,
        )| Good {
            category: category.into(),
            supplier_id: supplier.into(),
            price,
            texts: vec![title.into(), attributes.into()],
            ..Good::default()
        };
        Catalog {
            goods: rows.iter().map(good).collect(),
            text_fields: vec!["title".into(), "attributes".into()],
            ..Catalog::default()
        }
    }

    #[test]
    fn a_new_good_is_like_those_of_its_supplier_title_and_size() {
        let catalog = catalog(&[
            ("oak whiskey", "spirits", "a", 1000, r#"{"volume_ml": 750}"#),
            ("oak whiskey", "spirits", "a", 1000, r#"{"volume_ml": 750}"#),
            (
                "oak whiskey",
                "spirits",
                "a",
                2000,
                r#"{"volume_ml": 1750}"#,
            ),
            ("plum wine", "wine", "b", 1000, ""),
            ("tea", "", "", 0, ""),
        ]);
        let similar = Content::new(&catalog).similar(&[0], &[1, 2, 3, 4]);
        let rows: Vec<u32> = similar[0].iter().map(|&(row, _)| row).collect();
        assert_eq!(rows, [1, 2], "wine and tea share nothing with it");
        // The second is twice the price and 7/3 the size.
        let ratio = similar[0][1].1 / similar[0][0].1;
        let expected = libm::exp(-libm::log(2.0) - 0.5 * libm::log(1750.0 / 750.0));
        assert!((ratio - expected).abs() < 1e-12);
        let sum: f64 = similar[0].iter().map(|&(_, weight)| weight).sum();
        assert!((sum - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_good_that_is_like_no_other_has_nobody() {
        let catalog =
            catalog(&[("tea", "", "", 0, "not json"), ("wine", "", "", 5, "[1]")]);
        assert_eq!(Content::new(&catalog).similar(&[0], &[1]), [vec![]]);
    }
}
