//! `release`: a directory for a web server, or a look at one that was downloaded.

mod names;

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use pfocr2rdf::Error;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::output::Output;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::release::{self, MANIFEST, Manifest, Previous, REPORT, Release, Settings};
use pfocr2rdf::summary::Summary;

use self::names::Names;
use super::Status;
use super::messages::MessageOptions;
use super::progress::Progress;
use super::record_options::RecordOptions;
use super::validate::JsonReport;

/// Make a release of the whole database, or verify one
///
/// Writes what a data publisher puts on a web server: each part as N-Triples with the name of its
/// graph beside it, all parts as N-Quads, a small file of metadata, checksums, the shapes and what
/// they found, vocabularies, recipes for stores, and a page for people. The same input and options
/// give the same bytes.
#[derive(Debug, clap::Args)]
#[command(
    disable_version_flag = true,
    after_help = "Examples:
  pfocr2rdf release pfocr-database --version 20261101 --out 20261101
  pfocr2rdf release pfocr-database --version 20261101 --out 20261101 --previous 20261001
  pfocr2rdf release --check 20261101"
)]
pub(super) struct Args {
    /// The database: a directory or an archive with _figures and _data, or records
    #[arg(required_unless_present = "check")]
    inputs: Vec<PathBuf>,

    /// The version: the day of the database, or any name
    #[arg(long, value_name = "YYYYMMDD", required_unless_present = "check")]
    version: Option<String>,

    /// The directory to write, which must be new or empty
    #[arg(short, long, value_name = "DIR", required_unless_present = "check")]
    out: Option<PathBuf>,

    /// Verify the release in this directory: checksums, syntax, counts, graphs, shapes
    #[arg(long, value_name = "DIR")]
    #[arg(conflicts_with_all = ["inputs", "version", "out"])]
    check: Option<PathBuf>,

    /// The IRI of the directory that the files will be published in [default:
    /// <https://data.wikipathways.org/pfocr/{version}/rdf/>]
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// The IRI of who publishes it [default: <https://www.wikipathways.org/>]
    #[arg(long, value_name = "IRI")]
    publisher: Option<String>,

    /// What people call the publisher [default: WikiPathways, or the IRI of another publisher]
    #[arg(long, value_name = "NAME")]
    publisher_name: Option<String>,

    /// When it is made: a day or a time in UTC [default: the day of the version]
    #[arg(long, value_name = "TIME")]
    timestamp: Option<String>,

    /// Where the records are from: the IRI or the hash of a commit
    #[arg(long, value_name = "COMMIT")]
    source: Option<String>,

    /// The release before: its directory or its IRI
    ///
    /// With the directory, the description links each file to the one before as well.
    #[arg(long, value_name = "DIR|IRI")]
    previous: Option<String>,

    /// Write all triples as Turtle as well
    #[arg(long)]
    turtle: bool,

    #[command(flatten)]
    messages: MessageOptions,

    #[command(flatten)]
    records: RecordOptions,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        match (&self.check, &self.version, &self.out) {
            (Some(folder), ..) => check(folder, out),
            (None, Some(version), Some(out)) => self.write(version, out),
            _ => anyhow::bail!("found neither --check nor --version and --out"),
        }
    }

    fn write(&self, version: &str, out: &Path) -> anyhow::Result<Status> {
        let settings = self.settings(version)?;
        let messages = self.messages.messages();
        let tables = self.records.tables()?;
        let converter = self.records.converter(&tables);
        let mut early = Vec::new();
        let inputs = self.records.open(&self.inputs, &mut early)?;
        let shapes = self.records.bundled_shapes()?;
        let records = inputs.iter().map(|input| input.records().len()).sum();
        let progress = Progress::start(records, &messages, (self.messages.verbose, false))?;
        let observer = |records| progress.at(records);
        let pipeline = Pipeline::new(&inputs, &converter)
            .with_jobs(self.records.jobs())
            .with_output_name(out)
            .with_shapes(&shapes)
            .with_observer(&observer);

        let release = Release::begin(out, &settings)?;
        let path = release.folder().join(REPORT);
        let cannot_write = |cause| Error::write(out, cause);
        let mut file = Output::create(&path, self.records.jobs())?;
        let mut report = JsonReport::new(&mut file);
        let names = Names::new(&inputs, self.records.data());
        let mut broken = Ok(());
        let mut found = |diagnostic: &Diagnostic| {
            progress.diagnostic(diagnostic);
            if broken.is_ok() {
                broken = report.add(&names.apply(diagnostic));
            }
        };
        early.iter().for_each(&mut found);
        let (dump, mut summary) = pipeline.run(release.dump()?, &mut found)?;
        progress.finish();
        broken.and_then(|()| report.finish()).map_err(cannot_write)?;
        file.finish()?;
        summary.note_all(&early);
        release.finish(dump, &summary)?;
        messages.text(&summary.to_string());
        Ok(status(&summary))
    }

    fn settings(&self, version: &str) -> anyhow::Result<Settings> {
        let mut settings = Settings::new(version)?;
        if let Some(time) = &self.timestamp {
            settings = settings.with_created(time)?;
        }
        settings.base = self.base.clone().unwrap_or(settings.base);
        settings.publisher = self.publisher.clone().unwrap_or(settings.publisher);
        settings.publisher_name.clone_from(&self.publisher_name);
        settings.source.clone_from(&self.source);
        settings.previous = self.previous.as_deref().map(|it| previous(it, version)).transpose()?;
        settings.parts = self.records.parts();
        settings.schema = self.records.schema_base();
        settings.has_turtle = self.turtle;
        settings.threads = self.records.jobs();
        settings.check()?;
        Ok(settings)
    }
}

/// The release before this version: what its manifest says, if it is a directory.
fn previous(release: &str, version: &str) -> anyhow::Result<Previous> {
    let folder = Path::new(release);
    if !folder.is_dir() {
        return Ok(Previous::at(release));
    }
    let path = folder.join(MANIFEST);
    let text = fs::read(&path).map_err(|cause| Error::read(&path, cause))?;
    let manifest: Manifest =
        serde_json::from_slice(&text).with_context(|| path.display().to_string())?;
    if manifest.version == version {
        anyhow::bail!("{release}: is the version {version} itself, expected the one before");
    }
    Ok(Previous::from(&manifest))
}

fn status(summary: &Summary) -> Status {
    let has_errors = summary.worst().is_some_and(|severity| severity >= Severity::Error);
    if has_errors { Status::Problems } else { Status::Fine }
}

/// Verifies a release, and says what is wrong with it.
fn check(folder: &Path, out: &mut dyn Write) -> anyhow::Result<Status> {
    let checks = release::check(folder)?;
    for check in &checks {
        let (mark, problems) = match check.problems.as_slice() {
            [] => ("ok", String::new()),
            problems => ("FAILED", format!("\n    {}", problems.join("\n    "))),
        };
        let written = writeln!(out, "{mark:6} {}{problems}", check.name);
        written.map_err(|cause: io::Error| Error::write("-", cause))?;
    }
    let is_fine = checks.iter().all(|check| check.problems.is_empty());
    Ok(if is_fine { Status::Fine } else { Status::Problems })
}
