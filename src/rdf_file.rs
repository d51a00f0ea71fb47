//! RDF files of others, to be validated.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{self, Path};

use flate2::read::MultiGzDecoder;
use oxrdf::Triple;
use oxttl::{NQuadsParser, NTriplesParser, TriGParser, TurtleParseError, TurtleParser};

use crate::error::Error;
use crate::iri::Template;
use crate::output::Compression;
use crate::serialize::Format;

/// Reads the triples of a file: Turtle, N-Triples, N-Quads or TriG by its name, `.gz` or `.zst`
/// behind it uncompressed. Graphs are merged. Relative IRIs are resolved against the
/// [IRI of the file](file_iri).
///
/// ```
/// use std::fs;
///
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("a.trig");
/// fs::write(&path, "<#a> <#b> <#c> . <#g> { <#d> <#e> <#f> }")?;
/// assert_eq!(pfocr2rdf::rdf_file::read(&path)?.len(), 2);
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// The file cannot be read, its name tells no format, or it is not in that format.
pub fn read(path: &Path) -> Result<Vec<Triple>, Error> {
    let Some(format) = Format::from_path(path) else {
        return Err(Error::invalid(format!(
            "{}: expected a file named .ttl, .nt, .nq or .trig, or one of these with .gz or .zst",
            path.display()
        )));
    };
    let reader = open(path)?;
    let base = file_iri(path)?;
    let invalid = |error| Error::invalid(format!("{}: {error}", path.display()));
    let triples: Result<Vec<_>, TurtleParseError> = match format {
        Format::Turtle => {
            let parser = TurtleParser::new().with_base_iri(base).map_err(invalid)?;
            parser.for_reader(reader).collect()
        }
        Format::NTriples => NTriplesParser::new().for_reader(reader).collect(),
        Format::NQuads => {
            NQuadsParser::new().for_reader(reader).map(|quad| Ok(quad?.into())).collect()
        }
        Format::TriG => {
            let parser = TriGParser::new().with_base_iri(base).map_err(invalid)?;
            parser.for_reader(reader).map(|quad| Ok(quad?.into())).collect()
        }
    };
    triples.map_err(|error| match error {
        TurtleParseError::Io(cause) => Error::read(path, cause),
        TurtleParseError::Syntax(error) => {
            let (place, message) = (error.location().start, error.message());
            let (line, column) = (place.line + 1, place.column + 1);
            Error::invalid(format!("{}:{line}:{column}: {message}", path.display()))
        }
    })
}

/// The `file:` IRI of a file.
///
/// ```
/// use std::path::Path;
///
/// let iri = pfocr2rdf::rdf_file::file_iri(Path::new("/a b/c.ttl"))?;
/// assert_eq!(iri, "file:///a%20b/c.ttl");
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
///
/// # Errors
///
/// The working directory, which the path is relative to, cannot be found.
pub fn file_iri(path: &Path) -> Result<String, Error> {
    const FILE: Template = Template::new("file://{path}").with_slash();
    let path = path::absolute(path).map_err(|cause| Error::read(path, cause))?;
    Ok(FILE.iri(&path.to_string_lossy()))
}

/// Opens a file; by its name, what it was compressed from is read.
///
/// # Errors
///
/// It cannot be opened.
pub fn open(path: &Path) -> Result<Box<dyn Read>, Error> {
    let cannot_read = |cause| Error::read(path, cause);
    let file = BufReader::with_capacity(1 << 16, File::open(path).map_err(cannot_read)?);
    Ok(match Compression::from_path(path) {
        Compression::None => Box::new(file),
        Compression::Gzip => Box::new(MultiGzDecoder::new(file)),
        Compression::Zstd => Box::new(zstd::Decoder::with_buffer(file).map_err(cannot_read)?),
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn errors_have_a_place() {
        let folder = tempfile::tempdir().unwrap();
        let t = |name: &str, content: &str, expected: &str| {
            let path = folder.path().join(name);
            fs::write(&path, content).unwrap();
            let error = read(&path).unwrap_err().to_string();
            let error = error.strip_prefix(&format!("{}/", folder.path().display())).unwrap();
            assert!(error.starts_with(expected), "{error}");
        };
        t("a.ttl", "<#a> <#b> <#c> .\n<#a> <#b .", "a.ttl:2:6: ");
        t("a.nt", "<a> <b> <c> .", "a.nt:1:1: ");
        t("a.rdf", "", "a.rdf: expected a file named .ttl,");
        assert!(read(Path::new("no.ttl")).unwrap_err().to_string().contains("cannot read no.ttl"));
    }

    #[test]
    fn relative_iris_are_of_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.ttl");
        fs::write(&path, "<> <#b> <c> .").unwrap();
        let triple = read(&path).unwrap().remove(0);
        assert_eq!(triple.subject.to_string(), format!("<{}>", file_iri(&path).unwrap()));
    }
}
