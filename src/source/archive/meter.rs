use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};

use super::broken;
use crate::source::Limits;

/// How many bytes may stand between the contents of two files of a tar: long names and such.
const BETWEEN: u64 = 1 << 20;

/// Counts what is read of an archive, and refuses to read more than the limits allow.
#[derive(Debug)]
pub(super) struct Meter<'l> {
    limits: &'l Limits,
    packed: Cell<u64>,
    unpacked: Cell<u64>,
    /// How many unpacked bytes there may be before the next file; `None` within a file.
    end: Cell<Option<u64>>,
}

/// A reader of packed bytes, which are counted.
#[derive(Debug)]
pub(super) struct Packed<'m, R> {
    reader: R,
    meter: &'m Meter<'m>,
}

/// A reader of unpacked bytes, which are counted and limited.
#[derive(Debug)]
pub(super) struct Unpacked<'m, R> {
    reader: R,
    meter: &'m Meter<'m>,
}

impl<'l> Meter<'l> {
    pub(super) fn new(limits: &'l Limits) -> Self {
        Self { limits, packed: Cell::new(0), unpacked: Cell::new(0), end: Cell::new(None) }
    }

    pub(super) fn packed<R: Read>(&'l self, reader: R) -> Packed<'l, R> {
        Packed { reader, meter: self }
    }

    pub(super) fn unpacked<R: Read>(&'l self, reader: R) -> Unpacked<'l, R> {
        Unpacked { reader, meter: self }
    }

    pub(super) fn limits(&self) -> &Limits {
        self.limits
    }

    /// How many unpacked bytes were read.
    pub(super) fn position(&self) -> u64 {
        self.unpacked.get()
    }

    /// From now on the bytes between two files are read, or those of a file.
    pub(super) fn set_between(&self, is_between: bool) {
        self.end.set(is_between.then(|| self.position().saturating_add(BETWEEN)));
    }

    fn check(&self) -> io::Result<()> {
        let unpacked = self.position();
        if self.end.get().is_some_and(|end| unpacked > end) {
            let message = "found a name of more than 1MiB, which no file has";
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
        }
        self.limits.check_archive(self.packed.get(), unpacked)
    }
}

impl<R: Read> Read for Packed<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        self.meter.packed.update(|packed| packed.saturating_add(read as u64));
        Ok(read)
    }
}

impl<R: Read> Read for Unpacked<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer).map_err(broken)?;
        self.meter.unpacked.update(|unpacked| unpacked.saturating_add(read as u64));
        self.meter.check()?;
        Ok(read)
    }
}

impl<R: Seek> Seek for Packed<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}

impl<R: Seek> Seek for Unpacked<'_, R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.reader.seek(to)
    }
}
