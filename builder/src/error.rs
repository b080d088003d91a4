//! What can go wrong outside the core: files, folders, what a catalog says.

use std::fmt;
use std::path::{Path, PathBuf};

/// A result of the builder.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong, with the file it went wrong in.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The operating system said no.
    Io {
        /// What was being done, as "read".
        doing: &'static str,
        /// To which file or folder.
        path: PathBuf,
        /// What it said.
        source: std::io::Error,
    },
    /// A file's content is at fault, or a query of it.
    File {
        /// The file.
        path: PathBuf,
        /// What the core says of it.
        source: goodsrank::Error,
    },
    /// A query is at fault.
    Query(goodsrank::Error),
    /// An option is out of its range.
    Option {
        /// The option on the command line.
        flag: &'static str,
        /// Its value.
        value: u64,
        /// Its least value.
        least: u64,
        /// Its largest value.
        most: u64,
    },
    /// The folder to write holds what no earlier run made.
    Occupied {
        /// The folder.
        path: PathBuf,
        /// What an earlier run would have made, as "sample".
        what: &'static str,
        /// How it can be told.
        because: String,
    },
    /// A key is at fault; the text says what to do.
    Key {
        /// The file, or what was given in its place.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// A signature is not there or not right; the text says what to do.
    Signature {
        /// The file.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
    /// The catalog does not hold together; the text says what to do.
    Catalog {
        /// The file or folder at fault.
        path: PathBuf,
        /// What is wrong and what to do.
        message: String,
    },
}

impl Error {
    /// As the core's codes; `io` and `bad_catalog` are the builder's own.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Io { .. } => "io",
            Error::File { source, .. } | Error::Query(source) => source.code(),
            Error::Option { .. } => "bad_option",
            Error::Occupied { .. } => "occupied",
            Error::Key { .. } => "bad_key",
            Error::Signature { .. } => "bad_signature",
            Error::Catalog { .. } => "bad_catalog",
        }
    }

    /// Turns what the system said of `path` into an error.
    pub fn io<'a>(
        doing: &'static str,
        path: &'a Path,
    ) -> impl FnOnce(std::io::Error) -> Error + 'a {
        move |source| Error::Io {
            doing,
            path: path.to_owned(),
            source,
        }
    }

    /// Turns what the core said of `path` into an error.
    pub fn file(path: &Path) -> impl FnOnce(goodsrank::Error) -> Error + '_ {
        move |source| Error::File {
            path: path.to_owned(),
            source,
        }
    }

    /// A fault of the catalog.
    pub fn catalog(path: &Path, message: impl Into<String>) -> Error {
        Error::Catalog {
            path: path.to_owned(),
            message: message.into(),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Io {
                doing,
                path,
                source,
            } => {
                write!(f, "cannot {doing} {}: {source}", path.display())
            }
            Error::File { path, source } => write!(f, "{}: {source}", path.display()),
            Error::Query(source) => source.fmt(f),
            Error::Option {
                flag,
                value,
                least,
                most,
            } => {
                write!(f, "{flag} must be from {least} to {most}, got {value}")
            }
            Error::Occupied {
                path,
                what,
                because,
            } => write!(
                f,
                "{} exists and is not an earlier {what} ({because}); name another folder or \
                 remove it",
                path.display()
            ),
            Error::Key { path, message }
            | Error::Signature { path, message }
            | Error::Catalog { path, message } => {
                write!(f, "{}: {message}", path.display())
            }
        }
    }
}

impl std::error::Error for Error {}

impl From<goodsrank::Error> for Error {
    fn from(source: goodsrank::Error) -> Error {
        Error::Query(source)
    }
}
