//! What an archive gives, next to what its directory gives.

use std::fs;
use std::path::Path;

use super::make::{DATABASE, Member, gzip, members, tar, write, zip, zstd};
use super::{common, convert};

/// Archives of the same files, by their names.
fn archives(members: &[Member<'_>]) -> Vec<(&'static str, Vec<u8>)> {
    let tar = tar(members);
    vec![
        ("db.tar.gz", gzip(&tar)),
        ("db.tgz", gzip(&tar)),
        ("db.TAR.ZST", zstd(&tar)),
        ("db.tar", tar),
        ("db.zip", zip(members)),
    ]
}

#[test]
fn every_archive_gives_what_the_directory_gives() {
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("db"), &members(&DATABASE, ""));
    let expected = convert(folder.path(), "db", b"");
    assert!(expected.2.contains("db/_data/PMC9__f-diseases.tsv:1:1: warning[orphan-table]"));
    assert!(expected.2.contains("4 converted, 1 skipped (missing-front-matter 1)"));
    for id in ["D012965", "D009101", "D009102", "WP12"] {
        assert!(expected.1.contains(id), "{id}");
    }
    for top in ["", "./", "pfocr-database-4f2a/"] {
        let mut files = members(&DATABASE, top);
        for order in ["as they are", "tables first"] {
            for (name, bytes) in archives(&files) {
                fs::write(folder.path().join(name), &bytes).unwrap();
                for (arguments, input) in [(format!("{name} -j 3"), &[][..]), ("-".into(), &bytes)]
                {
                    let (code, out, err) = convert(folder.path(), &arguments, input);
                    let err = err.replace(&format!("{name}/"), "db/").replace("-/", "db/");
                    assert!((code, out, err) == expected, "{arguments}, {top:?}, {order}");
                }
            }
            files.reverse();
        }
    }
}

#[test]
fn archives_of_all_cases_give_what_the_cases_give() {
    let folder = tempfile::tempdir().unwrap();
    for case in common::cases() {
        let mut files = Vec::new();
        for name in ["_data", "_figures"] {
            read(&case.folder.join(name), name, &mut files);
        }
        let files: Vec<_> = files.iter().map(|(path, bytes)| (path.clone(), &**bytes)).collect();
        let expected = convert(&case.folder, ".", b"");
        fs::write(folder.path().join("db.tar"), tar(&files)).unwrap();
        let (code, out, err) = convert(folder.path(), "db.tar", b"");
        assert!((code, out, err.replace("db.tar/", "")) == expected, "{}", case.name);
    }
}

/// The files of a folder, if it is there.
fn read(folder: &Path, name: &str, files: &mut Vec<(String, Vec<u8>)>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let path = format!("{name}/{}", entry.file_name().to_str().unwrap());
        files.push((path, fs::read(entry.path()).unwrap()));
    }
}

#[test]
fn tables_can_be_beside_the_records_or_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let beside = DATABASE.map(|(path, content)| (path.replace("_data/", "_figures/"), content));
    let beside: Vec<_> =
        beside.iter().map(|(path, text)| (path.clone(), text.as_bytes())).collect();
    write(&folder.path().join("db"), &beside);
    fs::write(folder.path().join("db.zip"), zip(&beside)).unwrap();
    let expected = convert(folder.path(), "db", b"");
    assert!(expected.1.contains("D012965"));
    assert_eq!(convert(folder.path(), "db.zip", b"").1, expected.1);

    write(&folder.path().join("all"), &members(&DATABASE, ""));
    fs::write(folder.path().join("records.tar"), tar(&members(&DATABASE[..6], ""))).unwrap();
    let (_, without, _) = convert(folder.path(), "records.tar", b"");
    assert!(!without.contains("D012965"));
    assert_eq!(convert(folder.path(), "records.tar --data all/_data", b"").1, expected.1);
}

#[test]
fn gzip_of_several_members_is_read_whole() {
    let folder = tempfile::tempdir().unwrap();
    let tar = tar(&members(&DATABASE, ""));
    let (first, second) = tar.split_at(2000);
    fs::write(folder.path().join("one.tar.gz"), gzip(&tar)).unwrap();
    fs::write(folder.path().join("two.tar.gz"), [gzip(first), gzip(second)].concat()).unwrap();
    let expected = convert(folder.path(), "one.tar.gz", b"");
    assert!(expected.2.contains("4 converted"));
    assert_eq!(convert(folder.path(), "two.tar.gz", b"").1, expected.1);
}

#[test]
fn the_bytes_tell_what_an_archive_is_not_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let files = members(&DATABASE, "");
    fs::write(folder.path().join("unpacked.tar.gz"), tar(&files)).unwrap();
    fs::write(folder.path().join("wrong.zip"), zstd(&tar(&files))).unwrap();
    let (_, out, err) = convert(folder.path(), "unpacked.tar.gz", b"");
    assert!(err.contains("4 converted"), "{err}");
    assert_eq!(convert(folder.path(), "wrong.zip", b"").1, out);
}

#[test]
fn long_paths_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = tar::Builder::new(Vec::new());
    let figid = format!("PMC1__{}", "f".repeat(150));
    let record = format!("---\nfigid: {figid}\npmcid: PMC1\n---\n");
    let mut header = tar::Header::new_gnu();
    header.set_size(record.len() as u64);
    let path = format!("top/_figures/{figid}.md");
    builder.append_data(&mut header, &path, record.as_bytes()).unwrap();
    fs::write(folder.path().join("db.tar"), builder.into_inner().unwrap()).unwrap();
    let (code, out, _) = convert(folder.path(), "db.tar", b"");
    assert!(code == 0 && out.contains(&figid), "{out}");
}
