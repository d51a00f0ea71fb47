//! The whole line: from inputs to one output, in the order of the inputs.

mod batch;
mod collector;
mod past;

use std::io;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender, SyncSender};
use std::thread;

use self::batch::{Batch, Worker};
use self::collector::Collector;
use self::past::Past;
pub use self::past::Unchanged;
use crate::check::Checker;
use crate::convert::Converter;
use crate::diagnostic::{Diagnostic, Severity};
use crate::error::Error;
use crate::manifest::{Entry, Manifest};
use crate::serialize::{LineFormat, Target};
use crate::shacl::Shapes;
use crate::source::{Input, RecordFile};
use crate::summary::Summary;

/// The number of records that are handed from thread to thread at once, unless they are large.
const BATCH: usize = 8;
/// The number of batches of each thread that may wait to be written.
const QUEUE: usize = 4;

/// Converts all records of some inputs and writes their triples.
///
/// ```no_run
/// use std::path::Path;
///
/// use pfocr2rdf::convert::Converter;
/// use pfocr2rdf::mapping::Context;
/// use pfocr2rdf::organisms::OrganismTable;
/// use pfocr2rdf::pipeline::Pipeline;
/// use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
/// use pfocr2rdf::source::Input;
///
/// let organisms = OrganismTable::bundled();
/// let converter = Converter::new(Context::new(&organisms));
/// let inputs = [Input::open(Path::new("pfocr-database"), None, &mut Vec::new())?];
/// let serializer = Serializer::new(Format::Turtle, SchemaOrg::Http, Vec::new())?;
/// let report = &mut |diagnostic: &_| println!("{diagnostic}");
/// let (serializer, summary) = Pipeline::new(&inputs, &converter).run(serializer, report)?;
/// println!("{summary}{} bytes", serializer.finish().unwrap().len());
/// # Ok::<_, pfocr2rdf::Error>(())
/// ```
#[derive(Clone)]
pub struct Pipeline<'p> {
    inputs: &'p [Input],
    converter: &'p Converter<'p>,
    output: PathBuf,
    jobs: NonZeroUsize,
    shapes: Option<&'p Shapes>,
    told: Severity,
    observer: Option<Observer<'p>>,
    recorder: Option<Recorder<'p>>,
    since: Option<(&'p Manifest, Unchanged)>,
}

/// Told the number of records that were written, now and then; whether the run goes on.
pub type Observer<'p> = &'p dyn Fn(usize) -> ControlFlow<()>;

/// Told of every record that is in the output, or would be if it had changed: its figid, file and
/// hash.
pub type Recorder<'p> = &'p dyn Fn(&str, Entry);

/// A record and the input that it is of.
type Task<'p> = (&'p Input, &'p RecordFile);

impl<'p> Pipeline<'p> {
    /// A pipeline from these inputs.
    #[must_use]
    pub fn new(inputs: &'p [Input], converter: &'p Converter<'p>) -> Self {
        let (output, jobs, told) = (PathBuf::from("-"), NonZeroUsize::MIN, Severity::Note);
        let (shapes, observer, recorder, since) = (None, None, None, None);
        Self { inputs, converter, output, jobs, shapes, told, observer, recorder, since }
    }

    /// The same; an output that cannot be written is called so in the error.
    #[must_use]
    pub fn with_output_name(mut self, output: &Path) -> Self {
        output.clone_into(&mut self.output);
        self
    }

    /// The same; this many threads convert records, 1 by default. The output does not depend on
    /// it.
    #[must_use]
    pub fn with_jobs(mut self, jobs: NonZeroUsize) -> Self {
        self.jobs = jobs;
        self
    }

    /// The same; the triples are checked against these shapes while they are made.
    #[must_use]
    pub fn with_shapes(mut self, shapes: &'p Shapes) -> Self {
        self.shapes = Some(shapes);
        self
    }

    /// The same; nobody looks at results of shapes that are less severe than this, so that they
    /// need no place: see [`Checker::with_told`]. By default all are looked at.
    #[must_use]
    pub fn with_told(mut self, told: Severity) -> Self {
        self.told = told;
        self
    }

    /// The same; the observer is told how far the run is, and can end it.
    #[must_use]
    pub fn with_observer(mut self, observer: Observer<'p>) -> Self {
        self.observer = Some(observer);
        self
    }

    /// The same; the recorder is told what the output is made of.
    #[must_use]
    pub fn with_recorder(mut self, recorder: Recorder<'p>) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// The same; only records whose content changed since an earlier run are converted, checked
    /// and written. All are read, and what they say is compared, as always.
    #[must_use]
    pub fn with_since(mut self, manifest: &'p Manifest, unchanged: Unchanged) -> Self {
        self.since = Some((manifest, unchanged));
        self
    }

    /// Runs it.
    ///
    /// A record whose figid an earlier one has is skipped. `report` takes every diagnostic, in
    /// the order of the inputs. What is returned is what was written to, and the numbers of the
    /// run.
    ///
    /// # Errors
    ///
    /// The output cannot be written, the folder of an input cannot be read, or the observer ended
    /// the run.
    pub fn run<T: Target>(
        &self,
        target: T,
        report: &mut dyn FnMut(&Diagnostic),
    ) -> Result<(T, Summary), Error> {
        let tasks: Vec<Task<'p>> = self
            .inputs
            .iter()
            .flat_map(|input| input.records().iter().map(move |record| (input, record)))
            .collect();
        let mut collector =
            Collector::new(target, &tasks, self.converter, report).with_recorder(self.recorder);
        let converted = if self.jobs.get() == 1 || tasks.len() <= BATCH {
            self.run_here(&tasks, &mut collector)
        } else {
            self.run_threads(&tasks, &mut collector)
        };
        converted.map_err(|cause| match cause.kind() {
            io::ErrorKind::Interrupted => Error::interrupted(),
            _ => Error::write(&self.output, cause),
        })?;
        for input in self.inputs.iter().filter(|input| input.is_database()) {
            let is_same = |other: &&Input| input.tables().is_same(other.tables());
            let inputs: Vec<_> = self.inputs.iter().filter(is_same).collect();
            let figures = |figid: &str| collector.figures_with_tables(figid, &inputs);
            let is_skipped = |name: &str| collector.is_skipped(name);
            collector.note(&input.tables().orphans(figures, is_skipped)?);
        }
        Ok(collector.finish())
    }

    fn observe(&self, written: usize) -> io::Result<()> {
        match self.observer.map(|observer| observer(written)) {
            Some(ControlFlow::Break(())) => Err(io::Error::from(io::ErrorKind::Interrupted)),
            _ => Ok(()),
        }
    }

    fn worker(&self, format: Option<LineFormat>) -> Worker<'p> {
        let past = Past { since: self.since, is_recorded: self.recorder.is_some() };
        let checker = self.shapes.map(|shapes| Checker::new(shapes).with_told(self.told));
        Worker::new(self.converter, checker, format, past)
    }

    fn run_here<T: Target>(
        &self,
        tasks: &[Task<'p>],
        collector: &mut Collector<'_, T>,
    ) -> io::Result<()> {
        let mut worker = self.worker(collector.line_format());
        let mut batch = worker.batch();
        for mut chunk in tasks.chunks(BATCH) {
            while !chunk.is_empty() {
                chunk = worker.convert(chunk, &mut batch)?;
                collector.add(&mut batch)?;
                self.observe(collector.seen())?;
            }
        }
        Ok(())
    }

    /// The batches go round among the threads, so they come back in order without being sorted.
    fn run_threads<T: Target>(
        &self,
        tasks: &[Task<'p>],
        collector: &mut Collector<'_, T>,
    ) -> io::Result<()> {
        let jobs = self.jobs.get().min(tasks.len().div_ceil(BATCH));
        let format = collector.line_format();
        thread::scope(|scope| {
            let start = |first| {
                let (full, batches) = mpsc::sync_channel(QUEUE);
                let (empty, used) = mpsc::channel();
                let chunks = tasks.chunks(BATCH).skip(first).step_by(jobs);
                let worker = self.worker(format);
                scope.spawn(move || work(worker, chunks, &full, &used));
                (batches, empty)
            };
            let threads: Vec<(Receiver<io::Result<Batch>>, Sender<Batch>)> =
                (0..jobs).map(start).collect();
            for (_, (batches, empty)) in tasks.chunks(BATCH).zip(threads.iter().cycle()) {
                let mut goes_on = true;
                while goes_on {
                    // A thread that ends early has panicked, which the scope passes on.
                    let Ok(batch) = batches.recv() else { return Ok(()) };
                    let mut batch = batch?;
                    collector.add(&mut batch)?;
                    self.observe(collector.seen())?;
                    goes_on = batch.goes_on;
                    // A thread that is done needs no more batches.
                    let _ = empty.send(batch);
                }
            }
            Ok(())
        })
    }
}

/// Converts batches until there are no more, or nobody wants them.
fn work<'p>(
    mut worker: Worker<'p>,
    chunks: impl Iterator<Item = &'p [Task<'p>]>,
    full: &SyncSender<io::Result<Batch>>,
    used: &Receiver<Batch>,
) {
    for mut chunk in chunks {
        while !chunk.is_empty() {
            let mut batch = used.try_recv().unwrap_or_else(|_| worker.batch());
            let result = worker.convert(chunk, &mut batch).map(|rest| {
                chunk = rest;
                batch
            });
            if full.send(result).is_err() {
                return;
            }
        }
    }
}
