//! [Property paths](https://www.w3.org/TR/shacl/#property-paths): from a node to its values.

use rustc_hash::FxHashSet;

use super::{Engine, TermId, Value, vocab};
use crate::shacl::path::Path;

/// Up to this many values are compared one by one; more go into a set.
pub(super) const FEW: usize = 16;

impl<'a> Engine<'a> {
    /// Pushes the values of a path, each once.
    pub(super) fn walk(&mut self, path: &'a Path<TermId>, node: Value) {
        let start = self.scratch.values.len();
        self.step(path, node, false);
        if !matches!(path, Path::Predicate(_)) {
            self.dedup(start);
        }
    }

    /// Pushes the values of a path, some of them maybe more than once.
    fn step(&mut self, path: &'a Path<TermId>, node: Value, inverse: bool) {
        match path {
            Path::Predicate(predicate) if inverse => {
                let facts = self.view.incoming(node.term, *predicate);
                self.scratch
                    .values
                    .extend(facts.map(|fact| Value { term: fact.subject, origin: fact.origin }));
            }
            Path::Predicate(predicate) => {
                let facts = self.view.outgoing(node.term, *predicate);
                let values = &mut self.scratch.values;
                facts
                    .for_each(|fact| values.push(Value { term: fact.object, origin: fact.origin }));
            }
            Path::Inverse(path) => self.step(path, node, !inverse),
            Path::Sequence(paths) if inverse => self.sequence(paths.iter().rev(), node, true),
            Path::Sequence(paths) => self.sequence(paths.iter(), node, false),
            Path::Alternative(paths) => {
                for path in paths {
                    self.step(path, node, inverse);
                }
            }
            Path::ZeroOrMore(path) => self.closure(path, node, inverse, true),
            Path::OneOrMore(path) => self.closure(path, node, inverse, false),
            Path::ZeroOrOne(path) => {
                self.scratch.values.push(node);
                self.step(path, node, inverse);
            }
        }
    }

    fn sequence(
        &mut self,
        paths: impl Iterator<Item = &'a Path<TermId>>,
        node: Value,
        inverse: bool,
    ) {
        let start = self.scratch.values.len();
        self.scratch.values.push(node);
        for path in paths {
            let end = self.scratch.values.len();
            for position in start..end {
                self.step(path, self.value(position), inverse);
            }
            self.scratch.values.drain(start..end);
            self.dedup(start);
        }
    }

    fn closure(&mut self, path: &'a Path<TermId>, node: Value, inverse: bool, with_self: bool) {
        let start = self.scratch.values.len();
        let mut seen = FxHashSet::default();
        if with_self {
            self.scratch.values.push(node);
            seen.insert(node.term);
        } else {
            self.step(path, node, inverse);
            self.retain_new(start, &mut seen);
        }
        let mut position = start;
        while position < self.scratch.values.len() {
            let end = self.scratch.values.len();
            self.step(path, self.value(position), inverse);
            self.retain_new(end, &mut seen);
            position += 1;
        }
    }

    /// Keeps the values from a position on that are not seen yet.
    fn retain_new(&mut self, start: usize, seen: &mut FxHashSet<TermId>) {
        let mut kept = start;
        for position in start..self.scratch.values.len() {
            let value = self.value(position);
            if seen.insert(value.term) {
                if let Some(place) = self.scratch.values.get_mut(kept) {
                    *place = value;
                }
                kept += 1;
            }
        }
        self.scratch.values.truncate(kept);
    }

    /// Keeps the first of equal values from a position on.
    fn dedup(&mut self, start: usize) {
        if self.scratch.values.len() > start + FEW {
            return self.retain_new(start, &mut FxHashSet::default());
        }
        let mut position = start;
        while position < self.scratch.values.len() {
            let term = self.value(position).term;
            let earlier = self.scratch.values.get(start..position).unwrap_or_default();
            if earlier.iter().any(|value| value.term == term) {
                self.scratch.values.remove(position);
            } else {
                position += 1;
            }
        }
    }

    /// Pushes a class and its superclasses.
    pub(super) fn superclasses(&mut self, class: TermId) {
        let start = self.scratch.values.len();
        self.scratch.values.push(Value { term: class, origin: super::NO_ORIGIN });
        let mut seen = FxHashSet::default();
        seen.insert(class);
        let mut position = start;
        while position < self.scratch.values.len() {
            let end = self.scratch.values.len();
            let facts = self.view.outgoing(self.value(position).term, vocab::RDFS_SUB_CLASS_OF);
            self.scratch
                .values
                .extend(facts.map(|fact| Value { term: fact.object, origin: fact.origin }));
            self.retain_new(end, &mut seen);
            position += 1;
        }
    }
}
