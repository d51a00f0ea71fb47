//! Signals that end a run, and pipes and links where files are expected.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may panic like tests"
)]

mod program;

use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use program::{RECORD, database, run};
use tempfile::TempDir;

/// A folder with many records.
fn many_records() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let records = folder.path().join("records");
    fs::create_dir(&records).unwrap();
    for number in 0..20_000 {
        let record = RECORD.replace("PMC1", &format!("PMC{number}"));
        fs::write(records.join(format!("{number}.md")), record).unwrap();
    }
    folder
}

/// Converts the records, and returns when the run has begun: a temporary file shows it.
fn begin(folder: &Path, arguments: &str) -> Child {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"))
        .current_dir(folder)
        .args(["convert", "--quiet", "records"])
        .args(arguments.split_whitespace())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    while fs::read_dir(folder).unwrap().count() < 2 {
        assert_eq!(child.try_wait().unwrap(), None, "the run ended before it was interrupted");
    }
    child
}

fn send(signal: &str, child: &Child) {
    let pid = child.id().to_string();
    assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
}

/// The exit code of a program that may never end.
fn wait(child: &mut Child) -> Option<i32> {
    for _ in 0..600 {
        if child.try_wait().unwrap().is_some() {
            break;
        }
        thread::sleep(Duration::from_millis(100));
    }
    let _ = child.kill();
    child.wait().unwrap().code()
}

#[test]
fn ctrl_c_leaves_no_file_behind() {
    let folder = many_records();
    for signal in ["-INT", "-TERM"] {
        let mut child = begin(folder.path(), "-o a.nq.gz");
        send(signal, &child);
        assert_eq!(child.wait().unwrap().code(), Some(130));
        let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
    }
}

#[test]
fn ctrl_c_ends_what_has_not_begun() {
    let folder = database();
    for command in ["convert -", "validate -", "export gmt - -o gmt"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"))
            .current_dir(folder.path())
            .args(command.split_whitespace())
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // More than a pipe holds, so that the program has begun to read.
        let mut input = child.stdin.take().unwrap();
        input.write_all(RECORD.repeat(2_000).as_bytes()).unwrap();
        send("-INT", &child);
        assert_eq!(child.wait().unwrap().code(), Some(130), "{command}");
    }
}

#[test]
fn ctrl_c_ends_a_run_whose_output_nobody_reads() {
    let folder = many_records();
    let mut child = begin(folder.path(), "--summary s.json");
    // By now the pipe is full.
    thread::sleep(Duration::from_millis(500));
    send("-INT", &child);
    assert_eq!(wait(&mut child), Some(130));
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn ctrl_c_ends_the_last_compression() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("records")).unwrap();
    // Words that cannot be compressed to what a pipe holds, and fewer than are compressed at once.
    let words = (0..100_000_u64).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15).to_string());
    let words: Vec<_> = words.collect();
    for (number, words) in words.chunks(500).enumerate() {
        let title = words.join(" ");
        let record = RECORD.replace("PMC1", &format!("PMC{number}")).replace("A title", &title);
        fs::write(folder.path().join(format!("records/{number}.md")), record).unwrap();
    }
    let pipe = folder.path().join("a.nt.zst");
    make_pipe(&pipe);
    let mut child = begin(folder.path(), "-o a.nt.zst --no-check");
    // The first bytes come when all records are converted, and nobody takes the others.
    let mut reader = fs::File::open(&pipe).unwrap();
    reader.read_exact(&mut [0; 1000]).unwrap();
    send("-INT", &child);
    assert_eq!(wait(&mut child), Some(130));
}

fn make_pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = database();
    make_pipe(&folder.path().join("db/_figures/PMC3__f.md"));
    make_pipe(&folder.path().join("db/_data/PMC1__f-genes.tsv"));
    let (code, _, err) = run(folder.path(), "convert db --quiet -o a.nt");
    assert_eq!(code, 1, "{err}");
    for file in ["_figures/PMC3__f.md", "_data/PMC1__f-genes.tsv"] {
        let expected = format!(
            "db/{file}:1:1: error[unreadable-file]: cannot be read: found a pipe, expected a file"
        );
        assert!(err.contains(&expected), "{err}");
    }
    make_pipe(&folder.path().join("db/_data/wpid_map.tsv"));
    let (code, _, err) = run(folder.path(), "convert db -o a.nt");
    let expected = "cannot read db/_data/wpid_map.tsv: found a pipe, expected a file";
    assert!(code == 2 && err.contains(expected), "{err}");
}

#[test]
fn a_record_can_be_a_pipe() {
    let folder = database();
    let pipe = folder.path().join("a.md");
    make_pipe(&pipe);
    let writer = thread::spawn(move || fs::write(pipe, RECORD).unwrap());
    let (code, out, _) = run(folder.path(), "convert a.md -t nquads --quiet --data db/_data");
    writer.join().unwrap();
    assert_eq!(code, 0);
    assert_eq!(out, run(folder.path(), "convert db -t nquads --quiet").1);
}

#[test]
fn a_table_that_cannot_be_read_is_told() {
    let folder = database();
    let tables = folder.path().join("db/_data");
    fs::remove_file(tables.join("PMC1__f-chemicals.tsv")).unwrap();
    std::os::unix::fs::symlink("nowhere", tables.join("PMC1__f-chemicals.tsv")).unwrap();
    fs::create_dir(tables.join("PMC1__f-genes.tsv")).unwrap();
    let (code, _, err) = run(folder.path(), "convert db --quiet -o a.nt");
    assert_eq!((code, err.matches("error[unreadable-file]").count()), (1, 2), "{err}");
}
