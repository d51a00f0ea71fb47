//! Constraints on all values together: counts, property pairs, languages, closed shapes.

use rustc_hash::FxHashSet;

use super::walk::FEW;
use super::{Engine, Finding, FindingPath, Out, Site, TermId, Value};
use crate::shacl::path::Path;
use crate::shacl::program::Pair;

impl<'a> Engine<'a> {
    pub(super) fn min_count(&self, site: &Site<'a>, count: i64, out: Out<'_>) -> bool {
        length(self.values(site)) >= count
            || self.is_incomplete(site.focus.term)
            || site.fail(None, out)
    }

    pub(super) fn max_count(&self, site: &Site<'a>, count: i64, out: Out<'_>) -> bool {
        if length(self.values(site)) <= count {
            return true;
        }
        let first_too_many = usize::try_from(count).ok().and_then(|n| self.values(site).get(n));
        let origin = first_too_many.map_or(site.focus.origin, |value| value.origin);
        Finding { origin, ..Finding::new(site, None) }.push(out)
    }

    pub(super) fn has_value(&self, site: &Site<'a>, value: TermId, out: Out<'_>) -> bool {
        self.values(site).iter().any(|one| one.term == value)
            || self.is_incomplete(site.focus.term)
            || site.fail(None, out)
    }

    /// One result for each language that more than one value has.
    pub(super) fn unique_lang(&self, site: &Site<'a>, mut out: Out<'_>) -> bool {
        let mut tags: Vec<_> = self
            .values(site)
            .iter()
            .map(|value| (self.lexicon.key(value.term).language.to_ascii_lowercase(), value.origin))
            .filter(|(tag, _)| !tag.is_empty())
            .collect();
        tags.sort_unstable();
        let mut conforms = true;
        for group in tags.chunk_by(|left, right| left.0 == right.0) {
            if let [_, (_, origin), ..] = group {
                let finding = Finding { origin: *origin, ..Finding::new(site, None) };
                conforms = finding.push(out.as_deref_mut());
            }
        }
        conforms
    }

    pub(super) fn pair(
        &mut self,
        site: &Site<'a>,
        pair: Pair,
        path: &'a Path<TermId>,
        mut out: Out<'_>,
    ) -> bool {
        let start = self.scratch.values.len();
        self.walk(path, site.focus);
        let others = self.scratch.values.get(start..).unwrap_or_default();
        let values = self.values(site);
        let mut conforms = true;
        let mut fail = |value: &Value| conforms = site.fail(Some(*value), out.as_deref_mut());
        match pair {
            Pair::Equals => {
                missing(values, others).for_each(&mut fail);
                missing(others, values).for_each(&mut fail);
            }
            Pair::SubsetOf => missing(values, others).for_each(&mut fail),
            Pair::Disjoint => {
                let is_other = is_among(others);
                values.iter().filter(|value| is_other(value)).for_each(&mut fail);
            }
            Pair::LessThan | Pair::LessThanOrEquals => {
                for value in values {
                    let wrong = others.iter().filter(|other| !self.is_less(*value, **other, pair));
                    wrong.for_each(|_| fail(value));
                }
            }
        }
        self.scratch.values.truncate(start);
        conforms
    }

    fn is_less(&self, value: Value, other: Value, pair: Pair) -> bool {
        let order = self.compare(value.term, other.term);
        order.is_some_and(|order| order.is_lt() || (pair != Pair::LessThan && order.is_eq()))
    }

    pub(super) fn closed(
        &self,
        site: &Site<'a>,
        allowed: &FxHashSet<TermId>,
        mut out: Out<'_>,
    ) -> bool {
        let mut conforms = true;
        for value in self.values(site) {
            for fact in self.view.subject(value.term) {
                if !allowed.contains(&fact.predicate) {
                    let object = Value { term: fact.object, origin: fact.origin };
                    let path = FindingPath::Predicate(fact.predicate);
                    let finding = Finding { path, ..Finding::new(site, Some(object)) };
                    conforms = finding.push(out.as_deref_mut());
                }
            }
        }
        conforms
    }
}

pub(super) fn length(values: &[Value]) -> i64 {
    i64::try_from(values.len()).unwrap_or(i64::MAX)
}

/// The values that are not among others.
fn missing<'v>(values: &'v [Value], others: &'v [Value]) -> impl Iterator<Item = &'v Value> {
    let is_other = is_among(others);
    values.iter().filter(move |value| !is_other(value))
}

/// Whether a value is one of these; if they are many, they go into a set.
fn is_among(values: &[Value]) -> impl Fn(&Value) -> bool {
    let is_long = values.len() > FEW;
    let set: FxHashSet<_> = values.iter().filter(|_| is_long).map(|value| value.term).collect();
    move |wanted| {
        if is_long {
            set.contains(&wanted.term)
        } else {
            values.iter().any(|value| value.term == wanted.term)
        }
    }
}
