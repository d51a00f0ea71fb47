use std::env;
use std::fs::File;
use std::io::{self, BufWriter, Read, Write};

use rawzip::{FileReader, ReaderAt};

use super::index::Entry;
use super::zip::Zip;

/// What the files of an archive are read from, by several threads at once.
#[derive(Debug)]
pub(super) enum Store {
    /// A file that holds the files as they are; `at` is a position.
    Plain(FileReader),
    Zip(Zip),
}

impl Store {
    /// The bytes of a file, whose size was found to be within the limits.
    pub(super) fn read(&self, entry: &Entry) -> io::Result<Vec<u8>> {
        match self {
            Self::Plain(file) => {
                let size = usize::try_from(entry.size).map_err(io::Error::other)?;
                let mut bytes = vec![0; size];
                file.read_exact_at(&mut bytes, entry.at)?;
                Ok(bytes)
            }
            Self::Zip(zip) => zip.read(entry),
        }
    }
}

/// Files, one after the other, in a temporary file.
#[derive(Debug)]
pub(super) struct Spool {
    file: BufWriter<Temporary>,
    position: u64,
}

/// A file without a name, whose errors say where it is.
#[derive(Debug)]
struct Temporary(File);

impl Spool {
    pub(super) fn new() -> io::Result<Self> {
        let file = Temporary(tempfile::tempfile().map_err(|error| Temporary::explained(&error))?);
        let file = BufWriter::with_capacity(1 << 18, file);
        Ok(Self { file, position: 0 })
    }

    /// Adds what a reader has, and gives its position and size.
    pub(super) fn add(&mut self, reader: &mut impl Read) -> io::Result<(u64, u64)> {
        let size = io::copy(reader, &mut self.file)?;
        let at = self.position;
        self.position += size;
        Ok((at, size))
    }

    pub(super) fn finish(mut self) -> io::Result<File> {
        self.file.flush()?;
        let file = self.file.into_inner().map_err(io::IntoInnerError::into_error)?;
        Ok(file.0)
    }
}

impl Temporary {
    fn explained(error: &io::Error) -> io::Error {
        let folder = env::temp_dir();
        let message =
            format!("a temporary file in {} cannot be written: {error}", folder.display());
        io::Error::new(error.kind(), message)
    }
}

impl Write for Temporary {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(|error| Self::explained(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A temporary file with what a reader has.
pub(super) fn spool(mut reader: impl Read) -> io::Result<File> {
    let mut spool = Spool::new()?;
    spool.add(&mut reader)?;
    spool.finish()
}
