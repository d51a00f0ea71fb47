//! The parts of patterns and expressions of the
//! [SPARQL algebra](https://www.w3.org/TR/sparql11-query/#sparqlAlgebra).

use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};

/// The patterns inside a pattern, without those of its expressions.
pub(super) fn patterns(pattern: &mut GraphPattern) -> Vec<&mut GraphPattern> {
    match pattern {
        GraphPattern::Join { left, right }
        | GraphPattern::LeftJoin { left, right, .. }
        | GraphPattern::Lateral { left, right }
        | GraphPattern::Union { left, right }
        | GraphPattern::Minus { left, right } => vec![left, right],
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::Group { inner, .. }
        | GraphPattern::Service { inner, .. } => vec![inner],
        GraphPattern::Bgp { .. } | GraphPattern::Path { .. } | GraphPattern::Values { .. } => {
            Vec::new()
        }
    }
}

/// The expressions of a pattern.
pub(super) fn expressions(pattern: &mut GraphPattern) -> Vec<&mut Expression> {
    match pattern {
        GraphPattern::Filter { expr, .. } => vec![expr],
        GraphPattern::Extend { expression, .. } => vec![expression],
        GraphPattern::LeftJoin { expression, .. } => expression.iter_mut().collect(),
        GraphPattern::OrderBy { expression, .. } => expression
            .iter_mut()
            .map(|(OrderExpression::Asc(one) | OrderExpression::Desc(one))| one)
            .collect(),
        GraphPattern::Group { aggregates, .. } => aggregates
            .iter_mut()
            .filter_map(|(_, aggregate)| match aggregate {
                AggregateExpression::FunctionCall { expr, .. } => Some(expr),
                AggregateExpression::CountSolutions { .. } => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// The expressions inside an expression.
pub(super) fn operands(expression: &mut Expression) -> Vec<&mut Expression> {
    match expression {
        Expression::Or(left, right)
        | Expression::And(left, right)
        | Expression::Equal(left, right)
        | Expression::SameTerm(left, right)
        | Expression::Greater(left, right)
        | Expression::GreaterOrEqual(left, right)
        | Expression::Less(left, right)
        | Expression::LessOrEqual(left, right)
        | Expression::Add(left, right)
        | Expression::Subtract(left, right)
        | Expression::Multiply(left, right)
        | Expression::Divide(left, right) => vec![left, right],
        Expression::UnaryPlus(one) | Expression::UnaryMinus(one) | Expression::Not(one) => {
            vec![one]
        }
        Expression::If(one, two, three) => vec![one, two, three],
        Expression::In(one, more) => [&mut **one].into_iter().chain(more).collect(),
        Expression::Coalesce(all) | Expression::FunctionCall(_, all) => all.iter_mut().collect(),
        Expression::NamedNode(_)
        | Expression::Literal(_)
        | Expression::Variable(_)
        | Expression::Exists(_)
        | Expression::Bound(_) => Vec::new(),
    }
}

/// Visits the patterns inside expressions, those of `EXISTS`.
pub(super) fn patterns_of<'e>(
    expressions: Vec<&'e mut Expression>,
    found: &mut Vec<&'e mut GraphPattern>,
) {
    for expression in expressions {
        match expression {
            Expression::Exists(pattern) => found.push(pattern),
            expression => patterns_of(operands(expression), found),
        }
    }
}

/// Whether no part of a pattern is inside more than so many others.
pub(super) fn is_shallow(pattern: &mut GraphPattern, limit: usize) -> bool {
    let Some(limit) = limit.checked_sub(1) else { return false };
    expressions(pattern).into_iter().all(|inner| is_shallow_expression(inner, limit))
        && patterns(pattern).into_iter().all(|inner| is_shallow(inner, limit))
}

fn is_shallow_expression(expression: &mut Expression, limit: usize) -> bool {
    let Some(limit) = limit.checked_sub(1) else { return false };
    match expression {
        Expression::Exists(pattern) => is_shallow(pattern, limit),
        expression => {
            operands(expression).into_iter().all(|inner| is_shallow_expression(inner, limit))
        }
    }
}
