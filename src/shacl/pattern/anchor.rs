//! Patterns, which are looked for anywhere in a text, as patterns of how it begins.

use std::slice;

use regex_syntax::hir::{Dot, Hir, HirKind, Look, Repetition};

/// The pattern that matches the beginning of each text in which a pattern is found, and of no
/// other; none if `^` stands elsewhere than at the front of an alternative.
pub(super) fn at_start(pattern: &Hir) -> Option<Hir> {
    let alternatives = match pattern.kind() {
        HirKind::Alternation(alternatives) => alternatives.as_slice(),
        _ => slice::from_ref(pattern),
    };
    let (mut starts, mut others) = (Vec::new(), Vec::new());
    for alternative in alternatives {
        match behind_start(alternative) {
            Some(rest) => starts.push(rest),
            None => others.push(alternative.clone()),
        }
    }
    if !others.is_empty() {
        starts.push(Hir::concat(vec![anything(), Hir::alternation(others)]));
    }
    let whole = Hir::alternation(starts);
    (!whole.properties().look_set().contains(Look::Start)).then_some(whole)
}

/// What is behind the `^` that a pattern begins with.
fn behind_start(pattern: &Hir) -> Option<Hir> {
    let is_start = |part: &Hir| matches!(part.kind(), HirKind::Look(Look::Start));
    match pattern.kind() {
        HirKind::Look(Look::Start) => Some(Hir::empty()),
        HirKind::Concat(parts) => match parts.as_slice() {
            [first, rest @ ..] if is_start(first) => Some(Hir::concat(rest.to_vec())),
            _ => None,
        },
        _ => None,
    }
}

fn anything() -> Hir {
    let sub = Box::new(Hir::dot(Dot::AnyChar));
    Hir::repetition(Repetition { min: 0, max: None, greedy: true, sub })
}

/// How many bytes at the end of a text a pattern is about, if it is about no others.
pub(super) fn end_length(pattern: &Hir) -> Option<usize> {
    let properties = pattern.properties();
    let is_at_start = properties.look_set().contains(Look::Start);
    let is_at_end = properties.look_set_suffix().contains(Look::End);
    properties.maximum_len().filter(|_| is_at_end && !is_at_start)
}

/// The text that a pattern begins with, and what comes behind it.
pub(super) fn split_prefix(pattern: Hir) -> (String, Hir) {
    let parts = match pattern.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => slice::from_ref(&pattern),
    };
    if let [first, rest @ ..] = parts
        && let HirKind::Literal(literal) = first.kind()
        && let Ok(text) = str::from_utf8(&literal.0)
    {
        return (text.to_owned(), Hir::concat(rest.to_vec()));
    }
    (String::new(), pattern)
}
