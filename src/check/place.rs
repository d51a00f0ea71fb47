mod scope;

use std::{iter, ptr};

use oxrdf::{NamedNode, Term, TermRef, Triple};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::convert::{Converter, Reading};
use crate::diagnostic::Location;
use crate::mapping::{self, Node, Object, Rule};
use crate::raw::{Locator, Place};
use crate::shacl::{Path, ValidationResult};
use crate::trace::{self, Origin, Origins, Ruled};

/// A result, and the rule that made the triple that caused it.
type Caused = (ValidationResult, Option<&'static Rule>);

/// What a result is placed by.
struct Subject<'t> {
    triple: &'t Ruled,
    /// The rules that would make what is missing, if something is.
    missing: Vec<&'static Rule>,
}

/// Where the values that results are about stand, or should stand.
pub(super) fn locations(
    results: &[Caused],
    converter: &Converter<'_>,
    reading: &Reading<'_>,
) -> Vec<Location> {
    if results.is_empty() {
        return Vec::new();
    }
    let scope = scope::of(results, reading);
    let record = scope.of(reading.record);
    let locator = reading.files.locator();
    let inputs = trace::inputs(reading, &locator, &scope);
    let origins = Origins::new(converter, &record, &inputs);
    let nodes: FxHashSet<TermRef<'_>> = results
        .iter()
        .flat_map(|(result, _)| iter::once(result.focus_node.as_ref()).chain(far_value(result)))
        .collect();
    let triples = origins
        .triples(|triple| nodes.contains(&triple.object) || nodes.contains(&triple.subject.into()));
    let by_node = by_node(&triples);
    let subject = |caused: &Caused| {
        let of_value = far_value(&caused.0).and_then(|value| far(caused, by_node.get(&value)?));
        of_value.or_else(|| subject(caused, by_node.get(&caused.0.focus_node.as_ref())?))
    };
    let subjects: Vec<_> = results.iter().map(subject).collect();
    let wanted = subjects.iter().flatten().map(|subject| subject.triple.clone());
    let mut made = origins.of(wanted.collect()).into_iter();
    let location = |subject: &Option<Subject<'_>>| {
        let subject = subject.as_ref()?;
        location(subject, &made.next()?, &origins, &locator)
    };
    let start = || locator.locate(Place::Start);
    subjects.iter().map(location).map(|found| found.unwrap_or_else(start)).collect()
}

/// The triples of each node, as subject or object.
fn by_node(triples: &[Ruled]) -> FxHashMap<TermRef<'_>, Vec<&Ruled>> {
    let mut by_node = FxHashMap::<_, Vec<_>>::default();
    for ruled in triples {
        let (subject, object) = (ruled.1.subject.as_ref().into(), ruled.1.object.as_ref());
        by_node.entry(subject).or_default().push(ruled);
        if object != subject {
            by_node.entry(object).or_default().push(ruled);
        }
    }
    by_node
}

fn location(
    Subject { missing, .. }: &Subject<'_>,
    origin: &Origin,
    origins: &Origins<'_>,
    locator: &Locator<'_>,
) -> Option<Location> {
    let made_of = origins.made_of(origin)?;
    if missing.is_empty() {
        return Some(made_of.location(locator));
    }
    let missing = || missing.iter().copied();
    let read = origins.read_by(missing(), origin).map(|input| input.location(locator));
    let beside = || {
        let (input, is_below) = origins.beside(missing(), origin)?;
        input.location_of_entry(is_below, locator)
    };
    Some(read.or_else(beside).unwrap_or_else(|| made_of.location_of_row(locator)))
}

/// The value of a result, if its path may be longer than one triple.
fn far_value(result: &ValidationResult) -> Option<TermRef<'_>> {
    let path = result.path.as_ref()?;
    result.value.as_ref().filter(|_| steps(path).is_empty()).map(Term::as_ref)
}

/// The triple of a value that is far from its focus node, of those of the value.
fn far<'t>((result, cause): &Caused, triples: &[&'t Ruled]) -> Option<Subject<'t>> {
    let is_it = |(rule, triple): &&Ruled| {
        cause.is_some_and(|cause| ptr::eq(cause, *rule))
            && result.value.as_ref() == Some(&triple.object)
    };
    let triple = triples.iter().copied().find(is_it)?;
    Some(Subject { triple, missing: Vec::new() })
}

/// The triple that a result is about, of those of its focus node: the one of the value, or else the
/// one that made the focus node one.
fn subject<'t>((result, cause): &Caused, triples: &[&'t Ruled]) -> Option<Subject<'t>> {
    let focus = result.focus_node.as_ref();
    let steps = result.path.as_ref().map(steps).unwrap_or_default();
    let is_value = |term: TermRef<'_>| match &result.value {
        Some(value) => value.as_ref() == term,
        None => !result.is_too_few(),
    };
    let is_step = |triple: &Triple, step: &Step<'_>| {
        let (from, to) = step.ends(triple);
        triple.predicate == *step.predicate && from == focus && is_value(to)
    };
    let mut made = triples.iter().copied();
    let made = made.find(|(_, triple)| steps.iter().any(|step| is_step(triple, step)));
    if let Some(triple) = made {
        return Some(Subject { triple, missing: Vec::new() });
    }
    let is_cause = |rule: &Rule| cause.is_none_or(|cause| ptr::eq(cause, rule));
    let caused = triples.iter().copied().find(|(rule, _)| is_cause(rule));
    let triple = caused.or_else(|| triples.first().copied())?;
    Some(Subject { triple, missing: missing(focus, &steps, triple, triples) })
}

/// The rules that make what a node lacks: those that made nothing of it, or else all.
fn missing(
    focus: TermRef<'_>,
    steps: &[Step<'_>],
    (cause, triple): &Ruled,
    triples: &[&Ruled],
) -> Vec<&'static Rule> {
    let is_subject = TermRef::from(triple.subject.as_ref()) == focus;
    let kind = if is_subject { Some(cause.subject) } else { node(cause.object) };
    let is_step = |rule: &Rule, step: &Step<'_>| {
        let end = if step.is_backwards { node(rule.object) } else { Some(rule.subject) };
        rule.predicate == *step.predicate && end == kind
    };
    let rules = mapping::rules().filter(|rule| steps.iter().any(|step| is_step(rule, step)));
    let is_used = |rule: &Rule| {
        let is_made = |(by, triple): &&Ruled| {
            ptr::eq(*by, rule) && TermRef::from(triple.subject.as_ref()) == focus
        };
        triples.iter().any(is_made)
    };
    let (used, unused): (Vec<_>, Vec<_>) = rules.partition(|rule| is_used(rule));
    if unused.is_empty() { used } else { unused }
}

fn node(object: Object) -> Option<Node> {
    match object {
        Object::Node(node) => Some(node),
        _ => None,
    }
}

/// A path of one triple.
struct Step<'p> {
    predicate: &'p NamedNode,
    is_backwards: bool,
}

impl Step<'_> {
    fn ends<'t>(&self, triple: &'t Triple) -> (TermRef<'t>, TermRef<'t>) {
        let (subject, object) = (triple.subject.as_ref().into(), triple.object.as_ref());
        if self.is_backwards { (object, subject) } else { (subject, object) }
    }
}

/// The triples that a path can be, if it is one of one triple.
fn steps(path: &Path) -> Vec<Step<'_>> {
    match path {
        Path::Predicate(predicate) => vec![Step { predicate, is_backwards: false }],
        Path::Alternative(paths) => paths.iter().flat_map(steps).collect(),
        Path::Inverse(path) => {
            let mut steps = steps(path);
            for step in &mut steps {
                step.is_backwards = !step.is_backwards;
            }
            steps
        }
        _ => Vec::new(),
    }
}
