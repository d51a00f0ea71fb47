use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{VOID, files, folder, gunzip, release, run};

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
        "\"related\":[{\"file\":\"_figures/03.md\",\"line\":2,",
        "\"related\":[{\"file\":\"_data/PMC1__f0-genes.tsv\",\"line\":2,",
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
