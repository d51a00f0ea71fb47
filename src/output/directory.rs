use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::unfinished::Unfinished;
use crate::error::Error;

/// A directory whose files appear together.
///
/// They are written in a folder of their own inside it, and get their places when all are
/// complete. The directory must be new or empty, so that files of two runs are never mixed.
///
/// ```
/// use std::fs;
///
/// use pfocr2rdf::output::Directory;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("dump");
/// let directory = Directory::create(&path)?;
/// fs::write(directory.path().join("a.nt"), "")?;
/// assert!(!path.join("a.nt").exists());
/// directory.finish()?;
/// assert!(path.join("a.nt").exists());
/// assert!(Directory::create(&path).is_err());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Directory {
    /// Where the files are written. Its end is before that of `made`.
    files: TempDir,
    _unfinished: Unfinished,
    target: PathBuf,
    made: NewDirectory,
}

/// A directory for files, made if there was none; what was made is removed when nothing is in it
/// at the end.
///
/// ```
/// use std::fs;
///
/// use pfocr2rdf::output::NewDirectory;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("new");
/// drop(NewDirectory::create(&path)?);
/// assert!(!path.exists());
/// let directory = NewDirectory::create(&path)?;
/// fs::write(path.join("a"), "")?;
/// drop(directory);
/// assert!(path.join("a").exists());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct NewDirectory(Option<Unfinished>);

impl NewDirectory {
    /// Makes the directory.
    ///
    /// # Errors
    ///
    /// The folder that it is in cannot be written to.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let create = || fs::create_dir(path).map(|()| ((), path.to_owned()));
        match Unfinished::create(create, |path| fs::remove_dir(path)) {
            Ok(((), made)) => Ok(Self(Some(made))),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(Self(None)),
            Err(error) => Err(Error::write(path, error)),
        }
    }

    /// Lets the directory stay, even if it is empty.
    fn keep(self) {
        if let Some(made) = self.0 {
            made.keep();
        }
    }
}

impl Directory {
    /// Begins a directory.
    ///
    /// # Errors
    ///
    /// There is a file of this name, or a directory that is not empty, or it cannot be written
    /// to.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let cannot_write = |cause| Error::write(path, cause);
        let made = NewDirectory::create(path)?;
        if fs::read_dir(path).map_err(cannot_write)?.next().is_some() {
            let path = path.display();
            return Err(Error::invalid(format!(
                "{path}: is not empty, expected a new or an empty directory"
            )));
        }
        let create = || {
            let files = tempfile::Builder::new().prefix(".pfocr2rdf-").tempdir_in(path)?;
            let path = files.path().to_owned();
            Ok((files, path))
        };
        let created = Unfinished::create(create, |path| fs::remove_dir_all(path));
        let (files, unfinished) = created.map_err(cannot_write)?;
        Ok(Self { files, _unfinished: unfinished, target: path.to_owned(), made })
    }

    /// Where the files are to be written.
    #[must_use]
    pub fn path(&self) -> &Path {
        self.files.path()
    }

    /// Gives the files their places.
    ///
    /// # Errors
    ///
    /// They cannot be moved.
    pub fn finish(self) -> Result<(), Error> {
        self.publish().map_err(|cause| Error::write(&self.target, cause))?;
        self.made.keep();
        Ok(())
    }

    fn publish(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.files.path())? {
            let entry = entry?;
            fs::rename(entry.path(), self.target.join(entry.file_name()))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_stays_of_a_directory_that_is_not_finished() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().join("new"), folder.path().to_owned()] {
            let directory = Directory::create(&path).unwrap();
            fs::write(directory.path().join("a.nt"), "half").unwrap();
            drop(directory);
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "{}", path.display());
        }
    }

    #[test]
    fn what_is_there_stays() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "old").unwrap();
        let refused = |path: &Path| Directory::create(path).unwrap_err().to_string();
        assert!(refused(folder.path()).ends_with("expected a new or an empty directory"));
        assert!(refused(&folder.path().join("file")).starts_with("cannot write "));
        assert!(refused(&folder.path().join("a/b")).starts_with("cannot write "));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
