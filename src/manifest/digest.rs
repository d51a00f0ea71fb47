use std::fmt;
use std::io::{self, Read};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::convert::Reading;
use crate::error::Error;

/// A [SHA-256](https://doi.org/10.6028/NIST.FIPS.180-4) hash, in text 64 hexadecimal digits.
///
/// ```
/// use pfocr2rdf::manifest::Digest;
///
/// let digest = Digest::from_reader(&b""[..])?;
/// assert!(digest.to_string().starts_with("e3b0c44298fc1c14"));
/// assert_eq!(digest.to_string().parse::<Digest>()?, digest);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(into = "String", try_from = "String")]
pub struct Digest([u8; 32]);

impl Digest {
    /// The hash of all bytes of a reader.
    ///
    /// # Errors
    ///
    /// Those of the reader.
    pub fn from_reader(mut reader: impl Read) -> io::Result<Self> {
        let (mut hasher, mut buffer) = (Sha256::new(), vec![0; 1 << 16]);
        loop {
            match reader.read(&mut buffer)? {
                0 => return Ok(Self(hasher.finalize().into())),
                read => hasher.update(buffer.get(..read).unwrap_or_default()),
            }
        }
    }

    /// The hash of everything that the triples of a record are made of, options apart: its file,
    /// its tables, its rows in the tables of all records, and what is known of its article.
    ///
    /// Each piece has its name and length before it, so that nothing can move from one to another.
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut pieces = Pieces(Sha256::new());
        let document = reading.files.document;
        pieces.add(if document.is_plain { "yaml" } else { "markdown" }, &document.bytes);
        for file in reading.files.tables {
            pieces.add(file.kind.as_str(), &file.bytes);
        }
        let figure = &reading.record.figure;
        pieces.add_some("wikipathways", figure.wikipathways.as_ref());
        pieces.add_some("ndex", figure.ndex.as_ref());
        if let Some(article) = &reading.record.article {
            pieces.add_some("pubmed", article.pubmed.as_ref());
            pieces.add_some("doi", article.doi.as_ref());
        }
        Self(pieces.0.finalize().into())
    }

    /// Its first 16 bytes as a UUID of [version 8](https://www.rfc-editor.org/rfc/rfc9562#section-5.8).
    pub(crate) fn uuid(self) -> String {
        let first = self.0.first_chunk().copied().unwrap_or_default();
        let number = u128::from_be_bytes(first);
        let bits = |from: u32, mask: u128| (number >> from) & mask;
        format!(
            "{:08x}-{:04x}-8{:03x}-{:04x}-{:012x}",
            bits(96, 0xFFFF_FFFF),
            bits(80, 0xFFFF),
            bits(64, 0xFFF),
            bits(48, 0x3FFF) | 0x8000,
            bits(0, 0xFFFF_FFFF_FFFF),
        )
    }
}

struct Pieces(Sha256);

impl Pieces {
    fn add(&mut self, name: &str, bytes: &[u8]) {
        self.0.update(format!("{name} {}\n", bytes.len()));
        self.0.update(bytes);
    }

    fn add_some(&mut self, name: &str, value: Option<&impl AsRef<str>>) {
        if let Some(value) = value {
            self.add(name, value.as_ref().as_bytes());
        }
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Digest {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let invalid = || Error::invalid(format!("found {text:?}, expected 64 hexadecimal digits"));
        let mut bytes = [0; 32];
        let (digits, rest) = text.as_bytes().as_chunks::<2>();
        if digits.len() != bytes.len() || !rest.is_empty() {
            return Err(invalid());
        }
        for (byte, [high, low]) in bytes.iter_mut().zip(digits) {
            let value = |digit: u8| char::from(digit).to_digit(16);
            let number = value(*high).zip(value(*low)).map(|(high, low)| high * 16 + low);
            *byte = number.and_then(|number| u8::try_from(number).ok()).ok_or_else(invalid)?;
        }
        Ok(Self(bytes))
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.to_string()
    }
}

impl TryFrom<String> for Digest {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashes_are_read() {
        let digest = Digest::from_reader(&b"abc"[..]).unwrap();
        let text = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(digest.to_string(), text);
        assert_eq!(digest.uuid(), "ba7816bf-8f01-8fea-8141-40de5dae2223");
        for wrong in ["", "ba", &text.replace('c', "g"), &format!("{text}0"), &format!("{text}00")]
        {
            assert!(wrong.parse::<Digest>().is_err(), "{wrong}");
        }
    }
}
