//! The reports in RDF.

use std::fs;

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, TermRef};
use oxttl::{NTriplesParser, TurtleParser};
use serde_json::Value;

use super::{database, validate, validate_with};

const SH: &str = "http://www.w3.org/ns/shacl#";
const EARL: &str = "http://www.w3.org/ns/earl#";
const PTR: &str = "http://www.w3.org/2009/pointers#";

fn graph(arguments: &str) -> Graph {
    let folder = database();
    let good = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/defects/none.md");
    fs::copy(good, folder.path().join("good.md")).unwrap();
    let (_, out, _) = validate(folder.path(), &format!("{arguments} -q --report ntriples"));
    NTriplesParser::new().for_slice(&out).map(Result::unwrap).collect()
}

/// The only object of a subject and a predicate.
fn one<'g>(graph: &'g Graph, subject: TermRef<'g>, namespace: &str, name: &str) -> TermRef<'g> {
    let subject = match subject {
        TermRef::BlankNode(node) => NamedOrBlankNodeRef::from(node),
        TermRef::NamedNode(node) => node.into(),
        literal @ TermRef::Literal(_) => unreachable!("{literal}"),
    };
    let predicate = format!("{namespace}{name}");
    let predicate = NamedNodeRef::new(&predicate).unwrap();
    let mut objects = graph.objects_for_subject_predicate(subject, predicate);
    let found = (objects.next(), objects.next());
    assert!(found.0.is_some() && found.1.is_none(), "{subject} {predicate}: {found:?}");
    found.0.unwrap()
}

/// The results of a report.
fn results(graph: &Graph) -> Vec<TermRef<'_>> {
    let predicate = format!("{SH}result");
    let triples = graph.triples_for_predicate(NamedNodeRef::new(&predicate).unwrap());
    triples.map(|triple| triple.object).collect()
}

fn value(term: TermRef<'_>) -> String {
    match term {
        TermRef::NamedNode(node) => node.as_str().to_owned(),
        TermRef::Literal(literal) => literal.value().to_owned(),
        TermRef::BlankNode(_) => "_".to_owned(),
    }
}

#[test]
fn every_result_is_well_formed_and_has_its_place() {
    let graph = graph("db");
    let mut found = Vec::new();
    for result in results(&graph) {
        one(&graph, result, SH, "focusNode");
        let pointer = one(&graph, result, EARL, "pointer");
        let of = |name: &str| value(one(&graph, pointer, PTR, name));
        let file = of("reference").rsplit_once("/db/").unwrap().1.to_owned();
        let severity = value(one(&graph, result, SH, "resultSeverity"));
        let component = value(one(&graph, result, SH, "sourceConstraintComponent"));
        let message = value(one(&graph, result, SH, "resultMessage"));
        found.push([file, of("lineNumber"), of("charNumber"), severity, component, message]);
    }
    found.sort();
    let folder = database();
    let (_, json, _) = validate(folder.path(), "db --report json");
    let json: Value = serde_json::from_str(&json).unwrap();
    let mut expected: Vec<_> = json["results"].as_array().unwrap().iter().map(expected).collect();
    expected.sort();
    assert_eq!(found, expected);
}

/// What a result of the json report is in RDF.
fn expected(result: &Value) -> [String; 6] {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let file = text(&result["file"]).replace("db/", "");
    let (line, column) = (result["line"].to_string(), result["column"].to_string());
    let severity = match text(&result["severity"]).as_str() {
        "error" => "Violation",
        "warning" => "Warning",
        _ => "Info",
    };
    let code = format!("https://pfocr.wikipathways.org/diagnostics/{}", text(&result["code"]));
    let component = result["component"].as_str().map_or(code, str::to_owned);
    [file, line, column, format!("{SH}{severity}"), component, text(&result["message"])]
}

#[test]
fn turtle_and_ntriples_hold_the_same_graph() {
    let folder = database();
    let (_, turtle, _) = validate(folder.path(), "db -q --report turtle");
    let (_, triples, _) = validate(folder.path(), "db -q --report ntriples");
    let turtle: Graph = TurtleParser::new().for_slice(&turtle).map(Result::unwrap).collect();
    let triples: Graph = NTriplesParser::new().for_slice(&triples).map(Result::unwrap).collect();
    assert_eq!(turtle, triples);
}

#[test]
fn data_conform_when_there_is_no_result() {
    let t = |arguments: &str, number: usize, conforms: &str| {
        let graph = graph(arguments);
        assert_eq!(results(&graph).len(), number, "{arguments}");
        let kind = format!("{SH}conforms");
        let mut triples = graph.triples_for_predicate(NamedNodeRef::new(&kind).unwrap());
        assert_eq!(value(triples.next().unwrap().object), conforms, "{arguments}");
    };
    t("db/a.md", 11, "false");
    t("db --max-results 3", 3, "false");
    t("db --max-results 0", 0, "false");
    t("good.md", 0, "true");
}

#[test]
fn a_report_in_turtle_is_in_the_order_of_the_records() {
    let folder = database();
    let (_, out, _) = validate_with(
        folder.path(),
        "- --report turtle -q --shapes shapes.ttl",
        "---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n",
    );
    insta::assert_snapshot!(out, @r#"
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix ptr: <http://www.w3.org/2009/pointers#> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix earl: <http://www.w3.org/ns/earl#> .
    _:report1 a sh:ValidationReport ;
    	sh:conforms false ;
    	sh:result _:report2 , _:report4 .
    _:report2 a sh:ValidationResult ;
    	earl:pointer _:report3 ;
    	sh:focusNode <https://pfocr.wikipathways.org/figures/PMC1__f> ;
    	sh:resultMessage "no genre"@en ;
    	sh:resultPath <http://schema.org/genre> ;
    	sh:resultSeverity sh:Violation ;
    	sh:sourceConstraintComponent sh:MinCountConstraintComponent ;
    	sh:sourceShape <http://example.org/figure-genre> .
    _:report3 a ptr:LineCharPointer ;
    	<http://www.w3.org/2000/01/rdf-schema#label> "key figid"@en ;
    	ptr:charNumber "8"^^xsd:positiveInteger ;
    	ptr:lineNumber "2"^^xsd:positiveInteger ;
    	ptr:reference <file:///dev/stdin> .
    _:report4 a sh:ValidationResult ;
    	<http://www.w3.org/2000/01/rdf-schema#comment> "Write the year of publication in four digits. (pfocr2rdf explain invalid-year)"@en ;
    	earl:pointer _:report5 ;
    	sh:focusNode <file:///dev/stdin> ;
    	sh:resultMessage "found \"soon\", expected a year from 1900 to 2099" ;
    	sh:resultSeverity sh:Warning ;
    	sh:sourceConstraintComponent <https://pfocr.wikipathways.org/diagnostics/invalid-year> .
    _:report5 a ptr:LineCharPointer ;
    	<http://www.w3.org/2000/01/rdf-schema#label> "key year"@en ;
    	ptr:charNumber "7"^^xsd:positiveInteger ;
    	ptr:lineNumber "4"^^xsd:positiveInteger ;
    	ptr:reference <file:///dev/stdin> .
    "#);
}
