//! [SPARQL-based constraint components](https://www.w3.org/TR/shacl/#sparql-constraint-components).

use super::{Compiler, Fact, TermId, vocab};

/// A parameter of a constraint component.
#[derive(Debug, Clone, Copy)]
pub(super) struct Parameter {
    pub(super) path: TermId,
    pub(super) optional: bool,
}

/// A constraint component that the shapes graph declares.
#[derive(Debug)]
pub(super) struct Component {
    pub(super) node: TermId,
    pub(super) parameters: Vec<Parameter>,
}

/// All constraint components that the shapes graph declares.
#[derive(Debug, Default)]
pub(super) struct Components(pub(super) Vec<Component>);

impl Components {
    pub(super) fn nodes(&self) -> impl Iterator<Item = TermId> {
        self.0.iter().map(|component| component.node)
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = TermId> {
        self.0.iter().flat_map(|component| component.parameters.iter().map(|one| one.path))
    }
}

impl Compiler<'_> {
    /// Finds the declared components: those with parameters.
    pub(super) fn components(&mut self) -> Components {
        let mut facts = self.graph.predicate(vocab::PARAMETER).to_vec();
        facts.sort_unstable_by_key(|fact| fact.origin);
        let mut found: Vec<Component> = Vec::new();
        for fact in facts {
            if !self.is_instance(fact.subject, vocab::CONSTRAINT_COMPONENT) {
                continue;
            }
            let Some(parameter) = self.parameter(fact) else { continue };
            match found.iter_mut().find(|component| component.node == fact.subject) {
                Some(component) => component.parameters.push(parameter),
                None => {
                    found.push(Component { node: fact.subject, parameters: vec![parameter] });
                }
            }
        }
        Components(found)
    }

    fn parameter(&mut self, fact: Fact) -> Option<Parameter> {
        let path = self.single(fact.object, vocab::PATH).and_then(|path| self.iri(path));
        if path.is_none() {
            self.ill_formed(fact, "must have an IRI as its sh:path");
        }
        Some(Parameter { path: path?, optional: self.is_true(fact.object, vocab::OPTIONAL) })
    }
}
