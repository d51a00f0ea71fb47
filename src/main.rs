//! The program `pfocr2rdf`.

mod cli;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;
#[cfg(unix)]
use std::sync::Arc;

use clap::Parser;
use pfocr2rdf::Error;
use pfocr2rdf::error::ErrorKind;

use self::cli::{Cli, Status};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    match run(cli, &mut out) {
        Ok(status) => status.into(),
        Err(error) if is_broken_pipe(&error) => Status::Fine.into(),
        Err(error) if is_interrupted(&error) => Status::Interrupted.into(),
        Err(error) => {
            // When the error stream is gone there is nobody to tell.
            let _ = writeln!(io::stderr(), "pfocr2rdf: error: {error:#}");
            Status::CouldNotWork.into()
        }
    }
}

fn run(cli: Cli, out: &mut impl Write) -> anyhow::Result<Status> {
    #[cfg(unix)]
    survive_limits()?;
    let status = cli.run(out)?;
    out.flush().map_err(|cause| Error::write("-", cause))?;
    Ok(status)
}

/// Where the size of files is limited, the system by default ends a program that writes more,
/// before that can say so and take its temporary file away. With a handler the write fails.
#[cfg(unix)]
fn survive_limits() -> io::Result<()> {
    signal_hook::flag::register(signal_hook::consts::SIGXFSZ, Arc::default()).map(drop)
}

/// Whether the reader of the output went away, as `head` does when it has enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn is_interrupted(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<Error>();
    error.is_some_and(|error| matches!(error.kind(), ErrorKind::Interrupted))
}
