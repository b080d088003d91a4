//! Tables of a catalog: CSV, Parquet or JSON Lines, read as the same rows.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use arrow_array::RecordBatch;
use arrow_cast::display::{ArrayFormatter, FormatOptions};
use goodsrank::csv::{CsvReader, Header, Row};
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

use crate::error::{Error, Result};
use crate::input::{each_chunk, open};
use crate::progress::Step;

const FORMATS: [&str; 3] = ["csv", "parquet", "jsonl"];

/// What is done with each row of a table.
pub type EachRow<'a> = &'a mut dyn FnMut(Row<'_>) -> goodsrank::Result<()>;

/// The file of the table `name` in a catalog, in whichever format it is.
pub fn find(catalog: &Path, name: &str) -> Result<Option<PathBuf>> {
    let files = FORMATS.map(|format| catalog.join(format!("{name}.{format}")));
    let mut there = files.into_iter().filter(|file| file.exists());
    let first = there.next();
    match (&first, there.next()) {
        (Some(first), Some(second)) => Err(Error::catalog(
            catalog,
            format!(
                "expected one file of {name}, found {} and {}; remove one",
                file_name(first),
                file_name(&second)
            ),
        )),
        _ => Ok(first),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Reads a table row by row.
pub fn read(path: &Path, each: EachRow<'_>) -> Result<()> {
    let (file, step) = open(path, &format!("reading {}", file_name(path)))?;
    match path.extension().and_then(|e| e.to_str()) {
        Some("parquet") => read_parquet(path, file, &step, each),
        Some("jsonl") => read_jsonl(path, file, &step, each),
        _ => read_csv(path, file, &step, each),
    }
}

fn read_csv(path: &Path, file: File, step: &Step, each: EachRow<'_>) -> Result<()> {
    let mut reader = CsvReader::new();
    each_chunk(path, file, step, |chunk| reader.push(chunk, &mut *each))?;
    reader.finish(each).map_err(Error::file(path))
}

/// Gathers a row's fields into the form that CSV rows have.
#[derive(Default)]
struct RowBuffer {
    text: String,
    ends: Vec<usize>,
}

impl RowBuffer {
    fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    fn push(&mut self, field: &str) {
        self.text.push_str(field);
        self.ends.push(self.text.len());
    }

    fn row<'a>(&'a self, line: u64, header: &'a Header) -> Row<'a> {
        Row::new(line, header, &self.text, &self.ends)
    }
}

fn read_parquet(path: &Path, file: File, step: &Step, each: EachRow<'_>) -> Result<()> {
    let wrong = |e: &dyn std::fmt::Display| {
        Error::catalog(
            path,
            format!("expected a Parquet file, found: {e}; write it again"),
        )
    };
    let length = file.metadata().map_err(Error::io("read", path))?.len();
    let builder =
        ParquetRecordBatchReaderBuilder::try_new(file).map_err(|e| wrong(&e))?;
    let rows = builder.metadata().file_metadata().num_rows().max(1) as u64;
    let names = builder
        .schema()
        .fields()
        .iter()
        .map(|f| f.name().clone())
        .collect();
    let header = Header::new(names).map_err(Error::file(path))?;
    let mut line = 1;
    for batch in builder.build().map_err(|e| wrong(&e))? {
        let batch = batch.map_err(|e| wrong(&e))?;
        each_of_batch(&batch, &header, &mut line, each, path)?;
        step.at(length * (line - 1) / rows);
    }
    Ok(())
}

fn each_of_batch(
    batch: &RecordBatch,
    header: &Header,
    line: &mut u64,
    each: EachRow<'_>,
    path: &Path,
) -> Result<()> {
    let options = FormatOptions::new().with_null("");
    let columns: std::result::Result<Vec<_>, _> = batch
        .columns()
        .iter()
        .map(|c| ArrayFormatter::try_new(c, &options))
        .collect();
    let columns = columns.map_err(|e| Error::catalog(path, e.to_string()))?;
    let mut buffer = RowBuffer::default();
    for i in 0..batch.num_rows() {
        buffer.clear();
        *line += 1;
        columns
            .iter()
            .for_each(|column| buffer.push(&column.value(i).to_string()));
        each(buffer.row(*line, header)).map_err(Error::file(path))?;
    }
    Ok(())
}

fn read_jsonl(path: &Path, file: File, step: &Step, each: EachRow<'_>) -> Result<()> {
    let names = json_columns(path)?;
    let header =
        Header::new(names.iter().cloned().collect()).map_err(Error::file(path))?;
    let mut buffer = RowBuffer::default();
    let mut done = 0;
    json_lines(path, file, |number, bytes, object| {
        buffer.clear();
        names
            .iter()
            .for_each(|name| buffer.push(&json_field(object.get(name))));
        done += bytes;
        step.at(done);
        each(buffer.row(number, &header)).map_err(Error::file(path))
    })
}

/// Every name that any line of the file uses.
fn json_columns(path: &Path) -> Result<BTreeSet<String>> {
    let mut names = BTreeSet::new();
    let file = File::open(path).map_err(Error::io("open", path))?;
    json_lines(path, file, |_, _, object| {
        for name in object.keys() {
            if !names.contains(name) {
                names.insert(name.clone());
            }
        }
        Ok(())
    })?;
    Ok(names)
}

type JsonObject = serde_json::Map<String, serde_json::Value>;

fn json_lines(
    path: &Path,
    file: File,
    mut each: impl FnMut(u64, u64, &JsonObject) -> Result<()>,
) -> Result<()> {
    for (i, line) in BufReader::new(file).split(b'\n').enumerate() {
        let line = line.map_err(Error::io("read", path))?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let object: JsonObject = serde_json::from_slice(&line).map_err(|e| {
            let message = format!(
                "line {}: expected a JSON object in UTF-8, found: {e}; mend the line",
                i + 1
            );
            Error::catalog(path, message)
        })?;
        each(i as u64 + 1, line.len() as u64 + 1, &object)?;
    }
    Ok(())
}

/// A value as a field: texts as they are, absent and null as "", what has
/// parts as JSON.
fn json_field(value: Option<&serde_json::Value>) -> String {
    use serde_json::Value;
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Bool(flag)) => u8::from(*flag).to_string(),
        Some(other) => other.to_string(),
    }
}
