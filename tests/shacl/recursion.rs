//! Recursive shapes, where they are allowed, always give an answer.

use std::fmt::Write;

use oxrdf::Triple;
use pfocr2rdf::check::Checker;
use pfocr2rdf::shacl::{Failure, Options};

use crate::text::{shapes_with, triples};

/// Each node must know another one, and those they know too.
const CHAIN: &str = "<s> sh:targetNode <n0> ; sh:property <p> . \
                     <p> sh:path <knows> ; sh:minCount 1 ; sh:node <s> .";

/// Nodes of which each knows the next one.
fn chain(length: usize) -> String {
    (0..length).fold(String::new(), |mut turtle, node| {
        writeln!(turtle, "<n{node}> <knows> <n{}> .", node + 1).unwrap();
        turtle
    })
}

fn conforms(shapes: &str, data: &[Triple]) -> Result<bool, Failure> {
    let shapes = shapes_with(shapes, Options::new().with_recursion()).unwrap();
    let report = shapes.validator().validate(data)?;
    assert_eq!(shapes.validator().validate(data)?.conforms, report.conforms);
    Ok(report.conforms)
}

#[test]
fn a_cycle_of_nodes_conforms() {
    let cycle = triples("<n0> <knows> <n1> . <n1> <knows> <n0> .");
    assert_eq!(conforms(CHAIN, &cycle), Ok(true));
    let itself = triples("<n0> <knows> <n0> .");
    assert_eq!(conforms(CHAIN, &itself), Ok(true));
}

#[test]
fn a_chain_that_ends_does_not() {
    assert_eq!(conforms(CHAIN, &triples(&chain(50))), Ok(false));
    let cycle = format!("{} <n50> <knows> <n7> .", chain(50));
    assert_eq!(conforms(CHAIN, &triples(&cycle)), Ok(true));
}

#[test]
fn a_chain_that_is_too_long_is_a_failure() {
    let error = conforms(CHAIN, &triples(&chain(100_000))).unwrap_err();
    assert!(matches!(error, Failure::TooDeep(_)), "{error}");
}

#[test]
fn long_chains_of_nodes_and_classes_are_walked() {
    let path = "<s> sh:targetNode <n0> ; sh:path [ sh:zeroOrMorePath <knows> ] ; sh:maxCount 9 .";
    assert_eq!(conforms(path, &triples(&chain(100_000))), Ok(false));
    let hierarchy =
        chain(20_000).replace("knows", "http://www.w3.org/2000/01/rdf-schema#subClassOf");
    let data = triples(&format!("{hierarchy} <a> a <n0> ."));
    assert_eq!(conforms("<s> sh:targetClass <n20000> ; sh:maxLength 1 .", &data), Ok(false));
    assert_eq!(conforms("<s> sh:targetNode <a> ; sh:class <n20000> .", &data), Ok(true));
}

#[test]
fn negation_is_answered() {
    let shape =
        "<s> sh:targetNode <n0> ; sh:not [ sh:path <knows> ; sh:node <s> ; sh:minCount 1 ] .";
    assert_eq!(conforms(shape, &triples("<n0> <knows> <n0> .")), Ok(false));
    assert_eq!(conforms(shape, &triples("<n0> <knows> <n1> .")), Ok(false));
    assert_eq!(conforms(shape, &triples(&chain(2))), Ok(true));
}

#[test]
fn too_many_ways_are_a_failure() {
    let nodes = 0..14;
    let pairs = nodes.clone().flat_map(|one| nodes.clone().map(move |other| (one, other)));
    let data = pairs.fold(String::new(), |mut turtle, (one, other)| {
        writeln!(turtle, "<n{one}> <knows> <n{other}> .").unwrap();
        turtle
    });
    let error = conforms(CHAIN, &triples(&data)).unwrap_err();
    assert_eq!(error.to_string(), "shape <http://example.com/s>: too many ways from node to node");
}

#[test]
fn no_constraint_ends_the_stack() {
    let data = triples(&chain(2_000));
    let constraints = [
        "sh:node <s>",
        "sh:not [ sh:not <s> ]",
        "sh:and ( <s> ) ; sh:minCount 1",
        "sh:or ( [ sh:in ( ) ] <s> ) ; sh:minCount 1",
        "sh:xone ( <s> [ sh:in ( ) ] ) ; sh:minCount 1",
        "sh:qualifiedValueShape <s> ; sh:qualifiedMinCount 1",
        "sh:qualifiedValueShape <s> ; sh:qualifiedMaxCount 0",
        "sh:someValue <s>",
        "sh:property <p>",
    ];
    for constraint in constraints {
        let shapes = format!(
            "<s> sh:targetNode <n0> ; sh:property <p> . <p> sh:path <knows> ; {constraint} ."
        );
        let failure = conforms(&shapes, &data);
        assert!(matches!(failure, Err(Failure::TooDeep(_))), "{constraint}: {failure:?}");
    }
}

#[cfg(feature = "sparql")]
#[test]
fn a_query_in_the_depth_has_stack_enough() {
    let parts = " || 1".repeat(40);
    let query = format!("SELECT $this {{ FILTER (0{parts}) FILTER NOT EXISTS {{ $this ?p ?o }} }}");
    let shapes = format!(
        "<s> sh:targetNode <n0> ; sh:property <p> ; sh:sparql [ sh:select '{query}' ] .
         <p> sh:path <knows> ; sh:node <s> ."
    );
    assert_eq!(conforms(&shapes, &triples(&chain(190))), Ok(false));
}

#[test]
fn thousands_of_shapes_inside_one_another_do_not_end_the_stack() {
    const SHAPES: usize = 20_000;
    let mut turtle = String::from("<n0> sh:targetClass <http://schema.org/Gene> .");
    for number in 0..SHAPES {
        let inner = match number % 2 {
            0 => format!("sh:node <n{}>", number + 1),
            _ => format!("sh:property [ sh:path <knows> ; sh:node <n{}> ]", number + 1),
        };
        write!(turtle, "<n{number}> {inner} .").unwrap();
    }
    let shapes = shapes_with(&turtle, Options::new()).unwrap();
    let scopes = shapes.scopes();
    assert_eq!(scopes.len(), 1);
    assert!(scopes[0].reasons().len() > SHAPES / 4);
    // It asks of the triples of each kind what looks at them.
    drop(Checker::new(&shapes));
}
