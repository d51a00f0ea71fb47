//! Plans: the simple constraints of a shape in one pass over the triples of a node.

use super::{Answer, Check, Engine, NO_ORIGIN, ShapeId, TermId, Value};
use crate::shacl::graph::Fact;
use crate::shacl::plan::{Plan, Property};

impl<'a> Engine<'a> {
    /// Whether a node with these triples meets a plan. Triples and properties are sorted by
    /// predicate.
    pub(super) fn meets(&mut self, plan: &'a Plan, node: TermId, facts: &'a [Fact]) -> Answer {
        for place in &plan.node {
            if !self.holds_at(*place, node)? {
                return Ok(false);
            }
        }
        let mut facts = facts;
        for property in &plan.properties {
            let is_before = |fact: &Fact| fact.predicate < property.predicate;
            while let Some((_, rest)) = facts.split_first().filter(|(fact, _)| is_before(fact)) {
                if plan.is_closed {
                    return Ok(false);
                }
                facts = rest;
            }
            let (mut number, mut wanted) = (0, property.has.len());
            let is_of = |fact: &Fact| fact.predicate == property.predicate;
            while let Some((fact, rest)) = facts.split_first().filter(|(fact, _)| is_of(fact)) {
                number += 1;
                wanted -= usize::from(property.has.contains(&fact.object));
                if number > property.max || !self.fits(property, fact.object)? {
                    return Ok(false);
                }
                facts = rest;
            }
            if (number < property.min || wanted > 0) && !self.is_incomplete(node) {
                return Ok(false);
            }
        }
        Ok(!plan.is_closed || facts.is_empty())
    }

    /// Whether a value meets the constraints of a property. Often it is the one that was asked
    /// before: many nodes say the same.
    fn fits(&mut self, property: &'a Property, value: TermId) -> Answer {
        if self.scratch.fitting.get(property.number) == Some(&value) {
            return Ok(true);
        }
        if !property.kinds.contains(self.lexicon.kind(value))
            || property.datatype.is_some_and(|one| one != self.lexicon.datatype(value))
        {
            return Ok(false);
        }
        for place in &property.checks {
            if !self.holds_at(*place, value)? {
                return Ok(false);
            }
        }
        if let Some(last) = self.scratch.fitting.get_mut(property.number) {
            *last = value;
        }
        Ok(true)
    }

    /// Whether a constraint of a shape holds of a value by itself.
    fn holds_at(&mut self, (shape, position): (ShapeId, usize), term: TermId) -> Answer {
        let value = Value { term, origin: NO_ORIGIN };
        let shape = self.program.shape(shape);
        let constraint = shape.and_then(|shape| shape.constraints.get(position));
        Ok(match constraint.map(|constraint| &constraint.check) {
            Some(Check::Value(check)) => self.holds(check, term),
            Some(Check::Node(shape)) => {
                self.shape(*shape, value, None)? || self.is_incomplete(term)
            }
            Some(Check::Not(shape)) => !self.shape(*shape, value, None)?,
            Some(Check::And(shapes)) => self.count(shapes, value)? == shapes.len(),
            Some(Check::Or(shapes)) => self.any(shapes, value)?,
            _ => false,
        })
    }
}
