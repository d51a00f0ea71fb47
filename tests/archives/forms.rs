//! Forms of archives that few programs make.

use std::fs;

use tar::{Builder, EntryType, Header};

use super::convert;
use super::make::{DATABASE, Member, gzip, members, tar, write, zstd};

/// What an archive gives is what the directory gives, from a file and from standard input.
fn is_read(name: &str, bytes: &[u8], files: &[Member<'_>]) {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("db"), files);
    fs::write(folder.path().join(name), bytes).unwrap();
    let expected = convert(folder.path(), "db", b"");
    assert!(expected.1.contains("D012965"));
    for (input, from) in [(name, name), ("-", "-")] {
        let (code, out, err) = convert(folder.path(), input, bytes);
        assert!(
            (code, out, err.replace(&format!("{from}/"), "db/")) == expected,
            "{name}: {input}"
        );
    }
}

/// A tar of the database whose headers are made from this one, behind other entries.
fn tar_from(header: &Header, first: &[(u8, &str, &[u8])]) -> Vec<u8> {
    let mut builder = Builder::new(Vec::new());
    let files = members(&DATABASE, "");
    let files = files.iter().map(|(path, content)| (b'0', path.as_str(), *content));
    for (entry_type, path, content) in first.iter().copied().chain(files) {
        let mut header = header.clone();
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_entry_type(EntryType::new(entry_type));
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        builder.append(&header, content).unwrap();
    }
    builder.into_inner().unwrap()
}

#[test]
fn entries_about_the_archive_are_no_files() {
    let global = (b'g', "/tmp/GlobalHead.1", &b"19 comment=nothing\n"[..]);
    let label = (b'V', "../label", &b""[..]);
    let listed = (b'D', "_figures/", &b"YPMC1__f.md\0\0"[..]);
    let tar = tar_from(&Header::new_gnu(), &[global, label, listed]);
    is_read("db.tar", &tar, &members(&DATABASE, ""));
    is_read("db.tar.gz", &gzip(&tar), &members(&DATABASE, ""));
}

#[test]
fn old_tars_are_read() {
    let tar = tar_from(&Header::new_old(), &[(b'\0', "_figures/", b"")]);
    assert_ne!(tar[257..262], *b"ustar");
    is_read("db.tar", &tar, &members(&DATABASE, ""));
    is_read("db.tar.gz", &gzip(&tar), &members(&DATABASE, ""));
}

#[test]
fn zeros_behind_gzip_are_nothing() {
    let files = members(&DATABASE, "");
    for zeros in [1, 512, 100_000] {
        is_read("db.tar.gz", &[gzip(&tar(&files)), vec![0; zeros]].concat(), &files);
    }
    let (first, second) = (tar(&files)[..2000].to_vec(), tar(&files)[2000..].to_vec());
    is_read("db.tgz", &[gzip(&first), vec![0; 9], gzip(&second), vec![0]].concat(), &files);
}

#[test]
fn frames_of_zstandard_can_be_skipped() {
    let files = members(&DATABASE, "");
    for number in [0x50, 0x5F] {
        let frame = [number, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, b'a', b'b', b'c'];
        is_read("db.tar.zst", &[&frame[..], &zstd(&tar(&files))].concat(), &files);
    }
}

#[test]
fn a_folder_of_tables_without_a_table_is_one() {
    let mut files: Vec<Member<'_>> = Vec::new();
    for (path, content) in members(&DATABASE, "") {
        files.push((path.replace("_data/PMC1", "_figures/PMC1"), content));
    }
    files.retain(|(path, _)| !path.starts_with("_data/") || path == "_data/notes.txt");
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("db"), &files);
    let expected = convert(folder.path(), "db", b"");
    assert!(expected.0 == 1 && !expected.1.contains("D012965"));
    fs::write(folder.path().join("db.tar"), tar(&files)).unwrap();
    assert_eq!(convert(folder.path(), "db.tar", b"").1, expected.1);
}
