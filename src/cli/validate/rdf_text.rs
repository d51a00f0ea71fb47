use std::collections::BTreeMap;
use std::io::{self, Write};

use oxrdf::Literal;
use pfocr2rdf::shacl::{Report, ValidationResult};

use crate::cli::visible::visible;

/// Every result with all that is known of it, then how many there are of each kind.
pub(super) fn write(report: &Report, shown: usize, out: &mut dyn Write) -> io::Result<()> {
    for result in report.results.iter().take(shown) {
        write_result(result, "", out)?;
    }
    let mut kinds: BTreeMap<(String, String), usize> = BTreeMap::new();
    for result in &report.results {
        let kind = (result.source_shape.to_string(), component(result).to_owned());
        *kinds.entry(kind).or_default() += 1;
    }
    for ((shape, component), number) in kinds {
        writeln!(out, "{number:6} {component} {shape}")?;
    }
    let found = report.results.len();
    if report.conforms {
        writeln!(out, "conforms")
    } else if shown < found {
        writeln!(out, "does not conform: {shown} of {found} results are shown")
    } else {
        writeln!(out, "does not conform: {found} results")
    }
}

fn write_result(result: &ValidationResult, indent: &str, out: &mut dyn Write) -> io::Result<()> {
    let severity = result.severity.iri();
    let severity = severity.as_str().rsplit(['#', '/']).next().unwrap_or_default().to_lowercase();
    let messages: Vec<_> = result.messages.iter().map(Literal::value).collect();
    let messages = messages.join(" / ");
    writeln!(out, "{indent}{severity}[{}]: {}", component(result), visible(&messages))?;
    writeln!(out, "{indent}  focus node: {}", visible(&result.focus_node.to_string()))?;
    if let Some(path) = &result.path {
        writeln!(out, "{indent}  path:       {path}")?;
    }
    if let Some(value) = &result.value {
        writeln!(out, "{indent}  value:      {}", visible(&value.to_string()))?;
    }
    write!(out, "{indent}  shape:      {}", result.source_shape)?;
    match &result.location {
        Some(location) => writeln!(out, " ({})", visible(&location.to_string()))?,
        None => writeln!(out)?,
    }
    let indent = format!("{indent}    ");
    result.details.iter().try_for_each(|detail| write_result(detail, &indent, out))
}

/// The name of the constraint component without what all names have.
fn component(result: &ValidationResult) -> &str {
    let name = result.component.as_str();
    let local = name.rsplit(['#', '/']).next().unwrap_or(name);
    local.strip_suffix("ConstraintComponent").unwrap_or(local)
}
