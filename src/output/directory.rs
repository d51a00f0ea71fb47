use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

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
    target: PathBuf,
    made: Made,
}

/// A directory that is removed when it is still empty at the end.
#[derive(Debug)]
struct Made(Option<PathBuf>);

impl Directory {
    /// Begins a directory.
    ///
    /// # Errors
    ///
    /// There is a file of this name, or a directory that is not empty, or it cannot be written
    /// to.
    pub fn create(path: &Path) -> Result<Self, Error> {
        let cannot_write = |cause| Error::write(path, cause);
        let made = match fs::create_dir(path) {
            Ok(()) => Made(Some(path.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Made(None),
            Err(error) => return Err(cannot_write(error)),
        };
        if fs::read_dir(path).map_err(cannot_write)?.next().is_some() {
            let path = path.display();
            return Err(Error::invalid(format!(
                "{path}: is not empty, expected a new or an empty directory"
            )));
        }
        let files = tempfile::Builder::new().prefix(".pfocr2rdf-").tempdir_in(path);
        Ok(Self { files: files.map_err(cannot_write)?, target: path.to_owned(), made })
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
    pub fn finish(mut self) -> Result<(), Error> {
        let done = self.publish();
        if done.is_ok() {
            self.made.0 = None;
        }
        done.map_err(|cause| Error::write(&self.target, cause))
    }

    fn publish(&self) -> io::Result<()> {
        for entry in fs::read_dir(self.files.path())? {
            let entry = entry?;
            fs::rename(entry.path(), self.target.join(entry.file_name()))?;
        }
        Ok(())
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Only when nothing is in it.
            let _ = fs::remove_dir(path);
        }
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
