//! Plans: the simple constraints of a shape in one pass over the triples of a node.

use super::walk::FEW;
use super::{
    Answer, Check, Constraint, Engine, Kind, NO_ORIGIN, Program, Shape, ShapeId, TermId, Value,
    Version,
};
use crate::shacl::graph::Fact;
use crate::shacl::plan::{Plan, Planned, Property};

impl<'a> Engine<'a> {
    /// Whether a node with these triples meets a plan; if it is asked for, with the predicates of
    /// the properties that it does not meet. Triples and properties are sorted by predicate.
    pub(super) fn meets(
        &mut self,
        plan: &'a Plan,
        node: TermId,
        facts: &'a [Fact],
        mut unmet: Option<&mut Vec<TermId>>,
    ) -> Answer {
        let mut is_met = true;
        for place in &plan.node {
            is_met &= self.holds_at(place, node)?;
            if !is_met && unmet.is_none() {
                return Ok(false);
            }
        }
        let mut facts = facts;
        for property in &plan.properties {
            let others = count(facts, |fact| fact.predicate < property.predicate);
            is_met &= !plan.is_closed || others == 0;
            facts = facts.get(others..).unwrap_or_default();
            let (own, rest) =
                facts.split_at(count(facts, |fact| fact.predicate == property.predicate));
            facts = rest;
            if !self.has(property, node, own)? {
                is_met = false;
                if let Some(unmet) = unmet.as_deref_mut() {
                    unmet.push(property.predicate);
                }
            }
            if !is_met && unmet.is_none() {
                return Ok(false);
            }
        }
        Ok(is_met && (!plan.is_closed || facts.is_empty()))
    }

    /// Whether a node has what a property asks for; these are the triples with its predicate.
    fn has(&mut self, property: &'a Property, node: TermId, facts: &'a [Fact]) -> Answer {
        let number = i64::try_from(facts.len()).unwrap_or(i64::MAX);
        if number > property.max {
            return Ok(false);
        }
        let mut wanted = property.has.len();
        for fact in facts {
            wanted -= usize::from(property.has.contains(&fact.object));
            if !self.fits(property, fact.object)? {
                return Ok(false);
            }
        }
        let objects = |facts: &'a [Fact]| facts.iter().map(|fact| fact.object);
        let is_equal =
            |other: &TermId| objects(facts).eq(objects(self.view.record.outgoing(node, *other)));
        if !property.equals.iter().all(is_equal) {
            return Ok(false);
        }
        let mut is_there = number >= property.min && wanted == 0;
        for count in &property.counts {
            let mut number = 0;
            for fact in facts {
                let value = Value { term: fact.object, origin: NO_ORIGIN };
                number += i64::from(self.shape(count.shape, value, None)?);
            }
            if number > count.max {
                return Ok(false);
            }
            is_there &= number >= count.min;
        }
        Ok(is_there || self.is_incomplete(node))
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
            if !self.holds_at(place, value)? {
                return Ok(false);
            }
        }
        if let Some(last) = self.scratch.fitting.get_mut(property.number) {
            *last = value;
        }
        Ok(true)
    }

    /// Whether a planned constraint lets a value pass.
    fn holds_at(&mut self, planned: &Planned, term: TermId) -> Answer {
        if let Some(pattern) = &planned.pattern {
            let is_match = self.lexicon.kind(term) != Kind::BlankNode
                && pattern.is_match(self.lexicon.text(term));
            return Ok(is_match != planned.is_negated);
        }
        let value = Value { term, origin: NO_ORIGIN };
        let shape = self.program.shape(planned.shape);
        let constraint = shape.and_then(|shape| shape.constraints.get(planned.position));
        let holds = match constraint.map(|constraint| &constraint.check) {
            Some(Check::Value(check)) => self.holds(check, term),
            Some(Check::Node(shape)) => self.node_at(*shape, value)? || self.is_incomplete(term),
            Some(Check::Not(shape)) => !self.shape(*shape, value, None)?,
            Some(Check::And(shapes)) => self.count(shapes, value)? == shapes.len(),
            Some(Check::Or(shapes)) => self.any(shapes, value)?,
            Some(Check::Xone(shapes)) => self.count(shapes, value)? == 1,
            _ => false,
        };
        Ok(holds != planned.is_negated)
    }

    /// Whether a value conforms to a shape. It does if it has the same triples as the one that did
    /// last, where the shape asks for no more than triples: many nodes have a class and nothing else.
    fn node_at(&mut self, shape: ShapeId, value: Value) -> Answer {
        let facts = self.view.only_subject(value.term);
        let is_like = |(met, like): (ShapeId, &[Fact])| {
            met == shape && facts.is_some_and(|facts| are_alike(like, facts))
        };
        if self.met.is_some_and(is_like) {
            return Ok(true);
        }
        let conforms = self.shape(shape, value, None)?;
        if conforms && self.asks_for_triples(shape) {
            self.met = facts.map(|facts| (shape, facts));
        }
        Ok(conforms)
    }

    /// Whether a shape has no constraint on what a node is.
    fn asks_for_triples(&self, shape: ShapeId) -> bool {
        self.program.version == Version::V1_0
            && self.program.shape(shape).is_some_and(|shape| {
                shape.path.is_none() && shape.plan.node.is_empty() && shape.plan.rest.is_empty()
            })
    }
}

/// Whether a node that meets all properties of the plan of a shape but these meets a constraint.
pub(super) fn is_surely_met(
    program: &Program,
    shape: &Shape,
    (position, constraint): (usize, &Constraint),
    unmet: &[TermId],
) -> bool {
    let Check::Property(property) = constraint.check else { return false };
    let path = program.shape(property).and_then(|property| property.path.as_ref());
    !shape.plan.rest.iter().any(|(_, rest)| *rest == position)
        && path.is_some_and(|path| !unmet.iter().any(|predicate| path.has_step(predicate)))
}

/// How many of the first triples are such ones.
fn count(facts: &[Fact], is_such: impl Fn(&Fact) -> bool) -> usize {
    facts.iter().take_while(|fact| is_such(fact)).count()
}

/// Whether two nodes have the same few triples.
fn are_alike(left: &[Fact], right: &[Fact]) -> bool {
    let is_like = |(left, right): (&Fact, &Fact)| {
        left.predicate == right.predicate && left.object == right.object
    };
    left.len() == right.len() && left.len() <= FEW && left.iter().zip(right).all(is_like)
}
