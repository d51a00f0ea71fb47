use std::cell::Cell;
use std::io::{self, Write};
use std::ops::ControlFlow;

use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::shacl::Shapes;
use pfocr2rdf::source::Input;
use pfocr2rdf::summary::Summary;

use super::github::Github;
use super::graph::{Graph, Syntax};
use super::json::Json;
use super::report::{Report, Totals};
use super::sarif::Sarif;
use super::text::Text;
use super::{Args, FailOn, ReportFormat};
use crate::cli::Status;
use crate::cli::messages::Messages;

/// Checks records and reports what is wrong with them.
pub(super) fn run(
    args: &Args,
    shapes: &Shapes,
    messages: &Messages,
    out: &mut dyn Write,
) -> anyhow::Result<Status> {
    let mut totals = Totals::new(args.max_results, args.fail_on.map_or(Severity::Error, worst));
    let mut early = Vec::new();
    let inputs = args.records.open(&args.inputs, &mut early)?;
    let mut report = open(args.report, shapes, &inputs, out);
    let summary = check(args, shapes, (&inputs, &early), |diagnostic| {
        if totals.count(diagnostic) { report.add(diagnostic) } else { Ok(()) }
    })?;
    report.finish(&totals)?;
    for (severity, name, number) in totals.kinds() {
        messages.text(&format!("{number:6} {severity}[{name}]\n"));
    }
    // People have read it in the report.
    let cut = totals.cut().filter(|_| !matches!(args.report, ReportFormat::Text));
    if let Some(cut) = cut {
        messages.text(&format!("{cut}\n"));
    }
    messages.text(&summary.to_string());
    Ok(if totals.has_problems() { Status::Problems } else { Status::Fine })
}

fn open<'o>(
    format: ReportFormat,
    shapes: &'o Shapes,
    inputs: &'o [Input],
    out: &'o mut dyn Write,
) -> Box<dyn Report + 'o> {
    match format {
        ReportFormat::Text => Box::new(Text::new(inputs, out)),
        ReportFormat::Json => Box::new(Json::new(out)),
        ReportFormat::Github => Box::new(Github::new(out)),
        ReportFormat::Sarif => Box::new(Sarif::new(shapes, out)),
        ReportFormat::Turtle => Box::new(Graph::new(Syntax::Turtle, out)),
        ReportFormat::Ntriples => Box::new(Graph::new(Syntax::NTriples, out)),
    }
}

fn worst(fail_on: FailOn) -> Severity {
    match fail_on {
        FailOn::Violation => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Note,
    }
}

/// Converts the records to nothing, and gives on what is wrong with them.
fn check(
    args: &Args,
    shapes: &Shapes,
    (inputs, early): (&[Input], &[Diagnostic]),
    mut found: impl FnMut(&Diagnostic) -> io::Result<()>,
) -> anyhow::Result<Summary> {
    let tables = args.records.tables()?;
    let converter = args.records.converter(&tables);
    early.iter().try_for_each(&mut found)?;
    let nowhere = Serializer::new(Format::NQuads, SchemaOrg::Http, io::sink())?;
    // A report that nobody reads any more ends the run.
    let (broken, is_broken) = (Cell::new(None), Cell::new(false));
    let observer =
        |_| if is_broken.get() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) };
    let mut report = |diagnostic: &Diagnostic| {
        if !is_broken.get()
            && let Err(error) = found(diagnostic)
        {
            is_broken.set(true);
            broken.set(Some(error));
        }
    };
    let pipeline =
        Pipeline::new(inputs, &converter).with_jobs(args.records.jobs()).with_shapes(shapes);
    let run = pipeline.with_observer(&observer).run(nowhere, &mut report);
    if let Some(error) = broken.take() {
        return Err(error.into());
    }
    let (_, mut summary) = run?;
    summary.note_all(early);
    Ok(summary)
}
