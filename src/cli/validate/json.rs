use std::io::{self, Write};

use oxrdf::Literal;
use pfocr2rdf::diagnostic::{Diagnostic, Field, Location, Related};
use pfocr2rdf::explain;
use pfocr2rdf::shacl::ValidationResult;
use serde_json::{Map, Value, json};

use super::report::{Report, Totals};

/// The [JSON Schema](https://json-schema.org/draft/2020-12) of the report.
pub(super) const SCHEMA: &str =
    include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/validate-report.schema.json"));

/// The report as the [schema](SCHEMA) describes it; each result on a line of its own.
pub(super) struct Json<'o> {
    out: &'o mut dyn Write,
    results: Items,
}

impl<'o> Json<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        Self { out, results: Items::after("{\n\"results\": [") }
    }

    /// Adds what is known at the end.
    pub(super) fn end(
        &mut self,
        totals: &Totals,
        conforms: bool,
        has_problems: bool,
    ) -> io::Result<()> {
        self.results.end(self.out)?;
        let summary: Vec<_> = totals
            .kinds()
            .map(|(severity, code, count)| {
                json!({ "code": code, "severity": severity.as_str(), "count": count })
            })
            .collect();
        let end = [
            ("omitted", json!(totals.omitted())),
            ("summary", json!(summary)),
            ("conforms", json!(conforms)),
            ("passed", json!(!has_problems)),
        ];
        for (name, value) in end {
            write!(self.out, ",\n\"{name}\": {value}")?;
        }
        writeln!(self.out, "\n}}")
    }
}

impl Report for Json<'_> {
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()> {
        self.results.add(self.out, &result(diagnostic))
    }

    fn finish(&mut self, totals: &Totals) -> io::Result<()> {
        self.end(totals, totals.found() == 0, totals.has_problems())
    }
}

fn result(diagnostic: &Diagnostic) -> Value {
    let mut fields = Map::new();
    fields.insert("code".to_owned(), diagnostic.name().into());
    fields.insert("severity".to_owned(), diagnostic.severity().as_str().into());
    if diagnostic.location.line > 0 {
        fields.extend(place(&diagnostic.location));
    }
    let mut set = |name: &str, value: Value| fields.insert(name.to_owned(), value);
    set("message", diagnostic.message.as_str().into());
    if !diagnostic.related.is_empty() {
        set("related", diagnostic.related.iter().map(related).collect());
    }
    if let Some(help) = explain::help(diagnostic) {
        set("help", help.into());
    }
    if let Some(shape) = &diagnostic.shape {
        fields.extend(of_shape(&shape.result));
    }
    fields.into()
}

fn place(location: &Location) -> Map<String, Value> {
    let mut fields: Vec<(&str, Value)> = vec![
        ("file", location.file.as_str().into()),
        ("line", location.line.into()),
        ("column", location.column.into()),
    ];
    match &location.field {
        Some(Field::Key(key)) => fields.push(("key", key.as_str().into())),
        Some(Field::Cell { table, row, column }) => {
            fields.push(("table", table.as_str().into()));
            fields.push(("row", (*row).into()));
            let field = column.iter().map(|column| ("field", column.as_str().into()));
            fields.extend(field);
        }
        None => {}
    }
    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

fn related(related: &Related) -> Value {
    let mut fields = place(&related.location);
    fields.insert("message".to_owned(), related.message.as_str().into());
    fields.into()
}

/// What only the result of a shape has; terms are in the form of N-Triples, paths in that of
/// SPARQL.
pub(super) fn of_shape(result: &ValidationResult) -> Map<String, Value> {
    let text = |text: Option<String>| text.map(Value::from);
    let messages: Vec<_> = result.messages.iter().map(message).collect();
    let details: Vec<_> = result.details.iter().map(of_shape).collect();
    let place = result.location.as_ref();
    let fields = [
        ("focusNode", text(Some(result.focus_node.to_string()))),
        ("path", text(result.path.as_ref().map(ToString::to_string))),
        ("value", text(result.value.as_ref().map(ToString::to_string))),
        ("component", text(Some(result.component.as_str().to_owned()))),
        ("sourceShape", text(Some(result.source_shape.to_string()))),
        ("sourceConstraint", text(result.source_constraint.as_ref().map(ToString::to_string))),
        ("resultSeverity", text(Some(result.severity.iri().into_string()))),
        ("shapeLocation", place.map(|p| json!({ "file": p.file(), "line": p.line() }))),
        ("messages", Some(messages.into())),
        ("details", (!details.is_empty()).then(|| details.into())),
    ];
    let known = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    known.collect()
}

fn message(message: &Literal) -> Value {
    match message.language() {
        Some(language) => json!({ "text": message.value(), "language": language }),
        None => json!({ "text": message.value() }),
    }
}

/// The items of a JSON array, each on a line of its own, written as they come.
pub(super) struct Items {
    before: &'static str,
    is_open: bool,
}

impl Items {
    /// An array after this text, which ends with its bracket.
    pub(super) fn after(before: &'static str) -> Self {
        Self { before, is_open: false }
    }

    pub(super) fn add(&mut self, out: &mut dyn Write, item: &Value) -> io::Result<()> {
        let before = if self.is_open { "," } else { self.before };
        self.is_open = true;
        write!(out, "{before}\n{item}")
    }

    pub(super) fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        let before = if self.is_open { "\n" } else { self.before };
        write!(out, "{before}]")
    }
}
