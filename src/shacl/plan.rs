//! The simple property shapes of a node shape, put together.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::path::Path;
use super::program::{Check, NodeKinds, Shape, ShapeId, ValueCheck};
use super::terms::TermId;
use super::vocab;

/// What a node must have to meet all simple property shapes of a node shape, and to have no other
/// properties if the shape is closed.
///
/// Most nodes do, which is known sooner in one pass over their triples than shape by shape. Where
/// a node does not, the shapes are asked one by one, to say which it breaks.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// By predicate.
    pub(crate) properties: Box<[Property]>,
    /// Whether a node may have no other properties.
    pub(crate) is_closed: bool,
    /// The positions of the constraints that are not in the plan.
    pub(crate) rest: Box<[usize]>,
}

/// What the values of a predicate must be.
#[derive(Debug)]
pub(crate) struct Property {
    /// The number of the property among those of all plans.
    pub(crate) number: usize,
    pub(crate) predicate: TermId,
    pub(crate) min: i64,
    pub(crate) max: i64,
    pub(crate) has: Vec<TermId>,
    pub(crate) kinds: NodeKinds,
    /// The datatype, if it is one whose literals are all well-formed.
    pub(crate) datatype: Option<TermId>,
    /// The other constraints on each value: shapes, and positions in them.
    pub(crate) checks: Vec<(ShapeId, usize)>,
}

impl Plan {
    /// The plan of a shape of these; `first` is the number of its first property.
    pub(crate) fn new(shape: &Shape, shapes: &[Shape], first: usize) -> Self {
        let mut plan = Self::default();
        let mut properties = BTreeMap::new();
        let mut rest = Vec::new();
        for (position, constraint) in shape.constraints.iter().enumerate() {
            let is_planned = match &constraint.check {
                _ if shape.path.is_some() => false,
                Check::Property(id) => shapes
                    .get(id.index())
                    .is_some_and(|shape| add(&mut properties, *id, shape).is_some()),
                Check::Closed(_) => true,
                _ => false,
            };
            if !is_planned {
                rest.push(position);
            }
        }
        for constraint in shape.constraints.iter().filter(|_| shape.path.is_none()) {
            if let Check::Closed(allowed) = &constraint.check {
                plan.is_closed = true;
                close(&mut properties, allowed);
            }
        }
        plan.properties = properties.into_values().collect();
        for (number, property) in (first..).zip(&mut plan.properties) {
            property.number = number;
        }
        plan.rest = rest.into();
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
        }
    }

    /// Adds a constraint, which is at this position of a shape.
    fn add(&mut self, check: &Check, shape: ShapeId, position: usize) {
        match check {
            Check::MinCount(count) => self.min = self.min.max(*count),
            Check::MaxCount(count) => self.max = self.max.min(*count),
            Check::HasValue(value) => self.has.push(*value),
            Check::Value(ValueCheck::NodeKind(kinds)) => {
                self.kinds = self.kinds.intersection(*kinds);
            }
            Check::Value(ValueCheck::Datatype(datatypes))
                if self.datatype.is_none() && **datatypes == [vocab::XSD_STRING] =>
            {
                self.datatype = Some(vocab::XSD_STRING);
            }
            _ => self.checks.push((shape, position)),
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
fn add(properties: &mut BTreeMap<TermId, Property>, id: ShapeId, shape: &Shape) -> Option<()> {
    let is_simple = |check: &Check| {
        matches!(
            check,
            Check::Value(_) | Check::MinCount(_) | Check::MaxCount(_) | Check::HasValue(_)
        )
    };
    let Some(Path::Predicate(predicate)) = shape.path else { return None };
    if shape.deactivated {
        return Some(());
    }
    if !shape.constraints.iter().all(|constraint| is_simple(&constraint.check)) {
        return None;
    }
    let property = properties.entry(predicate).or_insert_with(|| Property::new(predicate));
    for (position, constraint) in shape.constraints.iter().enumerate() {
        property.add(&constraint.check, id, position);
    }
    Some(())
}
