use std::io::Write;

use clap::ValueEnum;
use pfocr2rdf::explain::{self, Explanation};

use super::Status;

/// Explain a diagnostic: what it means, why it matters, an example, and the cure
///
/// NAME is what stands between brackets, as in warning[invalid-year], or the IRI of a shape.
/// Without a name all of them are listed.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pfocr2rdf explain invalid-year
  pfocr2rdf explain --all --format markdown > diagnostics.md")]
pub(super) struct Args {
    /// The name of a code or of a shape
    #[arg(conflicts_with = "all")]
    name: Option<String>,

    /// Explain everything, in the order in which a record is read
    #[arg(long)]
    all: bool,

    /// The form
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// For reading in a terminal
    #[default]
    Text,
    /// For documents
    Markdown,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        if let Some(name) = &self.name {
            let explanation = explain::find(name).ok_or_else(|| unknown(name))?;
            self.write(&explanation, out)?;
        } else if self.all {
            if matches!(self.format, Format::Markdown) {
                writeln!(out, "# Diagnostics of pfocr2rdf\n")?;
            }
            for (position, explanation) in explain::all().enumerate() {
                if position > 0 {
                    writeln!(out)?;
                }
                self.write(&explanation, out)?;
            }
        } else {
            for Explanation { name, severity, meaning, .. } in explain::all() {
                let first = meaning.split_inclusive(". ").next().unwrap_or_default().trim_end();
                writeln!(out, "{:8} {name:32} {first}", severity.as_str())?;
            }
        }
        Ok(Status::Fine)
    }

    fn write(&self, explanation: &Explanation, out: &mut dyn Write) -> std::io::Result<()> {
        match self.format {
            Format::Text => write!(out, "{explanation}"),
            Format::Markdown => write!(out, "{}", explanation.to_markdown()),
        }
    }
}

/// Says which names are most like the one that was asked for.
fn unknown(name: &str) -> anyhow::Error {
    let mut known: Vec<String> = explain::all().map(|one| one.name).collect();
    known.sort_by_key(|known| strsim::damerau_levenshtein(known, &explain::bare(name)));
    known.truncate(3);
    anyhow::anyhow!("found the name {name:?}, expected one such as {}", known.join(", "))
}
