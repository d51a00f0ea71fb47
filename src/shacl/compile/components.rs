//! [SPARQL-based constraint components](https://www.w3.org/TR/shacl/#sparql-constraint-components).

use super::{Compiler, Fact, TermId, vocab};

/// The names that no parameter may have: they are variables of their own.
const RESERVED: &[&str] = &["this", "shapesGraph", "currentShape", "path", "PATH", "value"];

/// A parameter of a constraint component.
#[derive(Debug, Clone)]
pub(super) struct Parameter {
    pub(super) path: TermId,
    /// The name of its variable: the
    /// [local name](https://www.w3.org/TR/shacl/#parameters) of the path.
    pub(super) name: String,
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
        for component in &found {
            if component.parameters.iter().all(|parameter| parameter.optional) {
                let facts = self.outgoing(component.node, vocab::PARAMETER);
                if let Some(fact) = facts.first().copied() {
                    self.ill_formed(fact, "must not be only optional");
                }
            }
        }
        Components(found)
    }

    fn parameter(&mut self, fact: Fact) -> Option<Parameter> {
        let Some(path) = self.single(fact.object, vocab::PATH) else {
            self.ill_formed(fact, "must have sh:path");
            return None;
        };
        let iri = self.iri(path)?;
        let text = self.terms.key(iri).text;
        let name = String::from(text.rsplit(['/', '#', ':']).next().unwrap_or_default());
        if RESERVED.contains(&name.as_str()) || !is_variable(&name) {
            self.ill_formed(path, "must end in a name for a variable that is not taken");
        }
        Some(Parameter { path: iri, name, optional: self.is_true(fact.object, vocab::OPTIONAL) })
    }
}

/// Whether SPARQL takes a text as the [name of a
/// variable](https://www.w3.org/TR/sparql11-query/#rVARNAME).
fn is_variable(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}
