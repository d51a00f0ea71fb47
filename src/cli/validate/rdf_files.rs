use std::io::{self, Write};

use oxrdf::{NamedNode, Term, Triple};
use pfocr2rdf::diagnostic::{self, Diagnostic, Location, ShapeResult};
use pfocr2rdf::rdf_file;
use pfocr2rdf::serialize::SchemaOrg;
use pfocr2rdf::shacl::{Report, Severity, Shapes, ValidationResult};

use super::graph::{self, Syntax};
use super::json::Json;
use super::report::{Report as _, Totals, cut};
use super::{Args, FailOn, ReportFormat, rdf_text};
use crate::cli::Status;
use crate::cli::messages::Messages;

/// Validates RDF files, as one graph; by default with the bundled shapes.
pub(super) fn run(
    args: &Args,
    shapes: Option<Shapes>,
    messages: &Messages,
    out: &mut dyn Write,
) -> anyhow::Result<Status> {
    if matches!(args.report, ReportFormat::Github | ReportFormat::Sarif) {
        anyhow::bail!("found RDF files, expected records: only these have lines");
    }
    if let Some(option) = args.records.given(args.shapes.is_empty()) {
        anyhow::bail!("found RDF files, expected records: {option} is for these only");
    }
    let mut triples: Vec<Triple> = Vec::new();
    for path in &args.inputs {
        triples.extend(rdf_file::read(path)?);
    }
    warn_of_shapes_graphs(args, &triples, messages)?;
    let shapes = match shapes {
        Some(shapes) => shapes,
        None => args.records.bundled_shapes_for_rdf(is_all_https(&triples))?,
    };
    let mut report = shapes.validator().validate(&triples)?;
    let fail_on = args.fail_on.unwrap_or(FailOn::Info);
    let is_problem = |result: &ValidationResult| fail_on.includes(&result.severity);
    let has_problems = report.results.iter().any(is_problem);
    let found = report.results.len();
    let shown = found.min(args.max_results.unwrap_or(usize::MAX));
    match args.report {
        ReportFormat::Json => json(&report, args, has_problems, out)?,
        ReportFormat::Turtle => rdf(&mut report, shown, Syntax::Turtle, out)?,
        ReportFormat::Ntriples => rdf(&mut report, shown, Syntax::NTriples, out)?,
        _ => rdf_text::write(&report, shown, out)?,
    }
    if let Some(cut) = cut(found - shown, found) {
        messages.text(&format!("{cut}\n"));
    }
    Ok(if has_problems { Status::Problems } else { Status::Fine })
}

/// Whether all terms of schema.org begin with https, and there are some.
fn is_all_https(triples: &[Triple]) -> bool {
    let has = |schema: SchemaOrg| {
        triples.iter().any(|Triple { predicate, object, .. }| {
            let is_of = |iri: &NamedNode| iri.as_str().starts_with(schema.namespace());
            is_of(predicate) || matches!(object, Term::NamedNode(iri) if is_of(iri))
        })
    };
    !has(SchemaOrg::Http) && has(SchemaOrg::Https)
}

fn json(report: &Report, args: &Args, has_problems: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut totals = Totals::new(args.max_results, diagnostic::Severity::Note);
    let mut json = Json::new(out);
    for result in &report.results {
        let shape = ShapeResult { result: result.clone(), is_shared: false };
        let diagnostic = Diagnostic::of_shape(shape, Location::default());
        if totals.count(&diagnostic) {
            json.add(&diagnostic)?;
        }
    }
    json.end(&totals, report.conforms, has_problems)
}

fn rdf(report: &mut Report, shown: usize, syntax: Syntax, out: &mut dyn Write) -> io::Result<()> {
    let found = report.results.len();
    report.results.truncate(shown);
    graph::write(report.to_graph(), cut(found - shown, found), syntax, out)
}

/// Says which shapes graphs the data ask for that are not given: nothing is fetched.
fn warn_of_shapes_graphs(
    args: &Args,
    triples: &[Triple],
    messages: &Messages,
) -> anyhow::Result<()> {
    const SHAPES_GRAPH: &str = "http://www.w3.org/ns/shacl#shapesGraph";
    let given = args.shapes.iter().map(|path| rdf_file::file_iri(path));
    let given = given.collect::<Result<Vec<_>, _>>()?;
    let is_missing = |iri: &str| !given.iter().any(|given| given == iri);
    for triple in triples.iter().filter(|triple| triple.predicate.as_str() == SHAPES_GRAPH) {
        if let Term::NamedNode(iri) = &triple.object
            && is_missing(iri.as_str())
        {
            messages.text(&format!("warning: the data ask for the shapes {iri}, not given\n"));
        }
    }
    Ok(())
}

impl FailOn {
    fn includes(self, severity: &Severity) -> bool {
        match severity {
            Severity::Info => matches!(self, Self::Info),
            Severity::Warning => !matches!(self, Self::Violation),
            Severity::Debug | Severity::Trace => false,
            // Of a severity that is not known the worst is to be feared.
            _ => true,
        }
    }
}
