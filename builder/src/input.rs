//! Files read in pieces, with progress: neither has to fit in memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use crate::error::{Error, Result};
use crate::progress::Step;

const CHUNK: usize = 1 << 20;

/// Opens a file, with a step as long as the file is.
pub fn open(path: &Path, name: &str) -> Result<(File, Step)> {
    let file = File::open(path).map_err(Error::io("open", path))?;
    let length = file.metadata().map_err(Error::io("read", path))?.len();
    Ok((file, Step::new(name, length)))
}

/// Reads a file to its end, piece by piece.
pub fn each_chunk(
    path: &Path,
    mut file: File,
    step: &Step,
    mut each: impl FnMut(&[u8]) -> goodsrank::Result<()>,
) -> Result<()> {
    let mut chunk = vec![0; CHUNK];
    let mut done = 0;
    loop {
        let read = file.read(&mut chunk).map_err(Error::io("read", path))?;
        if read == 0 {
            return Ok(());
        }
        each(&chunk[..read]).map_err(Error::file(path))?;
        done += read as u64;
        step.at(done);
    }
}
