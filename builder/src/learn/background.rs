//! Background: what a good has before any good of a shop speaks for it.

use goodsrank::shard::Kernel as Form;

use super::graph::Graph;
use super::kernel::Kernel;
use super::{backing, heat};
use crate::ingest::Catalog;

/// Relative deviation of popularity below which it is rounding.
const LEAST_SPREAD: f64 = 1e-9;

/// The unit background by good, shielded: how many shops have it. Where raw is
/// a mean, in units of the kernel's mean over the usual number; where it is a
/// sum, such that it spreads goods as far apart as one good of a profile does.
pub fn unit(
    graph: &Graph,
    kernel: &Kernel,
    catalog: &Catalog,
    min_shops: u32,
) -> Vec<f64> {
    let degree = |good: usize| graph.degree(good) as f64;
    let mut popularity: Vec<f64> = (0..graph.goods()).map(degree).collect();
    let mean = popularity.iter().sum::<f64>() / popularity.len().max(1) as f64;
    let (_, categories) = catalog.category_table();
    heat::shield(&mut popularity, &backing(graph), &categories, min_shops);
    let unit = match kernel.form {
        // Where no pair shows, popularity is all there is, on a scale of its own.
        Form::Hybrid if kernel.is_silent() => 1.0 / mean.max(f64::MIN_POSITIVE),
        Form::Hybrid => kernel.neighbours.mean() / mean.max(f64::MIN_POSITIVE),
        // Goods that equally many shops have are told apart by none.
        Form::Linear => match deviation(&popularity) {
            spread if spread > mean * LEAST_SPREAD => kernel.deviation() / spread,
            _ => 0.0,
        },
    };
    popularity.iter().map(|p| p * unit).collect()
}

fn deviation(values: &[f64]) -> f64 {
    let count = values.len().max(1) as f64;
    let mean = values.iter().sum::<f64>() / count;
    libm::sqrt(values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count)
}

#[cfg(test)]
mod tests {
    use super::super::graph::tests::purchase;
    use super::super::kernel::{Factors, Neighbours, Rows};
    use super::*;
    use crate::ingest::Good;

    fn catalog(categories: &[&str]) -> Catalog {
        let good = |category: &&str| Good {
            category: (*category).into(),
            ..Good::default()
        };
        Catalog {
            goods: categories.iter().map(good).collect(),
            ..Catalog::default()
        }
    }

    /// A graph in which good i is in `shops[i]` shops.
    fn graph(shops: &[u32]) -> Graph {
        let most = shops.iter().max().map_or(0, |&most| most as usize);
        let mut events: Vec<_> = (0u32..)
            .zip(shops)
            .flat_map(|(good, &shops)| {
                (0..shops).map(move |shop| purchase(shop, good, 0))
            })
            .collect();
        events.sort_by_key(|e| (e.shop, e.good));
        Graph::new(&vec![false; most], shops.len(), &events)
    }

    /// One factor: good i gives `given[i]` and every good but the last takes 1.
    fn linear(given: &[i8]) -> Kernel {
        let goods = given.len();
        let rows = |values: Vec<i8>| Rows {
            rank: 1,
            values,
            scales: vec![1.0; goods],
        };
        let mut taken = vec![1; goods];
        taken[goods - 1] = 0;
        Kernel {
            form: Form::Linear,
            neighbours: Neighbours::none(goods),
            factors: Some(Factors {
                given: rows(given.to_vec()),
                young: None,
                taken: rows(taken),
            }),
        }
    }

    #[test]
    fn of_a_mean_it_is_the_kernels_mean_at_the_usual_popularity() {
        let kernel = Kernel {
            form: Form::Hybrid,
            neighbours: Neighbours::quantise(
                vec![vec![(1, 6.0)], vec![(0, 3.0)], vec![]],
                255.0,
            ),
            factors: None,
        };
        // Nine in nine pairs: 1 at the mean of two shops.
        let unit = unit(&graph(&[3, 1, 2]), &kernel, &catalog(&["", "", ""]), 1);
        for (unit, expected) in unit.iter().zip([1.5, 0.5, 1.0]) {
            assert!((unit - expected).abs() < 1e-6, "{unit} {expected}");
        }
    }

    #[test]
    fn of_a_sum_it_spreads_goods_as_one_good_of_a_profile_does() {
        let kernel = linear(&[2, 0, 0, 0]);
        // Good 0 gives 2, 2, 2, 0: a deviation of √¾. Popularity deviates by 1.
        let unit = unit(&graph(&[4, 2, 4, 2]), &kernel, &catalog(&[""; 4]), 1);
        let step = libm::sqrt(0.75);
        for (unit, shops) in unit.iter().zip([4.0, 2.0, 4.0, 2.0]) {
            assert!((unit - step * shops).abs() < 1e-12, "{unit}");
        }
    }

    #[test]
    fn a_good_that_too_few_shops_have_has_its_categorys() {
        let categories = catalog(&["tea", "tea", "tea", "cup"]);
        for kernel in [linear(&[1, 1, 1, 1]), Kernel::silent(4)] {
            let unit = unit(&graph(&[6, 4, 1, 2]), &kernel, &categories, 3);
            assert_eq!(unit[2], 0.5 * (unit[0] + unit[1]), "the mean of tea");
            assert_eq!(unit[3], unit[2], "no cup shows: the mean of all that do");
            assert!(unit[0] > unit[1]);
        }
    }

    /// A background is an f32 in the shard.
    fn is_sound(unit: &[f64]) -> bool {
        unit.iter()
            .all(|&b| b >= 0.0 && (6.0 * b as f32).is_finite())
    }

    #[test]
    fn it_is_finite_where_popularity_or_the_kernel_says_nothing() {
        let goods = catalog(&[""; 3]);
        for kernel in [linear(&[3, -2, 1]), linear(&[0; 3]), Kernel::silent(3)] {
            let unit = |shops: &[u32], k: u32| unit(&graph(shops), &kernel, &goods, k);
            assert!(is_sound(&unit(&[3, 2, 1], 1)));
            assert!(is_sound(&unit(&[0, 0, 0], 1)), "nobody has a good");
            assert!(
                is_sound(&unit(&[4, 4, 4], 1)),
                "all are as popular as each other"
            );
            assert!(
                is_sound(&unit(&[9, 2, 1], 5)),
                "one good stands in for the others"
            );
            assert!(is_sound(&unit(&[3, 2, 1], 5)), "no good shows");
        }
    }
}
