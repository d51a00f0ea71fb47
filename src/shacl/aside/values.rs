//! Objects of which a node may have any number: what the shapes of the node ask of each by itself.
//! One of them goes to the graph, where it is the same to the shapes how many there are besides.

use rustc_hash::{FxHashMap, FxHashSet};

use super::asks::{Ask, Data};
use super::build::{Builder, Tests};
use super::outline::Test;
use crate::shacl::form::{Form, Formed, ObjectForm, TextForm};
use crate::shacl::graph::{Fact, Graph, View};
use crate::shacl::plan::Plan;
use crate::shacl::program::{Check, Program, ShapeId};
use crate::shacl::terms::{TermId, Terms};

/// Objects that were set aside, and what is asked of them.
#[derive(Debug, Default)]
pub(crate) struct Values<'s> {
    /// By the number of the form.
    kinds: Vec<Option<Kind<'s>>>,
    /// The nodes that have objects here, with the number of the form.
    nodes: Vec<(u32, TermId)>,
    items: Vec<Value>,
    /// The texts of those that are no terms.
    text: String,
    /// The term that came last: the next one often is the one after it.
    last: TermId,
}

#[derive(Debug, Clone, Copy)]
struct Value {
    node: TermId,
    /// The number of the form of its triple.
    number: u32,
    object: Object,
}

#[derive(Debug, Clone, Copy)]
enum Object {
    /// A node whose classes are asked for.
    Node(TermId),
    /// Where its text ends; it begins where that of the one before ends.
    Text(usize),
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
    form: TextForm,
    /// What is asked of the text.
    asks: Vec<Ask<'s>>,
    /// What is asked of the classes.
    of_classes: Vec<Ask<'s>>,
    /// The classes that a node may have, so that this is all that is asked.
    classes: Vec<TermId>,
    /// The node of which there is one in the graph.
    node: TermId,
}

impl<'s> Kind<'s> {
    fn new(form: &Form, node: NodeForm, program: &'s Program, terms: &Terms) -> Option<Self> {
        let ObjectForm::Text(text_form) = form.object else { return None };
        let (mut asks, mut of_classes) = (Vec::new(), Vec::new());
        for test in tests(program, terms, (form, text_form), &node)? {
            match test {
                Test::One((_, ask)) if ask.is_of_classes() => of_classes.push(ask),
                Test::One((_, ask)) => asks.push(ask),
                Test::Not(_) | Test::Any(_) => return None,
            }
        }
        Some(Self { form: text_form, asks, of_classes, classes: node.classes, node: TermId::MAX })
    }
}

impl<'s> Values<'s> {
    /// Sets objects of triples of a form aside from now on, if that can be.
    pub(crate) fn add(
        &mut self,
        form: (usize, &Form),
        node: NodeForm,
        program: &'s Program,
        terms: &Terms,
    ) -> bool {
        let kind = Kind::new(form.1, node, program, terms);
        let is_added = kind.is_some();
        self.kinds.resize_with(self.kinds.len().max(form.0 + 1), || None);
        self.kinds.get_mut(form.0).into_iter().zip([kind]).for_each(|(place, kind)| *place = kind);
        is_added
    }

    /// Sets an object aside, unless it is the first one of its node or surely does not meet what is
    /// asked of it.
    #[inline]
    pub(crate) fn push(
        &mut self,
        node: TermId,
        triple: &Formed<'_>,
        terms: &mut Terms,
        view: View<'_>,
    ) -> bool {
        let Formed { number, object, .. } = *triple;
        let Some(Some(kind)) = self.kinds.get_mut(number as usize) else { return false };
        if kind.node != node {
            kind.node = node;
            self.nodes.push((number, node));
            return false;
        }
        let (data, mut guess) = (Data { terms, view }, TermId::default());
        if !kind.asks.iter().all(|ask| ask.answer((&kind.form, object), data, &mut guess)) {
            return false;
        }
        let object = if kind.of_classes.is_empty() {
            self.text.push_str(object);
            Object::Text(self.text.len())
        } else {
            self.last = terms.intern_near(self.last.next(), &kind.form.key(object));
            Object::Node(self.last)
        };
        self.items.push(Value { node, number, object });
        true
    }

    pub(super) fn clear(&mut self) {
        self.nodes.clear();
        self.items.clear();
        self.text.clear();
        for kind in self.kinds.iter_mut().flatten() {
            kind.node = TermId::MAX;
        }
    }

    /// Moves those to the graph that do not surely meet what is asked of them.
    pub(super) fn settle(
        &self,
        program: &'s Program,
        forms: &[Form],
        terms: &mut Terms,
        graph: &mut Graph,
    ) {
        let kind = |number: u32| self.kinds.get(number as usize)?.as_ref();
        let view = View { record: graph, background: &program.background };
        let is_known = |(number, node): &(u32, TermId)| {
            let mut classes = view.types(*node);
            kind(*number).is_some_and(|kind| classes.all(|class| kind.classes.contains(&class)))
        };
        let are_known = self.nodes.iter().all(is_known);
        let mut start = 0;
        for Value { node, number, object } in self.items.iter().copied() {
            let view = View { record: graph, background: &program.background };
            let object = match object {
                Object::Text(end) => {
                    let text = self.text.get(start..end).unwrap_or_default();
                    start = end;
                    if are_known {
                        continue;
                    }
                    let Some(kind) = kind(number) else { continue };
                    terms.intern_key(&kind.form.key(text))
                }
                Object::Node(object) => {
                    let asks = kind(number).map(|kind| kind.of_classes.as_slice());
                    let mut asks = asks.unwrap_or_default().iter();
                    if are_known && asks.all(|ask| ask.answer_of_node(object, view)) {
                        continue;
                    }
                    object
                }
            };
            let Some(Form { predicate, .. }) = forms.get(number as usize).copied() else {
                continue;
            };
            graph.push(Fact { subject: node, predicate, object, origin: number });
        }
    }
}

/// What the shapes of a kind of node ask of each object of a form, if they ask for nothing else but
/// that there is one.
fn tests<'s>(
    program: &'s Program,
    terms: &Terms,
    (form, text_form): (&Form, TextForm),
    node: &NodeForm,
) -> Tests<'s> {
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
            || plan.properties.iter().any(|one| one.equals.contains(&form.predicate))
            || rest_looks_at(program, plan, form.predicate)
        {
            return None;
        }
        if let Some(property) = own {
            let is_of_each =
                property.has.is_empty() && property.counts.is_empty() && property.equals.is_empty();
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
