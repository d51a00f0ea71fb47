//! `pfocr2rdf validate` on RDF files: reports, exit codes, and what is refused.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::fs;
use std::io::Write;
use std::path::Path;

use assert_cmd::Command;
use flate2::write::GzEncoder;
use oxrdf::Graph;
use oxttl::{NTriplesParser, TurtleParser};
use tempfile::TempDir;

const SHAPES: &str = "@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <http://example.org/> .
:thing sh:targetClass :Thing ; sh:property :thing-name , :thing-size .
:thing-name sh:path :name ; sh:minCount 1 ; sh:message \"a thing needs a name\"@en .
:thing-size sh:path :size ; sh:maxInclusive 9 ; sh:severity sh:Warning .
";
const DATA: &str = "@prefix : <http://example.org/> .
:a a :Thing ; :name \"A\" ; :size 10 .
:b a :Thing ; :size 11 .
";

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("shapes.ttl"), SHAPES).unwrap();
    fs::write(folder.path().join("data.ttl"), DATA).unwrap();
    folder
}

/// Exit code, standard output and standard error.
fn validate(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).arg("validate").args(arguments.split(' '));
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_text_report_says_all_that_is_known() {
    let folder = folder();
    let (code, out, err) = validate(folder.path(), "--shapes shapes.ttl data.ttl");
    insta::assert_snapshot!(out, @r#"
    warning[MaxInclusive]: is not less than or equal to "9"^^<http://www.w3.org/2001/XMLSchema#integer>
      focus node: <http://example.org/a>
      path:       <http://example.org/size>
      value:      "10"^^<http://www.w3.org/2001/XMLSchema#integer>
      shape:      <http://example.org/thing-size> (shapes.ttl:5)
    violation[MinCount]: a thing needs a name
      focus node: <http://example.org/b>
      path:       <http://example.org/name>
      shape:      <http://example.org/thing-name> (shapes.ttl:4)
    warning[MaxInclusive]: is not less than or equal to "9"^^<http://www.w3.org/2001/XMLSchema#integer>
      focus node: <http://example.org/b>
      path:       <http://example.org/size>
      value:      "11"^^<http://www.w3.org/2001/XMLSchema#integer>
      shape:      <http://example.org/thing-size> (shapes.ttl:5)
         1 MinCount <http://example.org/thing-name>
         2 MaxInclusive <http://example.org/thing-size>
    does not conform: 3 results
    "#);
    assert_eq!((code, err.as_str()), (1, ""));
}

/// The bundled shapes suit files of `convert --schema-base https` as well.
#[test]
fn terms_of_schema_org_can_begin_with_https() {
    let folder = folder();
    let t = |arguments: &str, code: i32, expected: &str| {
        let (found, out, err) = validate(folder.path(), arguments);
        assert!(found == code && (out + &err).contains(expected), "{arguments}: {found} {err}");
    };
    let figure =
        "<https://pfocr.wikipathways.org/figures/PMC1__f> a <https://schema.org/ImageObject> .";
    fs::write(folder.path().join("figure.ttl"), figure).unwrap();
    t("figure.ttl", 1, "<https://schema.org/identifier>");
    let both = format!("{figure} <http://a/b> a <http://schema.org/Thing> .");
    fs::write(folder.path().join("both.ttl"), both).unwrap();
    t("both.ttl", 1, "organism-iri");
    t("figure.ttl --schema-base https", 1, "<https://schema.org/identifier>");
    t("figure.ttl --schema-base https -s shapes.ttl", 2, "--schema-base is for these only");
}

#[test]
fn exit_codes_follow_the_severity() {
    let folder = folder();
    fs::write(folder.path().join("big.ttl"), DATA.lines().take(2).collect::<String>()).unwrap();
    fs::write(folder.path().join("good.ttl"), DATA.replace("10", "1").replace("11", "1; :name 1"))
        .unwrap();
    let t = |arguments: &str, expected: i32| {
        let (code, ..) = validate(folder.path(), &format!("--shapes shapes.ttl {arguments}"));
        assert_eq!(code, expected, "{arguments}");
    };
    t("data.ttl", 1);
    t("data.ttl --max-results 0", 1);
    t("big.ttl", 1);
    t("big.ttl --fail-on violation", 0);
    t("big.ttl --fail-on warning", 1);
    t("big.ttl --fail-on info", 1);
    t("good.ttl --fail-on info", 0);
    t("no.ttl", 2);
    t("shapes.ttl data.ttl --report nonsense", 2);
}

#[test]
fn rdf_reports_hold_the_same_graph_and_nothing_else() {
    let folder = folder();
    let (_, turtle, _) = validate(folder.path(), "-s shapes.ttl data.ttl --report turtle");
    let (_, triples, _) = validate(folder.path(), "-s shapes.ttl data.ttl --report ntriples");
    let mut a: Graph = TurtleParser::new().for_slice(&turtle).map(Result::unwrap).collect();
    let mut b: Graph = NTriplesParser::new().for_slice(&triples).map(Result::unwrap).collect();
    a.canonicalize(oxrdf::graph::CanonicalizationAlgorithm::Unstable);
    b.canonicalize(oxrdf::graph::CanonicalizationAlgorithm::Unstable);
    assert_eq!(a, b);
    assert_eq!(triples.lines().filter(|line| line.contains("#ValidationReport>")).count(), 1);
    assert_eq!(triples.lines().filter(|line| line.contains("#ValidationResult>")).count(), 3);
}

#[test]
fn a_cut_report_says_so() {
    let folder = folder();
    let (_, out, err) = validate(folder.path(), "-s shapes.ttl data.ttl --max-results 1");
    assert!(out.ends_with("does not conform: 1 of 3 results are shown\n"), "{out}");
    assert_eq!(err, "2 of 3 results are not reported\n");
    let arguments = "-s shapes.ttl data.ttl --max-results 1 --report json";
    let (_, out, _) = validate(folder.path(), arguments);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["omitted"], 2);
    assert_eq!(json["results"].as_array().unwrap().len(), 1);
    assert_eq!(json["results"][0]["shapeLocation"]["line"], 5);
}

#[test]
fn all_formats_and_compressions_are_read() {
    let folder = folder();
    let line = "<http://example.org/c> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> \
                <http://example.org/Thing> .\n";
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("c.nt", line.as_bytes());
    write("c.nq", line.replace(" .", " <http://example.org/g> .").as_bytes());
    write("c.trig", format!("<http://example.org/g> {{ {line} }}").as_bytes());
    write("c.nt.zst", &zstd::encode_all(line.as_bytes(), 0).unwrap());
    let mut gzip = GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(line.as_bytes()).unwrap();
    write("c.nt.gz", &gzip.finish().unwrap());
    for name in ["c.nt", "c.nq", "c.trig", "c.nt.zst", "c.nt.gz"] {
        let (code, out, _) = validate(folder.path(), &format!("-s shapes.ttl {name}"));
        assert!(code == 1 && out.contains("focus node: <http://example.org/c>"), "{name}: {out}");
    }
}

#[test]
fn shapes_that_cannot_be_honoured_are_refused() {
    let folder = folder();
    let t = |shapes: &str, options: &str, code: i32, expected: &str| {
        let shapes = format!("@prefix sh: <http://www.w3.org/ns/shacl#> . {shapes}");
        fs::write(folder.path().join("s.ttl"), shapes).unwrap();
        let (found, _, err) = validate(folder.path(), &format!("-s s.ttl data.ttl{options}"));
        assert!(found == code && err.contains(expected), "{found} {err}");
    };
    t("<#s> a sh:NodeShape ; sh:minCoumt 1 .", "", 2, "s.ttl:1: unknown term sh:minCoumt");
    t("<#s> sh:targetNode <#s> ; sh:node <#s> .", "", 2, "s.ttl:1: recursive shape");
    t("<#s> sh:targetNode <#s> ; sh:node <#s> .", " --recursive", 0, "");
    t("<#s> a sh:NodeShape ; sh:nodeKind ( sh:IRI ) .", "", 2, "s.ttl:1: ");
    t("<#s> a sh:NodeShape ; sh:nodeKind ( sh:IRI ) .", " --shacl 1.2", 0, "");
    t("<> <http://www.w3.org/2002/07/owl#imports> <o.ttl> .", "", 0, "is imported but not given");
    t("<#s> a .", "", 2, "s.ttl:1: ");
    t("", "", 0, "warning: no shape has a target, so no node is checked\n");
    t("<#s> a sh:NodeShape ; sh:nodeKind sh:IRI .", "", 0, "warning: no shape has a target");
}

#[test]
fn shapes_that_the_data_ask_for_are_not_fetched() {
    let folder = folder();
    let asks =
        "<> <http://www.w3.org/ns/shacl#shapesGraph> <shapes.ttl> , <http://example.org/s> .";
    fs::write(folder.path().join("asks.ttl"), asks).unwrap();
    let (code, out, err) = validate(folder.path(), "-s shapes.ttl asks.ttl");
    assert_eq!((code, out.as_str()), (0, "conforms\n"));
    assert_eq!(err, "warning: the data ask for the shapes <http://example.org/s>, not given\n");
}
