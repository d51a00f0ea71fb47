use std::io;

use super::Task;
use super::past::{Content, Past};
use crate::check::Checker;
use crate::claims::Claim;
use crate::convert::{Conversion, Converter, Reading};
use crate::diagnostic::Diagnostic;
use crate::serialize::LineFormat;
use crate::sink::{KnownDescriptions, Lines, Quads, Recent};
use crate::source::{Document, Folder};

/// So many bytes of records, triples and diagnostics fill a batch; most have a third of it.
const FULL: usize = 2 << 20;
/// What a diagnostic takes, about.
const DIAGNOSTIC: usize = 1 << 10;

/// Some records that follow each other, converted.
#[derive(Debug)]
pub(super) struct Batch {
    pub(super) records: Vec<Converted>,
    pub(super) block: Block,
    /// Whether the same thread has more of these records.
    pub(super) goes_on: bool,
}

/// What was read from a file, what became of it, and where its triples end in the block.
#[derive(Debug)]
pub(super) struct Converted {
    pub(super) document: Option<Document>,
    pub(super) conversion: Conversion,
    /// What other records may contradict.
    pub(super) claims: Vec<Claim>,
    pub(super) content: Option<Content>,
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
    past: Past<'p>,
    /// The descriptions that this worker has sent lately.
    known: Recent,
}

impl<'p> Worker<'p> {
    pub(super) fn new(
        converter: &'p Converter<'p>,
        checker: Option<Checker<'p>>,
        format: Option<LineFormat>,
        past: Past<'p>,
    ) -> Self {
        Self { converter, checker, format, past, known: Recent::default() }
    }

    /// An empty batch.
    pub(super) fn batch(&self) -> Batch {
        let lines = self.format.map(|format| Block::Lines(Lines::new(format)));
        let block = lines.unwrap_or_else(|| Block::Quads(Quads::default()));
        Batch { records: Vec::new(), block, goes_on: false }
    }

    /// Converts records into a batch, whose old content is forgotten, until it is full. Those that
    /// are left come back.
    pub(super) fn convert<'t, 'i>(
        &mut self,
        mut tasks: &'t [Task<'i>],
        batch: &mut Batch,
    ) -> io::Result<&'t [Task<'i>]> {
        let Batch { records, block, goes_on } = batch;
        records.clear();
        block.clear();
        let mut size = 0;
        while let [(input, record), rest @ ..] = tasks
            && size + block.size() < FULL
        {
            tasks = rest;
            let mut claims = Vec::new();
            let (document, (conversion, content)) = match record.read() {
                Ok(document) => {
                    let converted =
                        self.convert_one(&document, input.tables(), block, &mut claims)?;
                    (Some(document), converted)
                }
                Err(error) => {
                    let diagnostics = vec![Diagnostic::unreadable(record.name(), &error)];
                    (None, (Conversion::refused(diagnostics), None))
                }
            };
            size += document.as_ref().map_or(0, |document| document.bytes.len())
                + conversion.diagnostics.len() * DIAGNOSTIC;
            records.push(Converted { document, conversion, claims, content, end: block.len() });
        }
        *goes_on = !tasks.is_empty();
        Ok(tasks)
    }

    fn convert_one(
        &mut self,
        document: &Document,
        tables: &Folder,
        block: &mut Block,
        claims: &mut Vec<Claim>,
    ) -> io::Result<(Conversion, Option<Content>)> {
        let Self { converter, checker, known, past, .. } = self;
        let watch = (checker.as_mut(), claims);
        let convert = |reading: Reading<'_>| match block {
            Block::Quads(quads) => past.convert(converter, &reading, quads, watch),
            Block::Lines(lines) => {
                let mut sink = KnownDescriptions::new(lines, known);
                past.convert(converter, &reading, &mut sink, watch)
            }
        };
        let refused = |diagnostics| Ok((Conversion::refused(diagnostics), None));
        converter.read(document, tables, convert).unwrap_or_else(refused)
    }
}

impl Block {
    fn clear(&mut self) {
        match self {
            Self::Lines(lines) => lines.clear(),
            Self::Quads(quads) => quads.clear(),
        }
    }

    /// The number of bytes, without what is the same for all triples of a rule.
    fn size(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.size(),
            Self::Quads(quads) => quads.size(),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Lines(lines) => lines.len(),
            Self::Quads(quads) => quads.len(),
        }
    }
}
