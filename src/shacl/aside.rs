//! Nodes that are decided without the graph.
//!
//! A stream has many nodes that nothing refers to and whose triples are made in the same few ways:
//! what tells them apart are some texts. For each way an [`Outline`] says what the shapes still ask
//! of the texts. If a node meets that, its triples need no ids and no graph; the triples of all
//! other nodes go where they would have gone.

mod asks;
mod build;
mod outline;
mod values;

use std::ops::Range;

use rustc_hash::FxHashMap;

use self::asks::Asked;
pub(crate) use self::asks::Data;
use self::build::Builder;
use self::outline::Outline;
pub(crate) use self::values::NodeForm;
use self::values::Values;
use super::form::{Form, Formed, ObjectForm};
use super::graph::{Fact, Graph};
use super::program::Program;
use super::terms::{Key, TermId, Terms};

/// A node with more triples is not decided here.
const MAX_TRIPLES: usize = 32;

/// How many outlines are kept. Nodes that need others are not decided here.
const MAX_OUTLINES: usize = 1_000;

/// Nodes with all their triples, and the outlines of all that came before.
#[derive(Debug, Default)]
pub(crate) struct Aside<'s> {
    nodes: Vec<Node>,
    pieces: Vec<Piece>,
    /// The objects of the triples, but for those that are fixed. Texts of a form that are equal and
    /// follow each other are here once.
    text: String,
    /// What is asked of texts, by the number of their form.
    asked: Vec<Option<Asked<'s>>>,
    outlines: Outlines<'s>,
    /// Whether the record may refer to one of the nodes, or one came twice.
    are_linked: bool,
    pub(crate) values: Values<'s>,
}

#[derive(Debug)]
struct Node {
    term: TermId,
    /// The position of its first triple.
    first: usize,
    /// Whether it conforms for sure.
    is_met: bool,
}

/// A triple.
#[derive(Debug)]
struct Piece {
    /// The number of its form.
    number: u32,
    /// Where the object is in the text, unless it is fixed.
    text: Range<usize>,
    /// What it answers to what is asked of it.
    answers: u32,
}

/// Outlines by the numbers of the forms of the triples; nothing where texts cannot decide.
#[derive(Debug, Default)]
struct Outlines<'s> {
    positions: FxHashMap<Box<[u32]>, usize>,
    known: Vec<Option<Outline<'s>>>,
    /// The numbers that were looked for last, and what was found: the next ones often are the same.
    last: (Vec<u32>, Option<usize>),
}

impl<'s> Aside<'s> {
    /// Whether no node has come.
    pub(crate) fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// Begins a node: the triples that follow are its own.
    pub(crate) fn begin(&mut self, node: &str, terms: &mut Terms) {
        let known = terms.len();
        let term = terms.intern_key(&Key::iri(node));
        self.are_linked |= terms.len() == known;
        self.nodes.push(Node { term, first: self.pieces.len(), is_met: false });
    }

    /// Takes a triple of the node.
    #[inline]
    pub(crate) fn push(&mut self, form: &Form, triple: &Formed<'_>, data: Data<'_>) {
        let Formed { number, object, .. } = *triple;
        let (text, answers) = match form.object {
            ObjectForm::Term(_) => (0..0, 0),
            ObjectForm::Text(_) => match self.asked.get_mut(number as usize) {
                Some(Some(asked)) => asked.answers(object, &mut self.text, data),
                _ => (append(object, &mut self.text), 0),
            },
        };
        self.pieces.push(Piece { number, text, answers });
    }

    /// Decides the node that has come, if that can be.
    pub(crate) fn end(&mut self, program: &'s Program, forms: &[Form], data: Data<'_>) {
        let Some(node) = self.nodes.last_mut() else { return };
        let pieces = self.pieces.get(node.first..).unwrap_or_default();
        let numbers = pieces.iter().map(|piece| piece.number);
        let outline = self.outlines.find(numbers, |numbers| {
            let forms: Vec<_> =
                numbers.iter().filter_map(|number| forms.get(*number as usize)).copied().collect();
            let tests = Builder::new(program, data.terms, forms).node()?;
            let asked = &mut self.asked;
            Outline::new(tests, numbers.len(), |place, ask| {
                let number = *numbers.get(place.position.checked_sub(1)?)? as usize;
                asked.resize_with(asked.len().max(number + 1), || None);
                let asked = asked.get_mut(number)?;
                asked.get_or_insert_with(|| Asked::new(place.form)).bit(ask)
            })
        });
        let text = data.terms.text(node.term);
        let answers = pieces.iter().map(|piece| piece.answers);
        node.is_met = outline.is_some_and(|outline| outline.is_met(text, &answers, data));
    }

    /// Takes note that triples came after those that were set aside: they may change what these
    /// were asked.
    pub(crate) fn distrust(&mut self) {
        self.are_linked = true;
    }

    /// Moves what is not decided here to the graph, which has the rest of the record. Says whether
    /// there was something.
    pub(crate) fn settle(
        &mut self,
        program: &'s Program,
        forms: &[Form],
        terms: &mut Terms,
        graph: &mut Graph,
    ) -> bool {
        let known = graph.facts().len();
        self.values.settle(program, forms, terms, graph);
        for (position, node) in self.nodes.iter().enumerate() {
            if self.are_linked || !node.is_met {
                let next =
                    self.nodes.get(position + 1).map_or(self.pieces.len(), |next| next.first);
                self.send(node.term, node.first..next, (forms, terms), graph);
            }
        }
        graph.facts().len() > known
    }

    /// Sends triples of a node to the graph.
    fn send(
        &self,
        subject: TermId,
        range: Range<usize>,
        (forms, terms): (&[Form], &mut Terms),
        graph: &mut Graph,
    ) {
        for Piece { number, text, .. } in self.pieces.get(range).unwrap_or_default() {
            let Some(form) = forms.get(*number as usize) else { continue };
            let object = match form.object {
                ObjectForm::Term(term) => term,
                ObjectForm::Text(form) => {
                    let text = self.text.get(text.clone()).unwrap_or_default();
                    terms.intern_key(&form.key(text))
                }
            };
            graph.push(Fact { subject, predicate: form.predicate, object, origin: *number });
        }
    }

    pub(crate) fn clear(&mut self) {
        self.asked.iter_mut().flatten().for_each(Asked::clear);
        self.nodes.clear();
        self.pieces.clear();
        self.text.clear();
        self.are_linked = false;
        self.values.clear();
    }
}

/// Appends a text to others; says where it is.
fn append(text: &str, texts: &mut String) -> Range<usize> {
    let start = texts.len();
    texts.push_str(text);
    start..texts.len()
}

impl<'s> Outlines<'s> {
    /// The outline of a node whose triples have forms with these numbers. There is none yet for
    /// the first such node: what the outline asks, its texts were not asked when they came.
    fn find(
        &mut self,
        numbers: impl Iterator<Item = u32> + Clone,
        new: impl FnOnce(&[u32]) -> Option<Outline<'s>>,
    ) -> Option<&Outline<'s>> {
        let (last, position) = &mut self.last;
        if !last.iter().copied().eq(numbers.clone()) {
            last.clear();
            last.extend(numbers);
            *position = self.positions.get(last.as_slice()).copied();
            if position.is_none() && last.len() <= MAX_TRIPLES && self.known.len() < MAX_OUTLINES {
                *position = Some(self.known.len());
                self.positions.insert(last.as_slice().into(), self.known.len());
                self.known.push(new(last));
                return None;
            }
        }
        self.known.get((*position)?)?.as_ref()
    }
}
