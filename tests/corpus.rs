//! Real records, when `PFOCR_CORPUS` names a folder with them, convert without an error; what is
//! odd in them is listed here.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]
#![allow(clippy::print_stderr, reason = "a test that skips says so")]

use std::path::{Path, PathBuf};
use std::{env, fs};

use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Diagnostic, Severity};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::source::Input;

/// Converts a folder; diagnostics as `severity code path:line:column`, paths from the corpus on.
fn convert(folder: &Path, corpus: &Path) -> Vec<String> {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut found = Vec::new();
    let inputs = [Input::open(folder, None, &mut found).unwrap()];
    let mut report = |diagnostic: &Diagnostic| found.push(diagnostic.clone());
    let serializer = Serializer::new(Format::NQuads, SchemaOrg::Http, std::io::sink()).unwrap();
    let (_, summary) = Pipeline::new(&inputs, &converter).run(serializer, &mut report).unwrap();
    assert_eq!(summary.skipped(), 0);
    assert!(found.iter().all(|diagnostic| diagnostic.severity() < Severity::Error), "{found:?}");
    let prefix = format!("{}/", corpus.display());
    let line = |diagnostic: &Diagnostic| {
        let place = diagnostic.location.to_string();
        let place = place.strip_prefix(&prefix).unwrap_or(&place);
        format!("{} {} {place}", diagnostic.severity(), diagnostic.code)
    };
    found.iter().map(line).collect()
}

#[test]
fn real_records_convert_without_an_error() {
    let Some(corpus) = env::var_os("PFOCR_CORPUS").map(PathBuf::from) else {
        eprintln!("skipped: PFOCR_CORPUS is not set");
        return;
    };
    let mut folders = vec![corpus.clone()];
    let generations = fs::read_dir(corpus.join("generations")).unwrap();
    folders.extend(generations.map(|entry| entry.unwrap().path()));
    folders.sort();
    let found: Vec<String> = folders.iter().flat_map(|folder| convert(folder, &corpus)).collect();
    insta::assert_snapshot!(found.join("\n"), @r"
    note count-mismatch _data/PMC10034247__11064_2023_3912_Fig1_HTML-genes.tsv:2:70
    note count-mismatch _data/PMC10034247__11064_2023_3912_Fig1_HTML-genes.tsv:7:67
    warning figlink-mismatch _figures/PMC2277006__tjp0584-1029-f1a.md:11:10
    warning figlink-mismatch generations/0006939/PMC2277006__tjp0584-1029-f1a.md:3:10
    ");
}
