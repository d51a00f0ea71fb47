//! One shape: what is not a constraint.

use super::components::Components;
use super::{Compiler, Fact, Kind, SH, ShapeId, Targets, TermId, vocab};
use crate::shacl::plan::Plan;
use crate::shacl::program::Shape;

impl Compiler<'_> {
    /// Compiles the shape of a node and adds its targets.
    pub(super) fn shape(
        &mut self,
        node: TermId,
        components: &Components,
        targets: &mut Targets,
    ) -> Shape {
        if self.kind(node) == Kind::Literal {
            return self.empty_shape(node);
        }
        self.targets(node, targets);
        let path = self.single(node, vocab::PATH);
        self.check_types(node, path);
        let path = path.and_then(|fact| self.path(fact));
        let is_property = path.is_some();
        Shape {
            path,
            deactivated: self.deactivated(node),
            severity: self.severity(node).unwrap_or(vocab::VIOLATION),
            messages: self.messages(node),
            constraints: self.constraints(node, is_property, components).into_boxed_slice(),
            ..self.empty_shape(node)
        }
    }

    fn empty_shape(&self, node: TermId) -> Shape {
        Shape {
            node,
            path: None,
            deactivated: false,
            severity: vocab::VIOLATION,
            messages: Box::default(),
            constraints: Box::default(),
            recursive: false,
            plan: Plan::default(),
            location: self.location_of(node),
        }
    }

    fn check_types(&mut self, node: TermId, path: Option<Fact>) {
        let facts = self.outgoing(node, vocab::RDF_TYPE);
        let Some(fact) = facts.first().copied() else { return };
        if path.is_some() && self.is_instance(node, vocab::NODE_SHAPE) {
            self.ill_formed_node(fact, "a sh:NodeShape must not have sh:path");
        }
        if path.is_none() && self.is_instance(node, vocab::PROPERTY_SHAPE) {
            self.ill_formed_node(fact, "a sh:PropertyShape must have sh:path");
        }
    }

    pub(super) fn deactivated(&mut self, node: TermId) -> bool {
        let Some(fact) = self.single(node, vocab::DEACTIVATED) else { return false };
        match self.boolean(fact.object) {
            Some("true") => true,
            Some("false") => false,
            _ => {
                self.ill_formed(fact, "must be true or false");
                false
            }
        }
    }

    /// The lexical form of a boolean.
    pub(super) fn boolean(&self, id: TermId) -> Option<&str> {
        let key = self.terms.key(id);
        (key.datatype == vocab::XSD_BOOLEAN).then_some(key.text)
    }

    pub(super) fn severity(&mut self, node: TermId) -> Option<TermId> {
        let fact = self.single(node, vocab::SEVERITY)?;
        let key = self.terms.key(fact.object);
        let known = [vocab::VIOLATION, vocab::WARNING, vocab::INFO, vocab::DEBUG, vocab::TRACE];
        if key.kind != Kind::Iri {
            self.ill_formed(fact, "must be an IRI");
        } else if key.text.starts_with(SH) && !known.contains(&fact.object) {
            self.ill_formed(fact, "is no severity of SHACL");
        }
        Some(fact.object)
    }

    pub(super) fn messages(&mut self, node: TermId) -> Box<[TermId]> {
        let facts = self.outgoing(node, vocab::MESSAGE);
        for fact in &facts {
            let datatype = self.terms.key(fact.object).datatype;
            if ![vocab::XSD_STRING, vocab::RDF_LANG_STRING].contains(&datatype) {
                self.ill_formed(*fact, "must be a string, with or without a language");
            }
        }
        facts.iter().map(|fact| fact.object).collect()
    }

    fn targets(&mut self, node: TermId, targets: &mut Targets) {
        let Some(shape) = self.shapes.get(&node).copied() else { return };
        for fact in self.outgoing(node, vocab::TARGET_NODE) {
            if !self.is_target_node(fact.object) {
                self.ill_formed(fact, "must be an IRI or a literal");
            }
            targets.nodes.push((fact.object, shape));
        }
        for class in self.iris(node, vocab::TARGET_CLASS) {
            targets.classes.entry(class).or_default().push(shape);
        }
        for predicate in self.iris(node, vocab::TARGET_SUBJECTS_OF) {
            targets.subjects_of.entry(predicate).or_default().push(shape);
        }
        for predicate in self.iris(node, vocab::TARGET_OBJECTS_OF) {
            targets.objects_of.entry(predicate).or_default().push(shape);
        }
        self.implicit_class(node, shape, targets);
    }

    /// An IRI or a literal; in SHACL 1.2 also a blank node that is no node expression.
    fn is_target_node(&self, node: TermId) -> bool {
        let is_plain = || self.is_v1_2() && self.graph.subject(node).is_empty();
        self.kind(node) != Kind::BlankNode || is_plain()
    }

    /// A shape that is a class has its instances as targets.
    fn implicit_class(&mut self, node: TermId, shape: ShapeId, targets: &mut Targets) {
        if !self.is_instance(node, vocab::RDFS_CLASS) {
            return;
        }
        if self.kind(node) == Kind::Iri {
            targets.classes.entry(node).or_default().push(shape);
        } else if let Some(fact) = self.graph.outgoing(node, vocab::RDF_TYPE).first().copied() {
            self.ill_formed_node(fact, "a shape that is a class must be an IRI");
        }
    }

    /// The values of a predicate, which must be IRIs.
    pub(super) fn iris(&mut self, node: TermId, predicate: TermId) -> Vec<TermId> {
        let facts = self.outgoing(node, predicate);
        facts.into_iter().filter_map(|fact| self.iri(fact)).collect()
    }

    /// The object of a triple, which must be an IRI.
    pub(super) fn iri(&mut self, fact: Fact) -> Option<TermId> {
        if self.kind(fact.object) == Kind::Iri {
            return Some(fact.object);
        }
        self.ill_formed(fact, "must be an IRI");
        None
    }
}
