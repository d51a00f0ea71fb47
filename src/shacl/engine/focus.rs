//! [Targets](https://www.w3.org/TR/shacl/#targets).

use rustc_hash::FxHashMap;

use super::{Engine, NO_ORIGIN, ShapeId, TermId, Value, vocab};

/// A node that a shape starts from.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Focus {
    pub(crate) shape: ShapeId,
    pub(crate) value: Value,
}

impl Focus {
    /// A number that sorts by shape, node and origin: faster than comparing three.
    fn key(&self) -> u128 {
        let parts = [self.shape.0, self.value.term.0, self.value.origin];
        parts.into_iter().fold(0, |key, part| key << 32 | u128::from(part))
    }
}

impl Engine<'_> {
    /// Finds the focus nodes of all shapes: those of a shape come in the order of the record.
    pub(super) fn find_focus_nodes(&mut self) {
        self.scratch.focus.clear();
        let targets = &self.program.targets;
        for (term, shape) in &targets.nodes {
            let origin = self.view.record.subject(*term).iter().map(|fact| fact.origin).min();
            let value = Value { term: *term, origin: origin.unwrap_or(NO_ORIGIN) };
            self.scratch.focus.push(Focus { shape: *shape, value });
        }
        let has_property_targets =
            !(targets.subjects_of.is_empty() && targets.objects_of.is_empty());
        let mut by_class = FxHashMap::default();
        for fact in self.view.record.facts() {
            let subject = Value { term: fact.subject, origin: fact.origin };
            let object = Value { term: fact.object, origin: fact.origin };
            if has_property_targets {
                self.add_focus(targets.subjects_of.get(&fact.predicate), subject);
                self.add_focus(targets.objects_of.get(&fact.predicate), object);
            }
            if fact.predicate == vocab::RDF_TYPE && self.hierarchy {
                let shapes =
                    by_class.entry(fact.object).or_insert_with(|| self.shapes_of(fact.object));
                self.add_focus(Some(shapes), subject);
            } else if fact.predicate == vocab::RDF_TYPE {
                self.add_focus(targets.classes.get(&fact.object), subject);
            }
        }
        let focus = &mut self.scratch.focus;
        focus.sort_unstable_by_key(Focus::key);
        focus.dedup_by_key(|one| (one.shape, one.value.term));
    }

    fn add_focus(&mut self, shapes: Option<&Vec<ShapeId>>, value: Value) {
        for shape in shapes.map(Vec::as_slice).unwrap_or_default() {
            self.scratch.focus.push(Focus { shape: *shape, value });
        }
    }

    /// The shapes whose target is a class or a superclass of it.
    fn shapes_of(&mut self, class: TermId) -> Vec<ShapeId> {
        let start = self.scratch.values.len();
        self.superclasses(class);
        let classes = self.scratch.values.get(start..).unwrap_or_default().iter();
        let shapes = classes
            .filter_map(|class| self.program.targets.classes.get(&class.term))
            .flatten()
            .copied()
            .collect();
        self.scratch.values.truncate(start);
        shapes
    }
}
