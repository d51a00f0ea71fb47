//! `convert --split`: the files together are the output of one file, whatever their number, size,
//! format, compression and the number of threads.

#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;

use common::gunzip;
use tempfile::TempDir;

const RECORDS: usize = 50;
const PARTS: [&str; 4] = ["core", "links", "wp", "evidence"];

/// A folder with records in `db`, which share genes; one of seven is a duplicate.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("db")).unwrap();
    for index in 0..RECORDS {
        let figure = if index % 7 == 6 { index - 1 } else { index };
        let mut yaml = format!("---\nfigid: PMC{figure}__f\npmcid: PMC{figure}\ngenes:\n");
        for gene in [index % 10 + 1, 1000 + index / 5] {
            writeln!(yaml, "- {{word: w, symbol: w, hgnc_symbol: G{gene}, entrez: {gene}}}")
                .unwrap();
        }
        fs::write(folder.path().join(format!("db/{index:04}.md")), yaml + "---\n").unwrap();
    }
    folder
}

/// Runs `convert` in a folder.
fn run(folder: &Path, arguments: &str) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pfocr2rdf"));
    command.args(["convert", "-q", "--no-check", "db"]).args(arguments.split_whitespace());
    let output = command.current_dir(folder).output().unwrap();
    (output.status.code().unwrap(), String::from_utf8(output.stderr).unwrap())
}

/// The files of a run into a new directory, by name.
fn split(folder: &Path, arguments: &str) -> BTreeMap<String, Vec<u8>> {
    let out = folder.join("out");
    // The duplicates are problems of the input.
    let (code, err) = run(folder, &format!("-o out {arguments}"));
    assert_eq!(code, 1, "{err}");
    let files = fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    let files = files.map(|path| (name(&path), fs::read(path).unwrap())).collect();
    fs::remove_dir_all(out).unwrap();
    files
}

/// The output as one file.
fn whole(folder: &Path, format: &str) -> String {
    assert_eq!(run(folder, &format!("-t {format} -o whole")).0, 1);
    fs::read_to_string(folder.join("whole")).unwrap()
}

fn figures(text: &str) -> usize {
    text.lines().filter(|line| line.contains("#type> <http://schema.org/ImageObject>")).count()
}

#[test]
fn shards_of_a_number_of_records_follow_each_other() {
    let folder = folder();
    let expected = whole(folder.path(), "nquads");
    let converted = figures(&expected);
    assert_eq!(converted, 43);
    for number in [1, 10, 43, 1000] {
        let files = split(folder.path(), &format!("--split {number}"));
        let names: Vec<_> = files.keys().cloned().collect();
        let count = converted.div_ceil(number);
        let wanted: Vec<_> = (1..=count).map(|n| format!("pfocr-{n:04}.nq.gz")).collect();
        assert_eq!(names, wanted);
        let texts: Vec<_> = files.values().map(|bytes| gunzip(bytes)).collect();
        assert!(texts.concat() == expected, "{number} records a file");
        for text in texts.iter().take(count - 1) {
            assert_eq!(figures(text), number);
        }
    }
}

#[test]
fn a_shard_ends_after_the_record_that_reaches_its_size() {
    let folder = folder();
    let expected = whole(folder.path(), "nquads");
    for size in ["1B", "20KiB", "1GiB"] {
        let files = split(folder.path(), &format!("--split {size} --compress none"));
        let texts: Vec<_> =
            files.into_values().map(|bytes| String::from_utf8(bytes).unwrap()).collect();
        assert!(texts.concat() == expected, "{size}");
        let expected = match size {
            "1B" => 43,
            "20KiB" => expected.len() / (20 << 10),
            _ => 1,
        };
        assert!(texts.len().abs_diff(expected) < 4, "{} shards of {size}", texts.len());
        if size == "20KiB" {
            for text in texts.iter().take(texts.len() - 1) {
                assert!((20 << 10..32 << 10).contains(&text.len()), "{}", text.len());
            }
        }
    }
}

#[test]
fn each_part_has_files_of_its_own() {
    let folder = folder();
    let nquads = whole(folder.path(), "nquads");
    let of_part = |part: &str| {
        let graph = format!(" <https://pfocr.wikipathways.org/graph/{part}> .");
        let lines = nquads.lines().filter_map(|line| line.strip_suffix(&graph));
        lines.fold(String::new(), |text, line| text + line + " .\n")
    };
    let files = split(folder.path(), "--split part");
    assert_eq!(files.len(), 4);
    for part in PARTS {
        assert!(gunzip(&files[&format!("pfocr-{part}.nt.gz")]) == of_part(part), "{part}");
    }
    let files = split(folder.path(), "--split part,20 --parts core,evidence");
    assert_eq!(files.len(), 2 * 3, "{:?}", files.keys());
    for part in ["core", "evidence"] {
        let shard = |number| gunzip(&files[&format!("pfocr-{part}-000{number}.nt.gz")]);
        assert!((1..=3).map(shard).collect::<String>() == of_part(part), "{part}");
    }
    // A size counts for each part alone.
    let files = split(folder.path(), "--split part,10KiB");
    let shards =
        |part| files.keys().filter(|name| name.starts_with(&format!("pfocr-{part}"))).count();
    assert!(shards("core") > shards("links"));
}

#[test]
fn formats_that_are_made_to_be_read_can_be_split() {
    let folder = folder();
    let mut expected: Vec<_> =
        whole(folder.path(), "ntriples").lines().map(str::to_owned).collect();
    expected.sort();
    expected.dedup();
    for arguments in ["--split 20 --to turtle", "--split part,20 --to turtle", "--split 9 -t trig"]
    {
        let files = split(folder.path(), arguments);
        let mut lines = Vec::new();
        for bytes in files.values() {
            let text = gunzip(bytes);
            if arguments.contains("trig") {
                let quads = oxttl::TriGParser::new().for_slice(&text).map(Result::unwrap);
                lines.extend(quads.map(|quad| format!("{} .", oxrdf::Triple::from(quad))));
            } else {
                let triples = oxttl::TurtleParser::new().for_slice(&text).map(Result::unwrap);
                lines.extend(triples.map(|triple| format!("{triple} .")));
            }
        }
        lines.sort();
        assert!(lines == expected, "{arguments}");
    }
}

#[test]
fn the_bytes_do_not_depend_on_the_threads() {
    let folder = folder();
    for arguments in ["--split part", "--split 7", "--split part,9KiB --compress zstd"] {
        let expected = split(folder.path(), &format!("{arguments} -j 1"));
        for jobs in 2..4 {
            let found = split(folder.path(), &format!("{arguments} -j {jobs}"));
            assert!(found == expected, "{arguments} with {jobs} threads");
        }
    }
}

#[test]
fn levels_make_files_smaller() {
    let folder = folder();
    let size = |arguments: &str| {
        let files = split(folder.path(), &format!("--split 1000 {arguments}"));
        files.values().map(Vec::len).sum::<usize>()
    };
    assert!(size("--level 9") < size("--level 1"));
    assert_eq!(size("--level 6"), size(""));
    assert!(size("--level 0") > size("--compress none"));
    assert!(size("--compress zstd --level 19") < size("--compress zstd --level 1"));
    for (name, low, high) in [("a.nq.gz", 1, 9), ("a.nq.zst", 1, 19)] {
        let size = |level: u32| {
            assert_eq!(run(folder.path(), &format!("-o {name} --level {level}")).0, 1);
            File::open(folder.path().join(name)).unwrap().metadata().unwrap().len()
        };
        assert!(size(high) < size(low), "{name}");
    }
}

#[test]
fn what_cannot_be_done_is_refused() {
    let folder = folder();
    fs::create_dir(folder.path().join("full")).unwrap();
    fs::write(folder.path().join("full/a"), "old").unwrap();
    let refused = |arguments: &str, expected: &str| {
        let (code, err) = run(folder.path(), arguments);
        assert_eq!(code, 2, "{arguments}: {err}");
        assert!(err.contains(expected), "{arguments}: {err}");
        let mut names: Vec<_> =
            fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["db", "full"], "{arguments}");
        assert_eq!(fs::read_dir(folder.path().join("full")).unwrap().count(), 1);
    };
    refused("--split part -o full", "full: is not empty, expected a new or an empty directory");
    refused("--split part -o full/a", "cannot write full/a: Not a directory");
    refused("--split part -o none/out", "cannot write none/out: No such file or directory");
    refused("--split part", "--output <FILE|DIR>");
    refused("--split 0 -o out", "found \"0\", expected part, a number of records, a size");
    refused("--compress gzip -o a.nt", "--split");
    refused("--split 1 -o out --level 10", "found the compression level 10, expected 0 to 9");
    refused("--split 1 -o out --compress none --level 1", "but nothing is compressed");
    refused("-o a.nt --level 1", "found the compression level 1, but nothing is compressed");
    refused("-o a.rdf", "a.rdf: found a name of no known format, expected one in .ttl");
}
