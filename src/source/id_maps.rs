use std::collections::HashMap;
use std::io;
use std::path::Path;
use std::str;

use super::files::Files;
use crate::diagnostic::{Code, Diagnostic, Field, Location};
use crate::error::Error;
use crate::id::{Id, NdexId, ParseIdError, WikiPathwaysId};
use crate::record::Extra;
use crate::text;

/// What `wpid_map.tsv` and `ndex_map.tsv` say: pathways and networks that were made from figures.
#[derive(Clone, Debug, Default)]
pub struct IdMaps {
    pathways: Rows<WikiPathwaysId<'static>>,
    networks: Rows<NdexId<'static>>,
}

const PATHWAYS: &str = IdMaps::TABLES[0];
const NETWORKS: &str = IdMaps::TABLES[1];

/// The rows of a table by figid, and where they stand.
#[derive(Clone, Debug)]
struct Rows<T> {
    name: String,
    ids: HashMap<String, (T, u64)>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { name: String::new(), ids: HashMap::new() }
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

    /// The rows of a figure: the name of the table, the place of the value and the value.
    pub(crate) fn rows(&self, figid: &str) -> Vec<(&'static str, Location, &str)> {
        let pathway = self.pathways.row(figid).map(|(at, id)| (PATHWAYS, at, id.as_str()));
        let network = self.networks.row(figid).map(|(at, id)| (NETWORKS, at, id.as_str()));
        pathway.into_iter().chain(network).collect()
    }

    pub(super) fn orphans(&self, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut orphans = self.pathways.orphans(&is_known);
        orphans.extend(self.networks.orphans(&is_known));
        orphans
    }
}

impl<T> Rows<T> {
    /// What the row of a figure says, and where.
    fn row(&self, figid: &str) -> Option<(Location, &T)> {
        let (id, line) = self.ids.get(figid)?;
        Some((self.location(*line, column_of_value(figid)), id))
    }

    fn location(&self, row: u64, column: u64) -> Location {
        let table = Path::new(&self.name).file_stem().unwrap_or_default();
        let table = table.to_string_lossy().into_owned();
        Location::new(&self.name, row, column).with_field(Field::Cell { table, row, column: None })
    }

    /// Notes of the rows whose figure is not known, in the order of the file.
    fn orphans(&self, is_known: impl Fn(&str) -> bool) -> Vec<Diagnostic> {
        let mut orphans: Vec<_> = self.ids.iter().filter(|(figid, _)| !is_known(figid)).collect();
        orphans.sort_unstable_by_key(|(_, (_, line))| *line);
        let note = |(figid, (_, line)): (&String, &(T, u64))| {
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
    let mut rows = Rows { name: path.display().to_string(), ids: HashMap::new() };
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    for (line, row) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
        if bytes.is_empty() {
            break;
        }
        let result = match cells(row) {
            Ok((figid, _)) if rows.ids.contains_key(&figid) => {
                Err((Code::InvalidMapRow, 1, format!("found the figid {figid:?} again")))
            }
            Ok((figid, id)) => add(&mut rows, figid, &id, line)
                .map_err(|(column, error)| (invalid, column, error.to_string())),
            Err(message) => Err((Code::InvalidMapRow, 1, message)),
        };
        if let Err((code, column, message)) = result {
            let location = rows.location(line, column);
            diagnostics.push(Diagnostic::new(code, location, message));
        }
    }
    Ok(rows)
}

/// The figid and the value of a row.
fn cells(row: &[u8]) -> Result<(String, String), String> {
    let expected = "expected a figid, a tab and a value";
    let row = str::from_utf8(row.strip_suffix(b"\r").unwrap_or(row))
        .map_err(|error| format!("found bytes that are not UTF-8 ({error}), {expected}"))?;
    match row.split('\t').collect::<Vec<_>>().as_slice() {
        [figid, value] => Ok((text::text(figid).into_owned(), (*value).to_owned())),
        cells => Err(format!("found {} cells, {expected}", cells.len())),
    }
}

/// The column behind the figid and the tab.
fn column_of_value(figid: &str) -> u64 {
    figid.chars().count() as u64 + 2
}

fn add<T: Id<'static>>(
    rows: &mut Rows<T>,
    figid: String,
    value: &str,
    line: u64,
) -> Result<(), (u64, ParseIdError)> {
    let Some(value) = text::present(value) else { return Ok(()) };
    let column = column_of_value(&figid);
    let id = T::from_text(value.into_owned().into()).map_err(|error| (column, error))?;
    rows.ids.insert(figid, (id, line));
    Ok(())
}
