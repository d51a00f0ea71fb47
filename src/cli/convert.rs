use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use pfocr2rdf::Error;
use pfocr2rdf::delta::Delta;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::output::{self, Complete, Output};
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::shacl::Options;
use pfocr2rdf::source::Input;
use pfocr2rdf::summary::Summary;

use super::incremental::IncrementalOptions;
use super::messages::MessageOptions;
use super::output_options::OutputOptions;
use super::progress::Progress;
use super::record_options::RecordOptions;
use super::{Status, interruption, shapes};

/// What the shell, or whoever started the program, wants the triples in.
const STDOUT: &str = "/dev/stdout";

/// Convert records to RDF
///
/// Problems of the input are told on standard error with file, line, column and code; the run goes
/// on with the next record. At the end stands what was read and written.
///
/// Ctrl-C ends the run within a second or so, and leaves no incomplete file.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pfocr2rdf convert _figures/PMC100003__mb2410470011.md
  pfocr2rdf convert pfocr-database -o pfocr.nq.gz
  pfocr2rdf convert pfocr-database-main.tar.gz -o pfocr.nq.gz
  pfocr2rdf convert pfocr-database -o dump --split part
  pfocr2rdf convert pfocr-database --parts core,links -t ntriples | gzip > pfocr.nt.gz")]
pub(super) struct Args {
    /// A record (.md .markdown .yml .yaml), a directory with _figures and _data or with records,
    /// an archive with _figures and _data (.tar .tar.gz .tgz .tar.zst .zip), or - for a record or
    /// an archive on standard input
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    #[command(flatten)]
    output: OutputOptions,

    #[command(flatten)]
    records: RecordOptions,

    #[command(flatten)]
    incremental: IncrementalOptions,

    /// Count warnings as problems: exit with 1 when there is one
    #[arg(long)]
    strict: bool,

    /// Write the summary to this file, as JSON
    #[arg(long, value_name = "FILE.json")]
    summary: Option<PathBuf>,

    /// Check the triples against these shapes instead of the bundled ones; can be given several
    /// times
    #[arg(long, value_name = "FILE")]
    shapes: Vec<PathBuf>,

    /// Do not check the triples against shapes
    #[arg(long, conflicts_with = "shapes")]
    no_check: bool,

    #[command(flatten)]
    messages: MessageOptions,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        self.output.check(self.incremental.is_delta())?;
        let messages = self.messages.messages();
        let tables = self.records.tables()?;
        let converter = self.records.converter(&tables);
        let mut diagnostics = Vec::new();
        let inputs = self.records.open(&self.inputs, &mut diagnostics)?;
        self.refuse_overwriting(&inputs)?;
        let records = inputs.iter().map(|input| input.records().len()).sum();
        let is_to_stdout = self.output.path().is_none();
        let progress = Progress::start(records, &messages, (self.messages.verbose, is_to_stdout))?;
        let mut report = |diagnostic: &Diagnostic| progress.diagnostic(diagnostic);
        diagnostics.iter().for_each(&mut report);
        let shapes = match self.shapes.as_slice() {
            [] if self.no_check => None,
            [] => Some(self.records.bundled_shapes()?),
            files => Some(shapes::compile_for_records(files, Options::new(), &messages)?),
        };
        let observer = |records| progress.at(records);
        let mut pipeline = Pipeline::new(&inputs, &converter)
            .with_jobs(self.records.jobs())
            .with_observer(&observer);
        if let Some(shapes) = &shapes {
            pipeline = pipeline.with_shapes(shapes).with_told(messages.told());
        }
        let incremental = self.incremental.start(|| self.records.settings(&converter))?;
        let recorder =
            incremental.as_ref().map(|run| |figid: &str, entry| run.record(figid, entry));
        if let (Some(incremental), Some(recorder)) = (&incremental, &recorder) {
            pipeline = incremental.reduce(pipeline.with_recorder(recorder));
        }
        let summary_file = self.summary.as_deref().map(SummaryFile::create).transpose()?;
        let (written, mut summary) = match (&incremental, self.output.path()) {
            (Some(incremental), Some(directory)) if self.incremental.is_delta() => {
                let delta = Delta::new(self.records.schema_base())?.with_observer(&observer);
                let output = (directory, self.records.jobs());
                incremental.write_delta(pipeline, delta, output, &mut report)?
            }
            _ => self.output.write(&self.records, pipeline, out, &mut report)?,
        };
        progress.finish();
        let manifest = incremental.map(|run| run.finish(&mut summary, &messages)).transpose()?;
        summary.note_all(&diagnostics);
        // All files get their names, or none.
        if interruption::go_on().is_break() {
            return Err(Error::interrupted().into());
        }
        let summary_file = summary_file.map(|file| file.write(&summary)).transpose()?;
        written.publish()?;
        manifest.flatten().into_iter().chain(summary_file).try_for_each(Complete::publish)?;
        messages.text(&summary.to_string());
        let worst = if self.strict { Severity::Warning } else { Severity::Error };
        let has_problems = summary.worst().is_some_and(|severity| severity >= worst);
        Ok(if has_problems { Status::Problems } else { Status::Fine })
    }

    /// Nobody wants a record replaced by its triples, or the triples by their summary.
    fn refuse_overwriting(&self, inputs: &[Input]) -> anyhow::Result<()> {
        let directory = self.output.directory().map(|path| (path, output::resolved(path)));
        let is_read = |file: &Path| {
            let is_same = |path: &Path| path.canonicalize().is_ok_and(|path| path == file);
            self.files().any(is_same) || inputs.iter().any(|input| input.reads(file))
        };
        // The shell has opened it, perhaps to write behind what is there.
        if self.output.path().is_none() && is_read(&output::resolved(Path::new(STDOUT))) {
            anyhow::bail!("standard output would be written to a file that is also read as input");
        }
        let mut seen: Vec<(&str, PathBuf)> = Vec::new();
        for (name, target) in self.targets() {
            let (shown, file) = (target.display(), output::resolved(&target));
            if is_read(&file) {
                anyhow::bail!("{shown}: would be overwritten but is also read as input");
            }
            if let Some((other, _)) = seen.iter().find(|(_, path)| *path == file) {
                anyhow::bail!("{shown}: is both the {other} and the {name}");
            }
            if let Some((path, whole)) = &directory
                && file != *whole
                && file.starts_with(whole)
            {
                let path = path.display();
                anyhow::bail!(
                    "{shown}: found the {name} in the output {path}, expected it elsewhere"
                );
            }
            // What is written to a device replaces nothing.
            if !file.exists() || file.is_file() {
                seen.push((name, file));
            }
        }
        Ok(())
    }

    /// The files that are written, with what they are.
    fn targets(&self) -> Vec<(&'static str, PathBuf)> {
        let output = match self.output.path() {
            Some(directory) if self.incremental.is_delta() => {
                self.incremental.delta_files(directory).to_vec()
            }
            output => output.into_iter().map(Path::to_owned).collect(),
        };
        let mut targets: Vec<_> = output.into_iter().map(|path| ("output", path)).collect();
        targets.extend(self.summary.clone().map(|path| ("summary", path)));
        targets.extend(self.incremental.manifest.clone().map(|path| ("manifest", path)));
        targets
    }

    /// The files that options name.
    fn files(&self) -> impl Iterator<Item = &Path> {
        let shapes = self.shapes.iter().map(PathBuf::as_path);
        self.records.files().chain(shapes).chain(self.incremental.files())
    }
}

/// The file of the summary: begun before the run, which would be in vain if it cannot be.
struct SummaryFile<'p>(&'p Path, Output);

impl<'p> SummaryFile<'p> {
    fn create(path: &'p Path) -> Result<Self, Error> {
        Ok(Self(path, Output::create(path, NonZeroUsize::MIN)?))
    }

    fn write(self, summary: &Summary) -> Result<Complete, Error> {
        let Self(path, mut output) = self;
        let written = serde_json::to_writer_pretty(&mut output, summary).map_err(io::Error::from);
        let written = written.and_then(|()| output.write_all(b"\n"));
        written.map_err(|cause| Error::write(path, cause))?;
        output.complete()
    }
}
