//! Files that appear whole or not at all.

mod directory;
mod encoding;
mod gzip;

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use self::gzip::Gzip;
use crate::error::Error;

pub use self::directory::Directory;
pub use self::encoding::{Compression, Encoding};

/// How many bytes are gathered before they are written.
const BUFFER: usize = 1 << 18;

/// A file that is being written.
///
/// A regular file is written under another name beside its target and gets its own only in
/// [`finish`](Self::finish), when every byte is on the disk. Until then what the target held
/// before stays. Devices and pipes are written to directly.
///
/// ```
/// use std::fs;
/// use std::io::Write;
/// use std::num::NonZeroUsize;
///
/// use pfocr2rdf::output::Output;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("a.txt");
/// let mut output = Output::create(&path, NonZeroUsize::MIN)?;
/// output.write_all(b"whole")?;
/// assert!(!path.exists());
/// output.finish()?;
/// assert_eq!(fs::read(&path)?, b"whole");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Output {
    /// The path as it was given, for errors.
    name: PathBuf,
    target: PathBuf,
    encoder: Encoder,
}

enum Encoder {
    None(BufWriter<Target>),
    Gzip(Gzip<BufWriter<Target>>),
    Zstd(BufWriter<zstd::Encoder<'static, BufWriter<Target>>>),
}

enum Target {
    New(NamedTempFile),
    Device(File),
}

impl Output {
    /// Begins a file, compressed according to its name by this many threads. The bytes do not
    /// depend on their number; a gzip file is always one member.
    ///
    /// # Errors
    ///
    /// The path is a directory, or nothing can be written there.
    pub fn create(path: &Path, threads: NonZeroUsize) -> Result<Self, Error> {
        Self::encoded(path, Encoding::new(Compression::from_path(path)), threads)
    }

    /// The same, but compressed like this whatever the name is.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create).
    pub fn encoded(path: &Path, encoding: Encoding, threads: NonZeroUsize) -> Result<Self, Error> {
        let cannot_write = |cause| Error::write(path, cause);
        // Through a symbolic link the file behind it is replaced.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let file = match fs::metadata(&target) {
            Ok(metadata) if metadata.is_dir() => {
                return Err(cannot_write(io::Error::from(io::ErrorKind::IsADirectory)));
            }
            Ok(metadata) if !metadata.is_file() => {
                Target::Device(File::options().write(true).open(&target).map_err(cannot_write)?)
            }
            _ => Target::New(temporary(&target).map_err(cannot_write)?),
        };
        let file = BufWriter::with_capacity(BUFFER, file);
        let encoder = match encoding.compression() {
            Compression::None => Encoder::None(file),
            Compression::Gzip => {
                let level = flate2::Compression::new(encoding.level());
                Encoder::Gzip(Gzip::new(file, threads, level).map_err(cannot_write)?)
            }
            Compression::Zstd => {
                let level = i32::try_from(encoding.level()).unwrap_or_default();
                let mut zstd = zstd::Encoder::new(file, level).map_err(cannot_write)?;
                let threads = u32::try_from(threads.get()).unwrap_or(u32::MAX);
                zstd.multithread(threads).map_err(cannot_write)?;
                Encoder::Zstd(BufWriter::with_capacity(BUFFER, zstd))
            }
        };
        Ok(Self { name: path.to_owned(), target, encoder })
    }

    /// Ends the file and gives it its name.
    ///
    /// # Errors
    ///
    /// The rest cannot be written; the target is as it was before.
    pub fn finish(self) -> Result<(), Error> {
        let file = match self.encoder {
            Encoder::None(file) => unwrap(file),
            Encoder::Gzip(gzip) => gzip.finish().and_then(unwrap),
            Encoder::Zstd(zstd) => unwrap(zstd).and_then(zstd::Encoder::finish).and_then(unwrap),
        };
        let done = file.and_then(|file| match file {
            Target::New(file) => {
                file.as_file().sync_all()?;
                file.persist(self.target).map(drop).map_err(|error| error.error)
            }
            Target::Device(mut file) => file.flush(),
        });
        done.map_err(|cause| Error::write(self.name, cause))
    }
}

/// What is in the buffer goes on, and the writer comes back.
fn unwrap<W: Write>(buffer: BufWriter<W>) -> io::Result<W> {
    buffer.into_inner().map_err(io::IntoInnerError::into_error)
}

/// A new file in the folder of the target.
fn temporary(target: &Path) -> io::Result<NamedTempFile> {
    let folder = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    // Opened here, so that its mode is that of any new file and errors do not name it.
    let open = |path: &Path| File::options().write(true).create_new(true).open(path);
    tempfile::Builder::new().prefix(".pfocr2rdf-").make_in(folder.unwrap_or(Path::new(".")), open)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::None(file) => file.write(bytes),
            Encoder::Gzip(gzip) => gzip.write(bytes),
            Encoder::Zstd(zstd) => zstd.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            Encoder::None(file) => file.flush(),
            Encoder::Gzip(gzip) => gzip.flush(),
            Encoder::Zstd(zstd) => zstd.flush(),
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            // Errors of the temporary file itself name it, which tells users nothing.
            Self::New(file) => file.as_file_mut().write(bytes),
            Self::Device(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::New(file) => file.as_file_mut().flush(),
            Self::Device(file) => file.flush(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    fn write(path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let mut output = Output::create(path, NonZeroUsize::MIN)?;
        output.write_all(bytes).unwrap();
        output.finish()
    }

    #[test]
    fn compressed_files_hold_what_was_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        let text = "some text\n".repeat(100_000);
        for name in ["a.nt", "a.nt.gz", "a.nt.zst"] {
            write(&path(name), text.as_bytes()).unwrap();
        }
        let (mut gzip, mut zstd) = (String::new(), String::new());
        let file = File::open(path("a.nt.gz")).unwrap();
        flate2::read::GzDecoder::new(file).read_to_string(&mut gzip).unwrap();
        let file = File::open(path("a.nt.zst")).unwrap();
        zstd::Decoder::new(file).unwrap().read_to_string(&mut zstd).unwrap();
        assert!(gzip == text && zstd == text);
        assert_eq!(fs::read_to_string(path("a.nt")).unwrap(), text);
    }

    #[test]
    fn what_is_not_finished_does_not_appear() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.nt");
        fs::write(&path, "old").unwrap();
        let mut output = Output::create(&path, NonZeroUsize::MIN).unwrap();
        output.write_all("x".repeat(2 * BUFFER).as_bytes()).unwrap();
        drop(output);
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_directory_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let error = write(folder.path(), b"x").unwrap_err();
        assert_eq!(error.to_string(), format!("cannot write {}", folder.path().display()));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_and_its_file_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("a"), folder.path().join("b"));
        fs::write(&file, "old").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert!(link.is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
    }

    #[cfg(unix)]
    #[test]
    fn a_device_is_written_to() {
        write(Path::new("/dev/null"), b"x").unwrap();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}
