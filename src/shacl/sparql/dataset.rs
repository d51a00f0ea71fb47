//! A record as the dataset of a query: no store is built.

use std::convert::Infallible;
use std::rc::Rc;

use oxrdf::{NamedNode, Term};
use spareval::{InternalQuad, QueryableDataset};

use crate::shacl::engine::Engine;
use crate::shacl::graph::{Fact, Graph, View};
use crate::shacl::terms::{TermId, Terms};

static NOTHING: Graph = Graph::new();

/// The data graph as the default graph, and the shapes graph as the only named one.
#[derive(Debug, Clone)]
pub(super) struct Dataset<'a> {
    view: View<'a>,
    lexicon: &'a Terms,
    shapes: &'a Graph,
    shapes_name: TermId,
    /// The IRIs that stand for blank nodes.
    stand_ins: Rc<[(NamedNode, TermId)]>,
}

/// A term of a query.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Inner {
    /// A term of the graphs.
    Known(TermId),
    /// Any other term.
    Other(Rc<Term>),
}

impl Inner {
    fn id(&self) -> Option<TermId> {
        match self {
            Self::Known(id) => Some(*id),
            Self::Other(_) => None,
        }
    }
}

impl<'a> Dataset<'a> {
    pub(super) fn new(engine: &Engine<'a>, stand_ins: Vec<(NamedNode, TermId)>) -> Self {
        let program = engine.program;
        Self {
            view: engine.view,
            lexicon: engine.lexicon,
            shapes: &program.shapes_graph,
            shapes_name: program.shapes_name,
            stand_ins: stand_ins.into(),
        }
    }

    /// The named graphs of a name.
    fn named(&self, name: Option<&Inner>) -> View<'a> {
        let is_shapes = name.is_none_or(|name| name.id() == Some(self.shapes_name));
        View { record: if is_shapes { self.shapes } else { &NOTHING }, background: &NOTHING }
    }
}

/// The shortest range of a graph that holds what matches a pattern.
fn range(
    graph: &Graph,
    subject: Option<TermId>,
    predicate: Option<TermId>,
    object: Option<TermId>,
) -> &[Fact] {
    match (subject, predicate, object) {
        (Some(subject), Some(predicate), Some(object)) => graph.triple(subject, predicate, object),
        (Some(subject), Some(predicate), None) => graph.outgoing(subject, predicate),
        (Some(subject), None, _) => graph.subject(subject),
        (None, Some(predicate), Some(object)) => graph.incoming(object, predicate),
        (None, None, Some(object)) => graph.object(object),
        (None, Some(predicate), None) => graph.predicate(predicate),
        (None, None, None) => graph.facts(),
    }
}

impl<'a> QueryableDataset<'a> for Dataset<'a> {
    type InternalTerm = Inner;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&Inner>,
        predicate: Option<&Inner>,
        object: Option<&Inner>,
        graph_name: Option<Option<&Inner>>,
    ) -> impl Iterator<Item = Result<InternalQuad<Inner>, Infallible>> + use<'a> {
        let terms = [subject, predicate, object];
        let is_known = terms.iter().flatten().all(|term| term.id().is_some());
        let [subject, predicate, object] = terms.map(|term| term.and_then(Inner::id));
        let (view, name) = match graph_name {
            Some(None) => (self.view, None),
            Some(name) => (self.named(name), Some(self.shapes_name)),
            None => (self.named(None), Some(self.shapes_name)),
        };
        let facts = |graph: &'a Graph| range(graph, subject, predicate, object);
        let facts = is_known.then(|| view.merge(facts(view.record), facts(view.background)));
        // A range by subject may have other objects.
        let matches = move |fact: &Fact| object.is_none_or(|object| fact.object == object);
        facts.into_iter().flatten().filter(matches).map(move |fact| {
            Ok(InternalQuad {
                subject: Inner::Known(fact.subject),
                predicate: Inner::Known(fact.predicate),
                object: Inner::Known(fact.object),
                graph_name: name.map(Inner::Known),
            })
        })
    }

    fn internal_named_graphs(&self) -> impl Iterator<Item = Result<Inner, Infallible>> + use<'a> {
        [Ok(Inner::Known(self.shapes_name))].into_iter()
    }

    fn contains_internal_graph_name(&self, name: &Inner) -> Result<bool, Infallible> {
        Ok(name.id() == Some(self.shapes_name))
    }

    fn internalize_term(&self, term: Term) -> Result<Inner, Infallible> {
        let is_stand_in =
            |(iri, _): &&(NamedNode, TermId)| matches!(&term, Term::NamedNode(node) if node == iri);
        let stand_in = self.stand_ins.iter().find(is_stand_in).map(|(_, id)| *id);
        let id = stand_in.or_else(|| self.lexicon.find(term.as_ref()));
        Ok(id.map_or_else(|| Inner::Other(Rc::new(term)), Inner::Known))
    }

    fn externalize_term(&self, term: Inner) -> Result<Term, Infallible> {
        Ok(match term {
            Inner::Known(id) => self.lexicon.term(id).into_owned(),
            Inner::Other(term) => Rc::unwrap_or_clone(term),
        })
    }
}
