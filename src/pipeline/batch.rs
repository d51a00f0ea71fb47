use std::io;

use rustc_hash::FxHashSet;

use super::Task;
use crate::check::Checker;
use crate::claims::Claim;
use crate::convert::{Conversion, Converter};
use crate::diagnostic::Diagnostic;
use crate::serialize::LineFormat;
use crate::shacl::Shapes;
use crate::sink::{KnownDescriptions, Lines, Quads};
use crate::source::{Document, Folder};

/// Some records that follow each other, converted.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) records: Vec<Converted>,
    pub(super) block: Block,
}

/// What was read from a file, what became of it, and where its triples end in the block.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) document: Option<Document>,
    pub(super) conversion: Conversion,
    /// What other records may contradict.
    pub(super) claims: Vec<Claim>,
    pub(super) end: usize,
}

/// The triples of some records.
#[derive(Debug)]
pub(super) enum Block {
    /// As lines, for formats whose lines do not depend on each other.
    Lines(Lines),
    Quads(Quads),
}

/// Converts records in one thread.
#[derive(Debug)]
pub(super) struct Worker<'p> {
    converter: &'p Converter<'p>,
    checker: Option<Checker<'p>>,
    format: Option<LineFormat>,
    /// The descriptions that this worker has sent.
    known: FxHashSet<u128>,
}

impl<'p> Worker<'p> {
    pub(super) fn new(
        converter: &'p Converter<'p>,
        shapes: Option<&'p Shapes>,
        format: Option<LineFormat>,
    ) -> Self {
        let checker = shapes.map(Checker::new);
        Self { converter, checker, format, known: FxHashSet::default() }
    }

    /// An empty batch.
    pub(super) fn batch(&self) -> Batch {
        let lines = self.format.map(|format| Block::Lines(Lines::new(format)));
        let block = lines.unwrap_or_else(|| Block::Quads(Quads::default()));
        Batch { records: Vec::new(), block }
    }

    /// Converts records into a batch, whose old content is forgotten.
    pub(super) fn convert(&mut self, tasks: &[Task<'_>], batch: &mut Batch) -> io::Result<()> {
        let Batch { records, block } = batch;
        records.clear();
        block.clear();
        for (input, record) in tasks {
            let mut claims = Vec::new();
            let (document, conversion) = match record.read() {
                Ok(document) => {
                    let conversion =
                        self.convert_one(&document, input.tables(), block, &mut claims)?;
                    (Some(document), conversion)
                }
                Err(error) => {
                    let diagnostics = vec![Diagnostic::unreadable(record.name(), &error)];
                    (None, Conversion { diagnostics, ..Conversion::default() })
                }
            };
            records.push(Converted { document, conversion, claims, end: block.len() });
        }
        Ok(())
    }

    fn convert_one(
        &mut self,
        document: &Document,
        tables: &Folder,
        block: &mut Block,
        claims: &mut Vec<Claim>,
    ) -> io::Result<Conversion> {
        let watch = (self.checker.as_mut(), Some(claims));
        match block {
            Block::Quads(quads) => self.converter.convert_with(document, tables, quads, watch),
            Block::Lines(lines) => {
                let mut sink = KnownDescriptions { lines, known: &mut self.known };
                self.converter.convert_with(document, tables, &mut sink, watch)
            }
        }
    }
}

impl Block {
    fn clear(&mut self) {
        match self {
            Self::Lines(lines) => lines.clear(),
            Self::Quads(quads) => quads.clear(),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.len(),
            Self::Quads(quads) => quads.len(),
        }
    }
}
