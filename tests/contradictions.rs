//! What records say of the same thing is compared, across all records of a run.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::fmt::Write;
use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use pfocr2rdf::convert::Converter;
use pfocr2rdf::diagnostic::{Code, Diagnostic};
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::pipeline::Pipeline;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::source::Input;

const CODES: [Code; 3] = [Code::AmbiguousAlias, Code::SymbolConflict, Code::KindConflict];

/// The contradictions in a folder, with the places in it.
fn found(folder: &Path, jobs: usize) -> Vec<String> {
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let inputs = [Input::open(folder, None, &mut Vec::new()).unwrap()];
    let serializer = Serializer::new(Format::NQuads, SchemaOrg::Http, Vec::new()).unwrap();
    let mut lines = Vec::new();
    let mut report = |diagnostic: &Diagnostic| {
        if CODES.contains(&diagnostic.code) {
            lines.push(diagnostic.to_string().replace(&format!("{}/", folder.display()), ""));
        }
    };
    let pipeline = Pipeline::new(&inputs, &converter).with_jobs(NonZeroUsize::new(jobs).unwrap());
    pipeline.run(serializer, &mut report).unwrap();
    lines
}

/// The contradictions between records, each the lines of a front matter.
fn contradictions(records: &[&str]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (number, record) in (1..).zip(records) {
        fs::write(folder.path().join(format!("{number}.md")), format!("---\n{record}---\n"))
            .unwrap();
    }
    found(folder.path(), 1)
}

fn t(records: &[&str], expected: &[&str]) {
    assert_eq!(contradictions(records), expected);
}

#[test]
fn an_alias_is_of_one_figure() {
    t(&["figid: PMC1__a\nfigid_alias: PMC1__F1\n", "figid: PMC1__b\nfigid_alias: PMC1__F2\n"], &[]);
    t(&["figid: PMC1__a\nfigid_alias: PMC1__a\n"], &[]);
    t(
        &[
            "figid: PMC1__a\nfigid_alias: PMC1__F1\n",
            "figid: PMC1__b\nfigid_alias: PMC1__F1\n",
            "figid: PMC1__c\npmcid: PMC1\nfigid_alias: PMC1__F1\n",
        ],
        &[
            "2.md:3:14: warning[ambiguous-alias]: found the name \"PMC1__F1\" of the figure \"PMC1__b\", which is that of \"PMC1__a\" elsewhere (1.md:3:14)",
            "3.md:4:14: warning[ambiguous-alias]: found the name \"PMC1__F1\" of the figure \"PMC1__c\", which is that of \"PMC1__a\" elsewhere (1.md:3:14)",
        ],
    );
    t(
        &["figid: PMC1__a\n", "figid: PMC1__b\nfigid_alias: PMC1__a\n"],
        &[
            "2.md:3:14: warning[ambiguous-alias]: found the name \"PMC1__a\" of the figure \"PMC1__b\", which is that of \"PMC1__a\" elsewhere (1.md:2:8)",
        ],
    );
    t(
        &["figid: PMC1__a\nfigid_alias: PMC1__b\n", "figid: PMC1__b\n"],
        &[
            "2.md:2:8: warning[ambiguous-alias]: found the name \"PMC1__b\" of the figure \"PMC1__b\", which is that of \"PMC1__a\" elsewhere (1.md:3:14)",
        ],
    );
}

#[test]
fn a_gene_has_one_symbol() {
    let record = |figid: &str, genes: &[(&str, &str)]| {
        let mut record = format!("figid: {figid}\ngenes:\n");
        for (id, symbol) in genes {
            writeln!(record, "- {{word: w, hgnc_symbol: {symbol}, entrez: '{id}'}}").unwrap();
        }
        record
    };
    let first = record("PMC1__a", &[("7157", "TP53"), ("207", "AKT1"), ("7157", "TP53")]);
    let same = record("PMC1__b", &[("207", "AKT1"), ("7157", "''"), ("472", "ATM")]);
    let other = record("PMC1__c", &[("207", "AKT1"), ("207", "RAC"), ("207", "RAC")]);
    let again = record("PMC1__d", &[("207", "RAC"), ("472", "atm")]);
    t(&[&first, &same], &[]);
    t(
        &[&first, &same, &other, &again],
        &[
            "3.md:5:26: warning[symbol-conflict]: found the symbol \"RAC\" of the gene \"207\", which is \"AKT1\" elsewhere (1.md:5:26)",
            "4.md:5:26: warning[symbol-conflict]: found the symbol \"atm\" of the gene \"472\", which is \"ATM\" elsewhere (2.md:6:26)",
        ],
    );
}

#[test]
fn a_concept_is_a_chemical_or_a_disease() {
    let record = |figid: &str, kind: &str, id: &str| {
        format!("figid: {figid}\n{kind}:\n- {{word: w, source: MESH, identifier: {id}}}\n")
    };
    let chemical = record("PMC1__a", "chemicals", "D004041");
    let disease = record("PMC1__b", "diseases", "D004041");
    let others = record("PMC1__c", "diseases", "D000001");
    t(&[&chemical, &others], &[]);
    t(
        &[&chemical, &disease],
        &[
            "2.md:4:39: note[kind-conflict]: found D004041 as a disease, which is a chemical elsewhere (1.md:4:39)",
        ],
    );
    t(
        &[&disease, &chemical],
        &[
            "2.md:4:39: note[kind-conflict]: found D004041 as a chemical, which is a disease elsewhere (1.md:4:39)",
        ],
    );
}

#[test]
fn a_record_that_is_left_out_contradicts_none() {
    t(
        &[
            "figid: PMC1__a\n",
            "figid: PMC1__a\nfigid_alias: PMC1__F1\n",
            "figid: PMC1__b\nfigid_alias: PMC1__F1\n",
        ],
        &[],
    );
}

#[test]
fn the_number_of_threads_does_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..300 {
        let yaml = format!(
            "---\nfigid: PMC{number}__f\nfigid_alias: PMC{}__F\ngenes:\n- {{hgnc_symbol: A{}, entrez: {}}}\n---\n",
            number % 250,
            number / 100,
            number % 100 + 1,
        );
        fs::write(folder.path().join(format!("{number:03}.md")), yaml).unwrap();
    }
    let expected = found(folder.path(), 1);
    // The aliases of the last 50 are taken, and the genes of the last 200 had another symbol.
    assert_eq!(expected.len(), 50 + 200);
    for jobs in 2..5 {
        assert_eq!(found(folder.path(), jobs), expected, "{jobs} threads");
    }
}
