//! The program as it is run: a folder for it, and what it answers.

#![allow(clippy::unwrap_used, reason = "these are parts of tests")]
#![allow(dead_code, reason = "no test file uses everything")]

use std::fs;
use std::path::Path;

use tempfile::TempDir;

pub(crate) const RECORD: &str = "---\nfigid: PMC1__f\npmcid: PMC1\nfigtitle: A title\n---\n";

/// A folder with a database: one record with a gene.
pub(crate) fn database() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, content: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    };
    write("db/_figures/PMC1__f.md", RECORD);
    write(
        "db/_data/PMC1__f-chemicals.tsv",
        "word\tmesh\tmatch\tname\tchebi\nsalt\tmesh:D012965\tSalt\tNA\tNA\n",
    );
    write("odd/a.md", "---\nfigid: PMC2__f\npmcid: PMC2\nyear: soon\n---\n");
    write("bad/a.md", "no front matter\n");
    write("bad/b.md", RECORD);
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("a.txt"), "").unwrap();
    folder
}

/// Exit code, standard output and standard error.
pub(crate) fn run(folder: &Path, arguments: &str) -> (i32, String, String) {
    run_with(folder, arguments, "")
}

pub(crate) fn run_with(folder: &Path, arguments: &str, input: &str) -> (i32, String, String) {
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.current_dir(folder).args(arguments.split_whitespace()).write_stdin(input);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}
