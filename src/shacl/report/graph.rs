//! Reports as RDF.

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{BlankNode, Graph, Literal, NamedNode, NamedOrBlankNode, Term, Triple};

use super::{Report, ValidationResult, known};
use crate::shacl::path::Path;
use crate::shacl::terms::TermId;
use crate::shacl::vocab;

/// Writes a report. Its blank nodes are numbered, and named as none of the data is.
pub(super) fn write(report: &Report) -> Graph {
    let mut writer = Writer { graph: Graph::new(), prefix: prefix(&report.results), next: 0 };
    let node = writer.node();
    writer.add(&node, rdf::TYPE.into_owned(), known(vocab::VALIDATION_REPORT));
    let conforms = Literal::new_typed_literal(report.conforms.to_string(), xsd::BOOLEAN);
    writer.add(&node, known(vocab::CONFORMS), conforms);
    for result in &report.results {
        writer.result(&node, vocab::RESULT, result);
    }
    writer.graph
}

/// A start for labels that no blank node of the results has.
fn prefix(results: &[ValidationResult]) -> String {
    let mut prefix = String::from("report");
    while uses(results, &prefix) {
        prefix.push('-');
    }
    prefix
}

fn uses(results: &[ValidationResult], prefix: &str) -> bool {
    let is_used =
        |term: &Term| matches!(term, Term::BlankNode(node) if node.as_str().starts_with(prefix));
    results.iter().any(|result| {
        let shape = Term::from(result.source_shape.clone());
        let optional = [&result.value, &result.source_constraint];
        is_used(&result.focus_node)
            || is_used(&shape)
            || optional.into_iter().flatten().any(is_used)
            || uses(&result.details, prefix)
    })
}

struct Writer {
    graph: Graph,
    prefix: String,
    next: usize,
}

impl Writer {
    fn node(&mut self) -> BlankNode {
        self.next += 1;
        BlankNode::new_unchecked(format!("{}{}", self.prefix, self.next))
    }

    fn add(
        &mut self,
        subject: &BlankNode,
        predicate: impl Into<NamedNode>,
        object: impl Into<Term>,
    ) {
        let subject = NamedOrBlankNode::from(subject.clone());
        self.graph.insert(&Triple::new(subject, predicate, object));
    }

    fn result(&mut self, parent: &BlankNode, predicate: TermId, result: &ValidationResult) {
        let node = self.node();
        self.add(parent, known(predicate), node.clone());
        self.add(&node, rdf::TYPE.into_owned(), known(vocab::VALIDATION_RESULT));
        self.add(&node, known(vocab::FOCUS_NODE), result.focus_node.clone());
        if let Some(path) = &result.path {
            let path = self.path(path);
            self.add(&node, known(vocab::RESULT_PATH), path);
        }
        if let Some(value) = &result.value {
            self.add(&node, known(vocab::VALUE), value.clone());
        }
        self.add(&node, known(vocab::RESULT_SEVERITY), result.severity.iri());
        let component = result.component.clone();
        self.add(&node, known(vocab::SOURCE_CONSTRAINT_COMPONENT), component);
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
