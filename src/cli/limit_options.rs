//! The options that raise or lower the limits of what is read.

use pfocr2rdf::source::{Limits, Size};

/// How much is read: what is larger is refused, since it is an accident or an attack.
#[derive(Debug, clap::Args)]
pub(super) struct LimitOptions {
    /// Skip records that are larger: a number of bytes, or with KiB, MiB or GiB
    #[arg(long = "max-record-size", value_name = "SIZE")]
    #[arg(default_value_t = Limits::default().record_size, help_heading = "Limits")]
    record_size: Size,

    /// Skip tables that are larger
    #[arg(long = "max-table-size", value_name = "SIZE")]
    #[arg(default_value_t = Limits::default().table_size, help_heading = "Limits")]
    table_size: Size,

    /// Skip tables that have more rows
    #[arg(long = "max-rows", value_name = "N")]
    #[arg(default_value_t = Limits::default().rows, help_heading = "Limits")]
    rows: u64,

    /// Refuse archives that are larger when they are unpacked
    #[arg(long = "max-archive-size", value_name = "SIZE")]
    #[arg(default_value_t = Limits::default().archive_size, help_heading = "Limits")]
    archive_size: Size,

    /// Refuse archives that have more entries
    #[arg(long = "max-archive-entries", value_name = "N")]
    #[arg(default_value_t = Limits::default().archive_entries, help_heading = "Limits")]
    archive_entries: u64,

    /// Refuse archives that unpack to more than this many times their size, and 1MiB
    #[arg(long = "max-compression-ratio", value_name = "N")]
    #[arg(default_value_t = Limits::default().compression_ratio, help_heading = "Limits")]
    compression_ratio: u64,
}

impl LimitOptions {
    /// The limits.
    pub(super) fn limits(&self) -> Limits {
        Limits {
            record_size: self.record_size,
            table_size: self.table_size,
            rows: self.rows,
            archive_size: self.archive_size,
            archive_entries: self.archive_entries,
            compression_ratio: self.compression_ratio,
        }
    }

    /// The name of an option that is not as it is by default.
    pub(super) fn given(&self) -> Option<&'static str> {
        let default = Limits::default();
        let Limits {
            record_size,
            table_size,
            rows,
            archive_size,
            archive_entries,
            compression_ratio,
        } = self.limits();
        let options = [
            ("--max-record-size", record_size != default.record_size),
            ("--max-table-size", table_size != default.table_size),
            ("--max-rows", rows != default.rows),
            ("--max-archive-size", archive_size != default.archive_size),
            ("--max-archive-entries", archive_entries != default.archive_entries),
            ("--max-compression-ratio", compression_ratio != default.compression_ratio),
        ];
        options.into_iter().find_map(|(name, is_given)| is_given.then_some(name))
    }
}
