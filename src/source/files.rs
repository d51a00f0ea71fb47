use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::archive::Members;
use super::limits::check_size;
use super::{Limits, Size};
use crate::error::Error;

/// The files of a folder, wherever that is. Their names have no folders.
#[derive(Debug)]
pub(super) struct Files {
    place: Place,
    limits: Limits,
}

#[derive(Debug)]
enum Place {
    Directory(PathBuf),
    Archive(Members),
    /// One record that was read from standard input, up to a byte above the limit.
    Input(Vec<u8>),
}

impl Files {
    /// The files of a directory.
    pub(super) fn directory(path: PathBuf, limits: Limits) -> Result<Self, Error> {
        if !path.as_os_str().is_empty() {
            fs::metadata(&path).map_err(|cause| Error::read(&path, cause))?;
        }
        Ok(Self { place: Place::Directory(path), limits })
    }

    /// The files of a folder of an archive.
    pub(super) fn archive(members: Members, limits: Limits) -> Self {
        Self { place: Place::Archive(members), limits }
    }

    /// The one record that is read from standard input.
    pub(super) fn input(reader: impl Read, limits: Limits) -> io::Result<Self> {
        let bytes = read(reader, 0, limits.record_size)?;
        Ok(Self { place: Place::Input(bytes), limits })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The file as the user knows it.
    pub(super) fn path(&self, name: &Path) -> PathBuf {
        match &self.place {
            Place::Directory(folder) => folder.join(name),
            Place::Archive(members) => members.folder().join(name),
            Place::Input(_) => name.to_owned(),
        }
    }

    /// The names of all files, by their bytes.
    pub(super) fn names(&self) -> Result<Vec<PathBuf>, Error> {
        match &self.place {
            Place::Directory(folder) => names_in(folder),
            Place::Archive(members) => Ok(members.names().map(PathBuf::from).collect()),
            Place::Input(_) => Ok(Vec::new()),
        }
    }

    /// Whether there is a file with this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        match &self.place {
            // A link that leads nowhere is a file that cannot be read.
            Place::Directory(folder) => fs::symlink_metadata(folder.join(name)).is_ok(),
            Place::Archive(members) => members.contains(name),
            Place::Input(_) => false,
        }
    }

    /// The bytes of a file, which is never read beyond the limit.
    pub(super) fn read(&self, name: &Path, limit: Size) -> io::Result<Vec<u8>> {
        let bytes = match &self.place {
            Place::Directory(folder) => {
                let file = File::open(folder.join(name))?;
                let size = file.metadata()?.len();
                check_size(size, limit)?;
                read(file, size, limit)?
            }
            Place::Archive(members) => {
                let entry = members.entry(name).ok_or(io::ErrorKind::NotFound)?;
                check_size(entry.size, limit)?;
                members.read(entry)?
            }
            Place::Input(bytes) => bytes.clone(),
        };
        check_size(bytes.len() as u64, limit)?;
        Ok(bytes)
    }

    /// The bytes of a file by its [path](Self::path), if it is one of these and can be read.
    pub(super) fn read_path(&self, path: &Path) -> Option<Vec<u8>> {
        let name = Path::new(path.file_name()?);
        let limit = self.limits.record_size.max(self.limits.table_size);
        if self.path(name) == path { self.read(name, limit).ok() } else { None }
    }

    /// Whether a canonical path is that of one of these files, or of the archive that they are in.
    pub(super) fn is_at(&self, file: &Path, is_read: impl FnOnce(&OsStr) -> bool) -> bool {
        let is_same = |path: &Path| path.canonicalize().is_ok_and(|path| path == file);
        match (&self.place, file.file_name()) {
            (Place::Directory(folder), Some(name)) => is_read(name) && is_same(&folder.join(name)),
            (Place::Archive(members), _) => is_same(members.archive()),
            _ => false,
        }
    }
}

/// The names of the files in a directory, by their bytes.
fn names_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let listed = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let mut names = Vec::new();
    for entry in fs::read_dir(listed).map_err(|cause| Error::read(folder, cause))? {
        let entry = entry.map_err(|cause| Error::read(folder, cause))?;
        if !entry.file_type().is_ok_and(|file_type| file_type.is_dir()) {
            names.push(PathBuf::from(entry.file_name()));
        }
    }
    names.sort_unstable_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    Ok(names)
}

/// The bytes of a reader, of about this size; when there are more than the limit, one more.
fn read(reader: impl Read, size: u64, limit: Size) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    reader.take(limit.0.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}
