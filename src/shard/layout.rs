//! Numbers of the format: header, directory entry, sections.

use super::hash;

/// First bytes of every shard.
pub const MAGIC: [u8; 8] = *b"\x89GRS\r\n\x1a\n";
/// Major and minor version that are written.
pub const VERSION: (u16, u16) = (1, 3);
/// The most goods a shard may hold.
pub const MAX_GOODS: u32 = 1 << 24;
/// The most factors a good may have: their products with a profile's then sum
/// within 32 bits.
pub const MAX_FACTORS: u64 = 256;
/// The most bytes an id may have.
pub const MAX_ID_LEN: usize = 64;

pub(crate) const HEADER_LEN: usize = 128;
pub(crate) const HEADER_HASHED: usize = 64;
pub(crate) const ENTRY_LEN: usize = 64;
pub(crate) const MAX_SECTIONS: u32 = 240;
pub(crate) const ALIGN: u64 = 64;
pub(crate) const MAX_FILE_LEN: u64 = u32::MAX as u64;
pub(crate) const CRITICAL: u8 = 1;
/// Optional feature: built with `k = 1`, so figures of single shops show.
pub(crate) const NOT_FOR_PUBLICATION: u32 = 1;

/// Declares the sections once: number, name in messages, critical or not.
macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $text:literal, $critical:literal;)*) => {
        /// A section of a shard, by its number in the format.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u16)]
        pub enum Section {
            $($(#[$doc])* $name = $number,)*
        }

        impl Section {
            /// Every section this version knows, in file order.
            pub const ALL: &'static [Section] = &[$(Section::$name,)*];

            /// The name in messages and in `goodsrank inspect`.
            pub fn name(self) -> &'static str {
                Section::NAMES[self.place()]
            }

            const NAMES: &[&str] = &[$($text,)*];
            const NUMBERS: &[u16] = &[$($number,)*];
            const CRITICAL: &[bool] = &[$($critical,)*];

            /// Its place among all of them. Tables, because a match of each is
            /// a thousand bytes of WebAssembly.
            fn place(self) -> usize {
                Section::NUMBERS.partition_point(|&number| number < self as u16)
            }

            /// The least minor version that has it.
            pub(crate) fn since(self) -> u16 {
                match self as u16 {
                    53..=58 | 88..=93 => 1,
                    31..=47 | 59..=61 | 70..=71 | 76..=77 | 94..=101 => 2,
                    62..=63 | 87 => 3,
                    _ => 0,
                }
            }

            pub(crate) fn is_critical(self) -> bool {
                Section::CRITICAL[self.place()]
            }

            pub(crate) fn from_number(number: u16) -> Option<Section> {
                let place = Section::NUMBERS.binary_search(&number).ok()?;
                Some(Section::ALL[place])
            }
        }
    };
}

sections! {
    /// What was learned that is global to the catalog.
    Model = 1, "model", true;
    /// Ends of the goods' ids.
    IdEnds = 16, "good id ends", true;
    /// Bytes of the goods' ids.
    Ids = 17, "good ids", true;
    /// Minor units.
    Price = 18, "price", false;
    /// Row of the category table.
    Category = 19, "category", false;
    /// Ends of the category paths.
    CategoryPathEnds = 20, "category path ends", false;
    /// Bytes of the category paths.
    CategoryPaths = 21, "category paths", false;
    /// Row of the supplier table.
    Supplier = 22, "supplier", false;
    /// Ends of the supplier ids.
    SupplierIdEnds = 23, "supplier id ends", false;
    /// Bytes of the supplier ids.
    SupplierIds = 24, "supplier ids", false;
    /// Ends of the supplier names.
    SupplierNameEnds = 25, "supplier name ends", false;
    /// Bytes of the supplier names.
    SupplierNames = 26, "supplier names", false;
    /// Slow temperature, milli-nats.
    Temperature = 27, "temperature", false;
    /// Fast temperature, milli-nats.
    TemperatureFast = 28, "fast temperature", false;
    /// Minimum order quantity.
    Moq = 29, "moq", false;
    /// Lead time in days, plus one.
    LeadTime = 30, "lead time", false;
    /// Good reviews.
    ReviewGood = 31, "good reviews", false;
    /// Of so many reviews.
    ReviewCount = 32, "reviews", false;
    /// Pieces sent back.
    Returned = 33, "returned pieces", false;
    /// Of so many that returns were counted of.
    ReturnCount = 34, "pieces beside returns", false;
    /// Orders that the supplier filled.
    Filled = 35, "filled orders", false;
    /// Of so many orders.
    FillCount = 36, "orders", false;
    /// Parcels picked up within a day.
    PickedUp = 37, "parcels picked up", false;
    /// Of so many parcels.
    PickUpCount = 38, "parcels", false;
    /// Pieces in stock, plus one.
    Stock = 39, "stock", false;
    /// Group of goods that stand for each other, from 1.
    Equivalents = 40, "equivalents", false;
    /// Place of the price among equivalents: 1 the cheapest, 255 the dearest.
    PriceRank = 41, "price rank", false;
    /// Hundredths of pieces that a shop with the good sells in 30 days.
    Demand = 42, "demand", false;
    /// Pieces sold in the last 30 days.
    MonthSales = 43, "sales of 30 days", false;
    /// Shops that sell the good.
    Sellers = 44, "sellers", false;
    /// Of those, the ones that bought it again.
    Repeats = 45, "shops that bought again", false;
    /// Day of the first event, days since 1970.
    FirstSeen = 46, "first seen", false;
    /// 1 where the catalog suspects an infringed brand.
    BrandFlag = 47, "brand flag", false;
    /// Raw fit before any neighbour speaks.
    Background = 48, "background", false;
    /// Ends of the goods' neighbour lists.
    NeighbourEnds = 49, "neighbour ends", false;
    /// Rows of the neighbours.
    Neighbours = 50, "neighbours", false;
    /// Weights of the neighbours.
    NeighbourWeights = 51, "neighbour weights", false;
    /// Scale of each good's list.
    NeighbourScales = 52, "neighbour scales", false;
    /// What a good of the profile gives to each factor.
    FactorsIn = 53, "factors in", false;
    /// Scale of each good's factors in.
    FactorInScales = 54, "factor in scales", false;
    /// What a ranked good takes from each factor.
    FactorsOut = 55, "factors out", false;
    /// Scale of each good's factors out.
    FactorOutScales = 56, "factor out scales", false;
    /// What a good of a short profile gives to each factor.
    YoungFactorsIn = 57, "young factors in", false;
    /// Scale of each good's young factors in.
    YoungFactorInScales = 58, "young factor in scales", false;
    /// Endorsements of the good and its supplier.
    Endorsements = 59, "endorsements", false;
    /// What is usual in the catalog.
    Usual = 60, "usual supply", false;
    /// Share of first touches that another caused, in 255ths, plus one.
    Spread = 61, "spread", false;
    /// 1 for a good of another shard, here for what it says of this one's.
    Speaks = 62, "speaks", true;
    /// Mean ln price of each category in all shards.
    CategoryPrices = 63, "category prices", false;
    /// Sorted GTIN keys.
    GtinKeys = 64, "gtin keys", false;
    /// Row of each GTIN key.
    GtinGoods = 65, "gtin goods", false;
    /// Sorted supplier and SKU keys.
    SkuKeys = 66, "sku keys", false;
    /// Row of each SKU key.
    SkuGoods = 67, "sku goods", false;
    /// Sorted title keys.
    TitleKeys = 68, "title keys", false;
    /// Row of each title key.
    TitleGoods = 69, "title goods", false;
    /// Day that the counts were taken, days since 1970.
    EvidenceAt = 70, "evidence at", false;
    /// Twelve factors of each category, thousandths.
    Seasons = 71, "seasons", false;
    /// Ends of the search tokens.
    TokenEnds = 72, "token ends", false;
    /// Bytes of the search tokens.
    Tokens = 73, "tokens", false;
    /// Ends of the posting lists.
    PostingEnds = 74, "posting ends", false;
    /// Varint posting lists.
    Postings = 75, "postings", false;
    /// Slow temperature of each category with its subtree, milli-nats.
    CategoryTemperature = 76, "category temperature", false;
    /// Fast temperature of each category with its subtree, milli-nats.
    CategoryTemperatureFast = 77, "fast category temperature", false;
    /// Ends of the public shops' ids.
    ShopIdEnds = 80, "shop id ends", false;
    /// Bytes of the public shops' ids.
    ShopIds = 81, "shop ids", false;
    /// Ends of the public shops' names.
    ShopNameEnds = 82, "shop name ends", false;
    /// Bytes of the public shops' names.
    ShopNames = 83, "shop names", false;
    /// Ends of the public shops' profiles.
    ProfileEnds = 84, "profile ends", false;
    /// Goods of the public shops' profiles.
    ProfileGoods = 85, "profile goods", false;
    /// Weights of the public shops' profiles.
    ProfileWeights = 86, "profile weights", false;
    /// Sum of the weights of each public shop in all shards.
    ShopMass = 87, "shop mass", false;
    /// What a shop that has a good gives to each factor.
    ShopFactorsIn = 88, "shop factors in", false;
    /// Scale of each shop's factors in.
    ShopFactorInScales = 89, "shop factor in scales", false;
    /// What a ranked shop takes from each factor.
    ShopFactorsOut = 90, "shop factors out", false;
    /// Scale of each shop's factors out.
    ShopFactorOutScales = 91, "shop factor out scales", false;
    /// Raw fit of a shop before any other speaks.
    ShopBackground = 92, "shop background", false;
    /// From a shop's raw fit to ln P: the floor, then the knots.
    ShopCalibration = 93, "shop calibration", false;
    /// Slow temperature of each public shop, milli-nats.
    ShopTemperature = 94, "shop temperature", false;
    /// Fast temperature of each public shop, milli-nats.
    ShopTemperatureFast = 95, "fast shop temperature", false;
    /// Row of the brand table.
    Brand = 96, "brand", false;
    /// Ends of the brands.
    BrandEnds = 97, "brand ends", false;
    /// Bytes of the brands.
    Brands = 98, "brands", false;
    /// Row of the table of destinations.
    ShipsTo = 99, "ships to", false;
    /// Ends of the lists of destinations.
    DestinationEnds = 100, "destination ends", false;
    /// Bytes of the lists of destinations.
    Destinations = 101, "destinations", false;
    /// Names of the text fields.
    TextFields = 128, "text fields", false;
    /// Index of the text blocks.
    TextBlocks = 129, "text blocks", false;
    /// Compressed text blocks.
    Text = 130, "text", false;
}

/// What the elements of a section are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Element {
    Bytes = 0,
    U8 = 1,
    U16 = 2,
    U32 = 3,
    U64 = 4,
    I16 = 5,
    I32 = 6,
    F32 = 7,
    F64 = 8,
    I8 = 9,
}

impl Element {
    const ALL: [Element; 10] = [
        Element::Bytes,
        Element::U8,
        Element::U16,
        Element::U32,
        Element::U64,
        Element::I16,
        Element::I32,
        Element::F32,
        Element::F64,
        Element::I8,
    ];

    pub(crate) fn from_number(number: u8) -> Option<Element> {
        Element::ALL.get(usize::from(number)).copied()
    }

    pub(crate) fn size(self) -> u64 {
        match self {
            Element::Bytes | Element::U8 | Element::I8 => 1,
            Element::U16 | Element::I16 => 2,
            Element::U32 | Element::I32 | Element::F32 => 4,
            Element::U64 | Element::F64 => 8,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Element::Bytes => "bytes",
            Element::U8 => "u8",
            Element::U16 => "u16",
            Element::U32 => "u32",
            Element::U64 => "u64",
            Element::I16 => "i16",
            Element::I32 => "i32",
            Element::F32 => "f32",
            Element::F64 => "f64",
            Element::I8 => "i8",
        }
    }
}

/// One directory entry, as read or about to be written.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) number: u16,
    pub(crate) flags: u8,
    pub(crate) element: u8,
    pub(crate) offset: u64,
    pub(crate) length: u64,
    pub(crate) hash: [u8; 32],
}

impl Entry {
    pub(crate) fn to_bytes(&self) -> [u8; ENTRY_LEN] {
        let mut out = [0; ENTRY_LEN];
        out[0..2].copy_from_slice(&self.number.to_le_bytes());
        out[2] = self.flags;
        out[3] = self.element;
        out[8..16].copy_from_slice(&self.offset.to_le_bytes());
        out[16..24].copy_from_slice(&self.length.to_le_bytes());
        out[32..64].copy_from_slice(&self.hash);
        out
    }

    /// Reads an entry of exactly [`ENTRY_LEN`] bytes.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Entry {
        let mut hash = [0; 32];
        hash.copy_from_slice(&bytes[32..64]);
        Entry {
            number: u16_at(bytes, 0),
            flags: bytes[2],
            element: bytes[3],
            offset: u64_at(bytes, 8),
            length: u64_at(bytes, 16),
            hash,
        }
    }
}

/// The hash that the header holds: of its first half and the directory.
pub(crate) fn header_hash(header: &[u8], directory: &[u8]) -> [u8; 32] {
    hash(&[&header[..HEADER_HASHED], directory].concat())
}

pub(crate) fn u16_at(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

pub(crate) fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16_at(bytes, at)) | u32::from(u16_at(bytes, at + 2)) << 16
}

pub(crate) fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from(u32_at(bytes, at)) | u64::from(u32_at(bytes, at + 4)) << 32
}

pub(crate) fn f64_at(bytes: &[u8], at: usize) -> f64 {
    f64::from_bits(u64_at(bytes, at))
}
