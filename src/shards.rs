//! Several files for the triples of a run.

mod split;

use std::cell::Cell;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use crate::error::Error;
use crate::output::{Encoding, Output};
use crate::serialize::{Format, LineFormat, SchemaOrg, Serializer, Target};
use crate::sink::{Mapped, Part, Parts, QuadSink};

pub use self::split::{Limit, Split};

/// What all files of some [`Shards`] have in common.
#[derive(Clone, Debug)]
pub struct Style {
    /// What their names begin with.
    pub stem: String,
    /// Their format.
    pub format: Format,
    /// How the terms of schema.org begin.
    pub schema: SchemaOrg,
    /// How they are compressed.
    pub encoding: Encoding,
    /// The parts that are written; each has files of its own, even if they are empty, if the
    /// triples are split by part.
    pub parts: Parts,
    /// How many threads compress each file.
    pub threads: NonZeroUsize,
}

/// Writes triples to several files of a folder.
///
/// Their names are made of the stem, the part if the triples are split by part, and a number from
/// 0001 if there can be several: `pfocr-core.nt.gz`, `pfocr-0001.nq.gz`, `pfocr-core-0001.nt.gz`.
///
/// ```
/// use std::num::NonZeroUsize;
///
/// use pfocr2rdf::mapping;
/// use pfocr2rdf::output::{Compression, Encoding};
/// use pfocr2rdf::serialize::{Format, SchemaOrg, Target};
/// use pfocr2rdf::shards::{Shards, Style};
/// use pfocr2rdf::sink::{Mapped, Parts, QuadSink};
///
/// let folder = tempfile::tempdir()?;
/// let style = Style {
///     stem: "pfocr".to_owned(),
///     format: Format::NTriples,
///     schema: SchemaOrg::Http,
///     encoding: Encoding::new(Compression::None),
///     parts: Parts::ALL,
///     threads: NonZeroUsize::MIN,
/// };
/// let mut shards = Shards::create(folder.path(), "1".parse()?, style)?;
/// let rule = mapping::rules().next().unwrap();
/// for _ in 0..2 {
///     shards.quad(&Mapped { rule, subject: "http://example.org/s", object: "o" })?;
///     shards.end_record()?;
/// }
/// shards.finish()?;
/// assert!(folder.path().join("pfocr-0001.nt").exists());
/// assert!(folder.path().join("pfocr-0002.nt").exists());
/// # Ok::<_, Box<dyn std::error::Error>>(())
/// ```
pub struct Shards {
    folder: PathBuf,
    style: Style,
    split: Split,
    series: Vec<Series>,
}

/// The files that follow each other, of one part or of all.
struct Series {
    part: Option<Part>,
    /// The number of the file that is being written, from 1.
    number: u32,
    /// The number of records in it.
    records: u64,
    is_full: bool,
    shard: Shard,
}

/// The file that is being written.
struct Shard {
    serializer: Serializer<Measured>,
    bytes: Rc<Cell<u64>>,
}

/// Counts the bytes on their way to a file.
struct Measured {
    output: Output,
    bytes: Rc<Cell<u64>>,
}

impl Shards {
    /// Begins the first files in a folder.
    ///
    /// # Errors
    ///
    /// They cannot be created.
    pub fn create(folder: &Path, split: Split, style: Style) -> io::Result<Self> {
        let mut shards = Self { folder: folder.to_owned(), style, split, series: Vec::new() };
        let parts: Vec<_> = shards.style.parts.iter().map(Some).collect();
        for part in if split.by_part { parts } else { vec![None] } {
            let shard = shards.begin(part, 1)?;
            shards.series.push(Series { part, number: 1, records: 0, is_full: false, shard });
        }
        Ok(shards)
    }

    /// Ends all files.
    ///
    /// # Errors
    ///
    /// One of them cannot be written.
    pub fn finish(self) -> io::Result<()> {
        self.series.into_iter().try_for_each(|series| series.shard.finish())
    }

    fn begin(&self, part: Option<Part>, number: u32) -> io::Result<Shard> {
        let Style { stem, format, schema, encoding, threads, .. } = &self.style;
        let part = part.map(|part| format!("-{part}")).unwrap_or_default();
        let number = self.split.limit.map(|_| format!("-{number:04}")).unwrap_or_default();
        let (extension, suffix) = (format.extension(), encoding.compression().suffix());
        let path = self.folder.join(format!("{stem}{part}{number}.{extension}{suffix}"));
        let output = Output::encoded(&path, *encoding, *threads).map_err(Error::into_cause)?;
        let bytes = Rc::<Cell<u64>>::default();
        let measured = Measured { output, bytes: Rc::clone(&bytes) };
        let serializer = Serializer::new(*format, *schema, measured).map_err(io::Error::other)?;
        Ok(Shard { serializer, bytes })
    }

    /// The file that a triple of this part goes to. What is full makes room for the next file
    /// only now that there is something for it.
    fn shard(&mut self, part: Part) -> io::Result<&mut Serializer<Measured>> {
        let is_its = |series: &Series| series.part.is_none_or(|own| own == part);
        let are_aligned = matches!(self.split.limit, Some(Limit::Records(_)));
        for at in 0..self.series.len() {
            let Some(series) = self.series.get(at).filter(|series| series.is_full) else {
                continue;
            };
            if are_aligned || is_its(series) {
                let number = series.number + 1;
                let shard = self.begin(series.part, number)?;
                let next = Series { part: series.part, number, records: 0, is_full: false, shard };
                if let Some(series) = self.series.get_mut(at) {
                    std::mem::replace(series, next).shard.finish()?;
                }
            }
        }
        let series = self.series.iter_mut().find(|series| is_its(series));
        let shard = series.map(|series| &mut series.shard.serializer);
        shard.ok_or_else(|| io::Error::other(format!("the part {part} has no file")))
    }
}

impl QuadSink for Shards {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        self.shard(quad.rule.part)?.quad(quad)
    }
}

impl Target for Shards {
    fn line_format(&self) -> Option<LineFormat> {
        self.series.first()?.shard.serializer.line_format()
    }

    fn lines(&mut self, part: Part, lines: &[u8], number: u64) -> io::Result<()> {
        self.shard(part)?.lines(part, lines, number)
    }

    fn end_record(&mut self) -> io::Result<()> {
        for series in &mut self.series {
            series.shard.serializer.end_record()?;
            series.records += 1;
            series.is_full = match self.split.limit {
                Some(Limit::Records(records)) => series.records >= records,
                Some(Limit::Size(size)) => series.shard.bytes.get() >= size.0,
                None => false,
            };
        }
        Ok(())
    }
}

impl Shard {
    fn finish(self) -> io::Result<()> {
        self.serializer.finish()?.output.finish().map_err(Error::into_cause)
    }
}

impl Write for Measured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.output.write(bytes)?;
        self.bytes.set(self.bytes.get() + written as u64);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}
