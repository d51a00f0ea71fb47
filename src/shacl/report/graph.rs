//! Reports as RDF.

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Report, Severity, ValidationResult, known};
use crate::shacl::path::Path;
use crate::shacl::terms::TermId;
use crate::shacl::vocab;

/// Writes a report.
pub(super) fn write(report: &Report) -> Graph {
    let mut writer = Writer::new(report.conforms, &report.results);
    for result in &report.results {
        writer.add_result(result);
    }
    writer.finish()
}

/// Writes the graph of a report, one result after the other. Its blank nodes are numbered, and
/// named as none of the results is.
pub(crate) struct Writer {
    graph: Graph,
    prefix: String,
    next: usize,
    report: BlankNode,
}

impl Writer {
    /// A report with these results to come.
    pub(crate) fn new<'r>(
        conforms: bool,
        results: impl IntoIterator<Item = &'r ValidationResult>,
    ) -> Self {
        let prefix = prefix(&results.into_iter().collect::<Vec<_>>());
        let report = BlankNode::new_unchecked(format!("{prefix}1"));
        let mut writer = Self { graph: Graph::new(), prefix, next: 1, report: report.clone() };
        writer.add(&report, rdf::TYPE.into_owned(), known(vocab::VALIDATION_REPORT));
        let conforms = Literal::new_typed_literal(conforms.to_string(), xsd::BOOLEAN);
        writer.add(&report, known(vocab::CONFORMS), conforms);
        writer
    }

    /// The graph.
    pub(crate) fn finish(self) -> Graph {
        self.graph
    }

    /// A new blank node.
    pub(crate) fn node(&mut self) -> BlankNode {
        self.next += 1;
        BlankNode::new_unchecked(format!("{}{}", self.prefix, self.next))
    }

    /// Adds a triple.
    pub(crate) fn add(
        &mut self,
        subject: &BlankNode,
        predicate: impl Into<NamedNode>,
        object: impl Into<Term>,
    ) {
        let subject = NamedOrBlankNode::from(subject.clone());
        self.graph.insert(&Triple::new(subject, predicate, object));
    }

    /// Adds a result of which there is no more than what all results must have, and a message.
    pub(crate) fn add_plain(
        &mut self,
        focus_node: NamedNode,
        severity: &Severity,
        component: NamedNode,
        message: &str,
    ) -> BlankNode {
        let report = self.report.clone();
        let node = self.begin(&report, vocab::RESULT);
        self.must(&node, focus_node.into(), severity, component);
        self.add(&node, known(vocab::RESULT_MESSAGE), Literal::new_simple_literal(message));
        node
    }

    /// Adds a result of a shape.
    pub(crate) fn add_result(&mut self, result: &ValidationResult) -> BlankNode {
        let report = self.report.clone();
        self.result(&report, vocab::RESULT, result)
    }

    fn begin(&mut self, parent: &BlankNode, predicate: TermId) -> BlankNode {
        let node = self.node();
        self.add(parent, known(predicate), node.clone());
        self.add(&node, rdf::TYPE.into_owned(), known(vocab::VALIDATION_RESULT));
        node
    }

    /// What [all results must have](https://www.w3.org/TR/shacl/#results-validation-result).
    fn must(&mut self, node: &BlankNode, focus: Term, severity: &Severity, component: NamedNode) {
        self.add(node, known(vocab::FOCUS_NODE), focus);
        self.add(node, known(vocab::RESULT_SEVERITY), severity.iri());
        self.add(node, known(vocab::SOURCE_CONSTRAINT_COMPONENT), component);
    }

    fn result(
        &mut self,
        parent: &BlankNode,
        predicate: TermId,
        result: &ValidationResult,
    ) -> BlankNode {
        let node = self.begin(parent, predicate);
        self.must(&node, result.focus_node.clone(), &result.severity, result.component.clone());
        if let Some(path) = &result.path {
            let path = self.path(path);
            self.add(&node, known(vocab::RESULT_PATH), path);
        }
        if let Some(value) = &result.value {
            self.add(&node, known(vocab::VALUE), value.clone());
        }
        self.add(&node, known(vocab::SOURCE_SHAPE), result.source_shape.clone());
        if let Some(constraint) = &result.source_constraint {
            self.add(&node, known(vocab::SOURCE_CONSTRAINT), constraint.clone());
        }
        for message in &result.messages {
            self.add(&node, known(vocab::RESULT_MESSAGE), message.clone());
        }
        for detail in &result.details {
            self.result(&node, vocab::DETAIL, detail);
        }
        node
    }

    fn path(&mut self, path: &Path) -> Term {
        let (predicate, object) = match path {
            Path::Predicate(predicate) => return predicate.clone().into(),
            Path::Sequence(paths) => return self.list(paths),
            Path::Alternative(paths) => (vocab::ALTERNATIVE_PATH, self.list(paths)),
            Path::Inverse(path) => (vocab::INVERSE_PATH, self.path(path)),
            Path::ZeroOrMore(path) => (vocab::ZERO_OR_MORE_PATH, self.path(path)),
            Path::OneOrMore(path) => (vocab::ONE_OR_MORE_PATH, self.path(path)),
            Path::ZeroOrOne(path) => (vocab::ZERO_OR_ONE_PATH, self.path(path)),
        };
        let node = self.node();
        self.add(&node, known(predicate), object);
        node.into()
    }

    fn list(&mut self, paths: &[Path]) -> Term {
        let mut rest = Term::from(rdf::NIL.into_owned());
        for path in paths.iter().rev() {
            let first = self.path(path);
            let node = self.node();
            self.add(&node, rdf::FIRST.into_owned(), first);
            self.add(&node, rdf::REST.into_owned(), rest);
            rest = node.into();
        }
        rest
    }
}

/// A start for labels that no blank node of the results has.
fn prefix(results: &[&ValidationResult]) -> String {
    let mut prefix = String::from("report");
    while results.iter().any(|result| uses(result, &prefix)) {
        prefix.push('-');
    }
    prefix
}

fn uses(result: &ValidationResult, prefix: &str) -> bool {
    let is_used =
        |term: &Term| matches!(term, Term::BlankNode(node) if node.as_str().starts_with(prefix));
    let shape = Term::from(result.source_shape.clone());
    let optional = [&result.value, &result.source_constraint];
    is_used(&result.focus_node)
        || is_used(&shape)
        || optional.into_iter().flatten().any(is_used)
        || result.details.iter().any(|detail| uses(detail, prefix))
}
