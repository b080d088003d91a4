//! Equivalents: goods that stand for each other for a merchant, mostly the same
//! thing of several suppliers, and where each price lies among theirs.
//!
//! Two goods stand for each other if all of this holds:
//!
//! - they are of the same category;
//! - their titles are alike: of the tokens of both, in all languages, at least
//!   seven in ten are shared (Jaccard);
//! - nothing they say contradicts: no attribute that both name has another
//!   value, colours aside, and where both titles have numbers (sizes, counts),
//!   these are the same;
//! - neither price is more than three times the other.
//!
//! What is unknown contradicts nothing. A group is made of goods of which any two
//! stand for each other, so that no chain of small steps joins what differs:
//!
//! ```text
//! titles ─▶ prefixes ─▶ pairs, most alike first ─▶ join their groups where all
//!           (window)                               of one stand for all of the other
//! ```
//!
//! Pairs are looked for among goods that share a token, and only tokens of the
//! prefix count: a title's tokens in order of how rare they are, without the last
//! seven tenths less one. Titles that are alike enough share one of these
//! (Chaudhuri, Ganti and Kaushik 2006), so nothing is missed by that. Of the goods
//! with a token, put in the order of their titles and prices, each is held
//! against the next [`WINDOW`], and a group has at most [`MOST`] goods: together
//! they keep the work near linear where thousands of goods are called the same,
//! which then are several groups.

use std::collections::{BTreeMap, BTreeSet};

use goodsrank::search::normalise;
use rayon::prelude::*;

use super::content::title_tokens;
use crate::ingest::{Catalog, Good};
use crate::progress::Step;

/// Tenths of the tokens of two titles that both must have.
const ALIKE: usize = 7;
/// How many times the lower price the higher may be.
const DEARER: u64 = 3;
/// Goods after a good, of those that share a token with it, that it is held against.
const WINDOW: usize = 64;
/// The most goods of a group.
const MOST: usize = 256;
/// The fewest prices, and the fewest suppliers, that a price has a place among.
const PRICES: usize = 4;
const SUPPLIERS: usize = 2;
/// Place of the dearest; the cheapest has 1.
const DEAREST: usize = 255;

/// Which goods stand for each other, in columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Equivalents {
    /// The group of each good, from 1 in the order of the groups' first goods; 0
    /// where none stands for it.
    pub group: Vec<u64>,
    /// Place of the price in the group, 1 the cheapest and 255 the dearest; 0
    /// where there are too few to compare with.
    pub price_rank: Vec<u8>,
}

impl Equivalents {
    /// The equivalents in a catalog; `category` is a number for each good.
    pub fn new(catalog: &Catalog, category: &[u32]) -> Equivalents {
        let _step = Step::spinner("finding equivalents");
        let likeness = Likeness::new(catalog, category);
        let groups = join(&likeness, likeness.pairs());
        Equivalents::of(&catalog.goods, &groups)
    }

    /// Columns of groups of rows, which are ordered by their first.
    fn of(goods: &[Good], groups: &[Vec<u32>]) -> Equivalents {
        let mut equivalents = Equivalents {
            group: vec![0; goods.len()],
            price_rank: vec![0; goods.len()],
        };
        for (rows, number) in groups.iter().zip(1..) {
            for &row in rows {
                equivalents.group[row as usize] = number;
            }
            for (row, rank) in price_ranks(goods, rows) {
                equivalents.price_rank[row as usize] = rank;
            }
        }
        equivalents
    }
}

/// The places of the prices of a group. Equal prices share the middle of their
/// places, cut to a whole one.
fn price_ranks(goods: &[Good], rows: &[u32]) -> Vec<(u32, u8)> {
    let good = |row: u32| &goods[row as usize];
    let priced = rows.iter().filter(|&&row| good(row).price > 0);
    let mut priced: Vec<(u64, u32)> = priced.map(|&row| (good(row).price, row)).collect();
    let suppliers: BTreeSet<&str> = priced
        .iter()
        .map(|&(_, row)| good(row).supplier_id.as_str())
        .filter(|id| !id.is_empty())
        .collect();
    if priced.len() < PRICES || suppliers.len() < SUPPLIERS {
        return Vec::new();
    }
    priced.sort_unstable();
    let (last, mut below) = (priced.len() - 1, 0);
    let mut ranks = Vec::with_capacity(priced.len());
    for equal in priced.chunk_by(|a, b| a.0 == b.0) {
        let twice_middle = 2 * below + equal.len() - 1;
        let rank = 1 + (DEAREST - 1) * twice_middle / (2 * last);
        ranks.extend(equal.iter().map(|&(_, row)| (row, rank as u8)));
        below += equal.len();
    }
    ranks
}

/// What goods are held against each other by.
struct Likeness<'a> {
    goods: &'a [Good],
    category: &'a [u32],
    /// Tokens of all titles of each good, as numbers that ascend from the rarest.
    titles: Vec<Vec<u32>>,
    /// What each good says of itself, name and value as numbers, by name.
    facts: Vec<Vec<(u32, u32)>>,
}

/// Two goods that stand for each other, the lower row first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pair {
    /// Share of the titles' tokens that both have.
    alike: f64,
    rows: [u32; 2],
}

impl<'a> Likeness<'a> {
    fn new(catalog: &'a Catalog, category: &'a [u32]) -> Likeness<'a> {
        Likeness {
            goods: &catalog.goods,
            category,
            titles: rarest_first(catalog),
            facts: facts(catalog),
        }
    }

    /// How alike two goods are, if they stand for each other.
    fn alike(&self, a: u32, b: u32) -> Option<f64> {
        let [a, b] = [a, b].map(|row| row as usize);
        if self.category[a] != self.category[b]
            || !are_near(self.goods[a].price, self.goods[b].price)
            || contradict(&self.facts[a], &self.facts[b])
        {
            return None;
        }
        let (left, right) = (&self.titles[a], &self.titles[b]);
        let shared = shared(left, right);
        let all = left.len() + right.len() - shared;
        let is_alike = shared > 0 && 10 * shared >= ALIKE * all;
        is_alike.then(|| shared as f64 / all as f64)
    }

    /// Pairs of goods that stand for each other, most alike first.
    fn pairs(&self) -> Vec<Pair> {
        let order = self.order();
        let entries = self.prefixes(&order);
        let buckets: Vec<&[Entry]> = entries
            .chunk_by(|a, b| (a.category, a.token) == (b.category, b.token))
            .filter(|bucket| bucket.len() > 1)
            .collect();
        let mut pairs: Vec<Pair> = buckets
            .into_par_iter()
            .flat_map_iter(|bucket| self.pairs_of(bucket, &order))
            .collect();
        pairs.par_sort_unstable_by(|a, b| {
            b.alike.total_cmp(&a.alike).then(a.rows.cmp(&b.rows))
        });
        pairs
    }

    /// Each good of a bucket with those within the window after it, if the
    /// bucket is that of their first token: so every pair is found once.
    fn pairs_of(&self, bucket: &[Entry], order: &[u32]) -> Vec<Pair> {
        let token = bucket[0].token;
        let rows: Vec<u32> = bucket.iter().map(|e| order[e.place as usize]).collect();
        let mut pairs = Vec::new();
        for (i, &a) in rows.iter().enumerate() {
            for &b in rows[i + 1..].iter().take(WINDOW) {
                let rows = [a.min(b), a.max(b)];
                let alike = self.alike(a, b).filter(|_| self.first(a, b) == Some(token));
                pairs.extend(alike.map(|alike| Pair { alike, rows }));
            }
        }
        pairs
    }

    /// The rarest token that two titles share.
    fn first(&self, a: u32, b: u32) -> Option<u32> {
        let [a, b] = [a, b].map(|row| &self.titles[row as usize]);
        a.iter()
            .find(|token| b.binary_search(token).is_ok())
            .copied()
    }

    /// The rows such that goods which are called alike lie side by side.
    fn order(&self) -> Vec<u32> {
        let mut order: Vec<u32> = (0..self.goods.len() as u32).collect();
        let key = |row: u32| {
            let (row, good) = (row as usize, &self.goods[row as usize]);
            (&self.titles[row], good.price)
        };
        order.par_sort_unstable_by(|&a, &b| key(a).cmp(&key(b)).then(a.cmp(&b)));
        order
    }

    /// Every token of a prefix, sorted.
    fn prefixes(&self, order: &[u32]) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (&row, place) in order.iter().zip(0..) {
            let (row, category) = (row as usize, self.category[row as usize]);
            let length = self.titles[row].len();
            let prefix = length - (ALIKE * length).div_ceil(10) + 1;
            let tokens = self.titles[row].iter().take(prefix);
            entries.extend(tokens.map(|&token| Entry {
                category,
                token,
                place,
            }));
        }
        entries.par_sort_unstable();
        entries
    }
}

/// That a good has a token in its prefix.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Entry {
    category: u32,
    token: u32,
    /// Of the good, in the order of titles.
    place: u32,
}

/// Whether prices are as near as those of equivalents; unknown ones are.
fn are_near(a: u64, b: u64) -> bool {
    let (low, high) = (a.min(b), a.max(b));
    low == 0 || high <= low.saturating_mul(DEARER)
}

/// How many members two ascending lists share.
fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        count += usize::from(a[i] == b[j]);
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
    }
    count
}

/// Whether two goods say different things under the same name.
fn contradict(a: &[(u32, u32)], b: &[(u32, u32)]) -> bool {
    let value = |name: u32| {
        let found = b.binary_search_by_key(&name, |&(name, _)| name);
        found.ok().map(|i| b[i].1)
    };
    a.iter()
        .any(|&(name, theirs)| value(name).is_some_and(|ours| ours != theirs))
}

/// Joins the goods of each pair in turn where any two of both groups stand for
/// each other. The groups of two and more, rows ascending, in the order of their
/// first.
fn join(likeness: &Likeness<'_>, pairs: Vec<Pair>) -> Vec<Vec<u32>> {
    let goods = likeness.goods.len();
    let mut group_of: Vec<u32> = (0..goods as u32).collect();
    let mut groups: Vec<Vec<u32>> = (0..goods as u32).map(|row| vec![row]).collect();
    for Pair { rows, .. } in pairs {
        let [a, b] = rows.map(|row| group_of[row as usize] as usize);
        let (to, from) = match groups[a].len() >= groups[b].len() {
            true => (a, b),
            false => (b, a),
        };
        if a == b || !can_join(likeness, &groups[to], &groups[from]) {
            continue;
        }
        let moved = std::mem::take(&mut groups[from]);
        for &row in &moved {
            group_of[row as usize] = to as u32;
        }
        groups[to].extend(moved);
    }
    groups.retain(|group| group.len() > 1);
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.sort_unstable();
    groups
}

fn can_join(likeness: &Likeness<'_>, a: &[u32], b: &[u32]) -> bool {
    let stands = |&x: &u32| b.iter().all(|&y| likeness.alike(x, y).is_some());
    a.len() + b.len() <= MOST && a.iter().all(stands)
}

/// The titles' tokens, numbered anew from the rarest.
fn rarest_first(catalog: &Catalog) -> Vec<Vec<u32>> {
    let (mut titles, frequency) = title_tokens(catalog);
    let mut order: Vec<u32> = (0..frequency.len() as u32).collect();
    order.sort_by_key(|&token| frequency[token as usize]);
    let mut places = vec![0; order.len()];
    for (&token, place) in order.iter().zip(0..) {
        places[token as usize] = place;
    }
    for title in &mut titles {
        title
            .iter_mut()
            .for_each(|token| *token = places[*token as usize]);
        title.sort_unstable();
    }
    titles
}

/// Numbers for texts, in the order they come.
#[derive(Default)]
struct Numbers(BTreeMap<String, u32>);

impl Numbers {
    fn of(&mut self, text: String) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(text).or_insert(next)
    }
}

/// What each good says of itself that another may contradict: its attributes but
/// colours, and under the name "" the numbers of its titles.
fn facts(catalog: &Catalog) -> Vec<Vec<(u32, u32)>> {
    let (mut names, mut values) = (Numbers::default(), Numbers::default());
    let attributes = catalog.text_fields.iter().position(|f| f == "attributes");
    let titles = catalog
        .text_fields
        .iter()
        .take_while(|f| f.starts_with("title"));
    let titles = titles.count();
    let of = |good: &Good| {
        let mut said = attributes.map_or_else(BTreeMap::new, |f| said(&good.texts[f]));
        said.insert(String::new(), digits(&good.texts[..titles]));
        said.retain(|_, value| !value.is_empty());
        let mut facts: Vec<(u32, u32)> = said
            .into_iter()
            .map(|(name, value)| (names.of(name), values.of(value)))
            .collect();
        facts.sort_unstable();
        facts
    };
    catalog.goods.iter().map(of).collect()
}

/// The attributes of a JSON object, as they are said without case and spaces:
/// `750 ml` and `750ML` are the same.
fn said(json: &str) -> BTreeMap<String, String> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(json) else {
        return BTreeMap::new();
    };
    let plain = |text: &str| normalise(&text.split_whitespace().collect::<String>());
    let pairs = object
        .iter()
        .map(|(name, value)| (plain(name), plain(&written(value))));
    pairs.filter(|(name, _)| !is_colour(name)).collect()
}

/// A value as text; a whole number as such, whichever way it is written.
fn written(value: &serde_json::Value) -> String {
    use serde_json::Value;
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Number(number) => number.as_f64().unwrap_or_default().to_string(),
        other => other.to_string(),
    }
}

fn is_colour(name: &str) -> bool {
    ["color", "colour", "颜色"]
        .iter()
        .any(|word| name.contains(word))
}

/// The runs of digits in titles, each once, ascending.
fn digits(titles: &[String]) -> String {
    let text = titles.iter().map(|title| normalise(title));
    let text = text.collect::<Vec<_>>().join(" ");
    let runs: BTreeSet<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty())
        .collect();
    runs.into_iter().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use goodsrank::search::tokens;
    use proptest::prelude::*;

    /// Title, category, supplier, price and attributes.
    type Row<'a> = (&'a str, &'a str, &'a str, u64, &'a str);

    fn catalog(rows: &[Row<'_>]) -> Catalog {
        let good = |&(title, category, supplier, price, attributes): &Row<'_>| Good {
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

    fn equivalents(catalog: &Catalog) -> Equivalents {
        Equivalents::new(catalog, &catalog.category_table().1)
    }

    /// Groups of goods with these titles, of which nothing else is known.
    fn groups(titles: &[&str]) -> Vec<u64> {
        let rows: Vec<Row<'_>> = titles.iter().map(|&t| (t, "", "", 0, "")).collect();
        equivalents(&catalog(&rows)).group
    }

    #[test]
    fn the_same_thing_of_several_suppliers_is_a_group() {
        let title = "Porcelain tea cup with lid, hand painted, dishwasher proof";
        let size = r#"{"volume": "300 ml", "colour": "blue"}"#;
        let catalog = catalog(&[
            ("Bamboo tray", "kitchen", "a", 900, ""),
            (title, "kitchen", "a", 1000, size),
            (
                title,
                "kitchen",
                "b",
                3000,
                r#"{"Volume": "300ML", "colour": "red"}"#,
            ),
            (title, "kitchen", "b", 1000, r#"{"volume": "200 ml"}"#), // another size
            (title, "kitchen", "c", 3001, size), // more than three times as dear
            (title, "gifts", "c", 1000, size),   // of another category
            (title, "kitchen", "", 0, ""),       // nothing is known that contradicts
        ]);
        assert_eq!(equivalents(&catalog).group, [0, 1, 1, 0, 0, 0, 1]);
    }

    #[test]
    fn titles_are_alike_that_share_seven_tokens_in_ten() {
        let of_seven = [
            "white hanging heart light holder with chain",
            "cream hanging heart light holder with chain", // six of eight
            "white hanging heart lamp holder on chain",    // five of nine
        ];
        assert_eq!(groups(&of_seven), [1, 1, 0]);
        assert_eq!(
            groups(&["乌龙茶", "乌龙茶", "红茶", "", ""]),
            [1, 1, 0, 0, 0]
        );
    }

    #[test]
    fn numbers_in_titles_are_sizes_and_counts() {
        let titles = [
            "set of 6 hand painted porcelain tea cups with lid",
            "set of 7 hand painted porcelain tea cups with lid",
            "set of 6 hand painted porcelain tea cups and lid",
        ];
        assert_eq!(groups(&titles), [1, 0, 1]);
        assert_eq!(
            digits(&["１.5 kg, 2 x 10".into(), "1.5kg".into()]),
            "1 10 2 5"
        );
    }

    #[test]
    fn attributes_say_the_same_whichever_way_they_are_written() {
        let said = |json: &str| said(json).into_iter().collect::<Vec<_>>();
        let pair = |name: &str, value: &str| vec![(name.into(), value.into())];
        assert_eq!(
            said(r#"{"Net Weight": " 1.5 KG"}"#),
            pair("netweight", "1 5kg")
        );
        assert_eq!(said(r#"{"ml": 750.0}"#), said(r#"{"ml": "750"}"#));
        assert_eq!(said(r#"{"Color": "red", "颜色分类": "红"}"#), []);
        assert_eq!(said("blue"), []);
        let lists = |json: &str| facts(&catalog(&[("", "", "", 0, json)]));
        assert_eq!(lists(r#"{"size": null, "make": ""}"#), [[]], "unknown");
    }

    /// A title of ten words, from this one on: neighbours share nine of eleven.
    fn ten_from(word: usize) -> String {
        let words = (word..word + 10).map(|n| (b'a' + n as u8) as char);
        words.map(|c| format!("{c} ")).collect()
    }

    #[test]
    fn a_chain_of_small_steps_is_not_one_group() {
        let titles: Vec<String> = (0..4).map(ten_from).collect();
        let titles: Vec<&str> = titles.iter().map(String::as_str).collect();
        // One step apart they are alike, two steps apart they are not (8 of 12).
        assert_eq!(groups(&titles), [1, 1, 2, 2]);
    }

    #[test]
    fn a_thousand_goods_that_are_called_the_same_are_several_groups() {
        let mut groups = groups(&vec!["porcelain tea cup"; 1000]);
        groups.sort_unstable();
        let sizes: Vec<usize> = groups.chunk_by(|a, b| a == b).map(<[_]>::len).collect();
        assert_eq!(sizes, [256, 256, 256, 232]);
    }

    fn ranks(prices: &[(u64, &str)]) -> Vec<u8> {
        let rows: Vec<Row<'_>> = prices
            .iter()
            .map(|&(price, by)| ("tea cup", "", by, price, ""))
            .collect();
        equivalents(&catalog(&rows)).price_rank
    }

    #[test]
    fn the_cheapest_is_first_and_equal_prices_share_their_middle() {
        let prices = [(300, "a"), (100, "b"), (200, "a"), (150, "c")];
        assert_eq!(ranks(&prices), [255, 1, 170, 85]);
        let prices = [(300, "a"), (100, "b"), (100, "a"), (0, "c"), (150, "c")];
        assert_eq!(ranks(&prices), [255, 43, 43, 0, 170], "0 is no price");
        assert_eq!(
            ranks(&[(100, "a"), (100, "b"), (100, "a"), (100, "b")]),
            [128; 4]
        );
    }

    #[test]
    fn few_prices_or_one_supplier_are_not_compared() {
        assert_eq!(ranks(&[(1, "a"), (2, "b"), (3, "c"), (0, "d")]), [0; 4]);
        assert_eq!(
            ranks(&[(100, "a"), (110, "a"), (120, "a"), (130, "a")]),
            [0; 4]
        );
        assert_eq!(
            ranks(&[(100, "a"), (110, ""), (120, ""), (130, "")]),
            [0; 4]
        );
    }

    /// How alike two goods are by the definition, if they stand for each other.
    fn naive_alike(a: &Good, b: &Good) -> Option<f64> {
        let words = |g: &Good| tokens(&g.texts[0]).into_iter().collect::<BTreeSet<_>>();
        let numbers = |g: &Good| digits(&g.texts[..1]);
        let (x, y) = (words(a), words(b));
        let alike = x.intersection(&y).count() as f64 / x.union(&y).count() as f64;
        let (said_a, said_b) = (said(&a.texts[1]), said(&b.texts[1]));
        let differ = |(name, v): (&String, &String)| {
            said_b
                .get(name)
                .is_some_and(|w| !v.is_empty() && !w.is_empty() && v != w)
        };
        let stand = a.category == b.category
            && alike >= 0.7
            && !said_a.iter().any(differ)
            && (numbers(a) == numbers(b)
                || numbers(a).is_empty()
                || numbers(b).is_empty())
            && (a.price == 0 || b.price == 0)
                | (a.price <= 3 * b.price && b.price <= 3 * a.price);
        stand.then_some(alike)
    }

    /// Every pair looked at, every group searched for.
    fn naive(goods: &[Good]) -> Vec<u64> {
        let mut pairs = Vec::new();
        for b in 0..goods.len() {
            let alike = |a| Some((naive_alike(&goods[a], &goods[b])?, a, b));
            pairs.extend((0..b).filter_map(alike));
        }
        pairs.sort_by(|x, y| y.0.total_cmp(&x.0).then((x.1, x.2).cmp(&(y.1, y.2))));
        let mut groups: Vec<BTreeSet<usize>> =
            (0..goods.len()).map(|row| BTreeSet::from([row])).collect();
        for (_, a, b) in pairs {
            let place = |row| groups.iter().position(|g| g.contains(&row)).unwrap();
            let (to, from) = (place(a).min(place(b)), place(a).max(place(b)));
            let stand = |&x: &usize| {
                let others = &groups[from];
                others
                    .iter()
                    .all(|&y| naive_alike(&goods[x], &goods[y]).is_some())
            };
            if to != from && groups[to].iter().all(stand) {
                let moved = groups.remove(from);
                groups[to].extend(moved);
            }
        }
        groups.retain(|group| group.len() > 1);
        groups.sort_by_key(|group| *group.first().unwrap());
        let of = |row: usize| groups.iter().position(|g| g.contains(&row));
        (0..goods.len())
            .map(|row| of(row).map_or(0, |n| n as u64 + 1))
            .collect()
    }

    proptest! {
        #[test]
        fn groups_meet_their_definition(
            goods in prop::collection::vec(
                (
                    prop::collection::vec(0usize..9, 0..9),
                    0usize..2,
                    prop::sample::select(vec![0u64, 10, 25, 40, 80]),
                    0usize..4,
                ),
                0..40,
            )
        ) {
            let words = ["tea", "cup", "lid", "blue", "茶杯", "大红袍", "250g", "6", "of"];
            let said = ["", r#"{"size": "L"}"#, r#"{"size": "XL", "make": 1}"#, "{\"make\": 1.0}"];
            let title = |picks: &[usize]| picks.iter().map(|&w| words[w]).collect::<Vec<_>>().join(" ");
            let titles: Vec<String> = goods.iter().map(|g| title(&g.0)).collect();
            let rows: Vec<Row<'_>> = goods
                .iter()
                .zip(&titles)
                .map(|(g, title)| (title.as_str(), ["", "tea"][g.1], "", g.2, said[g.3]))
                .collect();
            let catalog = catalog(&rows);
            prop_assert_eq!(equivalents(&catalog).group, naive(&catalog.goods));
        }
    }
}
