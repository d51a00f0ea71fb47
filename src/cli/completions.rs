use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{Cli, Status};

/// Print a completion script for a shell
///
/// For example: pfocr2rdf completions bash > ~/.local/share/bash-completion/completions/pfocr2rdf
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell
    shell: Shell,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "pfocr2rdf", &mut script);
        out.write_all(&script)?;
        Ok(Status::Fine)
    }
}
