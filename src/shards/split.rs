use std::fmt;
use std::str::FromStr;

use crate::error::Error;
use crate::source::Size;

/// How triples are shared out among files: by their part, by number or size, or both.
///
/// Written as `part`, a number of records, a size with its unit, or `part` and one of these with
/// a comma.
///
/// ```
/// use pfocr2rdf::shards::{Limit, Split};
/// use pfocr2rdf::source::Size;
///
/// let split: Split = "part,64MiB".parse()?;
/// assert_eq!(split, Split { by_part: true, limit: Some(Limit::Size(Size(64 << 20))) });
/// let split: Split = "10000".parse()?;
/// assert_eq!(split, Split { by_part: false, limit: Some(Limit::Records(10_000)) });
/// assert!("parts".parse::<Split>().is_err());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Split {
    /// Whether each part has files of its own.
    pub by_part: bool,
    /// After what a new file begins.
    pub limit: Option<Limit>,
}

/// After what a new file begins. The triples of a record are never torn apart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Limit {
    /// After this many records, from 1.
    Records(u64),
    /// After the record with which the file reaches this size, before it is compressed.
    Size(Size),
}

impl FromStr for Split {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let (by_part, limit) = match text.strip_prefix("part") {
            Some("") => return Ok(Self { by_part: true, limit: None }),
            Some(rest) => (true, rest.strip_prefix(',')),
            None => (false, Some(text)),
        };
        let limit = limit.and_then(Limit::parse).map(Some);
        limit.map(|limit| Self { by_part, limit }).ok_or_else(|| {
            Error::invalid(format!(
                "found {text:?}, expected part, a number of records, a size as 64MiB, or part and \
                 one of these as part,10000"
            ))
        })
    }
}

impl Limit {
    fn parse(text: &str) -> Option<Self> {
        if let Ok(records) = text.parse() {
            return (records > 0).then_some(Self::Records(records));
        }
        let size: Size = text.parse().ok()?;
        (size.0 > 0).then_some(Self::Size(size))
    }
}

impl fmt::Display for Split {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.by_part { "part" } else { "" })?;
        f.write_str(if self.by_part && self.limit.is_some() { "," } else { "" })?;
        match self.limit {
            Some(Limit::Records(records)) => records.fmt(f),
            Some(Limit::Size(size)) => size.fmt(f),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_alike() {
        for text in ["part", "1", "part,1", "4KiB", "part,2GiB"] {
            assert_eq!(text.parse::<Split>().unwrap().to_string(), text);
        }
        for text in ["", "part,", "part1", "0", "0MiB", "-1", "5MB", "1,part", "part,part"] {
            let error = text.parse::<Split>().unwrap_err().to_string();
            assert!(error.starts_with(&format!("found {text:?}, expected part,")), "{error}");
        }
    }
}
