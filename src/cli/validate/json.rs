use std::io::Write;

use pfocr2rdf::shacl::{Report, ValidationResult};
use serde_json::{Value, json};

/// `{"conforms", "results": [{"severity", "focusNode", "path", "value", "component",
/// "sourceShape", "location": {"file", "line"}, "messages": [{"text", "language"}], "details"}],
/// "omitted"}`; terms in the form of N-Triples.
pub(super) fn write(report: &Report, shown: usize, out: &mut dyn Write) -> anyhow::Result<()> {
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
