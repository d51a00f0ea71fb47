//! When an output cannot be written, the program says which and why and exits with 2; what was
//! there before is still there, and nothing else is.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "helpers of tests may panic like tests")]
#![allow(clippy::print_stderr, reason = "a test that skips says so")]

use std::fs::{self, File, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output};

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_pfocr2rdf");
/// A user without rights, and its group.
const NOBODY: u32 = 65_534;

/// A folder with a database whose N-Quads take some 200 kB, with gzip some 20 kB, and with old
/// outputs.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["db/_figures", "db/_data"] {
        fs::create_dir_all(folder.path().join(name)).unwrap();
    }
    for number in 0..200_u32 {
        let (article, text) = (number * 7919 % 100_003 + 1, number.wrapping_mul(2_654_435_761));
        let record = format!(
            "---\nfigid: PMC{article}__f\npmcid: PMC{article}\ncaption: text {text:x}\n---\n"
        );
        fs::write(folder.path().join(format!("db/_figures/PMC{article}__f.md")), record).unwrap();
    }
    let table = folder.path().join("db/_data/PMC1__f-chemicals.tsv");
    fs::write(table, "word\tmesh\tmatch\tname\tchebi\nsalt\tmesh:D012965\tNA\tNA\tNA\n").unwrap();
    for name in OUTPUTS {
        fs::write(folder.path().join(name), "old").unwrap();
    }
    folder
}

const OUTPUTS: [&str; 4] = ["a.nq", "a.nq.gz", "a.nq.zst", "s.json"];

/// All files of a folder with their contents, by name.
fn content(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(content(&path));
        } else {
            // A link can lead nowhere.
            files.push((path.display().to_string(), fs::read(&path).unwrap_or_default()));
        }
    }
    files.sort();
    files
}

/// Runs a command that fails with this message and leaves everything as it was.
fn fails(folder: &Path, command: &mut Command, expected: &str) {
    let before = content(folder);
    let output = command.current_dir(folder).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{command:?}: {err}");
    assert_eq!(err.trim_end(), format!("pfocr2rdf: error: {expected}"), "{command:?}");
    assert!(content(folder) == before, "{command:?} changed files");
}

fn convert(arguments: &str) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(["convert", "-q", "--no-check", "db"]).args(arguments.split_whitespace());
    command
}

/// The same in a shell, behind a command that changes the surroundings.
fn convert_after(prepare: &str, arguments: &str) -> Command {
    let mut command = Command::new("sh");
    let convert = format!("exec '{PROGRAM}' convert -q --no-check db {arguments}");
    command.args(["-c", &format!("{prepare} && {convert}")]);
    command
}

#[test]
fn the_good_case_is_one() {
    let folder = folder();
    for name in OUTPUTS {
        let arguments = format!("-o {name}").replace("-o s.json", "-o /dev/null --summary s.json");
        assert!(convert(&arguments).current_dir(folder.path()).status().unwrap().success());
        assert!(fs::metadata(folder.path().join(name)).unwrap().len() > 100);
    }
    assert!(fs::metadata(folder.path().join("a.nq")).unwrap().len() > 100_000);
    assert!(fs::metadata(folder.path().join("a.nq.gz")).unwrap().len() > 10_000);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_device_is_told() {
    let folder = folder();
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let cause = "No space left on device (os error 28)";
    for arguments in ["-t nquads", "-t nquads --parts links"] {
        let mut command = convert(arguments);
        fails(folder.path(), command.stdout(full()), &format!("cannot write -: {cause}"));
    }
    let expected = format!("cannot write /dev/full: {cause}");
    fails(folder.path(), &mut convert("-o /dev/full"), &expected);
    fails(folder.path(), &mut convert("-o /dev/null --summary /dev/full"), &expected);
    // The output has to wait until what is written besides is complete.
    for output in ["-o a.nq", "-o a.nq.gz", "-o new --split part"] {
        for other in ["--summary", "--manifest"] {
            let arguments = format!("{output} {other} /dev/full");
            fails(folder.path(), &mut convert(&arguments), &expected);
        }
    }
    let first = convert("-o /dev/null --manifest m.json").current_dir(folder.path()).status();
    assert!(first.unwrap().success());
    let delta = "-o new --since m.json --emit delta --old a.nq --manifest /dev/full";
    fs::write(folder.path().join("a.nq"), "").unwrap();
    let mut command = convert(delta);
    let output = command.current_dir(folder.path()).output().unwrap();
    assert!(!output.status.success() && !folder.path().join("new").exists());
}

/// Runs a command with a small file system in the folder `disk`, which holds an old file; what is
/// left there is told on standard output, since the disk ends with the shell.
#[cfg(target_os = "linux")]
fn on_a_small_disk(folder: &Path, arguments: &str) -> Option<Output> {
    let run = |command: &str| {
        let mut unshare = Command::new("unshare");
        unshare.args(["-rm", "sh", "-c", command]).current_dir(folder).output().unwrap()
    };
    let mount = "mkdir -p disk && mount -t tmpfs -o size=12k none disk && printf old > disk/a.nq";
    if !run(mount).status.success() {
        eprintln!("skipped: no file system can be mounted");
        return None;
    }
    Some(run(&format!(
        "{mount}; '{PROGRAM}' convert -q --no-check db {arguments}; code=$?; \
         ls -A disk; cat disk/a.nq; exit $code"
    )))
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let folder = folder();
    let t = |arguments: &str, name: &str| {
        let Some(output) = on_a_small_disk(folder.path(), arguments) else { return };
        assert_eq!(output.status.code(), Some(2), "{arguments}");
        assert_eq!(String::from_utf8(output.stdout).unwrap(), "a.nq\nold", "{arguments}");
        let err = String::from_utf8(output.stderr).unwrap();
        let expected = "No space left on device (os error 28)";
        assert_eq!(err, format!("pfocr2rdf: error: cannot write disk/{name}: {expected}\n"));
    };
    for name in ["a.nq", "a.nq.gz", "a.nq.zst"] {
        t(&format!("-o disk/{name}"), name);
    }
    for split in ["part", "10", "part,1KiB"] {
        t(&format!("--split {split} -o disk/out"), "out");
    }
    let run = |arguments: &str| convert(arguments).current_dir(folder.path()).status().unwrap();
    assert!(run("-o old.nq --manifest old.json").success());
    for number in 200_001..200_020 {
        let record = format!("---\nfigid: PMC{number}__f\npmcid: PMC{number}\n---\n");
        let path = folder.path().join(format!("db/_figures/PMC{number}__f.md"));
        fs::write(path, record).unwrap();
    }
    // Nothing is to be deleted, so the first of the four files is complete.
    let delta = "--since old.json --emit delta --old old.nq -o disk/delta";
    t(delta, "delta/insert.nq");
}

#[test]
fn a_limit_of_the_size_of_files_is_told() {
    let folder = folder();
    for name in ["a.nq", "a.nq.gz", "a.nq.zst"] {
        let expected = format!("cannot write {name}: File too large (os error 27)");
        let mut command = convert_after("ulimit -f 4", &format!("-o {name}"));
        fails(folder.path(), &mut command, &expected);
    }
    let mut command = convert_after("ulimit -f 0", "-o /dev/null --summary s.json");
    fails(folder.path(), &mut command, "cannot write s.json: File too large (os error 27)");
}

#[test]
fn a_temporary_folder_that_cannot_be_written_is_told() {
    let folder = folder();
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::default()));
    archive.append_dir_all(".", folder.path().join("db")).unwrap();
    let archive = archive.into_inner().unwrap().finish().unwrap();
    fs::write(folder.path().join("db.tar.gz"), archive).unwrap();
    let start = "cannot read db.tar.gz: a temporary file in";
    let mut command = convert("db.tar.gz -o a.nq");
    let expected =
        format!("{start} nowhere cannot be written: No such file or directory (os error 2)");
    fails(folder.path(), command.env("TMPDIR", "nowhere"), &expected);
    let mut command = convert_after("ulimit -f 4 && export TMPDIR=.", "db.tar.gz -o a.nq");
    let expected = format!("{start} . cannot be written: File too large (os error 27)");
    fails(folder.path(), &mut command, &expected);
}

#[test]
fn a_folder_that_cannot_be_written_is_told() {
    let folder = folder();
    let set = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    set(folder.path(), 0o555);
    let is_root = fs::metadata(folder.path()).unwrap().uid() == 0;
    for arguments in ["-o a.nq", "-o new.nq.gz", "-o /dev/null --summary s.json"] {
        let mut command = convert(arguments);
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        let name = arguments.rsplit(' ').next().unwrap();
        let expected = format!("cannot write {name}: Permission denied (os error 13)");
        fails(folder.path(), &mut command, &expected);
    }
    set(folder.path(), 0o777);
    set(&folder.path().join("a.nq"), 0o444);
    let mut command = convert("-o a.nq");
    if is_root {
        command.uid(NOBODY).gid(NOBODY);
    }
    fails(folder.path(), &mut command, "cannot write a.nq: Permission denied (os error 13)");
    set(folder.path(), 0o755);
}

#[test]
fn a_target_that_is_no_file_is_told() {
    let folder = folder();
    fs::create_dir(folder.path().join("d.nq")).unwrap();
    let directory = "cannot write d.nq: is a directory";
    fails(folder.path(), &mut convert("-o d.nq"), directory);
    fails(folder.path(), &mut convert("-o a.nq --summary d.nq"), directory);
    for name in ["new/", "new/.", "a.nq/"] {
        let expected = format!("cannot write {name}: is a directory");
        fails(folder.path(), &mut convert(&format!("-o {name}")), &expected);
    }
    let nowhere = "cannot write no/a.nq: No such file or directory (os error 2)";
    fails(folder.path(), &mut convert("-o no/a.nq"), nowhere);
}

#[test]
fn what_is_read_is_not_written() {
    let folder = folder();
    let archive = GzEncoder::new(Vec::new(), Compression::default());
    let mut archive = tar::Builder::new(archive);
    archive.append_dir_all("db", folder.path().join("db")).unwrap();
    let archive = archive.into_inner().unwrap().finish().unwrap();
    fs::write(folder.path().join("db.tar.gz"), archive).unwrap();
    symlink("db/_figures/PMC1__f.md", folder.path().join("PMC1__f.md")).unwrap();
    let targets =
        ["db/_figures/PMC1__f.md", "db/_data/PMC1__f-chemicals.tsv", "PMC1__f.md", "db.tar.gz"];
    for target in targets {
        let expected = format!("{target}: would be overwritten but is also read as input");
        fails(folder.path(), &mut convert(&format!("db.tar.gz -o {target}")), &expected);
        let arguments = format!("db.tar.gz -o /dev/null --summary ./{target}");
        let expected = format!("./{expected}");
        fails(folder.path(), &mut convert(&arguments), &expected);
        let file = File::options().append(true).open(folder.path().join(target)).unwrap();
        let expected = "standard output would be written to a file that is also read as input";
        fails(folder.path(), convert("db.tar.gz").stdout(file), expected);
    }
    // Other files beside the records and tables can be written.
    for target in ["db/_figures/a.nq", "db/_data/a.nq", "db/_figures/a.nq"] {
        let mut command = convert(&format!("-o {target}"));
        assert!(command.current_dir(folder.path()).status().unwrap().success(), "{target}");
    }
}

#[test]
fn the_file_behind_an_input_that_is_a_link_is_not_written() {
    let folder = folder();
    fs::create_dir(folder.path().join("store")).unwrap();
    for (number, name) in ["_figures/PMC1__f.md", "_data/PMC1__f-chemicals.tsv"].iter().enumerate()
    {
        let (input, stored) = (folder.path().join("db").join(name), format!("store/{number}"));
        fs::rename(&input, folder.path().join(&stored)).unwrap();
        symlink(format!("../../{stored}"), &input).unwrap();
        let expected = format!("{stored}: would be overwritten but is also read as input");
        fails(folder.path(), &mut convert(&format!("-o {stored}")), &expected);
        let mut command = convert(&format!("-o /dev/null --summary {stored}"));
        fails(folder.path(), &mut command, &expected);
    }
}

#[test]
fn the_file_that_standard_input_comes_from_is_not_written() {
    let folder = folder();
    let record = "db/_figures/PMC1__f.md";
    symlink(record, folder.path().join("link")).unwrap();
    for target in [record, "link"] {
        let mut command = Command::new(PROGRAM);
        command.args(["convert", "-q", "--no-check", "-", "-o", target]);
        command.stdin(File::open(folder.path().join(record)).unwrap());
        let expected = format!("{target}: would be overwritten but is also read as input");
        fails(folder.path(), &mut command, &expected);
    }
}

#[test]
fn one_file_is_not_two_outputs() {
    let folder = folder();
    fs::create_dir(folder.path().join("sub")).unwrap();
    symlink("a.nq", folder.path().join("link")).unwrap();
    symlink("new.nq", folder.path().join("dangling")).unwrap();
    let t = |output: &str, option: &str, other: &str| {
        let name = option.strip_prefix("--").unwrap();
        let expected = format!("{other}: is both the output and the {name}");
        let mut command = convert(&format!("-o {output} {option} {other}"));
        fails(folder.path(), &mut command, &expected);
    };
    for option in ["--manifest", "--summary"] {
        t("a.nq", option, "link");
        t("link", option, "a.nq");
        t("a.nq", option, "sub/../a.nq");
        t("new.nq", option, "dangling");
        t("new.nq", option, "sub/../new.nq");
    }
    assert!(!folder.path().join("new.nq").exists());
}

#[test]
fn nothing_else_is_written_into_a_directory_of_several_files() {
    let folder = folder();
    for directory in ["new", "empty"] {
        let expected = format!(
            "{directory}/m.json: found the manifest in the output {directory}, expected it elsewhere"
        );
        let arguments = format!("--split part -o {directory} --manifest {directory}/m.json");
        fails(folder.path(), &mut convert(&arguments), &expected);
        assert_eq!(folder.path().join(directory).exists(), directory == "empty");
        let _ = fs::create_dir(folder.path().join("empty"));
    }
}

#[test]
fn a_file_that_is_replaced_keeps_its_permissions() {
    let folder = folder();
    for (name, mode) in [("a.nq", 0o600), ("a.nq.gz", 0o640), ("s.json", 0o604)] {
        let path = folder.path().join(name);
        fs::set_permissions(&path, Permissions::from_mode(mode)).unwrap();
        let arguments = format!("-o {name}").replace("-o s.json", "-o /dev/null --summary s.json");
        assert!(convert(&arguments).current_dir(folder.path()).status().unwrap().success());
        let metadata = fs::metadata(&path).unwrap();
        assert_eq!((metadata.mode() & 0o777, metadata.len() > 3), (mode, true), "{name}");
    }
}

#[test]
fn a_hyphen_is_standard_output() {
    let folder = folder();
    let run = |arguments: &str| convert(arguments).current_dir(folder.path()).output().unwrap();
    let expected = run("-t nquads");
    assert!(expected.stdout.len() > 100_000);
    assert!(run("-t nquads -o -") == expected);
    assert!(!folder.path().join("-").exists());
    for option in ["--split", "--level"] {
        let expected =
            format!("found standard output, expected the name of an output, which {option} needs");
        fails(folder.path(), &mut convert(&format!("{option} 1 -o -")), &expected);
    }
}

#[test]
fn nothing_on_standard_input_leaves_the_output() {
    let folder = folder();
    for (input, found) in [("/dev/null", "nothing"), ("a.nq", "something else")] {
        let mut command = Command::new(PROGRAM);
        command.args(["convert", "-q", "-", "-o", "a.nq.gz"]);
        command.stdin(File::open(folder.path().join(input)).unwrap());
        let expected = format!("found {found} on standard input, expected a record or an archive");
        fails(folder.path(), &mut command, &expected);
    }
}
