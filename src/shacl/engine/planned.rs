//! Plans: the simple constraints of a shape in one pass over the triples of a node.

use super::{Check, Engine, TermId};
use crate::shacl::graph::Fact;
use crate::shacl::plan::{Plan, Property};

impl<'a> Engine<'a> {
    /// Whether the triples of a node meet a plan. Both are sorted by predicate.
    pub(super) fn meets(&mut self, plan: &'a Plan, facts: &'a [Fact]) -> bool {
        let mut rest = facts;
        for property in &plan.properties {
            let is_before = |fact: &Fact| fact.predicate < property.predicate;
            if rest.first().is_some_and(is_before) {
                if plan.is_closed {
                    return false;
                }
                rest = rest.get(rest.partition_point(is_before)..).unwrap_or_default();
            }
            let number = rest.iter().take_while(|fact| fact.predicate == property.predicate);
            let (values, after) = rest.split_at_checked(number.count()).unwrap_or_default();
            if !self.all_fit(property, values) {
                return false;
            }
            rest = after;
        }
        rest.is_empty() || !plan.is_closed
    }

    /// Whether the values of a property are as many as there must be, and such as they must be.
    fn all_fit(&mut self, property: &'a Property, values: &[Fact]) -> bool {
        let number = i64::try_from(values.len()).unwrap_or(i64::MAX);
        (property.min..=property.max).contains(&number)
            && property.has.iter().all(|value| values.iter().any(|fact| fact.object == *value))
            && values.iter().all(|fact| self.fits(property, fact.object))
    }

    /// Whether a value meets the constraints of a property. Often it is the one that was asked
    /// before: many nodes say the same.
    fn fits(&mut self, property: &'a Property, value: TermId) -> bool {
        if !property.kinds.contains(self.lexicon.kind(value))
            || property.datatype.is_some_and(|one| one != self.lexicon.datatype(value))
        {
            return false;
        }
        if property.checks.is_empty() || self.scratch.fitting.get(property.number) == Some(&value) {
            return true;
        }
        let fits = property.checks.iter().all(|(shape, position)| {
            let shape = self.program.shape(*shape);
            match shape.and_then(|shape| shape.constraints.get(*position)).map(|one| &one.check) {
                Some(Check::Value(check)) => self.holds(check, value),
                _ => false,
            }
        });
        if let (true, Some(last)) = (fits, self.scratch.fitting.get_mut(property.number)) {
            *last = value;
        }
        fits
    }
}
