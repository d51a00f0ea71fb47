use std::fmt;
use std::path::Path;
use std::str::FromStr;

use crate::error::Error;

/// A serialization of RDF.
///
/// ```
/// use std::path::Path;
///
/// use pfocr2rdf::serialize::Format;
///
/// assert_eq!(Format::default(), Format::Turtle);
/// assert_eq!("nquads".parse::<Format>()?, Format::NQuads);
/// assert_eq!(Format::from_path(Path::new("pfocr.nt.gz")), Some(Format::NTriples));
/// assert_eq!(Format::TriG.media_type(), "application/trig");
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, Eq, Hash, PartialEq)]
pub enum Format {
    /// [RDF 1.1 Turtle](https://www.w3.org/TR/turtle/): the parts merged, made to be read.
    #[default]
    Turtle,
    /// [RDF 1.1 N-Triples](https://www.w3.org/TR/n-triples/): the parts merged, one triple a line.
    NTriples,
    /// [RDF 1.1 N-Quads](https://www.w3.org/TR/n-quads/): the parts as graphs, one quad a line.
    NQuads,
    /// [RDF 1.1 TriG](https://www.w3.org/TR/trig/): the parts as graphs, made to be read.
    TriG,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Turtle, Self::NTriples, Self::NQuads, Self::TriG];

    /// The name on the command line.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Turtle => "turtle",
            Self::NTriples => "ntriples",
            Self::NQuads => "nquads",
            Self::TriG => "trig",
        }
    }

    /// The [media type](https://www.iana.org/assignments/media-types/).
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Turtle => "text/turtle",
            Self::NTriples => "application/n-triples",
            Self::NQuads => "application/n-quads",
            Self::TriG => "application/trig",
        }
    }

    /// The extension of file names, without the dot.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Turtle => "ttl",
            Self::NTriples => "nt",
            Self::NQuads => "nq",
            Self::TriG => "trig",
        }
    }

    /// The IRI in the [list of file formats](https://www.w3.org/ns/formats/) of the W3C.
    #[must_use]
    pub const fn iri(self) -> &'static str {
        match self {
            Self::Turtle => "http://www.w3.org/ns/formats/Turtle",
            Self::NTriples => "http://www.w3.org/ns/formats/N-Triples",
            Self::NQuads => "http://www.w3.org/ns/formats/N-Quads",
            Self::TriG => "http://www.w3.org/ns/formats/TriG",
        }
    }

    /// The format with this extension, in any case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension().eq_ignore_ascii_case(extension))
    }

    /// The format of a file by its name; `.gz` or `.zst` at the end is passed over.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let extension = |path: &Path| path.extension()?.to_str().map(str::to_ascii_lowercase);
        match extension(path)?.as_str() {
            "gz" | "zst" => Self::from_extension(&extension(Path::new(path.file_stem()?))?),
            name => Self::from_extension(name),
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::ALL.into_iter().find(|format| format.as_str() == name).ok_or_else(|| {
            Error::invalid(format!(
                "found the format {name:?}, expected turtle, ntriples, nquads or trig"
            ))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_known_by_their_files() {
        fn t(path: &str, expected: Option<Format>) {
            assert_eq!(Format::from_path(Path::new(path)), expected, "{path}");
        }
        for format in Format::ALL {
            t(&format!("a/b.{}", format.extension()), Some(format));
            t(&format!("b.{}.zst", format.extension()), Some(format));
            assert_eq!(format.to_string().parse::<Format>().unwrap(), format);
        }
        t("b.NQ.GZ", Some(Format::NQuads));
        t("b.gz", None);
        t("nt", None);
        t("b.jsonld", None);
    }
}
