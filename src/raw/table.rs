use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;
use std::{mem, str};

use memchr::memchr_iter;

use super::yaml::quote;
use super::{Findings, Place};
use crate::diagnostic::Code;
use crate::text::counted;

/// The length of a short row: room is made for so many of them.
const SHORT_ROW: usize = 32;

/// The kinds of tables beside a record.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub enum Kind {
    /// `-genes.tsv`
    Genes,
    /// `-chemicals.tsv`
    Chemicals,
    /// `-diseases.tsv`
    Diseases,
}

impl Kind {
    /// Every kind, in the order in which tables are read.
    pub const ALL: [Self; 3] = [Self::Genes, Self::Chemicals, Self::Diseases];

    /// The name, which is the key of such rows in older generations: `genes` and so on.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Genes => "genes",
            Self::Chemicals => "chemicals",
            Self::Diseases => "diseases",
        }
    }

    /// The end of the names of files of this kind.
    ///
    /// ```
    /// assert_eq!(pfocr2rdf::raw::Kind::Genes.suffix(), "-genes.tsv");
    /// ```
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Genes => "-genes.tsv",
            Self::Chemicals => "-chemicals.tsv",
            Self::Diseases => "-diseases.tsv",
        }
    }

    /// The columns: those that something is written from, then the others.
    #[must_use]
    pub const fn columns(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
            Self::Genes => (
                &[
                    "organism_id",
                    "organism_name",
                    "word",
                    "match",
                    "ncbigene_symbol",
                    "ncbigene_id",
                    "source",
                ],
                &["organism_group", "count_direct", "count_synonym", "count_match"],
            ),
            Self::Chemicals => (&["word", "mesh", "match", "name", "chebi"], &[]),
            Self::Diseases => (&["word", "mesh", "match", "name", "doid"], &[]),
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A table beside a record: tab-separated, a header, no quoting.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Table<'a> {
    /// What the table holds.
    pub kind: Kind,
    /// For each column of the kind, its position in the file.
    positions: Vec<Option<usize>>,
    /// The rows that have as many cells as the header.
    pub rows: Vec<Row<'a>>,
    /// The number of rows that were read but not kept.
    pub malformed: u64,
}

/// A row of a table.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Row<'a> {
    /// The line in the file, from 1.
    pub line: u64,
    /// The cells in the order of the [columns](Kind::columns); those of a column that the table
    /// lacks are empty.
    pub cells: [&'a str; 11],
}

impl<'a> Table<'a> {
    /// Reads a table. What is wrong with it goes to `findings`; of a table whose header cannot
    /// be trusted no row is kept.
    ///
    /// ```
    /// use pfocr2rdf::raw::{Findings, Kind, Table};
    ///
    /// let mut findings = Findings::default();
    /// let bytes = b"word\tmesh\tmatch\tname\tdoid\nMM\tmesh:D009101\tNA\tNA\tNA\n";
    /// let table = Table::parse(Kind::Diseases, bytes, &mut findings);
    /// assert_eq!(table.rows[0].cells[1], "mesh:D009101");
    /// assert!(findings.as_slice().is_empty());
    /// ```
    #[must_use]
    pub fn parse(kind: Kind, bytes: &'a [u8], findings: &mut Findings) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let bytes = without_blank_end(bytes);
        let mut reader = Reader { kind, bytes, text: str::from_utf8(bytes).ok(), findings };
        let mut lines = (1..).zip(lines_of(bytes));
        let header = lines.next().filter(|_| !bytes.is_empty());
        let header = header.and_then(|(line, range)| reader.text(line, range));
        let names: Vec<&str> = header.map_or_else(Vec::new, |text| text.split('\t').collect());
        let Some(positions) = reader.positions(&names, bytes.is_empty()) else {
            let malformed = lines.count() as u64;
            return Self { kind, positions: Vec::new(), rows: Vec::new(), malformed };
        };
        let column = |position| positions.iter().position(|found| *found == Some(position));
        let columns: Vec<_> = (0..names.len()).map(column).collect();
        let (mut rows, mut malformed) = (Vec::with_capacity(bytes.len() / SHORT_ROW), 0);
        for (line, range) in lines {
            match reader.row(line, range, &columns) {
                Some(row) => rows.push(row),
                None => malformed += 1,
            }
        }
        Self { kind, positions, rows, malformed }
    }

    /// Whether the table has the column with this position among the [columns](Kind::columns).
    #[must_use]
    pub fn has(&self, column: usize) -> bool {
        self.positions.get(column).is_some_and(Option::is_some)
    }

    /// Whether the header cannot be trusted, and so no row was kept.
    #[must_use]
    pub fn is_skipped(&self) -> bool {
        self.positions.is_empty()
    }

    /// Where the cell of this row and column stands.
    #[must_use]
    pub fn place(&self, row: &Row<'_>, column: usize) -> Place {
        let position = self.positions.get(column).copied().flatten();
        Place::Cell(self.kind, row.line, position.unwrap_or(0))
    }
}

/// Where the lines are.
fn lines_of(bytes: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut start = 0;
    let ends = memchr_iter(b'\n', bytes).chain([bytes.len()]);
    ends.map(move |end| mem::replace(&mut start, end + 1)..end)
}

/// The bytes up to the last line that is not blank.
fn without_blank_end(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| !b"\r\n".contains(byte));
    bytes.get(..end.map_or(0, |end| end + 1)).unwrap_or_default()
}

/// The lines of a table; the first is the header.
pub(super) fn lines(table: &[u8]) -> impl Iterator<Item = &[u8]> {
    let table = table.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(table);
    table.split(|&byte| byte == b'\n')
}

/// The column of the first character of a cell, from 1.
pub(super) fn column_of_cell(row: &[u8], position: usize) -> u64 {
    let cells = row.split(|&byte| byte == b'\t').take(position);
    1 + cells.map(|cell| String::from_utf8_lossy(cell).chars().count() as u64 + 1).sum::<u64>()
}

/// A cell below the header, as it stands in the file.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Cell<'a> {
    pub(crate) line: u64,
    /// Its position in the line, from 0.
    pub(crate) position: usize,
    /// The kind of the table, and what the header calls the column, as `genes: word`.
    pub(crate) key: Rc<str>,
    pub(crate) text: Cow<'a, str>,
}

/// The cells of a table, of all rows, whether they can be read or not.
pub(crate) fn cells(kind: Kind, bytes: &[u8]) -> Vec<Cell<'_>> {
    let key = |name: &str| Rc::from(format!("{kind}: {name}"));
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mut lines = (1..).zip(without_blank_end(bytes).split(|&byte| byte == b'\n'));
    let header = lines.next().map(|(_, line)| texts(line));
    let keys: Vec<Rc<str>> = header.into_iter().flatten().map(|name| key(&name)).collect();
    let mut cells = Vec::new();
    for (line, bytes) in lines {
        cells.extend(texts(bytes).enumerate().map(|(position, text)| {
            let beyond = || key(&format!("column {}", position + 1));
            let key = keys.get(position).cloned().unwrap_or_else(beyond);
            Cell { line, position, key, text }
        }));
    }
    cells
}

/// The texts between the tabs of a line.
pub(super) fn texts(line: &[u8]) -> impl Iterator<Item = Cow<'_, str>> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    line.split(|&byte| byte == b'\t').map(String::from_utf8_lossy)
}

struct Reader<'a, 'f> {
    kind: Kind,
    bytes: &'a [u8],
    /// The whole of it, if all of it is UTF-8.
    text: Option<&'a str>,
    findings: &'f mut Findings,
}

impl<'a> Reader<'a, '_> {
    fn add(&mut self, code: Code, (line, cell): (u64, usize), message: String) {
        self.findings.add(code, Place::Cell(self.kind, line, cell), message);
    }

    fn add_to_row(&mut self, code: Code, line: u64, message: String) {
        self.findings.add(code, Place::Row(self.kind, line), message);
    }

    /// The text of a line.
    fn text(&mut self, line: u64, range: Range<usize>) -> Option<&'a str> {
        if let Some(text) = self.text.and_then(|text| text.get(range.clone())) {
            return Some(text.strip_suffix('\r').unwrap_or(text));
        }
        let bytes = self.bytes.get(range).unwrap_or_default();
        let bytes = bytes.strip_suffix(b"\r").unwrap_or(bytes);
        match str::from_utf8(bytes) {
            Ok(text) => Some(text),
            Err(error) => {
                let column = 1 + good_characters(bytes, error);
                let place = Place::Character(self.kind, line, column);
                self.findings.add(Code::InvalidUtf8, place, invalid_utf8(bytes, error));
                None
            }
        }
    }

    /// For each column its position in the header, or nothing when the header cannot be trusted.
    fn positions(&mut self, names: &[&str], empty: bool) -> Option<Vec<Option<usize>>> {
        if empty {
            let message = "found an empty file, expected a table".to_owned();
            self.add_to_row(Code::EmptyFile, 1, message);
        }
        if names.is_empty() {
            return None;
        }
        let (written, others) = self.kind.columns();
        let mut sound = true;
        for (position, name) in names.iter().enumerate() {
            let place = (1, position);
            if names.iter().take(position).any(|earlier| earlier == name) {
                sound = false;
                let message = format!("found the column {} again", quote(name));
                self.add(Code::DuplicateColumn, place, message);
            } else if !written.contains(name) && !others.contains(name) {
                let expected = [written, others].concat().join(", ");
                let message = format!("found the column {}, expected {expected}", quote(name));
                self.add(Code::UnknownColumn, place, message);
            }
        }
        let mut positions = Vec::new();
        for column in written.iter().chain(others) {
            let position = names.iter().position(|name| name == column);
            if position.is_none() {
                sound &= !written.contains(column);
                let message = format!("found no column \"{column}\"");
                self.add_to_row(Code::MissingColumn, 1, message);
            }
            positions.push(position);
        }
        sound.then_some(positions)
    }

    /// The row, when it has a cell for each of the columns.
    fn row(
        &mut self,
        line: u64,
        range: Range<usize>,
        columns: &[Option<usize>],
    ) -> Option<Row<'a>> {
        let text = self.text(line, range)?;
        let (mut cells, mut found) = ([""; 11], 0);
        let mut rest = Some(text);
        while let Some(text) = rest {
            // Cells are short: it takes longer to call memchr for each.
            let end = text.bytes().position(|byte| byte == b'\t').unwrap_or(text.len());
            let column = columns.get(found).copied().flatten();
            if let Some(slot) = column.and_then(|column| cells.get_mut(column)) {
                *slot = text.get(..end).unwrap_or_default();
            }
            found += 1;
            rest = text.get(end + 1..);
        }
        let expected = columns.len();
        if found == expected {
            return Some(Row { line, cells });
        }
        let message = format!("found {}, expected {expected}", counted(found, "cell"));
        if found < expected {
            self.add_to_row(Code::ShortRow, line, message);
        } else {
            self.add(Code::LongRow, (line, expected), message);
        }
        None
    }
}

/// The number of characters before the first byte that is not UTF-8.
pub(crate) fn good_characters(bytes: &[u8], error: str::Utf8Error) -> u64 {
    let good = bytes.get(..error.valid_up_to()).unwrap_or_default();
    String::from_utf8_lossy(good).chars().count() as u64
}

/// What to say of bytes that are not UTF-8.
pub(crate) fn invalid_utf8(bytes: &[u8], error: str::Utf8Error) -> String {
    let byte = bytes.get(error.valid_up_to()).copied().unwrap_or_default();
    format!("found the byte 0x{byte:02x}, which is not UTF-8 here")
}
