//! [SPARQL-based constraints](https://www.w3.org/TR/shacl/#sparql-constraints), and constraints of
//! declared components.

use oxrdf::NamedNode;

use super::components::{Component, Components};
use super::{Compiler, Fact, Kind, ProblemKind, TermId, vocab};
use crate::shacl::path::Path;
use crate::shacl::program::{Check, Constraint};
use crate::shacl::sparql::{Context, Form};

/// A shape whose constraints are compiled.
#[derive(Debug, Clone, Copy)]
struct Bearer {
    node: TermId,
    is_property: bool,
}

impl Compiler<'_> {
    pub(super) fn custom_constraints(
        &mut self,
        node: TermId,
        is_property: bool,
        components: &Components,
        out: &mut Vec<Constraint>,
    ) {
        let bearer = Bearer { node, is_property };
        for fact in self.outgoing(node, vocab::SPARQL) {
            out.extend(self.sparql_constraint(bearer, fact));
        }
        for component in &components.0 {
            for bindings in self.parameter_values(node, component) {
                out.extend(self.component_constraint(bearer, component, bindings));
            }
        }
    }

    fn sparql_constraint(&mut self, bearer: Bearer, fact: Fact) -> Option<Constraint> {
        let source = fact.object;
        if self.deactivated(source) {
            return None;
        }
        let Some(select) = self.single(source, vocab::SELECT) else {
            self.ill_formed(fact, "must have sh:select");
            return None;
        };
        let check = self.query(bearer, select, Form::Select, Vec::new(), Vec::new())?;
        Some(Constraint {
            source: Some(source),
            messages: self.messages(source),
            severity: self.severity(source),
            ..Constraint::new(vocab::SPARQL_COMPONENT, check)
        })
    }

    /// For each constraint of a component the values of the parameters: none if a mandatory
    /// parameter has none. Only the one parameter of a component may have several values.
    fn parameter_values(
        &mut self,
        node: TermId,
        component: &Component,
    ) -> Vec<Vec<(String, TermId)>> {
        if let [parameter] = component.parameters.as_slice() {
            let values = self.outgoing(node, parameter.path).into_iter();
            return values.map(|fact| vec![(parameter.name.clone(), fact.object)]).collect();
        }
        let mut bindings = Vec::new();
        for parameter in &component.parameters {
            match self.single(node, parameter.path) {
                Some(fact) => bindings.push((parameter.name.clone(), fact.object)),
                None if parameter.optional => {}
                None => return Vec::new(),
            }
        }
        vec![bindings]
    }

    fn component_constraint(
        &mut self,
        bearer: Bearer,
        component: &Component,
        bindings: Vec<(String, TermId)>,
    ) -> Option<Constraint> {
        let validator = self.validator(bearer, component)?;
        let names = component.parameters.iter().map(|one| one.name.clone()).collect();
        let (form, term, rule) = if validator.predicate == vocab::VALIDATOR {
            (Form::Ask, vocab::ASK, "must have sh:ask")
        } else {
            (Form::Select, vocab::SELECT, "must have sh:select")
        };
        let Some(text) = self.single(validator.object, term) else {
            self.ill_formed(validator, rule);
            return None;
        };
        let check = self.query(bearer, text, form, bindings, names)?;
        let mut messages = self.messages(validator.object);
        if messages.is_empty() {
            messages = self.messages(component.node);
        }
        Some(Constraint { messages, ..Constraint::new(component.node, check) })
    }

    /// The [validator](https://www.w3.org/TR/shacl/#constraint-components-validators) of a
    /// component; one without a fitting validator is ignored.
    fn validator(&mut self, bearer: Bearer, component: &Component) -> Option<Fact> {
        let special =
            if bearer.is_property { vocab::PROPERTY_VALIDATOR } else { vocab::NODE_VALIDATOR };
        let validators = [special, vocab::VALIDATOR].map(|term| self.single(component.node, term));
        validators.into_iter().flatten().next()
    }

    fn query(
        &mut self,
        bearer: Bearer,
        text: Fact,
        form: Form,
        mut bindings: Vec<(String, TermId)>,
        parameters: Vec<String>,
    ) -> Option<Check> {
        let prefixes = self.prefixes(text.subject);
        let query = self.string(text)?;
        bindings.push(("currentShape".into(), bearer.node));
        bindings.push(("shapesGraph".into(), self.name));
        let path = bearer.is_property.then(|| self.single(bearer.node, vocab::PATH)).flatten();
        let path = path.and_then(|fact| self.path(fact));
        let lexicon = &self.terms;
        let context = Context {
            lexicon,
            base: lexicon.key(self.name).text,
            prefixes: &prefixes,
            path: path.map(|path: Path<TermId>| {
                path.map(&|id| NamedNode::new_unchecked(lexicon.key(*id).text))
            }),
            bindings,
            parameters,
        };
        match context.compile(&query, form) {
            Ok(query) => Some(Check::Query(Box::new(query))),
            Err(cause) => {
                let kind = ProblemKind::Query(self.show(text.subject), cause);
                self.report(text.origin, kind);
                None
            }
        }
    }

    /// The [prefixes](https://www.w3.org/TR/shacl/#sparql-prefixes) of a query, with those that
    /// are imported.
    fn prefixes(&mut self, node: TermId) -> Vec<(String, String)> {
        let mut nodes: Vec<_> =
            self.outgoing(node, vocab::PREFIXES).iter().map(|fact| fact.object).collect();
        let mut found: Vec<(String, String)> = Vec::new();
        let mut position = 0;
        while let Some(node) = nodes.get(position).copied() {
            for fact in self.outgoing(node, vocab::DECLARE) {
                let Some((prefix, namespace)) = self.declaration(fact) else { continue };
                if found.iter().any(|(other, iri)| *other == prefix && *iri != namespace) {
                    self.ill_formed(fact, "declares a prefix again, for another namespace");
                }
                found.push((prefix, namespace));
            }
            for fact in self.outgoing(node, vocab::OWL_IMPORTS) {
                if !nodes.contains(&fact.object) {
                    nodes.push(fact.object);
                }
            }
            position += 1;
        }
        found
    }

    fn declaration(&mut self, fact: Fact) -> Option<(String, String)> {
        let prefix = self.single(fact.object, vocab::PREFIX);
        let namespace = self.single(fact.object, vocab::NAMESPACE);
        let texts = [prefix, namespace].map(|one| {
            let object = one.map(|one| self.terms.key(one.object));
            object.filter(|key| key.kind == Kind::Literal).map(|key| String::from(key.text))
        });
        let [Some(prefix), Some(namespace)] = texts else {
            self.ill_formed(fact, "must have sh:prefix and sh:namespace");
            return None;
        };
        Some((prefix, namespace))
    }
}
