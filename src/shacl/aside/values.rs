//! Objects of which a node may have any number: what the shapes of the node ask of each by itself.
//! One of them goes to the graph, where it is the same to the shapes how many there are besides.

use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::build::{Builder, Tests};
use super::outline::{Data, Outline};
use crate::shacl::form::{Form, ObjectForm};
use crate::shacl::graph::{Fact, Graph, View};
use crate::shacl::plan::Plan;
use crate::shacl::program::{Check, Program, ShapeId};
use crate::shacl::terms::{TermId, Terms};

/// Objects that were set aside, and what is asked of them.
#[derive(Debug, Default)]
pub(super) struct Values<'s> {
    /// By the number of the form.
    kinds: Vec<Option<Kind<'s>>>,
    text: String,
    items: Vec<Value>,
    /// The object that was looked for last.
    last: Cell<TermId>,
}

/// What is known of a kind of node.
#[derive(Debug)]
pub(crate) struct NodeForm {
    /// All classes that it can have.
    pub(crate) classes: Vec<TermId>,
    /// The predicates of its triples, and of those that may lead to it.
    pub(crate) outgoing: Vec<TermId>,
    pub(crate) incoming: Vec<TermId>,
}

/// Objects of triples of one form.
#[derive(Debug)]
struct Kind<'s> {
    outline: Outline<'s>,
    /// The classes that a node may have, so that the outline is all that is asked.
    classes: Vec<TermId>,
    /// The node of which there is one in the graph.
    node: TermId,
}

#[derive(Debug, Clone, Copy)]
struct Value {
    node: TermId,
    /// The number of the form of its triple.
    number: u32,
    /// Where its text ends; it begins where that of the one before ends.
    end: usize,
}

impl<'s> Values<'s> {
    /// Sets objects of triples of a form aside from now on, if that can be.
    pub(super) fn add(
        &mut self,
        (number, form): (usize, &Form),
        node: NodeForm,
        program: &'s Program,
        terms: &Terms,
    ) -> bool {
        let kind = tests(program, terms, form, &node).map(|tests| Kind {
            outline: Outline::new(tests),
            classes: node.classes,
            node: TermId::MAX,
        });
        self.kinds.resize_with(self.kinds.len().max(number + 1), || None);
        let is_added = kind.is_some();
        self.kinds.get_mut(number).into_iter().zip([kind]).for_each(|(place, kind)| *place = kind);
        is_added
    }

    /// Sets an object aside, unless it is the first one of its node.
    #[inline]
    pub(super) fn push(&mut self, node: TermId, number: u32, object: &str) -> bool {
        let Some(Some(kind)) = self.kinds.get_mut(number as usize) else { return false };
        if kind.node != node {
            kind.node = node;
            return false;
        }
        self.text.push_str(object);
        self.items.push(Value { node, number, end: self.text.len() });
        true
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.items.clear();
        for kind in self.kinds.iter_mut().flatten() {
            kind.node = TermId::MAX;
        }
    }

    /// Moves those to the graph that do not surely meet what is asked of them; says whether there
    /// were some.
    pub(super) fn settle(
        &self,
        program: &'s Program,
        forms: &[Form],
        terms: &mut Terms,
        graph: &mut Graph,
    ) -> bool {
        let (mut start, mut is_rest) = (0, false);
        for value in &self.items {
            let text = self.text.get(start..value.end).unwrap_or_default();
            start = value.end;
            let view = View { record: graph, background: &program.background };
            if self.conforms(value, text, terms, view) {
                continue;
            }
            let Some(form) = forms.get(value.number as usize) else { continue };
            let ObjectForm::Text(text_form) = form.object else { continue };
            let (subject, predicate) = (value.node, form.predicate);
            let object = terms.intern_key(&text_form.key(text));
            graph.push(Fact { subject, predicate, object, origin: value.number });
            is_rest = true;
        }
        is_rest
    }

    fn conforms(&self, value: &Value, text: &str, terms: &Terms, view: View<'_>) -> bool {
        let Some(Some(kind)) = self.kinds.get(value.number as usize) else { return false };
        let mut classes = view.types(value.node);
        let data = Data { text: |_| text, is_as_before: |_| false, terms, view, last: &self.last };
        classes.all(|class| kind.classes.contains(&class)) && data.meets_all(&kind.outline)
    }
}

/// What the shapes of a kind of node ask of each object of a form, if they ask for nothing else but
/// that there is one.
fn tests<'s>(program: &'s Program, terms: &Terms, form: &Form, node: &NodeForm) -> Tests<'s> {
    let ObjectForm::Text(text_form) = form.object else { return None };
    let builder = Builder::new(program, terms, Vec::new());
    let mut tests = Vec::new();
    for id in shapes(program, node) {
        let shape = program.shape(id)?;
        if shape.deactivated {
            continue;
        }
        let plan = &shape.plan;
        let own = plan.properties.iter().find(|property| property.predicate == form.predicate);
        let is_in_path = shape.path.as_ref().is_some_and(|path| path.has_step(&form.predicate));
        if is_in_path
            || (plan.is_closed && own.is_none())
            || rest_looks_at(program, plan, form.predicate)
        {
            return None;
        }
        if let Some(property) = own {
            let is_of_each = property.has.is_empty() && property.counts.is_empty();
            if property.max < i64::MAX || property.min > 1 || !is_of_each {
                return None;
            }
            tests.extend(builder.text_of(property, text_form)?);
        }
    }
    Some(tests)
}

/// The shapes that a kind of node is a target of, each once, but for those that name it.
fn shapes(program: &Program, node: &NodeForm) -> Vec<ShapeId> {
    let targets = &program.targets;
    let of = |map: &FxHashMap<TermId, Vec<ShapeId>>, terms: &[TermId]| {
        let shapes = terms.iter().filter_map(|term| map.get(term)).flatten();
        shapes.copied().collect::<Vec<_>>()
    };
    let mut shapes = [
        of(&targets.classes, &node.classes),
        of(&targets.subjects_of, &node.outgoing),
        of(&targets.objects_of, &node.incoming),
    ]
    .concat();
    shapes.sort_unstable();
    shapes.dedup();
    shapes
}

/// Whether what is no part of the properties of a plan looks at a predicate.
fn rest_looks_at(program: &Program, plan: &Plan, predicate: TermId) -> bool {
    let node = plan.node.iter().map(|planned| (planned.shape, planned.position));
    let mut checks = node.chain(plan.rest.iter().copied()).map(|(shape, position)| {
        let constraint = program.shape(shape)?.constraints.get(position)?;
        Some(&constraint.check)
    });
    checks.any(|check| check.is_none_or(|check| looks_at(program, check, predicate)))
}

/// Whether a constraint or a shape inside it looks at a predicate.
fn looks_at(program: &Program, check: &Check, predicate: TermId) -> bool {
    let (mut open, mut seen) = (vec![check], FxHashSet::default());
    while let Some(check) = open.pop() {
        if looks_itself_at(check, predicate) {
            return true;
        }
        let inner = check.shapes().filter(|id| seen.insert(*id));
        for shape in inner.filter_map(|id| program.shape(id)) {
            if shape.path.as_ref().is_some_and(|path| path.has_step(&predicate)) {
                return true;
            }
            open.extend(shape.constraints.iter().map(|constraint| &constraint.check));
        }
    }
    false
}

/// Whether a constraint looks at a predicate, whatever the shapes inside it do.
fn looks_itself_at(check: &Check, predicate: TermId) -> bool {
    match check {
        Check::Pair(_, path) => path.has_step(&predicate),
        Check::Closed(allowed) => !allowed.contains(&predicate),
        Check::UniqueValuesFor(_) => true,
        #[cfg(feature = "sparql")]
        Check::Query(_) => true,
        _ => false,
    }
}
