use std::collections::BTreeMap;
use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::thread;

use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::Shapes;
use pfocr2rdf::source::Input;
use serde_json::{Value, json};

use super::{Args, FailOn, ReportFormat, rdf};
use crate::cli::Status;
use crate::cli::messages::Messages;

/// Checks records and reports what is wrong with them.
pub(super) fn run(
    args: &Args,
    shapes: &Shapes,
    messages: &Messages,
    out: &mut dyn Write,
) -> anyhow::Result<Status> {
    let mut found = Vec::new();
    let inputs = args.data.iter().map(|path| Input::open(path, None, &mut found));
    let inputs = inputs.collect::<Result<Vec<_>, _>>()?;
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let nowhere = Serializer::new(Format::NQuads, SchemaOrg::Http, io::sink())?;
    let jobs = thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let pipeline = Pipeline::new(&inputs, &converter).with_jobs(jobs).with_shapes(shapes);
    let mut report = |diagnostic: &Diagnostic| found.push(diagnostic.clone());
    let (_, summary) = pipeline.run(nowhere, &mut report)?;
    let shown = found.get(..args.max_results.unwrap_or(usize::MAX).min(found.len()));
    let shown = shown.unwrap_or_default();
    match args.report {
        ReportFormat::Text => text(shown, &found, messages, out)?,
        ReportFormat::Json => json(shown, found.len(), out)?,
        ReportFormat::Github => github(shown, out)?,
        ReportFormat::Sarif => sarif(shown, out)?,
        ReportFormat::Turtle | ReportFormat::Ntriples => {
            let mut report = shapes.validator().finish()?;
            let results = shown.iter().filter_map(|diagnostic| diagnostic.shape.as_ref());
            report.results = results.map(|shape| shape.result.clone()).collect();
            report.conforms = found.iter().all(|diagnostic| diagnostic.shape.is_none());
            rdf::write(&report, matches!(args.report, ReportFormat::Turtle), out)?;
        }
    }
    if shown.len() < found.len() {
        let omitted = found.len() - shown.len();
        messages.text(&format!("{omitted} of {} results are not reported\n", found.len()));
    }
    messages.text(&summary.to_string());
    let worst = match args.fail_on.unwrap_or(FailOn::Violation) {
        FailOn::Violation => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Note,
    };
    let has_problems = found.iter().any(|diagnostic| diagnostic.severity() >= worst);
    Ok(if has_problems { Status::Problems } else { Status::Fine })
}

/// One line for each result, then how many there are of each kind.
fn text(
    shown: &[Diagnostic],
    found: &[Diagnostic],
    messages: &Messages,
    out: &mut dyn Write,
) -> io::Result<()> {
    for diagnostic in shown {
        writeln!(out, "{diagnostic}")?;
    }
    let mut kinds: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for diagnostic in found {
        *kinds.entry((diagnostic.severity().as_str(), diagnostic.name())).or_default() += 1;
    }
    for ((severity, name), number) in kinds {
        messages.text(&format!("{number:6} {severity}[{name}]\n"));
    }
    Ok(())
}

/// `{"results": [{"code", "severity", "file", "line", "column", "message", "focusNode"}],
/// "omitted"}`; the focus node is that of a shape's result.
fn json(shown: &[Diagnostic], found: usize, out: &mut dyn Write) -> anyhow::Result<()> {
    let result = |diagnostic: &Diagnostic| {
        let shape = diagnostic.shape.as_ref();
        json!({
            "code": diagnostic.name(),
            "severity": diagnostic.severity().as_str(),
            "file": diagnostic.location.file,
            "line": diagnostic.location.line,
            "column": diagnostic.location.column,
            "message": diagnostic.message,
            "focusNode": shape.map(|shape| shape.result.focus_node.to_string()),
        })
    };
    let results: Vec<_> = shown.iter().map(result).collect();
    write_json(&json!({ "results": results, "omitted": found - shown.len() }), out)
}

/// [Workflow commands](https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
fn github(shown: &[Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let escaped = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escaped(text).replace(':', "%3A").replace(',', "%2C");
    for diagnostic in shown {
        let command = match diagnostic.severity() {
            Severity::Note => "notice",
            severity => severity.as_str(),
        };
        let location = &diagnostic.location;
        let (file, line, column) = (property(&location.file), location.line, location.column);
        let (title, message) = (property(diagnostic.name()), escaped(&diagnostic.message));
        writeln!(out, "::{command} file={file},line={line},col={column},title={title}::{message}")?;
    }
    Ok(())
}

/// [SARIF 2.1.0](https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html).
fn sarif(shown: &[Diagnostic], out: &mut dyn Write) -> anyhow::Result<()> {
    let names: BTreeMap<&str, Value> = shown
        .iter()
        .map(|diagnostic| (diagnostic.name(), json!({ "id": diagnostic.name() })))
        .collect();
    let result = |diagnostic: &Diagnostic| {
        let location = &diagnostic.location;
        json!({
            "ruleId": diagnostic.name(),
            "level": diagnostic.severity().as_str(),
            "message": { "text": diagnostic.message },
            "locations": [{ "physicalLocation": {
                "artifactLocation": { "uri": location.file.replace('%', "%25").replace(' ', "%20") },
                "region": { "startLine": location.line, "startColumn": location.column },
            } }],
        })
    };
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": names.into_values().collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": shown.iter().map(result).collect::<Vec<_>>(),
        }],
    });
    write_json(&log, out)
}

fn write_json(value: &Value, out: &mut dyn Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    Ok(writeln!(out)?)
}
