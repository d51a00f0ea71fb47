use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::Error;

/// How a file is compressed.
///
/// ```
/// use std::path::Path;
///
/// use pfocr2rdf::output::Compression;
///
/// assert_eq!(Compression::from_path(Path::new("a.nt.gz")), Compression::Gzip);
/// assert_eq!(Compression::from_path(Path::new("a.nt")), Compression::None);
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// [gzip](https://www.rfc-editor.org/rfc/rfc1952), which every loader reads.
    Gzip,
    /// [Zstandard](https://www.rfc-editor.org/rfc/rfc8878).
    Zstd,
}

impl Compression {
    /// The compression of a file by its name: `.gz`, `.zst` or neither, in any case.
    #[must_use]
    pub fn from_path(path: &Path) -> Self {
        let extension = path.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_ascii_lowercase).as_deref() {
            Some("gz") => Self::Gzip,
            Some("zst") => Self::Zstd,
            _ => Self::None,
        }
    }
}

impl Compression {
    const NAMES: [(&'static str, Self); 3] =
        [("none", Self::None), ("gzip", Self::Gzip), ("zstd", Self::Zstd)];

    /// What file names end with: nothing, `.gz` or `.zst`.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Gzip => ".gz",
            Self::Zstd => ".zst",
        }
    }

    /// The lowest, the usual and the highest level.
    const fn levels(self) -> (u32, u32, u32) {
        match self {
            Self::None => (0, 0, 0),
            Self::Gzip => (0, 6, 9),
            // Above, a file takes up to a gigabyte of memory; the program `zstd` asks twice.
            Self::Zstd => (1, 3, 19),
        }
    }
}

impl fmt::Display for Compression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = Self::NAMES.into_iter().find(|(_, compression)| compression == self);
        f.write_str(name.map_or("", |(name, _)| name))
    }
}

impl FromStr for Compression {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        let found = Self::NAMES.into_iter().find(|(known, _)| *known == name);
        found.map(|(_, compression)| compression).ok_or_else(|| {
            Error::invalid(format!("found the compression {name:?}, expected none, gzip or zstd"))
        })
    }
}

/// How a file is compressed, and how hard.
///
/// ```
/// use pfocr2rdf::output::{Compression, Encoding};
///
/// let encoding = Encoding::new(Compression::Gzip);
/// assert_eq!(encoding.level(), 6);
/// assert_eq!(encoding.with_level(9)?.level(), 9);
/// assert!(encoding.with_level(19).is_err());
/// assert_eq!(Encoding::new(Compression::Zstd).with_level(19)?.level(), 19);
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Encoding {
    compression: Compression,
    level: u32,
}

impl Encoding {
    /// A compression at its usual level: gzip 6, zstd 3.
    #[must_use]
    pub const fn new(compression: Compression) -> Self {
        let (_, level, _) = compression.levels();
        Self { compression, level }
    }

    /// The same at another level: gzip from 0 to 9, zstd from 1 to 19; the higher, the smaller
    /// and the slower.
    ///
    /// # Errors
    ///
    /// The compression has no such level.
    pub fn with_level(self, level: u32) -> Result<Self, Error> {
        let (lowest, _, highest) = self.compression.levels();
        if self.compression == Compression::None {
            return Err(Error::invalid(format!(
                "found the compression level {level}, but nothing is compressed"
            )));
        }
        if !(lowest..=highest).contains(&level) {
            return Err(Error::invalid(format!(
                "found the compression level {level}, expected {lowest} to {highest} for {}",
                self.compression
            )));
        }
        Ok(Self { level, ..self })
    }

    /// The compression.
    #[must_use]
    pub const fn compression(self) -> Compression {
        self.compression
    }

    /// The level.
    #[must_use]
    pub const fn level(self) -> u32 {
        self.level
    }
}
