//! `release`: the same bytes in every run, files that hold what they say, and a check that sees
//! when they do not.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::Command;

use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::Value;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

const PARTS: [&str; 4] = ["core", "links", "wp", "evidence"];

/// A folder with some records that share genes and an article.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("db/_figures")).unwrap();
    for index in 0..40 {
        let article = index / 2 + 1;
        let mut yaml = format!(
            "---\nfigid: PMC{article}__f{index}\npmcid: PMC{article}\nfigtitle: Title \"{index}\"\n\
             papertitle: Paper {article}\nyear: 2020\nkeywords: a | b\norganisms_ner: Odd thing\n\
             genes:\n"
        );
        for gene in [index % 10 + 1, 1000 + index / 5] {
            writeln!(yaml, "- {{word: w, symbol: w, hgnc_symbol: G{gene}, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.path().join(format!("db/_figures/{index:02}.md")), yaml + "---\n")
            .unwrap();
    }
    folder
}

fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.args(arguments.split_whitespace()).current_dir(folder);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// Makes a release and gives its files, by path.
fn release(folder: &Path, out: &str, options: &str) -> BTreeMap<String, Vec<u8>> {
    let (code, _, err) =
        run(folder, &format!("release db --version 20261101 --out {out} --quiet {options}"));
    assert_eq!(code, 0, "{err}");
    files(&folder.join(out), "")
}

fn files(folder: &Path, before: &str) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            found.extend(files(&entry.path(), &format!("{name}/")));
        } else {
            found.insert(name, fs::read(entry.path()).unwrap());
        }
    }
    found
}

fn gunzip(bytes: &[u8]) -> String {
    let mut decoder = GzDecoder::new(bytes);
    let mut text = String::new();
    decoder.read_to_string(&mut text).unwrap();
    assert!(decoder.into_inner().is_empty(), "one member");
    text
}

fn hex(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

#[test]
fn two_runs_and_any_number_of_threads_give_the_same_bytes() {
    let folder = folder();
    let expected = release(folder.path(), "a", "--turtle -j 1");
    for (out, options) in [("b", "--turtle -j 1"), ("c", "--turtle -j 2"), ("d", "--turtle -j 3")] {
        assert!(release(folder.path(), out, options) == expected, "{options}");
    }
    // Wherever the database lies.
    fs::rename(folder.path().join("db"), folder.path().join("elsewhere")).unwrap();
    run(folder.path(), "release elsewhere --version 20261101 --out e --quiet --turtle");
    assert!(files(&folder.path().join("e"), "") == expected);
}

#[test]
fn the_files_hold_what_they_say() {
    let folder = folder();
    let files = release(folder.path(), "out", "--turtle");
    let name = |middle: &str| format!("pfocr-20261101-rdf{middle}");
    let nquads = gunzip(&files[&name(".nq.gz")]);
    let mut all = BTreeSet::new();
    for part in PARTS {
        let graph = format!("https://pfocr.wikipathways.org/graph/{part}");
        let suffix = format!(" <{graph}> .");
        let of_part = nquads.lines().filter_map(|line| line.strip_suffix(&suffix));
        let of_part = of_part.fold(String::new(), |text, line| text + line + " .\n");
        let file = name(&format!("-{part}.nt"));
        let text = gunzip(&files[&format!("{file}.gz")]);
        assert!(!text.is_empty() && text == of_part, "{part}");
        assert_eq!(files[&format!("{file}.graph")], (graph + "\n").as_bytes());
        all.extend(text.lines().map(str::to_owned));
    }
    assert_eq!(all.len(), nquads.lines().count(), "no triple stands in two parts");
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let sorted = all.iter().fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(manifest["canonicalHash"], hex(sorted.as_bytes()));

    let turtle = zstd::decode_all(files[&name(".ttl.zst")].as_slice()).unwrap();
    let triples = oxttl::TurtleParser::new().for_slice(&turtle);
    let triples: BTreeSet<_> = triples.map(|triple| format!("{} .", triple.unwrap())).collect();
    assert!(triples == all);

    let metadata = gunzip(&files[&name("-metadata.nt.gz")]);
    assert!(metadata.lines().all(|line| all.contains(line)));
    assert!(
        !metadata.contains("schema.org/mentions>")
            && !metadata.contains("<https://identifiers.org/ncbigene/")
    );
    for kept in ["\"Paper 7\"@en", "/figures/PMC1__f0>", "schema.org/isPartOf>"] {
        assert!(metadata.contains(kept), "{kept}");
    }
}

#[test]
fn every_file_is_in_the_manifest_and_the_checksums() {
    let folder = folder();
    let files = release(folder.path(), "out", "");
    let sums = String::from_utf8(files["SHA256SUMS"].clone()).unwrap();
    let sums = sums.lines().map(|line| line.split_once("  ").unwrap());
    let sums: BTreeMap<_, _> = sums.map(|(sum, name)| (name, sum)).collect();
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    let listed = manifest["files"].as_array().unwrap();
    for (name, bytes) in files.iter().filter(|(name, _)| *name != "SHA256SUMS") {
        assert_eq!(sums[name.as_str()], hex(bytes), "{name}");
        if name != "manifest.json" {
            let entry = listed.iter().find(|entry| entry["name"] == name.as_str()).unwrap();
            assert_eq!(entry["bytes"], bytes.len(), "{name}");
            assert_eq!(entry["sha256"], hex(bytes), "{name}");
        }
    }
    assert_eq!(sums.len(), files.len() - 1);
    assert_eq!(listed.len(), files.len() - 2);
}

#[test]
fn the_page_shows_the_release_and_its_links_resolve() {
    let folder = folder();
    let files = release(folder.path(), "out", "--source abcdef0 --previous https://example.org/a/");
    let page = String::from_utf8(files["index.html"].clone()).unwrap().replace("&#x2f;", "/");
    for (before, after) in [("href=\"", "\""), ("src=\"", "\"")] {
        for link in page.split(before).skip(1).map(|rest| rest.split(after).next().unwrap()) {
            let is_elsewhere = link.starts_with("https://");
            assert!(is_elsewhere || files.contains_key(link), "{link}");
        }
    }
    assert!(!page.contains("src="));
    let dataset = page.split("<script type=\"application/ld+json\">").nth(1).unwrap();
    let dataset: Value = serde_json::from_str(dataset.split("</script>").next().unwrap()).unwrap();
    assert_eq!(dataset, serde_json::from_slice::<Value>(&files["dataset.jsonld"]).unwrap());
    assert_eq!(page.matches("<script").count(), 1);
    assert!(page.contains("abcdef0") && page.contains("https://example.org/a/"));
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    for entry in manifest["files"].as_array().unwrap() {
        if entry["triples"].is_u64() {
            assert!(page.contains(entry["sha256"].as_str().unwrap()), "{entry}");
        }
    }
}

#[test]
fn a_release_passes_its_check() {
    let folder = folder();
    for (out, options) in
        [("a", "--turtle"), ("b", "--parts core,links"), ("c", "--schema-base https --no-captions")]
    {
        release(folder.path(), out, options);
        let (code, found, err) = run(folder.path(), &format!("release --check {out}"));
        assert_eq!(code, 0, "{options}: {found}{err}");
        assert!(found.lines().count() >= 4 && found.lines().all(|line| line.starts_with("ok ")));
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Writes a file of a release and makes checksums and sizes fit, as a careful attacker would.
fn replace(out: &Path, name: &str, bytes: &[u8]) {
    let old = hex(&fs::read(out.join(name)).unwrap());
    fs::write(out.join(name), bytes).unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    fs::write(out.join("SHA256SUMS"), sums.replace(&old, &hex(bytes))).unwrap();
    edit(out, |manifest| {
        for file in manifest["files"].as_array_mut().unwrap() {
            if file["name"] == name {
                (file["bytes"], file["sha256"]) = (bytes.len().into(), hex(bytes).into());
            }
        }
    });
}

/// Changes the manifest and makes its checksum fit.
fn edit(out: &Path, change: impl FnOnce(&mut Value)) {
    let text = fs::read(out.join("manifest.json")).unwrap();
    let mut manifest = serde_json::from_slice(&text).unwrap();
    change(&mut manifest);
    let changed = serde_json::to_string_pretty(&manifest).unwrap() + "\n";
    fs::write(out.join("manifest.json"), &changed).unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let sums = sums.replace(&hex(&text), &hex(changed.as_bytes()));
    fs::write(out.join("SHA256SUMS"), sums).unwrap();
}

fn copy(from: &Path, to: &Path) {
    for (name, bytes) in files(from, "") {
        fs::create_dir_all(to.join(&name).parent().unwrap()).unwrap();
        fs::write(to.join(&name), bytes).unwrap();
    }
}

/// A change of a release, as it is named in failures, and what the check says of it.
type Case<'c> = (&'c str, Box<dyn Fn(&Path) + 'c>, &'c str);

/// Changes copies of a release, and sees whether the check finds the problem of each.
fn each_is_seen(options: &str, cases: Vec<Case<'_>>) {
    let folder = folder();
    release(folder.path(), "out", options);
    let mut failures = Vec::new();
    for (name, change, expected) in cases {
        let copied = folder.path().join("copy");
        copy(&folder.path().join("out"), &copied);
        change(&copied);
        let (code, found, err) = run(folder.path(), "release --check copy");
        if code != 1 || !found.contains(expected) {
            failures.push(format!("{name}: expected {expected:?}: {code} {found}{err}"));
        }
        fs::remove_dir_all(copied).unwrap();
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

fn case<'c>(name: &'c str, change: impl Fn(&Path) + 'c, expected: &'c str) -> Case<'c> {
    (name, Box::new(change), expected)
}

const CORE: &str = "pfocr-20261101-rdf-core.nt.gz";
const LINKS: &str = "pfocr-20261101-rdf-links.nt.gz";
const QUADS: &str = "pfocr-20261101-rdf.nq.gz";
const METADATA: &str = "pfocr-20261101-rdf-metadata.nt.gz";
const VOID: &str = "pfocr-rdf-void.ttl";

fn unpacked(out: &Path, name: &str) -> String {
    gunzip(&fs::read(out.join(name)).unwrap())
}

#[test]
fn the_check_sees_wrong_data() {
    let changed = |out: &Path, name: &str, (from, to): (&str, &str)| {
        replace(out, name, &gzip(&unpacked(out, name).replacen(from, to, 1)));
    };
    let gene = ("ncbigene/1>", "ncbigene/11>");
    let cases = vec![
        case(
            "no gzip",
            |out| fs::write(out.join(LINKS), "x").unwrap(),
            "FAILED checksums and sizes",
        ),
        case(
            "no syntax",
            |out| replace(out, LINKS, &gzip("<a> <b> .\n")),
            "FAILED syntax and counts",
        ),
        case(
            "a line less",
            |out| {
                let text = unpacked(out, LINKS);
                replace(out, LINKS, &gzip(text.split_once('\n').unwrap().1));
            },
            "pfocr-20261101-rdf-links.nt.gz: found ",
        ),
        case(
            "two members",
            |out| replace(out, LINKS, &[gzip(&unpacked(out, LINKS)), gzip("")].concat()),
            "found more than one gzip member",
        ),
        case(
            "part",
            |out| changed(out, LINKS, gene),
            "the file of quads is not the union of the parts",
        ),
        case("hash", |out| changed(out, LINKS, gene), "found the canonical hash "),
        case("quads", |out| changed(out, QUADS, gene), "the file of quads is not the union"),
        case(
            "metadata",
            |out| changed(out, METADATA, ("Paper", "Papers")),
            "the metadata are not those of the core part",
        ),
        case(
            "in two parts",
            |out| {
                let (core, links) = (unpacked(out, CORE), unpacked(out, LINKS));
                let (first, _) = core.split_once('\n').unwrap();
                let (_, rest) = links.split_once('\n').unwrap();
                replace(out, LINKS, &gzip(&format!("{first}\n{rest}")));
            },
            "1 triples stand in two parts, or twice in one",
        ),
        case(
            "shape",
            |out| {
                let text = unpacked(out, QUADS).replace("\"2020\"^^", "\"20\"^^");
                replace(out, QUADS, &gzip(&text));
            },
            "violates <https://pfocr.wikipathways.org/shapes/article-year-",
        ),
    ];
    each_is_seen("--turtle", cases);
}

#[test]
fn the_check_sees_statements_that_are_not_with_their_record() {
    let moved = |out: &Path, what: &str, (from, to): (&str, &str)| {
        let text = unpacked(out, QUADS);
        let line = text.lines().find(|line| line.contains(what)).unwrap();
        let rest = text.replacen(&format!("{line}\n"), "", 1);
        replace(out, QUADS, &gzip(&format!("{rest}{}\n", line.replace(from, to))));
    };
    let order = "not in the order in which it is written, so it cannot be checked";
    let none = ("", "");
    let cases = vec![
        case("figure", |out| moved(out, "PMC1__f0> <http://schema.org/name>", none), order),
        case("page", |out| moved(out, "PMC1__f0.html> <http://schema.org/name>", none), order),
        case(
            "annotation",
            |out| moved(out, "hasTarget> <https://pfocr.wikipathways.org/figures/PMC1__f0>", none),
            order,
        ),
        // What several records can describe may stand in any of them, but must be right.
        case(
            "article",
            |out| {
                moved(
                    out,
                    "/pmc/PMC1> <http://schema.org/datePublished>",
                    ("\"2020\"", "\"99920\""),
                )
            },
            "<https://identifiers.org/pmc/PMC1> violates <https://pfocr.wikipathways.org/shapes/article-year",
        ),
    ];
    each_is_seen("", cases);
}

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

#[test]
fn the_check_sees_a_wrong_description() {
    let base = "https://data.wikipathways.org/pfocr/20261101/rdf/";
    let changed = |name: &'static str, file: &'static str, from: &'static str, to: &'static str| {
        let change = move |out: &Path| {
            let text = fs::read_to_string(out.join(file)).unwrap();
            assert!(text.contains(from), "{from}");
            replace(out, file, text.replacen(from, to, 1).as_bytes());
        };
        case(
            name,
            change,
            if file == VOID { "rdf-void.ttl: unexpected: " } else { "dataset.jsonld: missing: " },
        )
    };
    let added = |name: &'static str, property: &'static str| {
        let change = move |out: &Path| {
            let text = fs::read_to_string(out.join(VOID)).unwrap();
            replace(out, VOID, format!("{text}\n<{base}#core> {property} .\n").as_bytes());
        };
        case(name, change, "rdf-void.ttl: unexpected: ")
    };
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

#[test]
fn the_check_reads_nothing_but_the_files_of_the_release() {
    let listed = |name: &'static str| {
        let change = move |out: &Path| {
            edit(out, |manifest| {
                let files = manifest["files"].as_array_mut().unwrap();
                let mut file = files[0].clone();
                file["name"] = name.into();
                files.push(file);
            });
            let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
            let line = format!("{}  {name}\n", hex(b"x"));
            fs::write(out.join("SHA256SUMS"), sums + &line).unwrap();
        };
        case(name, change, "there is no such file in the release")
    };
    let sums = |text: &'static str| {
        move |out: &Path| {
            let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
            fs::write(out.join("SHA256SUMS"), format!("{text}\n{sums}")).unwrap();
        }
    };
    let zeros = "0000000000000000000000000000000000000000000000000000000000000000  index.html";
    let mut cases = vec![
        listed("../out/index.html"),
        listed("/dev/zero"),
        listed("load/../index.html"),
        case(
            "a file more",
            |out| fs::write(out.join("new"), "").unwrap(),
            "new: is not of this release",
        ),
        case(
            "hidden",
            |out| fs::write(out.join("load/.x"), "").unwrap(),
            "load/.x: is not of this release",
        ),
        case(
            "a folder more",
            |out| fs::create_dir(out.join("new")).unwrap(),
            "new/: is an empty directory",
        ),
        case(
            "a file less",
            |out| fs::remove_file(out.join(LINKS)).unwrap(),
            "links.nt.gz: there is no such file",
        ),
        case(
            "no description",
            |out| fs::remove_file(out.join(VOID)).unwrap(),
            "rdf-void.ttl: there is no such",
        ),
        case(
            "no sums",
            |out| fs::remove_file(out.join("SHA256SUMS")).unwrap(),
            "SHA256SUMS: there is no such",
        ),
        case(
            "sums",
            |out| fs::write(out.join("SHA256SUMS"), b"\xff").unwrap(),
            "SHA256SUMS: invalid utf-8",
        ),
        case("sums twice", sums(zeros), "SHA256SUMS:"),
        case(
            "sums elsewhere",
            sums("00  ../x"),
            "SHA256SUMS:1: found ../x, which is not of this release",
        ),
        case(
            "manifest twice",
            |out| {
                edit(out, |manifest| {
                    let files = manifest["files"].as_array_mut().unwrap();
                    files.push(files[0].clone());
                });
            },
            "-core.nt.gz: stands in the manifest again",
        ),
    ];
    #[cfg(unix)]
    cases.push(case(
        "link",
        |out| {
            fs::remove_file(out.join(LINKS)).unwrap();
            std::os::unix::fs::symlink("/dev/zero", out.join(LINKS)).unwrap();
        },
        "links.nt.gz: found a link or device, expected a file",
    ));
    each_is_seen("", cases);
}

/// The name of the database and of its files are published as they are in it.
#[test]
fn bytes_do_not_depend_on_how_the_input_is_spelt() {
    let folder = folder();
    let db = folder.path().join("db");
    fs::create_dir(db.join("_data")).unwrap();
    // Two symbols of one gene, and a figid twice: messages that name another file.
    let table = |symbol: &str| {
        format!(
            "organism_id\torganism_name\torganism_group\tword\tmatch\tncbigene_symbol\t\
             ncbigene_id\tsource\tcount_direct\tcount_synonym\tcount_match\n\
             9606\tHomo sapiens\tNA\tw\tw\t{symbol}\t5\tx\tNA\tNA\tNA\n"
        )
    };
    fs::write(db.join("_data/PMC1__f0-genes.tsv"), table("A")).unwrap();
    fs::write(db.join("_data/PMC1__f1-genes.tsv"), table("B")).unwrap();
    fs::copy(db.join("_figures/03.md"), db.join("_figures/99.md")).unwrap();
    let made = |at: &Path, input: &str, out: &str| {
        let out = folder.path().join(out);
        let arguments = format!("release {input} --version 20261101 -q --out {}", out.display());
        let (code, _, err) = run(at, &arguments);
        assert_eq!(code, 1, "{err}");
        files(&out, "")
    };
    let expected = made(folder.path(), "db", "a");
    let report = gunzip(&expected["validation-report.json.gz"]);
    for name in [
        "\"file\":\"_figures/99.md\"",
        "which _figures/03.md has",
        "at _data/PMC1__f0-genes.tsv:2:",
    ] {
        assert!(report.contains(name), "{name}: {report}");
    }
    let absolute = db.display().to_string();
    let with_data = format!("db/_figures --data {absolute}/_data");
    let spelt = [
        (folder.path(), "./db"),
        (folder.path(), "./db//"),
        (folder.path(), "db/_figures"),
        (folder.path(), "./db/_figures"),
        (folder.path(), absolute.as_str()),
        (folder.path(), with_data.as_str()),
        (db.as_path(), "."),
        (db.as_path(), "../db"),
    ];
    for (number, (at, input)) in spelt.into_iter().enumerate() {
        let found = made(at, input, &format!("out{number}"));
        let other = expected.iter().filter(|(name, bytes)| found.get(*name) != Some(bytes));
        let other: Vec<_> = other.map(|(name, _)| name).collect();
        assert!(other.is_empty(), "{input}: {other:?}");
    }
}

#[test]
fn a_version_can_have_any_name() {
    let folder = folder();
    let version = "1-metadata.2.ttl.zst";
    let (code, _, err) = run(
        folder.path(),
        &format!("release db --version {version} --timestamp 2026-11-01 --out out -q"),
    );
    assert_eq!(code, 0, "{err}");
    let (code, found, err) = run(folder.path(), "release --check out");
    assert_eq!(code, 0, "{found}{err}");
    let text = fs::read_to_string(folder.path().join("out").join(VOID)).unwrap();
    assert!(
        text.contains("#quads> a ") && text.contains("#metadata> a ") && !text.contains("#turtle>")
    );
}

#[test]
fn with_https_everything_about_the_data_has_it() {
    let folder = folder();
    let files = release(folder.path(), "out", "--schema-base https");
    for (name, bytes) in &files {
        let is_about = ["queries/", "shapes/", "vocab/"].iter().any(|it| name.starts_with(it));
        if is_about && name != "shapes/description.ttl" {
            assert!(!String::from_utf8_lossy(bytes).contains("http://schema.org/"), "{name}");
        }
    }
    let text = String::from_utf8(files[VOID].clone()).unwrap();
    let namespace = "https://schema.org/";
    let description: Vec<_> =
        oxttl::TurtleParser::new().for_slice(&text).map(Result::unwrap).collect();
    let vocabularies =
        description.iter().filter(|t| t.predicate.as_str().ends_with("/void#vocabulary"));
    let vocabularies: BTreeSet<_> = vocabularies.map(|t| t.object.to_string()).collect();
    assert!(vocabularies.contains(&format!("<{namespace}>")), "{vocabularies:?}");
    assert!(!vocabularies.contains("<http://schema.org/>"));
}

#[test]
fn a_custom_publisher_has_a_name_and_a_class() {
    let folder = folder();
    let files = release(
        folder.path(),
        "out",
        "--publisher https://example.org/ --publisher-name Exam\"ple\\</script>",
    );
    let text = String::from_utf8(files[VOID].clone()).unwrap();
    let triples: BTreeSet<_> = oxttl::TurtleParser::new()
        .for_slice(&text)
        .map(|triple| triple.unwrap().to_string())
        .collect();
    for (predicate, object) in [
        ("http://xmlns.com/foaf/0.1/name", r#""Exam\"ple\\</script>""#),
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", "<http://schema.org/Organization>"),
    ] {
        let triple = format!("<https://example.org/> <{predicate}> {object}");
        assert!(triples.contains(&triple), "{triple}");
    }
    let page = String::from_utf8(files["index.html"].clone()).unwrap();
    assert_eq!(page.matches("</script>").count(), 1);
    let (code, found, _) = run(folder.path(), "release --check out");
    assert_eq!(code, 0, "{found}");
}

/// isql tells of errors and ends well: the recipe must not.
#[cfg(unix)]
#[test]
fn the_recipe_for_virtuoso_sees_that_nothing_was_loaded() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    release(folder.path(), "it's", "");
    let recipe = |isql: &str| {
        let path = folder.path().join("isql");
        fs::write(&path, format!("#!/bin/sh\nfor last; do :; done\n{isql}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new(folder.path().join("it's/load/virtuoso.sh"));
        let output = command.env("ISQL", &path).output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        (output.status.success(), err, String::from_utf8(output.stdout).unwrap())
    };
    let (is_fine, err, _) = recipe("echo '*** Error 37000: SQ074: Line 1: syntax error'");
    assert!(!is_fine && err.contains("SQ074"), "{err}");
    let (is_fine, err, _) = recipe("case $last in *COUNT*) echo 0;; esac");
    assert!(!is_fine && err.contains("was not loaded"), "{err}");
    let (is_fine, err, said) =
        recipe("case $last in *COUNT*) echo 1;; *ld_dir*) printf '%s\\n' \"$last\";; esac");
    assert!(is_fine, "{err}");
    assert!(said.contains("/it''s', 'pfocr-20261101-rdf-core.nt.gz', NULL)"), "{said}");
}

#[test]
fn what_cannot_be_done_is_refused() {
    let folder = folder();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/a"), "").unwrap();
    let refused = |arguments: &str, expected: &str| {
        let (code, _, err) = run(folder.path(), arguments);
        assert_eq!(code, 2, "{arguments}: {err}");
        assert!(err.contains(expected), "{arguments}: {err}");
        assert!(!folder.path().join("out").exists(), "{arguments}");
    };
    refused("release db --version 20261101 --out full", "full: is not empty");
    refused("release db --version 1/2 --out out", "found the version \"1/2\"");
    refused("release db --version v1 --out out", "the time of the release is needed");
    refused("release db --version v1 --timestamp x --out out", "found the time \"x\"");
    refused("release db --version 20261101 --base x/ --out out", "expected an IRI");
    refused("release nowhere --version 20261101 --out out", "cannot read nowhere");
    refused("release db --out out", "--version");
    refused("release --check db", "cannot read db/manifest.json");
    refused("release db --check out --version 1", "cannot be used with");
    refused("release db --version 20261101 --out out --previous full", "full/manifest.json");
    for base in ["https://example.org/?a/", "https://example.org/#a/"] {
        refused(
            &format!("release db --version 20261101 --out out --base {base}"),
            "expected the IRI of a directory, without \"?\" and \"#\"",
        );
    }
    let base = "https://data.wikipathways.org/pfocr/20261101/rdf";
    refused(
        &format!("release db --version 20261101 --out out --previous {base}"),
        "expected another than this release",
    );
    fs::write(folder.path().join("full/a"), "").unwrap();
    release(folder.path(), "done", "");
    refused(
        "release db --version 20261101 --out out --previous done",
        "is the version 20261101 itself",
    );
}

#[test]
fn the_previous_release_can_be_a_directory() {
    let folder = folder();
    let (code, _, _) = run(
        folder.path(),
        "release db --version 20261001 --out old -q --base https://example.org/old/",
    );
    assert_eq!(code, 0);
    let files = release(folder.path(), "new", "--previous old");
    let manifest: Value = serde_json::from_slice(&files["manifest.json"]).unwrap();
    assert_eq!(manifest["previous"]["base"], "https://example.org/old/");
    for (out, iri) in [("x", "https://example.org/old"), ("y", "https://example.org/old/#release")]
    {
        let files = release(folder.path(), out, &format!("--previous {iri}"));
        let text = String::from_utf8(files[VOID].clone()).unwrap();
        assert!(text.contains("previousVersion <https://example.org/old/#release>"), "{text}");
    }
}
