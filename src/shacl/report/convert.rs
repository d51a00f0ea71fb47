//! From findings to results.

use oxrdf::{Literal, NamedNode, NamedOrBlankNode, Term, TermRef};

use super::message;
use super::{Severity, ValidationResult};
use crate::shacl::engine::{Finding, FindingPath};
use crate::shacl::graph::NO_ORIGIN;
use crate::shacl::path::Path;
use crate::shacl::program::{Constraint, Program, Shape};
use crate::shacl::terms::{TermId, Terms};

/// Looks up the terms of findings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Converter<'a> {
    pub(crate) program: &'a Program,
    pub(crate) lexicon: &'a Terms,
}

impl Converter<'_> {
    /// The results of findings; a finding of an unknown shape is none.
    pub(crate) fn results(self, findings: &[Finding]) -> Vec<ValidationResult> {
        findings.iter().filter_map(|finding| self.result(finding)).collect()
    }

    /// Whether data with a finding conform, by SHACL 1.2.
    pub(crate) fn is_harmless(self, finding: &Finding) -> bool {
        let Some(shape) = self.program.shape(finding.shape) else { return true };
        let own = shape.constraints.get(finding.constraint).and_then(|one| one.severity);
        Severity::of(self.lexicon.key(own.unwrap_or(shape.severity)).text).is_harmless()
    }

    fn result(self, finding: &Finding) -> Option<ValidationResult> {
        let shape = self.program.shape(finding.shape)?;
        let constraint = shape.constraints.get(finding.constraint)?;
        let severity = constraint.severity.unwrap_or(shape.severity);
        let result = ValidationResult {
            focus_node: self.term(finding.focus),
            path: self.path(finding, shape),
            value: finding.value.map(|value| self.term(value)),
            component: self.iri(constraint.component),
            source_shape: self.node(shape.node),
            source_constraint: constraint.source.map(|source| self.term(source)),
            severity: Severity::of(self.lexicon.key(severity).text),
            messages: self.messages(shape, constraint),
            details: self.results(&finding.details),
            triple: (finding.origin != NO_ORIGIN).then_some(finding.origin),
            location: shape.location.clone(),
        };
        Some(with_extra(result, finding))
    }

    fn term(self, id: TermId) -> Term {
        self.lexicon.term(id).into_owned()
    }

    fn iri(self, id: TermId) -> NamedNode {
        NamedNode::new_unchecked(self.lexicon.key(id).text)
    }

    fn node(self, id: TermId) -> NamedOrBlankNode {
        match self.lexicon.term(id) {
            TermRef::BlankNode(node) => node.into_owned().into(),
            _ => self.iri(id).into(),
        }
    }

    fn path(self, finding: &Finding, shape: &Shape) -> Option<Path> {
        match finding.path {
            FindingPath::Shape => Some(shape.path.as_ref()?.map(&|term| self.iri(*term))),
            FindingPath::Predicate(predicate) => Some(Path::Predicate(self.iri(predicate))),
        }
    }

    /// The messages of the constraint, else of the shape, else one of ours.
    fn messages(self, shape: &Shape, constraint: &Constraint) -> Vec<Literal> {
        let own = [&constraint.messages, &shape.messages];
        let given = own.into_iter().find(|messages| !messages.is_empty());
        match given {
            Some(given) => given
                .iter()
                .filter_map(|message| match self.term(*message) {
                    Term::Literal(literal) => Some(literal),
                    _ => None,
                })
                .collect(),
            None => vec![Literal::new_simple_literal(message::default(self, constraint))],
        }
    }
}

/// What a query says about a result comes before what its shape says.
#[cfg(feature = "sparql")]
fn with_extra(mut result: ValidationResult, finding: &Finding) -> ValidationResult {
    let Some(extra) = finding.extra.as_deref() else { return result };
    if let Some(path) = &extra.path {
        result.path = Some(Path::Predicate(path.clone()));
    }
    if extra.value.is_some() {
        result.value.clone_from(&extra.value);
    }
    if !extra.messages.is_empty() {
        result.messages.clone_from(&extra.messages);
    }
    result
}

#[cfg(not(feature = "sparql"))]
fn with_extra(result: ValidationResult, _finding: &Finding) -> ValidationResult {
    result
}
