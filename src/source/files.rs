use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, File, ReadDir};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use xxhash_rust::xxh3::xxh3_128;

use super::archive::Members;
use super::limits::check_size;
use super::regular::check_regular;
use super::{Limits, STANDARD_INPUT, Size, is_record};
use crate::error::Error;

/// The files of a folder, wherever that is. Their names have no folders.
#[derive(Debug)]
pub(super) struct Files {
    place: Place,
    limits: Limits,
}

#[derive(Debug)]
enum Place {
    Directory {
        folder: PathBuf,
        listed: Option<Listed>,
    },
    Archive(Members),
    /// One record that can be read only once, up to a byte above the limit.
    Stream(Vec<u8>),
}

/// The hashes of the names of all files in a directory, sorted. Without it the system is asked for
/// each table that a record could have, and most have one of three.
#[derive(Debug)]
struct Listed(Vec<u128>);

/// The name of a file.
#[derive(Clone, Debug)]
pub(super) enum Name {
    Own(Box<Path>),
    /// The position in an archive, whose index has the name.
    Member(u32),
}

impl Files {
    /// The files of a directory.
    pub(super) fn directory(path: PathBuf, limits: Limits) -> Result<Self, Error> {
        if !path.as_os_str().is_empty() {
            fs::metadata(&path).map_err(|cause| Error::read(&path, cause))?;
        }
        Ok(Self { place: Place::Directory { folder: path, listed: None }, limits })
    }

    /// The same, for a directory where many names are looked for: what comes into it later is not
    /// seen.
    pub(super) fn listed(mut self) -> Result<Self, Error> {
        if let Place::Directory { folder, listed } = &mut self.place {
            *listed = Some(Listed::new(folder)?);
        }
        Ok(self)
    }

    /// The files of a folder of an archive.
    pub(super) fn archive(members: Members, limits: Limits) -> Self {
        Self { place: Place::Archive(members), limits }
    }

    /// The one record that is read from standard input.
    pub(super) fn input(reader: impl Read, limits: Limits) -> Result<Self, Error> {
        const KEY: &[u8] = b"figid";
        let cannot_read = |cause| Error::read(STANDARD_INPUT, cause);
        let bytes = read(reader, 0, limits.record_size).map_err(cannot_read)?;
        let is_record = bytes.starts_with(b"---") || bytes.windows(KEY.len()).any(|at| at == KEY);
        if is_record {
            return Ok(Self { place: Place::Stream(bytes), limits });
        }
        let found = if bytes.is_empty() { "nothing" } else { "something else" };
        Err(Error::invalid(format!(
            "found {found} on standard input, expected a record or an archive"
        )))
    }

    /// The one record that is read from something that is no regular file, such as a named pipe.
    pub(super) fn stream(path: &Path, limits: Limits) -> io::Result<Self> {
        let bytes = read(File::open(path)?, 0, limits.record_size)?;
        Ok(Self { place: Place::Stream(bytes), limits })
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    /// The file as the user knows it.
    pub(super) fn path(&self, name: &Path) -> PathBuf {
        match &self.place {
            Place::Directory { folder, .. } => join(folder, name),
            Place::Archive(members) => join(members.folder(), name),
            Place::Stream(_) => name.to_owned(),
        }
    }

    /// The name of a file of these.
    pub(super) fn name<'n>(&'n self, name: &'n Name) -> &'n Path {
        match (name, &self.place) {
            (Name::Own(name), _) => name,
            (Name::Member(position), Place::Archive(members)) => Path::new(members.name(*position)),
            (Name::Member(_), _) => Path::new(""),
        }
    }

    /// The names of the records, by their bytes.
    pub(super) fn records(&self) -> Result<Vec<Name>, Error> {
        if let Place::Archive(members) = &self.place {
            let names = (0..).zip(members.names()).filter(|(_, name)| is_record(Path::new(name)));
            return Ok(names.map(|(position, _)| Name::Member(position)).collect());
        }
        let mut names = Vec::new();
        self.each_name(|name| {
            if is_record(name) {
                names.push(Name::Own(name.into()));
            }
        })?;
        names.sort_unstable_by(|a, b| self.name(a).as_os_str().cmp(self.name(b).as_os_str()));
        Ok(names)
    }

    /// Shows the names of all files, in any order.
    pub(super) fn each_name(&self, mut visit: impl FnMut(&Path)) -> Result<(), Error> {
        match &self.place {
            Place::Directory { folder, .. } => each_name_in(folder, visit),
            Place::Archive(members) => {
                members.names().for_each(|name| visit(Path::new(name)));
                Ok(())
            }
            Place::Stream(_) => Ok(()),
        }
    }

    /// Whether there is a file with this name.
    pub(super) fn contains(&self, name: &str) -> bool {
        match &self.place {
            Place::Directory { listed: Some(listed), .. } => listed.contains(name),
            // A link that leads nowhere is a file that cannot be read.
            Place::Directory { folder, listed: None } => {
                fs::symlink_metadata(folder.join(name)).is_ok()
            }
            Place::Archive(members) => members.contains(name),
            Place::Stream(_) => false,
        }
    }

    /// The bytes of a file, which is never read beyond the limit.
    pub(super) fn read(&self, name: &Path, limit: Size) -> io::Result<Vec<u8>> {
        let bytes = match &self.place {
            Place::Directory { folder, .. } => {
                let path = join(folder, name);
                // To open a pipe would wait until somebody writes to it.
                let metadata = fs::metadata(&path)?;
                check_regular(metadata.file_type())?;
                check_size(metadata.len(), limit)?;
                read(File::open(path)?, metadata.len(), limit)?
            }
            Place::Archive(members) => {
                let entry = members.entry(name).ok_or(io::ErrorKind::NotFound)?;
                check_size(entry.size, limit)?;
                members.read(entry)?
            }
            Place::Stream(bytes) => bytes.clone(),
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
    pub(super) fn is_at(&self, file: &Path, is_read: impl Fn(&OsStr) -> bool) -> bool {
        let is_same = |path: &Path| path.canonicalize().is_ok_and(|path| path == file);
        match &self.place {
            Place::Directory { folder, .. } => {
                let is_same = |name: &OsStr| is_read(name) && is_same(&folder.join(name));
                // Only links can have another name than the file.
                file.file_name().is_some_and(is_same) || links_in(folder).any(|name| is_same(&name))
            }
            Place::Archive(members) => is_same(members.archive()),
            Place::Stream(_) => false,
        }
    }
}

impl Listed {
    fn new(folder: &Path) -> Result<Self, Error> {
        let hash = |entry: DirEntry| xxh3_128(entry.file_name().as_encoded_bytes());
        let hashes =
            list(folder).and_then(|entries| entries.map(|entry| entry.map(hash)).collect());
        let mut hashes: Vec<_> = hashes.map_err(|cause| Error::read(folder, cause))?;
        hashes.sort_unstable();
        Ok(Self(hashes))
    }

    fn contains(&self, name: &str) -> bool {
        self.0.binary_search(&xxh3_128(name.as_bytes())).is_ok()
    }
}

/// Shows the names of the files in a directory.
fn each_name_in(folder: &Path, mut visit: impl FnMut(&Path)) -> Result<(), Error> {
    for entry in list(folder).map_err(|cause| Error::read(folder, cause))? {
        let entry = entry.map_err(|cause| Error::read(folder, cause))?;
        if !entry.file_type().is_ok_and(|file_type| file_type.is_dir()) {
            visit(Path::new(&entry.file_name()));
        }
    }
    Ok(())
}

/// The names of the symbolic links in a directory.
fn links_in(folder: &Path) -> impl Iterator<Item = OsString> {
    let entries = list(folder).into_iter().flatten().flatten();
    let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
    links.map(|entry| entry.file_name())
}

fn list(folder: &Path) -> io::Result<ReadDir> {
    fs::read_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
}

/// The path of a file in a folder, made at once: [`Path::join`] makes that of the folder first.
fn join(folder: &Path, name: &Path) -> PathBuf {
    let mut path = PathBuf::with_capacity(folder.as_os_str().len() + 1 + name.as_os_str().len());
    path.push(folder);
    path.push(name);
    path
}

/// The bytes of a reader, of about this size; when there are more than the limit, one more.
fn read(reader: impl Read, size: u64, limit: Size) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
    reader.take(limit.0.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_listed_directory_has_the_names_that_the_system_finds() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "").unwrap();
        fs::create_dir(folder.path().join("folder")).unwrap();
        symlink("nowhere", folder.path().join("link")).unwrap();
        let asked = || Files::directory(folder.path().to_owned(), Limits::default()).unwrap();
        let listed = asked().listed().unwrap();
        for (name, is_there) in [("file", true), ("folder", true), ("link", true), ("fil", false)] {
            assert_eq!(asked().contains(name), is_there, "{name}");
            assert_eq!(listed.contains(name), is_there, "{name}");
        }
        fs::write(folder.path().join("fil"), "").unwrap();
        assert!(asked().contains("fil") && !listed.contains("fil"));
    }
}
