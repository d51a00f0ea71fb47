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
    others.extend(note_findings(&mut inputs, reading));
    for kind in Kind::ALL {
        let written = number_items(&mut inputs, kind);
        number_rows(&mut inputs, kind, written, reading);
    }
    (inputs, others)
}

/// Tells the values what is wrong with them; what is wrong with none of them.
fn note_findings(inputs: &mut [Input<'_>], reading: &Reading<'_>) -> Vec<Diagnostic> {
    let mut others = Vec::new();
    let located = reading.files.located(&reading.findings);
    for (finding, diagnostic) in reading.findings.as_slice().iter().zip(located) {
        let mut is_noted = false;
        for input in inputs.iter_mut().filter(|input| input.at.concerns(finding)) {
            input.is_left_out |= !USED.contains(&finding.code);
            input.diagnostics.push(diagnostic.clone());
            is_noted = true;
        }
        if !is_noted {
            others.push(diagnostic);
        }
    }
    others
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

/// Tells the values of the rows of a front matter which of the record's rows these are: those
/// that are read, from 0. How many they are.
fn number_items(inputs: &mut [Input<'_>], kind: Kind) -> usize {
    let mut positions = Vec::new();
    let is_item = |input: &&mut Input<'_>| input.row.is_some_and(|(of, _)| of == kind);
    for input in inputs.iter_mut().filter(is_item) {
        if input.is_repeated() {
            input.row = None;
        } else if let Some((_, position)) = &mut input.row {
            if positions.last() != Some(position) {
                positions.push(*position);
            }
            *position = positions.len() - 1;
        }
    }
    positions.len()
}

/// Tells the cells of a table which of the record's rows they are in: those of the front matter
/// come first.
fn number_rows(inputs: &mut [Input<'_>], kind: Kind, written: usize, reading: &Reading<'_>) {
    let Some(table) = reading.table(kind) else { return };
    for input in inputs {
        if let At::Cell { kind: of, line, .. } = input.at
            && of == kind
            && let Ok(position) = table.rows.binary_search_by_key(&line, |row| row.line)
        {
            input.row = Some((kind, written + position));
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
