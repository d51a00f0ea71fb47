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
//!   temporary file without a name, in the folder that `TMPDIR` names.
//! * The old set: the earlier output is read once. Which record a line is of is seen from its
//!   subject or, where a gene or chemical is part of a figure, from its object.
//!
//! In memory are, when the pipeline is done, 17 bytes for each quad of the new set: those of all
//! descriptions, and some 400 for each record that changed. A run over 100,000 made records, 1 %
//! of them changed, took 170 MB in all, most of it for the pipeline and the two manifests.
//!
//! The earlier output can have its lines in any order, and be in several files. So deltas can be
//! made one after the other, when each is applied with
//!
//! ```sh
//! (LC_ALL=C grep -vxFf delete.nq old.nq; cat insert.nq) > new.nq
//! ```
//!
//! Why the earlier output is needed: what a record that is gone or has changed had said is known
//! from nothing else. To keep in the manifest what each record mentions would not tell either
//! what the quads were, and would take more than all the rest of the manifest.

mod lines;
mod owner;
mod update;
mod wanted;
mod writer;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use self::lines::{Spool, each_of, hash};
use self::owner::Unchanged;
use self::wanted::Wanted;
use crate::error::Error;
use crate::manifest::Manifest;
use crate::pipeline::Observer;
use crate::serialize::{LineFormat, SchemaOrg, Target};
use crate::sink::{Mapped, Part, QuadSink};

pub use self::writer::Writer;

/// After how many lines the observer is asked.
const LINES: u64 = 1 << 16;

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
pub struct Delta<'d> {
    /// What the changes are written to, for errors.
    output: PathBuf,
    format: LineFormat,
    observer: Option<Observer<'d>>,
    spool: Spool,
}

impl Delta<'_> {
    /// What the temporary file that gathers the triples is called in errors, with the folder that
    /// it is in.
    ///
    /// ```
    /// use pfocr2rdf::delta::Delta;
    ///
    /// assert!(Delta::spool_name().display().to_string().starts_with("a temporary file in "));
    /// ```
    #[must_use]
    pub fn spool_name() -> PathBuf {
        lines::spool_name()
    }
}

impl<'d> Delta<'d> {
    /// A delta between N-Quads with this form of the terms of schema.org.
    ///
    /// # Errors
    ///
    /// There can be no temporary file.
    pub fn new(schema: SchemaOrg) -> Result<Self, Error> {
        let (output, format) = (PathBuf::from("-"), LineFormat::quads(schema));
        Ok(Self { output, format, observer: None, spool: Spool::new()? })
    }

    /// The same; changes that cannot be written are called so in the error.
    #[must_use]
    pub fn with_output_name(mut self, output: &Path) -> Self {
        output.clone_into(&mut self.output);
        self
    }

    /// The same; the observer can end the comparison.
    #[must_use]
    pub fn with_observer(mut self, observer: Observer<'d>) -> Self {
        self.observer = Some(observer);
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
    /// manifest says; the changes cannot be written; the observer ended it.
    pub fn finish<W: Write>(
        mut self,
        old: &[PathBuf],
        (before, now): (&Manifest, &Manifest),
        changes: &mut Writer<W>,
    ) -> Result<(), Error> {
        let cannot_write = |cause| Error::write(&self.output, cause);
        let (observer, records) = (self.observer, now.records().count());
        let mut lines = 0_u64;
        let mut observe = || {
            lines += 1;
            let is_ended = lines.is_multiple_of(LINES)
                && observer.is_some_and(|observer| observer(records).is_break());
            if is_ended { Err(Error::interrupted()) } else { Ok(()) }
        };
        let mut wanted = Wanted::new(self.spool.hashes(&mut observe)?);
        let unchanged = Unchanged::new(before, now);
        let mut read = 0;
        for path in old {
            each_of(path, |line| {
                read += 1;
                observe()?;
                if unchanged.owns(line) || wanted.find(hash(line)).is_some() {
                    return Ok(());
                }
                changes.delete(line).map_err(cannot_write)
            })?;
        }
        check_number(old, read, before)?;
        self.spool.each(|line| {
            observe()?;
            match wanted.find(hash(line)) {
                Some(false) => changes.insert(line).map_err(cannot_write),
                _ => Ok(()),
            }
        })
    }
}

/// Refuses files that are not the output that the manifest is of.
fn check_number(files: &[PathBuf], read: u64, manifest: &Manifest) -> Result<(), Error> {
    match manifest.triples().filter(|expected| *expected != read) {
        None => Ok(()),
        Some(expected) => {
            let files: Vec<_> = files.iter().map(|path| path.display().to_string()).collect();
            Err(Error::invalid(format!(
                "{}: found {read} quads, expected the {expected} that the manifest tells of",
                files.join(", ")
            )))
        }
    }
}

impl QuadSink for Delta<'_> {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        self.format.write(quad, &mut line);
        self.lines(quad.rule.part, &line, 1)
    }
}

impl Target for Delta<'_> {
    fn line_format(&self) -> Option<LineFormat> {
        Some(self.format)
    }

    fn lines(&mut self, _: Part, lines: &[u8], number: u64) -> io::Result<()> {
        self.spool.write(lines, number)
    }

    fn end_record(&mut self) -> io::Result<()> {
        Ok(())
    }
}
