//! Most nodes are checked by a plan, in one pass over their triples: it must find what the
//! constraints find one by one.

use std::collections::HashMap;

use oxrdf::Triple;
use pfocr2rdf::shacl::{Options, Shapes, Source};
use proptest::prelude::*;

use crate::grammar;
use crate::scopes::comparable;

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Nodes of which a triple is a fixed one have no plan. As that is one of their own, the graph
    /// stays the same.
    #[test]
    fn a_plan_finds_what_the_constraints_find(
        shapes in grammar::shapes(),
        data in grammar::data(),
    ) {
        let first: HashMap<_, &Triple> =
            data.iter().rev().map(|triple| (&triple.subject, triple)).collect();
        let background = grammar::background();
        let fixed = background.iter().chain(first.into_values());
        let with_plans = results(&shapes, &data, &background)?;
        prop_assert_eq!(with_plans, results(&shapes, &data, fixed)?);
    }
}

fn results<'t>(
    shapes: &str,
    data: &[Triple],
    background: impl IntoIterator<Item = &'t Triple>,
) -> Result<Vec<String>, TestCaseError> {
    let fail = |error: &dyn ToString| TestCaseError::fail(error.to_string());
    let source = Source::turtle("s.ttl", grammar::BASE, shapes).map_err(|error| fail(&error))?;
    let shapes = Shapes::compile(&[source], &Options::new())
        .map_err(|error| fail(&error))?
        .with_background(background);
    let report = shapes.validator().validate(data).map_err(|error| fail(&error))?;
    Ok(comparable(report.results))
}
