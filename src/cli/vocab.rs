use std::io::Write;

use anyhow::Context;
use pfocr2rdf::vocab;

use super::Status;

/// List the bundled vocabularies, or print one
///
/// Each is a Turtle file that declares the terms which the output uses, and no others.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The prefix of the vocabulary to print; without it they are listed
    name: Option<String>,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        if let Some(name) = &self.name {
            let vocabulary = vocab::find(name).with_context(|| {
                let known: Vec<_> = vocab::ALL.iter().map(|known| known.prefix).collect();
                format!("found the vocabulary {name:?}, expected one of {}", known.join(", "))
            })?;
            out.write_all(vocabulary.turtle.as_bytes())?;
            return Ok(Status::Fine);
        }
        for vocabulary in vocab::ALL {
            let (terms, namespace) = (vocabulary.terms.len(), vocabulary.namespace);
            writeln!(out, "{:8} {terms:3} terms  <{namespace}>", vocabulary.prefix)?;
        }
        Ok(Status::Fine)
    }
}
