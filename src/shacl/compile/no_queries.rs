//! What stands in for queries without the feature `sparql`.

use super::components::Components;
use super::{Compiler, ProblemKind, TermId, vocab};
use crate::shacl::program::Constraint;

impl Compiler<'_> {
    /// Refuses what only queries can check.
    pub(super) fn custom_constraints(
        &mut self,
        node: TermId,
        _is_property: bool,
        components: &Components,
        _out: &mut Vec<Constraint>,
    ) {
        let of_components = components.parameters().collect::<Vec<_>>();
        for fact in self.graph.subject(node).to_vec() {
            if fact.predicate == vocab::SPARQL || of_components.contains(&fact.predicate) {
                let term =
                    format!("{} (without the feature \"sparql\")", self.show(fact.predicate));
                let kind = ProblemKind::UnsupportedTerm(term, self.show(node));
                self.report(fact.origin, kind);
            }
        }
    }
}
