//! `pfocr2rdf trace`: what it prints for which keys, and its exit codes.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod program;

use std::fs;
use std::path::Path;

use program::{RECORD, database, run, run_with};

#[test]
fn a_trace_shows_where_triples_come_from() {
    let (code, out, err) = run(Path::new(env!("CARGO_MANIFEST_DIR")), "trace examples/database");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!("trace", out);
}

#[test]
fn a_trace_shows_the_keys_that_are_asked_for() {
    let folder = database();
    let t = |arguments: &str, expected: &[&str]| {
        let (code, out, err) = run(folder.path(), &format!("trace {arguments}"));
        assert_eq!(code, 0, "{err}");
        let shown: Vec<_> = out.lines().filter(|line| line.contains(": \"")).collect();
        assert_eq!(shown.len(), expected.len(), "{out}");
        for (shown, expected) in shown.iter().zip(expected) {
            assert!(shown.ends_with(expected), "{shown}");
        }
    };
    let all = [": figid: \"PMC1__f\"", ": pmcid: \"PMC1\"", ": figtitle: \"A title\""];
    t("db/_figures/PMC1__f.md --key figid --key pmcid", &all[..2]);
    t("db/_figures/PMC1__f.md --key year", &[]);
    t("db/_figures/PMC1__f.md --data odd", &all);
    t(
        "db -k chemicals",
        &[
            "word: \"salt\"",
            "mesh: \"mesh:D012965\"",
            "match: \"Salt\"",
            "name: \"NA\"",
            "chebi: \"NA\"",
        ],
    );
    let (_, out, _) = run(folder.path(), "trace db --key pmcid --key year");
    assert!(out.ends_with("\n\nyear: the record has no such value\n"), "{out}");
    assert_eq!(out.matches("no such value").count(), 1);
    let (code, _, err) = run(folder.path(), "trace db --key yaer");
    assert_eq!(code, 2);
    assert!(err.contains("found the key \"yaer\", expected one like year,"), "{err}");
    let (_, _, err) = run(folder.path(), "trace db --key mehs");
    assert!(
        err.contains(" chemicals: mesh, ") && err.matches("chemicals: mesh").count() == 1,
        "{err}"
    );
    assert_eq!(run_with(folder.path(), "trace - --key pmcid", RECORD).0, 0);
}

#[test]
fn a_trace_steers_no_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let record = "---\nfigid: PMC1__f\n\"k\\e[31m\\n\": \"v\\e[0m\"\n---\n";
    fs::write(folder.path().join("a.md"), record).unwrap();
    let (_, out, _) = run(folder.path(), "trace a.md");
    assert!(out.contains("a.md:3:14: k␛[31m␊: \"v\\u{1b}[0m\"\n"), "{out:?}");
    assert!(!out.contains('\u{1b}'));
}

#[test]
fn a_trace_tells_what_is_wrong() {
    let folder = database();
    let (code, out, err) = run(folder.path(), "trace odd --key year");
    assert_eq!((code, err.as_str()), (0, ""));
    insta::assert_snapshot!(out, @r#"
    F figure, R record page, A article, J journal, P publisher, T taxon, G gene, C chemical, D disease, N annotation

    odd/a.md:4:7: year: "soon"
      warning[invalid-year]: found "soon", expected a year from 1900 to 2099
      no triple: what is wrong keeps it out
    "#);
    let (code, _, err) = run(folder.path(), "trace bad/a.md");
    assert_eq!(code, 1);
    assert!(err.starts_with("bad/a.md:1:1: error[missing-front-matter]"), "{err}");
    assert_eq!(run(folder.path(), "trace nowhere").0, 2);
    let (code, _, err) = run(folder.path(), "trace bad");
    assert!(code == 2 && err.contains("bad: found 2 records, expected one"), "{err}");
    let (code, out, err) = run_with(folder.path(), "trace -", "figid: PMC1__f\n");
    assert!(code == 0 && out.contains("isBasedOn pmc:PMC1 .") && err.contains("missing-pmcid"));
}

#[test]
fn a_trace_takes_the_options_of_convert() {
    let folder = database();
    let record = RECORD.replace("---\nfigid", "---\nfilename: a.jpg\norganisms: Sus fictus\nfigid");
    fs::write(folder.path().join("db/_figures/PMC1__f.md"), record).unwrap();
    fs::write(folder.path().join("ids.csv"), "PMCID,PMID,DOI\nPMC1,7,10.1000/a\n").unwrap();
    let names = "99\t|\tSus fictus\t|\t\t|\tscientific name\t|\n";
    fs::write(folder.path().join("names.dmp"), names).unwrap();
    let t = |arguments: &str, expected: &str| {
        let (code, out, err) = run(folder.path(), &format!("trace db {arguments}"));
        assert_eq!((code, err.as_str()), (0, ""), "{arguments}");
        assert!(out.contains(expected), "{arguments}: {out}");
    };
    t("--pmc-ids ids.csv -k pmcid", "pmc:PMC1 schema:identifier \"pubmed:7\" .");
    t("--pmc-ids ids.csv -k pmcid", "pmc:PMC1 schema:sameAs <https://doi.org/10.1000/a> .");
    t("--taxonomy names.dmp -k organisms", "schema:mentions obo:NCBITaxon_99 .");
    t("--image-url http://x/{filename} -k filename", "schema:contentUrl <http://x/a.jpg> .");
    t("--schema-base https", "\nschema: is <https://schema.org/>\n");
    let caption = RECORD.replace("figtitle", "caption");
    fs::write(folder.path().join("db/_figures/PMC1__f.md"), caption).unwrap();
    t("--no-captions -k caption", "  no triple: an option leaves it out\n");
    assert_eq!(run(folder.path(), "trace db --pmc-ids nowhere").0, 2);
}

#[test]
fn a_trace_shows_every_row_of_the_figure_in_the_tables_of_all() {
    let folder = database();
    let write = |name: &str, rows: &str| {
        fs::write(folder.path().join("db/_data").join(name), rows).unwrap();
    };
    let trace = || run(folder.path(), "trace db -k wpid_map.tsv -k ndex_map.tsv");
    write("wpid_map.tsv", "PMC9__f\tno\nPMC1__f\tWP1\nPMC9__g\n");
    let (code, out, err) = trace();
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.contains("wpid_map.tsv:2:9: wpid_map.tsv: \"WP1\"\n"), "{out}");
    assert!(!out.contains("PMC9"), "{out}");
    write("wpid_map.tsv", "PMC1__f\tNA\nPMC1__f\tWP1\nPMC1__f\tWP2\nPMC1__f\tWP3\tx\n");
    write("ndex_map.tsv", "PMC9__f\tno\nPMC1__f\tno\n");
    let (code, out, err) = trace();
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(run(folder.path(), "trace db -k wpid -k ndex").1, out);
    insta::assert_snapshot!(out, @r#"
    F figure, R record page, A article, J journal, P publisher, T taxon, G gene, C chemical, D disease, N annotation

    db/_data/wpid_map.tsv:1:9: wpid_map.tsv: "NA"
      no triple: the value is missing

    db/_data/wpid_map.tsv:2:9: wpid_map.tsv: "WP1"
      core      F schema:about <https://identifiers.org/wikipathways/{wpid}>
                pfocr:PMC1__f schema:about <https://identifiers.org/wikipathways/WP1> .

    db/_data/wpid_map.tsv:3:9: wpid_map.tsv: "WP2"
      error[invalid-map-row]: found the figid "PMC1__f" again
      no triple: what is wrong keeps it out

    db/_data/wpid_map.tsv:4:9: wpid_map.tsv: "WP3\tx"
      error[invalid-map-row]: found 3 cells, expected a figid, a tab and a value
      no triple: what is wrong keeps it out

    db/_data/ndex_map.tsv:2:9: ndex_map.tsv: "no"
      warning[invalid-ndex]: found "no", expected a UUID
      no triple: what is wrong keeps it out
    "#);
}
