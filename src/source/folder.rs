use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{EXTENSIONS, IdMaps};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::error::Error;
use crate::raw::Kind;

/// A folder with the tables of records.
#[derive(Clone, Debug, Default)]
pub struct Folder {
    records: Option<PathBuf>,
    tables: Option<PathBuf>,
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
        records: Option<PathBuf>,
        tables: Option<PathBuf>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let Some(folder) = &tables else { return Ok(Self::default()) };
        if !folder.as_os_str().is_empty() {
            fs::metadata(folder).map_err(|cause| Error::read(folder, cause))?;
        }
        let id_maps = IdMaps::read(folder, diagnostics)?;
        Ok(Self { records, tables, id_maps })
    }

    /// What the tables of all records say.
    #[must_use]
    pub fn id_maps(&self) -> &IdMaps {
        &self.id_maps
    }

    /// The file with a table of a figure, if there is one: it is named after the figure, or with
    /// `_` for every `.` of that name when no other figure is called so.
    #[must_use]
    pub fn table(&self, figid: &str, kind: Kind) -> Option<PathBuf> {
        let folder = self.tables.as_deref().filter(|_| !figid.contains(['/', '\\', '\0']))?;
        let path = |figid: &str| folder.join(format!("{figid}{}", kind.suffix()));
        Some(path(figid)).filter(|path| path.is_file()).or_else(|| {
            let other = figid.replace('.', "_");
            let is_free = other != figid && !self.has_record(&other);
            Some(path(&other)).filter(|path| is_free && path.is_file())
        })
    }

    /// Reads a table of a figure, if there is one.
    ///
    /// # Errors
    ///
    /// It cannot be read; with its name.
    pub fn read(&self, figid: &str, kind: Kind) -> Result<Option<TableFile>, (String, io::Error)> {
        let Some(path) = self.table(figid, kind) else { return Ok(None) };
        let name = path.display().to_string();
        match fs::read(path) {
            Ok(bytes) => Ok(Some(TableFile { kind, name, bytes })),
            Err(error) => Err((name, error)),
        }
    }

    /// Diagnostics of the tables and rows whose figure is none of the known ones, by name.
    ///
    /// # Errors
    ///
    /// The folder cannot be read.
    pub fn orphans(&self, is_known: impl Fn(&str) -> bool) -> Result<Vec<Diagnostic>, Error> {
        let Some(folder) = self.tables.as_deref() else { return Ok(Vec::new()) };
        let is_known = |figid: &str| is_known(figid) || self.has_record(figid);
        let mut orphans = Vec::new();
        for name in names_in(folder)? {
            let kind = Kind::ALL.into_iter().find(|kind| name.ends_with(kind.suffix()));
            let figid = kind.and_then(|kind| name.strip_suffix(kind.suffix()));
            if let Some(figid) = figid.filter(|figid| !is_known(figid)) {
                let file = folder.join(&name).display().to_string();
                let location = Location { file, line: 1, column: 1 };
                let message = format!("found no record with the figid {figid:?}");
                orphans.push(Diagnostic::new(Code::OrphanTable, location, message));
            }
        }
        orphans.extend(self.id_maps.orphans(is_known));
        Ok(orphans)
    }

    fn has_record(&self, figid: &str) -> bool {
        let exists = |folder: &Path| {
            EXTENSIONS.iter().any(|extension| folder.join(format!("{figid}.{extension}")).is_file())
        };
        self.records.as_deref().is_some_and(exists)
    }
}

/// The names of the files in a folder, in the order of their bytes.
fn names_in(folder: &Path) -> Result<Vec<String>, Error> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names = Vec::new();
    for entry in fs::read_dir(listed).map_err(|cause| Error::read(folder, cause))? {
        let entry = entry.map_err(|cause| Error::read(folder, cause))?;
        names.extend(entry.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}
