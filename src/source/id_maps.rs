use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::str;

use super::files::Files;
use crate::diagnostic::{Code, Diagnostic, Field, Location};
use crate::error::Error;
use crate::id::{Id, NdexId, WikiPathwaysId};
use crate::raw::{good_characters, invalid_utf8};
use crate::record::Extra;
use crate::text;

/// What `wpid_map.tsv` and `ndex_map.tsv` say: pathways and networks that were made from figures.
#[derive(Clone, Debug, Default)]
pub struct IdMaps {
    pathways: Rows<WikiPathwaysId<'static>>,
    networks: Rows<NdexId<'static>>,
}

/// What a row should be.
const EXPECTED: &str = "expected a figid, a tab and a value";

const PATHWAYS: &str = IdMaps::TABLES[0];
const NETWORKS: &str = IdMaps::TABLES[1];

/// The rows of a table by figid, and where they stand.
#[derive(Clone, Debug)]
struct Rows<T> {
    name: String,
    ids: HashMap<String, (T, Place)>,
    unused: HashMap<String, Vec<Unused>>,
}

/// The line and column of a value.
type Place = (u64, u64);

/// A row that says nothing, or nothing that can be used.
#[derive(Clone, Debug)]
struct Unused {
    text: String,
    location: Location,
    diagnostic: Option<Diagnostic>,
}

/// A row of a figure.
pub(crate) struct MapRow<'m> {
    /// The name of the table.
    pub(crate) table: &'static str,
    /// The place of the value.
    pub(crate) location: Location,
    /// The value.
    pub(crate) text: &'m str,
    /// What is wrong with it.
    pub(crate) diagnostic: Option<&'m Diagnostic>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { name: String::new(), ids: HashMap::new(), unused: HashMap::new() }
    }
}

impl IdMaps {
    /// The names of the tables: pathways, then networks.
    pub const TABLES: [&'static str; 2] = ["wpid_map.tsv", "ndex_map.tsv"];

    pub(super) fn read(files: &Files, diagnostics: &mut Vec<Diagnostic>) -> Result<Self, Error> {
        let [pathways, networks] = Self::TABLES;
        Ok(Self {
            pathways: rows(files, pathways, Code::InvalidWpid, diagnostics)?,
            networks: rows(files, networks, Code::InvalidNdex, diagnostics)?,
        })
    }

    /// What the tables say of a figure.
    #[must_use]
    pub fn get(&self, figid: &str) -> Extra<'static> {
        Extra {
            wikipathways: self.pathways.ids.get(figid).map(|(id, _)| id.clone()),
            ndex: self.networks.ids.get(figid).map(|(id, _)| id.clone()),
        }
    }

    /// The rows of a figure, also those that are not used.
    pub(crate) fn rows(&self, figid: &str) -> Vec<MapRow<'_>> {
        let mut rows = self.pathways.rows(PATHWAYS, figid);
        rows.extend(self.networks.rows(NETWORKS, figid));
        rows
    }

    pub(super) fn orphans(&self, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut orphans = self.pathways.orphans(&is_known);
        orphans.extend(self.networks.orphans(&is_known));
        orphans
    }
}

impl<T: Id<'static>> Rows<T> {
    /// Adds a row; what is wrong with it.
    fn add(&mut self, row: &[u8], line: u64, invalid: Code) -> Option<Diagnostic> {
        let row = row.strip_suffix(b"\r").unwrap_or(row);
        let cells = String::from_utf8_lossy(row);
        let (figid, value) = cells.split_once('\t').unwrap_or((&cells, ""));
        let column = figid.chars().count() as u64 + 2;
        let figid = text::text(figid).into_owned();
        let id = match check_cells(row) {
            Err(found) => Err(found),
            Ok(()) if figid.is_empty() => {
                Err((Code::InvalidMapRow, 1, format!("found no figid, {EXPECTED}")))
            }
            Ok(()) if self.ids.contains_key(&figid) => {
                Err((Code::InvalidMapRow, 1, format!("found the figid {figid:?} again")))
            }
            Ok(()) => {
                let id = text::present(value).map(|id| T::from_text(id.into_owned().into()));
                id.transpose().map_err(|error| (invalid, column, error.to_string()))
            }
        };
        let diagnostic = match id {
            Ok(Some(id)) => {
                self.ids.insert(figid, (id, (line, column)));
                return None;
            }
            Ok(None) => None,
            Err((code, column, message)) => {
                Some(Diagnostic::new(code, self.location(line, column), message))
            }
        };
        let (text, location) = (value.to_owned(), self.location(line, column));
        let unused = Unused { text, location, diagnostic: diagnostic.clone() };
        self.unused.entry(figid).or_default().push(unused);
        diagnostic
    }
}

impl<T> Rows<T> {
    /// The rows of a figure in their order.
    fn rows<'m>(&'m self, table: &'static str, figid: &str) -> Vec<MapRow<'m>>
    where
        T: AsRef<str>,
    {
        let used = self.ids.get(figid).map(|(id, (line, column))| {
            let location = self.location(*line, *column);
            MapRow { table, location, text: id.as_ref(), diagnostic: None }
        });
        let unused = self.unused.get(figid).into_iter().flatten().map(|row| MapRow {
            table,
            location: row.location.clone(),
            text: &row.text,
            diagnostic: row.diagnostic.as_ref(),
        });
        let mut rows: Vec<_> = used.into_iter().chain(unused).collect();
        rows.sort_by_key(|row| row.location.line);
        rows
    }

    fn location(&self, row: u64, column: u64) -> Location {
        let table = Path::new(&self.name).file_stem().unwrap_or_default();
        let table = table.to_string_lossy().into_owned();
        Location::new(&self.name, row, column).with_field(Field::Cell { table, row, column: None })
    }

    /// Notes of the rows whose figure is not known, in the order of the file.
    fn orphans(&self, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut orphans: Vec<_> = self.ids.iter().filter(|(figid, _)| !is_known(figid)).collect();
        orphans.sort_unstable_by_key(|(_, (_, place))| *place);
        let note = |(figid, (_, (line, _))): (&String, &(T, Place))| {
            let location = self.location(*line, 1);
            let message = format!("found no record with the figid {figid:?}");
            Diagnostic::new(Code::OrphanMapRow, location, message)
        };
        orphans.into_iter().map(note).collect()
    }
}

fn rows<T: Id<'static>>(
    files: &Files,
    name: &str,
    invalid: Code,
    diagnostics: &mut Vec<Diagnostic>,
) -> Result<Rows<T>, Error> {
    let path = files.path(Path::new(name));
    let bytes = match files.read(Path::new(name), files.limits().table_size) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Rows::default()),
        Err(error) => return Err(Error::read(path, error)),
    };
    let mut rows =
        Rows { name: path.display().to_string(), ids: HashMap::new(), unused: HashMap::new() };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    for (line, row) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if bytes.is_empty() {
            break;
        }
        diagnostics.extend(rows.add(row, line, invalid));
    }
    Ok(rows)
}

/// What is wrong with the cells of a row, if something is, and in which column.
fn check_cells(row: &[u8]) -> Result<(), (Code, u64, String)> {
    let row = str::from_utf8(row).map_err(|error| {
        let column = 1 + good_characters(row, error);
        (Code::InvalidUtf8, column, invalid_utf8(row, error))
    })?;
    match row.split('\t').count() {
        2 => Ok(()),
        cells => Err((
            Code::InvalidMapRow,
            1,
            format!("found {}, {EXPECTED}", text::counted(cells, "cell")),
        )),
    }
}
