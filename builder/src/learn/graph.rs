//! The shop-goods graph: who has adopted what, and how goods share shops.

use rayon::prelude::*;

use super::backing::Backing;
use crate::ingest::CatalogEvent;
use goodsrank::shard::EventKind;

/// Which shops have adopted which goods. An adoption is a purchase or a
/// listing; looking, saving and sharing are interest, which heats a good but
/// does not link it to others.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// Goods of each shop, ascending.
    pub goods_of: Vec<Vec<u32>>,
    /// Shops of each good, ascending.
    pub shops_of: Vec<Vec<u32>>,
    /// Likewise when each first adopted it, seconds since 1970 UTC; 0 unknown.
    pub first_of: Vec<Vec<i64>>,
    /// Whether the profile of a shop is shipped.
    public: Vec<bool>,
}

/// Whether an event of this kind puts a good on a shop's shelf.
pub fn is_adoption(kind: EventKind) -> bool {
    matches!(kind, EventKind::Purchase | EventKind::List)
}

impl Graph {
    /// The graph of these events, which are sorted by shop and good; `public`
    /// says of each shop whether its profile is shipped.
    pub fn new(public: &[bool], goods: usize, events: &[CatalogEvent]) -> Graph {
        let mut graph = Graph {
            goods_of: vec![Vec::new(); public.len()],
            shops_of: vec![Vec::new(); goods],
            first_of: vec![Vec::new(); goods],
            public: public.to_vec(),
        };
        for event in events.iter().filter(|e| is_adoption(e.kind)) {
            let shelf = &mut graph.goods_of[event.shop as usize];
            if shelf.last() != Some(&event.good) {
                shelf.push(event.good);
                graph.shops_of[event.good as usize].push(event.shop);
                graph.first_of[event.good as usize].push(event.at);
            }
        }
        graph
    }

    /// The graph of these goods alone, ascending, numbered anew.
    pub fn of_goods(&self, rows: &[u32]) -> Graph {
        let pick = |row: &u32| *row as usize;
        let mut graph = Graph {
            goods_of: vec![Vec::new(); self.goods_of.len()],
            shops_of: rows
                .iter()
                .map(|r| self.shops_of[pick(r)].clone())
                .collect(),
            first_of: rows
                .iter()
                .map(|r| self.first_of[pick(r)].clone())
                .collect(),
            public: self.public.clone(),
        };
        for (good, shops) in graph.shops_of.iter().zip(0u32..).map(|(s, g)| (g, s)) {
            for &shop in shops {
                graph.goods_of[shop as usize].push(good);
            }
        }
        graph
    }

    /// Goods whose own figures may show, ascending.
    pub fn shown_goods(&self, min_shops: u32) -> Vec<u32> {
        let shows = |&good: &u32| self.backing(good as usize).shows(min_shops);
        (0..self.goods() as u32).filter(shows).collect()
    }

    /// Whether the profile of a shop is shipped.
    pub fn is_public(&self, shop: u32) -> bool {
        self.public[shop as usize]
    }

    /// Number of goods.
    pub fn goods(&self) -> usize {
        self.shops_of.len()
    }

    /// Who stands behind a good's own figures.
    pub fn backing(&self, good: usize) -> Backing {
        let mut backing = Backing::default();
        self.shops_of[good]
            .iter()
            .for_each(|&shop| backing.add(self.is_public(shop)));
        backing
    }

    /// Shops that have adopted a good.
    pub fn degree(&self, good: usize) -> usize {
        self.shops_of[good].len()
    }

    /// Of each shop that has a good, its share of the shelf, added up: C of the
    /// good with itself.
    pub fn own_share(&self, good: usize) -> f64 {
        let shelf = |&shop: &u32| self.goods_of[shop as usize].len() as f64;
        self.shops_of[good].iter().map(|s| 1.0 / shelf(s)).sum()
    }
}

/// How strongly goods share shops, `C_ab = Σ_s 1/k_s` over the shops that have
/// both; pairs that too few shops stand behind are left out ([`Backing::shows`]).
pub struct SharedShops {
    /// For each good the others, ascending, with C.
    pub rows: Vec<Vec<(u32, f32)>>,
    /// Pairs that at least one shop has, each counted from both ends.
    pub pairs: u64,
    /// Of those, left out by the threshold.
    pub hidden: u64,
}

/// What a worker reuses from good to good.
struct Scratch {
    shared: Vec<f32>,
    shops: Vec<Backing>,
    touched: Vec<u32>,
}

impl SharedShops {
    /// O(Σ k_s²), over goods in parallel; each row is summed by one worker in
    /// shop order, so the number of workers changes nothing.
    pub fn new(graph: &Graph, min_shops: u32) -> SharedShops {
        let goods = graph.goods();
        let scratch = || Scratch {
            shared: vec![0.0; goods],
            shops: vec![Backing::default(); goods],
            touched: Vec::new(),
        };
        let rows: Vec<(Vec<(u32, f32)>, u64)> = (0..goods)
            .into_par_iter()
            .map_init(scratch, |scratch, good| scratch.row(graph, good, min_shops))
            .collect();
        let pairs = rows.iter().map(|(_, pairs)| pairs).sum();
        let rows: Vec<Vec<(u32, f32)>> = rows.into_iter().map(|(row, _)| row).collect();
        let kept: u64 = rows.iter().map(|row| row.len() as u64).sum();
        SharedShops {
            rows,
            pairs,
            hidden: pairs - kept,
        }
    }
}

impl Scratch {
    /// One good's row, and how many pairs it has before the threshold.
    fn row(
        &mut self,
        graph: &Graph,
        good: usize,
        min_shops: u32,
    ) -> (Vec<(u32, f32)>, u64) {
        for &shop in &graph.shops_of[good] {
            let shelf = &graph.goods_of[shop as usize];
            let share = 1.0 / shelf.len() as f32;
            for &other in shelf {
                let i = other as usize;
                if self.shops[i].is_empty() {
                    self.touched.push(other);
                }
                self.shared[i] += share;
                self.shops[i].add(graph.is_public(shop));
            }
        }
        self.touched.sort_unstable();
        let pairs = self.touched.len().saturating_sub(1) as u64;
        let mut row = Vec::new();
        for other in self.touched.drain(..) {
            let i = other as usize;
            if i != good && self.shops[i].shows(min_shops) {
                row.push((other, self.shared[i]));
            }
            (self.shared[i], self.shops[i]) = (0.0, Backing::default());
        }
        (row, pairs)
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use proptest::prelude::*;

    pub(crate) fn purchase(shop: u32, good: u32, at: i64) -> CatalogEvent {
        CatalogEvent {
            shop,
            good,
            kind: EventKind::Purchase,
            quantity: 1.0,
            at,
        }
    }

    /// The definition, pair by pair.
    fn naive(graph: &Graph, a: usize, b: usize) -> (f32, u32) {
        let mut shared = (0.0, 0);
        for shelf in &graph.goods_of {
            if shelf.contains(&(a as u32)) && shelf.contains(&(b as u32)) {
                shared = (shared.0 + 1.0 / shelf.len() as f32, shared.1 + 1);
            }
        }
        shared
    }

    proptest! {
        #[test]
        fn shared_shops_meet_their_definition(
            pairs in prop::collection::btree_set((0u32..6, 0u32..7), 0..30),
            min_shops in 1u32..4,
        ) {
            let events: Vec<_> = pairs.iter().map(|&(s, g)| purchase(s, g, 0)).collect();
            let graph = Graph::new(&[false; 6], 7, &events);
            let shared = SharedShops::new(&graph, min_shops);
            for a in 0..7 {
                for b in 0..7 {
                    let (value, shops) = naive(&graph, a, b);
                    let found = shared.rows[a].iter().find(|(o, _)| *o == b as u32).map(|(_, c)| *c);
                    let expected = (a != b && shops >= min_shops).then_some(value);
                    prop_assert_eq!(found, expected, "{} {}", a, b);
                }
            }
            prop_assert_eq!(shared.pairs - shared.hidden, shared.rows.iter().map(|r| r.len() as u64).sum::<u64>());
        }
    }

    #[test]
    fn interest_is_no_adoption() {
        let view = CatalogEvent {
            kind: EventKind::View,
            ..purchase(0, 0, 0)
        };
        assert!(Graph::new(&[false], 1, &[view]).goods_of[0].is_empty());
    }
}
