use std::fmt;
use std::str::FromStr;

/// The units of sizes, largest first.
const UNITS: [(&str, u64); 5] =
    [("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1)];

/// A number of bytes, written as `64MiB`: with B, KiB, MiB, GiB or TiB, or nothing for bytes.
///
/// ```
/// use pfocr2rdf::source::Size;
///
/// let size: Size = "64MiB".parse()?;
/// assert_eq!(size, Size(64 << 20));
/// assert_eq!(Size(1536).to_string(), "1536B");
/// assert!("64 apples".parse::<Size>().is_err());
/// # Ok::<_, &str>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Size(pub u64);

impl FromStr for Size {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
        let unit = text.strip_prefix(digits).unwrap_or_default().trim();
        let known = UNITS.iter().find(|(name, _)| name.eq_ignore_ascii_case(unit));
        let factor = if unit.is_empty() { Some(1) } else { known.map(|(_, bytes)| *bytes) };
        let number = digits.parse::<u64>().ok();
        number
            .zip(factor)
            .and_then(|(number, factor)| number.checked_mul(factor))
            .map(Self)
            .ok_or("expected a number of bytes, as 4096, 64KiB, 16MiB or 2GiB")
    }
}

/// In the largest unit that leaves no rest.
impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let fits = |(_, bytes): &&(&str, u64)| self.0 >= *bytes && self.0.is_multiple_of(*bytes);
        let (unit, bytes) = UNITS.iter().find(fits).unwrap_or(&("B", 1));
        write!(f, "{}{unit}", self.0 / bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_written() {
        fn t(text: &str, bytes: u64, written: &str) {
            let size: Size = text.parse().unwrap();
            assert_eq!((size.0, size.to_string().as_str()), (bytes, written), "{text}");
        }
        t("0", 0, "0B");
        t("4096", 4096, "4KiB");
        t("4097B", 4097, "4097B");
        t("16 MiB", 16 << 20, "16MiB");
        t("16mib", 16 << 20, "16MiB");
        t("2048GiB", 2 << 40, "2TiB");
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for text in ["", "MiB", "1.5MiB", "-1", "1MB", "1 2", "99999999TiB", "99999999999999999999"]
        {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
    }
}
