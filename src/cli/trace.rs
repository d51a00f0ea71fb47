use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::Context as _;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::mapping::Rule;
use pfocr2rdf::raw::quote;
use pfocr2rdf::serialize::{Compact, SchemaOrg};
use pfocr2rdf::sink::Parts;
use pfocr2rdf::source::Input;
use pfocr2rdf::trace::{self, Trace, Value};

use super::Status;
use super::mapping::LETTERS;
use super::mapping_options::MappingOptions;
use super::messages::Messages;
use super::visible::visible;

/// Show where the triples of a record come from
///
/// Each value of the record and its tables is shown with its place, the rules that apply to it
/// (as `pfocr2rdf mapping` prints them) and the triples that they make, or why there are none.
/// Each triple is shown once, at the first value that makes it.
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  pfocr2rdf trace _figures/PMC100003__mb2410470011.md
  pfocr2rdf trace _figures/PMC100003__mb2410470011.md --key year --key schema-jsonld
  pfocr2rdf trace _figures/PMC100003__mb2410470011.md --key 'genes: ncbigene_id'")]
pub(super) struct Args {
    /// A record (.md .markdown .yml .yaml), or - for a record on standard input
    file: PathBuf,

    /// Show the values of this key only, as year, 'schema-jsonld: license' or 'genes: word'; of
    /// all keys below it, as genes; can be given several times
    #[arg(short, long = "key", value_name = "KEY")]
    keys: Vec<String>,

    /// Where the tables are [default: _data beside the folder of the record]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,

    #[command(flatten)]
    mapping: MappingOptions,
}

impl Args {
    pub(super) fn run(&self, out: &mut dyn Write) -> anyhow::Result<Status> {
        // What is wrong with the rows of this figure stands at their values.
        let input = Input::open(&self.file, self.data.as_deref(), &mut Vec::new())?;
        let [record] = input.records() else {
            let (file, number) = (self.file.display(), input.records().len());
            anyhow::bail!("{file}: found {number} records, expected one");
        };
        let document = record.read().with_context(|| format!("cannot read {}", record.name()))?;
        let tables = self.mapping.tables()?;
        let converter = self.mapping.converter(&tables, Parts::ALL);
        let (values, mut diagnostics) = match Trace::new(&converter, &document, input.tables()) {
            Ok(trace) => (trace.values, trace.diagnostics),
            Err(reasons) => (Vec::new(), reasons),
        };
        self.write(&values, out)?;
        let messages = Messages::new(false);
        for diagnostic in &diagnostics {
            messages.diagnostic(diagnostic);
        }
        diagnostics.extend(values.into_iter().flat_map(|value| value.diagnostics));
        let is_error = |diagnostic: &Diagnostic| diagnostic.severity() == Severity::Error;
        Ok(if diagnostics.iter().any(is_error) { Status::Problems } else { Status::Fine })
    }

    fn write(&self, values: &[Value], out: &mut dyn Write) -> anyhow::Result<()> {
        self.refuse_unknown(values)?;
        writeln!(out, "{LETTERS}")?;
        if self.mapping.schema_base == SchemaOrg::Https {
            writeln!(out, "schema: is <{}>", SchemaOrg::Https.namespace())?;
        }
        let mut wanted = values.iter().filter(|value| self.is_wanted(&value.key));
        wanted.try_for_each(|value| write(value, out))?;
        let has_value = |key: &str| values.iter().any(|value| is_below(&value.key, key));
        for key in self.keys.iter().filter(|key| !has_value(key)) {
            writeln!(out, "\n{}: the record has no such value", visible(key))?;
        }
        Ok(())
    }

    fn is_wanted(&self, key: &str) -> bool {
        self.keys.is_empty() || self.keys.iter().any(|wanted| is_below(key, wanted))
    }

    /// A misspelt key would show nothing, and look like a value that is not there.
    fn refuse_unknown(&self, values: &[Value]) -> anyhow::Result<()> {
        let mut known = trace::keys();
        known.extend(values.iter().map(|value| value.key.clone()));
        for wanted in &self.keys {
            if !known.iter().any(|key| is_below(key, wanted)) {
                anyhow::bail!(
                    "found the key {wanted:?}, expected one like {}",
                    near(wanted, known)
                );
            }
        }
        Ok(())
    }
}

/// Whether the key is the one that is wanted, stands below it, or is the table that says the same for
/// all records.
fn is_below(key: &str, wanted: &str) -> bool {
    let rest = key.strip_prefix(wanted);
    rest.is_some_and(|rest| rest.is_empty() || rest == "_map.tsv" || rest.starts_with(": "))
}

/// The three keys that are spelt most like this one.
fn near(wanted: &str, mut known: Vec<String>) -> String {
    let likeness = |key: &str| {
        let last = key.rsplit(": ").next().unwrap_or(key);
        strsim::jaro_winkler(wanted, key).max(strsim::jaro_winkler(wanted, last))
    };
    known.sort_unstable();
    known.dedup();
    known.sort_by(|a, b| likeness(b).total_cmp(&likeness(a)));
    known.truncate(3);
    visible(&known.join(", ")).into_owned()
}

fn write(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    let text = value.text.as_deref().map_or_else(|| "nothing".to_owned(), quote);
    let place = format!("{}: {}", value.location, value.key);
    writeln!(out, "\n{}: {text}", visible(&place))?;
    for diagnostic in &value.diagnostics {
        let (severity, name) = (diagnostic.severity(), diagnostic.name());
        writeln!(out, "  {severity}[{name}]: {}", visible(&diagnostic.message))?;
    }
    let mut last: Option<&Rule> = None;
    for made in &value.triples {
        if !last.replace(made.rule).is_some_and(|last| std::ptr::eq(last, made.rule)) {
            writeln!(out, "  {:9} {}", made.rule.part.as_str(), made.rule)?;
        }
        writeln!(out, "            {} .", Compact(made.triple.as_ref()))?;
    }
    for repeats in &value.repeats {
        let noun = if repeats.number == 1 { "triple" } else { "triples" };
        let first = repeats.first.to_string();
        writeln!(out, "  {} {noun} already made at {}", repeats.number, visible(&first))?;
    }
    if let Some(reason) = &value.reason {
        writeln!(out, "  no triple: {reason}")?;
    }
    Ok(())
}
