//! Bibliographic truth: what a value of a record becomes, in tables.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

use oxttl::NTriplesParser;
use pfocr2rdf::convert::Converter;
use pfocr2rdf::mapping::Context;
use pfocr2rdf::organisms::OrganismTable;
use pfocr2rdf::serialize::{Format, SchemaOrg, Serializer};
use pfocr2rdf::source::{Document, Folder};

/// The objects of a predicate on the nodes whose IRI has this in it.
fn objects(yaml: &str, subject: &str, predicate: &str) -> Vec<String> {
    let bytes = format!("---\nfigid: PMC1__f\npmcid: PMC1\n{yaml}\n---\n").into_bytes();
    let document = Document { name: "record".to_owned(), bytes, is_plain: false };
    let organisms = OrganismTable::bundled();
    let converter = Converter::new(Context::new(&organisms));
    let mut lines = Serializer::new(Format::NTriples, SchemaOrg::Http, Vec::new()).unwrap();
    converter.convert(&document, &Folder::default(), &mut lines).unwrap();
    let lines = lines.finish().unwrap();
    NTriplesParser::new()
        .for_slice(&lines)
        .map(Result::unwrap)
        .filter(|triple| triple.subject.to_string().contains(subject))
        .filter(|triple| triple.predicate.as_str().ends_with(predicate))
        .map(|triple| triple.object.to_string())
        .collect()
}

#[test]
fn titles() {
    fn t(value: &str, expected: &[&str]) {
        let found = objects(&format!("papertitle: {value}"), "/pmc/", "schema.org/name");
        assert_eq!(found, expected, "{value}");
    }
    t("'A title.'", &["\"A title\"@en"]);
    t("'Why?.'", &["\"Why?\"@en"]);
    t("'Of thaliana .'", &["\"Of thaliana\"@en"]);
    t("' A  \u{a0}title '", &["\"A title\"@en"]);
    t("\"Cafe\\u0301\"", &["\"Café\"@en"]);
    t("\"A\\uFEFF title\\u0007\"", &["\"A title\"@en"]);
    t("NA", &[]);
    t("'.'", &[]);
    t("012", &["\"012\"@en"]);
    t("NO", &["\"NO\"@en"]);
}

#[test]
fn dois() {
    fn t(value: &str, expected: &[&str]) {
        let found = objects(&format!("doi: '{value}'"), "/pmc/", "schema.org/sameAs");
        assert_eq!(found, expected, "{value}");
    }
    t("10.1000/A.B", &["<https://doi.org/10.1000/a.b>"]);
    t("https://doi.org/10.1000/1", &["<https://doi.org/10.1000/1>"]);
    t("http://dx.doi.org/10.1000/1", &["<https://doi.org/10.1000/1>"]);
    t("doi:10.1000/1", &["<https://doi.org/10.1000/1>"]);
    t("10.1002/(SICI)1<1::AID-X>3.0", &["<https://doi.org/10.1002/(sici)1%3C1::aid-x%3E3.0>"]);
    t("10.1000/\u{3b2}-x/y", &["<https://doi.org/10.1000/%CE%B2-x/y>"]);
    t("10.1000/a b", &[]);
    t("10.1/a", &[]);
    t(".na.character", &[]);
}

#[test]
fn links_of_figures() {
    fn t(value: &str, expected: &str) {
        let found = objects(&format!("figlink: '{value}'"), "/figures/PMC1__f>", "schema.org/url");
        assert_eq!(found, [format!("<https://pmc.ncbi.nlm.nih.gov/{expected}>")], "{value}");
    }
    t("/pmc/articles/PMC1/figure/F1/", "articles/PMC1/figure/F1/");
    t("pmc/articles/PMC1/figure/F1", "articles/PMC1/figure/F1");
    t("/articles/PMC1/figure/F 1", "articles/PMC1/figure/F%201");
}

#[test]
fn organisms() {
    fn t(name: &str, expected: &str) {
        let found = objects(&format!("organisms: '{name}'"), "/pmc/", "schema.org/mentions");
        assert_eq!(found, [expected], "{name}");
    }
    t("Homo sapiens", "<http://purl.obolibrary.org/obo/NCBITaxon_9606>");
    t(" Homo  sapiens", "<http://purl.obolibrary.org/obo/NCBITaxon_9606>");
    t("Herbal medicine", "<https://pfocr.wikipathways.org/#organism-herbal-medicine>");
    t("homo sapiens", "<https://pfocr.wikipathways.org/#organism-homo-sapiens>");
    // Nothing is left of the name but its hash: printf 自然 | sha256sum
    t("自然", "<https://pfocr.wikipathways.org/#organism-4f1240839836>");
}

#[test]
fn scores_and_years() {
    fn t(key: &str, subject: &str, predicate: &str, value: &str, expected: &[&str]) {
        let found = objects(&format!("{key}: {value}"), subject, predicate);
        let expected: Vec<String> = expected
            .iter()
            .map(|e| e.replace("xsd:", "http://www.w3.org/2001/XMLSchema#"))
            .collect();
        assert_eq!(found, expected, "{value}");
    }
    let score = |value: &str, expected: &[&str]| {
        t("automl_pathway", "#automl", "schema.org/value", value, expected);
    };
    score("0.93250", &["\"0.93250\"^^<xsd:decimal>"]);
    score("1", &["\"1\"^^<xsd:decimal>"]);
    score("1.01", &[]);
    score("9e-1", &[]);
    let year = |value: &str, expected: &[&str]| {
        t("year", "/pmc/", "datePublished", value, expected);
    };
    year("2001", &["\"2001\"^^<xsd:gYear>"]);
    year("'1999'", &["\"1999\"^^<xsd:gYear>"]);
    year("1899", &[]);
    year("in press", &[]);
}
