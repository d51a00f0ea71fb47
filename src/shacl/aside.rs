//! Nodes that are decided without the graph.
//!
//! A stream has many nodes that nothing refers to and whose triples are made in the same few ways:
//! what tells them apart are some texts. For each way an [`Outline`] says what the shapes still ask
//! of the texts. If a node meets that, its triples need no ids and no graph; the triples of all
//! other nodes go where they would have gone.

mod build;
mod outline;
mod values;

use std::cell::Cell;
use std::ops::Range;

use oxrdf::TermRef;
use rustc_hash::FxHashMap;

use self::build::Builder;
use self::outline::{Data, Outline};
pub(crate) use self::values::NodeForm;
use self::values::Values;
use super::form::{self, Form, ObjectForm};
use super::graph::{Fact, Graph, View};
use super::program::Program;
use super::terms::{Key, TermId, Terms};

/// A node with more triples is not decided here.
const MAX_TRIPLES: usize = 32;

/// How many outlines are kept. Nodes that need others are not decided here.
const MAX_OUTLINES: usize = 1_000;

/// Nodes with all their triples, and the outlines of all that came before.
#[derive(Debug, Default)]
pub(crate) struct Aside<'s> {
    /// The IRIs of nodes, each followed by the objects of its triples, unless these are fixed.
    text: String,
    pieces: Vec<Piece>,
    /// The first piece of each node.
    nodes: Vec<usize>,
    outlines: Outlines<'s>,
    /// What the next node often is like.
    last: Last,
    values: Values<'s>,
}

/// A part of the text.
#[derive(Debug, Clone, Copy)]
struct Piece {
    /// Where it ends; it begins where the one before ends.
    end: usize,
    /// The number of the form of the triple that it is of; nothing for IRIs of nodes.
    number: u32,
}

/// Outlines by the numbers of the forms of the triples.
#[derive(Debug, Default)]
struct Outlines<'s> {
    positions: FxHashMap<Box<[u32]>, usize>,
    outlines: Vec<Known<'s>>,
}

#[derive(Debug)]
struct Known<'s> {
    /// Nothing where texts cannot decide.
    outline: Option<Outline<'s>>,
    /// The first piece of the last node of this record that meets it.
    last: Option<usize>,
}

#[derive(Debug, Default)]
struct Last {
    /// The numbers of the forms of the triples of a node.
    numbers: Vec<u32>,
    outline: Option<usize>,
    /// The object that was looked for.
    object: Cell<TermId>,
}

impl<'s> Aside<'s> {
    /// Begins a node: the triples that follow are its own.
    pub(crate) fn begin(&mut self, node: &str) {
        self.nodes.push(self.pieces.len());
        self.text.push_str(node);
        self.pieces.push(Piece { end: self.text.len(), number: u32::MAX });
    }

    /// Sets a triple of the node aside.
    #[inline]
    pub(crate) fn push(&mut self, (number, form): (u32, &Form), object: TermRef<'_>) {
        if let ObjectForm::Text(_) = form.object {
            self.text.push_str(form::text(object));
        }
        self.pieces.push(Piece { end: self.text.len(), number });
    }

    /// Sets objects of triples of a form aside from now on, if that can be; `node` are their nodes.
    pub(crate) fn add_values(
        &mut self,
        form: (usize, &Form),
        node: NodeForm,
        program: &'s Program,
        terms: &Terms,
    ) -> bool {
        self.values.add(form, node, program, terms)
    }

    /// Sets an object of a node aside, of which the graph has others; says whether it did.
    #[inline]
    pub(crate) fn push_value(&mut self, node: TermId, number: u32, object: &str) -> bool {
        self.values.push(node, number, object)
    }

    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.text.clear();
        self.pieces.clear();
        self.nodes.clear();
        self.outlines.outlines.iter_mut().for_each(|known| known.last = None);
    }

    /// Decides what can be decided here, and moves the triples of the other nodes to the graph
    /// with the rest of the record. Says whether there were some.
    pub(crate) fn settle(
        &mut self,
        program: &'s Program,
        forms: &[Form],
        terms: &mut Terms,
        graph: &mut Graph,
    ) -> bool {
        let known = terms.len();
        for first in &self.nodes {
            terms.intern_key(&Key::iri(self.text(*first)));
        }
        // Otherwise the record refers to one of them, or one comes twice.
        let are_alone = terms.len() - known == self.nodes.len();
        let mut is_rest = self.values.settle(program, forms, terms, graph);
        for node in 0..self.nodes.len() {
            let view = View { record: graph, background: &program.background };
            if !are_alone || !self.conforms(node, (program, forms), terms, view) {
                self.send(node, forms, terms, graph);
                is_rest = true;
            }
        }
        is_rest
    }

    /// The pieces of a node.
    fn range(&self, node: usize) -> Range<usize> {
        let piece = |node| self.nodes.get(node).copied().unwrap_or(self.pieces.len());
        piece(node)..piece(node + 1)
    }

    /// Whether the node conforms for sure.
    fn conforms(
        &mut self,
        node: usize,
        (program, forms): (&'s Program, &[Form]),
        terms: &Terms,
        view: View<'_>,
    ) -> bool {
        let range = self.range(node);
        let pieces = self.pieces.get(range.start + 1..range.end).unwrap_or_default();
        let numbers = pieces.iter().map(|piece| piece.number);
        let last = &mut self.last;
        if !numbers.clone().eq(last.numbers.iter().copied()) {
            last.numbers.clear();
            last.numbers.extend(numbers);
            last.outline = self.outlines.find(&last.numbers, program, forms, terms);
        }
        let known = last.outline.and_then(|position| self.outlines.outlines.get(position));
        let Some(Known { outline: Some(outline), last: like }) = known else { return false };
        let is_as_before = |position| {
            like.is_some_and(|like| self.text(like + position) == self.text(range.start + position))
        };
        let text = |position| self.text(range.start + position);
        let data = Data { text, is_as_before, terms, view, last: &self.last.object };
        let conforms = data.meets_all(outline);
        if let (true, Some(position)) = (conforms, self.last.outline)
            && let Some(known) = self.outlines.outlines.get_mut(position)
        {
            known.last = Some(range.start);
        }
        conforms
    }

    /// Sends the triples of a node to the graph.
    fn send(&self, node: usize, forms: &[Form], terms: &mut Terms, graph: &mut Graph) {
        let range = self.range(node);
        let subject = terms.intern_key(&Key::iri(self.text(range.start)));
        for piece in range.skip(1) {
            let Some(Piece { number, .. }) = self.pieces.get(piece).copied() else { continue };
            let Some(form) = forms.get(number as usize) else { continue };
            let object = match form.object {
                ObjectForm::Term(term) => term,
                ObjectForm::Text(form) => terms.intern_key(&form.key(self.text(piece))),
            };
            graph.push(Fact { subject, predicate: form.predicate, object, origin: number });
        }
    }

    fn text(&self, piece: usize) -> &str {
        let end = |piece: usize| self.pieces.get(piece).map(|piece| piece.end);
        let start = piece.checked_sub(1).and_then(end).unwrap_or(0);
        end(piece).and_then(|end| self.text.get(start..end)).unwrap_or_default()
    }
}

impl<'s> Outlines<'s> {
    /// The position of the outline of a node whose triples have these forms.
    fn find(
        &mut self,
        numbers: &[u32],
        program: &'s Program,
        forms: &[Form],
        terms: &Terms,
    ) -> Option<usize> {
        if let Some(position) = self.positions.get(numbers) {
            return Some(*position);
        }
        let position = self.outlines.len();
        if numbers.len() > MAX_TRIPLES || position >= MAX_OUTLINES {
            return None;
        }
        let forms = numbers.iter().filter_map(|number| forms.get(*number as usize)).copied();
        let outline = Builder::new(program, terms, forms.collect()).outline();
        self.outlines.push(Known { outline, last: None });
        self.positions.insert(numbers.into(), position);
        Some(position)
    }
}
