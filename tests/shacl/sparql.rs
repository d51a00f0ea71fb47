//! Queries as constraints: what the W3C suite does not ask.

use crate::text::{results, shapes, triples};
use pfocr2rdf::shacl::Failure;

const DATA: &str = "_:a a <C> ; <p> 1 , 2 . <b> a <C> ; <p> 3 .";

fn query(select: &str) -> String {
    format!("<s> sh:targetClass <C> ; sh:sparql [ sh:select '''{select}''' ] .")
}

/// The results of a query as focus node, path and value.
fn t(select: &str, expected: &[&str]) {
    assert_eq!(results(&query(select), DATA), expected, "{select}");
}

#[test]
fn blank_focus_nodes_are_the_same_everywhere() {
    t("SELECT $this { FILTER isBlank($this) }", &["_:a - _:a"]);
    t("SELECT $this ?value { $this <p> ?value FILTER isBlank($this) }", &["_:a - 1", "_:a - 2"]);
    t("SELECT $this { ?x <p> 1 FILTER (?x = $this) }", &["_:a - _:a"]);
    t("SELECT $this { ?x <p> 1 FILTER sameTerm(?x, $this) }", &["_:a - _:a"]);
    t("SELECT $this { BIND ($this AS ?x) ?x <p> 2 }", &["_:a - _:a"]);
    t("SELECT $this { FILTER NOT EXISTS { $this <p> 1 } }", &["<b> - <b>"]);
    t("SELECT $this { { SELECT $this { $this <p> 1 } } }", &["_:a - _:a"]);
    t("SELECT $this ($this AS ?value) { FILTER isBlank($this) }", &["_:a - _:a"]);
}

#[test]
fn solutions_say_path_and_value() {
    t("SELECT $this ?path ?value { $this ?path ?value FILTER (?value = 3) }", &["<b> <p> 3"]);
    t("SELECT $this (2 + 3 AS ?value) { $this <p> 3 }", &["<b> - 5"]);
    t(
        "SELECT $this (COUNT(?x) AS ?value) { $this <p> ?x } GROUP BY $this",
        &["_:a - 2", "<b> - 1"],
    );
    t("SELECT $this (COUNT(?x) AS ?value) { $this <q> ?x } GROUP BY $this", &[]);
    t("SELECT DISTINCT $this { $this <p> ?x } ORDER BY ?x LIMIT 1", &["_:a - _:a", "<b> - <b>"]);
    t("SELECT $this { { $this <p> 1 } UNION { $this <p> 3 } }", &["_:a - _:a", "<b> - <b>"]);
    t(
        "SELECT $this { OPTIONAL { $this <p> 1 , ?x } FILTER bound(?x) }",
        &["_:a - _:a", "_:a - _:a"],
    );
    t("SELECT $this { ?other <p> 3 FILTER ($this != ?other) }", &["_:a - _:a"]);
}

#[test]
fn paths_are_put_in() {
    let shape = |path: &str| {
        format!(
            "<s> sh:targetClass <C> ; sh:path {path} ; sh:sparql [ sh:select
                 '''SELECT DISTINCT $this ?value {{ $this a <C> ; $PATH ?value . }}''' ] ."
        )
    };
    assert_eq!(results(&shape("<p>"), "<b> a <C> ; <p> 3 ."), ["<b> <p> 3"]);
    let data = "<b> a <C> ; <p> <c> . <c> <q> 1 . <d> <r> <b> .";
    assert_eq!(results(&shape("( <p> <q> )"), data), ["<b> <p>/<q> 1"]);
    assert_eq!(results(&shape("[ sh:inversePath <r> ]"), data), ["<b> ^<r> <d>"]);
    let path = "[ sh:alternativePath ( [ sh:zeroOrOnePath <p> ] [ sh:oneOrMorePath <p> ] ) ]";
    assert_eq!(results(&shape(path), data).len(), 2);
}

#[test]
fn messages_are_filled_in() {
    let shape = "<s> sh:targetClass <C> ; sh:message 'of the shape' ; sh:sparql [
        sh:message '{$this} has {?value}'@en , 'no {?other}' ; sh:severity sh:Warning ;
        sh:select 'SELECT $this ?value { $this <p> ?value FILTER (?value > 2) }' ] .";
    let report = shapes(shape).unwrap().validator().validate(&triples(DATA)).unwrap();
    let messages: Vec<_> = report.results[0].messages.iter().map(ToString::to_string).collect();
    assert_eq!(messages, ["\"<http://example.com/b> has 3\"@en", "\"no {?other}\""]);
    assert_eq!(report.results[0].severity, pfocr2rdf::shacl::Severity::Warning);
    assert_eq!(report.results[0].triple, Some(4));
}

#[test]
fn components_have_parameters() {
    let component = "<c> a sh:ConstraintComponent ; sh:parameter [ sh:path <most> ] ;
        sh:validator [ sh:ask 'ASK { FILTER ($value <= $most) }' ;
            sh:message '{$value} > {$most}' ] .
        <s> sh:targetClass <C> ; sh:property [ sh:path <p> ; <most> 1 , 2 ] .";
    let report = shapes(component).unwrap().validator().validate(&triples(DATA)).unwrap();
    let messages: Vec<_> = report.results.iter().map(|one| one.messages[0].value()).collect();
    assert_eq!(messages, ["2 > 1", "3 > 1", "3 > 2"]);
    assert_eq!(report.results[0].component.as_str(), "http://example.com/c");
}

#[test]
fn a_query_can_fail() {
    let fails = |select: &str| {
        let shapes = shapes(&query(select)).unwrap();
        shapes.validator().validate(&triples(DATA)).unwrap_err()
    };
    let failure = |cause: &str| Failure::Query("<http://example.com/s>".into(), cause.into());
    assert_eq!(fails("SELECT $this (true AS ?failure) { }"), failure("it reports a failure"));
    let late = "SELECT $this ?failure { { } UNION { BIND (true AS ?failure) } }";
    assert_eq!(fails(late), failure("it reports a failure"));
    let negated = format!(
        "<s> sh:targetClass <C> ; sh:not <n> . <n> sh:sparql <q> . <q> sh:select '{late}' ."
    );
    let shapes = shapes(&negated).unwrap();
    assert!(shapes.validator().validate(&triples(DATA)).is_err());
    assert_eq!(
        fails("SELECT $this { FILTER <f>($this) }"),
        failure("The custom function <http://example.com/f> is not supported"),
    );
    assert_eq!(
        failure("it reports a failure").to_string(),
        "query of <http://example.com/s> failed: it reports a failure",
    );
}

#[test]
fn queries_of_many_parts_are_answered() {
    let expected = ["_:a - _:a", "<b> - <b>"];
    let around = |left: &str, right: &str| {
        t(
            &format!("SELECT DISTINCT $this {{ {}{} }}", left.repeat(20), right.repeat(20)),
            &expected,
        );
    };
    around("{", "}");
    around("OPTIONAL { ?x <p> ?y ", "}");
    around("FILTER EXISTS { $this <p> ?y ", "}");
    t(&format!("SELECT $this {{ FILTER (1{}) }}", " || 1".repeat(40)), &expected);
    t(&format!("SELECT $this {{ FILTER (1{}) }}", " + 1".repeat(40)), &expected);
    t(&format!("SELECT DISTINCT $this {{ {{}}{} }}", " UNION {}".repeat(40)), &expected);
}
