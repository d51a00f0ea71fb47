use std::io;

use super::Checker;
use crate::sink::{Mapped, Part, QuadSink};
use crate::vocab::rdf;

/// Shows the triples of a record to a checker on their way to a sink.
pub(crate) struct Checked<'c, 's, S> {
    checker: &'c mut Checker<'s>,
    sink: S,
    /// Whether the description that goes by was checked before.
    is_known: bool,
}

impl<'c, 's, S> Checked<'c, 's, S> {
    pub(crate) fn new(checker: &'c mut Checker<'s>, sink: S) -> Self {
        Self { checker, sink, is_known: false }
    }
}

impl<S: QuadSink> QuadSink for Checked<'_, '_, S> {
    #[inline]
    fn quad(&mut self, quad: &Mapped<'_>) -> io::Result<()> {
        if !(self.is_known && quad.rule.subject.is_shared()) {
            self.checker.push(quad);
        } else if !quad.rule.is_shared() {
            self.checker.push_linked(quad);
        } else if quad.rule.part == Part::Core && quad.rule.predicate == rdf::TYPE {
            self.note_type(quad);
        }
        self.sink.quad(quad)
    }

    fn describe(&mut self, key: u128) -> bool {
        // What the sink has went by here.
        let is_wanted = self.sink.describe(key);
        self.is_known = !is_wanted || (!self.sink.remembers() && !self.checker.known.insert(key));
        is_wanted
    }

    fn known(&mut self, quad: &Mapped<'_>) {
        self.note_type(quad);
        self.sink.known(quad);
    }
}

impl<S> Checked<'_, '_, S> {
    /// Of a node that was checked before, the type is enough for those that refer to it.
    fn note_type(&mut self, quad: &Mapped<'_>) {
        let node = self.checker.push_to_graph(quad);
        self.checker.elsewhere.insert(node);
    }
}
