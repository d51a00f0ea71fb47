//! `pfocr2rdf validate` on records: every form of the report says the same, in full.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod contradictions;
mod graph;
mod json;
mod options;
mod same;
mod sarif;
mod text;

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use tempfile::TempDir;

/// A shape that every figure without a genre breaks.
const SHAPES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <http://schema.org/> .
@prefix : <http://example.org/> .
:figure sh:targetClass schema:ImageObject ; sh:property :figure-genre .
:figure-genre sh:path schema:genre ; sh:minCount 1 ; sh:message \"no genre\"@en .
";

/// A folder with files, and the shapes.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files.iter().chain(&[("shapes.ttl", SHAPES)]) {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

/// A folder with a record that has an odd year, and a file that is no record.
fn database() -> TempDir {
    let record = "---\nfigid: PMC1__f\npmcid: PMC1\nyear: soon\n---\n";
    folder(&[("db/a.md", record), ("db/b.md", "no record\n")])
}

/// Exit code, standard output and standard error.
fn validate(folder: &Path, arguments: &str) -> (i32, String, String) {
    validate_with(folder, arguments, "")
}

fn validate_with(folder: &Path, arguments: &str, input: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).arg("validate").args(arguments.split_whitespace());
    let output = command.write_stdin(input).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn diagnostics_and_results_of_shapes_stand_in_one_list() {
    let folder = database();
    let (code, out, err) = validate(folder.path(), "db");
    assert_eq!(code, 1);
    assert!(out.contains("warning[invalid-year]: ") && out.contains(" --> db/a.md:4:7\n"), "{out}");
    assert!(out.contains("warning[article-year-present]: "), "{out}");
    assert!(out.contains("error[missing-front-matter]: "), "{out}");
    assert!(err.contains("     1 error[missing-front-matter]\n"), "{err}");
    assert!(err.contains("records: 2 read, 1 converted, 1 skipped"), "{err}");
    let written = fs::read_dir(folder.path().join("db")).unwrap().count();
    assert_eq!(written, 2, "nothing is written");
}

#[test]
fn records_can_be_checked_with_other_shapes() {
    let folder = database();
    let (code, out, _) = validate(folder.path(), "--shapes shapes.ttl db/a.md");
    assert_eq!(code, 1);
    assert!(out.contains("error[figure-genre]: no genre\n --> db/a.md:2:8\n"), "{out}");
    assert!(!out.contains("article-year-present"));
    assert_eq!(validate(folder.path(), "--shapes shapes.ttl db/a.md data.ttl").0, 2);
    assert_eq!(validate(folder.path(), "--shapes shapes.ttl shapes.ttl --report sarif").0, 2);
}
