//! What the forms of a report on records have in common.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::io;

use pfocr2rdf::diagnostic::{Diagnostic, Severity, ShapeResult};
use pfocr2rdf::explain;
use pfocr2rdf::shapes;

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

/// What to do about a result and how to learn more, if it is of a code or of a shape of ours.
pub(super) fn help(diagnostic: &Diagnostic) -> Option<String> {
    if !diagnostic.shape.as_deref().is_none_or(is_bundled) {
        return None;
    }
    let name = diagnostic.name();
    let more = format!("pfocr2rdf explain {name}");
    let cure = diagnostic.shape.is_none().then(|| explain::find(name)).flatten();
    Some(cure.map_or_else(|| more.clone(), |explanation| format!("{} ({more})", explanation.cure)))
}

/// Whether a result is that of a bundled shape.
pub(super) fn is_bundled(shape: &ShapeResult) -> bool {
    let name = shape.result.source_shape.to_string();
    name.strip_prefix('<').is_some_and(|iri| iri.starts_with(shapes::NAMESPACE))
}
