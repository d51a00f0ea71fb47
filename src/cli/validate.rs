//! `validate`: records, or RDF files, against shapes.

mod github;
mod graph;
mod json;
mod rdf_files;
mod rdf_text;
mod records;
mod report;
mod sarif;
mod text;

use std::io::{self, Write};
use std::path::PathBuf;

use clap::ValueEnum;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::serialize::Format;
use pfocr2rdf::shacl::{Options, Version};

use self::report::{Report, Totals};
use super::messages::Messages;
use super::record_options::RecordOptions;
use super::{Status, shapes};

/// Check records, or RDF files, against SHACL shapes
///
/// Records are converted as by `convert`, but nothing is written: what is wrong with them and
/// what the shapes find stands in one list, each with file, line and column. RDF files are
/// validated together, as one graph. Nothing is looked up on the network: a file that the shapes
/// import is to be given as well.
///
/// Exit codes: 0 nothing of the severity of --fail-on or worse, 1 there is something, 2 could not
/// work, which an ill-formed shapes graph is a case of.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pfocr2rdf validate pfocr-database
  pfocr2rdf validate pfocr-database --report github --fail-on warning
  pfocr2rdf validate --shapes shapes.ttl --report ntriples a.ttl b.nq.gz")]
pub(super) struct Args {
    /// Records (files, a directory, an archive, or -), or RDF files: .ttl .nt .nq .trig, with or
    /// without .gz or .zst
    #[arg(required = true)]
    inputs: Vec<PathBuf>,

    /// A file with shapes in Turtle; can be given several times [default: the bundled shapes]
    #[arg(short, long, value_name = "FILE")]
    shapes: Vec<PathBuf>,

    /// The form of the report; turtle and ntriples hold the sh:ValidationReport and nothing else;
    /// in that of records, what is wrong with reading them is a result as well, and each has an
    /// earl:pointer to its line
    #[arg(long, value_enum, default_value_t)]
    report: ReportFormat,

    /// Print the JSON Schema of --report json, and do nothing else
    #[arg(long, exclusive = true)]
    json_schema: bool,

    /// Report no more results than this; the rest is counted
    #[arg(long, value_name = "N")]
    max_results: Option<usize>,

    /// The mildest severity that counts as a problem [default: violation for records; info for
    /// RDF files, as data conform when there are no results]
    #[arg(long, value_enum)]
    fail_on: Option<FailOn>,

    /// The version of SHACL: 1.0, or the draft of 1.2
    #[arg(long, value_enum, default_value_t, value_name = "VERSION")]
    shacl: Shacl,

    /// Accept shapes that refer to themselves
    #[arg(long)]
    recursive: bool,

    /// Tell errors only
    #[arg(short, long)]
    quiet: bool,

    #[command(flatten, next_help_heading = "Options for records, as of convert")]
    records: RecordOptions,
}

/// What is wrong with records, as --report json says it.
pub(super) struct JsonReport<'o> {
    json: json::Json<'o>,
    totals: Totals,
}

impl<'o> JsonReport<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { json: json::Json::new(out), totals: Totals::new(None, Severity::Error) }
    }

    pub(super) fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        self.totals.count(diagnostic);
        self.json.add(diagnostic)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        Report::finish(&mut self.json, &self.totals)
    }
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum ReportFormat {
    /// For people
    #[default]
    Text,
    /// The report as Turtle
    Turtle,
    /// The report as N-Triples
    Ntriples,
    /// For programs; --json-schema prints its schema
    Json,
    /// Records only: workflow commands, which GitHub shows at the lines of a pull request
    Github,
    /// Records only: SARIF 2.1.0, which code-scanning sites read
    Sarif,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum FailOn {
    /// sh:Violation
    Violation,
    /// sh:Warning
    Warning,
    /// sh:Info
    Info,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Shacl {
    #[default]
    #[value(name = "1.0")]
    V1_0,
    #[value(name = "1.2")]
    V1_2,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        if self.json_schema {
            out.write_all(json::SCHEMA.as_bytes())?;
            return Ok(Status::Fine);
        }
        let messages = Messages::new(self.quiet);
        let is_rdf = |path: &&PathBuf| Format::from_path(path).is_some();
        let number_of_rdf = self.inputs.iter().filter(is_rdf).count();
        match number_of_rdf {
            0 => {
                let shapes = match self.shapes.as_slice() {
                    [] => self.records.bundled_shapes()?,
                    files => shapes::compile_for_records(files, self.options(), &messages)?,
                };
                records::run(self, &shapes, &messages, out)
            }
            rdf if rdf == self.inputs.len() => {
                let shapes = match self.shapes.as_slice() {
                    [] => None,
                    files => Some(shapes::compile(files, self.options(), &messages)?),
                };
                rdf_files::run(self, shapes, &messages, out)
            }
            _ => anyhow::bail!("found records and RDF files, expected one of the two"),
        }
    }

    fn options(&self) -> Options {
        let mut options = Options::new();
        if matches!(self.shacl, Shacl::V1_2) {
            options = options.with_version(Version::V1_2);
        }
        if self.recursive {
            options = options.with_recursion();
        }
        options
    }
}
