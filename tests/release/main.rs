//! `release`: the same bytes in every run, files that hold what they say, and a check that sees
//! when they do not.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod check;
#[path = "../common/mod.rs"]
mod common;
mod made;
mod options;
mod tamper;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use common::gunzip;
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// The description.
const VOID: &str = "pfocr-rdf-void.ttl";

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

fn hex(bytes: &[u8]) -> String {
    let hash = Sha256::digest(bytes);
    hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}
