//! Random shapes and data over a small vocabulary, so that they meet often.

use oxrdf::vocab::{rdf, rdfs, xsd};
use oxrdf::{Literal, NamedNode, Term, Triple};
use proptest::prelude::*;
use proptest::sample::select;

pub(crate) const BASE: &str = "http://example.com/";

/// How many nodes the data describe.
pub(crate) const NODES: usize = 5;

pub(crate) fn iri(local: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("{BASE}{local}"))
}

/// The class hierarchy, which is in every record.
pub(crate) fn background() -> [Triple; 1] {
    [Triple::new(iri("c1"), rdfs::SUB_CLASS_OF, iri("c0"))]
}

/// Triples of the nodes `n0`, `n1`...
pub(crate) fn data() -> impl Strategy<Value = Vec<Triple>> {
    proptest::collection::vec((0..NODES, 0..4_usize, object()), 1..25).prop_map(|triples| {
        let triples = triples.into_iter().map(|(subject, predicate, object)| {
            let subject = iri(&format!("n{subject}"));
            if predicate == 3 {
                let class = if matches!(object, Term::Literal(_)) { "c0" } else { "c1" };
                return Triple::new(subject, rdf::TYPE, iri(class));
            }
            Triple::new(subject, iri(&format!("p{predicate}")), object)
        });
        triples.collect()
    })
}

fn object() -> impl Strategy<Value = Term> {
    let integer = |value: &str| Term::from(Literal::new_typed_literal(value, xsd::INTEGER));
    let tagged =
        |value: &str, tag: &str| Literal::new_language_tagged_literal_unchecked(value, tag).into();
    prop_oneof![
        3 => (0..NODES).prop_map(|node| iri(&format!("n{node}")).into()),
        2 => select(vec![
            integer("1"),
            integer("2"),
            integer("x"),
            Literal::new_simple_literal("text").into(),
            tagged("one", "en"),
            tagged("two", "en"),
        ]),
    ]
}

/// A shapes graph of a few shapes with targets.
pub(crate) fn shapes() -> impl Strategy<Value = String> {
    proptest::collection::vec((target(), node_shape()), 1..5).prop_map(|shapes| {
        let prefixes = "@prefix sh: <http://www.w3.org/ns/shacl#> .\n\
             @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
        let shapes = shapes
            .iter()
            .enumerate()
            .map(|(position, (target, shape))| format!("<s{position}> {target} ; {shape} .\n"));
        [String::from(prefixes)].into_iter().chain(shapes).collect()
    })
}

fn target() -> impl Strategy<Value = String> {
    select(vec![
        "sh:targetClass <c0>",
        "sh:targetClass <c1>",
        "sh:targetSubjectsOf <p0>",
        "sh:targetObjectsOf <p1>",
        "sh:targetNode <n0>",
    ])
    .prop_map(String::from)
}

/// The inside of a node shape.
fn node_shape() -> impl Strategy<Value = String> {
    parts().prop_map(|parts| join(&parts))
}

/// The constraints of a node shape.
fn parts() -> impl Strategy<Value = Vec<String>> {
    constraint().prop_map(|constraint| vec![constraint]).prop_recursive(3, 12, 3, |inner| {
        let shape = inner.clone().prop_map(|parts| format!("[ {} ]", join(&parts)));
        let property = (path(), inner.clone(), of_property()).prop_map(|(path, parts, own)| {
            let parts = [vec![format!("sh:path {path}")], parts, vec![own]].concat();
            format!("sh:property [ {} ]", join(&parts))
        });
        let one = prop_oneof![
            4 => property,
            1 => shape.clone().prop_map(|shape| format!("sh:not {shape}")),
            1 => shape.clone().prop_map(|shape| format!("sh:node {shape}")),
            1 => (select(vec!["and", "or", "xone"]), shape.clone(), shape)
                .prop_map(|(list, one, two)| format!("sh:{list} ( {one} {two} )")),
        ];
        prop_oneof![
            4 => one.prop_map(|part| vec![part]),
            1 => (inner.clone(), inner).prop_map(|(one, two)| [one, two].concat()),
        ]
    })
}

/// Constraints of any shape.
fn constraint() -> impl Strategy<Value = String> {
    select(vec![
        "sh:class <c0>",
        "sh:class <c1>",
        "sh:datatype xsd:integer",
        "sh:nodeKind sh:IRI",
        "sh:minInclusive 2",
        "sh:maxLength 20",
        "sh:minLength 4",
        "sh:pattern 'n[0-3]$'",
        "sh:languageIn ( 'en' )",
        "sh:in ( 1 <n0> <n1> 'text' )",
        "sh:hasValue <n1>",
        "sh:equals <p1>",
        "sh:disjoint <p0>",
        "sh:closed true ; sh:property [ sh:path <p0> ]",
        "sh:uniqueValuesFor <p2>",
    ])
    .prop_map(String::from)
}

/// Constraints of property shapes.
fn of_property() -> impl Strategy<Value = String> {
    select(vec![
        "",
        "sh:minCount 1",
        "sh:maxCount 1",
        "sh:uniqueLang true",
        "sh:lessThan <p2>",
        "sh:subsetOf <p0>",
        "sh:qualifiedValueShape [ sh:class <c0> ] ; sh:qualifiedMinCount 1",
        "sh:qualifiedValueShape [ sh:nodeKind sh:IRI ] ; sh:qualifiedMaxCount 1",
        "sh:someValue [ sh:nodeKind sh:Literal ]",
    ])
    .prop_map(String::from)
}

pub(crate) fn path() -> impl Strategy<Value = String> {
    select(vec![
        "<p0>",
        "<p0>",
        "<p1>",
        "<p2>",
        "( <p0> <p1> )",
        "[ sh:inversePath <p0> ]",
        "[ sh:alternativePath ( <p0> <p2> ) ]",
        "[ sh:zeroOrMorePath <p0> ]",
        "[ sh:oneOrMorePath <p1> ]",
        "[ sh:zeroOrOnePath <p1> ]",
    ])
    .prop_map(String::from)
}

/// What a shape may have more than once.
const REPEATABLE: [&str; 9] = [
    "sh:and",
    "sh:class",
    "sh:disjoint",
    "sh:equals",
    "sh:hasValue",
    "sh:node",
    "sh:not",
    "sh:or",
    "sh:property",
];

/// Joins the parts of a shape; of those that a shape may have once the first stays.
fn join(parts: &[String]) -> String {
    let name = |part: &str| String::from(part.split(' ').next().unwrap());
    let is_property = parts.iter().any(|part| part.starts_with("sh:path"));
    let mut kept: Vec<&str> = Vec::new();
    for part in parts.iter().filter(|part| !part.is_empty()) {
        let is_repeated = !REPEATABLE.contains(&name(part).as_str())
            && kept.iter().any(|other| name(other) == name(part));
        let is_forbidden = is_property && part.starts_with("sh:uniqueValuesFor");
        if !is_repeated && !is_forbidden {
            kept.push(part);
        }
    }
    kept.join(" ; ")
}
