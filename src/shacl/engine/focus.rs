//! [Targets](https://www.w3.org/TR/shacl/#targets).

use rustc_hash::FxHashMap;

use super::{Answer, Engine, Failure, NO_ORIGIN, ShapeId, TermId, Value, vocab};
use crate::shacl::plan::Bundle;

impl<'a> Engine<'a> {
    /// Finds the focus nodes of all shapes, but for those that surely conform: those of a shape
    /// come in the order of the record.
    pub(super) fn find_focus_nodes(
        &mut self,
        is_wanted_shape: &impl Fn(ShapeId) -> bool,
        is_wanted: &mut impl FnMut(TermId) -> bool,
    ) -> Result<(), Box<Failure>> {
        self.scratch.focus.resize_with(self.program.shapes.len(), Vec::new);
        self.each_focus(Vec::clear);
        self.scratch.focused.clear();
        let targets = &self.program.targets;
        for (term, shape) in &targets.nodes {
            let origin = self.view.record.subject(*term).iter().map(|fact| fact.origin).min();
            let value = Value { term: *term, origin: origin.unwrap_or(NO_ORIGIN) };
            self.add_focus(&[*shape], value);
        }
        let mut by_class = FxHashMap::default();
        for fact in self.view.record.facts() {
            let subject = Value { term: fact.subject, origin: fact.origin };
            if self.program.is_target(fact.predicate) {
                let object = Value { term: fact.object, origin: fact.origin };
                self.add_focus(slice(targets.subjects_of.get(&fact.predicate)), subject);
                self.add_focus(slice(targets.objects_of.get(&fact.predicate)), object);
            }
            if fact.predicate != vocab::RDF_TYPE {
                continue;
            }
            if self.hierarchy {
                let shapes =
                    by_class.entry(fact.object).or_insert_with(|| self.shapes_of(fact.object));
                self.add_focus(shapes, subject);
            } else if let Some(bundle) = self.program.bundle(fact.object) {
                self.add_bundle(bundle, subject, is_wanted_shape, is_wanted)?;
            }
        }
        self.scratch.focused.sort_unstable();
        self.each_focus(|nodes| {
            nodes.sort_unstable_by_key(|node| (node.term, node.origin));
            nodes.dedup_by_key(|node| node.term);
        });
        Ok(())
    }

    /// Adds a node to the focus nodes of the shapes of its class, unless it surely conforms.
    fn add_bundle(
        &mut self,
        bundle: &'a Bundle,
        node: Value,
        is_wanted_shape: &impl Fn(ShapeId) -> bool,
        is_wanted: &mut impl FnMut(TermId) -> bool,
    ) -> Result<(), Box<Failure>> {
        let is_whole = bundle.planned.iter().all(|shape| is_wanted_shape(*shape));
        if is_whole && !is_wanted(node.term) {
            return Ok(());
        }
        self.add_focus(&bundle.others, node);
        if !(is_whole && self.is_done(bundle, node.term)?) {
            self.add_focus(&bundle.planned, node);
        }
        Ok(())
    }

    /// Whether a node need not be asked about the planned shapes of a bundle, as it conforms.
    fn is_done(&mut self, bundle: &'a Bundle, node: TermId) -> Answer {
        self.steps = 0;
        match self.view.only_subject(node) {
            Some(facts) => self.meets(&bundle.plan, node, facts, None),
            None => Ok(false),
        }
    }

    /// Does something with the focus nodes of each shape that has some.
    fn each_focus(&mut self, mut visit: impl FnMut(&mut Vec<Value>)) {
        for shape in &self.scratch.focused {
            self.scratch.focus.get_mut(shape.index()).into_iter().for_each(&mut visit);
        }
    }

    fn add_focus(&mut self, shapes: &[ShapeId], value: Value) {
        for shape in shapes {
            if let Some(nodes) = self.scratch.focus.get_mut(shape.index()) {
                if nodes.is_empty() {
                    self.scratch.focused.push(*shape);
                }
                nodes.push(value);
            }
        }
    }

    /// The focus node at this position of those of a shape.
    pub(super) fn focus_node(&self, shape: ShapeId, position: usize) -> Option<Value> {
        self.scratch.focus.get(shape.index())?.get(position).copied()
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

fn slice(shapes: Option<&Vec<ShapeId>>) -> &[ShapeId] {
    shapes.map(Vec::as_slice).unwrap_or_default()
}
