//! What a section must be: its shape, checked by `open`, and the range of what
//! it holds, checked once when the section is first used.

use std::cmp::Ordering;

use super::bytes::Bytes;
use super::column::{Uints, f64s};
use super::layout::{Element, MAX_FACTORS, MAX_ID_LEN, Section};
use super::postings::check_postings;
use super::strings::{Strings, check_ends};
use super::text::check_blocks;
use super::{Calibration, Model, Shard, Usual};
use crate::SEVERAL;
use crate::error::{Error, Result};
use crate::show::{number, quoted};

/// The largest integer that JavaScript holds exactly.
const MAX_NUMBER: u64 = (1 << 53) - 1;
/// Factors of a category's seasons, and the greatest of them, thousandths: their
/// mean is 1.
const MONTHS: u64 = 12;
const MOST_SEASON: u64 = 1000 * MONTHS;

/// Element types a section may have.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Exactly(Element),
    Unsigned,
    /// u8, or i8 where weights may be negative.
    Weight,
}

/// How many elements a section must have.
#[derive(Clone, Copy)]
enum Count {
    Any,
    Goods,
    GoodsPlusOne,
    Like(Section),
    /// So many factors of every good.
    Factors,
    Shops,
    /// So many of every row of the category table.
    Categories(u64),
    /// So many factors of every public shop.
    ShopFactors,
}

fn shape(section: Section) -> (Kind, Count) {
    use Section as S;
    let bytes = Kind::Exactly(Element::Bytes);
    let ends = Kind::Exactly(Element::U32);
    match section {
        S::IdEnds | S::NeighbourEnds => (ends, Count::GoodsPlusOne),
        S::SupplierNameEnds => (ends, Count::Like(S::SupplierIdEnds)),
        S::ShopNameEnds | S::ProfileEnds => (ends, Count::Like(S::ShopIdEnds)),
        S::PostingEnds => (ends, Count::Like(S::TokenEnds)),
        S::CategoryPathEnds
        | S::SupplierIdEnds
        | S::TokenEnds
        | S::ShopIdEnds
        | S::BrandEnds
        | S::DestinationEnds => (ends, Count::Any),
        S::Price | S::Category | S::Supplier | S::Moq | S::LeadTime => {
            (Kind::Unsigned, Count::Goods)
        }
        S::ReviewGood | S::Returned | S::Filled | S::PickedUp | S::Stock => {
            (Kind::Unsigned, Count::Goods)
        }
        S::ReviewCount | S::ReturnCount | S::FillCount | S::PickUpCount => {
            (Kind::Unsigned, Count::Goods)
        }
        S::Equivalents | S::Demand | S::MonthSales | S::Sellers | S::Repeats => {
            (Kind::Unsigned, Count::Goods)
        }
        S::FirstSeen | S::Endorsements | S::EvidenceAt | S::Brand | S::ShipsTo => {
            (Kind::Unsigned, Count::Goods)
        }
        S::PriceRank | S::BrandFlag | S::Spread | S::Speaks => {
            (Kind::Exactly(Element::U8), Count::Goods)
        }
        S::CategoryPrices => (Kind::Exactly(Element::F64), Count::Categories(1)),
        S::ShopMass => (Kind::Exactly(Element::F64), Count::Shops),
        S::Seasons => (Kind::Unsigned, Count::Categories(MONTHS)),
        S::CategoryTemperature | S::CategoryTemperatureFast => {
            (Kind::Exactly(Element::I16), Count::Categories(1))
        }
        S::ShopTemperature | S::ShopTemperatureFast => {
            (Kind::Exactly(Element::I16), Count::Shops)
        }
        S::Usual => (Kind::Exactly(Element::F64), Count::Any),
        S::Temperature | S::TemperatureFast => {
            (Kind::Exactly(Element::I16), Count::Goods)
        }
        S::Background
        | S::NeighbourScales
        | S::FactorInScales
        | S::FactorOutScales
        | S::YoungFactorInScales => (Kind::Exactly(Element::F32), Count::Goods),
        S::Neighbours | S::ProfileGoods => (Kind::Unsigned, Count::Any),
        S::NeighbourWeights => (Kind::Weight, Count::Like(S::Neighbours)),
        S::FactorsIn => (Kind::Exactly(Element::I8), Count::Factors),
        S::ShopFactorsIn => (Kind::Exactly(Element::I8), Count::ShopFactors),
        S::ShopFactorsOut => (Kind::Exactly(Element::I8), Count::Like(S::ShopFactorsIn)),
        S::ShopFactorInScales | S::ShopFactorOutScales | S::ShopBackground => {
            (Kind::Exactly(Element::F32), Count::Shops)
        }
        S::ShopCalibration => (Kind::Exactly(Element::F64), Count::Any),
        S::FactorsOut | S::YoungFactorsIn => {
            (Kind::Exactly(Element::I8), Count::Like(S::FactorsIn))
        }
        S::GtinKeys | S::SkuKeys | S::TitleKeys => {
            (Kind::Exactly(Element::U64), Count::Any)
        }
        S::GtinGoods => (Kind::Unsigned, Count::Like(S::GtinKeys)),
        S::SkuGoods => (Kind::Unsigned, Count::Like(S::SkuKeys)),
        S::TitleGoods => (Kind::Unsigned, Count::Like(S::TitleKeys)),
        S::ProfileWeights => (Kind::Exactly(Element::F32), Count::Like(S::ProfileGoods)),
        S::Model
        | S::Ids
        | S::CategoryPaths
        | S::SupplierIds
        | S::SupplierNames
        | S::Tokens
        | S::Postings
        | S::ShopIds
        | S::ShopNames
        | S::Brands
        | S::Destinations
        | S::TextFields
        | S::TextBlocks
        | S::Text => (bytes, Count::Any),
    }
}

/// Sections of which a shard has all or none; the first group must be there.
const GROUPS: &[&[Section]] = &[
    &[
        Section::Model,
        Section::IdEnds,
        Section::Ids,
        Section::Price,
        Section::Category,
        Section::CategoryPathEnds,
        Section::CategoryPaths,
        Section::Supplier,
        Section::SupplierIdEnds,
        Section::SupplierIds,
        Section::SupplierNameEnds,
        Section::SupplierNames,
        Section::Temperature,
        Section::TemperatureFast,
        Section::Background,
        Section::NeighbourEnds,
        Section::Neighbours,
        Section::NeighbourWeights,
        Section::NeighbourScales,
    ],
    &[
        Section::FactorsIn,
        Section::FactorInScales,
        Section::FactorsOut,
        Section::FactorOutScales,
    ],
    &[Section::YoungFactorsIn, Section::YoungFactorInScales],
    &[Section::Speaks, Section::CategoryPrices],
    &[Section::ReviewGood, Section::ReviewCount],
    &[Section::Returned, Section::ReturnCount],
    &[Section::Filled, Section::FillCount],
    &[Section::PickedUp, Section::PickUpCount],
    &[Section::Sellers, Section::Repeats],
    &[
        Section::CategoryTemperature,
        Section::CategoryTemperatureFast,
    ],
    &[Section::ShopTemperature, Section::ShopTemperatureFast],
    &[Section::Brand, Section::BrandEnds, Section::Brands],
    &[
        Section::ShipsTo,
        Section::DestinationEnds,
        Section::Destinations,
    ],
    &[Section::GtinKeys, Section::GtinGoods],
    &[Section::SkuKeys, Section::SkuGoods],
    &[Section::TitleKeys, Section::TitleGoods],
    &[
        Section::TokenEnds,
        Section::Tokens,
        Section::PostingEnds,
        Section::Postings,
    ],
    &[
        Section::ShopIdEnds,
        Section::ShopIds,
        Section::ShopNameEnds,
        Section::ShopNames,
        Section::ProfileEnds,
        Section::ProfileGoods,
        Section::ProfileWeights,
    ],
    &[
        Section::ShopFactorsIn,
        Section::ShopFactorInScales,
        Section::ShopFactorsOut,
        Section::ShopFactorOutScales,
        Section::ShopBackground,
        Section::ShopCalibration,
    ],
    &[Section::TextFields, Section::TextBlocks, Section::Text],
];

/// Checks that what must be there is there, in its shape. Touches no section.
pub(super) fn structure<B: Bytes>(shard: &Shard<B>) -> Result<()> {
    for (i, group) in GROUPS.iter().enumerate() {
        let there = group.iter().filter(|&&s| shard.has(s)).count();
        if (i == 0 || there > 0) && there < group.len() {
            let missing = group.iter().find(|&&s| !shard.has(s));
            let name = missing.map_or("", |s| s.name());
            return Err(Error::damaged(
                "directory",
                format!("a section {name}"),
                "none",
            ));
        }
    }
    Section::ALL
        .iter()
        .try_for_each(|&section| check_shape(shard, section))
}

fn check_shape<B: Bytes>(shard: &Shard<B>, section: Section) -> Result<()> {
    let Some((element, count)) = shard.elements(section) else {
        return Ok(());
    };
    let (kind, wanted) = shape(section);
    let fits = match kind {
        Kind::Exactly(e) => e == element,
        Kind::Unsigned => {
            matches!(
                element,
                Element::U8 | Element::U16 | Element::U32 | Element::U64
            )
        }
        Kind::Weight => matches!(element, Element::U8 | Element::I8),
    };
    if !fits {
        let expected = match kind {
            Kind::Exactly(e) => e.name(),
            Kind::Unsigned => "u8, u16, u32 or u64",
            Kind::Weight => "u8 or i8",
        };
        return Err(Error::damaged(section.name(), expected, element.name()));
    }
    let goods = u64::from(shard.goods());
    let shops = shard.rows_of_table(Section::ShopIdEnds);
    let expected = match wanted {
        Count::Any => return Ok(()),
        Count::Factors => return factors(section, count, goods),
        Count::ShopFactors => return factors(section, count, shops),
        Count::Shops => shops,
        Count::Categories(each) => each * shard.rows_of_table(Section::CategoryPathEnds),
        Count::Goods => goods,
        Count::GoodsPlusOne => goods + 1,
        Count::Like(other) => shard.elements(other).map_or(0, |(_, count)| count),
    };
    if count == expected {
        return Ok(());
    }
    Err(Error::damaged(
        section.name(),
        format!("{expected} elements"),
        count.to_string(),
    ))
}

/// Every row has the same number of factors.
fn factors(section: Section, count: u64, rows: u64) -> Result<()> {
    if count <= rows * MAX_FACTORS && count.is_multiple_of(rows.max(1)) {
        return Ok(());
    }
    Err(Error::damaged(
        section.name(),
        format!("up to {MAX_FACTORS} elements in each of {rows} rows"),
        count.to_string(),
    ))
}

/// Checks the range of what a section holds. Its bytes match their hash.
pub(super) fn contents<B: Bytes>(shard: &Shard<B>, section: Section) -> Result<()> {
    use Section as S;
    let goods = u64::from(shard.goods());
    match section {
        S::Model => Model::from_bytes(shard.bytes(S::Model)?).map(|_| ()),
        S::Ids => {
            let ids = strings(shard, S::IdEnds, S::Ids)?;
            ascending(S::Ids, &ids, str::cmp)?;
            lengths(&ids)
        }
        S::CategoryPaths => table(shard, S::CategoryPathEnds, section, category_order),
        S::SupplierIds => table(shard, S::SupplierIdEnds, section, str::cmp),
        S::Brands => table(shard, S::BrandEnds, section, str::cmp),
        S::Destinations => table(shard, S::DestinationEnds, section, str::cmp),
        S::SupplierNames => strings(shard, S::SupplierNameEnds, section).map(|_| ()),
        S::Tokens => {
            ascending(section, &strings(shard, S::TokenEnds, section)?, str::cmp)
        }
        S::ShopIds => {
            ascending(section, &strings(shard, S::ShopIdEnds, section)?, str::cmp)
        }
        S::ShopNames => strings(shard, S::ShopNameEnds, section).map(|_| ()),
        S::Category => below(shard, section, shard.rows_of_table(S::CategoryPathEnds)),
        S::Supplier => below(shard, section, shard.rows_of_table(S::SupplierIdEnds)),
        S::Brand => below(shard, section, shard.rows_of_table(S::BrandEnds)),
        S::ShipsTo => below(shard, section, shard.rows_of_table(S::DestinationEnds)),
        S::Neighbours | S::GtinGoods | S::SkuGoods | S::TitleGoods | S::ProfileGoods => {
            below(shard, section, goods)
        }
        S::Price
        | S::Moq
        | S::LeadTime
        | S::ReviewCount
        | S::ReturnCount
        | S::FillCount
        | S::PickUpCount
        | S::Stock
        | S::Demand
        | S::MonthSales
        | S::Sellers
        | S::FirstSeen
        | S::EvidenceAt
        | S::Endorsements => below(shard, section, MAX_NUMBER + 1),
        S::ReviewGood => part(shard, section, S::ReviewCount),
        S::Returned => part(shard, section, S::ReturnCount),
        S::Filled => part(shard, section, S::FillCount),
        S::PickedUp => part(shard, section, S::PickUpCount),
        S::Repeats => part(shard, section, S::Sellers),
        // Whoever lists a group's goods counts up to the greatest number.
        S::Equivalents => below(shard, section, goods + 1),
        S::BrandFlag | S::Speaks => below(shard, section, 2),
        S::CategoryPrices | S::ShopMass if SEVERAL => not_negative(shard, section),
        S::CategoryPrices | S::ShopMass => Ok(()),
        S::Seasons => below(shard, section, MOST_SEASON + 1),
        S::Usual => Usual::from_bytes(shard.bytes(section)?).map(|_| ()),
        S::NeighbourEnds => ends(shard, section, S::Neighbours),
        S::ProfileEnds => ends(shard, section, S::ProfileGoods),
        S::PostingEnds => ends(shard, section, S::Postings),
        S::Background
        | S::NeighbourScales
        | S::FactorInScales
        | S::FactorOutScales
        | S::YoungFactorInScales
        | S::ShopFactorInScales
        | S::ShopFactorOutScales
        | S::ShopBackground => finite(shard, section, 0.0),
        S::ShopCalibration => Calibration::from_bytes(shard.bytes(section)?).map(|_| ()),
        S::ProfileWeights => finite(shard, section, f32::MIN_POSITIVE),
        S::GtinKeys | S::SkuKeys | S::TitleKeys => sorted_keys(shard, section),
        S::Postings => {
            let tokens = strings(shard, S::TokenEnds, S::Tokens)?;
            let list_ends = shard.bytes(S::PostingEnds)?;
            ends(shard, S::PostingEnds, S::Postings)?;
            check_postings(&tokens, shard.bytes(section)?, list_ends, shard.goods())
        }
        S::TextBlocks => {
            let text_len = shard.elements(S::Text).map_or(0, |(_, len)| len);
            check_blocks(shard.bytes(section)?, shard.goods(), text_len as usize)
        }
        S::TextFields => match std::str::from_utf8(shard.bytes(section)?) {
            Ok(_) => Ok(()),
            Err(_) => Err(Error::damaged(section.name(), "UTF-8", "other bytes")),
        },
        S::IdEnds
        | S::CategoryPathEnds
        | S::SupplierIdEnds
        | S::SupplierNameEnds
        | S::BrandEnds
        | S::DestinationEnds
        | S::Temperature
        | S::TemperatureFast
        | S::CategoryTemperature
        | S::CategoryTemperatureFast
        | S::ShopTemperature
        | S::ShopTemperatureFast
        | S::Spread
        | S::PriceRank
        | S::NeighbourWeights
        | S::FactorsIn
        | S::FactorsOut
        | S::YoungFactorsIn
        | S::ShopFactorsIn
        | S::ShopFactorsOut
        | S::TokenEnds
        | S::ShopIdEnds
        | S::ShopNameEnds
        | S::Text => Ok(()),
    }
}

/// Checks that no number is below 0 or infinite; NaN is unknown.
fn not_negative<B: Bytes>(shard: &Shard<B>, section: Section) -> Result<()> {
    let mut numbers = f64s(shard.bytes(section)?);
    match numbers.find(|&x| x < 0.0 || x.is_infinite()) {
        None => Ok(()),
        Some(x) => Err(Error::damaged(
            section.name(),
            "numbers from 0 up",
            number(x),
        )),
    }
}

/// Order of category paths: by byte, `/` below all others, so that a path is
/// followed by its subtree.
pub fn category_order(a: &str, b: &str) -> Ordering {
    let weight = |byte: u8| if byte == b'/' { 0 } else { u16::from(byte) + 1 };
    a.bytes().map(weight).cmp(b.bytes().map(weight))
}

fn strings<B: Bytes>(
    shard: &Shard<B>,
    ends: Section,
    bytes: Section,
) -> Result<Strings<'_>> {
    let (ends, text) = (shard.bytes(ends)?, shard.bytes(bytes)?);
    Strings::check(bytes.name(), ends, text)?;
    Ok(Strings::new(ends, text))
}

fn table<B: Bytes>(
    shard: &Shard<B>,
    ends: Section,
    bytes: Section,
    order: impl Fn(&str, &str) -> Ordering,
) -> Result<()> {
    let table = strings(shard, ends, bytes)?;
    if table.is_empty() || !table.get(0).is_empty() {
        return Err(Error::damaged(
            bytes.name(),
            "\"\" in row 0",
            "another text",
        ));
    }
    ascending(bytes, &table, order)
}

fn ascending(
    section: Section,
    table: &Strings<'_>,
    order: impl Fn(&str, &str) -> Ordering,
) -> Result<()> {
    let wrong = (1..table.len()).find(|&i| order(table.get(i - 1), table.get(i)).is_ge());
    match wrong {
        None => Ok(()),
        Some(i) => Err(Error::damaged(
            section.name(),
            "strictly ascending texts",
            format!(
                "{} after {}",
                quoted(table.get(i)),
                quoted(table.get(i - 1))
            ),
        )),
    }
}

fn lengths(ids: &Strings<'_>) -> Result<()> {
    match ids.iter().find(|id| id.is_empty() || id.len() > MAX_ID_LEN) {
        None => Ok(()),
        Some(id) => Err(Error::damaged(
            Section::Ids.name(),
            format!("1 to {MAX_ID_LEN} bytes each"),
            format!("{} bytes", id.len()),
        )),
    }
}

fn below<B: Bytes>(shard: &Shard<B>, section: Section, limit: u64) -> Result<()> {
    let column = shard.uints(section)?;
    if column.is_empty() || column.max() < limit {
        return Ok(());
    }
    let expected = format!("numbers below {limit}");
    Err(Error::damaged(
        section.name(),
        expected,
        column.max().to_string(),
    ))
}

/// Of each good no more than of the whole.
fn part<B: Bytes>(shard: &Shard<B>, section: Section, of: Section) -> Result<()> {
    let (parts, wholes) = (shard.uints(section)?, shard.uints(of)?);
    let wrong = parts
        .iter()
        .zip(wholes.iter())
        .find(|(part, whole)| part > whole);
    match wrong {
        None => Ok(()),
        Some((part, whole)) => Err(Error::damaged(
            section.name(),
            format!("at most {whole}, as many as {}", of.name()),
            part.to_string(),
        )),
    }
}

fn ends<B: Bytes>(shard: &Shard<B>, section: Section, list: Section) -> Result<()> {
    let members = shard.elements(list).map_or(0, |(_, count)| count);
    check_ends(section.name(), shard.bytes(section)?, members as usize)
}

fn finite<B: Bytes>(shard: &Shard<B>, section: Section, least: f32) -> Result<()> {
    let values = shard
        .bytes(section)?
        .as_chunks()
        .0
        .iter()
        .map(|&b| f32::from_le_bytes(b));
    match values
        .clone()
        .find(|&v| !(least..f32::INFINITY).contains(&v))
    {
        None => Ok(()),
        Some(v) => {
            let expected = if least > 0.0 {
                "finite numbers above 0"
            } else {
                "finite numbers, at least 0"
            };
            Err(Error::damaged(section.name(), expected, number(v.into())))
        }
    }
}

fn sorted_keys<B: Bytes>(shard: &Shard<B>, section: Section) -> Result<()> {
    let Uints::U64(keys) = shard.uints(section)? else {
        return Ok(());
    };
    if keys
        .windows(2)
        .all(|w| u64::from_le_bytes(w[0]) <= u64::from_le_bytes(w[1]))
    {
        return Ok(());
    }
    Err(Error::damaged(
        section.name(),
        "ascending keys",
        "a smaller key after a greater",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_followed_by_its_subtree() {
        let mut paths = [
            "food-gift",
            "food/tea",
            "food",
            "foo",
            "food/tea/oolong",
            "food/t",
            "",
        ];
        paths.sort_by(|a, b| category_order(a, b));
        assert_eq!(
            paths,
            [
                "",
                "foo",
                "food",
                "food/t",
                "food/tea",
                "food/tea/oolong",
                "food-gift"
            ]
        );
    }

    #[test]
    fn every_section_has_a_group_unless_it_stands_alone() {
        let alone = [
            Section::Moq,
            Section::LeadTime,
            Section::Stock,
            Section::Equivalents,
            Section::PriceRank,
            Section::Demand,
            Section::MonthSales,
            Section::FirstSeen,
            Section::BrandFlag,
            Section::Endorsements,
            Section::Usual,
            Section::Spread,
            Section::EvidenceAt,
            Section::Seasons,
            Section::ShopMass,
        ];
        for section in Section::ALL {
            let groups = GROUPS.iter().filter(|g| g.contains(section)).count();
            assert_eq!(groups, usize::from(!alone.contains(section)), "{section:?}");
        }
    }
}
