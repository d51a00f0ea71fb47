use std::io::{self, Write};
use std::path::Path;

use super::books::{Accounts, Books};
use super::metadata;
use super::settings::Settings;
use crate::error::Error;
use crate::output::{Compression, Encoding, Output};
use crate::serialize::{self, Format, LineFormat, Serializer, Target};
use crate::sink::{Mapped, Part, QuadSink};

/// How many bytes of a part are gathered before they are compressed and counted.
const BLOCK: usize = 1 << 20;

/// The data files of a release: the quads in one file, the triples of each part in one, and those
/// that describe figures and articles in one.
pub struct Dump {
    quads: Serializer<Output>,
    parts: Vec<PartFile>,
    metadata: Output,
    /// The number of triples in the metadata.
    described: u64,
    books: Books,
}

struct PartFile {
    part: Part,
    output: Output,
    /// What the lines of this part end with in N-Quads.
    graph: String,
    /// Triples that are still to be written.
    lines: Vec<u8>,
}

/// What the files of a release are called.
#[derive(Clone, Debug)]
pub(super) struct Names(String);

impl Names {
    pub(super) fn new(version: &str) -> Self {
        Self(format!("pfocr-{version}-rdf"))
    }

    pub(super) fn part(&self, part: Part) -> String {
        format!("{}-{part}.nt.gz", self.0)
    }

    pub(super) fn quads(&self) -> String {
        format!("{}.nq.gz", self.0)
    }

    pub(super) fn metadata(&self) -> String {
        format!("{}-metadata.nt.gz", self.0)
    }

    pub(super) fn turtle(&self) -> String {
        format!("{}.ttl.zst", self.0)
    }
}

impl Dump {
    /// Begins the files in a folder.
    pub(super) fn create(folder: &Path, names: &Names, settings: &Settings) -> Result<Self, Error> {
        let Settings { parts, schema, has_turtle, threads, .. } = *settings;
        let create = |name: String| Output::create(&folder.join(name), threads);
        let part = |part: Part| {
            let (output, graph) = (create(names.part(part))?, format!(" {} .\n", part.graph()));
            Ok(PartFile { part, output, graph, lines: Vec::with_capacity(BLOCK) })
        };
        let turtle = if has_turtle {
            let output = Output::encoded(
                &folder.join(names.turtle()),
                Encoding::new(Compression::Zstd),
                threads,
            )?;
            Some((serialize::turtle(schema)?, output))
        } else {
            None
        };
        Ok(Self {
            quads: Serializer::new(Format::NQuads, schema, create(names.quads())?)?,
            parts: parts.iter().map(part).collect::<Result<_, Error>>()?,
            metadata: create(names.metadata())?,
            described: 0,
            books: Books::open(turtle),
        })
    }

    /// Ends all files; also says how many triples the metadata have.
    pub(super) fn finish(mut self) -> io::Result<(Accounts, u64)> {
        for at in 0..self.parts.len() {
            self.flush(at)?;
        }
        let Self { quads, parts, metadata, described, books } = self;
        let outputs = parts.into_iter().map(|file| file.output).chain([quads.finish()?, metadata]);
        for output in outputs {
            output.finish().map_err(Error::into_cause)?;
        }
        Ok((books.close()?, described))
    }

    /// Writes what was gathered of the part at this position.
    fn flush(&mut self, at: usize) -> io::Result<()> {
        let Some(PartFile { part, output, lines, .. }) = self.parts.get_mut(at) else {
            return Ok(());
        };
        output.write_all(lines)?;
        if *part == Part::Core {
            for line in lines.split_inclusive(|byte| *byte == b'\n') {
                if metadata::contain(line) {
                    self.metadata.write_all(line)?;
                    self.described += 1;
                }
            }
        }
        self.books.enter(*part, lines)
    }
}

impl QuadSink for Dump {
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        let mut line = Vec::new();
        if let Some(format) = self.line_format() {
            format.write(quad, &mut line);
        }
        self.lines(quad.rule.part, &line, 1)
    }
}

impl Target for Dump {
    fn line_format(&self) -> Option<LineFormat> {
        self.quads.line_format()
    }

    fn lines(&mut self, part: Part, lines: &[u8], number: u64) -> io::Result<()> {
        self.quads.lines(part, lines, number)?;
        let missing = || io::Error::other(format!("the part {part} has no file"));
        let at = self.parts.iter().position(|file| file.part == part).ok_or_else(missing)?;
        let Some(file) = self.parts.get_mut(at) else { return Err(missing()) };
        for line in lines.split_inclusive(|byte| *byte == b'\n') {
            let triple = line.strip_suffix(file.graph.as_bytes()).ok_or_else(missing)?;
            file.lines.extend_from_slice(triple);
            file.lines.extend_from_slice(b" .\n");
        }
        if file.lines.len() >= BLOCK { self.flush(at) } else { Ok(()) }
    }

    fn end_record(&mut self) -> io::Result<()> {
        Ok(())
    }
}
