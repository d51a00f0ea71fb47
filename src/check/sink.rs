use std::hash::Hash;
use std::io;

use oxrdf::{TermRef, TripleRef};
use rustc_hash::FxHashSet;

use super::Checker;
use crate::sink::{Mapped, Part, QuadSink, fingerprint};
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
    fn quad(&mut self, quad: Mapped<'_>) -> io::Result<()> {
        if !(self.is_known && quad.rule.is_shared()) {
            push(self.checker, quad);
        } else if quad.rule.part == Part::Core && quad.triple.predicate == rdf::TYPE {
            self.note_type(quad);
        }
        self.sink.quad(quad)
    }

    fn describe(&mut self, key: u128) -> bool {
        self.is_known = !self.checker.known.insert(key);
        self.sink.describe(key)
    }

    fn known(&mut self, quad: Mapped<'_>) {
        self.note_type(quad);
        self.sink.known(quad);
    }
}

impl<S> Checked<'_, '_, S> {
    /// Of a node that was checked before, the type is enough for those that refer to it.
    fn note_type(&mut self, quad: Mapped<'_>) {
        self.checker.elsewhere.insert(hash(quad.triple));
        push(self.checker, quad);
    }
}

fn push(checker: &mut Checker<'_>, quad: Mapped<'_>) {
    let index = u32::try_from(checker.rules.len()).unwrap_or(u32::MAX);
    checker.rules.push(quad.rule);
    checker.validator.push(quad.triple, index);
}

fn hash(triple: TripleRef<'_>) -> u128 {
    fingerprint(|hasher| TermRef::from(triple.subject).hash(hasher))
}

/// Whether the hash of a node is in the set.
pub(super) fn contains(set: &FxHashSet<u128>, node: TermRef<'_>) -> bool {
    !set.is_empty() && set.contains(&fingerprint(|hasher| node.hash(hasher)))
}
