//! Files that appear whole or not at all.

mod directory;
mod early;
mod encoding;
mod gzip;
mod target;
mod unfinished;

use std::io::{self, BufWriter, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use self::gzip::Gzip;
use self::target::Target;
use crate::error::Error;

pub use self::directory::{Directory, NewDirectory};
pub use self::encoding::{Compression, Encoding};
pub use self::target::resolved;
pub use self::unfinished::remove_unfinished;

/// How many bytes are gathered before they are written. File systems take twice as long for pieces of
/// 16 kB, and longer for pieces that end within a page.
const BUFFER: usize = 1 << 18;
/// How many bytes are gathered before they are compressed with Zstandard.
const ZSTD_BUFFER: usize = 1 << 18;

/// A file that is being written.
///
/// A regular file is written under another name beside its target and gets its own only in
/// [`finish`](Self::finish), when every byte is on the disk. Until then what the target held
/// before stays. A file that replaces another gets its permissions. Devices and pipes are written
/// to directly.
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
    encoder: Encoder,
}

enum Encoder {
    None(BufWriter<Target>),
    Gzip(Gzip<BufWriter<Target>>),
    Zstd(BufWriter<zstd::Encoder<'static, BufWriter<Target>>>),
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
        let file = Target::open(path).map_err(cannot_write)?;
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
                Encoder::Zstd(BufWriter::with_capacity(ZSTD_BUFFER, zstd))
            }
        };
        Ok(Self { name: path.to_owned(), encoder })
    }

    /// Ends the file and gives it its name.
    ///
    /// # Errors
    ///
    /// The rest cannot be written; the target is as it was before.
    pub fn finish(self) -> Result<(), Error> {
        self.complete()?.publish()
    }

    /// Ends the file: every byte is on the disk, but the target is still as it was before.
    ///
    /// # Errors
    ///
    /// The rest cannot be written.
    pub fn complete(self) -> Result<Complete, Error> {
        let target = match self.encoder {
            Encoder::None(file) => unwrap(file),
            Encoder::Gzip(gzip) => gzip.finish().and_then(unwrap),
            Encoder::Zstd(zstd) => unwrap(zstd).and_then(zstd::Encoder::finish).and_then(unwrap),
        };
        let target = target.and_then(|mut target| target.complete().map(|()| target));
        match target {
            Ok(target) => Ok(Complete { name: self.name, target }),
            Err(cause) => Err(Error::write(self.name, cause)),
        }
    }
}

/// A file that is complete and does not have its name yet, so that several files can get theirs
/// when all are complete.
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
/// let complete = output.complete()?;
/// assert!(!path.exists());
/// complete.publish()?;
/// assert_eq!(fs::read(&path)?, b"whole");
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[must_use = "what gets no name is gone"]
pub struct Complete {
    /// The path as it was given, for errors.
    name: PathBuf,
    target: Target,
}

impl Complete {
    /// Gives the file its name.
    ///
    /// # Errors
    ///
    /// It cannot get it; the target is as it was before.
    pub fn publish(self) -> Result<(), Error> {
        let Self { name, target } = self;
        target.publish().map_err(|cause| Error::write(name, cause))
    }
}

/// What is in the buffer goes on, and the writer comes back.
fn unwrap<W: Write>(buffer: BufWriter<W>) -> io::Result<W> {
    buffer.into_inner().map_err(io::IntoInnerError::into_error)
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::None(file) => {
                if file.buffer().len() == BUFFER {
                    file.flush()?;
                }
                // Not more than makes it full, so that every piece has its size.
                let room = BUFFER - file.buffer().len();
                file.write(bytes.get(..room).unwrap_or(bytes))
            }
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

#[cfg(test)]
mod tests {
    use std::fs::{self, File};
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
