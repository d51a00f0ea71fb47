//! The simple property shapes of a node shape, put together.

use std::collections::BTreeMap;

use super::path::Path;
use super::program::{Check, Shape, ShapeId};
use super::terms::TermId;

/// What a node must have to meet all simple property shapes of a node shape.
///
/// Most nodes do, which is known sooner in one pass over their triples than shape by shape. Where
/// a node does not, the shapes are asked one by one, to say which it breaks.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    /// By predicate.
    pub(crate) properties: Box<[Property]>,
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
    /// The constraints on each value: shapes, and positions in them.
    pub(crate) checks: Vec<(ShapeId, usize)>,
}

impl Plan {
    /// The plan of a shape of these; `first` is the number of its first property.
    pub(crate) fn new(shape: &Shape, shapes: &[Shape], first: usize) -> Self {
        let mut properties = BTreeMap::new();
        let mut rest = Vec::new();
        for (position, constraint) in shape.constraints.iter().enumerate() {
            let is_planned = match constraint.check {
                Check::Property(id) if shape.path.is_none() => shapes
                    .get(id.index())
                    .is_some_and(|shape| add(&mut properties, id, shape).is_some()),
                _ => false,
            };
            if !is_planned {
                rest.push(position);
            }
        }
        let mut properties: Box<[Property]> = properties.into_values().collect();
        for (number, property) in (first..).zip(&mut properties) {
            property.number = number;
        }
        Self { properties, rest: rest.into() }
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
    let property = properties.entry(predicate).or_insert_with(|| Property {
        number: 0,
        predicate,
        min: 0,
        max: i64::MAX,
        has: Vec::new(),
        checks: Vec::new(),
    });
    for (position, constraint) in shape.constraints.iter().enumerate() {
        match constraint.check {
            Check::MinCount(count) => property.min = property.min.max(count),
            Check::MaxCount(count) => property.max = property.max.min(count),
            Check::HasValue(value) => property.has.push(value),
            _ => property.checks.push((id, position)),
        }
    }
    Some(())
}
