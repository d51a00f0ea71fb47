use std::fs;
use std::path::Path;

use crate::VOID;
use crate::tamper::{Case, case, each_is_seen, edit, gzip, replace};

#[test]
fn the_check_sees_files_that_do_not_parse() {
    let broken = |name: &'static str, text: &'static [u8], expected: &'static str| {
        case(name, move |out| replace(out, name, text), expected)
    };
    let cases = vec![
        broken("shapes/gene.ttl", b"@@@", "shapes/gene.ttl: "),
        broken("shapes/gene.ttl", b"", "shapes/gene.ttl: is not what pfocr2rdf "),
        broken("vocab/wp.ttl", b"@@@", "vocab/wp.ttl: "),
        broken("queries/figures-of-a-gene.rq", b"SELECT @@@", "queries/figures-of-a-gene.rq: "),
        broken("load/oxigraph.sh", b"rm -rf /\n", "load/oxigraph.sh: is not what pfocr2rdf "),
        broken("index.html", b"<script src=x>", "index.html: is not what pfocr2rdf "),
        broken("dataset.jsonld", b"{", "dataset.jsonld: "),
        broken(VOID, b"\xff", "pfocr-rdf-void.ttl: "),
        broken("validation-report.json.gz", b"x", "validation-report.json.gz: "),
        case(
            "report",
            |out| replace(out, "validation-report.json.gz", &gzip("{\"results\": []}")),
            "validation-report.json.gz: found 0 results, expected ",
        ),
    ];
    each_is_seen("", cases);
}

#[test]
fn the_check_sees_a_wrong_manifest() {
    let cases = vec![
        case(
            "no recipe",
            |out| {
                edit(out, |manifest| {
                    let files = manifest["files"].as_array_mut().unwrap();
                    files.retain(|file| file["name"] != "load/jena.sh");
                });
            },
            "load/jena.sh: is not in the manifest",
        ),
        case(
            "parts",
            |out| edit(out, |manifest| manifest["parts"] = serde_json::json!(["core"])),
            "pfocr-20261101-rdf-links.nt.gz: a release with these settings has no such file",
        ),
        case(
            "graph",
            |out| edit(out, |manifest| manifest["files"][0]["graph"] = "https://evil.org/".into()),
            "-core.nt.gz: has another role, media type, part or graph",
        ),
        case(
            "triples of the summary",
            |out| edit(out, |manifest| manifest["summary"]["triples"]["core"] = 1.into()),
            "manifest.json: summary/triples/core: found 1, expected ",
        ),
        case(
            "figures of the summary",
            |out| edit(out, |manifest| manifest["summary"]["records"]["converted"] = 41.into()),
            "manifest.json: summary/records/converted: found 41, expected 40",
        ),
        case(
            "publisher",
            |out| edit(out, |manifest| manifest["publisher"] = "x\"><y".into()),
            "manifest.json: the publisher: found ",
        ),
        case(
            "another program",
            |out| edit(out, |manifest| manifest["generator"] = "pfocr2rdf 99.0.0".into()),
            "the release was made by pfocr2rdf 99.0.0",
        ),
    ];
    each_is_seen("", cases);
}

/// A text of the description, or of that for search engines, that is another.
fn changed(
    name: &'static str,
    file: &'static str,
    from: &'static str,
    to: &'static str,
) -> Case<'static> {
    let change = move |out: &Path| {
        let text = fs::read_to_string(out.join(file)).unwrap();
        assert!(text.contains(from), "{from}");
        replace(out, file, text.replacen(from, to, 1).as_bytes());
    };
    let is_void = file == VOID;
    let expected = if is_void { "rdf-void.ttl: unexpected: " } else { "dataset.jsonld: missing: " };
    case(name, change, expected)
}

/// A statement more.
fn added(name: &'static str, property: &'static str) -> Case<'static> {
    let change = move |out: &Path| {
        let text = fs::read_to_string(out.join(VOID)).unwrap();
        let subject = "https://data.wikipathways.org/pfocr/20261101/rdf/#core";
        replace(out, VOID, format!("{text}\n<{subject}> {property} .\n").as_bytes());
    };
    case(name, change, "rdf-void.ttl: unexpected: ")
}

#[test]
fn the_check_sees_a_wrong_description() {
    let cases = vec![
        changed("class", VOID, "void:class schema:Gene", "void:class schema:Protein"),
        changed("property", VOID, "void:property schema:name", "void:property schema:title"),
        changed(
            "predicate",
            VOID,
            "void:linkPredicate schema:mentions",
            "void:linkPredicate schema:about",
        ),
        changed("target", VOID, "#target-ncbigene>", "#target-mesh>"),
        changed(
            "graph",
            VOID,
            "sd:name <https://pfocr.wikipathways.org/graph/core>",
            "sd:name <https://evil.org/>",
        ),
        changed(
            "address",
            VOID,
            "dcat:downloadURL <https://data",
            "dcat:downloadURL <https://evil",
        ),
        changed(
            "licence",
            VOID,
            "dct:license <https://creativecommons.org/",
            "dct:license <https://evil.org/",
        ),
        changed("date", VOID, "2026-11-01T00:00:00Z", "2020-11-01T00:00:00Z"),
        changed("version", VOID, "pav:version \"20261101\"", "pav:version \"20250101\""),
        changed(
            "publisher",
            VOID,
            "dct:publisher <https://www.wikipathways.org/>",
            "dct:publisher <https://evil.org/>",
        ),
        added("second value", "void:triples 999999"),
        added("number of documents", "void:documents 7"),
        changed("size", "dataset.jsonld", " B\"", "0 B\""),
        changed("sum", "dataset.jsonld", "\"sha256\": \"", "\"sha256\": \"0"),
        case(
            "name of a graph",
            |out| replace(out, "pfocr-20261101-rdf-core.nt.graph", b"https://evil.org/\n"),
            "-core.nt.graph: is not what pfocr2rdf ",
        ),
    ];
    each_is_seen("", cases);
}
