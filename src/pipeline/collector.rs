use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::Converted;
use crate::convert;
use crate::diagnostic::Diagnostic;
use crate::serialize::Serializer;
use crate::sink::{Counter, Once, Part};
use crate::source::RecordFile;
use crate::summary::Summary;

/// Takes what became of each record, in the order of the inputs.
pub(super) struct Collector<'r, W: Write> {
    sink: Once<Counter<Serializer<W>>>,
    /// The figids of the records, with the names of their files.
    figids: HashMap<String, String>,
    /// The figids that have dots, with `_` in their place.
    underscored: HashSet<String>,
    summary: Summary,
    report: &'r mut dyn FnMut(&Diagnostic),
}

impl<'r, W: Write> Collector<'r, W> {
    pub(super) fn new(serializer: Serializer<W>, report: &'r mut dyn FnMut(&Diagnostic)) -> Self {
        let sink = Once::new(Counter::new(serializer));
        let (figids, underscored) = (HashMap::new(), HashSet::new());
        Self { sink, figids, underscored, summary: Summary::default(), report }
    }

    /// Writes the triples of the next record, unless its figid was there before.
    pub(super) fn add(&mut self, record: &RecordFile, converted: &mut Converted) -> io::Result<()> {
        let Converted { document, conversion, quads } = converted;
        if let (Some(figid), Some(document)) = (&conversion.figid, document) {
            if let Some(first) = self.figids.get(figid) {
                *conversion = convert::duplicate(document, first);
            } else {
                self.figids.insert(figid.clone(), record.name());
                if figid.contains('.') {
                    self.underscored.insert(figid.replace('.', "_"));
                }
                quads.send(&mut self.sink)?;
                self.sink.sink_mut().sink_mut().end_record()?;
            }
        }
        conversion.diagnostics.iter().for_each(&mut self.report);
        self.summary.add(conversion);
        Ok(())
    }

    /// Passes on diagnostics that are of no record.
    pub(super) fn note(&mut self, diagnostics: &[Diagnostic]) {
        diagnostics.iter().for_each(&mut self.report);
        self.summary.note_all(diagnostics);
    }

    /// Whether there was a record whose tables can be named after this figid.
    pub(super) fn is_known(&self, figid: &str) -> bool {
        self.figids.contains_key(figid) || self.underscored.contains(figid)
    }

    pub(super) fn finish(mut self) -> io::Result<(W, Summary)> {
        let counter = self.sink.into_inner();
        for part in Part::ALL {
            self.summary.set_triples(part, counter.count(part));
        }
        Ok((counter.into_inner().finish()?, self.summary))
    }
}
