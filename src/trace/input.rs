//! The values of a record and its tables, in the order of the files.

use std::borrow::Cow;

use crate::convert::Reading;
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::raw::{self, Cell, Finding, Kind, Leaf, Path, Place};
use crate::source::Folder;
use crate::text;

/// A value, before it is known what is made of it.
pub(super) struct Input<'r> {
    pub(super) key: String,
    pub(super) text: Option<Cow<'r, str>>,
    pub(super) location: Location,
    at: At,
    /// The row of the record that it is in.
    pub(super) row: Option<(Kind, usize)>,
    /// What is wrong with it.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether it is left out for something that is wrong.
    pub(super) is_left_out: bool,
}

/// Where a value is found by findings.
#[derive(Clone, Copy)]
enum At {
    Path(Path),
    Cell { kind: Kind, line: u64, position: usize, is_skipped: bool },
    Elsewhere,
}

/// What is wrong with a value that is used all the same.
const USED: [Code; 6] = [
    Code::OddFigid,
    Code::PmcidMismatch,
    Code::FiglinkMismatch,
    Code::UnknownImageType,
    Code::RedundantMismatch,
    Code::CountMismatch,
];

/// All values, and what is wrong with none of them.
pub(super) fn inputs<'r>(
    reading: &Reading<'r>,
    folder: &'r Folder,
) -> (Vec<Input<'r>>, Vec<Diagnostic>) {
    let mut inputs = leaves(reading);
    for file in reading.files.tables {
        inputs.extend(cells(reading, file.kind, &file.name, &file.bytes));
    }
    let figid = reading.record.figure.id.as_str();
    inputs.extend(folder.id_maps().rows(figid).into_iter().map(|(table, location, id)| {
        Input::new(table.to_owned(), Some(Cow::Borrowed(id)), location, At::Elsewhere)
    }));
    let mut others = reading.unreadable.clone();
    for (finding, diagnostic) in
        reading.findings.as_slice().iter().zip(reading.files.located(&reading.findings))
    {
        let mut concerned = inputs.iter_mut().filter(|input| input.at.concerns(finding)).peekable();
        if concerned.peek().is_none() {
            others.push(diagnostic);
            continue;
        }
        for input in concerned {
            input.is_left_out |= !USED.contains(&finding.code);
            input.diagnostics.push(diagnostic.clone());
        }
    }
    number_rows(&mut inputs, reading);
    (inputs, others)
}

fn leaves<'r>(reading: &Reading<'r>) -> Vec<Input<'r>> {
    let files = reading.files;
    let leaves = raw::leaves(files.text, files.document.is_plain).into_iter();
    let input = |Leaf { key, text, path, row }| {
        let location = files.location(Place::Path(path));
        let mut input = Input::new(key, text, location, At::Path(path));
        let kind = Kind::ALL.into_iter().find(|kind| input.section() == kind.as_str());
        input.row = kind.zip(row);
        input
    };
    leaves.map(input).collect()
}

fn cells<'r>(
    reading: &Reading<'_>,
    kind: Kind,
    file: &str,
    bytes: &'r [u8],
) -> impl Iterator<Item = Input<'r>> {
    let is_skipped = reading.table(kind).is_none_or(raw::Table::is_skipped);
    raw::cells(bytes).into_iter().map(move |cell| {
        let Cell { line, position, column, name, text } = cell;
        let name = name.unwrap_or_else(|| format!("column {}", position + 1).into());
        let location = Location { file: file.to_owned(), line, column };
        let at = At::Cell { kind, line, position, is_skipped };
        Input::new(format!("{kind}: {name}"), Some(text), location, at)
    })
}

/// Tells the values that stand in rows which of the record's rows these are: first those of the
/// front matter, then those of the table.
fn number_rows(inputs: &mut [Input<'_>], reading: &Reading<'_>) {
    for kind in Kind::ALL {
        let mut written = Vec::new();
        let is_row = |input: &&mut Input<'_>| input.row.is_some_and(|(of, _)| of == kind);
        for input in inputs.iter_mut().filter(is_row) {
            if input.is_repeated() {
                input.row = None;
            } else if let Some((_, position)) = &mut input.row {
                if written.last() != Some(position) {
                    written.push(*position);
                }
                *position = written.len() - 1;
            }
        }
        let lines: Vec<u64> = reading
            .table(kind)
            .map_or_else(Vec::new, |table| table.rows.iter().map(|row| row.line).collect());
        for input in inputs.iter_mut() {
            if let At::Cell { kind: of, line, .. } = input.at
                && of == kind
                && let Ok(position) = lines.binary_search(&line)
            {
                input.row = Some((kind, written.len() + position));
            }
        }
    }
}

impl<'r> Input<'r> {
    fn new(key: String, text: Option<Cow<'r, str>>, location: Location, at: At) -> Self {
        let diagnostics = Vec::new();
        Self { key, text, location, at, row: None, diagnostics, is_left_out: false }
    }

    /// The clean text, unless it is missing or left out.
    pub(super) fn present(&self) -> Option<Cow<'_, str>> {
        self.text.as_deref().filter(|_| !self.is_left_out).and_then(text::present)
    }

    fn section(&self) -> &str {
        self.key.split(": ").next().unwrap_or_default()
    }

    /// Whether it stands below a key that stands twice, and is not read.
    fn is_repeated(&self) -> bool {
        let mut codes = self.diagnostics.iter().map(|diagnostic| diagnostic.code);
        self.is_left_out && codes.any(|code| code == Code::DuplicateKey)
    }
}

impl At {
    /// Whether a finding is about what stands here.
    fn concerns(self, finding: &Finding) -> bool {
        match (self, finding.place) {
            (Self::Path(path), Place::Path(found)) => found.is_way_to(&path),
            (Self::Cell { kind, line, position, is_skipped }, Place::Cell(of, at, cell)) => {
                let is_header = at == 1;
                let is_whole_row = matches!(finding.code, Code::ShortRow | Code::LongRow);
                let is_whole_table = is_skipped && finding.code.severity() == Severity::Error;
                let is_here = if is_header { is_whole_table } else { at == line && is_whole_row };
                let is_unknown = finding.code == Code::UnknownColumn;
                kind == of && (is_here || (cell == position && (at == line || is_unknown)))
            }
            (Self::Cell { kind, line, .. }, Place::Character(of, at, _)) => {
                kind == of && (at == line || at == 1)
            }
            _ => false,
        }
    }
}
