//! CSV as it comes: pushed in pieces, given out row by row.
//!
//! One reader serves the builder, the page and `npx goodsrank`. Bytes are
//! pushed as they arrive, so a file larger than memory, or one that streams
//! into WebAssembly, is read the same way as one in a buffer. It takes what
//! spreadsheets write: a byte order mark, CRLF, quotes, and comma, semicolon
//! or tab, whichever the header holds most of.

use csv_core::ReadRecordResult;

use crate::error::{Error, Kind, Result};
use crate::show::quoted;

const MAX_ROW_LEN: usize = 1 << 20;
const MAX_COLUMNS: usize = 1000;

/// A push parser of CSV with a header row.
#[derive(Debug)]
pub struct CsvReader {
    core: csv_core::Reader,
    /// Bytes held back until the header's line is whole, to find its delimiter.
    head: Option<Vec<u8>>,
    header: Option<Header>,
    /// Line that the next byte is on.
    line: u64,
    /// Whether the last byte was a carriage return, which a line feed may follow.
    after_cr: bool,
    /// Line that the current row started on; 0 between rows.
    started: u64,
    fields: Vec<u8>,
    field_len: usize,
    ends: Vec<usize>,
    ends_len: usize,
}

/// What a file without a header is, as errors say it.
pub(crate) const EMPTY: &str = "an empty file";

/// The names of a file's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Header {
    names: Vec<String>,
}

impl Header {
    /// A header of these names, each at most once.
    pub fn new(names: Vec<String>) -> Result<Header> {
        for (i, name) in names.iter().enumerate() {
            if !name.is_empty() && names[..i].contains(name) {
                return Err(bad(
                    1,
                    format!("column {name}"),
                    "each column once",
                    "it twice",
                ));
            }
        }
        Ok(Header { names })
    }

    /// The column's names, in order.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The place of a column.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|n| n == name)
    }

    /// The place of a column that must be there.
    pub fn require(&self, name: &str) -> Result<usize> {
        self.find(name)
            .ok_or_else(|| self.lacks(format!("a column {name}")))
    }

    /// The place of the column that has the first of these names, with | between
    /// them, whatever the case of ASCII letters.
    pub(crate) fn place(&self, names: &str) -> Option<usize> {
        let place = |name: &str| {
            let mut columns = self.names.iter();
            columns.position(|column| column.eq_ignore_ascii_case(name))
        };
        names.split('|').find_map(place)
    }

    /// The error of a header without what is expected.
    pub(crate) fn lacks(&self, expected: impl Into<String>) -> Error {
        let found = format!("the columns {}", self.names.join(", "));
        bad(1, "the header", expected, found)
    }
}

/// One row, its fields in the header's order.
#[derive(Clone, Copy, Debug)]
pub struct Row<'a> {
    /// Line the row starts on, the header being line 1.
    pub line: u64,
    header: &'a Header,
    text: &'a str,
    ends: &'a [usize],
}

impl<'a> Row<'a> {
    /// A row of another source: `text` holds the fields one after another,
    /// `ends` where each stops, one for each name of the header.
    pub fn new(
        line: u64,
        header: &'a Header,
        text: &'a str,
        ends: &'a [usize],
    ) -> Row<'a> {
        Row {
            line,
            header,
            text,
            ends,
        }
    }

    /// The field of a column, spaces around it cut off; "" for a column that
    /// the file does not have.
    pub fn get(&self, column: Option<usize>) -> &'a str {
        let Some(column) = column else { return "" };
        let start = if column == 0 {
            0
        } else {
            self.ends[column - 1]
        };
        self.text
            .get(start..self.ends[column])
            .unwrap_or_default()
            .trim()
    }

    /// The header of the row's file.
    pub fn header(&self) -> &'a Header {
        self.header
    }

    /// An error at a column of this row.
    pub fn error(&self, column: &str, expected: impl Into<String>, found: &str) -> Error {
        bad(
            self.line,
            format!("column {column}"),
            expected,
            quoted(found),
        )
    }
}

pub(crate) fn bad(
    line: u64,
    column: impl Into<String>,
    expected: impl Into<String>,
    found: impl Into<String>,
) -> Error {
    Kind::BadCsv {
        line,
        column: column.into(),
        expected: expected.into(),
        found: found.into(),
    }
    .into()
}

impl Default for CsvReader {
    fn default() -> CsvReader {
        CsvReader::new()
    }
}

impl CsvReader {
    /// A reader at the start of a file.
    pub fn new() -> CsvReader {
        CsvReader {
            core: csv_core::Reader::new(),
            head: Some(Vec::new()),
            header: None,
            line: 1,
            after_cr: false,
            started: 0,
            fields: vec![0; 1024],
            field_len: 0,
            ends: vec![0; 32],
            ends_len: 0,
        }
    }

    /// Reads the next bytes of the file and gives out each row that ends in
    /// them. An error of `each`, or of the file, stops the reading.
    pub fn push(
        &mut self,
        bytes: &[u8],
        mut each: impl FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let Some(head) = &mut self.head else {
            return self.read(bytes, &mut each);
        };
        head.extend(bytes);
        if head.contains(&b'\n') || head.len() > MAX_ROW_LEN {
            self.start(&mut each)?;
        }
        Ok(())
    }

    /// Ends the file: gives out a last row that has no line end. An empty file,
    /// without so much as a header, is an error.
    pub fn finish(&mut self, mut each: impl FnMut(Row<'_>) -> Result<()>) -> Result<()> {
        self.start(&mut each)?;
        self.read(&[], &mut each)?;
        match self.header {
            Some(_) => Ok(()),
            None => Err(bad(1, "the header", "a row of column names", EMPTY)),
        }
    }

    /// The header, once it was read.
    pub(crate) fn header(&self) -> Option<&Header> {
        self.header.as_ref()
    }

    /// Chooses the delimiter and reads what was held back.
    fn start(&mut self, each: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
        let Some(head) = self.head.take() else {
            return Ok(());
        };
        let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&head);
        self.core = csv_core::ReaderBuilder::new()
            .delimiter(delimiter(head))
            .build();
        if head.is_empty() {
            Ok(())
        } else {
            self.read(head, each)
        }
    }

    /// Reads `input` whole; no input is the end of the file.
    fn read(
        &mut self,
        mut input: &[u8],
        each: &mut dyn FnMut(Row<'_>) -> Result<()>,
    ) -> Result<()> {
        let at_end = input.is_empty();
        loop {
            if self.started == 0 {
                input = self.skip_line_ends(input);
                if input.is_empty() && !at_end {
                    return Ok(());
                }
                self.started = self.line;
            }
            let (result, read, wrote, ended) = self.core.read_record(
                input,
                &mut self.fields[self.field_len..],
                &mut self.ends[self.ends_len..],
            );
            self.count_lines(&input[..read]);
            input = &input[read..];
            self.field_len += wrote;
            self.ends_len += ended;
            match result {
                ReadRecordResult::InputEmpty if !at_end => return Ok(()),
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.grow_fields()?,
                ReadRecordResult::OutputEndsFull => self.grow_ends()?,
                ReadRecordResult::Record => self.row(each)?,
                ReadRecordResult::End => return Ok(()),
            }
        }
    }

    /// Blank lines between rows, counted here so that a row's line is its own.
    fn skip_line_ends<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let blank = input
            .iter()
            .take_while(|&&b| b == b'\n' || b == b'\r')
            .count();
        self.count_lines(&input[..blank]);
        &input[blank..]
    }

    /// Lines end with LF, CRLF or, as old spreadsheets write, CR alone.
    fn count_lines(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            let ends = byte == b'\r' || byte == b'\n' && !self.after_cr;
            self.line += u64::from(ends);
            self.after_cr = byte == b'\r';
        }
    }

    fn grow_fields(&mut self) -> Result<()> {
        if self.fields.len() >= MAX_ROW_LEN {
            let expected = format!("a row of at most {MAX_ROW_LEN} bytes");
            return Err(bad(
                self.started,
                "the row",
                expected,
                "more; is a quote left open?",
            ));
        }
        self.fields.resize(2 * self.fields.len(), 0);
        Ok(())
    }

    fn grow_ends(&mut self) -> Result<()> {
        if self.ends.len() >= MAX_COLUMNS {
            let expected = format!("at most {MAX_COLUMNS} columns");
            return Err(bad(self.started, "the row", expected, "more"));
        }
        self.ends.resize(2 * self.ends.len(), 0);
        Ok(())
    }

    fn row(&mut self, each: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
        let line = std::mem::take(&mut self.started);
        let (len, columns) = (
            std::mem::take(&mut self.field_len),
            std::mem::take(&mut self.ends_len),
        );
        let ends = &self.ends[..columns];
        let text = std::str::from_utf8(&self.fields[..len]).map_err(|e| {
            let column = ends
                .iter()
                .position(|&end| e.valid_up_to() < end)
                .unwrap_or(0);
            let name = self.header.as_ref().and_then(|h| h.names.get(column));
            let place =
                name.map_or_else(|| "the header".into(), |name| format!("column {name}"));
            bad(
                line,
                place,
                "UTF-8 (save the file as CSV UTF-8)",
                "other bytes",
            )
        })?;
        let Some(header) = &self.header else {
            self.header = Some(Header::new(names(text, ends))?);
            return Ok(());
        };
        if columns != header.names.len() {
            let expected = format!("{} fields, as the header has", header.names.len());
            return Err(bad(line, "the row", expected, columns.to_string()));
        }
        each(Row {
            line,
            header,
            text,
            ends,
        })
    }
}

fn names(text: &str, ends: &[usize]) -> Vec<String> {
    let starts = std::iter::once(&0).chain(ends);
    starts
        .zip(ends)
        .map(|(&a, &b)| text.get(a..b).unwrap_or_default().trim().to_owned())
        .collect()
}

/// The delimiter that the first line holds most of; a comma where none.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let count = |d: u8| line.iter().filter(|&&b| b == d).count();
    // The last of equals is chosen, so the comma stands last.
    [b'\t', b';', b',']
        .into_iter()
        .max_by_key(|&d| count(d))
        .unwrap_or(b',')
}

/// Appends a field, quoted where it has to be (RFC 4180).
pub fn write_field(out: &mut String, field: &str) {
    if !field.contains([',', '"', '\n', '\r']) {
        out.push_str(field);
        return;
    }
    out.push('"');
    out.push_str(&field.replace('"', "\"\""));
    out.push('"');
}

/// Appends a field as [`write_field`], with an apostrophe before what a
/// spreadsheet would run as a formula.
pub fn write_cell(out: &mut String, field: &str) {
    if field.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        write_field(out, &format!("'{field}"));
    } else {
        write_field(out, field);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every row as (line, fields), the file pushed in pieces of `piece` bytes.
    fn read(file: &[u8], piece: usize) -> Result<Vec<(u64, Vec<String>)>> {
        let mut rows = Vec::new();
        let mut reader = CsvReader::new();
        let mut each = |row: Row<'_>| {
            let fields =
                (0..row.header().names().len()).map(|i| row.get(Some(i)).to_owned());
            rows.push((row.line, fields.collect()));
            Ok(())
        };
        for bytes in file.chunks(piece) {
            reader.push(bytes, &mut each)?;
        }
        reader.finish(&mut each)?;
        Ok(rows)
    }

    fn fields(row: &[&str]) -> Vec<String> {
        row.iter().map(|f| (*f).to_owned()).collect()
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        let file = "\u{feff}a,b\r\n1, x \r\n\r\n\"2\n2\",\"say \"\"hi\"\"\"\r\n3,";
        let expected = [
            (2, fields(&["1", "x"])),
            (4, fields(&["2\n2", "say \"hi\""])),
            (6, fields(&["3", ""])),
        ];
        for piece in 1..file.len() {
            assert_eq!(
                read(file.as_bytes(), piece).unwrap(),
                expected,
                "pieces of {piece}"
            );
        }
    }

    #[test]
    fn counts_lines_that_end_with_a_carriage_return() {
        let expected = [(2, fields(&["1"])), (4, fields(&["2"]))];
        for piece in 1..9 {
            assert_eq!(
                read(b"a\r1\r\r2\r", piece).unwrap(),
                expected,
                "pieces of {piece}"
            );
        }
    }

    #[test]
    fn takes_the_delimiter_of_the_header() {
        assert_eq!(
            read(b"a;b\n1,5;2\n", 99).unwrap(),
            [(2, fields(&["1,5", "2"]))]
        );
        assert_eq!(
            read(b"a\tb\n1\t2\n", 99).unwrap(),
            [(2, fields(&["1", "2"]))]
        );
        assert_eq!(read(b"a\n1;2\n", 99).unwrap(), [(2, fields(&["1;2"]))]);
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let text = |file: &[u8]| read(file, 3).unwrap_err().to_string();
        assert_eq!(
            text(b""),
            "bad CSV: line 1, the header: expected a row of column names, found an empty file"
        );
        assert_eq!(
            text(b"a,b\n1,2\n3\n"),
            "bad CSV: line 3, the row: expected 2 fields, as the header has, found 1"
        );
        assert_eq!(
            text(b"a,b\n1,\xff\n"),
            "bad CSV: line 2, column b: expected UTF-8 (save the file as CSV UTF-8), found \
             other bytes"
        );
        assert_eq!(
            text(b"a,b,a\n"),
            "bad CSV: line 1, column a: expected each column once, found it twice"
        );
        let mut open_quote = b"a\n\"".to_vec();
        open_quote.resize(3 << 20, b'x');
        assert_eq!(
            read(&open_quote, 1 << 16).unwrap_err().to_string(),
            "bad CSV: line 2, the row: expected a row of at most 1048576 bytes, found more; is \
             a quote left open?"
        );
    }

    #[test]
    fn names_the_columns_when_one_is_missing() {
        let header = Header::new(fields(&["shop", "good"])).unwrap();
        assert_eq!(
            header.require("good_id").unwrap_err().to_string(),
            "bad CSV: line 1, the header: expected a column good_id, found the columns shop, good"
        );
    }

    #[test]
    fn a_cell_is_never_a_formula() {
        for (cell, written) in [
            ("=1+1", "'=1+1"),
            ("+86 1", "'+86 1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "'\t=1"),
            ("\r=1,2", "\"'\r=1,2\""),
            ("a=1", "a=1"),
            ("", ""),
        ] {
            let mut out = String::new();
            write_cell(&mut out, cell);
            assert_eq!(out, written);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_rows_or_an_error(
            file in prop::collection::vec(prop::sample::select(b"a,;\"\r\n\t\xff\xef1".to_vec()), 0..60),
            piece in 1usize..9,
        ) {
            prop_assert_eq!(read(&file, piece), read(&file, 1000), "pieces change nothing");
        }

        #[test]
        fn a_written_field_reads_back(field in "[a-z,\"\n ]{0,12}") {
            let mut file = "x,y\n".to_owned();
            write_field(&mut file, &field);
            file.push_str(",1\n");
            let rows = read(file.as_bytes(), 5).unwrap();
            prop_assert_eq!(rows[0].1[0].as_str(), field.trim());
        }
    }
}
