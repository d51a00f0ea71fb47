//! What a run read and wrote, in numbers.

use std::collections::BTreeMap;
use std::fmt;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::convert::{Conversion, Rows};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::sink::Part;

/// The reconciliation of a run: every record and row that was read is accounted for.
///
/// ```
/// use pfocr2rdf::convert::{Conversion, Rows};
/// use pfocr2rdf::summary::Summary;
///
/// let mut summary = Summary::default();
/// let rows = Rows { mapped: 3, unidentified: 1, malformed: 0 };
/// summary.add(&Conversion { figid: Some("PMC1__f1".to_owned()), rows, ..Conversion::default() });
/// assert_eq!(
///     summary.to_string(),
///     "records: 1 read, 1 converted, 0 skipped\n\
///      rows:    4 read, 3 mapped, 1 without identifier, 0 malformed\n\
///      triples: 0 (core 0, links 0, wp 0, evidence 0)\n",
/// );
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Summary {
    converted: u64,
    skipped: BTreeMap<Code, u64>,
    rows: Rows,
    /// Those that did not change since an earlier run, and the figids of those that are gone.
    unchanged: u64,
    removed: Option<Vec<String>>,
    /// The numbers of quads to delete and to insert.
    delta: Option<(u64, u64)>,
    triples: [u64; 4],
    /// By code and name, which differ for results of shapes.
    diagnostics: BTreeMap<Code, BTreeMap<String, u64>>,
}

impl Summary {
    /// Accounts for a record. One without a figid counts as skipped for the last of its errors.
    pub fn add(&mut self, conversion: &Conversion) {
        if conversion.figid.is_some() {
            self.converted += 1;
            self.rows.mapped += conversion.rows.mapped;
            self.rows.unidentified += conversion.rows.unidentified;
            self.rows.malformed += conversion.rows.malformed;
        } else {
            let errors = conversion.diagnostics.iter().filter(|d| d.severity() == Severity::Error);
            let reason = errors.map(|diagnostic| diagnostic.code).next_back();
            *self.skipped.entry(reason.unwrap_or(Code::MissingFigid)).or_default() += 1;
        }
        self.note_all(&conversion.diagnostics);
    }

    /// Accounts for a record that did not change since an earlier run.
    pub fn add_unchanged(&mut self, conversion: &Conversion) {
        self.unchanged += 1;
        self.note_all(&conversion.diagnostics);
    }

    /// Notes the figids of the records that were there in an earlier run and are not any more.
    pub fn set_removed(&mut self, figids: Vec<String>) {
        self.removed = Some(figids);
    }

    /// Notes how many quads are to be deleted and inserted.
    pub fn set_delta(&mut self, deleted: u64, inserted: u64) {
        self.delta = Some((deleted, inserted));
    }

    /// How many quads are to be deleted, if that was noted.
    #[must_use]
    pub fn deleted(&self) -> Option<u64> {
        self.delta.map(|(deleted, _)| deleted)
    }

    /// Accounts for diagnostics.
    pub fn note_all(&mut self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            let names = self.diagnostics.entry(diagnostic.code).or_default();
            match names.get_mut(diagnostic.name()) {
                Some(number) => *number += 1,
                None => drop(names.insert(diagnostic.name().to_owned(), 1)),
            }
        }
    }

    /// Accounts for the triples of a part.
    pub fn set_triples(&mut self, part: Part, number: u64) {
        if let Some(triples) = self.triples.get_mut(part as usize) {
            *triples = number;
        }
    }

    /// The number of records that were read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.converted + self.unchanged + self.skipped()
    }

    /// The number of records that were converted.
    #[must_use]
    pub fn converted(&self) -> u64 {
        self.converted
    }

    /// The number of records that were skipped.
    #[must_use]
    pub fn skipped(&self) -> u64 {
        self.skipped.values().sum()
    }

    /// The rows of the records that were converted.
    #[must_use]
    pub fn rows(&self) -> Rows {
        self.rows
    }

    /// The number of triples of a part.
    #[must_use]
    pub fn triples(&self, part: Part) -> u64 {
        self.triples.get(part as usize).copied().unwrap_or_default()
    }

    /// The worst severity of all diagnostics, if there are any.
    #[must_use]
    pub fn worst(&self) -> Option<Severity> {
        self.diagnostics.keys().map(|code| code.severity()).max()
    }

    /// The number of diagnostics of a severity.
    #[must_use]
    pub fn count(&self, severity: Severity) -> u64 {
        self.named(Some(severity)).map(|(_, number)| number).sum()
    }

    /// The names of the diagnostics of a severity, or of all, with their numbers.
    fn named(&self, severity: Option<Severity>) -> impl Iterator<Item = (&str, u64)> + Clone {
        let is_wanted = move |code: &Code| severity.is_none_or(|wanted| code.severity() == wanted);
        let codes = self.diagnostics.iter().filter(move |(code, _)| is_wanted(code));
        codes.flat_map(|(_, names)| names.iter().map(|(name, number)| (name.as_str(), *number)))
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (converted, skipped) = (self.converted, self.skipped());
        write!(f, "records: {} read, {converted} converted, ", self.read())?;
        if let Some(removed) = &self.removed {
            write!(f, "{} unchanged, {} removed, ", self.unchanged, removed.len())?;
        }
        write!(f, "{skipped} skipped")?;
        list(f, self.skipped.iter().map(|(code, number)| (code.as_str(), *number)))?;
        let Rows { mapped, unidentified, malformed } = self.rows;
        write!(f, "\nrows:    {} read, {mapped} mapped, ", mapped + unidentified + malformed)?;
        writeln!(f, "{unidentified} without identifier, {malformed} malformed")?;
        write!(f, "triples: {}", self.triples.iter().sum::<u64>())?;
        list(f, Part::ALL.into_iter().map(|part| (part.as_str(), self.triples(part))))?;
        if let Some((deleted, inserted)) = self.delta {
            write!(f, "\ndelta:   {deleted} deleted, {inserted} inserted")?;
        }
        for severity in [Severity::Error, Severity::Warning, Severity::Note] {
            if self.count(severity) > 0 {
                write!(f, "\n{severity}s: {}", self.count(severity))?;
                list(f, self.named(Some(severity)))?;
            }
        }
        writeln!(f)
    }
}

/// Writes ` (name number, …)`, or nothing when there is nothing to list.
fn list<'a>(
    f: &mut fmt::Formatter<'_>,
    items: impl Iterator<Item = (&'a str, u64)>,
) -> fmt::Result {
    let items: Vec<_> = items.map(|(name, number)| format!("{name} {number}")).collect();
    if items.is_empty() { Ok(()) } else { write!(f, " ({})", items.join(", ")) }
}

/// A map in the order of its items.
struct Map<I>(I);

impl<'a, I: Iterator<Item = (&'a str, u64)> + Clone> Serialize for Map<I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.clone())
    }
}

impl Serialize for Summary {
    /// `{"records": {"read", "converted", "skipped": {code: number}}, "rows": {"read", "mapped",
    /// "withoutIdentifier", "malformed"}, "triples": {part: number}, "diagnostics": {name:
    /// number}}`; with an earlier run also `"unchanged": number, "removed": [figid]` in
    /// `"records"`, and with a delta `"delta": {"deleted", "inserted"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Rows { mapped, unidentified, malformed } = self.rows;
        let mut map = serializer.serialize_map(None)?;
        let mut records = serde_json::json!({
            "read": self.read(),
            "converted": self.converted,
            "skipped": Map(self.skipped.iter().map(|(code, number)| (code.as_str(), *number))),
        });
        if let (Some(removed), Some(records)) = (&self.removed, records.as_object_mut()) {
            records.insert("unchanged".to_owned(), self.unchanged.into());
            records.insert("removed".to_owned(), removed.as_slice().into());
        }
        map.serialize_entry("records", &records)?;
        let rows = serde_json::json!({
            "read": mapped + unidentified + malformed,
            "mapped": mapped,
            "withoutIdentifier": unidentified,
            "malformed": malformed,
        });
        map.serialize_entry("rows", &rows)?;
        let triples = Part::ALL.into_iter().map(|part| (part.as_str(), self.triples(part)));
        map.serialize_entry("triples", &Map(triples))?;
        if let Some((deleted, inserted)) = self.delta {
            let numbers = [("deleted", deleted), ("inserted", inserted)];
            map.serialize_entry("delta", &Map(numbers.into_iter()))?;
        }
        map.serialize_entry("diagnostics", &Map(self.named(None)))?;
        map.end()
    }
}
