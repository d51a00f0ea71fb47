//! The output does not depend on the number of threads.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::fmt::Write;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use pfocr2rdf::convert::Converter;
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::source::Input;

/// Writes records that share genes. Every seventh has the figid of its neighbour, and is the
/// first to mention a gene which a later record mentions as well.
fn write_records(folder: &Path, number: usize) {
    for index in 0..number {
        let figure = if index % 7 == 6 { index - 1 } else { index };
        let mut yaml = format!("---\nfigid: PMC{figure}__f\npmcid: PMC{figure}\ngenes:\n");
        for gene in [index % 10 + 1, 1000 + index / 60, 2000 + index % 7 * 100 + index / 50] {
            // Now and then a gene has another symbol.
            let symbol = if index % 40 == gene % 40 { "OTHER" } else { "G" };
            writeln!(yaml, "- {{word: w, symbol: w, hgnc_symbol: {symbol}{gene}, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.join(format!("{index:04}.md")), yaml + "---\n").unwrap();
    }
}

fn convert(folder: &Path, format: Format, jobs: usize) -> (String, Vec<String>) {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let inputs = [Input::open(folder, None, &mut Vec::new()).unwrap()];
    let serializer = Serializer::new(format, SchemaOrg::Http, Vec::new()).unwrap();
    let mut diagnostics = Vec::new();
    let mut report = |diagnostic: &pfocr2rdf::diagnostic::Diagnostic| {
        diagnostics.push(diagnostic.to_string());
    };
    let pipeline = Pipeline::new(&inputs, &converter).with_jobs(NonZeroUsize::new(jobs).unwrap());
    let (serializer, summary) = pipeline.run(serializer, &mut report).unwrap();
    diagnostics.push(summary.to_string());
    (String::from_utf8(serializer.finish().unwrap()).unwrap(), diagnostics)
}

#[test]
fn every_number_of_threads_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    write_records(folder.path(), 600);
    for format in Format::ALL {
        let expected = convert(folder.path(), format, 1);
        assert!(expected.1.last().unwrap().contains("85 skipped (duplicate-figid 85)"));
        assert!(expected.1.last().unwrap().contains("(symbol-conflict 23)"));
        for jobs in 2..6 {
            let found = convert(folder.path(), format, jobs);
            assert!(found == expected, "{format} with {jobs} threads");
        }
    }
}

#[test]
fn records_that_fill_a_batch_alone_are_in_order() {
    let folder = tempfile::tempdir().unwrap();
    write_records(folder.path(), 40);
    for index in [0, 1, 30] {
        let mut yaml = format!("---\nfigid: PMC{index}__large\npmcid: PMC{index}\ngenes:\n");
        for gene in 10_000..14_000 {
            writeln!(yaml, "- {{word: w{gene}, symbol: w, hgnc_symbol: G, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.path().join(format!("{index:04}a.md")), yaml + "---\n").unwrap();
    }
    for format in [Format::NQuads, Format::Turtle] {
        let expected = convert(folder.path(), format, 1);
        assert!(expected.1.last().unwrap().starts_with("records: 43 read, 38 converted"));
        for jobs in 2..4 {
            let found = convert(folder.path(), format, jobs);
            assert!(found == expected, "{format} with {jobs} threads");
        }
    }
}

#[test]
fn lines_and_quads_hold_the_same_triples() {
    let folder = tempfile::tempdir().unwrap();
    write_records(folder.path(), 600);
    let (lines, _) = convert(folder.path(), Format::NTriples, 3);
    let (turtle, _) = convert(folder.path(), Format::Turtle, 3);
    let mut parsed: Vec<String> = oxttl::TurtleParser::new()
        .for_slice(&turtle)
        .map(|triple| format!("{} .", triple.unwrap()))
        .collect();
    let mut lines: Vec<&str> = lines.lines().collect();
    parsed.sort_unstable();
    lines.sort_unstable();
    assert_eq!(lines, parsed);
    lines.dedup();
    assert_eq!(lines.len(), parsed.len(), "a triple stands twice");
}
