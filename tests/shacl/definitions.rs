//! Constraints of Core find what queries find that say the same.

use std::collections::BTreeSet;

use oxrdf::Triple;
use pfocr2rdf::shacl::Report;
use proptest::prelude::*;

use crate::{grammar, text};

/// Constraints of a property shape, and the query that finds what breaks them.
const DEFINITIONS: [(&str, &str); 15] = [
    (
        "sh:class <c0>",
        "$this $PATH ?value FILTER NOT EXISTS { ?value a ?class . ?class rdfs:subClassOf* <c0> }",
    ),
    ("sh:nodeKind sh:IRI", "$this $PATH ?value FILTER (!isIRI(?value))"),
    ("sh:nodeKind sh:Literal", "$this $PATH ?value FILTER (!isLiteral(?value))"),
    (
        "sh:datatype xsd:string",
        "$this $PATH ?value FILTER (!COALESCE(datatype(?value) = xsd:string, false))",
    ),
    ("sh:minInclusive 2", "$this $PATH ?value FILTER (!COALESCE(?value >= 2, false))"),
    ("sh:maxExclusive 2", "$this $PATH ?value FILTER (!COALESCE(?value < 2, false))"),
    ("sh:minLength 4", "$this $PATH ?value FILTER (STRLEN(STR(?value)) < 4)"),
    ("sh:pattern \"n[0-3]$\"", "$this $PATH ?value FILTER (!regex(STR(?value), \"n[0-3]$\"))"),
    (
        "sh:languageIn ( \"en\" )",
        "$this $PATH ?value FILTER (!COALESCE(langMatches(lang(?value), \"en\"), false))",
    ),
    (
        "sh:in ( <n0> \"text\" )",
        "$this $PATH ?value FILTER (!sameTerm(?value, <n0>) && !sameTerm(?value, \"text\"))",
    ),
    ("sh:hasValue <n1>", "FILTER NOT EXISTS { $this $PATH <n1> }"),
    ("sh:minCount 1", "FILTER NOT EXISTS { $this $PATH ?any }"),
    (
        "sh:maxCount 1",
        "FILTER EXISTS { $this $PATH ?one . $this $PATH ?two FILTER (!sameTerm(?one, ?two)) }",
    ),
    ("sh:disjoint <p2>", "$this $PATH ?value . $this <p2> ?value"),
    (
        "sh:equals <p2>",
        "{ $this $PATH ?value FILTER NOT EXISTS { $this <p2> ?value } } UNION \
         { $this <p2> ?value FILTER NOT EXISTS { $this $PATH ?value } }",
    ),
];

fn validate(constraint: &str, path: &str, data: &[Triple]) -> Report {
    let shape = format!("<s> sh:targetSubjectsOf <p0> ; sh:path {path} ; {constraint} .");
    let shapes = text::shapes(&shape).unwrap().with_background(&grammar::background());
    shapes.validator().validate(data).unwrap()
}

fn found(report: &Report) -> BTreeSet<String> {
    let results = report.results.iter();
    results.map(|one| format!("{} {:?} {:?}", one.focus_node, one.path, one.value)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn core_and_queries_agree(
        (constraint, body) in proptest::sample::select(DEFINITIONS.to_vec()),
        path in grammar::path(),
        data in grammar::data(),
    ) {
        let query = format!(
            "sh:sparql [ sh:select '''PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
             PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
             SELECT DISTINCT $this ?value {{ {body} }}''' ]"
        );
        let core = validate(constraint, &path, &data);
        let sparql = validate(&query, &path, &data);
        prop_assert_eq!(found(&core), found(&sparql), "{}", path);
    }
}
