//! Terms in the namespace of SHACL that SHACL does not have: a misspelt constraint is no
//! constraint, and the data would conform.

use rustc_hash::FxHashSet;

use super::components::Components;
use super::{Compiler, Fact, Kind, ProblemKind, SH, TermId, vocab};

/// The predicates whose objects are parts of shapes and constraint components.
const PARTS: &[TermId] = &[
    vocab::PARAMETER,
    vocab::VALIDATOR,
    vocab::NODE_VALIDATOR,
    vocab::PROPERTY_VALIDATOR,
    vocab::SPARQL,
    vocab::PREFIXES,
    vocab::DECLARE,
];

/// The namespaces whose classes have classes, properties and shapes as instances.
const SCHEMAS: &[&str] = &[
    SH,
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "http://www.w3.org/2000/01/rdf-schema#",
    "http://www.w3.org/2002/07/owl#",
];

impl Compiler<'_> {
    /// Refuses terms that SHACL does not have, on all nodes that are no data; and on shapes,
    /// constraint components and their parts also terms that say nothing there.
    pub(super) fn check_vocabulary(&mut self, shapes: &[TermId], components: &Components) {
        let mut bearers: FxHashSet<_> = shapes.iter().copied().collect();
        bearers.extend(components.nodes());
        for part in PARTS {
            bearers.extend(self.graph.predicate(*part).iter().map(|fact| fact.object));
        }
        for fact in self.graph.facts().to_vec() {
            let is_type = fact.predicate == vocab::RDF_TYPE;
            let term = if is_type { fact.object } else { fact.predicate };
            let key = self.terms.key(term);
            let local = key.text.strip_prefix(SH).filter(|_| key.kind == Kind::Iri);
            let Some(local) = local.map(String::from) else { continue };
            let on_shape = bearers.contains(&fact.subject);
            let is_known = if is_type {
                vocab::CLASSES.contains(&local.as_str())
            } else {
                is_predicate(term, &local, on_shape)
            };
            if !is_known && (on_shape || !self.is_data(fact.subject)) {
                self.refuse(fact, &local);
            }
        }
    }

    /// Whether a node is an instance of a class that is not about shapes and classes.
    fn is_data(&self, node: TermId) -> bool {
        let mut types = self.graph.outgoing(node, vocab::RDF_TYPE).iter();
        types.any(|fact| {
            let class = self.terms.key(fact.object).text;
            !SCHEMAS.iter().any(|schema| class.starts_with(schema))
        })
    }

    fn refuse(&mut self, fact: Fact, local: &str) {
        let (term, bearer) = (format!("sh:{local}"), self.show(fact.subject));
        let kind = if vocab::NOT_SUPPORTED.contains(&local) {
            ProblemKind::UnsupportedTerm(term, bearer)
        } else {
            ProblemKind::UnknownTerm(term, bearer)
        };
        self.report(fact.origin, kind);
    }
}

/// Whether a term is a predicate of shapes and their parts, or elsewhere one of any other node.
/// Those the engine works with begin in lower case if they are predicates.
fn is_predicate(term: TermId, local: &str, on_shape: bool) -> bool {
    if vocab::OF_OTHERS.contains(&local) {
        return !on_shape;
    }
    let is_lower = local.starts_with(|c: char| c.is_ascii_lowercase());
    let is_known = is_lower && term.index() < vocab::KNOWN.len();
    is_known || vocab::NOT_VALIDATING.contains(&local)
}
