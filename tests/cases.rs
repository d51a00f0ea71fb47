//! Every folder below `tests/cases` converts to its expected quads and diagnostics, in all
//! formats, and its Turtle reads as the snapshot shows.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

mod common;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use common::{Case, cases};
use pfocr2rdf::serialize::Format;

#[test]
fn cases_give_the_expected_quads_and_diagnostics() {
    let mut failures = String::new();
    for case in cases() {
        let (quads, diagnostics) = case.convert(Format::NQuads);
        let mut lines: Vec<&str> = quads.lines().collect();
        lines.sort_unstable();
        differences(&mut failures, &case, "expected.nq", &lines);
        let mut lines: Vec<&str> = diagnostics.iter().map(String::as_str).collect();
        lines.sort_unstable();
        differences(&mut failures, &case, "expected.diagnostics", &lines);
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn no_quad_is_written_twice() {
    for case in cases() {
        let (quads, _) = case.convert(Format::NQuads);
        let mut lines: Vec<&str> = quads.lines().collect();
        let written = lines.len();
        lines.sort_unstable();
        lines.dedup();
        assert_eq!(lines.len(), written, "{}", case.name);
    }
}

/// Notes the lines that are in one of the two and not in the other.
fn differences(failures: &mut String, case: &Case, file: &str, found: &[&str]) {
    let expected = fs::read_to_string(Path::new(&case.folder).join(file)).unwrap();
    let mut expected: Vec<&str> = expected.split_terminator('\n').collect();
    expected.sort_unstable();
    for line in expected.iter().filter(|line| !found.contains(line)) {
        writeln!(failures, "{}/{file}: missing {line}", case.name).unwrap();
    }
    for line in found.iter().filter(|line| !expected.contains(line)) {
        writeln!(failures, "{}/{file}: unexpected {line}", case.name).unwrap();
    }
    if expected.len() != found.len() {
        let (expected, found) = (expected.len(), found.len());
        writeln!(failures, "{}/{file}: {found} lines, not {expected}", case.name).unwrap();
    }
}
