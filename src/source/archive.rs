//! Archives of the database, read without unpacking them.
//!
//! In a tar the tables of a record can stand before it or behind it, so an archive is read in two
//! steps: first an index of the wanted files is made, then the files are read by position, by
//! several threads at once and without a lock.
//!
//! * A `.tar` or `.zip` file is read in place. A zip is indexed from its central directory.
//! * Of a compressed tar, or of a tar on standard input, the wanted files go one after the other
//!   into a temporary file without a name, which takes as many bytes as they have; it is in the
//!   folder that `TMPDIR` names. A zip on standard input goes there as it is.
//!
//! In memory is the index alone: for each file its name and 24 bytes, in a zip some 60.
//!
//! Nothing of an archive is ever written under a name that it gives. Paths that lead out of it, and
//! links, devices and names that stand twice where records and tables are, are refused all the same:
//! they are the marks of an archive that is not what it should be. Other files are passed over.

mod gzip;
mod index;
mod indexer;
mod meter;
mod store;
mod tar;
mod zip;

use std::fs::File;
use std::io::{self, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::gzip::Gzip;
use self::index::{Entry, Index};
use self::indexer::Indexer;
use self::meter::Meter;
use self::store::Store;
use super::Limits;

/// The number of bytes at the beginning of an archive that tell what it is.
pub(super) const HEAD: u64 = 512;

/// The ends of the names of archives.
const NAMES: [&str; 5] = [".tar", ".tar.gz", ".tgz", ".tar.zst", ".zip"];

/// The folders of an archive.
#[derive(Debug)]
pub(super) struct Archive {
    pub(super) figures: Members,
    /// None when the archive has no such folder.
    pub(super) data: Option<Members>,
}

/// The files of a folder of an archive.
#[derive(Clone, Debug)]
pub(super) struct Members {
    archive: PathBuf,
    folder: PathBuf,
    index: Arc<Index>,
    store: Arc<Store>,
}

/// What an archive is, by its first bytes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Format {
    Tar,
    Gzip,
    Zstd,
    Zip,
}

/// Where an archive is read from.
enum Source<'s> {
    File(File),
    Stream(Box<dyn Read + 's>),
}

/// Whether a file is an archive by its name.
pub(super) fn is_named_so(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str()).map(str::to_ascii_lowercase);
    name.is_some_and(|name| NAMES.iter().any(|end| name.ends_with(end)))
}

/// Whether a file is an archive by its first bytes.
pub(super) fn is_one(head: &[u8]) -> bool {
    Format::of(head).is_some()
}

impl Archive {
    pub(super) fn open(path: &Path, limits: &Limits) -> io::Result<Self> {
        let mut file = File::open(path)?;
        if !file.metadata()?.is_file() {
            return Self::from_stream(path, Box::new(file), limits);
        }
        let format = Format::of(&head(&mut file)?);
        file.rewind()?;
        Self::read(path, format, Source::File(file), limits)
    }

    /// Reads an archive that can be read only once.
    pub(super) fn from_stream(
        path: &Path,
        mut stream: Box<dyn Read + '_>,
        limits: &Limits,
    ) -> io::Result<Self> {
        let head = head(&mut stream)?;
        let format = Format::of(&head);
        let stream = Box::new(io::Cursor::new(head).chain(stream));
        Self::read(path, format, Source::Stream(stream), limits)
    }

    fn read(
        path: &Path,
        format: Option<Format>,
        source: Source<'_>,
        limits: &Limits,
    ) -> io::Result<Self> {
        let format = format.ok_or_else(|| refusal("found no tar, zip, gzip or zstd data"))?;
        let (meter, mut indexer) = (Meter::new(limits), Indexer::new(limits));
        let store = match (format, source) {
            (Format::Tar, Source::File(file)) => tar::in_place(file, &meter, &mut indexer)?,
            (Format::Zip, Source::File(file)) => zip::in_place(file, limits, &mut indexer)?,
            (Format::Zip, Source::Stream(stream)) => {
                let file = store::spool(meter.unpacked(meter.packed(stream)))?;
                zip::in_place(file, limits, &mut indexer)?
            }
            (format, source) => {
                let stream = unpacked(format, meter.packed(source.into_reader()))?;
                tar::spooled(stream, &meter, &mut indexer)?
            }
        };
        let store = Arc::new(store);
        let members = |(folder, index): (&str, Index)| Members {
            archive: path.to_owned(),
            folder: path.join(folder),
            index: Arc::new(index),
            store: Arc::clone(&store),
        };
        let (figures, data) = indexer.finish()?;
        let figures = members((indexer::FIGURES, figures));
        Ok(Self { figures, data: data.map(|data| members((indexer::DATA, data))) })
    }
}

impl Members {
    /// The path of the archive.
    pub(super) fn archive(&self) -> &Path {
        &self.archive
    }

    /// The folder as the user knows it: the path of the archive, and its name in there.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The names of the files, by their bytes.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.index.names()
    }

    /// The name of a file by its position among them.
    pub(super) fn name(&self, position: u32) -> &str {
        self.index.name(position)
    }

    pub(super) fn contains(&self, name: &str) -> bool {
        self.index.get(name).is_some()
    }

    pub(super) fn entry(&self, name: &Path) -> Option<&Entry> {
        self.index.get(name.to_str()?)
    }

    pub(super) fn read(&self, entry: &Entry) -> io::Result<Vec<u8>> {
        self.store.read(entry)
    }
}

impl Format {
    fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1F, 0x8B, ..] => Some(Self::Gzip),
            // https://www.rfc-editor.org/rfc/rfc8878#name-skippable-frames
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            _ => tar::is_header(head).then_some(Self::Tar),
        }
    }
}

impl<'s> Source<'s> {
    fn into_reader(self) -> Box<dyn Read + 's> {
        match self {
            Self::File(file) => Box::new(io::BufReader::with_capacity(1 << 16, file)),
            Self::Stream(stream) => stream,
        }
    }
}

/// The tar in a stream.
fn unpacked<'s>(format: Format, stream: impl Read + 's) -> io::Result<Box<dyn Read + 's>> {
    let mut stream: Box<dyn Read> = match format {
        Format::Gzip => Box::new(Gzip::new(stream)),
        Format::Zstd => Box::new(zstd::Decoder::new(stream)?),
        Format::Tar | Format::Zip => return Ok(Box::new(stream)),
    };
    let head = head(&mut stream).map_err(broken)?;
    if Format::of(&head) != Some(Format::Tar) {
        return Err(refusal("found no tar in the compressed data"));
    }
    Ok(Box::new(io::BufReader::with_capacity(1 << 16, io::Cursor::new(head).chain(stream))))
}

fn head(reader: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    reader.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// What a decoder says, with what it is about; errors of other origins stay as they are.
fn broken(error: io::Error) -> io::Error {
    let is_clear = matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::FileTooLarge);
    if is_clear || error.raw_os_error().is_some() {
        return error;
    }
    refusal(format!("the archive is broken or not whole: {error}"))
}

/// Why an archive is not read.
fn refusal(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}
