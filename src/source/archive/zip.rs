use std::fs::File;
use std::io::{self, BufReader, Read};

use flate2::bufread::DeflateDecoder;
use rawzip::{
    CompressionMethod, ErrorKind, FileReader, RECOMMENDED_BUFFER_SIZE, ZipArchive,
    ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use super::index::Entry;
use super::indexer::{Indexer, Kind};
use super::store::Store;
use super::{broken, refusal};
use crate::source::Limits;

/// The bits of a Unix mode that tell what a file is, and some of their values.
const TYPE: u32 = 0o170_000;
const REGULAR: u32 = 0o100_000;
const SYMBOLIC_LINK: u32 = 0o120_000;

/// A zip file. Its files have their own checksums, so one that is broken costs no other.
#[derive(Debug)]
pub(super) struct Zip {
    archive: ZipArchive<FileReader>,
    /// The wanted files, at the positions that the entries of the index have.
    members: Vec<Member>,
}

#[derive(Debug)]
struct Member {
    wayfinder: ZipArchiveEntryWayfinder,
    is_deflated: bool,
}

/// Indexes a zip by its central directory.
pub(super) fn in_place(
    file: File,
    limits: &Limits,
    indexer: &mut Indexer<'_>,
) -> io::Result<Store> {
    let length = file.metadata()?.len();
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let archive = ZipArchive::from_file(file, &mut buffer).map_err(explained)?;
    let (mut members, mut unpacked, mut seen) = (Vec::new(), 0_u64, 0);
    let mut entries = archive.entries(&mut buffer);
    while let Some(entry) = entries.next_entry().map_err(explained)? {
        seen += 1;
        let Some(wanted) = indexer.see(entry.file_path().as_bytes(), kind(&entry))? else {
            continue;
        };
        let size = entry.uncompressed_size_hint();
        unpacked = unpacked.saturating_add(size);
        limits.check_archive(length, unpacked)?;
        indexer.add(&wanted, members.len() as u64, size)?;
        members.push(member(&entry)?);
    }
    if seen != archive.entries_hint() {
        let expected = archive.entries_hint();
        return Err(refusal(format!("found {seen} entries, expected {expected}")));
    }
    Ok(Store::Zip(Zip { archive, members }))
}

fn kind(entry: &ZipFileHeaderRecord<'_>) -> Kind {
    match entry.mode().value() & TYPE {
        _ if entry.is_dir() => Kind::Directory,
        0 | REGULAR => Kind::File,
        SYMBOLIC_LINK => Kind::Other("a symbolic link"),
        _ => Kind::Other("something that is no file"),
    }
}

fn member(entry: &ZipFileHeaderRecord<'_>) -> io::Result<Member> {
    if entry.flags().is_encrypted() {
        return Err(refusal("found encrypted data"));
    }
    let is_deflated = match entry.compression_method() {
        CompressionMethod::DEFLATE => true,
        CompressionMethod::STORE => false,
        method => {
            return Err(refusal(format!("found the compression {method}, expected deflate")));
        }
    };
    Ok(Member { wayfinder: entry.wayfinder(), is_deflated })
}

impl Zip {
    /// The bytes of a file, whose size was found to be within the limits.
    pub(super) fn read(&self, entry: &Entry) -> io::Result<Vec<u8>> {
        let member = usize::try_from(entry.at).ok().and_then(|at| self.members.get(at));
        let member = member.ok_or(io::ErrorKind::NotFound)?;
        let file = self.archive.get_entry(member.wayfinder).map_err(explained)?;
        let mut bytes = Vec::with_capacity(usize::try_from(entry.size).unwrap_or_default());
        // A byte more shows that the size is wrong.
        let most = entry.size.saturating_add(1);
        let packed = file.reader();
        if member.is_deflated {
            let unpacked = DeflateDecoder::new(BufReader::new(packed));
            file.verifying_reader(unpacked).take(most).read_to_end(&mut bytes)?;
        } else {
            file.verifying_reader(packed).take(most).read_to_end(&mut bytes)?;
        }
        Ok(bytes)
    }
}

fn explained(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        kind => broken(io::Error::other(kind.to_string().to_lowercase())),
    }
}
