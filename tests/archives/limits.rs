//! What is larger than the limits is not read, and options move the limits.

use std::fs::{self, File};

use super::convert;
use super::make::{gzip, members, tar, write, zip, zstd};

const RECORD: &str = "---\nfigid: PMC1__f\npmcid: PMC1\n---\n";
const HEADER: &str = "word\tmesh\tmatch\tname\tchebi\n";

/// A database whose table has this many rows.
fn database(rows: usize) -> [(&'static str, String); 2] {
    let row = "salt\tmesh:D012965\tSalt\tNA\tNA\n";
    [
        ("_figures/PMC1__f.md", RECORD.to_owned()),
        ("_data/PMC1__f-chemicals.tsv", format!("{HEADER}{}", row.repeat(rows))),
    ]
}

#[test]
fn large_files_are_skipped_wherever_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let files = database(100);
    let files = files.each_ref().map(|(path, content)| (*path, content.as_str()));
    let files = members(&files, "");
    let tar = tar(&files);
    write(&folder.path().join("db"), &files);
    for (name, bytes) in [("a.tar", tar.clone()), ("a.tgz", gzip(&tar)), ("a.zip", zip(&files))] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let t = |arguments: &str, expected: &str| {
        for input in ["db", "a.tar", "a.tgz", "a.zip"] {
            let (code, _, err) = convert(folder.path(), &format!("{input} {arguments}"), b"");
            assert_eq!(code == 1, !expected.is_empty(), "{input} {arguments}: {err}");
            assert!(err.contains(&expected.replace("DB", input)), "{input} {arguments}: {err}");
        }
    };
    t("", "");
    let size = files[1].1.len();
    t(&format!("--max-table-size {size} --max-rows 100"), "");
    let table = "DB/_data/PMC1__f-chemicals.tsv:1:1: error[too-large]: found more than";
    let size = size - 1;
    t(
        &format!("--max-table-size {size}"),
        &format!("{table} {size}B, the largest size that is read\n"),
    );
    t("--max-rows 99", &format!("{table} 99 rows, the largest number that is read\n"));
    let record = "DB/_figures/PMC1__f.md:1:1: error[too-large]: found more than 20B, the largest";
    t("--max-record-size 20B", record);
    t("--max-record-size 20B", "records: 1 read, 0 converted, 1 skipped (too-large 1)");
}

#[test]
fn standard_input_and_devices_are_not_read_for_ever() {
    let folder = tempfile::tempdir().unwrap();
    let record = RECORD.as_bytes();
    assert_eq!(convert(folder.path(), "- --max-record-size 100", record).0, 0);
    let (code, out, err) = convert(folder.path(), "- --max-record-size 30", record);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(err.contains("-:1:1: error[too-large]: found more than 30B"), "{err}");
    #[cfg(target_os = "linux")]
    {
        std::os::unix::fs::symlink("/dev/zero", folder.path().join("a.md")).unwrap();
        let (code, _, err) = convert(folder.path(), "a.md --max-record-size 1MiB", b"");
        assert!(code == 1 && err.contains("a.md:1:1: error[too-large]"), "{err}");
        let (code, _, err) = convert(folder.path(), ".", b"");
        let expected = "a.md:1:1: error[unreadable-file]: cannot be read: found a device, expected";
        assert!(code == 1 && err.contains(expected), "{err}");
    }
}

#[test]
fn a_large_id_map_ends_the_run() {
    let folder = tempfile::tempdir().unwrap();
    let files = [("_figures/PMC1__f.md", RECORD), ("_data/wpid_map.tsv", "PMC1__f\tWP1\n")];
    write(folder.path(), &members(&files, ""));
    assert_eq!(convert(folder.path(), ".", b"").0, 0);
    let map = File::options().write(true).open(folder.path().join("_data/wpid_map.tsv")).unwrap();
    map.set_len(17 << 20).unwrap();
    let (code, _, err) = convert(folder.path(), ".", b"");
    assert_eq!(code, 2);
    assert!(err.contains("wpid_map.tsv: found more than 16MiB, the largest size"), "{err}");
}

#[test]
fn bombs_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    // Files that nobody wants are unpacked from a tar as well, but not from a zip.
    let zeros = "\0".repeat(8 << 20);
    let files = [("_figures/PMC1__f.md", RECORD), ("_figures/a.md", &zeros), ("image", &zeros)];
    let files = members(&files, "");
    let tar = tar(&files);
    let archives = [
        ("a.tgz", gzip(&tar), 17 << 20),
        ("a.tar.zst", zstd(&tar), 17 << 20),
        ("a.zip", zip(&files), 8 << 20),
    ];
    for (name, bytes, unpacked) in archives {
        assert!(bytes.len() < 40_000);
        fs::write(folder.path().join(name), &bytes).unwrap();
        for (arguments, input) in [(name, &[][..]), ("-", &bytes)] {
            let (code, out, err) = convert(folder.path(), arguments, input);
            assert_eq!((code, out.as_str()), (2, ""), "{name}");
            assert!(err.ends_with(
                "found data compressed more than 200 to 1, the highest ratio that is read\n"
            ));
        }
        let raised = format!("{name} --max-compression-ratio 100000 --max-record-size 1MiB");
        let (code, _, err) = convert(folder.path(), &raised, b"");
        assert!(code == 1 && err.contains("_figures/a.md:1:1: error[too-large]"), "{name}: {err}");
        let lowered = format!("{raised} --max-archive-size {}", unpacked - (2 << 20));
        let (code, _, err) = convert(folder.path(), &lowered, b"");
        assert!(code == 2 && err.contains("MiB unpacked, the largest size"), "{name}: {err}");
    }
}

#[test]
fn a_tar_in_place_has_a_size_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let image = "x".repeat(2 << 20);
    let bytes = tar(&members(&[("_figures/PMC1__f.md", RECORD), ("image", &image)], ""));
    fs::write(folder.path().join("a.tar"), &bytes).unwrap();
    for name in ["a.tar", "-"] {
        let t = |size| convert(folder.path(), &format!("{name} --max-archive-size {size}"), &bytes);
        assert_eq!(t("3MiB").0, 0);
        let (code, out, err) = t("1MiB");
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.ends_with("found more than 1MiB unpacked, the largest size that is read\n"));
    }
    // A size that no file has, in the last header before the end.
    let mut header = tar::Header::new_gnu();
    header.set_path("image").unwrap();
    header.set_size(1 << 62);
    header.set_cksum();
    let huge = [&bytes[..bytes.len() - 1024], header.as_bytes(), &[0; 1024]].concat();
    fs::write(folder.path().join("a.tar"), &huge).unwrap();
    let (code, _, err) = convert(folder.path(), "a.tar", b"");
    assert!(code == 2 && err.contains("a.tar: found more than 64GiB unpacked"), "{err}");
}

#[test]
fn the_entries_are_counted() {
    let folder = tempfile::tempdir().unwrap();
    let files = members(&[("_figures/PMC1__f.md", RECORD), ("a", ""), ("b", "")], "");
    fs::write(folder.path().join("a.tar"), tar(&files)).unwrap();
    fs::write(folder.path().join("a.zip"), zip(&files)).unwrap();
    for name in ["a.tar", "a.zip"] {
        let t =
            |number| convert(folder.path(), &format!("{name} --max-archive-entries {number}"), b"");
        assert_eq!(t(3).0, 0);
        let (code, _, err) = t(2);
        assert!(code == 2 && err.contains("more than 2 entries"), "{err}");
    }
}

#[test]
fn deep_nesting_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let t = |yaml: String| {
        fs::write(folder.path().join("a.md"), format!("---\nfigid: PMC1__f\n{yaml}\n---\n"))
            .unwrap();
        convert(folder.path(), "a.md", b"")
    };
    for depth in [100, 1000, 100_000] {
        let deep = [
            format!("caption: {}{}", "[".repeat(depth), "]".repeat(depth)),
            format!("caption: {}", "{a: ".repeat(depth)),
            format!("genes:\n{}", "- ".repeat(depth)),
            format!("caption: {}", "? ".repeat(depth)),
        ];
        for yaml in deep {
            let start = yaml.get(..30).unwrap().to_owned();
            let (code, _, err) = t(yaml);
            assert!(code == 1 && err.contains("error["), "{depth} of {start}: {err}");
        }
    }
}

#[test]
fn the_defects_of_one_record_do_not_hide_all_others() {
    let folder = tempfile::tempdir().unwrap();
    let keys: Vec<_> = (0..1500).map(|number| format!("key{number}:\n")).collect();
    fs::write(
        folder.path().join("a.md"),
        RECORD.replace("pmcid", &format!("{}pmcid", keys.concat())),
    )
    .unwrap();
    let (code, out, err) = convert(folder.path(), "a.md", b"");
    assert!(code == 1 && out.contains("PMC1__f"), "{err}");
    assert!(err.contains("a.md:1:1: error[more-defects]: found 500 more defects"), "{err}");
    assert!(err.contains("warnings: 1000 (unknown-key 1000)"), "{err}");
}
