//! The report for code-scanning sites.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{database, folder, validate};

fn sarif(folder: &Path, arguments: &str) -> Value {
    let (_, out, err) = validate(folder, &format!("--report sarif {arguments}"));
    assert!(!out.is_empty(), "{arguments}: {err}");
    serde_json::from_str(&out).unwrap()
}

pub(super) fn validator() -> jsonschema::Validator {
    let path = "tests/sarif/sarif-schema-2.1.0.json";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let mut schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    // The only pattern that is no regular expression, of a property that is not written here.
    for definition in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][definition]["properties"]["language"];
        assert!(language.as_object_mut().unwrap().remove("pattern").is_some());
    }
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn the_log_is_valid_against_the_published_schema() {
    let (folder, validator) = (database(), validator());
    let absolute = folder.path().join("db").display().to_string();
    for arguments in
        ["db", "db --max-results 1", "db --max-results 0", "db/a.md -s shapes.ttl", &absolute]
    {
        let log = sarif(folder.path(), arguments);
        let errors: Vec<_> = validator.iter_errors(&log).map(|e| e.to_string()).collect();
        assert!(errors.is_empty(), "{arguments}: {errors:?}");
    }
    let mut log = sarif(folder.path(), "db");
    log["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator.is_valid(&log));
}

#[test]
fn a_log_says_everything() {
    let folder = folder(&[("a b.md", "---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n")]);
    let mut log = serde_json::to_string_pretty(&sarif(folder.path(), ". -s shapes.ttl")).unwrap();
    log = log.replace(env!("CARGO_PKG_VERSION"), "VERSION");
    insta::assert_snapshot!("sarif", log);
}

#[test]
fn results_point_at_their_rules() {
    let folder = database();
    let log = sarif(folder.path(), "db");
    let run = &log["runs"][0];
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        let rule = &run["tool"]["driver"]["rules"][index];
        assert_eq!(rule["id"], result["ruleId"]);
        assert_eq!(rule["defaultConfiguration"]["level"], result["level"]);
    }
}

#[test]
fn fingerprints_outlive_a_change_of_lines() {
    let fingerprints = |lines: &str| -> Vec<String> {
        let record = format!("---\n{lines}figid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n");
        // Two rows with the same defect.
        let table = "word\tmesh\tmatch\tname\tdoid\na\nb\n";
        let files =
            [("db/_figures/a.md", record.as_str()), ("db/_data/PMC1__f-diseases.tsv", table)];
        let folder = folder(&files);
        let log = sarif(folder.path(), "db");
        assert_eq!(log.to_string().matches("\"ruleId\":\"short-row\"").count(), 2);
        let results = log["runs"][0]["results"].as_array().unwrap();
        let of = |result: &Value| {
            result["partialFingerprints"]["defect/v1"].as_str().unwrap().to_owned()
        };
        results.iter().map(of).collect()
    };
    let before = fingerprints("");
    assert_eq!(before, fingerprints("# one\n# two\n"));
    let mut distinct = before.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), before.len());
}
