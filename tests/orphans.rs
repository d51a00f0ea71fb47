//! Tables and rows of maps that no record uses are told, whatever else is converted.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

mod program;

use std::fs;
use std::path::Path;

use program::run;

/// A database with a record, and tables that may be those of another one.
fn write(folder: &Path, name: &str, figid: &str, tables_of: Option<&str>) {
    for part in ["_figures", "_data"] {
        fs::create_dir_all(folder.join(name).join(part)).unwrap();
    }
    let record = format!("---\nfigid: {figid}\npmcid: PMC1\n---\n");
    fs::write(folder.join(format!("{name}/_figures/{figid}.md")), record).unwrap();
    if let Some(figid) = tables_of {
        let table = "word\tmesh\tmatch\tname\tdoid\nMM\tmesh:D009101\tNA\tNA\tNA\n";
        let path = folder.join(format!("{name}/_data/{figid}-diseases.tsv"));
        fs::write(path, table).unwrap();
        fs::write(folder.join(format!("{name}/_data/wpid_map.tsv")), format!("{figid}\tWP1\n"))
            .unwrap();
    }
}

#[test]
fn the_tables_of_one_input_are_not_those_of_another() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", "PMC1__a", Some("PMC1__b"));
    write(folder.path(), "b", "PMC1__b", None);
    for inputs in ["a", "a b", "b a", "a b/_figures/PMC1__b.md"] {
        let (_, _, err) = run(folder.path(), &format!("convert {inputs} -o out.nt"));
        for expected in [
            "a/_data/PMC1__b-diseases.tsv:1:1: warning[orphan-table]: found no record with the figid",
            "a/_data/wpid_map.tsv:1:1: note[orphan-map-row]: found no record with the figid",
            "rows:    0 read",
        ] {
            assert!(err.contains(expected), "{inputs}: {err}");
        }
    }
}

#[test]
fn inputs_can_have_the_same_tables() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "a", "PMC1__a", Some("PMC1__b"));
    write(folder.path(), "b", "PMC1__b", None);
    fs::write(folder.path().join("a/_figures/PMC1__b.md"), "---\nfigid: PMC1__b\n---\n").unwrap();
    for inputs in ["a", "a b --data a/_data", "b a --data ./a/_data", "a a/_figures/PMC1__a.md"] {
        let (_, _, err) = run(folder.path(), &format!("convert {inputs} -o out.nt"));
        assert!(!err.contains("orphan") && err.contains("1 mapped"), "{inputs}: {err}");
    }
}
