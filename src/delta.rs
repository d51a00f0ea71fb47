//! What is to be deleted from the N-Quads of an earlier run, and inserted, to have those of this
//! run.
//!
//! A quad is either of one record alone (about its figure, page or annotations) or describes a
//! node that several records mention, such as a gene. What is of a record that
//! [did not change](Manifest::is_unchanged) is the same in both outputs, so it is left out of
//! both; what remains are two small sets, and the delta is their difference. A description is so
//! deleted exactly when no record mentions it any more.
//!
//! * The new set: the pipeline converts the records that changed, and of the others it makes
//!   [the descriptions](crate::pipeline::Unchanged::Descriptions) alone. Their lines go into a
//!   temporary file without a name (in the folder that `TMPDIR` names), their hashes are kept.
//! * The old set: the earlier output is read once. Which record a line is of is seen from its
//!   subject, or in `dcterms:isPartOf` from its object.
//!
//! In memory are 17 bytes for each quad of the new set: for the whole database some 1.3 million
//! quads in descriptions, and some 400 for each record that changed. The earlier output can have
//! its lines in any order, and be in several files, so that of a run whose output was brought up
//! to date with this also works:
//!
//! ```sh
//! (LC_ALL=C grep -vxFf delete.nq old.nq; cat insert.nq) > new.nq
//! ```
//!
//! Nothing of the old set could be known without the earlier output: a manifest that keeps what
//! each record mentioned would be larger than the output is when compressed.

mod owner;
mod update;
mod wanted;
mod writer;

use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Seek, Write};
use std::path::{Path, PathBuf};

use self::owner::Unchanged;
use self::wanted::Wanted;
use crate::error::Error;
use crate::manifest::Manifest;
use crate::rdf_file;
use crate::serialize::{LineFormat, SchemaOrg, Target};
use crate::sink::{Mapped, Part, QuadSink, fingerprint};

pub use self::writer::Writer;

/// How many bytes of a file are read at once.
const BUFFER: usize = 1 << 16;

/// Takes the quads of a run, to be compared with those of an earlier one.
///
/// ```
/// use std::fs;
///
/// use pfocr2rdf::delta::{Delta, Writer};
/// use pfocr2rdf::manifest::{Manifest, Settings};
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::serialize::{SchemaOrg, Target};
/// use pfocr2rdf::sink::Part;
///
/// let folder = tempfile::tempdir()?;
/// let old = folder.path().join("old.nq");
/// let graph = "<https://pfocr.wikipathways.org/graph/core>";
/// fs::write(&old, format!("<a:1> <a:p> <a:o> {graph} .\n<a:2> <a:p> <a:o> {graph} .\n"))?;
/// let mut delta = Delta::new(SchemaOrg::Http)?;
/// let lines = format!("<a:2> <a:p> <a:o> {graph} .\n<a:3> <a:p> <a:o> {graph} .\n");
/// delta.lines(Part::Core, lines.as_bytes(), 2)?;
///
/// let organisms = OrganismTable::bundled();
/// let manifest = Manifest::new(Settings::new(&Context::new(&organisms), SchemaOrg::Http));
/// let mut writer = Writer::new([const { Vec::new() }; 4], ("urn:old", "urn:new"))?;
/// delta.finish(&[old], (&manifest, &manifest), &mut writer)?;
/// let [delete, insert, patch, _] = writer.finish()?;
/// assert_eq!(String::from_utf8(delete)?, format!("<a:1> <a:p> <a:o> {graph} .\n"));
/// assert_eq!(String::from_utf8(insert)?, format!("<a:3> <a:p> <a:o> {graph} .\n"));
/// assert!(String::from_utf8(patch)?.contains("A <a:3> <a:p> <a:o>"));
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Delta {
    /// What the changes are written to, for errors.
    output: PathBuf,
    format: LineFormat,
    spool: BufWriter<File>,
    hashes: Vec<u128>,
}

impl Delta {
    /// A delta between N-Quads with this form of the terms of schema.org.
    ///
    /// # Errors
    ///
    /// There can be no temporary file.
    pub fn new(schema: SchemaOrg) -> Result<Self, Error> {
        let spool = tempfile::tempfile().map_err(cannot_spool)?;
        let spool = BufWriter::with_capacity(BUFFER, spool);
        let (output, format) = (PathBuf::from("-"), LineFormat::quads(schema));
        Ok(Self { output, format, spool, hashes: Vec::new() })
    }

    /// The same; changes that cannot be written are called so in the error.
    #[must_use]
    pub fn with_output_name(mut self, output: &Path) -> Self {
        output.clone_into(&mut self.output);
        self
    }

    /// Compares with the output of an earlier run: N-Quads as this program writes them, in any
    /// order, in one file or several.
    ///
    /// The manifests are that of the earlier run and that of this one.
    ///
    /// # Errors
    ///
    /// The earlier output cannot be read, is not in that form, or has not as many quads as its
    /// manifest says; the changes cannot be written.
    pub fn finish<W: Write>(
        self,
        old: &[PathBuf],
        (before, now): (&Manifest, &Manifest),
        changes: &mut Writer<W>,
    ) -> Result<(), Error> {
        let cannot_write = |cause| Error::write(&self.output, cause);
        let mut wanted = Wanted::new(self.hashes);
        let unchanged = Unchanged::new(before, now);
        let mut read = 0;
        for path in old {
            let reader = BufReader::with_capacity(BUFFER, rdf_file::open(path)?);
            read += each_line(reader, path, |line| {
                if unchanged.owns(line) || wanted.find(hash(line)).is_some() {
                    return Ok(());
                }
                changes.delete(line).map_err(cannot_write)
            })?;
        }
        if let Some(expected) = before.triples().filter(|expected| *expected != read) {
            let (files, names) = (old.iter().map(|path| path.display().to_string()), ", ");
            let files = files.collect::<Vec<_>>().join(names);
            return Err(Error::invalid(format!(
                "{files}: found {read} quads, expected the {expected} that the manifest tells of"
            )));
        }
        let mut spool =
            self.spool.into_inner().map_err(|error| cannot_spool(error.into_error()))?;
        spool.rewind().map_err(cannot_spool)?;
        let reader = BufReader::with_capacity(BUFFER, spool);
        each_line(reader, Path::new(SPOOL), |line| match wanted.find(hash(line)) {
            Some(false) => changes.insert(line).map_err(cannot_write),
            _ => Ok(()),
        })?;
        Ok(())
    }
}

const SPOOL: &str = "a temporary file";

fn cannot_spool(cause: io::Error) -> Error {
    Error::write(SPOOL, cause)
}

fn hash(line: &[u8]) -> u128 {
    use std::hash::Hasher;
    fingerprint(|hasher| hasher.write(line))
}

/// Does something with each line, and gives their number.
fn each_line(
    mut reader: impl BufRead,
    path: &Path,
    mut visit: impl FnMut(&[u8]) -> Result<(), Error>,
) -> Result<u64, Error> {
    let (mut line, mut number) = (Vec::new(), 0);
    while reader.read_until(b'\n', &mut line).map_err(|cause| Error::read(path, cause))? > 0 {
        number += 1;
        if !line.starts_with(b"<") || !line.ends_with(b"> .\n") {
            let name = path.display();
            let expected = "expected a quad as this program writes it";
            return Err(Error::invalid(format!("{name}:{number}: {expected}")));
        }
        visit(&line)?;
        line.clear();
    }
    Ok(number)
}

impl QuadSink for Delta {
    fn quad(&mut self, quad: Mapped<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        self.format.write(quad, &mut line);
        self.lines(quad.rule.part, &line, 1)
    }
}

impl Target for Delta {
    fn line_format(&self) -> Option<LineFormat> {
        Some(self.format)
    }

    fn lines(&mut self, _: Part, lines: &[u8], _: u64) -> io::Result<()> {
        self.hashes.extend(lines.split_inclusive(|&byte| byte == b'\n').map(hash));
        self.spool.write_all(lines)
    }

    fn end_record(&mut self) -> io::Result<()> {
        Ok(())
    }
}
