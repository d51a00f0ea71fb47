use std::io;

use memchr::memchr_iter;

use super::Size;

/// How much of an input is read: what is larger is refused, since it is an accident or an attack.
///
/// Real records have some kB, the largest tables some 1,000 rows, the whole database some 300,000
/// files; what the defaults allow is far above.
///
/// ```
/// use pfocr2rdf::source::{Limits, Size};
///
/// let limits = Limits { table_size: Size(1 << 30), ..Limits::default() };
/// assert_eq!(limits.rows, 20_000);
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// The size of a record; 1 MiB.
    pub record_size: Size,
    /// The size of a table; 16 MiB.
    pub table_size: Size,
    /// The rows of a table; 20,000.
    pub rows: u64,
    /// The size that an archive has when it is unpacked; 64 GiB.
    pub archive_size: Size,
    /// The entries of an archive, wanted or not; 10 million.
    pub archive_entries: u64,
    /// How many times larger an archive is when it is unpacked, not counting its first MiB; 200.
    pub compression_ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            record_size: Size(1 << 20),
            table_size: Size(16 << 20),
            rows: 20_000,
            archive_size: Size(64 << 30),
            archive_entries: 10_000_000,
            compression_ratio: 200,
        }
    }
}

impl Limits {
    /// The size of the largest file that is read.
    pub(super) fn largest_file(&self) -> Size {
        self.record_size.max(self.table_size)
    }

    /// Whether a table with these bytes may be read.
    pub(super) fn check_rows(&self, table: &[u8]) -> io::Result<()> {
        let table = table.strip_suffix(b"\n").unwrap_or(table);
        let rows = memchr_iter(b'\n', table).count() as u64;
        let limit = self.rows;
        if rows <= limit {
            return Ok(());
        }
        Err(too_large(format!("found more than {limit} rows, the largest number that is read")))
    }

    /// Whether an archive may have this many entries.
    pub(super) fn check_entries(&self, number: u64) -> io::Result<()> {
        let limit = self.archive_entries;
        if number <= limit {
            return Ok(());
        }
        Err(too_large(format!("found more than {limit} entries, the largest number that is read")))
    }

    /// Whether an archive may have these sizes.
    pub(super) fn check_archive(&self, packed: u64, unpacked: u64) -> io::Result<()> {
        const FREE: u64 = 1 << 20;
        let (size, ratio) = (self.archive_size, self.compression_ratio);
        if unpacked > size.0 {
            let message = format!("found more than {size} unpacked, the largest size that is read");
            return Err(too_large(message));
        }
        if unpacked.saturating_sub(FREE) > packed.saturating_mul(ratio) {
            return Err(too_large(format!(
                "found data compressed more than {ratio} to 1, the highest ratio that is read"
            )));
        }
        Ok(())
    }
}

/// Whether a file of this size may be read.
pub(super) fn check_size(size: u64, limit: Size) -> io::Result<()> {
    if size <= limit.0 {
        return Ok(());
    }
    Err(too_large(format!("found more than {limit}, the largest size that is read")))
}

/// Something is larger than is read.
fn too_large(message: String) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_the_limit_is_read() {
        let limits = Limits {
            rows: 2,
            archive_size: Size(3 << 20),
            archive_entries: 3,
            compression_ratio: 10,
            ..Limits::default()
        };
        assert!(check_size(10, Size(10)).is_ok() && check_size(11, Size(10)).is_err());
        assert!(limits.check_rows(b"h\n1\n2\n").is_ok() && limits.check_rows(b"h\n1\n2").is_ok());
        assert!(limits.check_rows(b"h\n1\n2\n3").is_err());
        assert!(limits.check_entries(3).is_ok() && limits.check_entries(4).is_err());
        let t = |packed, unpacked| limits.check_archive(packed, unpacked).is_ok();
        assert!(t(0, 1 << 20) && !t(0, (1 << 20) + 1));
        assert!(t(1000, (1 << 20) + 10_000) && !t(1000, (1 << 20) + 10_001));
        assert!(t(1 << 20, 3 << 20) && !t(1 << 20, (3 << 20) + 1));
    }
}
