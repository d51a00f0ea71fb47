use std::fs::File;
use std::io::{self, Read, Seek};
use std::ops::Range;
use std::str;

use rawzip::FileReader;
use tar::{Archive, Entries, Entry, EntryType};

use super::indexer::{Indexer, Kind};
use super::meter::Meter;
use super::store::{Spool, Store};
use super::{broken, refusal};

/// What a tar consists of: headers, and contents filled up to whole blocks.
const BLOCK: u64 = 512;

/// Types of entries that GNU tar adds: the name of the archive, and a directory with a list of what
/// is in it. <https://www.gnu.org/software/tar/manual/html_node/Standard.html>
const VOLUME_LABEL: u8 = b'V';
const LISTED_DIRECTORY: u8 = b'D';

/// What the keys begin with that tell of a sparse file.
/// <https://www.gnu.org/software/tar/manual/html_node/PAX-0.html>
const PAX_SPARSE: &[u8] = b"GNU.sparse.";

/// Whether a tar begins with these bytes. Old ones have no mark, but all have a checksum; those
/// without any entry begin with their end.
pub(super) fn is_header(head: &[u8]) -> bool {
    const MARK: (usize, &[u8]) = (257, b"ustar");
    const CHECKSUM: Range<usize> = 148..156;
    let (at, mark) = MARK;
    if head.get(at..).is_some_and(|bytes| bytes.starts_with(mark)) {
        return true;
    }
    let Some(checksum) = head.get(CHECKSUM).filter(|_| head.len() as u64 == BLOCK) else {
        return false;
    };
    if head.iter().all(|byte| *byte == 0) {
        return true;
    }
    let sum = |bytes: &[u8]| bytes.iter().copied().map(u32::from).sum::<u32>();
    // The checksum itself counts as spaces.
    let expected = sum(head) - sum(checksum) + sum(&[b' '; 8]);
    let digits = str::from_utf8(checksum).unwrap_or_default().trim_matches(['\0', ' ']);
    u32::from_str_radix(digits, 8) == Ok(expected)
}

/// Indexes a tar that can be read by position.
pub(super) fn in_place(
    file: File,
    meter: &Meter<'_>,
    indexer: &mut Indexer<'_>,
) -> io::Result<Store> {
    let mut archive = Archive::new(meter.unpacked(meter.packed(&file)));
    let place = |entry: &mut Entry<'_, _>, _| Ok((entry.raw_file_position(), entry.size()));
    let end = walk(archive.entries_with_seek()?, meter, indexer, place)?;
    check_end(end, (&file).stream_position()?)?;
    Ok(Store::Plain(FileReader::from(file)))
}

/// Copies the wanted files of a tar that can be read only once.
pub(super) fn spooled(
    stream: impl Read,
    meter: &Meter<'_>,
    indexer: &mut Indexer<'_>,
) -> io::Result<Store> {
    let mut spool = Spool::new()?;
    let mut archive = Archive::new(meter.unpacked(stream));
    let largest = meter.limits().largest_file().0;
    let copy = |entry: &mut Entry<'_, _>, is_wanted| {
        let size = entry.size();
        let (at, copied) = if is_wanted && size <= largest {
            spool.add(entry)?
        } else {
            (0, io::copy(entry, &mut io::sink())?)
        };
        if copied == size { Ok((at, size)) } else { Err(truncated()) }
    };
    let end = walk(archive.entries()?, meter, indexer, copy)?;
    check_end(end, meter.position())?;
    // What follows has the checksum of compressed data.
    io::copy(&mut archive.into_inner(), &mut io::sink())?;
    Ok(Store::Plain(FileReader::from(spool.finish()?)))
}

/// Passes all entries, and gives the position behind the last one. `place` takes each entry and
/// whether it is wanted, and says where the file is then and what its size is.
fn walk<R: Read>(
    mut entries: Entries<'_, R>,
    meter: &Meter<'_>,
    indexer: &mut Indexer<'_>,
    mut place: impl FnMut(&mut Entry<'_, R>, bool) -> io::Result<(u64, u64)>,
) -> io::Result<u64> {
    let mut end = 0;
    loop {
        meter.set_between(true);
        let Some(entry) = entries.next() else { break };
        let mut entry = entry.map_err(broken)?;
        meter.set_between(false);
        let kind = kind(&mut entry)?;
        let wanted = indexer.see(&entry.path_bytes(), kind)?;
        let (at, size) = place(&mut entry, wanted.is_some())?;
        if let Some(wanted) = wanted {
            indexer.add(&wanted, at, size)?;
        }
        let behind = entry.raw_file_position().checked_add(entry.size());
        end = behind.and_then(|end| end.checked_next_multiple_of(BLOCK)).ok_or_else(truncated)?;
        // What is passed over without being read counts as well.
        meter.limits().check_archive(u64::MAX, end)?;
    }
    meter.set_between(false);
    Ok(end)
}

fn kind(entry: &mut Entry<'_, impl Read>) -> io::Result<Kind> {
    let kind = match entry.header().entry_type() {
        EntryType::XGlobalHeader => return Ok(Kind::Remark),
        other if other.as_byte() == VOLUME_LABEL => return Ok(Kind::Remark),
        // Old archives mark directories by their names.
        EntryType::Regular if entry.path_bytes().ends_with(b"/") => Kind::Directory,
        EntryType::Regular | EntryType::Continuous => Kind::File,
        EntryType::Directory => Kind::Directory,
        EntryType::Symlink => Kind::Other("a symbolic link"),
        EntryType::Link => Kind::Other("a hard link"),
        EntryType::Char | EntryType::Block => Kind::Other("a device"),
        EntryType::Fifo => Kind::Other("a pipe"),
        EntryType::GNUSparse => return Err(sparse()),
        other if other.as_byte() == LISTED_DIRECTORY => Kind::Directory,
        _ => Kind::Other("something unknown"),
    };
    if let Some(extensions) = entry.pax_extensions()?
        && extensions.flatten().any(|extension| extension.key_bytes().starts_with(PAX_SPARSE))
    {
        return Err(sparse());
    }
    Ok(kind)
}

/// Some bytes of the archive can stand for a file of any size.
fn sparse() -> io::Error {
    refusal("found a sparse file, expected whole ones")
}

/// A tar ends with blocks of zeros; one without is not whole.
fn check_end(end: u64, position: u64) -> io::Result<()> {
    if position >= end.saturating_add(BLOCK) { Ok(()) } else { Err(truncated()) }
}

fn truncated() -> io::Error {
    broken(io::Error::other("it has no end"))
}
