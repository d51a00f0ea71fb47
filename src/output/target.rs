use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{self, Path, PathBuf};

use tempfile::NamedTempFile;

use super::early::Early;
use super::unfinished::Unfinished;

/// How many links may lead to each other, as on Linux.
const LINKS: usize = 40;

/// What bytes are written to.
pub(super) enum Target {
    New(NewFile),
    Device(File),
}

/// A file that does not have its name yet.
pub(super) struct NewFile {
    file: NamedTempFile,
    early: Early,
    /// Behind the file, which removes itself before.
    _unfinished: Unfinished,
    path: PathBuf,
}

/// The file that is written when this path is given: without links, also without those that lead
/// to a file that is still to be made.
///
/// ```
/// use std::path::Path;
///
/// use pfocr2rdf::output::resolved;
///
/// let folder = tempfile::tempdir()?.path().canonicalize()?;
/// assert_eq!(resolved(&folder.join("a/b")), folder.join("a/b"));
/// assert_eq!(resolved(Path::new("a")), std::env::current_dir()?.join("a"));
/// # std::io::Result::Ok(())
/// ```
#[must_use]
pub fn resolved(path: &Path) -> PathBuf {
    let mut path = path.to_owned();
    for _ in 0..LINKS {
        let Ok(link) = fs::read_link(&path) else { break };
        if path.exists() {
            break;
        }
        path = path.parent().unwrap_or(Path::new("")).join(link);
    }
    if let Ok(whole) = path.canonicalize() {
        return whole;
    }
    match (path.parent(), path.file_name()) {
        // What a link in the file system of processes leads to can have no path.
        _ if path.exists() => path,
        (Some(parent), Some(name)) => resolved(or_here(parent)).join(name),
        _ => path::absolute(&path).unwrap_or(path),
    }
}

impl Target {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        let name = path.as_os_str().as_encoded_bytes();
        if name.ends_with(b"/") || name.ends_with(b"/.") {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        // Through a symbolic link the file behind it is replaced.
        let path = resolved(path);
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
            Ok(metadata) if !metadata.is_file() => {
                Ok(Self::Device(File::options().write(true).open(path)?))
            }
            replaced => {
                if replaced.is_ok() {
                    check_writable(&path)?;
                }
                let create = || {
                    let file = temporary(&path)?;
                    let path = file.path().to_owned();
                    Ok((file, path))
                };
                let (file, unfinished) = Unfinished::create(create, |path| fs::remove_file(path))?;
                if let Ok(replaced) = replaced {
                    file.as_file().set_permissions(replaced.permissions())?;
                }
                let early = Early::default();
                Ok(Self::New(NewFile { file, early, _unfinished: unfinished, path }))
            }
        }
    }

    /// Brings every byte to the disk.
    pub(super) fn complete(&mut self) -> io::Result<()> {
        match self {
            Self::New(new) => {
                new.early.finish()?;
                new.file.as_file().sync_all()
            }
            Self::Device(file) => file.flush(),
        }
    }

    /// Gives a file its name.
    pub(super) fn publish(self) -> io::Result<()> {
        match self {
            Self::New(new) => new.file.persist(new.path).map(drop).map_err(|error| error.error),
            Self::Device(_) => Ok(()),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // Errors of the temporary file itself name it, which tells users nothing.
            Self::New(new) => {
                let written = new.file.as_file_mut().write(bytes)?;
                new.early.note(written, new.file.as_file())?;
                Ok(written)
            }
            Self::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::New(new) => new.file.as_file_mut().flush(),
            Self::Device(file) => file.flush(),
        }
    }
}

/// Refuses a file that may not be written. To replace it needs no permission of its own, but whoever
/// took that away wants to keep it.
fn check_writable(path: &Path) -> io::Result<()> {
    match File::options().write(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Err(error),
        _ => Ok(()),
    }
}

/// A new file in the folder of the target.
fn temporary(target: &Path) -> io::Result<NamedTempFile> {
    // Opened here, so that its mode is that of any new file and errors do not name it.
    let open = |path: &Path| File::options().write(true).create_new(true).open(path);
    let folder = or_here(target.parent().unwrap_or(Path::new("")));
    tempfile::Builder::new().prefix(".pfocr2rdf-").make_in(folder, open)
}

fn or_here(folder: &Path) -> &Path {
    if folder.as_os_str().is_empty() { Path::new(".") } else { folder }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_are_followed_to_what_is_not_there_yet() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().canonicalize().unwrap();
        fs::create_dir(folder.join("sub")).unwrap();
        symlink("a", folder.join("link")).unwrap();
        symlink("../link", folder.join("sub/link")).unwrap();
        symlink("loop", folder.join("loop")).unwrap();
        let t = |path: &str, expected: &str| {
            assert_eq!(resolved(&folder.join(path)), folder.join(expected), "{path}");
        };
        for _ in 0..2 {
            for path in ["a", "link", "sub/link", "sub/../a", "./a"] {
                t(path, "a");
            }
            t("sub/new/a", "sub/new/a");
            t("loop", "loop");
            fs::write(folder.join("a"), "").unwrap();
        }
    }
}
