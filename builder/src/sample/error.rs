//! Why a sample could not be made, and what to do about it.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// Why a sample could not be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum SampleError {
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
    /// The path cannot be a new folder, for it has no name of its own.
    Unnamed {
        /// The path.
        path: PathBuf,
    },
    /// The path exists and is not an earlier sample.
    Occupied {
        /// The path.
        path: PathBuf,
        /// A name in it that no sample has or needs to have.
        because: String,
    },
    /// A file or folder could not be read or written.
    Io {
        /// What was being done, such as `write`.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl SampleError {
    /// Turns an input or output error at a path into one that names it.
    pub(super) fn io(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(io::Error) -> SampleError {
        let path = path.to_path_buf();
        move |source| SampleError::Io {
            action,
            path,
            source,
        }
    }
}

impl fmt::Display for SampleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SampleError::Option {
                flag,
                value,
                least,
                most,
            } => {
                write!(f, "{flag} must be from {least} to {most}, got {value}")
            }
            SampleError::Unnamed { path } => write!(
                f,
                "{} does not name a folder; give the name of a new one",
                path.display()
            ),
            SampleError::Occupied { path, because } => write!(
                f,
                "{} exists and is not an earlier sample ({because}); \
                 name another folder or remove it",
                path.display()
            ),
            SampleError::Io {
                action,
                path,
                source,
            } => write!(
                f,
                "cannot {action} {}: {source}; make it writable or name another folder",
                path.display()
            ),
        }
    }
}

impl Error for SampleError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            SampleError::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_name_the_cause_and_the_remedy() {
        let path = PathBuf::from("market");
        let option = SampleError::Option {
            flag: "--goods",
            value: 0,
            least: 1,
            most: 9,
        };
        assert_eq!(option.to_string(), "--goods must be from 1 to 9, got 0");
        let unnamed = SampleError::Unnamed { path: "..".into() };
        assert_eq!(
            unnamed.to_string(),
            ".. does not name a folder; give the name of a new one"
        );
        let because = "it has no goods.csv".to_owned();
        let occupied = SampleError::Occupied {
            path: path.clone(),
            because,
        };
        assert_eq!(
            occupied.to_string(),
            "market exists and is not an earlier sample (it has no goods.csv); \
             name another folder or remove it"
        );
        let full = SampleError::io("write", &path)(io::Error::other("disk full"));
        assert_eq!(
            full.to_string(),
            "cannot write market: disk full; make it writable or name another folder"
        );
        assert!(full.source().is_some());
    }
}
