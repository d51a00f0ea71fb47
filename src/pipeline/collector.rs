use std::collections::{HashMap, HashSet};
use std::io;
use std::ops::Range;
use std::{iter, ptr};

use oxrdf::NamedNode;

use super::batch::{Batch, Block, Converted};
use super::past::Content;
use super::{Recorder, Task};
use crate::claims::{self, Agreement, Claim};
use crate::convert::{self, Converter, Reading};
use crate::diagnostic::Diagnostic;
use crate::manifest::Entry;
use crate::serialize::{LineFormat, Target};
use crate::sink::{Counter, Once, OnceLines, Part};
use crate::source::{Document, EXTENSIONS, Input};
use crate::summary::Summary;

/// Takes what became of each record, in the order of the inputs.
pub(super) struct Collector<'r, T: Target> {
    target: Once<Counter<T>>,
    lines: OnceLines,
    /// The figids of the records, with the positions of their tasks.
    figids: HashMap<Box<str>, u32>,
    /// The figids that have dots, with `_` in their place.
    underscored: HashMap<String, Vec<String>>,
    /// The names of the files of records that were skipped.
    skipped: HashSet<Box<str>>,
    /// The results of shapes on nodes that several records describe.
    shared_results: HashSet<SharedResult>,
    /// What the records say alike, and all of them.
    agreement: Agreement,
    tasks: &'r [Task<'r>],
    converter: &'r Converter<'r>,
    recorder: Option<Recorder<'r>>,
    summary: Summary,
    report: &'r mut dyn FnMut(&Diagnostic),
}

impl<'r, T: Target> Collector<'r, T> {
    pub(super) fn new(
        target: T,
        tasks: &'r [Task<'r>],
        converter: &'r Converter<'r>,
        report: &'r mut dyn FnMut(&Diagnostic),
    ) -> Self {
        Self {
            target: Once::new(Counter::new(target)),
            lines: OnceLines::default(),
            figids: HashMap::new(),
            underscored: HashMap::new(),
            skipped: HashSet::new(),
            shared_results: HashSet::new(),
            agreement: Agreement::default(),
            tasks,
            converter,
            recorder: None,
            summary: Summary::default(),
            report,
        }
    }

    /// The same; the recorder is told of every record that is in the output.
    pub(super) fn with_recorder(mut self, recorder: Option<Recorder<'r>>) -> Self {
        self.recorder = recorder;
        self
    }

    pub(super) fn line_format(&self) -> Option<LineFormat> {
        self.target.sink().line_format()
    }

    /// Writes the triples of the next records, but those whose figid was there before.
    pub(super) fn add(&mut self, batch: &mut Batch) -> io::Result<()> {
        let Batch { records, block, .. } = batch;
        let mut start = 0;
        let tasks = self.tasks.get(self.seen()..).unwrap_or_default();
        for (task, record) in tasks.iter().zip(records) {
            let Converted { document, conversion, claims, content, end } = record;
            let range = start..*end;
            start = *end;
            if let (Some(figid), Some(document)) = (&conversion.figid, document.as_ref()) {
                if let Some(first) = self.figids.get(figid.as_str()) {
                    let results = std::mem::take(&mut conversion.diagnostics);
                    let first = self.tasks.get(*first as usize).map(|(_, file)| *file);
                    *conversion = convert::duplicate(document, first);
                    conversion.diagnostics.extend(results.into_iter().filter(is_shared));
                    self.leave_out(block, range);
                    *content = None;
                } else {
                    let position = u32::try_from(self.seen()).unwrap_or(u32::MAX);
                    self.figids.insert(figid.as_str().into(), position);
                    if figid.contains('.') {
                        let others = self.underscored.entry(figid.replace('.', "_")).or_default();
                        others.push(figid.as_str().to_owned());
                    }
                    self.write(block, range)?;
                    if let (Some(recorder), Some(content)) = (self.recorder, &content) {
                        let file = task.1.file_name();
                        recorder(figid, Entry { file, sha256: content.sha256 });
                    }
                    let found = self.contradictions(claims, (*task, document));
                    if !found.is_empty() {
                        conversion.diagnostics.extend(found);
                        convert::sort(&mut conversion.diagnostics, &document.name);
                    }
                }
            }
            if conversion.figid.is_none() {
                self.skipped.insert(task.1.file_name().into());
            }
            conversion.diagnostics.retain(|diagnostic| self.is_new(diagnostic));
            conversion.diagnostics.iter().for_each(&mut self.report);
            match content {
                Some(Content { is_unchanged: true, .. }) => self.summary.add_unchanged(conversion),
                _ => self.summary.add(conversion),
            }
        }
        Ok(())
    }

    /// What a record says against earlier ones.
    fn contradictions(
        &mut self,
        claims: &[Claim],
        record: (Task<'_>, &Document),
    ) -> Vec<Diagnostic> {
        let number = u32::try_from(self.seen()).unwrap_or(u32::MAX);
        let contradiction = |claim: &Claim| {
            let first = self.agreement.contradicted(*claim, number)?;
            self.contradiction(*claim, record, first)
        };
        claims.iter().filter_map(contradiction).collect()
    }

    /// Reads both records again to tell where they contradict each other. Nothing is told of a
    /// record that cannot be read any more.
    fn contradiction(
        &self,
        claim: Claim,
        (task, document): (Task<'_>, &Document),
        (first, number): (Claim, u32),
    ) -> Option<Diagnostic> {
        let find = |claim, document: &Document, (input, _): Task<'_>| {
            let find = |reading: Reading<'_>| claims::find(claim, &reading);
            self.converter.read(document, input.tables(), find).ok()?
        };
        let statement = find(claim, document, task)?;
        let earlier = self.tasks.get(number as usize)?;
        let first = if ptr::eq(earlier.1, task.1) {
            find(first, document, task)?
        } else {
            find(first, &earlier.1.read().ok()?, *earlier)?
        };
        Some(statement.against(first, claim.topic))
    }

    /// Whether it is no result on a shared node that was reported before: each thread checks the
    /// descriptions of shared nodes by itself.
    fn is_new(&mut self, diagnostic: &Diagnostic) -> bool {
        let Some(shape) = diagnostic.shape.as_ref().filter(|shape| shape.is_shared) else {
            return true;
        };
        let result = &shape.result;
        let (shape, node) = (result.source_shape.to_string(), result.focus_node.to_string());
        let path = result.path.as_ref().map(ToString::to_string);
        let value = result.value.as_ref().map(ToString::to_string);
        self.shared_results.insert((shape, node, path, value, result.component.clone()))
    }

    fn write(&mut self, block: &Block, range: Range<usize>) -> io::Result<()> {
        match block {
            Block::Lines(lines) => self.lines.send(lines, range, self.target.sink_mut())?,
            Block::Quads(quads) => quads.send_range(range, &mut self.target)?,
        }
        self.target.sink_mut().end_record()
    }

    fn leave_out(&mut self, block: &Block, range: Range<usize>) {
        if let Block::Lines(lines) = block {
            self.lines.leave_out(lines, range);
        }
    }

    /// The number of records that were taken.
    pub(super) fn seen(&self) -> usize {
        usize::try_from(self.summary.read()).unwrap_or(usize::MAX)
    }

    /// Passes on diagnostics that are of no record.
    pub(super) fn note(&mut self, diagnostics: &[Diagnostic]) {
        diagnostics.iter().for_each(&mut self.report);
        self.summary.note_all(diagnostics);
    }

    /// The figids of the records of these inputs whose tables can be named after this one.
    pub(super) fn figures_with_tables(&self, figid: &str, inputs: &[&Input]) -> Vec<&str> {
        let others = self.underscored.get(figid).into_iter().flatten().map(String::as_str);
        let figures = iter::once(figid).chain(others);
        let known = figures.filter_map(|figid| self.figids.get_key_value(figid));
        let is_of = |position: u32| {
            let task = self.tasks.get(position as usize);
            task.is_some_and(|(input, _)| inputs.iter().any(|other| ptr::eq(*other, *input)))
        };
        known.filter(|(_, at)| is_of(**at)).map(|(figid, _)| figid.as_ref()).collect()
    }

    /// Whether a record was skipped whose file has this name, without its extension.
    pub(super) fn is_skipped(&self, name: &str) -> bool {
        EXTENSIONS.iter().any(|extension| self.skipped.contains(&*format!("{name}.{extension}")))
    }

    pub(super) fn finish(mut self) -> (T, Summary) {
        let counter = self.target.into_inner();
        for part in Part::ALL {
            self.summary.set_triples(part, counter.count(part));
        }
        (counter.into_inner(), self.summary)
    }
}

/// Shape, focus node, path, value and component.
type SharedResult = (String, String, Option<String>, Option<String>, NamedNode);

fn is_shared(diagnostic: &Diagnostic) -> bool {
    diagnostic.shape.as_ref().is_some_and(|shape| shape.is_shared)
}
