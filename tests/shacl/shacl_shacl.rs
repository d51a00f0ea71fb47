//! What the W3C's shapes for shapes graphs forbid, the compiler refuses.

use std::cell::Cell;
use std::io::{self, Write};
use std::{env, fs};

use oxrdf::vocab::rdf;
use oxrdf::{Graph, Literal, NamedNode, Term, Triple};
use pfocr2rdf::shacl::{Options, Shapes, Source};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::TestRunner;

use crate::{grammar, text};

/// The shapes for shapes graphs, if the environment says where the W3C suites are.
fn shapes_for_shapes() -> Option<Shapes> {
    let root = std::path::PathBuf::from(env::var_os("W3C_TESTS")?);
    let file = root.join("shacl/vocab/shacl-shacl-1.0.ttl");
    let turtle = fs::read_to_string(file).unwrap();
    let source = Source::turtle("shacl-shacl.ttl", "http://www.w3.org/ns/shacl-shacl#", &turtle);
    Some(Shapes::compile(&[source.unwrap()], &Options::new()).unwrap())
}

/// A change of one triple of a shapes graph.
#[derive(Debug, Clone)]
enum Change {
    Object(Term),
    Predicate(NamedNode),
    Again(Term),
}

fn change() -> impl Strategy<Value = Change> {
    let sh = |local: &str| NamedNode::new_unchecked(format!("http://www.w3.org/ns/shacl#{local}"));
    let object = proptest::sample::select(vec![
        Term::from(Literal::from(true)),
        Literal::from(7).into(),
        Literal::new_simple_literal("x").into(),
        grammar::iri("n0").into(),
        rdf::NIL.into_owned().into(),
        sh("IRI").into(),
    ]);
    let predicate = proptest::sample::select(vec![
        sh("path"),
        sh("property"),
        sh("node"),
        sh("and"),
        sh("minCount"),
        sh("severity"),
        sh("in"),
        rdf::REST.into_owned(),
        sh("zeroOrMorePath"),
    ]);
    prop_oneof![
        object.clone().prop_map(Change::Object),
        predicate.prop_map(Change::Predicate),
        object.prop_map(Change::Again),
    ]
}

fn apply(triples: &mut Vec<Triple>, position: Index, change: Change) {
    let triple = position.get(triples).clone();
    let place = position.index(triples.len());
    let changed = match change {
        Change::Again(object) => return triples.push(Triple { object, ..triple }),
        Change::Object(object) => Triple { object, ..triple },
        Change::Predicate(predicate) => Triple { predicate, ..triple },
    };
    triples.splice(place..=place, [changed]);
}

#[test]
fn what_is_forbidden_is_refused() {
    let Some(rules) = shapes_for_shapes() else {
        writeln!(io::stderr(), "skipped: W3C_TESTS does not name the W3C test suites").unwrap();
        return;
    };
    let config = ProptestConfig { cases: 3_000, failure_persistence: None, ..Default::default() };
    let changes = proptest::collection::vec((any::<Index>(), change()), 0..3);
    let forbidden = Cell::new(0);
    let outcome =
        TestRunner::new(config).run(&(grammar::shapes(), changes), |(turtle, changes)| {
            let mut triples = text::triples(&turtle);
            for (position, change) in changes {
                apply(&mut triples, position, change);
            }
            let graph: Graph = triples.iter().collect();
            let source = Source::graph(grammar::iri(""), &graph);
            let report = rules.validator().validate(&graph).unwrap();
            if report.conforms {
                return Ok(());
            }
            forbidden.set(forbidden.get() + 1);
            let compiled = Shapes::compile(&[source], &Options::new());
            prop_assert!(compiled.is_err(), "{:?}\n{graph}", report.results.first());
            Ok(())
        });
    outcome.unwrap();
    assert!(forbidden.get() > 500, "only {} shapes graphs are forbidden", forbidden.get());
}
