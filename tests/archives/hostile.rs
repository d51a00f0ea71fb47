//! Archives that no honest program makes.

use std::fs;
use std::io::Write;

use tar::EntryType;

use super::convert;
use super::make::{gzip, members, tar, tar_of, zip, zip_of};

/// The error of an archive, which is the same for a file and for standard input.
fn error(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let (code, out, err) = convert(folder.path(), name, b"");
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    let (_, _, from_stdin) = convert(folder.path(), "-", bytes);
    assert_eq!(from_stdin, err.replace(name, "-"));
    let start = format!("pfocr2rdf: error: cannot read {name}: ");
    err.strip_prefix(&start).unwrap().trim_end().to_owned()
}

#[test]
fn paths_out_of_the_archive_are_refused() {
    let paths =
        ["../x", "/x", "_figures/../../x", "../_figures/a.md", "/_figures/a.md", "..\\x", "\\x"];
    for path in paths {
        let expected = format!("found the path {path:?}, expected one inside the archive");
        assert_eq!(error("db.tar", &tar_of(path, EntryType::Regular)), expected);
        assert_eq!(error("db.tgz", &gzip(&tar_of(path, EntryType::Regular))), expected);
        assert_eq!(error("db.zip", &zip_of(path, 0o100_644)), expected);
    }
}

#[test]
fn what_is_no_file_is_refused() {
    let t = |entry_type, what: &str| {
        for path in ["_figures/a.md", "_data/a-genes.tsv", "_data", "_figures"] {
            let expected = format!("found {what} at {path:?}, expected a file");
            assert_eq!(error("db.tar", &tar_of(path, entry_type)), expected);
        }
    };
    t(EntryType::Symlink, "a symbolic link");
    t(EntryType::Link, "a hard link");
    t(EntryType::Char, "a device");
    t(EntryType::Block, "a device");
    t(EntryType::Fifo, "a pipe");
    let expected = "found a symbolic link at \"_figures/a.md\", expected a file";
    assert_eq!(error("db.zip", &zip_of("_figures/a.md", 0o120_777)), expected);
}

#[test]
fn sparse_files_are_refused() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_path("image").unwrap();
    header.set_entry_type(EntryType::GNUSparse);
    header.set_size(0);
    let gnu = header.as_gnu_mut().unwrap();
    gnu.set_real_size(1 << 40);
    gnu.sparse[0].set_offset(1 << 40);
    gnu.sparse[0].set_length(0);
    header.set_cksum();
    builder.append(&header, &[][..]).unwrap();
    let tar = builder.into_inner().unwrap();
    assert_eq!(error("db.tar", &tar), "found a sparse file, expected whole ones");
    assert_eq!(error("db.tgz", &gzip(&tar)), "found a sparse file, expected whole ones");
}

// https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html
#[test]
fn sparse_files_of_posix_archives_are_refused() {
    let versions: [&[(&str, &str)]; 3] = [
        &[("GNU.sparse.size", "9"), ("GNU.sparse.numblocks", "0")],
        &[("GNU.sparse.name", "_figures/a.md"), ("GNU.sparse.map", "0,1")],
        &[("GNU.sparse.major", "1"), ("GNU.sparse.minor", "0"), ("GNU.sparse.realsize", "9")],
    ];
    for version in versions {
        for path in ["_figures/a.md", "_figures/GNUSparseFile.1/a.md"] {
            let mut builder = tar::Builder::new(Vec::new());
            let extensions = version.iter().map(|(key, value)| (*key, value.as_bytes()));
            builder.append_pax_extensions(extensions).unwrap();
            let mut header = tar::Header::new_ustar();
            header.set_size(1);
            builder.append_data(&mut header, path, &b"x"[..]).unwrap();
            let tar = builder.into_inner().unwrap();
            assert_eq!(error("db.tar", &tar), "found a sparse file, expected whole ones");
            assert_eq!(error("db.tgz", &gzip(&tar)), "found a sparse file, expected whole ones");
        }
    }
}

#[test]
fn links_elsewhere_do_not_matter() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("db.tar"), tar_of("docs/a.md", EntryType::Symlink)).unwrap();
    let (code, _, err) = convert(folder.path(), "db.tar", b"");
    assert!(code == 1 && err.contains("_figures/good.md:1:1: error[empty-file]"), "{err}");
}

#[test]
fn two_files_of_one_name_are_refused() {
    let files = members(&[("_figures/a.md", ""), ("./_figures//a.md", "")], "");
    assert_eq!(error("db.tar", &tar(&files)), "found _figures/a.md twice");
    assert_eq!(error("db.zip", &zip(&files)), "found _figures/a.md twice");
    let files = members(&[("a/_figures/a.md", ""), ("b/_figures/a.md", "")], "");
    let expected = "found \"a/_figures\" and \"b/_figures\", expected one database";
    assert_eq!(error("db.tar", &tar(&files)), expected);
}

#[test]
fn names_that_could_fill_the_memory_are_refused() {
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(EntryType::GNULongName);
    header.set_size(2 << 20);
    header.set_cksum();
    builder.append(&header, vec![b'x'; 2 << 20].as_slice()).unwrap();
    let tar = builder.into_inner().unwrap();
    let expected = "found a name of more than 1MiB, which no file has";
    assert_eq!(error("db.tar", &tar), expected);
    assert_eq!(error("db.tgz", &gzip(&tar)), expected);
}

#[test]
fn a_file_with_another_size_than_it_says_is_not_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = zip(&members(&[("x", ""), ("_figures/a.md", "0123456789")], ""));
    // In the central directory, four bytes of size are 20 bytes before the name but two.
    let at = bytes.windows(13).rposition(|window| window == b"_figures/a.md").unwrap();
    assert_eq!(bytes[at - 22], 10);
    bytes[at - 22] = 3;
    fs::File::create(folder.path().join("db.zip")).unwrap().write_all(&bytes).unwrap();
    let (code, out, err) = convert(folder.path(), "db.zip", b"");
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("a.md:1:1: error[unreadable-file]: cannot be read: "), "{err}");
}
