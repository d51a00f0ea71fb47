use std::io::Write;

use clap::ValueEnum;
use pfocr2rdf::mapping::{self, DROPPED};

use super::Status;

/// Print the mapping: which value gives which triple
///
/// The table is made from the rules that the converter itself applies.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The form of the table
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// Columns, for reading in a terminal
    #[default]
    Text,
    /// A table for documents
    Markdown,
    /// For programs: {"rules": [{input, part, triple}], "dropped": [{input, reason}]}
    Json,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        match self.format {
            Format::Text => text(out)?,
            Format::Markdown => markdown(out)?,
            Format::Json => json(out)?,
        }
        Ok(Status::Fine)
    }
}

/// What the letters in the rules stand for.
pub(super) const LETTERS: &str = "F figure, R record page, A article, J journal, P publisher, T taxon, \
                       G gene, C chemical, D disease, N annotation";

fn text(out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{LETTERS}")?;
    let mut input = "";
    for rule in mapping::rules() {
        if rule.input != input {
            input = rule.input;
            writeln!(out, "\n{input}")?;
        }
        writeln!(out, "  {:9} {rule}", rule.part.as_str())?;
    }
    writeln!(out, "\nnot written")?;
    for (input, reason) in DROPPED {
        writeln!(out, "  {input}: {reason}")?;
    }
    Ok(())
}

fn markdown(out: &mut dyn Write) -> std::io::Result<()> {
    let cell = |text: &str| text.replace('|', "\\|");
    writeln!(out, "{LETTERS}\n\n| value | part | triple |\n|---|---|---|")?;
    for rule in mapping::rules() {
        let triple = cell(&rule.to_string());
        writeln!(out, "| {} | {} | `{triple}` |", cell(rule.input), rule.part)?;
    }
    writeln!(out, "\n| not written | reason |\n|---|---|")?;
    for (input, reason) in DROPPED {
        writeln!(out, "| {} | {} |", cell(input), cell(reason))?;
    }
    Ok(())
}

fn json(out: &mut dyn Write) -> anyhow::Result<()> {
    let rules = mapping::rules().map(|rule| {
        let part = rule.part.as_str();
        serde_json::json!({ "input": rule.input, "part": part, "triple": rule.to_string() })
    });
    let dropped = DROPPED
        .iter()
        .map(|(input, reason)| serde_json::json!({ "input": input, "reason": reason }));
    let table = serde_json::json!({
        "rules": rules.collect::<Vec<_>>(),
        "dropped": dropped.collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &table)?;
    writeln!(out)?;
    Ok(())
}
