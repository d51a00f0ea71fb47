use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::archive::{self, Archive};
use super::files::{Files, Name};
use super::{Limits, STANDARD_INPUT, is_record};
use crate::error::Error;

/// Where the records and tables of an input are.
pub(super) struct Places {
    pub(super) records: Files,
    /// The names of the records.
    pub(super) names: Vec<Name>,
    /// None when nothing says where tables may be.
    pub(super) tables: Option<Files>,
    /// Whether the input holds the record of every table.
    pub(super) is_database: bool,
}

impl Places {
    pub(super) fn find(path: &Path, data: Option<&Path>, limits: Limits) -> Result<Self, Error> {
        let cannot_read = |cause| Error::read(path, cause);
        let mut places = if path == Path::new(STANDARD_INPUT) {
            Self::in_stdin(limits)?
        } else if fs::metadata(path).map_err(cannot_read)?.is_dir() {
            Self::in_directory(path, limits)?
        } else if archive::is_named_so(path) {
            let archive = Archive::open(path, &limits).map_err(cannot_read)?;
            Self::in_archive(archive, path, limits)?
        } else if is_record(path) {
            Self::of_record(path, limits)?
        } else {
            return Err(Error::invalid(format!(
                "{}: expected a directory, an archive (.tar, .tar.gz, .tgz, .tar.zst or .zip), or \
                 a record: a file named .md, .markdown, .yml or .yaml",
                path.display()
            )));
        };
        if let Some(data) = data {
            places.tables = Some(Files::directory(data.to_owned(), limits)?);
        }
        if places.is_database {
            places.tables = places.tables.map(Files::listed).transpose()?;
        }
        Ok(places)
    }

    fn in_directory(path: &Path, limits: Limits) -> Result<Self, Error> {
        let figures = path.join("_figures");
        let folder = if figures.is_dir() { strip_dot(&figures) } else { path.to_owned() };
        let tables = Some(Files::directory(data_of(&folder), limits)?);
        let records = Files::directory(strip_dot(&folder), limits)?;
        let names = names_of_records(&records, &folder)?;
        Ok(Self { records, names, tables, is_database: true })
    }

    fn in_archive(archive: Archive, path: &Path, limits: Limits) -> Result<Self, Error> {
        let Archive { figures, data } = archive;
        let tables = data.unwrap_or_else(|| figures.clone());
        let records = Files::archive(figures, limits);
        let names = names_of_records(&records, &path.join("_figures"))?;
        let tables = Some(Files::archive(tables, limits));
        Ok(Self { records, names, tables, is_database: true })
    }

    fn of_record(path: &Path, limits: Limits) -> Result<Self, Error> {
        let cannot_read = |cause| Error::read(path, cause);
        let folder = path.parent().unwrap_or(Path::new(""));
        let (records, name) = if fs::metadata(path).map_err(cannot_read)?.is_file() {
            let name = Path::new(path.file_name().unwrap_or_default());
            (Files::directory(folder.to_owned(), limits)?, name)
        } else {
            (Files::stream(path, limits).map_err(cannot_read)?, path)
        };
        let names = vec![Name::Own(name.into())];
        let tables = Some(Files::directory(data_of(folder), limits)?);
        Ok(Self { records, names, tables, is_database: false })
    }

    fn in_stdin(limits: Limits) -> Result<Self, Error> {
        let path = Path::new(STANDARD_INPUT);
        let cannot_read = |cause| Error::read(path, cause);
        let mut stdin = io::stdin().lock();
        let mut head = Vec::new();
        stdin.by_ref().take(archive::HEAD).read_to_end(&mut head).map_err(cannot_read)?;
        if archive::is_one(&head) {
            let stream = Box::new(io::Cursor::new(head).chain(stdin));
            let archive = Archive::from_stream(path, stream, &limits).map_err(cannot_read)?;
            return Self::in_archive(archive, path, limits);
        }
        let records = Files::input(head.chain(stdin), limits)?;
        Ok(Self { records, names: vec![Name::Own(path.into())], tables: None, is_database: false })
    }
}

/// The names of the files that are records; there must be one.
fn names_of_records(files: &Files, folder: &Path) -> Result<Vec<Name>, Error> {
    let names = files.records()?;
    if names.is_empty() {
        return Err(Error::invalid(format!(
            "{}: found no record, expected files named .md, .markdown, .yml or .yaml",
            folder.display()
        )));
    }
    Ok(names)
}

/// The folder of the tables of records in this folder.
fn data_of(folder: &Path) -> PathBuf {
    let beside = match (folder.parent(), folder.file_name()) {
        (Some(parent), Some(_)) => parent.join("_data"),
        _ => folder.join("..").join("_data"),
    };
    if beside.is_dir() { beside } else { folder.to_owned() }
}

/// The path without a `.` before it, as people write it.
fn strip_dot(path: &Path) -> PathBuf {
    path.strip_prefix(".").unwrap_or(path).to_owned()
}
