//! Where records come from: files, directories, archives and standard input.

mod archive;
mod files;
mod folder;
mod id_maps;
mod limits;
mod places;
mod regular;
mod size;

use std::ffi::OsStr;
#[cfg(unix)]
use std::fs::{self, File, Metadata};
use std::io;
#[cfg(unix)]
use std::os::fd::AsFd;
#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::sync::Arc;

use self::files::{Files, Name};
use self::places::Places;
use crate::diagnostic::Diagnostic;
use crate::error::Error;

pub use self::folder::{Folder, TableFile};
pub use self::id_maps::IdMaps;
pub(crate) use self::id_maps::MapRow;
pub use self::limits::Limits;
pub use self::size::Size;

/// The extensions of the files of records.
pub const EXTENSIONS: [&str; 4] = ["md", "markdown", "yml", "yaml"];

/// What stands for standard input.
const STANDARD_INPUT: &str = "-";

/// One input of a run: records, and the folder that has their tables.
///
/// ```no_run
/// use std::path::Path;
///
/// use pfocr2rdf::source::Input;
///
/// let mut diagnostics = Vec::new();
/// let input = Input::open(Path::new("pfocr-database"), None, &mut diagnostics)?;
/// for record in input.records() {
///     println!("{}: {} bytes", record.name(), record.read()?.bytes.len());
/// }
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Input {
    records: Vec<RecordFile>,
    tables: Folder,
    is_database: bool,
    is_stdin: bool,
}

impl Input {
    /// Opens an input:
    ///
    /// * a directory with a folder `_figures`, or with records: all its records, by name;
    /// * an archive (`.tar`, `.tar.gz`, `.tgz`, `.tar.zst` or `.zip`) with a folder `_figures`, at
    ///   its top or in one folder there: the same;
    /// * a file: one record;
    /// * `-`: a record or an archive on standard input.
    ///
    /// The tables are looked for in `data`, else in `_data` beside the folder of the records,
    /// else in the folder of the records; a folder `_data` counts also when no table is in it.
    /// What is wrong with the tables of all records goes to `diagnostics`.
    ///
    /// # Errors
    ///
    /// The path cannot be read, is neither record nor archive by its name (standard input: by its
    /// bytes), or holds no record; an archive is broken, not to be trusted, or beyond the default
    /// [`Limits`].
    pub fn open(
        path: &Path,
        data: Option<&Path>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        Self::open_with(path, data, Limits::default(), diagnostics)
    }

    /// The same, with other limits.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn open_with(
        path: &Path,
        data: Option<&Path>,
        limits: Limits,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        let places = Places::find(path, data, limits)?;
        let files = Arc::new(places.records);
        let record = |name| RecordFile { files: Arc::clone(&files), name };
        let records = places.names.into_iter().map(record).collect();
        let tables = match places.tables {
            Some(tables) => Folder::new(Arc::clone(&files), tables, diagnostics)?,
            None => Folder::default(),
        };
        let is_stdin = path == Path::new(STANDARD_INPUT);
        Ok(Self { records, tables, is_database: places.is_database, is_stdin })
    }

    /// The records, in the order in which they are converted.
    #[must_use]
    pub fn records(&self) -> &[RecordFile] {
        &self.records
    }

    /// The tables of the records.
    #[must_use]
    pub fn tables(&self) -> &Folder {
        &self.tables
    }

    /// The bytes of a file of the records or tables, by the name that diagnostics have; nothing
    /// when there is none or it cannot be read any more.
    #[must_use]
    pub fn read_file(&self, name: &str) -> Option<Vec<u8>> {
        let records = self.records.first().map(|record| record.files.as_ref());
        let mut places = records.into_iter().chain(self.tables.files());
        places.find_map(|files| files.read_path(Path::new(name)))
    }

    /// Whether the input is a directory or an archive, and so holds the record of every table.
    #[must_use]
    pub fn is_database(&self) -> bool {
        self.is_database
    }

    /// Whether this file is read: it is the file of a record or a table, or the archive, or
    /// standard input comes from it.
    #[must_use]
    pub fn reads(&self, file: &Path) -> bool {
        let Ok(file) = file.canonicalize() else { return false };
        if self.is_stdin && is_standard_input(&file) {
            return true;
        }
        let is_record = |name: &OsStr| {
            self.records.binary_search_by(|record| record.path().as_os_str().cmp(name)).is_ok()
        };
        let in_records = self.records.first().is_some_and(|r| r.files.is_at(&file, is_record));
        in_records || self.tables.reads(&file)
    }
}

/// The file of a record, or standard input.
#[derive(Clone, Debug)]
pub struct RecordFile {
    files: Arc<Files>,
    name: Name,
}

impl RecordFile {
    /// The file as the user knows it; `-` is standard input.
    #[must_use]
    pub fn name(&self) -> String {
        self.files.path(self.path()).display().to_string()
    }

    /// The name of the file, without folders.
    #[must_use]
    pub fn file_name(&self) -> String {
        let name = self.path().file_name().unwrap_or_default();
        name.display().to_string()
    }

    /// Reads the record.
    ///
    /// # Errors
    ///
    /// It cannot be read, or is larger than the limits.
    pub fn read(&self) -> io::Result<Document> {
        let bytes = self.files.read(self.path(), self.files.limits().record_size)?;
        let is_plain = !has_extension(self.path(), &["md", "markdown"]);
        Ok(Document { name: self.name(), bytes, is_plain })
    }

    fn path(&self) -> &Path {
        self.files.name(&self.name)
    }
}

/// A record as it was read.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Document {
    /// The name of the file, for diagnostics.
    pub name: String,
    /// All bytes of the file.
    pub bytes: Vec<u8>,
    /// Whether the file may be YAML without the lines that mark front matter.
    pub is_plain: bool,
}

fn has_extension(path: &Path, extensions: &[&str]) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    extension.is_some_and(|found| extensions.iter().any(|known| known.eq_ignore_ascii_case(found)))
}

/// Whether standard input comes from this regular file.
#[cfg(unix)]
fn is_standard_input(file: &Path) -> bool {
    let input = io::stdin().as_fd().try_clone_to_owned();
    let input = input.and_then(|input| File::from(input).metadata());
    let is_same = |input: Metadata, file: Metadata| {
        input.is_file() && (input.dev(), input.ino()) == (file.dev(), file.ino())
    };
    input.is_ok_and(|input| fs::metadata(file).is_ok_and(|file| is_same(input, file)))
}

#[cfg(not(unix))]
fn is_standard_input(_: &Path) -> bool {
    false
}

/// Whether a file is read as a record, by its name.
fn is_record(path: &Path) -> bool {
    has_extension(path, &EXTENSIONS)
}
