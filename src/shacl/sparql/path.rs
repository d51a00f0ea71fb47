//! Property paths in queries.

use oxrdf::NamedNode;
use spargebra::algebra::{GraphPattern, PropertyPathExpression as Expression};

use super::rules::is_path_triple;
use crate::shacl::path::Path;

/// A path as the algebra has it.
pub(super) fn translate(path: &Path) -> Expression {
    let boxed = |path: &Path| Box::new(translate(path));
    match path {
        Path::Predicate(predicate) => Expression::NamedNode(predicate.clone()),
        Path::Inverse(path) => Expression::Reverse(boxed(path)),
        Path::Sequence(paths) => fold(paths, Expression::Sequence),
        Path::Alternative(paths) => fold(paths, Expression::Alternative),
        Path::ZeroOrMore(path) => Expression::ZeroOrMore(boxed(path)),
        Path::OneOrMore(path) => Expression::OneOrMore(boxed(path)),
        Path::ZeroOrOne(path) => Expression::ZeroOrOne(boxed(path)),
    }
}

type Pair = fn(Box<Expression>, Box<Expression>) -> Expression;

fn fold(paths: &[Path], pair: Pair) -> Expression {
    let parts = paths.iter().map(translate);
    let nothing = || Expression::NegatedPropertySet(Vec::<NamedNode>::new());
    parts.reduce(|left, right| pair(Box::new(left), Box::new(right))).unwrap_or_else(nothing)
}

/// Replaces `$PATH` in a basic graph pattern: its triples become patterns of their own.
pub(super) fn put_in(pattern: &mut GraphPattern, path: &Expression) {
    let GraphPattern::Bgp { patterns } = pattern else { return };
    let (with_path, others): (Vec<_>, Vec<_>) = patterns.drain(..).partition(is_path_triple);
    *pattern = GraphPattern::Bgp { patterns: others };
    for triple in with_path {
        let one = GraphPattern::Path {
            subject: triple.subject,
            path: path.clone(),
            object: triple.object,
        };
        let left = Box::new(std::mem::take(pattern));
        *pattern = GraphPattern::Join { left, right: Box::new(one) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_those_of_sparql() {
        let part = |name: &str| Path::Predicate(NamedNode::new_unchecked(name));
        let (a, b, c) = (part("a:"), part("b:"), part("c:"));
        let inverse = Path::Inverse(Box::new(Path::ZeroOrMore(Box::new(b.clone()))));
        let path = Path::Sequence(vec![a, inverse, Path::Alternative(vec![b, c])]);
        assert_eq!(translate(&path).to_string(), "((<a:> / ^((<b:>)*)) / (<b:> | <c:>))");
    }
}
