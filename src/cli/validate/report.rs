//! What the forms of a report on records have in common.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use oxrdf::Literal;
use pfocr2rdf::diagnostic::{Diagnostic, Severity, ShapeResult};
use pfocr2rdf::shacl::ValidationResult;

/// A report that is written while the records are read, so that a long one needs no memory.
pub(super) trait Report {
    /// Adds a result.
    fn add(&mut self, diagnostic: &Diagnostic) -> io::Result<()>;

    /// Adds what is known at the end.
    fn finish(&mut self, totals: &Totals) -> io::Result<()>;
}

/// The results of a run in numbers.
#[derive(Debug)]
pub(super) struct Totals {
    kinds: BTreeMap<(Reverse<Severity>, String), usize>,
    found: usize,
    most: usize,
    fail_on: Severity,
}

impl Totals {
    /// No results so far, of which no more than `most` are to be shown; those of the severity
    /// `fail_on` or worse are problems.
    pub(super) fn new(most: Option<usize>, fail_on: Severity) -> Self {
        Self { kinds: BTreeMap::new(), found: 0, most: most.unwrap_or(usize::MAX), fail_on }
    }

    /// Counts a result, and says whether it is to be shown.
    pub(super) fn count(&mut self, diagnostic: &Diagnostic) -> bool {
        let kind = (Reverse(diagnostic.severity()), diagnostic.name().to_owned());
        *self.kinds.entry(kind).or_default() += 1;
        self.found += 1;
        self.found <= self.most
    }

    /// The number of results.
    pub(super) fn found(&self) -> usize {
        self.found
    }

    /// The number of results that are not shown.
    pub(super) fn omitted(&self) -> usize {
        self.found.saturating_sub(self.most)
    }

    /// That the report is cut, if it is.
    pub(super) fn cut(&self) -> Option<String> {
        cut(self.omitted(), self.found)
    }

    /// Whether there is a problem.
    pub(super) fn has_problems(&self) -> bool {
        self.kinds.keys().any(|(Reverse(severity), _)| *severity >= self.fail_on)
    }

    /// Severity, name and number of the results of each kind, the worst first.
    pub(super) fn kinds(&self) -> impl Iterator<Item = (Severity, &str, usize)> {
        self.kinds.iter().map(|((severity, name), number)| (severity.0, name.as_str(), *number))
    }
}

/// That a report does not have all results, if some are omitted.
pub(super) fn cut(omitted: usize, found: usize) -> Option<String> {
    (omitted > 0).then(|| format!("{omitted} of {found} results are not reported"))
}

/// What is known of a result besides its message: what stands at its place, and what the shape
/// says.
pub(super) fn notes(diagnostic: &Diagnostic) -> impl Iterator<Item = String> {
    let field = diagnostic.location.field.iter().map(ToString::to_string);
    field.chain(diagnostic.shape.iter().flat_map(|shape| notes_of(shape)))
}

fn notes_of(shape: &ShapeResult) -> Vec<String> {
    let result = &shape.result;
    let mut notes = vec![about(result)];
    if let Some(location) = result.location.as_ref().filter(|_| !shape.is_bundled()) {
        notes.push(format!("shape {} ({location})", result.source_shape));
    }
    notes.extend(result.details.iter().map(|detail| {
        let messages: Vec<_> = detail.messages.iter().map(Literal::value).collect();
        format!("because: {}: {}", messages.join("; "), about(detail))
    }));
    notes
}

/// What a result is about.
fn about(result: &ValidationResult) -> String {
    let path = result.path.as_ref().map(|path| format!(", path {path}")).unwrap_or_default();
    format!("focus node {}{path}", result.focus_node)
}
