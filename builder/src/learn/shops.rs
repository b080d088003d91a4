//! The other direction: which shops a good should go to.
//!
//! It is the same problem with goods and shops changed over, so it is learned
//! by the same code, from public shops alone: their profiles are shipped anyway,
//! and nothing of the others can show.

use std::collections::BTreeSet;

use goodsrank::shard::Calibration;

use super::choose::recipes;
use super::holdout::horizon_days;
use super::kernel::Factors;
use super::workshop::{DENSE_GOODS, Recipe};
use super::{LearnOptions, LearnReport, fit};
use crate::ingest::{Catalog, CatalogEvent, Events, Good, Shop};

/// What ships of the other direction, a row for each shop of the catalog; rows
/// of shops that are not public are never written.
pub struct ShopKernel {
    /// What a shop of a good's gives to others, and takes.
    pub factors: Factors,
    /// Raw fit before any shop speaks, by shop.
    pub background: Vec<f32>,
    /// From raw fit to probability.
    pub calibration: Calibration,
}

/// Learns which shops follow which; `None` where too few are public, or too many
/// for the dense route.
pub fn learn(
    catalog: &Catalog,
    public: &[bool],
    options: &LearnOptions,
    report: &mut LearnReport,
) -> Option<ShopKernel> {
    if !public.contains(&true) {
        return None;
    }
    let catalog = changed_over(catalog, public);
    let shops: BTreeSet<u32> = catalog.events.list.iter().map(|e| e.good).collect();
    if shops.len() > DENSE_GOODS {
        report.too_many_shops = shops.len();
        return None;
    }
    let options = LearnOptions {
        min_shops: 1,
        young_apart: false,
        ..options.clone()
    };
    let mut recipes = recipes(horizon_days(&catalog.events, options.horizon));
    // The section holds factors and no neighbours.
    recipes.retain(|recipe| matches!(recipe, Recipe::Regression { beside: false, .. }));
    let mut of_shops = LearnReport::default();
    let everybody = vec![false; catalog.events.shops.len()];
    let fitted = fit(&catalog, &everybody, &options, &recipes, &mut of_shops);
    let factors = fitted.kernel.factors?;
    report.shops = Some(Box::new(of_shops));
    Some(ShopKernel {
        factors,
        background: fitted.background,
        calibration: fitted.calibration,
    })
}

/// The catalog in which public shops are the goods, and goods the shops.
fn changed_over(catalog: &Catalog, public: &[bool]) -> Catalog {
    let of_public = |event: &&CatalogEvent| public[event.shop as usize];
    let change = |event: &CatalogEvent| CatalogEvent {
        shop: event.good,
        good: event.shop,
        ..*event
    };
    let mut list: Vec<CatalogEvent> = catalog
        .events
        .list
        .iter()
        .filter(of_public)
        .map(change)
        .collect();
    list.sort_by_key(|e| (e.shop, e.good, e.at));
    let good = |shop: &Shop| Good {
        id: shop.id.clone(),
        ..Good::default()
    };
    let shop = |good: &Good| Shop {
        id: good.id.clone(),
        ..Shop::default()
    };
    Catalog {
        goods: catalog.events.shops.iter().map(good).collect(),
        events: Events {
            shops: catalog.goods.iter().map(shop).collect(),
            list,
            caused: Vec::new(),
        },
        ..Catalog::default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::*;

    #[test]
    fn only_public_shops_are_changed_over() {
        let id = |id: &str| Good {
            id: id.into(),
            ..Good::default()
        };
        let shop = |id: &str| Shop {
            id: id.into(),
            ..Shop::default()
        };
        let catalog = Catalog {
            goods: vec![id("g0"), id("g1")],
            events: Events {
                shops: vec![shop("s0"), shop("s1")],
                list: vec![purchase(0, 1, 5), purchase(1, 0, 6), purchase(1, 1, 7)],
                ..Events::default()
            },
            ..Catalog::default()
        };
        let over = changed_over(&catalog, &[false, true]);
        assert_eq!(over.events.list, [purchase(0, 1, 6), purchase(1, 1, 7)]);
        assert_eq!(over.goods[1].id, "s1");
        assert_eq!(over.events.shops[1].id, "g1");
    }

    const SHOPS: usize = 20;
    const PUBLIC: usize = 15;

    /// Thirty goods in twenty shops over 200 days; `other` changes what the
    /// private ones do.
    fn market(other: u32) -> Catalog {
        let mut list = Vec::new();
        for shop in 0..SHOPS as u32 {
            for good in 0..30u32 {
                let mood = if shop < PUBLIC as u32 { 0 } else { other };
                if (shop * shop + good * (1 + shop % 3) + mood) % 5 < 2 + (good % 2) {
                    let day = 1 + i64::from((shop * 31 + good * 17) % 200);
                    list.push(purchase(shop, good, day * 86_400));
                }
            }
        }
        let good = |n: u32| Good {
            id: format!("g{n:02}"),
            ..Good::default()
        };
        let shop = |n: u32| Shop {
            id: format!("s{n:02}"),
            ..Shop::default()
        };
        Catalog {
            goods: (0..30).map(good).collect(),
            events: Events {
                shops: (0..SHOPS as u32).map(shop).collect(),
                list,
                ..Events::default()
            },
            ..Catalog::default()
        }
    }

    fn learned(catalog: &Catalog, public: &[bool]) -> (Option<ShopKernel>, LearnReport) {
        let mut report = LearnReport::default();
        let kernel = learn(catalog, public, &LearnOptions::default(), &mut report);
        (kernel, report)
    }

    #[test]
    fn where_no_shop_is_public_nothing_is_learned_of_any() {
        let (kernel, report) = learned(&market(0), &[false; SHOPS]);
        assert!(kernel.is_none() && report.shops.is_none());
        // One alone has nobody to follow.
        let mut public = [false; SHOPS];
        public[3] = true;
        assert!(learned(&market(0), &public).0.is_none());
    }

    #[test]
    fn what_private_shops_do_shows_nowhere() {
        let public: Vec<bool> = (0..SHOPS).map(|shop| shop < PUBLIC).collect();
        let of = |other: u32| learned(&market(other), &public).0.unwrap();
        assert_ne!(market(1).events.list, market(2).events.list);
        let (one, two) = (of(1), of(2));
        assert_eq!(one.factors, two.factors);
        assert_eq!(one.background, two.background);
        assert_eq!(one.calibration, two.calibration);
        // A row for each shop, so that the shard can pick; private ones are
        // empty even here.
        assert_eq!(one.factors.given.scales.len(), SHOPS);
        for shop in 0..SHOPS {
            let scales = [
                one.factors.given.scales[shop],
                one.factors.taken.scales[shop],
            ];
            assert_eq!(
                scales.iter().any(|&scale| scale > 0.0),
                shop < PUBLIC,
                "{shop}"
            );
        }
        assert_eq!(one.factors.young, None, "the section holds one matrix in");
        assert!(one.background.iter().all(|b| b.is_finite() && *b >= 0.0));
    }
}
