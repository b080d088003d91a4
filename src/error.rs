//! The one error type, sorted by who must act.
//!
//! Every message says what was expected, what was found and what to do. A
//! [`code`](Error::code) is stable; the wording of a message is not, though
//! tests pin it so that it changes on purpose.

use std::fmt;

use crate::show::quoted;

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, and who can mend it.
///
/// One pointer wide: errors are rare, and a [`Kind`] by value in every result
/// makes the WebAssembly module a tenth larger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Kind>);

/// The kinds of [`Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Kind {
    /// The bytes are no shard at all.
    NotAShard {
        /// The first bytes found, eight at most.
        found: Vec<u8>,
    },
    /// The bytes end too soon.
    Truncated {
        /// What was being read.
        what: &'static str,
        /// Bytes needed.
        expected: u64,
        /// Bytes there.
        found: u64,
    },
    /// The bytes are a shard, but break the format.
    Damaged {
        /// The section or structure at fault.
        what: String,
        /// What the format asks for.
        expected: String,
        /// What the bytes say.
        found: String,
    },
    /// The shard is sound but of a kind that this version does not read.
    Unsupported {
        /// What is not supported.
        what: String,
        /// What is.
        expected: String,
        /// What the shard has.
        found: String,
    },
    /// What is needed of a shard is not here.
    NotLoaded {
        /// The section, or "texts".
        what: String,
    },
    /// A query is wrong.
    BadQuery {
        /// The field at fault, as `rules.priceMin`.
        field: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What it was.
        found: String,
    },
    /// A policy's weight is wrong.
    BadPolicy {
        /// The weight's name.
        weight: &'static str,
        /// What it was.
        found: String,
    },
    /// A CSV file cannot be read.
    BadCsv {
        /// Line, the header being 1.
        line: u64,
        /// Column, or what stands for it.
        column: String,
        /// What was expected there.
        expected: String,
        /// What was found there.
        found: String,
    },
    /// A shop is not among the shard's public shops.
    UnknownShop {
        /// The id asked for.
        id: String,
    },
    /// A good is not in the shard.
    UnknownGood {
        /// The id asked for.
        id: String,
    },
    /// A text rule on a shard without search postings.
    NotSearchable,
    /// Something is larger than a limit.
    Limit {
        /// What was counted.
        what: &'static str,
        /// The most there may be.
        limit: u64,
        /// How much there was.
        found: u64,
    },
}

impl Error {
    /// The stable name of this kind of error, the same in Rust, JS and `--json`.
    pub fn code(&self) -> &'static str {
        match self.kind() {
            Kind::NotAShard { .. } => "not_a_shard",
            Kind::Truncated { .. } => "truncated",
            Kind::Damaged { .. } => "damaged",
            Kind::Unsupported { .. } => "unsupported",
            Kind::NotLoaded { .. } => "not_loaded",
            Kind::BadQuery { .. } => "bad_query",
            Kind::BadPolicy { .. } => "bad_policy",
            Kind::BadCsv { .. } => "bad_csv",
            Kind::UnknownShop { .. } => "unknown_shop",
            Kind::UnknownGood { .. } => "unknown_good",
            Kind::NotSearchable => "not_searchable",
            Kind::Limit { .. } => "limit",
        }
    }

    pub(crate) fn is_not_loaded(&self) -> bool {
        matches!(self.kind(), Kind::NotLoaded { .. })
    }

    /// What kind of error this is, with its particulars.
    pub fn kind(&self) -> &Kind {
        &self.0
    }

    #[cold]
    pub(crate) fn damaged(
        what: impl Into<String>,
        expected: impl Into<String>,
        found: impl Into<String>,
    ) -> Error {
        Kind::Damaged {
            what: what.into(),
            expected: expected.into(),
            found: found.into(),
        }
        .into()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::NotAShard { found } => write!(
                f,
                "not a shard: expected the magic \\x89GRS\\r\\n\\x1a\\n, found {}; give a .grs \
                 file that `goodsrank build` wrote, and see that the server sends it as it is",
                Hex(found)
            ),
            Kind::Truncated {
                what,
                expected,
                found,
            } => write!(
                f,
                "truncated shard: {what} needs {expected} bytes, found {found}; download the \
                 shard again"
            ),
            Kind::Damaged {
                what,
                expected,
                found,
            } => write!(
                f,
                "damaged shard: {what}: expected {expected}, found {found}; download the shard \
                 again, or build it anew"
            ),
            Kind::Unsupported {
                what,
                expected,
                found,
            } => write!(
                f,
                "unsupported shard: {what}: this version reads {expected}, found {found}; \
                 update goodsrank, or build the shard with this version"
            ),
            Kind::NotLoaded { what } => write!(
                f,
                "not loaded: {what}: expected its bytes in memory, found none; bring what is \
                 missing and ask again"
            ),
            Kind::BadQuery {
                field,
                expected,
                found,
            } => {
                write!(f, "bad query: {field}: expected {expected}, found {found}")
            }
            Kind::BadPolicy { weight, found } => write!(
                f,
                "bad policy: weight {weight}: expected a finite number from 0 to 100, found \
                 {found}"
            ),
            Kind::BadCsv {
                line,
                column,
                expected,
                found,
            } => {
                write!(
                    f,
                    "bad CSV: line {line}, {column}: expected {expected}, found {found}"
                )
            }
            Kind::UnknownShop { id } => write!(
                f,
                "unknown shop {}: it is not among the shard's public shops; give its sales \
                 instead, or build with --publish-shops",
                quoted(id)
            ),
            Kind::UnknownGood { id } => {
                write!(
                    f,
                    "unknown good {}: the shard has no good of this id",
                    quoted(id)
                )
            }
            Kind::NotSearchable => write!(
                f,
                "not searchable: the shard has no search postings, which the text rule needs; \
                 build it without --no-search"
            ),
            Kind::Limit { what, limit, found } => {
                write!(f, "limit: at most {limit} {what}, found {found}")
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<Kind> for Error {
    #[cold]
    fn from(kind: Kind) -> Error {
        Error(Box::new(kind))
    }
}

/// Bytes as hex, with a word for none.
struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("no bytes");
        }
        for (i, byte) in self.0.iter().enumerate() {
            write!(f, "{}{byte:02x}", if i > 0 { " " } else { "" })?;
        }
        Ok(())
    }
}
