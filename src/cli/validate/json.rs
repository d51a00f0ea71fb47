use std::io::{self, Write};

use pfocr2rdf::diagnostic::Diagnostic;
use pfocr2rdf::shacl::{self, ValidationResult};
use serde_json::{Value, json};

use super::report::{Report, Totals};

/// `{"results": [{"code", "severity", "file", "line", "column", "message", "focusNode"}],
/// "omitted"}`; the focus node is that of a shape's result.
pub(super) struct Json<'o> {
    out: &'o mut dyn Write,
    results: Vec<Value>,
}

impl<'o> Json<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out, results: Vec::new() }
    }
}

impl Report for Json<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        let shape = diagnostic.shape.as_ref();
        self.results.push(json!({
            "code": diagnostic.name(),
            "severity": diagnostic.severity().as_str(),
            "file": diagnostic.location.file,
            "line": diagnostic.location.line,
            "column": diagnostic.location.column,
            "message": diagnostic.message,
            "focusNode": shape.map(|shape| shape.result.focus_node.to_string()),
        }));
        Ok(())
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        let report = json!({ "results": self.results, "omitted": totals.omitted() });
        serde_json::to_writer_pretty(&mut *self.out, &report)?;
        writeln!(self.out)
    }
}

/// `{"conforms", "results": [{"severity", "focusNode", "path", "value", "component",
/// "sourceShape", "location": {"file", "line"}, "messages": [{"text", "language"}], "details"}],
/// "omitted"}`; terms in the form of N-Triples.
pub(super) fn write(
    report: &shacl::Report,
    shown: usize,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let results: Vec<_> = report.results.iter().take(shown).map(result).collect();
    let omitted = report.results.len() - results.len();
    let report = json!({ "conforms": report.conforms, "results": results, "omitted": omitted });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)?;
    Ok(())
}

fn result(result: &ValidationResult) -> Value {
    let messages = result
        .messages
        .iter()
        .map(|message| json!({ "text": message.value(), "language": message.language() }));
    let location = result.location.as_ref();
    json!({
        "severity": result.severity.iri().as_str(),
        "focusNode": result.focus_node.to_string(),
        "path": result.path.as_ref().map(ToString::to_string),
        "value": result.value.as_ref().map(ToString::to_string),
        "component": result.component.as_str(),
        "sourceShape": result.source_shape.to_string(),
        "location": location.map(|place| json!({ "file": place.file(), "line": place.line() })),
        "messages": messages.collect::<Vec<_>>(),
        "details": result.details.iter().map(self::result).collect::<Vec<_>>(),
    })
}
