use std::ffi::OsStr;
use std::io;
use std::path::Path;
use std::ptr;
use std::sync::Arc;

use super::files::Files;
use super::{EXTENSIONS, IdMaps};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::error::Error;
use crate::output;
use crate::raw::Kind;

/// A folder with the tables of records.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    records: Option<Arc<Files>>,
    tables: Option<Arc<Files>>,
    id_maps: IdMaps,
}

/// A table as it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct TableFile {
    /// What it holds.
    pub kind: Kind,
    /// The name of the file, for diagnostics.
    pub name: String,
    /// The bytes of the file.
    pub bytes: Vec<u8>,
}

impl Folder {
    pub(super) fn new(
        records: Arc<Files>,
        tables: Files,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let id_maps = IdMaps::read(&tables, diagnostics)?;
        Ok(Self { records: Some(records), tables: Some(Arc::new(tables)), id_maps })
    }

    /// What the tables of all records say.
    #[must_use]
    pub fn id_maps(&self) -> &IdMaps {
        &self.id_maps
    }

    /// Reads a table of a figure, if there is one: it is named after the figure, or with `_` for
    /// every `.` of that name when no other figure is called so.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is larger than the limits; with its name.
    pub fn read(&self, figid: &str, kind: Kind) -> Result<Option<TableFile>, (String, io::Error)> {
        let Some(files) = self.tables.as_deref() else { return Ok(None) };
        let Some(file) = self.table(files, figid, kind) else { return Ok(None) };
        let name = files.path(Path::new(&file)).display().to_string();
        let limits = files.limits();
        let bytes = files.read(Path::new(&file), limits.table_size).and_then(|bytes| {
            limits.check_rows(&bytes)?;
            Ok(bytes)
        });
        match bytes {
            Ok(bytes) => Ok(Some(TableFile { kind, name, bytes })),
            Err(error) => Err((name, error)),
        }
    }

    /// Diagnostics of the tables and rows that no figure has, by name.
    ///
    /// `figures` gives the figures that tables with this name can be of: the one that is called so,
    /// and those that are if `_` is put for every `.`. `is_skipped` says whether the file of a record
    /// with this name was skipped, so that its tables lack nothing else.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn orphans<'f>(
        &self,
        figures: impl Fn(&str) -> Vec<&'f str>,
        is_skipped: impl Fn(&str) -> bool,
    ) -> Result<Vec<Diagnostic>, Error> {
        let Some(files) = self.tables.as_deref() else { return Ok(Vec::new()) };
        let is_known = |figid: &str| figures(figid).contains(&figid) || is_skipped(figid);
        let mut orphans = Vec::new();
        files.each_name(|name| {
            let Some((figid, kind)) = name.to_str().and_then(figid) else { return };
            let figures = figures(figid);
            let is_of = |other: &&str| {
                *other == figid || self.table(files, other, kind).as_deref() == name.to_str()
            };
            let own = |figid: &&str| [figid, kind.suffix()].concat();
            let message = match figures.iter().find(|other| files.contains(&own(other))) {
                _ if is_skipped(figid) || figures.iter().any(is_of) => return,
                None => format!("found no record with the figid {figid:?}"),
                Some(other) => {
                    format!("found a second table of {other:?}, whose first is {:?}", own(other))
                }
            };
            let location = Location::new(files.path(name).display().to_string(), 1, 1);
            orphans.push(Diagnostic::new(Code::OrphanTable, location, message));
        })?;
        orphans.sort_by(|a, b| a.location.cmp(&b.location));
        orphans.extend(self.id_maps.orphans(is_known));
        Ok(orphans)
    }

    /// Whether it is the same folder.
    #[must_use]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        let (Some(files), Some(others)) = (self.files(), other.files()) else { return false };
        let path = |files: &Files| output::resolved(&files.path(Path::new("")));
        ptr::eq(files, others) || path(files) == path(others)
    }

    pub(super) fn files(&self) -> Option<&Files> {
        self.tables.as_deref()
    }

    /// Whether a canonical path is that of a table.
    pub(super) fn reads(&self, file: &Path) -> bool {
        let is_table = |name: &OsStr| name.to_str().is_some_and(is_table);
        self.tables.as_deref().is_some_and(|files| files.is_at(file, is_table))
    }

    /// The name of a table of a figure, if there is one.
    fn table(&self, files: &Files, figid: &str, kind: Kind) -> Option<String> {
        if figid.contains(['/', '\\', '\0']) {
            return None;
        }
        let name = |figid: &str| [figid, kind.suffix()].concat();
        Some(name(figid)).filter(|name| files.contains(name)).or_else(|| {
            let other = Some(figid.replace('.', "_")).filter(|other| other != figid)?;
            let is_used = |name: &String| files.contains(name) && !self.has_record(&other);
            Some(name(&other)).filter(is_used)
        })
    }

    fn has_record(&self, figid: &str) -> bool {
        let has = |files: &Files| {
            EXTENSIONS.iter().any(|extension| files.contains(&format!("{figid}.{extension}")))
        };
        self.records.as_deref().is_some_and(has)
    }
}

/// Whether a file is read as a table, by its name.
pub(super) fn is_table(name: &str) -> bool {
    IdMaps::TABLES.contains(&name) || figid(name).is_some()
}

/// The figure that a table is named after, and the kind of the table.
fn figid(name: &str) -> Option<(&str, Kind)> {
    Kind::ALL.into_iter().find_map(|kind| Some((name.strip_suffix(kind.suffix())?, kind)))
}
