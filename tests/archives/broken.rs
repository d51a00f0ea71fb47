//! Archives that are not whole.

use std::fs;

use super::convert;
use super::make::{DATABASE, gzip, members, tar, zip, zstd};

/// The error of an archive with these bytes, which writes nothing; it is the same from standard
/// input.
fn error(name: &str, bytes: &[u8]) -> String {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join(name), bytes).unwrap();
    let (code, out, err) = convert(folder.path(), &format!("{name} -o a.nq"), b"");
    assert_eq!((code, out.as_str()), (2, ""), "{name}: {err}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "{name}");
    let start = format!("pfocr2rdf: error: cannot read {name}: ");
    err.strip_prefix(&start).unwrap().trim_end().to_owned()
}

#[test]
fn what_is_cut_off_is_refused() {
    let tar = tar(&members(&DATABASE, "top/"));
    let t = |name: &str, bytes: &[u8], expected: &str| {
        let expected = format!("the archive is broken or not whole: {expected}");
        assert_eq!(error(name, bytes), expected, "{} bytes of {name}", bytes.len());
    };
    let most = |bytes: &[u8]| bytes[..bytes.len() * 3 / 4].to_vec();
    t("db.tar.gz", &most(&gzip(&tar)), "incomplete deflate stream");
    t("db.tar.zst", &most(&zstd(&tar)), "incomplete frame");
    t("db.zip", &most(&zip(&members(&DATABASE, ""))), "missing end of central directory");
    // In a header, at its end, in the content of a file and at its end.
    t("db.tar", &tar[..1024 + 100], "failed to read entire block");
    for length in [1024 + 512, 1024 + 520, 2048] {
        t("db.tar", &tar[..length], "it has no end");
        t("db.tar.gz", &gzip(&tar[..length]), "it has no end");
    }
}

#[test]
fn a_wrong_checksum_is_refused() {
    let tar = tar(&members(&DATABASE, "top/"));
    let flipped = |mut bytes: Vec<u8>, from_end: usize| {
        let at = bytes.len() - from_end;
        bytes[at] ^= 1;
        bytes
    };
    let expected = "corrupt gzip stream does not have a matching checksum";
    assert!(error("db.tar.gz", &flipped(gzip(&tar), 6)).ends_with(expected));
    let mut header = tar;
    header[0] ^= 1;
    assert!(error("db.tar", &header).ends_with("archive header checksum mismatch"));
}

#[test]
fn what_is_no_archive_is_refused() {
    let nothing = "found no tar, zip, gzip or zstd data";
    assert_eq!(error("db.tar", b""), nothing);
    assert_eq!(error("db.zip", &[b'x'; 2000]), nothing);
    assert_eq!(error("db.tgz", &gzip(b"x")), "found no tar in the compressed data");
    assert_eq!(error("db.tgz", &gzip(&zip(&[]))), "found no tar in the compressed data");
}

#[test]
fn an_archive_without_a_record_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let tables = tar(&members(&DATABASE[6..], ""));
    let empty = vec![0; 1024];
    let archives =
        [("a.tar", tables), ("b.tgz", gzip(&empty)), ("c.tar", empty), ("d.zip", zip(&[]))];
    for (name, bytes) in archives {
        fs::write(folder.path().join(name), bytes).unwrap();
        let (code, _, err) = convert(folder.path(), name, b"");
        assert_eq!(code, 2);
        let expected = format!("{name}/_figures: found no record, expected files named .md");
        assert!(err.contains(&expected), "{err}");
    }
}

#[test]
fn a_broken_file_of_a_zip_costs_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = zip(&members(&DATABASE, ""));
    // The first file is stored, so a letter of its content can be changed.
    let at = bytes.windows(4).position(|window| window == b"soon").unwrap();
    bytes[at] = b'S';
    for arguments in ["db.zip", "-"] {
        fs::write(folder.path().join("db.zip"), &bytes).unwrap();
        let (code, out, err) = convert(folder.path(), arguments, &bytes);
        let expected = "_figures/PMC1__f.md:1:1: error[unreadable-file]: cannot be read: Invalid \
                        checksum";
        assert!(code == 1 && err.contains(expected), "{err}");
        assert!(!out.contains("PMC1__f") && out.contains("PMC3__f_1"), "{out}");
    }
}
