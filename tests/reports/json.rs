//! The report for programs, and its schema.

use std::fs;

use serde_json::Value;

use super::{database, validate};

/// The schema that the program prints.
pub(super) fn validator() -> jsonschema::Validator {
    let folder = database();
    let (code, schema, err) = validate(folder.path(), "--json-schema");
    assert_eq!((code, err.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&schema).unwrap();
    assert!(jsonschema::draft202012::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

fn report(arguments: &str) -> Value {
    let folder = database();
    let data = "@prefix schema: <http://schema.org/> . <a> a schema:ImageObject .";
    fs::write(folder.path().join("data.ttl"), data).unwrap();
    fs::write(folder.path().join("good.ttl"), "").unwrap();
    let or = "@base <http://example.org/> .
        @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix schema: <http://schema.org/> .
        <#or> sh:targetClass schema:ImageObject ; sh:or ( <#a> ) ; sh:severity <#bad> .
        <#a> sh:path ( schema:name schema:url ) ; sh:minCount 1 .
        <#kind> sh:targetObjectsOf schema:isPartOf ; sh:nodeKind sh:Literal ; sh:severity sh:Info .";
    fs::write(folder.path().join("or.ttl"), or).unwrap();
    let (_, out, err) = validate(folder.path(), &format!("--report json {arguments}"));
    assert!(!out.is_empty(), "{arguments}: {err}");
    serde_json::from_str(&out).unwrap()
}

#[test]
fn every_report_is_valid_against_the_schema() {
    let validator = validator();
    let reports = [
        ("db", 12),
        ("db --max-results 2", 2),
        ("db --max-results 0", 0),
        ("db/a.md --shapes shapes.ttl", 2),
        ("db/a.md --shapes or.ttl", 3),
        ("data.ttl --shapes shapes.ttl", 1),
        ("data.ttl --shapes or.ttl", 1),
        ("data.ttl good.ttl", 8),
        ("good.ttl", 0),
    ];
    for (arguments, number) in reports {
        let report = report(arguments);
        let errors: Vec<_> = validator.iter_errors(&report).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{arguments}: {errors:?}");
        assert_eq!(report["results"].as_array().unwrap().len(), number, "{arguments}");
    }
}

#[test]
fn the_schema_refuses_what_is_no_report() {
    let validator = validator();
    let t = |change: fn(&mut Value)| {
        let mut report = report("db");
        assert!(validator.is_valid(&report));
        change(&mut report);
        assert!(!validator.is_valid(&report), "{report}");
    };
    t(|report| report["passed"] = Value::Null);
    t(|report| report["more"] = Value::Null);
    t(|report| report["results"][0]["line"] = 0.into());
    t(|report| report["results"][0]["severity"] = "fatal".into());
    t(|report| report["results"][0]["colour"] = "red".into());
    t(|report| report["results"][0]["focusNode"] = "no term".into());
    t(|report| drop(report["results"][0].as_object_mut().unwrap().remove("line")));
    t(|report| drop(report["results"][0].as_object_mut().unwrap().remove("component")));
    t(|report| drop(report["results"][11].as_object_mut().unwrap().remove("file")));
}

#[test]
fn a_result_says_everything() {
    let report = report("db/a.md --shapes or.ttl");
    insta::assert_snapshot!("json_results", pretty(&report["results"]));
}

fn pretty(value: &Value) -> String {
    serde_json::to_string_pretty(value).unwrap()
}

#[test]
fn the_end_counts_what_is_left_out() {
    let mut report = report("db --max-results 1");
    report["results"].take();
    insta::assert_snapshot!("json_end", pretty(&report));
}

#[test]
fn passed_is_the_exit_code() {
    let t = |arguments: &str, conforms: bool, passed: bool| {
        let report = report(arguments);
        assert_eq!((&report["conforms"], &report["passed"]), (&conforms.into(), &passed.into()));
    };
    t("db", false, false);
    t("db/a.md", false, true);
    t("db/a.md --fail-on warning", false, false);
    t("data.ttl --shapes or.ttl --fail-on info", false, false);
    t("data.ttl --shapes shapes.ttl", false, false);
    t("good.ttl", true, true);
}
