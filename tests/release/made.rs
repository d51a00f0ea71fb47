use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use super::{files, folder, gunzip, hex, release, run};

const PARTS: [&str; 4] = ["core", "links", "wp", "evidence"];

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
