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
    assert!(!page.contains("<script") && !page.contains("src="));
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

/// Changes a release and gives what the check says of it.
fn checked(change: impl FnOnce(&Path)) -> String {
    let folder = folder();
    release(folder.path(), "out", "--turtle");
    change(&folder.path().join("out"));
    let (code, found, err) = run(folder.path(), "release --check out");
    assert_eq!(code, 1, "{found}{err}");
    found
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// Writes a file of a release and makes checksums and sizes fit, as a careful attacker would.
fn replace(out: &Path, name: &str, bytes: &[u8]) {
    let old = hex(&fs::read(out.join(name)).unwrap());
    let size = fs::metadata(out.join(name)).unwrap().len();
    fs::write(out.join(name), bytes).unwrap();
    let manifest = fs::read_to_string(out.join("manifest.json")).unwrap();
    let before = hex(manifest.as_bytes());
    let manifest = manifest
        .replace(&old, &hex(bytes))
        .replace(&format!("\"bytes\": {size},"), &format!("\"bytes\": {},", bytes.len()));
    fs::write(out.join("manifest.json"), &manifest).unwrap();
    let sums = fs::read_to_string(out.join("SHA256SUMS")).unwrap();
    let sums = sums.replace(&old, &hex(bytes)).replace(&before, &hex(manifest.as_bytes()));
    fs::write(out.join("SHA256SUMS"), sums).unwrap();
}

#[test]
fn the_check_sees_what_is_wrong() {
    fn t(change: impl FnOnce(&Path), expected: &str) {
        let found = checked(change);
        assert!(found.contains(expected), "{expected}: {found}");
    }
    let links = "pfocr-20261101-rdf-links.nt.gz";
    let core = "pfocr-20261101-rdf-core.nt.gz";
    let text = |out: &Path, name: &str| gunzip(&fs::read(out.join(name)).unwrap());
    t(|out| fs::write(out.join(links), "x").unwrap(), "FAILED checksums and sizes");
    t(|out| fs::remove_file(out.join(links)).unwrap(), &format!("{links}: "));
    t(|out| fs::write(out.join("new"), "").unwrap(), "new: is not of this release");
    t(|out| replace(out, links, &gzip("<a> <b> .\n")), "FAILED syntax and counts");
    t(
        |out| replace(out, links, &gzip(text(out, links).split_once('\n').unwrap().1)),
        &format!("{links}: found "),
    );
    t(
        |out| replace(out, links, &[gzip(&text(out, links)), gzip("")].concat()),
        "found more than one gzip member",
    );
    let changed = |out: &Path, name: &str| {
        replace(out, name, &gzip(&text(out, name).replacen("ncbigene/1>", "ncbigene/11>", 1)));
    };
    t(|out| changed(out, links), "the file of quads is not the union of the parts");
    t(|out| changed(out, links), "found the canonical hash ");
    t(|out| changed(out, "pfocr-20261101-rdf.nq.gz"), "the file of quads is not the union");
    t(
        |out| {
            let name = "pfocr-20261101-rdf-metadata.nt.gz";
            replace(out, name, &gzip(&text(out, name).replacen("Paper", "Papers", 1)));
        },
        "the metadata are not those of the core part",
    );
    // A line of the core part that stands in links as well.
    t(
        |out| {
            let (core, links_text) = (text(out, core), text(out, links));
            let (first, _) = core.split_once('\n').unwrap();
            let (_, rest) = links_text.split_once('\n').unwrap();
            replace(out, links, &gzip(&format!("{first}\n{rest}")));
        },
        "1 triples stand in two parts, or twice in one",
    );
    t(
        |out| {
            let name = "pfocr-20261101-rdf.nq.gz";
            replace(out, name, &gzip(&text(out, name).replace("\"2020\"^^", "\"20\"^^")));
        },
        "violates <https://pfocr.wikipathways.org/shapes/article-year-",
    );
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
    assert_eq!(manifest["previous"], "https://example.org/old/");
}
