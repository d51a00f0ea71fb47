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

impl Compiler<'_> {
    /// Refuses unknown terms on shapes, constraint components and their parts. Other nodes of a
    /// shapes graph may be data.
    pub(super) fn check_vocabulary(&mut self, shapes: &[TermId], components: &Components) {
        let mut bearers: FxHashSet<_> = shapes.iter().copied().collect();
        bearers.extend(components.nodes());
        for part in PARTS {
            bearers.extend(self.graph.predicate(*part).iter().map(|fact| fact.object));
        }
        for fact in self.graph.facts().to_vec() {
            if !bearers.contains(&fact.subject) {
                continue;
            }
            if fact.predicate == vocab::RDF_TYPE {
                self.check_term(fact, fact.object, |local| vocab::CLASSES.contains(&local));
            } else {
                let is_known = |local: &str| {
                    vocab::NOT_VALIDATING.contains(&local) || is_predicate(fact.predicate, local)
                };
                self.check_term(fact, fact.predicate, is_known);
            }
        }
    }

    fn check_term(&mut self, fact: Fact, term: TermId, is_known: impl Fn(&str) -> bool) {
        let key = self.lexicon().key(term);
        let Some(local) = key.text.strip_prefix(SH).filter(|_| key.kind == Kind::Iri) else {
            return;
        };
        if is_known(local) {
            return;
        }
        let supported = !vocab::NOT_SUPPORTED.contains(&local);
        let (term, bearer) = (format!("sh:{local}"), self.show(fact.subject));
        let kind = if supported {
            ProblemKind::UnknownTerm(term, bearer)
        } else {
            ProblemKind::UnsupportedTerm(term, bearer)
        };
        self.report(fact.origin, kind);
    }
}

/// Whether a term is one the engine works with; those begin in lower case if they are predicates.
fn is_predicate(term: TermId, local: &str) -> bool {
    term.index() < vocab::KNOWN.len() && local.starts_with(|c: char| c.is_ascii_lowercase())
}
