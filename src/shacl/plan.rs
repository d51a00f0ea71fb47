//! The simple constraints of a shape and of its property shapes, put together.

use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::path::Path;
use super::pattern::Pattern;
use super::program::{Check, NodeKinds, Pair, Shape, ShapeId, ValueCheck};
use super::terms::TermId;
use super::vocab;

/// What a node must be and have to meet the simple constraints of a shape and those of all its
/// simple property shapes, and to have no other properties if the shape is closed.
///
/// Most nodes do, which is known sooner in one pass over their triples than shape by shape. Where
/// a node does not, the shapes are asked one by one, to say which it breaks.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// The constraints on the node itself.
    pub(crate) node: Box<[Planned]>,
    /// By predicate.
    pub(crate) properties: Box<[Property]>,
    /// Whether a node may have no other properties.
    pub(crate) is_closed: bool,
    /// The constraints that are not in the plan: shapes, and positions in them.
    pub(crate) rest: Box<[(ShapeId, usize)]>,
}

/// A constraint on a node, whatever its triples are.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) shape: ShapeId,
    /// The position of the constraint in the shape.
    pub(crate) position: usize,
    /// Whether the constraint must not be met.
    pub(crate) is_negated: bool,
    /// The pattern, if it is that which the constraint asks for, as most do.
    pub(crate) pattern: Option<Arc<Pattern>>,
}

impl Planned {
    /// The constraint at this position of a shape: where it says that another constraint must not
    /// be met and nothing else, it is that one.
    fn new(check: &Check, (shape, position): (ShapeId, usize), shapes: &[Shape]) -> Self {
        let negated = || {
            let Check::Not(inner) = check else { return None };
            let shape = shapes.get(inner.index())?;
            let [constraint] = &*shape.constraints else { return None };
            let is_plain = matches!(constraint.check, Check::Value(_));
            let is_one = is_plain && shape.path.is_none() && !shape.deactivated;
            is_one.then_some((*inner, &constraint.check))
        };
        let pattern = |check: &Check| match check {
            Check::Value(ValueCheck::Pattern(pattern)) => Some(Arc::clone(pattern)),
            _ => None,
        };
        match negated() {
            Some((shape, check)) => {
                Self { shape, position: 0, is_negated: true, pattern: pattern(check) }
            }
            None => Self { shape, position, is_negated: false, pattern: pattern(check) },
        }
    }
}

/// The shapes whose target is a class.
#[derive(Debug, Default)]
pub(crate) struct Bundle {
    /// Those that are no more than their plans, and these put together.
    pub(crate) planned: Box<[ShapeId]>,
    pub(crate) plan: Plan,
    pub(crate) others: Box<[ShapeId]>,
}

impl Bundle {
    /// The bundle of some of these shapes; `first` is the number of its first property.
    pub(crate) fn new(ids: &[ShapeId], shapes: &[Shape], first: usize) -> Self {
        let is_planned = |id: &ShapeId| {
            let shape = shapes.get(id.index());
            shape.is_some_and(|shape| shape.path.is_none() && shape.plan.rest.is_empty())
        };
        let (planned, others): (Vec<_>, Vec<_>) = ids.iter().copied().partition(is_planned);
        let plan = Plan::new(&planned, shapes, first);
        Self { planned: planned.into(), plan, others: others.into() }
    }
}

/// What the values of a predicate must be.
#[derive(Debug)]
pub(crate) struct Property {
    /// The number of the property among those of all plans.
    pub(crate) number: usize,
    pub(crate) predicate: TermId,
    pub(crate) min: i64,
    pub(crate) max: i64,
    /// Values that must be there, each once.
    pub(crate) has: Vec<TermId>,
    pub(crate) kinds: NodeKinds,
    /// The datatype, if it is one whose literals are all well-formed.
    pub(crate) datatype: Option<TermId>,
    /// The other constraints on each value.
    pub(crate) checks: Vec<Planned>,
    /// How many values must conform to shapes.
    pub(crate) counts: Vec<Count>,
    /// The predicates that must have the same values.
    pub(crate) equals: Vec<TermId>,
}

/// How many values must conform to a shape.
#[derive(Debug)]
pub(crate) struct Count {
    pub(crate) shape: ShapeId,
    pub(crate) min: i64,
    pub(crate) max: i64,
}

impl Plan {
    /// The plan of some of these shapes; `first` is the number of its first property.
    pub(crate) fn new(ids: &[ShapeId], shapes: &[Shape], first: usize) -> Self {
        let mut plan = Self::default();
        let mut properties = BTreeMap::new();
        let (mut node, mut rest, mut closed) = (Vec::new(), Vec::new(), Vec::new());
        let shape = |id: &ShapeId| Some((*id, shapes.get(id.index())?));
        let active = ids.iter().filter_map(shape).filter(|(_, shape)| !shape.deactivated);
        for (id, shape) in active {
            let places = (0..shape.constraints.len()).map(|position| (id, position));
            if shape.path.is_some() {
                let is_planned = add(&mut properties, id, shapes).is_some();
                rest.extend(places.filter(|_| !is_planned));
                continue;
            }
            for (place, constraint) in places.zip(&shape.constraints) {
                match &constraint.check {
                    Check::Property(id) if add(&mut properties, *id, shapes).is_some() => {}
                    Check::Closed(allowed) => closed.push(allowed),
                    check if is_of_value(check, shapes) => {
                        node.push(Planned::new(check, place, shapes));
                    }
                    _ => rest.push(place),
                }
            }
        }
        for allowed in closed {
            plan.is_closed = true;
            close(&mut properties, allowed);
        }
        plan.properties = properties.into_values().collect();
        for (number, property) in (first..).zip(&mut plan.properties) {
            property.number = number;
        }
        (plan.node, plan.rest) = (node.into(), rest.into());
        plan
    }
}

impl Property {
    fn new(predicate: TermId) -> Self {
        Self {
            number: 0,
            predicate,
            min: 0,
            max: i64::MAX,
            has: Vec::new(),
            kinds: NodeKinds::ALL,
            datatype: None,
            checks: Vec::new(),
            counts: Vec::new(),
            equals: Vec::new(),
        }
    }

    /// Adds a constraint, which is at this place.
    fn add(&mut self, check: &Check, place: (ShapeId, usize), shapes: &[Shape]) {
        match check {
            Check::MinCount(count) => self.min = self.min.max(*count),
            Check::MaxCount(count) => self.max = self.max.min(*count),
            Check::HasValue(value) if self.has.contains(value) => {}
            Check::HasValue(value) => self.has.push(*value),
            Check::QualifiedMin(min, qualified) => {
                self.counts.push(Count { shape: qualified.shape, min: *min, max: i64::MAX });
            }
            Check::QualifiedMax(max, qualified) => {
                self.counts.push(Count { shape: qualified.shape, min: 0, max: *max });
            }
            Check::Pair(Pair::Equals, Path::Predicate(other)) => self.equals.push(*other),
            Check::Value(ValueCheck::NodeKind(kinds)) => {
                self.kinds = self.kinds.intersection(*kinds);
            }
            Check::Value(ValueCheck::Datatype(datatypes))
                if self.datatype.is_none() && **datatypes == [vocab::XSD_STRING] =>
            {
                self.datatype = Some(vocab::XSD_STRING);
            }
            _ => self.checks.push(Planned::new(check, place, shapes)),
        }
    }
}

/// Adds the predicates that a closed shape allows, and takes all values from the others.
fn close(properties: &mut BTreeMap<TermId, Property>, allowed: &FxHashSet<TermId>) {
    for property in properties.values_mut().filter(|one| !allowed.contains(&one.predicate)) {
        property.max = 0;
    }
    let mut allowed: Vec<_> = allowed.iter().copied().collect();
    allowed.sort_unstable();
    for predicate in allowed {
        properties.entry(predicate).or_insert_with(|| Property::new(predicate));
    }
}

/// Adds what a property shape asks for, if it is simple.
fn add(properties: &mut BTreeMap<TermId, Property>, id: ShapeId, shapes: &[Shape]) -> Option<()> {
    let shape = shapes.get(id.index())?;
    let (predicates, is_one) = match shape.path.as_ref()? {
        Path::Predicate(predicate) => (vec![*predicate], true),
        Path::Alternative(paths) => (predicates(paths)?, false),
        _ => return None,
    };
    if shape.deactivated {
        return Some(());
    }
    let is_simple = |check: &Check| {
        let is_of_all = match check {
            Check::MinCount(_)
            | Check::MaxCount(_)
            | Check::HasValue(_)
            | Check::Pair(Pair::Equals, Path::Predicate(_)) => true,
            Check::QualifiedMin(_, qualified) | Check::QualifiedMax(_, qualified) => {
                qualified.siblings.is_empty() && !is_recursive(check, shapes)
            }
            _ => false,
        };
        (is_of_all && is_one) || is_of_value(check, shapes)
    };
    if !shape.constraints.iter().all(|constraint| is_simple(&constraint.check)) {
        return None;
    }
    for predicate in predicates {
        let property = properties.entry(predicate).or_insert_with(|| Property::new(predicate));
        for (position, constraint) in shape.constraints.iter().enumerate() {
            property.add(&constraint.check, (id, position), shapes);
        }
    }
    Some(())
}

/// The predicates of paths, if each is one.
fn predicates(paths: &[Path<TermId>]) -> Option<Vec<TermId>> {
    let predicate = |path: &Path<TermId>| match path {
        Path::Predicate(predicate) => Some(*predicate),
        _ => None,
    };
    paths.iter().map(predicate).collect()
}

/// Whether a constraint is one on each value, whatever the other values are and however the value
/// was come by.
fn is_of_value(check: &Check, shapes: &[Shape]) -> bool {
    match check {
        Check::Value(_) => true,
        Check::Node(_) | Check::Not(_) | Check::And(_) | Check::Or(_) | Check::Xone(_) => {
            !is_recursive(check, shapes)
        }
        _ => false,
    }
}

/// Whether a shape that a constraint refers to can come back to itself.
fn is_recursive(check: &Check, shapes: &[Shape]) -> bool {
    let mut inner = check.shapes();
    inner.any(|id| shapes.get(id.index()).is_some_and(|shape| shape.recursive))
}
