//! The command line: one module for each sub-command, on the public interface of the library.

mod completions;
mod convert;
mod explain;
mod export;
mod incremental;
mod interruption;
mod limit_options;
mod mapping;
mod mapping_options;
mod messages;
mod output_options;
mod progress;
mod record_options;
mod release;
mod shapes;
mod trace;
mod validate;
mod visible;
mod vocab;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Pathway Figure OCR records as linked data.
///
/// Reads the records and tables of the PFOCR database and writes RDF with the schema.org and
/// WikiPathways vocabularies.
///
/// Exit codes: 0 fine, 1 the input has problems, 2 could not work, 130 interrupted.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Convert(Box<convert::Args>),
    Validate(Box<validate::Args>),
    Release(Box<release::Args>),
    Export(export::Args),
    Trace(trace::Args),
    Explain(explain::Args),
    Mapping(mapping::Args),
    Shapes(shapes::Args),
    Vocab(vocab::Args),
    Completions(completions::Args),
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Status {
    /// Everything is fine.
    Fine,
    /// The input has problems.
    Problems,
    /// The program could not do its work.
    CouldNotWork,
    /// The user ended the run.
    Interrupted,
}

impl Status {
    /// The exit code.
    const fn code(self) -> u8 {
        match self {
            Self::Fine => 0,
            Self::Problems => 1,
            Self::CouldNotWork => 2,
            Self::Interrupted => 130,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        Self::from(status.code())
    }
}

impl Cli {
    /// Runs the sub-command; data goes to `out`, everything else to standard error.
    pub(crate) fn run(self, out: &mut dyn Write) -> anyhow::Result<Status> {
        interruption::listen()?;
        match self.command {
            Command::Convert(args) => args.run(out),
            Command::Validate(args) => args.run(out),
            Command::Release(args) => args.run(out),
            Command::Export(args) => args.run(out),
            Command::Trace(args) => args.run(out),
            Command::Explain(args) => args.run(out),
            Command::Mapping(args) => args.run(out),
            Command::Shapes(args) => args.run(out),
            Command::Vocab(args) => args.run(out),
            Command::Completions(args) => args.run(out),
        }
    }
}
