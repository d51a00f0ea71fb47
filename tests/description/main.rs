//! The description of a release: its numbers are those of the data, its shapes see when something
//! is missing, and it is read by other parsers.

#![allow(clippy::panic, clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Command;

use flate2::read::GzDecoder;
use oxrdf::vocab::rdf;
use oxrdf::{Graph, Literal, NamedNode, NamedNodeRef, Term, Triple};
use oxttl::{NTriplesParser, TurtleParser};
use pfocr2rdf::shacl::{Options, Shapes, Source};
use pfocr2rdf::shapes::{DESCRIPTION, NAMESPACE};
use tempfile::TempDir;

mod numbers;
mod shapes;

const BASE: &str = "https://example.org/20261101/";
const VOID: &str = "http://rdfs.org/ns/void#";
const SH: &str = "http://www.w3.org/ns/shacl#";

/// The manifest of a release with two files.
const PREVIOUS: &str = r#"{
    "version": "20261001", "created": "2026-10-01T00:00:00Z", "base": "https://example.org/old/",
    "publisher": "https://example.org/", "publisherName": "Example", "source": null,
    "previous": null, "generator": "", "parts": ["core"], "turtle": false, "schemaBase": "http",
    "canonicalHash": "", "summary": {}, "files": [
        { "name": "core", "role": "part", "part": "core", "mediaType": "", "bytes": 0, "sha256": "" },
        { "name": "quads", "role": "quads", "mediaType": "", "bytes": 0, "sha256": "" },
        { "name": "page", "role": "page", "mediaType": "", "bytes": 0, "sha256": "" }
    ]
}"#;

/// A release of some records with genes, chemicals and diseases, in the folder `out`.
fn release() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["db/_figures", "db/_data"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    for index in 0..30 {
        let (article, figid) = (index / 2 + 1, format!("PMC{}__f{index}", index / 2 + 1));
        let mut yaml = format!(
            "---\nfigid: {figid}\npmcid: PMC{article}\nfigtitle: Title {}\nyear: 20{article:02}\n\
             doi: 10.1000/{article}\nautoml_pathway: 0.{index}\norganisms: Homo sapiens\n\
             organisms_ner:\n- Mus musculus\n- Odd thing\nwpid: WP{article}\ngenes:\n",
            index % 3
        );
        for gene in [index % 10 + 1, 1000 + index / 5] {
            writeln!(yaml, "- {{word: w, symbol: w, hgnc_symbol: G{gene}, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.path().join(format!("db/_figures/{figid}.md")), yaml + "---\n").unwrap();
        let (mesh, other) = (index % 7 + 1, index % 5 + 1);
        let chemicals = format!(
            "word\tmesh\tmatch\tname\tchebi\nx\tmesh:D00000{mesh}\tName {mesh}\tNA\tchebi:{mesh}\n\
             y\tNA\tOther {other}\tNA\tchebi:10{other}\n"
        );
        let diseases =
            format!("word\tmesh\tmatch\tname\tdoid\nz\tNA\tIll {other}\tNA\tdoid:{other}\n");
        let table = |kind: &str| folder.path().join(format!("db/_data/{figid}-{kind}.tsv"));
        fs::write(table("chemicals"), chemicals).unwrap();
        fs::write(table("diseases"), diseases).unwrap();
    }
    fs::create_dir(folder.path().join("old")).unwrap();
    fs::write(folder.path().join("old/manifest.json"), PREVIOUS).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    let arguments =
        "release db --version 20261101 --out out --quiet --turtle --previous old --base";
    command.args(arguments.split(' ')).arg(BASE);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    folder
}

fn description(folder: &Path) -> Graph {
    let text = fs::read_to_string(folder.join("out/pfocr-rdf-void.ttl")).unwrap();
    TurtleParser::new().for_slice(&text).collect::<Result<_, _>>().unwrap()
}

/// The triples of parts, read by a parser.
fn triples(folder: &Path, parts: &[&str]) -> Vec<Triple> {
    let read = |part: &&str| {
        let path = folder.join(format!("out/pfocr-20261101-rdf-{part}.nt.gz"));
        let mut text = String::new();
        GzDecoder::new(fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
        NTriplesParser::new().for_slice(&text).map(Result::unwrap).collect::<Vec<_>>()
    };
    parts.iter().flat_map(read).collect()
}

fn node(iri: impl Into<String>) -> NamedNode {
    NamedNode::new(iri).unwrap()
}

/// The number that a subject has.
fn number(graph: &Graph, subject: &NamedNode, property: &str) -> u64 {
    match graph.object_for_subject_predicate(subject, &node(format!("{VOID}{property}"))) {
        Some(oxrdf::TermRef::Literal(literal)) => literal.value().parse().unwrap(),
        found => panic!("{subject} {property}: {found:?}"),
    }
}

#[test]
fn search_engines_can_read_it() {
    let folder = release();
    let text = fs::read(folder.path().join("out/dataset.jsonld")).unwrap();
    let quads: Vec<_> =
        oxjsonld::JsonLdParser::new().for_slice(&text).collect::<Result<_, _>>().unwrap();
    let has = |subject: &str, predicate: NamedNodeRef<'_>, object: &str| {
        quads.iter().any(|quad| {
            quad.subject.to_string() == format!("<{BASE}{subject}>")
                && quad.predicate == predicate
                && quad.object.to_string().contains(object)
        })
    };
    let schema = |name: &str| node(format!("http://schema.org/{name}"));
    assert!(has("#release", rdf::TYPE, "<http://schema.org/Dataset>"));
    assert!(has("#release", schema("distribution").as_ref(), &format!("<{BASE}#core>")));
    assert!(has("#release", schema("license").as_ref(), "<https://creativecommons.org/"));
    let file = format!("<{BASE}pfocr-20261101-rdf-core.nt.gz>");
    assert!(has("#core", schema("contentUrl").as_ref(), &file));
    let value: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let length = value["description"].as_str().unwrap().len();
    // What Google's dataset search takes.
    assert!((50..=5000).contains(&length));
}
