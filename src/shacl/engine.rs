//! Validation: a [`Program`] and a record in, [`Finding`]s out.

mod finding;
mod focus;
mod logic;
mod planned;
mod sets;
mod unique;
mod value;
mod walk;

use super::error::Failure;
use super::graph::{Fact, NO_ORIGIN, View};
use super::options::Version;
use super::program::{Check, Constraint, Program, Shape, ShapeId};
use super::terms::{Kind, TermId, Terms};
use super::vocab;

#[cfg(feature = "sparql")]
pub(crate) use self::finding::Extra;
pub(crate) use self::finding::{Finding, FindingPath};
use self::unique::Keys;
pub(crate) use self::value::is_met;

/// How many shapes may be inside one another. Only recursive shapes on long chains of nodes come
/// near; a thread with a stack of 2 MiB bears twice as much.
const MAX_DEPTH: usize = 400;

/// How often one focus node may lead to a recursive shape: where each node leads to all others,
/// there are more ways than can be walked.
const MAX_STEPS: u32 = 1_000_000;

/// A node, and the triple that led to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Value {
    pub(crate) term: TermId,
    pub(crate) origin: u32,
}

/// Where results go. Without a place for them a check stops at the first one.
pub(crate) type Out<'o> = Option<&'o mut Vec<Finding>>;

/// Whether something holds. The failure is in a box, as answers are many and failures few.
pub(crate) type Answer = Result<bool, Box<Failure>>;

/// The memory an engine works in; it is kept from record to record.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// A stack of value nodes: each shape in progress has a range of it.
    values: Vec<Value>,
    /// The recursive shapes in progress, with their focus nodes.
    in_progress: Vec<(ShapeId, TermId)>,
    /// The focus nodes of each shape.
    focus: Vec<Vec<Value>>,
    /// The shapes that have focus nodes.
    focused: Vec<ShapeId>,
    /// The last value of each property of the plans that met its constraints.
    fitting: Vec<TermId>,
    keys: Keys,
}

/// One record in validation.
pub(crate) struct Engine<'a> {
    pub(crate) program: &'a Program,
    pub(crate) view: View<'a>,
    pub(crate) lexicon: &'a Terms,
    scratch: &'a mut Scratch,
    depth: usize,
    /// How often the focus node has led to a recursive shape.
    steps: u32,
    /// Whether the data say that a class is a subclass of another.
    hierarchy: bool,
    /// How the IRIs of nodes begin that are described elsewhere.
    incomplete: Vec<&'a str>,
    /// The triples of the last node that met a shape which asks for no more than triples.
    met: Option<(ShapeId, &'a [Fact])>,
}

/// A constraint that is being checked.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Site<'a> {
    pub(crate) id: ShapeId,
    pub(crate) shape: &'a Shape,
    pub(crate) constraint: &'a Constraint,
    /// The position of the constraint.
    position: usize,
    pub(crate) focus: Value,
    /// The range of the value nodes.
    start: usize,
    end: usize,
}

impl<'a> Engine<'a> {
    pub(crate) fn new(
        program: &'a Program,
        view: View<'a>,
        lexicon: &'a Terms,
        scratch: &'a mut Scratch,
    ) -> Self {
        let facts = || view.record.facts().iter().chain(view.background.facts());
        let hierarchy = facts().any(|fact| fact.predicate == vocab::RDFS_SUB_CLASS_OF);
        let incomplete = match program.version {
            Version::V1_0 => Vec::new(),
            Version::V1_2 => facts()
                .filter(|fact| fact.predicate == vocab::INCOMPLETE_URI_START)
                .map(|fact| lexicon.key(fact.object).text)
                .collect(),
        };
        scratch.values.clear();
        scratch.in_progress.clear();
        scratch.keys.clear();
        scratch.fitting.clear();
        scratch.fitting.resize(program.properties, TermId::MAX);
        Self {
            program,
            view,
            lexicon,
            scratch,
            depth: 0,
            steps: 0,
            hierarchy,
            incomplete,
            met: None,
        }
    }

    /// Validates the focus nodes that are wanted against the shapes that are; says whether they
    /// conform.
    pub(crate) fn run(
        &mut self,
        is_wanted_shape: impl Fn(ShapeId) -> bool,
        mut is_wanted: impl FnMut(TermId) -> bool,
        mut out: Out<'_>,
    ) -> Answer {
        self.find_focus_nodes(&is_wanted_shape, &mut is_wanted)?;
        let mut conforms = true;
        let mut number = 0;
        while let Some(shape) = self.scratch.focused.get(number).copied() {
            number += 1;
            let mut position = 0;
            if !is_wanted_shape(shape) {
                continue;
            }
            while let Some(focus) = self.focus_node(shape, position) {
                position += 1;
                self.steps = 0;
                if is_wanted(focus.term) {
                    conforms &= self.shape(shape, focus, out.as_deref_mut())?;
                }
                if !conforms && out.is_none() {
                    return Ok(false);
                }
            }
        }
        Ok(conforms)
    }

    /// Whether a node conforms to a shape.
    pub(crate) fn shape(&mut self, id: ShapeId, focus: Value, out: Out<'_>) -> Answer {
        let Some(shape) = self.program.shape(id).filter(|shape| !shape.deactivated) else {
            return Ok(true);
        };
        if shape.recursive {
            if self.scratch.in_progress.contains(&(id, focus.term)) {
                return Ok(true);
            }
            self.scratch.in_progress.push((id, focus.term));
            self.steps += 1;
            if self.steps > MAX_STEPS {
                return Err(Box::new(Failure::TooManySteps(
                    self.lexicon.term(shape.node).to_string(),
                )));
            }
        }
        if self.depth >= MAX_DEPTH {
            return Err(Box::new(Failure::TooDeep(self.lexicon.term(shape.node).to_string())));
        }
        self.depth += 1;
        let result = self.constraints(id, shape, focus, out);
        self.depth -= 1;
        if shape.recursive {
            self.scratch.in_progress.pop();
        }
        result
    }

    fn constraints(&mut self, id: ShapeId, shape: &'a Shape, focus: Value, out: Out<'_>) -> Answer {
        let is_planned = shape.path.is_none() || !shape.plan.properties.is_empty();
        let facts = if is_planned { self.view.only_subject(focus.term) } else { None };
        let mut unmet = Vec::new();
        let is_met = match facts {
            Some(facts) => {
                let unmet = out.is_some().then_some(&mut unmet);
                self.meets(&shape.plan, focus.term, facts, unmet)?
            }
            None => false,
        };
        let is_clear = if is_met { shape.plan.rest.is_empty() } else { out.is_none() };
        if facts.is_some() && is_clear {
            return Ok(is_met);
        }
        let start = self.scratch.values.len();
        match &shape.path {
            Some(path) => self.walk(path, focus),
            None => self.scratch.values.push(focus),
        }
        let end = self.scratch.values.len();
        let site =
            |(position, constraint)| Site { id, shape, constraint, position, focus, start, end };
        let conforms = if is_met {
            let constraint =
                |(_, position): &(_, usize)| Some((*position, shape.constraints.get(*position)?));
            self.check_all(shape.plan.rest.iter().filter_map(constraint).map(site), out)
        } else {
            let program = self.program;
            let is_open = |(position, constraint): &(usize, &Constraint)| {
                facts.is_none()
                    || !planned::is_surely_met(program, shape, (*position, constraint), &unmet)
            };
            let constraints = shape.constraints.iter().enumerate().filter(is_open);
            self.check_all(constraints.map(site), out)
        };
        self.scratch.values.truncate(start);
        conforms
    }

    fn check_all(&mut self, sites: impl Iterator<Item = Site<'a>>, mut out: Out<'_>) -> Answer {
        let mut conforms = true;
        for site in sites {
            conforms &= self.check(&site, out.as_deref_mut())?;
            if !conforms && out.is_none() {
                break;
            }
        }
        Ok(conforms)
    }

    fn check(&mut self, site: &Site<'a>, out: Out<'_>) -> Answer {
        match &site.constraint.check {
            Check::Value(check) => Ok(self.each_value(site, check, out)),
            Check::MinCount(count) => Ok(self.min_count(site, *count, out)),
            Check::MaxCount(count) => Ok(self.max_count(site, *count, out)),
            Check::HasValue(value) => Ok(self.has_value(site, *value, out)),
            Check::UniqueLang => Ok(self.unique_lang(site, out)),
            Check::Pair(pair, path) => Ok(self.pair(site, *pair, path, out)),
            Check::Closed(allowed) => Ok(self.closed(site, allowed, out)),
            Check::UniqueValuesFor(paths) => Ok(self.unique_values(site, paths, out)),
            Check::Not(shape) => self.not(site, *shape, out),
            Check::And(shapes) => self.and(site, shapes, out),
            Check::Or(shapes) => self.or(site, shapes, out),
            Check::Xone(shapes) => self.xone(site, shapes, out),
            Check::Node(shape) => self.node(site, *shape, out),
            Check::Property(shape) => self.property(site, *shape, out),
            Check::QualifiedMin(count, qualified) => {
                self.qualified_min(site, *count, qualified, out)
            }
            Check::QualifiedMax(count, qualified) => {
                self.qualified_max(site, *count, qualified, out)
            }
            Check::SomeValue(shape) => self.some_value(site, *shape, out),
            #[cfg(feature = "sparql")]
            Check::Query(query) => query.check(self, site, out),
        }
    }

    /// The value nodes of a constraint.
    pub(crate) fn values(&self, site: &Site<'_>) -> &[Value] {
        self.scratch.values.get(site.start..site.end).unwrap_or_default()
    }

    fn value(&self, position: usize) -> Value {
        let nothing = Value { term: TermId::MAX, origin: NO_ORIGIN };
        self.scratch.values.get(position).copied().unwrap_or(nothing)
    }

    /// Whether [SHACL 1.2](https://www.w3.org/TR/shacl12-core/) takes a node as described
    /// elsewhere, so that nothing can be missing from it.
    fn is_incomplete(&self, node: TermId) -> bool {
        if self.program.version != Version::V1_2 {
            return false;
        }
        if let Some(fact) = self.view.outgoing(node, vocab::INCOMPLETE).next() {
            return self.lexicon.key(fact.object).text == "true";
        }
        let key = self.lexicon.key(node);
        let is_start = |start: &&str| key.text.starts_with(*start);
        key.kind == Kind::Iri && self.incomplete.iter().any(is_start)
    }
}
