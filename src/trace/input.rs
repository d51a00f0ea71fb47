//! The values of a record and its tables, in the order of the files.

use std::borrow::Cow;
use std::rc::Rc;

use super::scope::Scope;
use crate::convert::Reading;
use crate::diagnostic::{Code, Diagnostic, Location, Severity};
use crate::raw::{self, Cell, Finding, Kind, Leaf, Locator, Path, Place};
use crate::source::MapRow;
use crate::text;

/// A value, before it is known what is made of it.
pub(crate) struct Input<'r> {
    pub(crate) key: Rc<str>,
    pub(super) text: Option<Cow<'r, str>>,
    at: At<'r>,
    /// The row of the record that it is in.
    pub(crate) row: Option<(Kind, usize)>,
    /// The positions of the findings that are about it.
    pub(super) findings: Vec<usize>,
    /// Whether it is left out for something that is wrong.
    pub(super) is_left_out: bool,
    /// Whether it stands below a key that stands twice, and is not read.
    is_repeated: bool,
}

/// Where a value stands.
enum At<'r> {
    Path(Path),
    Cell { kind: Kind, line: u64, position: usize, is_skipped: bool },
    Elsewhere { location: Location, diagnostic: Option<&'r Diagnostic> },
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

/// The values of a record, its tables and its rows in the tables of all figures, as far as they
/// are in the scope.
pub(crate) fn inputs<'r>(
    reading: &Reading<'r>,
    locator: &'r Locator<'_>,
    scope: &Scope,
) -> Vec<Input<'r>> {
    let mut inputs = if scope.has_front_matter { leaves(locator) } else { Vec::new() };
    for file in reading.files.tables.iter().filter(|file| scope.kinds.contains(&file.kind)) {
        inputs.extend(cells(reading, file.kind, &file.bytes));
    }
    if scope.has_front_matter {
        let figid = reading.record.figure.id.as_str();
        inputs.extend(reading.folder.id_maps().rows(figid).into_iter().map(map_row));
    }
    note_findings(&mut inputs, reading);
    for kind in Kind::ALL {
        let written = number_items(&mut inputs, kind);
        number_rows(&mut inputs, kind, written, reading);
    }
    inputs
}

fn map_row(row: MapRow<'_>) -> Input<'_> {
    let MapRow { table, location, text, diagnostic } = row;
    let at = At::Elsewhere { location, diagnostic };
    let is_left_out = diagnostic.is_some();
    Input { is_left_out, ..Input::new(table.into(), Some(Cow::Borrowed(text)), at) }
}

/// Tells the values what is wrong with them.
fn note_findings(inputs: &mut [Input<'_>], reading: &Reading<'_>) {
    for (position, finding) in reading.findings.as_slice().iter().enumerate() {
        for input in inputs.iter_mut().filter(|input| input.at.concerns(finding)) {
            input.is_left_out |= !USED.contains(&finding.code);
            input.is_repeated |= finding.code == Code::DuplicateKey;
            input.findings.push(position);
        }
    }
}

fn leaves<'r>(locator: &'r Locator<'_>) -> Vec<Input<'r>> {
    let input = |Leaf { key, text, path, row }| {
        let mut input = Input::new(key, text.map(Cow::Borrowed), At::Path(path));
        input.row = row.and_then(|row| Some((input.kind()?, row)));
        input
    };
    locator.leaves().into_iter().map(input).collect()
}

fn cells<'r>(
    reading: &Reading<'_>,
    kind: Kind,
    bytes: &'r [u8],
) -> impl Iterator<Item = Input<'r>> {
    let is_skipped = reading.table(kind).is_none_or(raw::Table::is_skipped);
    raw::cells(kind, bytes).into_iter().map(move |cell| {
        let Cell { line, position, key, text } = cell;
        let at = At::Cell { kind, line, position, is_skipped };
        Input::new(key, Some(text), at)
    })
}

/// Tells the values of the rows of a front matter which of the record's rows these are: those
/// that are read, from 0. How many they are.
fn number_items(inputs: &mut [Input<'_>], kind: Kind) -> usize {
    let mut positions = Vec::new();
    let is_item = |input: &&mut Input<'_>| input.row.is_some_and(|(of, _)| of == kind);
    for input in inputs.iter_mut().filter(is_item) {
        if input.is_repeated {
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
    fn new(key: Rc<str>, text: Option<Cow<'r, str>>, at: At<'r>) -> Self {
        let (is_left_out, is_repeated) = (false, false);
        Self { key, text, at, row: None, findings: Vec::new(), is_left_out, is_repeated }
    }

    /// Where it stands.
    pub(crate) fn location(&self, locator: &Locator<'_>) -> Location {
        match &self.at {
            At::Path(path) => locator.locate(Place::Path(*path)),
            At::Cell { kind, line, position, .. } => {
                locator.locate(Place::Cell(*kind, *line, *position))
            }
            At::Elsewhere { location, .. } => location.clone(),
        }
    }

    /// Where the row stands that it is in.
    pub(crate) fn location_of_row(&self, locator: &Locator<'_>) -> Location {
        match &self.at {
            At::Path(path) => locator.locate(Place::Path(path.item())),
            At::Cell { kind, line, .. } => locator.locate(Place::Row(*kind, *line)),
            At::Elsewhere { location, .. } => location.clone(),
        }
    }

    /// Where the key, or else the value, of the record stands that it is in, if it is in the front
    /// matter.
    pub(crate) fn location_of_entry(
        &self,
        is_key: bool,
        locator: &Locator<'_>,
    ) -> Option<Location> {
        match &self.at {
            At::Path(path) => Some(locator.locate(Place::Path(path.entry(is_key)))),
            At::Cell { .. } | At::Elsewhere { .. } => None,
        }
    }

    /// What is wrong with it, among all that is wrong with the record and its tables.
    pub(super) fn diagnostics(&self, located: &[Diagnostic]) -> Vec<Diagnostic> {
        let own = match &self.at {
            At::Elsewhere { diagnostic, .. } => *diagnostic,
            _ => None,
        };
        let found = self.findings.iter().filter_map(|position| located.get(*position));
        found.chain(own).cloned().collect()
    }

    /// Whether it is a cell with nothing in it.
    pub(super) fn is_empty_cell(&self) -> bool {
        matches!(self.at, At::Cell { .. }) && self.text.as_deref() == Some("")
    }

    /// The clean text, unless it is missing or left out.
    pub(super) fn present(&self) -> Option<Cow<'_, str>> {
        self.text.as_deref().filter(|_| !self.is_left_out).and_then(text::present)
    }

    /// The kind of rows that its key is for.
    fn kind(&self) -> Option<Kind> {
        let section = self.key.split(": ").next()?;
        Kind::ALL.into_iter().find(|kind| section == kind.as_str())
    }
}

impl At<'_> {
    /// Whether a finding is about what stands here.
    fn concerns(&self, finding: &Finding) -> bool {
        let is_whole_table = |is_skipped| is_skipped && finding.code.severity() == Severity::Error;
        match (self, finding.place) {
            (Self::Path(path), Place::Path(found)) => found.is_way_to(path),
            (&Self::Cell { kind, line, position, is_skipped }, Place::Cell(of, at, cell)) => {
                let is_header = at == 1;
                let is_whole_row = at == line && finding.code == Code::LongRow;
                let is_here = is_whole_row || (is_header && is_whole_table(is_skipped));
                let is_unknown = finding.code == Code::UnknownColumn;
                kind == of && (is_here || (cell == position && (at == line || is_unknown)))
            }
            (&Self::Cell { kind, line, is_skipped, .. }, Place::Row(of, at)) => {
                kind == of && (at == line || (at == 1 && is_whole_table(is_skipped)))
            }
            (&Self::Cell { kind, line, .. }, Place::Character(of, at, _)) => {
                kind == of && (at == line || at == 1)
            }
            _ => false,
        }
    }
}
