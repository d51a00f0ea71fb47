//! Where a scope says that a record decides a shape, all records together have the results of the
//! whole graph.

use std::collections::HashMap;

use oxrdf::{Term, Triple};
use pfocr2rdf::shacl::{Options, ReasonKind, Scope, Shapes, Source, ValidationResult};
use proptest::prelude::*;

use crate::{grammar, text};

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 2_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    /// Any cut that leaves the triples of a subject together.
    #[test]
    fn local_shapes_are_decided_by_a_record(
        shapes in grammar::shapes(),
        data in grammar::data(),
        cut in proptest::collection::vec(0..3_usize, grammar::NODES),
    ) {
        check(&shapes, &data, &cut, Scope::is_local)?;
    }

    /// A cut that leaves the nodes together of which one refers to the other.
    #[test]
    fn linked_shapes_are_decided_by_a_record_that_describes_what_it_refers_to(
        shapes in grammar::shapes(),
        data in grammar::data(),
    ) {
        let is_reference = |object: &Term| number(object).is_some();
        check(&shapes, &data, &components(&data, is_reference), |scope| {
            scope.reasons().iter().all(|reason| reason.kind() == ReasonKind::Linked)
        })?;
    }

    /// A cut that leaves the nodes together that have an object in common.
    #[test]
    fn incoming_triples_are_decided_by_a_record_that_alone_refers_to_its_objects(
        shapes in grammar::shapes(),
        data in grammar::data(),
    ) {
        check(&shapes, &data, &components(&data, |_| true), |scope| {
            let kinds = [ReasonKind::Linked, ReasonKind::Incoming];
            scope.reasons().iter().all(|reason| kinds.contains(&reason.kind()))
        })?;
    }
}

fn check(
    shapes: &str,
    data: &[Triple],
    cut: &[usize],
    is_wanted: impl Fn(&Scope) -> bool,
) -> Result<(), TestCaseError> {
    let source = Source::turtle("s.ttl", grammar::BASE, shapes)
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    let shapes = Shapes::compile(&[source], &Options::new())
        .map_err(|error| TestCaseError::fail(error.to_string()))?
        .with_background(&grammar::background());
    let mut validator = shapes.validator().with_shapes(is_wanted);
    let whole = validator.validate(data).unwrap();
    let mut stream = Vec::new();
    for record in 0..grammar::NODES {
        let triples = data.iter().filter(|triple| cut[subject(triple)] == record);
        stream.extend(validator.validate(triples).unwrap().results);
    }
    prop_assert_eq!(comparable(whole.results), comparable(stream));
    Ok(())
}

/// For each node the least one that it is connected with, by way of objects.
fn components(data: &[Triple], connects: impl Fn(&Term) -> bool) -> Vec<usize> {
    let mut least: Vec<_> = (0..grammar::NODES).collect();
    let mut of_objects = HashMap::new();
    for _ in 0..grammar::NODES {
        for triple in data.iter().filter(|triple| connects(&triple.object)) {
            let subject = subject(triple);
            let object = number(&triple.object).map_or(subject, |node| least[node]);
            let shared = of_objects.entry(&triple.object).or_insert(subject);
            let joined = least[subject].min(least[*shared]).min(object);
            *shared = joined;
            least[subject] = joined;
            if let Some(node) = number(&triple.object) {
                least[node] = joined;
            }
        }
    }
    least
}

fn subject(triple: &Triple) -> usize {
    number(&triple.subject.clone().into()).unwrap()
}

/// The number of a node `n0`, `n1`...
fn number(term: &Term) -> Option<usize> {
    let Term::NamedNode(node) = term else { return None };
    node.as_str().strip_prefix(grammar::BASE)?.strip_prefix('n')?.parse().ok()
}

/// Results in an order of their own, without the position of the triple.
pub(crate) fn comparable(results: Vec<ValidationResult>) -> Vec<String> {
    let mut lines: Vec<_> = results
        .into_iter()
        .map(|mut result| {
            result.triple = None;
            let details = comparable(std::mem::take(&mut result.details));
            format!("{result:?} {details:?}")
        })
        .collect();
    lines.sort();
    lines
}

/// The reasons against a shape, without what all of them begin with.
fn reasons(turtle: &str) -> Vec<String> {
    let scopes = text::shapes(turtle).unwrap().scopes();
    let reasons = scopes.iter().flat_map(Scope::reasons);
    reasons.map(|reason| reason.to_string().replace("http://example.com/", "")).collect()
}

#[test]
fn reasons_name_the_shape_and_the_component() {
    fn t(shape: &str, expected: &[&str]) {
        assert_eq!(reasons(shape), expected, "{shape}");
    }
    let linked = "looks at triples of other nodes than the focus node";
    t("<s> sh:targetClass <C> ; sh:path <p> ; sh:maxCount 1 ; sh:pattern 'a' .", &[]);
    t("<s> sh:targetSubjectsOf <p> ; sh:closed true ; sh:class <C> .", &[]);
    t("<s> sh:targetClass <C> ; sh:property [ sh:path <p> ; sh:node [ sh:minLength 1 ] ] .", &[]);
    t("<s> sh:path <p> ; sh:class <C> .", &[]);
    t(
        "<s> sh:targetClass <C> ; sh:path ( <p> <q> ) ; sh:minCount 1 .",
        &[&format!("s.ttl:1: sh:MinCountConstraintComponent of <s> {linked}")],
    );
    t(
        "<s> sh:targetClass <C> ; sh:property <p> .\n<p> sh:path <p> ; sh:node <n> .\n\
         <n> sh:property <q> .\n<q> sh:path <q> ; sh:minCount 1 .",
        &[&format!("s.ttl:4: sh:MinCountConstraintComponent of <q> {linked}")],
    );
    t(
        "<s> sh:targetClass <C> ; sh:path [ sh:inversePath <p> ] ; sh:maxCount 1 .",
        &["s.ttl:1: sh:MaxCountConstraintComponent of <s> looks at triples that lead to a node"],
    );
    t(
        "<s> sh:targetObjectsOf <p> ; sh:nodeKind sh:IRI .",
        &["s.ttl:1: the target of <s> takes nodes that other records may describe"],
    );
    t(
        "<s> sh:targetClass <C> ; sh:uniqueValuesFor <p> .",
        &["s.ttl:1: sh:UniqueValuesForConstraintComponent of <s> compares all focus nodes"],
    );
}

#[cfg(feature = "sparql")]
#[test]
fn a_query_may_look_at_anything() {
    assert_eq!(
        reasons("<s> sh:targetClass <C> ; sh:sparql [ sh:select 'SELECT $this { }' ] ."),
        ["s.ttl:1: sh:SPARQLConstraintComponent of <s> is a query, which may look at anything"],
    );
}
