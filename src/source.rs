//! Where records come from: files, directories and standard input.

mod folder;
mod id_maps;

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crate::diagnostic::Diagnostic;
use crate::error::Error;

pub use self::folder::{Folder, TableFile};
pub use self::id_maps::IdMaps;

/// The extensions of the files of records.
pub const EXTENSIONS: [&str; 4] = ["md", "markdown", "yml", "yaml"];

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
    is_directory: bool,
}

impl Input {
    /// Opens an input:
    ///
    /// * a directory with a folder `_figures`, or with records: all its records, by name;
    /// * a file: one record;
    /// * `-`: one record on standard input.
    ///
    /// The tables are looked for in `data`, else in `_data` beside the folder of the records,
    /// else in the folder of the records. What is wrong with the tables of all records goes to
    /// `diagnostics`.
    ///
    /// # Errors
    ///
    /// The path cannot be read, is no record by its extension, or is a directory without one.
    pub fn open(
        path: &Path,
        data: Option<&Path>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Self, Error> {
        if path == Path::new("-") {
            let tables = Folder::new(None, data.map(Path::to_owned), diagnostics)?;
            return Ok(Self { records: vec![RecordFile(None)], tables, is_directory: false });
        }
        let metadata = fs::metadata(path).map_err(|cause| Error::read(path, cause))?;
        let (records, folder) = if metadata.is_dir() {
            let figures = path.join("_figures");
            let folder = if figures.is_dir() { strip_dot(&figures) } else { path.to_owned() };
            (records_in(&folder)?, folder)
        } else if is_record(path) {
            let folder = path.parent().unwrap_or(Path::new("")).to_owned();
            (vec![RecordFile(Some(path.to_owned()))], folder)
        } else {
            return Err(Error::invalid(format!(
                "{}: expected a directory, or a record: a file named .md, .markdown, .yml or .yaml",
                path.display()
            )));
        };
        let data = data.map_or_else(|| data_of(&folder), Path::to_owned);
        let tables = Folder::new(Some(folder), Some(data), diagnostics)?;
        Ok(Self { records, tables, is_directory: metadata.is_dir() })
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

    /// Whether the input is a directory, and so holds the record of every table.
    #[must_use]
    pub fn is_directory(&self) -> bool {
        self.is_directory
    }
}

/// The file of a record, or standard input.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct RecordFile(Option<PathBuf>);

impl RecordFile {
    /// The file as the user knows it; `-` is standard input.
    #[must_use]
    pub fn name(&self) -> String {
        self.0.as_ref().map_or_else(|| "-".to_owned(), |path| path.display().to_string())
    }

    /// The path of the file; none for standard input.
    #[must_use]
    pub fn path(&self) -> Option<&Path> {
        self.0.as_deref()
    }

    /// Reads the record.
    ///
    /// # Errors
    ///
    /// It cannot be read.
    pub fn read(&self) -> io::Result<Document> {
        let bytes = if let Some(path) = &self.0 { fs::read(path)? } else { standard_input()? };
        let is_markdown = |path: &PathBuf| has_extension(path, &["md", "markdown"]);
        let is_plain = !self.0.as_ref().is_some_and(is_markdown);
        Ok(Document { name: self.name(), bytes, is_plain })
    }
}

/// All bytes of standard input, which can be had more than once.
fn standard_input() -> io::Result<Vec<u8>> {
    static READ: OnceLock<Vec<u8>> = OnceLock::new();
    if READ.get().is_none() {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(READ.get_or_init(|| bytes).clone());
    }
    Ok(READ.get().cloned().unwrap_or_default())
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

fn is_record(path: &Path) -> bool {
    has_extension(path, &EXTENSIONS)
}

/// The records in a folder, by the bytes of their names.
fn records_in(folder: &Path) -> Result<Vec<RecordFile>, Error> {
    let mut records = Vec::new();
    for entry in fs::read_dir(folder).map_err(|cause| Error::read(folder, cause))? {
        let entry = entry.map_err(|cause| Error::read(folder, cause))?;
        let name = PathBuf::from(entry.file_name());
        if is_record(&name) && !entry.file_type().is_ok_and(|file_type| file_type.is_dir()) {
            records.push(name);
        }
    }
    if records.is_empty() {
        return Err(Error::invalid(format!(
            "{}: found no record, expected files named .md, .markdown, .yml or .yaml",
            folder.display()
        )));
    }
    records.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    let folder = strip_dot(folder);
    Ok(records.iter().map(|name| RecordFile(Some(folder.join(name)))).collect())
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
