//! The options that change what is read or made are those of `convert`.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{folder, validate};

const RECORD: &str = "---
figid: PMC1__f
pmcid: PMC1
organisms: Sus fictus
filename: a%b.jpg
colour: red
---
";
const TABLE: &str = "word\tmesh\tmatch\tname\tchebi\nsalt\t12965\tNA\tNA\tNA\n";
const NAMES: &str = "99\t|\tSus fictus\t|\t\t|\tscientific name\t|\n";
const PMC_IDS: &str = "PMCID,PMID,DOI\nPMC1,12345,10.1000/x\n";

fn database() -> tempfile::TempDir {
    folder(&[
        ("db/_figures/a.md", RECORD),
        ("db/_data/PMC1__f-chemicals.tsv", TABLE),
        ("other/PMC1__f-chemicals.tsv", TABLE),
        ("names.dmp", NAMES),
        ("PMC-ids.csv", PMC_IDS),
    ])
}

/// The results, each on a line as `convert` writes it.
fn validated(folder: &Path, options: &str) -> Vec<String> {
    let (code, out, err) = validate(folder, &format!("db --report json --quiet {options}"));
    assert!(code < 2, "{options}: {err}");
    let report: Value = serde_json::from_str(&out).unwrap();
    let line = |result: &Value| {
        let text = |name: &str| result[name].as_str().unwrap().to_owned();
        let place = format!("{}:{}:{}", text("file"), result["line"], result["column"]);
        format!("{place}: {}[{}]: {}", text("severity"), text("code"), text("message"))
    };
    report["results"].as_array().unwrap().iter().map(line).collect()
}

/// The diagnostics of `convert`.
fn converted(folder: &Path, options: &str) -> Vec<String> {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).arg("convert").args(options.split_whitespace()).arg("db");
    let err = String::from_utf8(command.output().unwrap().stderr).unwrap();
    let (diagnostics, _) = err.split_once("records: ").unwrap();
    diagnostics.lines().map(str::to_owned).collect()
}

#[test]
fn validate_says_what_convert_says() {
    let folder = database();
    let default = validated(folder.path(), "");
    let codes = |results: &[String]| -> Vec<String> {
        let code = |line: &String| line.split(['[', ']']).nth(1).unwrap().to_owned();
        results.iter().map(code).collect()
    };
    let t = |options: &str, gone: &str| {
        let results = validated(folder.path(), options);
        assert_eq!(results, converted(folder.path(), options), "{options}");
        let (before, after) = (codes(&default), codes(&results));
        let missing: Vec<_> = before.iter().filter(|code| !after.contains(code)).collect();
        assert_eq!(missing, gone.split_whitespace().collect::<Vec<_>>(), "{options}");
    };
    t("", "");
    t("--jobs 3", "");
    t("--schema-base https", "");
    t("--image-url https://example.org/{filename}", "");
    t("--no-captions", "figure-caption-present");
    t("--taxonomy names.dmp", "organism-known");
    t("--pmc-ids PMC-ids.csv", "article-doi-present");
    t("--parts core", "annotation-entity-present");
    assert!(default.iter().any(|line| line.starts_with("db/_data/")));
    let other = validated(folder.path(), "--data other");
    assert!(other.iter().any(|line| line.starts_with("other/PMC1__f-chemicals.tsv:2:6: ")));
}

#[test]
fn options_for_records_are_refused_with_rdf_files() {
    let folder = database();
    fs::write(folder.path().join("a.ttl"), "").unwrap();
    let t = |options: &str| {
        let (code, out, err) = validate(folder.path(), &format!("a.ttl {options}"));
        let name = options.split(' ').next().unwrap();
        assert_eq!((code, out.as_str()), (2, ""), "{options}");
        assert!(err.contains(&format!("expected records: {name} is for these only")), "{err}");
    };
    t("--parts core");
    t("--data other");
    t("--no-captions");
    t("--image-url https://example.org/{filename}");
    t("--taxonomy names.dmp");
    t("--pmc-ids PMC-ids.csv");
    t("--jobs 2");
    fs::write(folder.path().join("s.ttl"), "").unwrap();
    t("--schema-base https --shapes s.ttl");
    for options in ["", "--schema-base https"] {
        assert_eq!(validate(folder.path(), &format!("a.ttl {options}")).0, 0);
    }
}

#[test]
fn bad_values_of_options_are_refused() {
    let folder = database();
    let t = |options: &str, expected: &str| {
        let (code, _, err) = validate(folder.path(), &format!("db {options}"));
        assert!(code == 2 && err.contains(expected), "{options}: {err}");
    };
    t("--parts cores", "cores");
    t("--data nowhere", "nowhere");
    t("--schema-base ftp", "expected \"http\" or \"https\"");
    t("--image-url f.jpg", "f.jpg");
    t("--taxonomy nowhere", "nowhere");
    t("--pmc-ids names.dmp", "names.dmp");
    t("--jobs 0", "expected a number from 1");
    t("--max-results some", "some");
}
