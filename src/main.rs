//! The program `pfocr2rdf`.

mod cli;

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;
use pfocr2rdf::error::ErrorKind;

use self::cli::{Cli, Status};

fn main() -> ExitCode {
    let cli = Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let result = cli.run(&mut out).and_then(|status| {
        out.flush()?;
        Ok(status)
    });
    match result {
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

/// Whether the reader of the output went away, as `head` does when it has enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|io| io.kind() == io::ErrorKind::BrokenPipe)
    })
}

fn is_interrupted(error: &anyhow::Error) -> bool {
    let error = error.downcast_ref::<pfocr2rdf::Error>();
    error.is_some_and(|error| matches!(error.kind(), ErrorKind::Interrupted))
}
