use oxrdf::{Graph, NamedNode, NamedOrBlankNode, NamedOrBlankNodeRef, TermRef, Triple, TripleRef};
use oxttl::TurtleParser;

use crate::diagnostic::Severity;
use crate::shapes::{NAMESPACE, ShapesFile};

/// A file of shapes, read.
pub(super) struct File {
    /// The name of the file.
    pub(super) name: &'static str,
    graph: Graph,
    shapes: Vec<NamedNode>,
}

impl File {
    pub(super) fn new(file: &'static ShapesFile) -> Self {
        let triples: Vec<_> = triples(file.turtle).collect();
        let of_shapes = triples.iter().filter(|triple| triple.predicate == sh("severity"));
        let shapes = of_shapes.filter_map(|triple| match &triple.subject {
            NamedOrBlankNode::NamedNode(shape) => Some(shape.clone()),
            NamedOrBlankNode::BlankNode(_) => None,
        });
        let shapes = shapes.collect();
        Self { name: file.name, graph: triples.into_iter().collect(), shapes }
    }

    /// The shapes, in the order in which they stand there.
    pub(super) fn shapes(&self) -> &[NamedNode] {
        &self.shapes
    }

    pub(super) fn has(&self, shape: &NamedNode) -> bool {
        self.shapes.contains(shape)
    }

    pub(super) fn severity(&self, shape: &NamedNode) -> Severity {
        match self.object(shape, "severity") {
            Some(TermRef::NamedNode(node)) if node == sh("Warning") => Severity::Warning,
            Some(TermRef::NamedNode(node)) if node == sh("Info") => Severity::Note,
            _ => Severity::Error,
        }
    }

    /// What a term of SHACL says of a shape; of several values one.
    pub(super) fn object(&self, shape: &NamedNode, term: &str) -> Option<TermRef<'_>> {
        self.graph.object_for_subject_predicate(shape, &sh(term))
    }

    /// The property shapes of a shape, in the order of the file.
    pub(super) fn properties(&self, shape: &NamedNode) -> impl Iterator<Item = NamedNode> {
        let is_of = |property: &&NamedNode| {
            self.graph.contains(TripleRef::new(shape, &sh("property"), *property))
        };
        self.shapes.iter().filter(is_of).cloned().collect::<Vec<_>>().into_iter()
    }

    /// The properties by which the shapes that ask for a property shape find their nodes.
    pub(super) fn target_predicates(&self, shape: &NamedNode) -> Vec<String> {
        let targets = self.graph.triples_for_predicate(&sh("targetSubjectsOf"));
        let is_of = |of: NamedOrBlankNodeRef<'_>| {
            self.graph.contains(TripleRef::new(of, &sh("property"), shape))
        };
        let named =
            targets.filter(|target| is_of(target.subject)).filter_map(|target| {
                match target.object {
                    TermRef::NamedNode(target) => Some(target.as_str().to_owned()),
                    _ => None,
                }
            });
        named.collect()
    }

    pub(super) fn literal(&self, shape: &NamedNode, term: &str) -> &str {
        match self.object(shape, term) {
            Some(TermRef::Literal(literal)) => literal.value(),
            _ => "",
        }
    }

    /// The shape under whose name a report has a shape that is only asked for another one, as the
    /// members of `sh:or` are; nothing if reports have it under its own name.
    pub(super) fn reporter(&self, shape: &NamedNode) -> Option<NamedNode> {
        let mut around = shape.clone();
        while !self.is_reported(&around) {
            around = self.around(around.as_ref().into())?;
        }
        (around != *shape).then_some(around)
    }

    /// Whether the shape has a target, or is a property of one that has.
    fn is_reported(&self, shape: &NamedNode) -> bool {
        let targets = ["targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf"];
        let has_target =
            |shape: &NamedNode| targets.iter().any(|term| self.object(shape, term).is_some());
        let of = self.graph.subjects_for_predicate_object(&sh("property"), shape);
        let mut of = of.filter_map(|of| match of {
            NamedOrBlankNodeRef::NamedNode(of) => Some(of.into_owned()),
            NamedOrBlankNodeRef::BlankNode(_) => None,
        });
        has_target(shape) || of.any(|of| has_target(&of))
    }

    /// The first shape of the file that refers to a shape, maybe in a list.
    fn around(&self, node: NamedOrBlankNodeRef<'_>) -> Option<NamedNode> {
        let shape = |triple: TripleRef<'_>| match triple.subject {
            NamedOrBlankNodeRef::NamedNode(shape) => Some(shape.into_owned()),
            list @ NamedOrBlankNodeRef::BlankNode(_) => self.around(list),
        };
        let referring = self.graph.triples_for_object(node).filter_map(shape);
        // The graph has no order of its own.
        referring.min_by_key(|shape| self.shapes.iter().position(|known| known == shape))
    }
}

pub(super) fn triples(turtle: &str) -> impl Iterator<Item = Triple> {
    TurtleParser::new().for_slice(turtle).map_while(Result::ok)
}

/// The name of a shape.
pub(super) fn local(shape: &NamedNode) -> &str {
    shape.as_str().strip_prefix(NAMESPACE).unwrap_or(shape.as_str())
}

/// A term of [SHACL](https://www.w3.org/TR/shacl/).
fn sh(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{local}"))
}
