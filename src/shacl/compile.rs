//! From a shapes graph to a [`Program`].

mod components;
mod constraints;
mod discover;
mod paths;
#[cfg_attr(not(feature = "sparql"), path = "compile/no_queries.rs")]
mod queries;
mod recursion;
mod shape;
mod values;
mod vocabulary;

use std::collections::BTreeSet;
use std::sync::Arc;

use oxrdf::{BlankNodeRef, TermRef};
use rustc_hash::FxHashMap;

use super::error::{Location, Problem, ProblemKind, ShapesError};
use super::graph::{Fact, Graph, Orders};
use super::options::{Options, Version};
use super::pattern::Pattern;
use super::plan::Plan;
use super::program::{Check, Program, ShapeId, Targets};
use super::source::Source;
use super::terms::{Kind, TermId, Terms};
use super::vocab::{self, SH};

/// The state of a compilation: the shapes graph and what is wrong with it.
struct Compiler<'a> {
    options: Options,
    sources: &'a [Source],
    terms: Terms,
    graph: Graph,
    /// The name of the shapes graph: that of the first source.
    #[cfg(feature = "sparql")]
    name: TermId,
    /// The source and the line of each triple, by its origin.
    lines: Vec<(usize, u32)>,
    shapes: FxHashMap<TermId, ShapeId>,
    /// The patterns that were compiled, by text and flags: many shapes have the same.
    patterns: FxHashMap<(String, String), Arc<Pattern>>,
    problems: Vec<Problem>,
}

/// Compiles a shapes graph: the union of the sources.
pub(crate) fn compile(sources: &[Source], options: Options) -> Result<Program, ShapesError> {
    let mut compiler = Compiler::new(sources, options);
    compiler.check_entailment();
    let components = compiler.components();
    let nodes = compiler.discover(&components);
    compiler.check_vocabulary(&nodes, &components);
    let mut targets = Targets::default();
    let mut shapes: Vec<_> =
        nodes.iter().map(|node| compiler.shape(*node, &components, &mut targets)).collect();
    compiler.check_recursion(&mut shapes);
    let mut properties = 0;
    for id in (0..).map(ShapeId).take(shapes.len()) {
        let plan = Plan::new(&[id], &shapes, properties);
        properties += plan.properties.len();
        if let Some(shape) = shapes.get_mut(id.index()) {
            shape.plan = plan;
        }
    }
    if !compiler.problems.is_empty() {
        return Err(ShapesError::new(compiler.problems));
    }
    let targeted: BTreeSet<_> = targets.shapes().collect();
    let mut program = Program {
        version: options.version,
        is_target: compiler.terms.ids().map(|id| targets.has_predicate(id)).collect(),
        terms: compiler.terms,
        orders: Orders::default(),
        properties,
        shapes,
        targets,
        targeted: targeted.into_iter().collect(),
        bundles: Vec::new(),
        background: Graph::default(),
        #[cfg(feature = "sparql")]
        shapes_graph: compiler.graph,
        #[cfg(feature = "sparql")]
        shapes_name: compiler.name,
    };
    program.orders = orders(&program);
    program.bundle_shapes();
    Ok(program)
}

impl<'a> Compiler<'a> {
    fn new(sources: &'a [Source], options: Options) -> Self {
        let mut compiler = Self {
            options,
            sources,
            terms: Terms::new(),
            graph: Graph::default(),
            #[cfg(feature = "sparql")]
            name: TermId::MAX,
            lines: Vec::new(),
            shapes: FxHashMap::default(),
            patterns: FxHashMap::default(),
            problems: Vec::new(),
        };
        for (position, source) in sources.iter().enumerate() {
            compiler.load(position, source);
        }
        compiler.graph.index(Orders { inverse: true, predicate: true });
        compiler
    }

    fn load(&mut self, position: usize, source: &Source) {
        #[cfg(feature = "sparql")]
        if position == 0 {
            self.name = self.terms.intern(source.iri().as_ref().into());
        }
        for (triple, line) in source.triples() {
            let fact = Fact {
                subject: self.intern(position, triple.subject.as_ref().into()),
                predicate: self.intern(position, triple.predicate.as_ref().into()),
                object: self.intern(position, triple.object.as_ref()),
                origin: u32::try_from(self.lines.len()).unwrap_or(u32::MAX),
            };
            self.lines.push((position, line));
            self.graph.push(fact);
        }
    }

    /// Blank nodes of different sources are different ones, even if their labels are the same.
    fn intern(&mut self, position: usize, term: TermRef<'_>) -> TermId {
        match term {
            TermRef::BlankNode(node) if position > 0 => {
                let label = format!("{}-{position}", node.as_str());
                self.terms.intern(BlankNodeRef::new_unchecked(&label).into())
            }
            term => self.terms.intern(term),
        }
    }

    fn location(&self, origin: u32) -> Option<Location> {
        let (source, line) = self.lines.get(origin as usize)?;
        self.sources.get(*source)?.location(*line)
    }

    /// Where a node is first spoken of.
    fn location_of(&self, node: TermId) -> Option<Location> {
        self.location(self.graph.subject(node).iter().map(|fact| fact.origin).min()?)
    }

    fn report(&mut self, origin: u32, kind: ProblemKind) {
        let location = self.location(origin);
        self.problems.push(Problem::new(location, kind));
    }

    /// Reports a triple that breaks a syntax rule.
    fn ill_formed(&mut self, fact: Fact, rule: &str) {
        self.ill_formed_node(fact, format!("{} {rule}", self.show(fact.predicate)));
    }

    /// Reports the subject of a triple, for a rule that is not about the predicate.
    fn ill_formed_node(&mut self, fact: Fact, rule: impl Into<String>) {
        let kind = ProblemKind::IllFormed(self.show(fact.subject), rule.into());
        self.report(fact.origin, kind);
    }

    /// The triples with a subject and a predicate, in the order of the files.
    fn outgoing(&self, subject: TermId, predicate: TermId) -> Vec<Fact> {
        let mut facts = self.graph.outgoing(subject, predicate).to_vec();
        facts.sort_unstable_by_key(|fact| fact.origin);
        facts
    }

    /// The only triple with a subject and a predicate; more than one is a fault.
    fn single(&mut self, subject: TermId, predicate: TermId) -> Option<Fact> {
        let facts = self.outgoing(subject, predicate);
        if let Some(second) = facts.get(1) {
            self.ill_formed(*second, "has more than one value");
        }
        facts.first().copied()
    }

    fn is_instance(&self, node: TermId, class: TermId) -> bool {
        let mut classes: Vec<_> =
            self.graph.outgoing(node, vocab::RDF_TYPE).iter().map(|fact| fact.object).collect();
        let mut position = 0;
        while let Some(next) = classes.get(position).copied() {
            if next == class {
                return true;
            }
            for fact in self.graph.outgoing(next, vocab::RDFS_SUB_CLASS_OF) {
                if !classes.contains(&fact.object) {
                    classes.push(fact.object);
                }
            }
            position += 1;
        }
        false
    }

    fn kind(&self, id: TermId) -> Kind {
        self.terms.kind(id)
    }

    fn is_v1_2(&self) -> bool {
        self.options.version == Version::V1_2
    }

    /// A term as errors show it.
    fn show(&self, id: TermId) -> String {
        let key = self.terms.key(id);
        match (key.kind, key.text.strip_prefix(SH)) {
            (Kind::Iri, Some(local)) => format!("sh:{local}"),
            (Kind::BlankNode, _) => self.show_blank_node(id),
            _ => self.terms.term(id).to_string(),
        }
    }

    /// A blank node has no name that a reader knows, but maybe a path.
    fn show_blank_node(&self, id: TermId) -> String {
        match self.graph.outgoing(id, vocab::PATH).first() {
            Some(fact) if self.kind(fact.object) == Kind::Iri => {
                format!("the property shape of {}", self.show(fact.object))
            }
            _ => "a blank node".into(),
        }
    }

    /// Refuses [entailment](https://www.w3.org/TR/shacl/#shacl-entailment): none is implemented.
    fn check_entailment(&mut self) {
        for fact in self.graph.predicate(vocab::ENTAILMENT).to_vec() {
            self.report(fact.origin, ProblemKind::Entailment(self.show(fact.object)));
        }
        for fact in self.graph.predicate(vocab::SHAPES_GRAPH).to_vec() {
            if self.kind(fact.object) != Kind::Iri {
                self.ill_formed(fact, "must be an IRI");
            }
        }
    }
}

/// The orders of triples that some constraint needs.
fn orders(program: &Program) -> Orders {
    let mut orders = Orders::default();
    for shape in &program.shapes {
        orders.inverse |= shape.path.as_ref().is_some_and(super::Path::has_inverse);
        for constraint in &shape.constraints {
            match &constraint.check {
                Check::Pair(_, path) => orders.inverse |= path.has_inverse(),
                Check::UniqueValuesFor(paths) => {
                    orders.inverse |= paths.iter().any(super::Path::has_inverse);
                }
                #[cfg(feature = "sparql")]
                Check::Query(_) => orders = Orders { inverse: true, predicate: true },
                _ => {}
            }
        }
    }
    orders
}
