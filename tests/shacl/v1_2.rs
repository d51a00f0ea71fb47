//! The terms of SHACL 1.2: what the draft tests do not ask.

use crate::text::{results, shapes, shapes_with, triples};
use pfocr2rdf::shacl::{Options, Report, Severity, Version};

/// Validates by SHACL 1.2.
fn draft(turtle: &str, data: &str) -> Report {
    let shapes = shapes_with(turtle, Options::new().with_version(Version::V1_2)).unwrap();
    shapes.validator().validate(&triples(data)).unwrap()
}

#[test]
fn terms_that_change_nothing_else_are_known_in_1_0() {
    fn t(property: &str, data: &str, expected: &[&str]) {
        let shape = format!("<s> sh:targetNode <a> ; sh:property [ sh:path <p> ; {property} ] .");
        assert_eq!(results(&shape, data), expected, "{property}");
    }
    t("sh:singleLine true", r#"<a> <p> "one" , "two\nlines" ."#, &["<a> <p> two\nlines"]);
    t("sh:singleLine false", r#"<a> <p> "two\nlines" ."#, &[]);
    t("sh:someValue [ sh:minLength 2 ]", "<a> <p> '1' , '12' .", &[]);
    t("sh:someValue [ sh:minLength 2 ]", "<a> <p> '1' , '2' .", &["<a> <p> -"]);
    t("sh:subsetOf <q>", "<a> <p> 1 , 2 ; <q> 2 , 3 .", &["<a> <p> 1"]);
    let subclass = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . \
                    <D> rdfs:subClassOf <C> . <a> <p>";
    t("sh:rootClass <C>", &format!("{subclass} <C> , <D> , <E> ."), &["<a> <p> <E>"]);
}

#[test]
fn keys_are_compared() {
    let shape = "<s> sh:targetClass <C> ; sh:uniqueValuesFor ( <p> <q> ) .";
    let data = "<a> a <C> ; <p> 1 ; <q> 1 . <b> a <C> ; <p> 1 ; <q> 2 . <c> a <C> ; <p> 1 .";
    assert_eq!(results(shape, data), Vec::<String>::new());
    let data = format!("{data} <d> a <C> ; <p> 3 , 1 ; <q> 2 .");
    assert_eq!(results(shape, &data), ["<b> - <d>", "<d> - <b>"]);
}

#[test]
fn what_is_missing_from_an_incomplete_node_may_be_elsewhere() {
    fn t(constraint: &str, rest: &str, incomplete: &str) {
        let shape = format!("<s> sh:targetNode <a> ; sh:path <p> ; {constraint} .");
        let conforms = |more: &str| draft(&shape, &format!("{rest} {more}")).conforms;
        assert!(!conforms(""), "{constraint}");
        assert!(conforms(&format!("{SH} {incomplete} sh:incomplete true .")), "{constraint}");
        assert!(!conforms(&format!("{SH} {incomplete} sh:incomplete false .")), "{constraint}");
        let start = format!("{SH} <> sh:incompleteURIStart 'http://example.com/' .");
        assert!(conforms(&start), "{constraint}");
        let other = format!("{SH} <> sh:incompleteURIStart 'http://example.org/' .");
        assert!(!conforms(&other), "{constraint}");
    }
    const SH: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .";
    t("sh:minCount 1", "", "<a>");
    t("sh:hasValue 1", "<a> <p> 2 .", "<a>");
    t("sh:qualifiedValueShape [ ] ; sh:qualifiedMinCount 2", "<a> <p> 2 .", "<a>");
    t("sh:someValue [ sh:nodeKind sh:IRI ]", "<a> <p> 2 .", "<a>");
    t("sh:class <C>", "<a> <p> <b> .", "<b>");
    t("sh:node [ sh:property [ sh:path <q> ; sh:minCount 1 ] ]", "<a> <p> <b> .", "<b>");
    let shape = "<s> sh:targetNode <a> ; sh:path <p> ; sh:maxCount 0 .";
    assert!(!draft(shape, &format!("{SH} <a> <p> 1 ; sh:incomplete true .")).conforms);
    let shape = "<s> sh:targetNode <a> ; sh:path <p> ; sh:minCount 1 .";
    let data = format!("{SH} <a> sh:incomplete true .");
    assert_eq!(results(shape, &data), ["<a> <p> -"], "1.0 knows no incomplete nodes");
}

#[test]
fn lists_and_paths_are_values_in_1_2_only() {
    fn t(constraint: &str, data: &str, expected: usize, refusal: &str) {
        let shape = format!("<s> sh:targetNode <a> ; sh:path <p> ; {constraint} .");
        assert_eq!(draft(&shape, data).results.len(), expected, "{constraint}");
        let error = shapes(&shape).unwrap_err().to_string();
        let expected = format!("s.ttl:1: <http://example.com/s> is ill-formed: {refusal}");
        assert_eq!(error, expected);
    }
    let data = "<a> <p> 1 , 'x' , <b> . <b> a <C> .";
    t("sh:datatype ( xsd:integer xsd:string )", data, 1, "sh:datatype must be an IRI");
    t("sh:nodeKind ( sh:IRI sh:Literal )", data, 0, "sh:nodeKind must be an IRI");
    t("sh:class ( <C> <D> )", data, 2, "sh:class must be an IRI");
    t("sh:equals ( <p> <q> )", data, 3, "sh:equals must be an IRI");
    t("sh:disjoint [ sh:zeroOrOnePath <p> ]", data, 3, "sh:disjoint must be an IRI");
}

#[test]
fn severities_decide_about_conformance_in_1_2_only() {
    fn t(severity: &str, expected: &Severity, conforms: bool) {
        let shape = format!("<s> sh:targetNode 1 ; sh:nodeKind sh:IRI ; sh:severity {severity} .");
        let report = draft(&shape, "");
        assert_eq!(report.results.first().unwrap().severity, *expected);
        assert_eq!(report.conforms, conforms, "{severity}");
        let old = shapes(&shape).unwrap().validator().validate(&triples("")).unwrap();
        assert!(!old.conforms, "{severity}");
    }
    let own = oxrdf::NamedNode::new("http://example.com/own").unwrap();
    t("sh:Violation", &Severity::Violation, false);
    t("sh:Warning", &Severity::Warning, false);
    t("sh:Info", &Severity::Info, false);
    t("sh:Debug", &Severity::Debug, true);
    t("sh:Trace", &Severity::Trace, true);
    t("<own>", &Severity::Other(own), true);
}
